import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from './client.ts';
import { usePages } from './pages.ts';
import { useKeys, useProgram } from './program.tsx';
import { useProgramAct } from './program-act.ts';
import type { NamedKind } from './publications.ts';
import type { Body, Segment, SegmentDetail } from './shapes.ts';

type Condition = Body<'countSegment'>['condition'];

/** Every segment, archived ones too. */
export function useSegments() {
  const { code } = useProgram();
  return useQuery({ queryKey: useKeys()('segments'), queryFn: () => api().listSegments({ params: { program: code } }) });
}

export function useSegment(segment: string) {
  const { code } = useProgram();
  return useQuery({ queryKey: useKeys()('segment', segment), queryFn: () => api().getSegment({ params: { program: code, segment } }) });
}

/** Makes a segment, or keeps other conditions as the draft of one. */
export const useSaveSegment = () => useProgramAct((program, { segment, name, condition }: { segment: Pick<Segment, 'id' | 'revision'> | null; name: string; condition: Condition }) =>
  segment === null
    ? api().createSegment({ params: { program }, body: { name, condition } })
    : api().changeSegment({ params: { program, segment: segment.id }, body: { revision: segment.revision, condition } }));

/** How segments are published. */
export const segmentKind: NamedKind<SegmentDetail> = {
  name: 'segment',
  calls: (program, segment) => {
    const params = { program, segment };
    return {
      compare: (query) => api().compareSegment({ params, query }),
      publish: (body) => api().publishSegment({ params, body }),
      rollback: (body) => api().rollbackSegment({ params, body }),
      approve: (body) => api().approveSegment({ params, body }),
      decline: (body) => api().declineSegment({ params, body }),
      discard: (body) => api().discardSegment({ params, body }),
    };
  },
};

/** Takes a segment off the list, or puts it back. */
export const useArchiveSegment = (segment: string) => useProgramAct((program, archived: boolean) => (archived ? api().archiveSegment({ params: { program, segment } }) : api().restoreSegment({ params: { program, segment } })));

/** Enough to see who they are; whoever wants more reads them by fifties. */
const FIRST_MEMBERS = 10;

/** Members in a segment; a page may be empty and still have one after it. */
export function useSegmentMembers(segment: string) {
  const { code } = useProgram();
  return usePages(useKeys()('segment', segment, 'members'), (cursor) => api().listSegmentMembers({ params: { program: code, segment }, query: { cursor, limit: cursor === undefined ? FIRST_MEMBERS : 50 } }));
}

/**
 * How many members a condition holds for and, where it is given, another one does not. The first part of the members is looked at at once, which in most programs is everybody; the rest,
 * part by part, once `start` is called and until `stop`.
 */
export function useSegmentCount(condition: Condition, except?: Condition) {
  const { code } = useProgram();
  const [going, setGoing] = useState(false);
  const query = useInfiniteQuery({
    queryKey: useKeys()('segment-count', condition, except ?? null),
    queryFn: ({ pageParam }) => api().countSegment({ params: { program: code }, body: { condition, ...(except && { except }), ...(pageParam === undefined ? {} : { after: pageParam }) } }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    // Counting again is many requests: only who opens it anew asks for it.
    refetchOnWindowFocus: false,
  });
  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage } = query;
  useEffect(() => {
    if (going && hasNextPage && !isFetchingNextPage && !isError) void fetchNextPage();
  }, [going, hasNextPage, isFetchingNextPage, isError, fetchNextPage, query.data]);
  const parts = query.data?.pages ?? [];
  const sum = (of: 'members' | 'examined') => parts.reduce((total, part) => total + part[of], 0);
  return {
    error: query.error, retry: () => void query.refetch(), going: going && hasNextPage, start: () => setGoing(true), stop: () => setGoing(false),
    counted: parts.length === 0 ? null : { members: sum('members'), examined: sum('examined'), total: parts[0]!.total ?? 0, all: !hasNextPage },
  };
}
