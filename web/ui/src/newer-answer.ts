import type { QueryClient, QueryKey } from '@tanstack/react-query';

/**
 * Puts what a change answered in the place of what was read before it. A read that is still on its way was asked before the change:
 * its late answer would overwrite the newer one ("nobody is signed in", right after signing in), so it is dropped first.
 */
export async function putNewer(queries: QueryClient, queryKey: QueryKey, answer: unknown): Promise<void> {
  await queries.cancelQueries({ queryKey });
  queries.setQueryData(queryKey, answer);
}

/**
 * Reads again what a change may have made old. A first read that is still on its way was asked before the change, and the library would
 * take its answer for the new one, so it is dropped first.
 */
export async function readAgain(queries: QueryClient, queryKey?: QueryKey): Promise<void> {
  const which = queryKey === undefined ? {} : { queryKey };
  await queries.cancelQueries(which);
  await queries.invalidateQueries(which);
}
