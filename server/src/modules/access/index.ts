export { actorNames } from './audit.ts';
export { createApiKey, type MadeApiKey, type NewApiKey } from './api-keys.ts';
export { issueCode, steadily, sweepAccess, takeCode } from './codes.ts';
export { CODE_MINUTES, codeEnd, plainEmail } from './core.ts';
export { makeGate } from './gate.ts';
export { endMemberSessions, endSession, openSession, type NewSession } from './sessions.ts';
export { createStaff, ensureStaff, issueSignInLink, staffEmail, type NewStaff } from './staff.ts';
export { accessRoutes } from './routes.ts';
