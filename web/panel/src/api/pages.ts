import { useInfiniteQuery, type QueryKey } from '@tanstack/react-query';

type Page<Item> = { items: Item[]; next: string | null };

/** A list read page by page. `items` is everything read so far; `more` reads the next page when there is one. */
export function usePages<Item>(queryKey: QueryKey, read: (cursor: string | undefined) => Promise<Page<Item>>, enabled = true) {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => read(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    enabled,
  });
  return {
    items: query.data?.pages.flatMap((page) => page.items),
    error: query.error,
    retry: () => void query.refetch(),
    more: query.hasNextPage ? () => void query.fetchNextPage() : undefined,
    busy: query.isFetchingNextPage,
  };
}
