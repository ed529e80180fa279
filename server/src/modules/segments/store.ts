import type { Instant } from '@wracam/engine/calendar';
import type { Condition } from '@wracam/engine/conditions';
import type { ProgramTx } from '../../platform/db.ts';
import { sql } from '../../platform/sql.ts';

export type SegmentRow = { readonly id: number; readonly name: string; readonly version: number; readonly archived: boolean; readonly changedAt: Instant; readonly condition: Condition };
export type VersionRow = { readonly version: number; readonly condition: Condition; readonly madeAt: Instant; readonly madeBy: string };

/** Each with its newest condition. */
export const listSegments = (tx: ProgramTx) => tx.rows<SegmentRow>(sql`
  select s.id, s.name, s.version, s.archived, s.changed_at, v.condition from segment s
    join segment_version v on v.program_id = ${tx.program.id} and v.segment_id = s.id and v.version = s.version
  where s.program_id = ${tx.program.id} order by s.name`);

export const findSegment = (tx: ProgramTx, id: number) => tx.maybe<SegmentRow>(sql`
  select s.id, s.name, s.version, s.archived, s.changed_at, v.condition from segment s
    join segment_version v on v.program_id = ${tx.program.id} and v.segment_id = s.id and v.version = s.version
  where s.program_id = ${tx.program.id} and s.id = ${id}`);

/** Under lock: two changes of one segment follow one another. */
export const findSegmentForUpdate = (tx: ProgramTx, id: number) => tx.maybe<Omit<SegmentRow, 'condition'>>(sql`
  select id, name, version, archived, changed_at from segment where program_id = ${tx.program.id} and id = ${id} for no key update`);

/** False when the name is taken. */
export const insertSegment = async (tx: ProgramTx, id: number, name: string) => 1 === await tx.run(sql`
  insert into segment (program_id, id, name, version, changed_at) values (${tx.program.id}, ${id}, ${name}, 1, ${new Date(tx.program.now)})
  on conflict (program_id, name) do nothing`);

export const saveSegment = (tx: ProgramTx, { id, version, archived }: Pick<SegmentRow, 'id' | 'version' | 'archived'>) => tx.run(sql`
  update segment set version = ${version}, archived = ${archived}, changed_at = ${new Date(tx.program.now)} where program_id = ${tx.program.id} and id = ${id}`);

export const insertVersion = (tx: ProgramTx, segmentId: number, version: number, condition: Condition, by: string) => tx.run(sql`
  insert into segment_version (program_id, segment_id, version, condition, made_at, made_by)
  values (${tx.program.id}, ${segmentId}, ${version}, ${JSON.stringify(condition)}, ${new Date(tx.program.now)}, ${by})`);

export const listVersions = (tx: ProgramTx, segmentId: number) => tx.rows<VersionRow>(sql`
  select version, condition, made_at, made_by from segment_version where program_id = ${tx.program.id} and segment_id = ${segmentId} order by version desc limit 200`);
