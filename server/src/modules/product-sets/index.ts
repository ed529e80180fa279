export { codesOf, setDrafts, versionsByName, versionsNow, type Codes, type DatedVersion, type SetDraft } from './actions.ts';
export type { SetNeeds } from './publishing.ts';
