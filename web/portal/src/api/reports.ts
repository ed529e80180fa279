import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import type { NewWorkReport } from '@wracam/sdk';
import { useAct } from '@wracam/ui/act.ts';
import { useLang } from '@wracam/ui/lang.tsx';
import { readAgain } from '@wracam/ui/newer-answer.ts';
import { useClient } from './client.ts';
import { useProgram } from './program.tsx';

const PAGE = 10;

/** Own reports of completed works, newest first. */
export function useMyReports() {
  const client = useClient();
  const program = useProgram().code;
  const lang = useLang();
  return useInfiniteQuery({
    queryKey: ['mine', program, 'reports', lang],
    queryFn: ({ pageParam, signal }) => client.listMyWorkReports({ params: { program }, query: { limit: PAGE, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
}
export type MyReport = NonNullable<ReturnType<typeof useMyReports>['data']>['pages'][number]['items'][number];

/** Pictures of an own report; read only when somebody wants to see them. */
export function useMyReportPictures(report: string, count: number, enabled: boolean) {
  const client = useClient();
  const program = useProgram().code;
  return useQuery({
    queryKey: ['mine', program, 'report-pictures', report],
    queryFn: () => Promise.all(Array.from({ length: count }, (_, at) => client.getMyWorkReportPicture({ params: { program, report, picture: String(at + 1) } }))),
    enabled,
    gcTime: 60_000,
  });
}

/** Sends a report. The key belongs to the intention: pressing again after a broken connection sends it once. */
export function useSendReport() {
  const client = useClient();
  const program = useProgram().code;
  const queries = useQueryClient();
  return useAct({
    mutationFn: ({ body, key }: { body: NewWorkReport; key: string }) => client.sendMyWorkReport({ params: { program }, body, idempotencyKey: key }),
    onSuccess: () => readAgain(queries, ['mine', program]),
  });
}
