import { useQuery } from '@tanstack/react-query';
import { api } from './client.ts';
import { useKeys, useProgram } from './program.tsx';
import { useProgramAct } from './program-act.ts';
import type { Answer, Body } from './shapes.ts';

export type Target = Answer<'getTarget'>;
export type TargetProgress = Answer<'getTargetProgress'>;
export type ApiTargetDefinition = Target['definition'];

export function useTargets(enabled = true) {
  const { code } = useProgram();
  return useQuery({ queryKey: useKeys()('targets'), queryFn: () => api().listTargets({ params: { program: code } }), enabled });
}

export function useTarget(target: string) {
  const { code } = useProgram();
  return useQuery({ queryKey: useKeys()('target', target), queryFn: () => api().getTarget({ params: { program: code, target } }) });
}

/** Who is how far; `period` null: in the one that runs. */
export function useTargetProgress(target: string, period: number | null) {
  const { code } = useProgram();
  return useQuery({
    queryKey: useKeys()('target-progress', target, period), placeholderData: (before) => before,
    queryFn: () => api().getTargetProgress({ params: { program: code, target }, query: period === null ? {} : { period } }),
  });
}

/** Makes the target the first time, changes it afterwards. */
export const useSaveTarget = (target: string | undefined) => useProgramAct((program, { revision, ...body }: Body<'changeTarget'>): Promise<Target> =>
  (target === undefined ? api().createTarget({ params: { program }, body }) : api().changeTarget({ params: { program, target }, body: { revision, ...body } })));

export type MemberTarget = Answer<'getMemberTargets'>['items'][number];

/** Targets that a member works for, and how far they are. */
export function useMemberTargets(member: string) {
  const { code } = useProgram();
  return useQuery({ queryKey: useKeys()('member-targets', member), queryFn: () => api().getMemberTargets({ params: { program: code, member } }) });
}

export type TargetStep = 'startTarget' | 'endTarget';

export const useTargetStep = () => useProgramAct((program, { step, target, revision }: { step: TargetStep; target: string; revision: number }): Promise<Target> => api()[step]({ params: { program, target }, body: { revision } }));

export function useTargetAmounts(target: string) {
  const { code } = useProgram();
  return useQuery({ queryKey: useKeys()('target-amounts', target), queryFn: () => api().listTargetAmounts({ params: { program: code, target } }) });
}

export const useReplaceAmounts = (target: string) => useProgramAct((program, body: Body<'replaceTargetAmounts'>) => api().replaceTargetAmounts({ params: { program, target }, body }));
