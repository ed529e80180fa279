import { z } from 'zod';
import { SET_NAME_MAX } from '@wracam/engine/set-reference';
import { memberRow } from './members.ts';
import { condition } from './rules.ts';
import { instant, memberId, named, PAGE_MAX, segmentId } from './shapes.ts';

/** A rule names a segment by its name, so the name stays; `#` parts it from the version. */
const name = z.string().trim().min(1).max(SET_NAME_MAX).regex(/^[^\p{Cc}#]*$/u, 'no control characters and no #');

const version = z.object({ version: z.int(), sentence: z.string(), madeAt: instant, madeBy: z.string() });
/** `sentence` says in words who is in it. */
export const segment = named('Segment', z.object({ id: segmentId, name: z.string(), archived: z.boolean(), version: z.int(), condition, sentence: z.string(), changedAt: instant }));
export const segmentList = named('SegmentList', z.object({ items: z.array(segment) }));
/** `rules`: names of the rules that ask for it, drafts included. */
export const segmentDetail = named('SegmentDetail', segment.extend({ rules: z.array(z.string()), versions: z.array(version) }));
/** Tests on a member and on the member's history; nothing of one purchase, no calendar, no other segment. */
export const newSegment = named('NewSegment', z.strictObject({ name, condition }));
/** `version` is the one that was read. `despiteNotice`: people know that a running rule changes by it at once, with less notice than the program gives. */
export const segmentChange = named('SegmentChange', z.strictObject({ version: z.int().min(1), condition, despiteNotice: z.boolean().optional() }));
/** `after`: where the part before stopped. */
export const segmentCount = named('SegmentCount', z.strictObject({ condition, after: memberId.optional() }));
/** Of one part of the members: how many are in it, of how many that were looked at. `total`: of all members, told with the first part. `next`: from where to go on; null: that was everybody. */
export const segmentCounted = named('SegmentCounted', z.object({ members: z.int(), examined: z.int(), total: z.int().nullable(), next: memberId.nullable() }));
export const segmentMembersQuery = z.strictObject({ cursor: memberId.optional(), limit: z.coerce.number().int().min(1).max(PAGE_MAX).optional() });
/** A page may hold fewer than asked for, or none, and still have a `next`: so many were looked at. */
export const segmentMembers = named('SegmentMembers', z.object({ items: z.array(memberRow), examined: z.int(), next: memberId.nullable() }));
