import { useQuery } from '@tanstack/react-query';
import { useAct } from '@wracam/ui/act.ts';
import { api } from './client.ts';
import { useKeys, useProgram } from './program.tsx';
import { useProgramAct } from './program-act.ts';
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

export const useStartRepair = () => useProgramAct((program, body: Body<'startRepair'>) => api().startRepair({ params: { program }, body }));

export const useCancelRepair = (repair: string) => useProgramAct((program) => api().cancelRepair({ params: { program, repair } }));

/** Counts the same once more, of history as it stands now. */
export const useCountAgain = (repair: string) => useProgramAct((program) => api().countRepairAgain({ params: { program, repair } }));

/** Books a repair, or undoes it, with the reason that members read. */
export const useRepairStep = (repair: string, step: 'book' | 'undo') => useProgramAct((program, body: Body<'bookRepair'>) => { const input = { params: { program, repair }, body }; return step === 'book' ? api().bookRepair(input) : api().undoRepair(input); });

/** Agrees to what waits for another person, or drops it. */
export const useRepairAnswer = (repair: string) => useProgramAct((program, { agree, step }: { agree: boolean } & Body<'approveRepair'>) => { const input = { params: { program, repair }, body: { step } }; return agree ? api().approveRepair(input) : api().declineRepair(input); });

/** Asks for all differences and hands them to the browser as a file. */
export function useRepairTable(repair: string) {
  const { code } = useProgram();
  return useAct({ mutationFn: () => api().getRepairTable({ params: { program: code, repair } }), onSuccess: saveFile });
}
