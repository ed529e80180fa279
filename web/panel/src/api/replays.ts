import { useQuery } from '@tanstack/react-query';
import { useAct } from '@wracam/ui/act.ts';
import { api } from './client.ts';
import { useKeys, useProgram } from './program.tsx';
import { useProgramAct } from './program-act.ts';
import { saveFile } from './save-file.ts';
import type { Body, Replay } from './shapes.ts';

const LOOK_AGAIN_MS = 1_000;
export const isUnderWay = (replay: { state: Replay['state'] }): boolean => replay.state === 'waiting' || replay.state === 'running';

export function useReplays() {
  const { code } = useProgram();
  return useQuery({ queryKey: useKeys()('replays'), queryFn: () => api().listReplays({ params: { program: code } }), refetchInterval: ({ state }) => (state.data?.items.some(isUnderWay) ? LOOK_AGAIN_MS : false) });
}

/** One replay; looked at every second until it is over. */
export function useReplay(replay: string) {
  const { code } = useProgram();
  return useQuery({ queryKey: useKeys()('replay', replay), queryFn: () => api().getReplay({ params: { program: code, replay } }), refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? LOOK_AGAIN_MS : false) });
}

export const useStartReplay = () => useProgramAct((program, body: Body<'startReplay'>) => api().startReplay({ params: { program }, body }));

export const useCancelReplay = (replay: string) => useProgramAct((program) => api().cancelReplay({ params: { program, replay } }));

export type TableName = 'months' | 'rules' | 'members' | 'segments' | 'thresholds' | 'levels';

/** Asks for a table and hands it to the browser as a file. */
export function useReplayTable(replay: string) {
  const { code } = useProgram();
  return useAct({
    mutationFn: (table: TableName) => api().getReplayTable({ params: { program: code, replay, table } }),
    onSuccess: saveFile,
  });
}
