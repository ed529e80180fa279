export { segmentDrafts, segmentsByName, segmentVersionAt, type DatedSegment, type KnownSegment, type SegmentDraft } from './actions.ts';
export type { SegmentNeeds, SegmentReader } from './publishing.ts';
