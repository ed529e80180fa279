import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useAct } from '@wracam/ui/act.ts';
import { useEffect, useState } from 'react';
import { api } from './client.ts';
import { useRefresh } from './members.ts';
import { usePages } from './pages.ts';
import { useKeys, useProgram } from './program.tsx';
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
export function useSaveSegment() {
  const { code } = useProgram();
  const refresh = useRefresh();
  return useAct({
    mutationFn: ({ segment, name, condition }: { segment: Pick<Segment, 'id' | 'revision'> | null; name: string; condition: Condition }) =>
      segment === null
        ? api().createSegment({ params: { program: code }, body: { name, condition } })
        : api().changeSegment({ params: { program: code, segment: segment.id }, body: { revision: segment.revision, condition } }),
    onSuccess: refresh,
  });
}

/** What publishing the draft (null) or a version of a segment would change from an instant on (absent: now). */
export function useSegmentDifference(segment: SegmentDetail, version: number | null, inForceFrom: string | undefined) {
  const { code } = useProgram();
  const query = { ...(version !== null && { to: version }), ...(inForceFrom !== undefined && { inForceFrom }) };
  // Of one revision, and outside what every act and coming back to the page read again: when the draft has just gone, there would be nothing to compare.
  return useQuery({ queryKey: ['segment-difference', code, segment.id, segment.revision, query], queryFn: () => api().compareSegment({ params: { program: code, segment: segment.id }, query }), refetchOnWindowFocus: false, placeholderData: keepPreviousData });
}

/** Publishes the draft of a segment, or a version again where one is named. */
export function usePublishSegment() {
  const { code } = useProgram();
  const refresh = useRefresh();
  return useAct({
    mutationFn: ({ segment, version, ...body }: Body<'publishSegment'> & { segment: string; version: number | null }) =>
      (version === null ? api().publishSegment({ params: { program: code, segment }, body }) : api().rollbackSegment({ params: { program: code, segment }, body: { ...body, version } })),
    onSuccess: refresh,
  });
}

export function useSegmentStep() {
  const { code } = useProgram();
  const refresh = useRefresh();
  return useAct({ mutationFn: ({ step, segment: { id: segment, revision } }: { step: 'approveSegment' | 'declineSegment' | 'discardSegment'; segment: SegmentDetail }) => api()[step]({ params: { program: code, segment }, body: { revision } }), onSuccess: refresh });
}

/** Takes a segment off the list, or puts it back. */
export function useArchiveSegment(segment: string) {
  const { code } = useProgram();
  const refresh = useRefresh();
  return useAct({
    mutationFn: (archived: boolean) => (archived ? api().archiveSegment({ params: { program: code, segment } }) : api().restoreSegment({ params: { program: code, segment } })),
    onSuccess: refresh,
  });
}

/** Members in a segment; a page may be empty and still have one after it. */
export function useSegmentMembers(segment: string, enabled: boolean) {
  const { code } = useProgram();
  return usePages(useKeys()('segment', segment, 'members'), (cursor) => api().listSegmentMembers({ params: { program: code, segment }, query: { cursor, limit: 50 } }), enabled);
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
