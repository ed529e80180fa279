import type { Instant } from '@wracam/engine/calendar';
import type { ProgramTx } from '../../platform/db.ts';
import { sql } from '../../platform/sql.ts';
import type { Proposal } from '../programs/index.ts';

/** `version` and `size`: of the newest published one; `draftSize` null: there is no draft. */
export type SetRow = { readonly id: number; readonly name: string; readonly version: number; readonly size: number; readonly revision: number; readonly draftSize: number | null; readonly proposal: Proposal | null; readonly changedAt: Instant };
export type SetVersion = { readonly setId: number; readonly version: number; readonly size: number; readonly publishedAt: Instant; readonly publishedBy: string; readonly inForceFrom: Instant };

export const listSets = (tx: ProgramTx) => tx.rows<SetRow>(sql`
  select id, name, version, size, revision, draft_size, proposal, changed_at from product_set where program_id = ${tx.program.id} order by name`);

export const findSet = (tx: ProgramTx, id: number) => tx.maybe<SetRow>(sql`
  select id, name, version, size, revision, draft_size, proposal, changed_at from product_set where program_id = ${tx.program.id} and id = ${id}`);

/** Under lock: two changes of one set follow one another. */
export const findSetForUpdate = (tx: ProgramTx, id: number) => tx.maybe<SetRow>(sql`
  select id, name, version, size, revision, draft_size, proposal, changed_at from product_set where program_id = ${tx.program.id} and id = ${id} for no key update`);

/** False when the name is taken. */
export const insertSet = async (tx: ProgramTx, id: number, name: string, size: number) => 1 === await tx.run(sql`
  insert into product_set (program_id, id, name, version, size, changed_at) values (${tx.program.id}, ${id}, ${name}, 1, ${size}, ${new Date(tx.program.now)})
  on conflict (program_id, name) do nothing`);

export const saveSet = (tx: ProgramTx, { id, version, size, revision, proposal }: SetRow) => tx.run(sql`
  update product_set set version = ${version}, size = ${size}, revision = ${revision}, proposal = ${proposal === null ? null : JSON.stringify(proposal)}, changed_at = ${new Date(tx.program.now)}
  where program_id = ${tx.program.id} and id = ${id}`);

/** The codes that are worked on; null: none any more. */
export const saveDraft = (tx: ProgramTx, id: number, codes: readonly string[] | null) => tx.run(sql`
  update product_set set draft = ${codes === null ? null : codes.join('\n')}, draft_size = ${codes === null ? null : codes.length} where program_id = ${tx.program.id} and id = ${id}`);

export async function readDraft(tx: ProgramTx, id: number): Promise<string[] | null> {
  const row = await tx.maybe<{ draft: string | null }>(sql`select draft from product_set where program_id = ${tx.program.id} and id = ${id}`);
  return row?.draft?.split('\n') ?? null;
}

export const insertVersion = (tx: ProgramTx, { setId, version, publishedAt, publishedBy, inForceFrom }: Omit<SetVersion, 'size'>, codes: readonly string[]) => tx.run(sql`
  insert into product_set_version (program_id, set_id, version, size, codes, made_at, made_by, in_force_from)
  values (${tx.program.id}, ${setId}, ${version}, ${codes.length}, ${codes.join('\n')}, ${new Date(publishedAt)}, ${publishedBy}, ${new Date(inForceFrom)})`);

/** In the order of publication, by set. */
export const listVersions = (tx: ProgramTx) => tx.rows<SetVersion>(sql`
  select set_id, version, size, made_at as published_at, made_by as published_by, coalesce(in_force_from, made_at) as in_force_from from product_set_version where program_id = ${tx.program.id} order by set_id, version`);

/** The codes of one version; null when there is none. */
export async function readCodes(tx: ProgramTx, setId: number, version: number): Promise<string[] | null> {
  const row = await tx.maybe<{ codes: string }>(sql`select codes from product_set_version where program_id = ${tx.program.id} and set_id = ${setId} and version = ${version}`);
  return row ? row.codes.split('\n') : null;
}

/** Codes by name and version, one row for every pair that is there. */
export const codesByName = (tx: ProgramTx, names: readonly string[], versions: readonly number[]) => tx.rows<{ name: string; version: number; codes: string }>(sql`
  select s.name, v.version, v.codes from unnest(${names}::text[], ${versions}::int4[]) wanted (name, version)
    join product_set s on s.program_id = ${tx.program.id} and s.name = wanted.name
    join product_set_version v on v.program_id = ${tx.program.id} and v.set_id = s.id and v.version = wanted.version`);
