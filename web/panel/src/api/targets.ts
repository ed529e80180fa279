import { useQuery } from '@tanstack/react-query';
import { useAct } from '@wracam/ui/act.ts';
import { api } from './client.ts';
import { useRefresh } from './members.ts';
import { useKeys, useProgram } from './program.tsx';
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
export function useSaveTarget(target: string | undefined) {
  const { code } = useProgram();
  const refresh = useRefresh();
  return useAct({
    mutationFn: ({ revision, ...body }: Body<'changeTarget'>): Promise<Target> =>
      (target === undefined ? api().createTarget({ params: { program: code }, body }) : api().changeTarget({ params: { program: code, target }, body: { revision, ...body } })),
    onSuccess: refresh,
  });
}

export type MemberTarget = Answer<'getMemberTargets'>['items'][number];

/** Targets that a member works for, and how far they are. */
export function useMemberTargets(member: string) {
  const { code } = useProgram();
  return useQuery({ queryKey: useKeys()('member-targets', member), queryFn: () => api().getMemberTargets({ params: { program: code, member } }) });
}

export type TargetStep = 'startTarget' | 'endTarget';

export function useTargetStep() {
  const { code } = useProgram();
  const refresh = useRefresh();
  return useAct({ mutationFn: ({ step, target, revision }: { step: TargetStep; target: string; revision: number }): Promise<Target> => api()[step]({ params: { program: code, target }, body: { revision } }), onSuccess: refresh });
}

export function useTargetAmounts(target: string) {
  const { code } = useProgram();
  return useQuery({ queryKey: useKeys()('target-amounts', target), queryFn: () => api().listTargetAmounts({ params: { program: code, target } }) });
}

export function useReplaceAmounts(target: string) {
  const { code } = useProgram();
  const refresh = useRefresh();
  return useAct({ mutationFn: (body: Body<'replaceTargetAmounts'>) => api().replaceTargetAmounts({ params: { program: code, target }, body }), onSuccess: refresh });
}
