import type { Instant } from '@wracam/engine/calendar';
import type { ProgramTx } from '../../platform/db.ts';
import { sql } from '../../platform/sql.ts';

export type SetRow = { readonly id: number; readonly name: string; readonly version: number; readonly size: number; readonly changedAt: Instant };
export type SetVersion = { readonly version: number; readonly size: number; readonly madeAt: Instant; readonly madeBy: string };

export const listSets = (tx: ProgramTx) => tx.rows<SetRow>(sql`
  select id, name, version, size, changed_at from product_set where program_id = ${tx.program.id} order by name`);

export const findSet = (tx: ProgramTx, id: number) => tx.maybe<SetRow>(sql`
  select id, name, version, size, changed_at from product_set where program_id = ${tx.program.id} and id = ${id}`);

/** Under lock: two changes of one set follow one another. */
export const findSetForUpdate = (tx: ProgramTx, id: number) => tx.maybe<SetRow>(sql`
  select id, name, version, size, changed_at from product_set where program_id = ${tx.program.id} and id = ${id} for no key update`);

/** False when the name is taken. */
export const insertSet = async (tx: ProgramTx, { id, name, version, size }: Omit<SetRow, 'changedAt'>) => 1 === await tx.run(sql`
  insert into product_set (program_id, id, name, version, size, changed_at) values (${tx.program.id}, ${id}, ${name}, ${version}, ${size}, ${new Date(tx.program.now)})
  on conflict (program_id, name) do nothing`);

export const saveSet = (tx: ProgramTx, { id, version, size }: Pick<SetRow, 'id' | 'version' | 'size'>) => tx.run(sql`
  update product_set set version = ${version}, size = ${size}, changed_at = ${new Date(tx.program.now)} where program_id = ${tx.program.id} and id = ${id}`);

export const insertVersion = (tx: ProgramTx, setId: number, version: number, codes: readonly string[], by: string) => tx.run(sql`
  insert into product_set_version (program_id, set_id, version, size, codes, made_at, made_by)
  values (${tx.program.id}, ${setId}, ${version}, ${codes.length}, ${codes.join('\n')}, ${new Date(tx.program.now)}, ${by})`);

export const listVersions = (tx: ProgramTx, setId: number) => tx.rows<SetVersion>(sql`
  select version, size, made_at, made_by from product_set_version where program_id = ${tx.program.id} and set_id = ${setId} order by version desc limit 200`);

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
