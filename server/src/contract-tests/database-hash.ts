import type { TestApp } from '../testing/app.ts';

/** When a key or session was seen last says nothing about points; a request that is refused may still be seen. */
const SEEN = ['last_used_at', 'last_seen_at', 'seen_at'];

/** What each app's connection has prepared already. */
const prepared = new WeakMap<TestApp, Set<string>>();

/**
 * A hash of every row of every table: the same before and after means that nothing changed. Rows are added up by their hashes, because
 * sorting them costs most of a test that asks this a thousand times; and the question about so many tables is planned once for each app, for
 * planning it cost more than the answer. So tables that are made after the first question are not seen.
 */
export async function databaseHash(app: TestApp, except: readonly string[] = []): Promise<Record<string, string>> {
  const name = ['database_hash', ...except].join('_');
  const known = prepared.get(app) ?? new Set();
  if (!known.has(name)) await prepare(app, name, except);
  prepared.set(app, known.add(name));
  return Object.fromEntries((await app.ask<{ name: string; hash: string }>(`execute ${name}`)).map((row) => [row.name, row.hash]));
}

async function prepare(app: TestApp, question: string, except: readonly string[]): Promise<void> {
  const tables = await app.ask<{ name: string; columns: string }>(`
    select relname as name, string_agg(quote_ident(attname), ', ' order by attnum) as columns
    from pg_class join pg_attribute on attrelid = pg_class.oid and attnum > 0 and not attisdropped and attname <> all($2)
    where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace and relname <> all($1) group by 1 order by 1`, [[...except], SEEN]);
  const each = tables.map(({ name, columns }) => `select '${name}' as name, count(*) || ' ' || coalesce(sum(hashtextextended(row(${columns})::text, 0)), 0) as hash from "${name}"`);
  await app.ask('set max_parallel_workers_per_gather = 0'); // starting helpers for tables of ten rows costs more than reading them
  await app.ask(`prepare ${question} as ${each.join(' union all ')}`);
}
