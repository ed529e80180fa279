import { useQuery } from '@tanstack/react-query';
import { api } from './client.ts';
import { usePages } from './pages.ts';
import { useKeys, useProgram } from './program.tsx';
import { useProgramAct } from './program-act.ts';
import type { Body, WorkReport } from './shapes.ts';

/** Reports of completed works in one state; those that wait, oldest first. */
export function useWorkReports(state: Exclude<WorkReport['state'], 'voided'>) {
  const { code } = useProgram();
  return usePages(useKeys()('work-reports', state), (cursor) => api().listWorkReports({ params: { program: code }, query: { state, cursor, limit: 25 } }));
}

/** The pictures of one report. They are large, so they do not stay in memory for long. */
export function useReportPictures({ id, pictures }: WorkReport) {
  const { code } = useProgram();
  return useQuery({
    queryKey: useKeys()('work-report-pictures', id),
    queryFn: () => Promise.all(Array.from({ length: pictures }, (_, at) => api().getWorkReportPicture({ params: { program: code, report: id, picture: String(at + 1) } }))),
    enabled: pictures > 0,
    staleTime: Infinity,
    gcTime: 60_000,
  });
}

export const useSendWorkReport = () => useProgramAct((program, { member, body }: { member: string; body: Body<'sendWorkReport'> }) => api().sendWorkReport({ params: { program, member }, body }));

export const useApproveReport = () => useProgramAct((program, report: string) => api().approveWorkReport({ params: { program, report } }));

export const useRejectReport = () => useProgramAct((program, { report, reason }: { report: string; reason: string }) => api().rejectWorkReport({ params: { program, report }, body: { reason } }));
