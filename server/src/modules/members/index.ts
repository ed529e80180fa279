export { createMember } from './actions.ts';
export { keyText, type Key } from './core.ts';
export { insertMembers, type MemberToInsert, type NewMember } from './enrol.ts';
export { isOwnAccount, resolveMember, searchMembers } from './find.ts';
export { normalPhone, pointerKey, type Pointer } from './identifiers.ts';
export { displayNames } from './profile.ts';
export { findMembersByKeys } from './store.ts';
export { getMemberView, memberAttributes, type MemberView } from './views.ts';
export { memberRoutes } from './routes.ts';
