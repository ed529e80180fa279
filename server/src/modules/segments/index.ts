export { segmentsByName, type SegmentNeeds } from './actions.ts';
