import type { TestApp } from '../testing/app.ts';

/** When a key or session was seen last says nothing about points; a request that is refused may still be seen. */
const SEEN = ['last_used_at', 'last_seen_at', 'seen_at'];

/**
 * A hash of every row of every table: the same before and after means that nothing changed. Rows are added up by their hashes, because
 * sorting them costs most of a test that asks this a thousand times.
 */
export async function databaseHash(app: TestApp, except: readonly string[] = []): Promise<Record<string, string>> {
  const tables = await app.ask<{ name: string; columns: string }>(`
    select relname as name, string_agg(quote_ident(attname), ', ' order by attnum) as columns
    from pg_class join pg_attribute on attrelid = pg_class.oid and attnum > 0 and not attisdropped and attname <> all($2)
    where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace and relname <> all($1) group by 1 order by 1`, [[...except], SEEN]);
  const each = tables.map(({ name, columns }) => `select '${name}' as name, count(*) || ' ' || coalesce(sum(hashtextextended(row(${columns})::text, 0)), 0) as hash from "${name}"`);
  return Object.fromEntries((await app.ask<{ name: string; hash: string }>(each.join(' union all '))).map(({ name, hash }) => [name, hash]));
}
