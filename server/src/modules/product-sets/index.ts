export { codesOf, versionsOf, type Codes } from './actions.ts';
