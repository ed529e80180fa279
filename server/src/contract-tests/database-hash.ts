import type { TestApp } from '../testing/app.ts';

/** When a key or session was seen last says nothing about points; a request that is refused may still be seen. */
const SEEN = ['last_used_at', 'last_seen_at', 'seen_at'];

/** A hash of every row of every table: the same before and after means that nothing changed. */
export async function databaseHash(app: TestApp, except: readonly string[] = []): Promise<Record<string, string>> {
  const tables = await app.ask<{ name: string }>(`select relname as name from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace and relname <> all($1) order by 1`, [[...except]]);
  const each = tables.map(({ name }) => `select '${name}' as name, md5(coalesce(string_agg((to_jsonb(t) - $1::text[])::text, '|' order by t::text), '')) as hash from "${name}" t`);
  return Object.fromEntries((await app.ask<{ name: string; hash: string }>(each.join(' union all '), [SEEN])).map(({ name, hash }) => [name, hash]));
}
