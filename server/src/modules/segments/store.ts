import type { Instant } from '@wracam/engine/calendar';
import type { Condition } from '@wracam/engine/conditions';
import type { ProgramTx } from '../../platform/db.ts';
import { sql } from '../../platform/sql.ts';
import type { Proposal } from '../programs/index.ts';

/** `version`: of the newest published one; `draft` null: there is none. */
export type SegmentRow = { readonly id: number; readonly name: string; readonly version: number; readonly archived: boolean; readonly revision: number; readonly draft: Condition | null; readonly proposal: Proposal | null; readonly changedAt: Instant };
export type SegmentVersionRow = { readonly segmentId: number; readonly version: number; readonly condition: Condition; readonly publishedAt: Instant; readonly publishedBy: string; readonly inForceFrom: Instant };

export const listSegments = (tx: ProgramTx) => tx.rows<SegmentRow>(sql`
  select id, name, version, archived, revision, draft, proposal, changed_at from segment where program_id = ${tx.program.id} order by name`);

export const findSegment = (tx: ProgramTx, id: number) => tx.maybe<SegmentRow>(sql`
  select id, name, version, archived, revision, draft, proposal, changed_at from segment where program_id = ${tx.program.id} and id = ${id}`);

/** Under lock: two changes of one segment follow one another. */
export const findSegmentForUpdate = (tx: ProgramTx, id: number) => tx.maybe<SegmentRow>(sql`
  select id, name, version, archived, revision, draft, proposal, changed_at from segment where program_id = ${tx.program.id} and id = ${id} for no key update`);

/** False when the name is taken. */
export const insertSegment = async (tx: ProgramTx, id: number, name: string) => 1 === await tx.run(sql`
  insert into segment (program_id, id, name, version, changed_at) values (${tx.program.id}, ${id}, ${name}, 1, ${new Date(tx.program.now)})
  on conflict (program_id, name) do nothing`);

const jsonOf = (value: object | null) => (value === null ? null : JSON.stringify(value));

export const saveSegment = (tx: ProgramTx, { id, version, archived, revision, draft, proposal }: SegmentRow) => tx.run(sql`
  update segment set version = ${version}, archived = ${archived}, revision = ${revision}, draft = ${jsonOf(draft)}, proposal = ${jsonOf(proposal)}, changed_at = ${new Date(tx.program.now)}
  where program_id = ${tx.program.id} and id = ${id}`);

export const insertVersion = (tx: ProgramTx, { segmentId, version, condition, publishedAt, publishedBy, inForceFrom }: SegmentVersionRow) => tx.run(sql`
  insert into segment_version (program_id, segment_id, version, condition, made_at, made_by, in_force_from)
  values (${tx.program.id}, ${segmentId}, ${version}, ${JSON.stringify(condition)}, ${new Date(publishedAt)}, ${publishedBy}, ${new Date(inForceFrom)})`);

/** In the order of publication, by segment. */
export const listVersions = (tx: ProgramTx) => tx.rows<SegmentVersionRow>(sql`
  select segment_id, version, condition, made_at as published_at, made_by as published_by, coalesce(in_force_from, made_at) as in_force_from from segment_version
  where program_id = ${tx.program.id} order by segment_id, version`);
