import type pg from 'pg';
import { asAdmin, quote } from '../platform/roles.ts';

export type PurgedProgram = { readonly code: string; readonly rows: number };

/**
 * Deletes demo programs with every row that belongs to them, in one transaction, as the owner of the tables: history is guarded against
 * everybody else, and against the owner too unless the rows are a demo's. Other programs go on meanwhile. Without `really` the same rows are
 * only counted, in a moment.
 */
export const purgeDemo = (migratorUrl: string, { really }: { really: boolean }): Promise<PurgedProgram[]> => asAdmin(migratorUrl, async (client) => {
  await client.query('begin');
  const { rows: programs } = await client.query<{ id: string; code: string }>('select id, code from program where demo and not test order by id');
  const purged: PurgedProgram[] = [];
  if (programs.length > 0) {
    const tables = await tablesOfPrograms(client);
    const { rows: [owner] } = await client.query<{ tableowner: string }>("select tableowner from pg_tables where schemaname = 'public' and tablename = 'program'");
    await client.query(`set local role ${quote(owner!.tableowner)}`);
    await client.query("select use_platform(), set_config('app.purge', 'on', true)");
    for (const { id, code } of programs) {
      await client.query('select use_program($1)', [id]);
      let count = 0;
      for (const table of tables) count += really ? await deleted(client, table, id) : await counted(client, table, id);
      if (really) await client.query('delete from program where id = $1 and demo', [id]);
      purged.push({ code, rows: count + 1 });
    }
    if (really) await client.query('delete from organisation o where not exists (select from program p where p.organisation_id = o.id)');
  }
  await client.query('commit');
  return purged;
});

const deleted = async (client: pg.Client, table: string, programId: string) => (await client.query(`delete from ${quote(table)} where program_id = $1`, [programId])).rowCount ?? 0;
const counted = async (client: pg.Client, table: string, programId: string) => (await client.query<{ rows: number }>(`select count(*)::int as rows from ${quote(table)} where program_id = $1`, [programId])).rows[0]!.rows;

/** Tables with rows of programs, each before those that it refers to. */
async function tablesOfPrograms(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and a.attname = 'program_id' and not a.attisdropped order by 1`);
  const { rows: references } = await client.query<{ child: string; parent: string }>(`select c.relname as child, p.relname as parent from pg_constraint k
    join pg_class c on c.oid = k.conrelid join pg_class p on p.oid = k.confrelid where k.contype = 'f' and k.conrelid <> k.confrelid`);
  const left = new Set(rows.map((row) => row.name));
  const ordered: string[] = [];
  while (left.size > 0) {
    const free = [...left].filter((name) => !references.some(({ child, parent }) => parent === name && left.has(child)));
    if (free.length === 0) throw new Error('tables refer to each other in a circle');
    for (const name of free) { ordered.push(name); left.delete(name); }
  }
  return ordered;
}
