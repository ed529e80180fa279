import { z } from 'zod';
import { SET_NAME_MAX } from '@wracam/engine/set-reference';
import { memberRow } from './members.ts';
import { condition, versionShape, waitingPublication } from './rules.ts';
import { instant, memberId, named, PAGE_MAX, segmentId } from './shapes.ts';

/** A rule names a segment by its name, so the name stays; `#` parts it from the version. */
const name = z.string().trim().min(1).max(SET_NAME_MAX).regex(/^[^\p{Cc}#]*$/u, 'no control characters and no #');

/** What a condition says: the tree, and in words who is in it. */
const said = { condition, sentence: z.string() };
/** `version`, `condition` and `sentence`: what is in force now. `draft`: what is worked on. */
export const segment = named('Segment', z.object({ id: segmentId, name: z.string(), archived: z.boolean(), version: z.int(), ...said, revision: z.int(), draft: z.object(said).nullable(), proposal: waitingPublication, changedAt: instant }));
export const segmentList = named('SegmentList', z.object({ items: z.array(segment) }));
/** `rules`: names of the rules and goals that ask for it, drafts included. */
export const segmentDetail = named('SegmentDetail', segment.extend({ rules: z.array(z.string()), versions: z.array(z.object({ ...versionShape, ...said })) }));
/** Tests on a member and on the member's history; nothing of one purchase, no calendar, no other segment. */
export const newSegment = named('NewSegment', z.strictObject({ name, condition }));
/** `revision` is the one that was read. */
export const segmentChange = named('SegmentChange', z.strictObject({ revision: z.int().min(1), condition }));
/** `except`: those for whom this one holds are left out, such as who falls out of a segment by its draft. `after`: where the part before stopped. */
export const segmentCount = named('SegmentCount', z.strictObject({ condition, except: condition.optional(), after: memberId.optional() }));
/** Of one part of the members: how many are in it, of how many that were looked at. `total`: of all members, told with the first part. `next`: from where to go on; null: that was everybody. */
export const segmentCounted = named('SegmentCounted', z.object({ members: z.int(), examined: z.int(), total: z.int().nullable(), next: memberId.nullable() }));
export const segmentMembersQuery = z.strictObject({ cursor: memberId.optional(), limit: z.coerce.number().int().min(1).max(PAGE_MAX).optional() });
/** A page may hold fewer than asked for, or none, and still have a `next`: so many were looked at. */
export const segmentMembers = named('SegmentMembers', z.object({ items: z.array(memberRow), examined: z.int(), next: memberId.nullable() }));
