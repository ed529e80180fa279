import type { QueryClient, QueryKey } from '@tanstack/react-query';

/**
 * Puts what a change answered in the place of what was read before it. A read that is still on its way was asked before the change:
 * its late answer would overwrite the newer one ("nobody is signed in", right after signing in), so it is dropped first.
 */
export async function putNewer(queries: QueryClient, queryKey: QueryKey, answer: unknown): Promise<void> {
  await queries.cancelQueries({ queryKey });
  queries.setQueryData(queryKey, answer);
}
