export { segmentsByName } from './actions.ts';
