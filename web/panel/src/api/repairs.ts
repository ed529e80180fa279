import { useQuery } from '@tanstack/react-query';
import { useAct } from '@wracam/ui/act.ts';
import { api } from './client.ts';
import { useRefresh } from './members.ts';
import { useKeys, useProgram } from './program.tsx';
import { saveFile } from './save-file.ts';
import type { Body, Repair } from './shapes.ts';

const LOOK_AGAIN_MS = 1_000;
export const isAtWork = ({ state }: Pick<Repair, 'state'>): boolean => state === 'waiting' || state === 'running' || state === 'booking' || state === 'undoing';

export function useRepairs() {
  const { code } = useProgram();
  return useQuery({ queryKey: useKeys()('repairs'), queryFn: () => api().listRepairs({ params: { program: code } }), refetchInterval: ({ state }) => (state.data?.items.some(isAtWork) ? LOOK_AGAIN_MS : false) });
}

/** One repair; looked at every second while a worker is at it. */
export function useRepair(repair: string) {
  const { code } = useProgram();
  return useQuery({ queryKey: useKeys()('repair', repair), queryFn: () => api().getRepair({ params: { program: code, repair } }), refetchInterval: ({ state }) => (state.data && isAtWork(state.data) ? LOOK_AGAIN_MS : false) });
}

export function useStartRepair() {
  const { code } = useProgram();
  const refresh = useRefresh();
  return useAct({ mutationFn: (body: Body<'startRepair'>) => api().startRepair({ params: { program: code }, body }), onSuccess: refresh });
}

export function useCancelRepair(repair: string) {
  const { code } = useProgram();
  const refresh = useRefresh();
  return useAct({ mutationFn: () => api().cancelRepair({ params: { program: code, repair } }), onSuccess: refresh });
}

/** Counts the same once more, of history as it stands now. */
export function useCountAgain(repair: string) {
  const { code } = useProgram();
  const refresh = useRefresh();
  return useAct({ mutationFn: () => api().countRepairAgain({ params: { program: code, repair } }), onSuccess: refresh });
}

/** Books a repair, or undoes it, with the reason that members read. */
export function useRepairStep(repair: string, step: 'book' | 'undo') {
  const { code } = useProgram();
  const refresh = useRefresh();
  return useAct({
    mutationFn: (body: Body<'bookRepair'>) => { const input = { params: { program: code, repair }, body }; return step === 'book' ? api().bookRepair(input) : api().undoRepair(input); },
    onSuccess: refresh,
  });
}

/** Agrees to what waits for another person, or drops it. */
export function useRepairAnswer(repair: string) {
  const { code } = useProgram();
  const refresh = useRefresh();
  return useAct({
    mutationFn: ({ agree, step }: { agree: boolean } & Body<'approveRepair'>) => { const input = { params: { program: code, repair }, body: { step } }; return agree ? api().approveRepair(input) : api().declineRepair(input); },
    onSuccess: refresh,
  });
}

/** Asks for all differences and hands them to the browser as a file. */
export function useRepairTable(repair: string) {
  const { code } = useProgram();
  return useAct({ mutationFn: () => api().getRepairTable({ params: { program: code, repair } }), onSuccess: saveFile });
}
