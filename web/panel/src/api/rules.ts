import { useQuery } from '@tanstack/react-query';
import { useAct } from '@wracam/ui/act.ts';
import { api } from './client.ts';
import { useKeys, useProgram } from './program.tsx';
import { useProgramAct, useRefresh } from './program-act.ts';
import type { Body, RuleDetail } from './shapes.ts';

export function useRules() {
  const { code } = useProgram();
  return useQuery({ queryKey: useKeys()('rules'), queryFn: () => api().listRules({ params: { program: code } }) });
}

export function useRule(rule: string | undefined) {
  const { code } = useProgram();
  return useQuery({ queryKey: useKeys()('rule', rule), queryFn: () => api().getRule({ params: { program: code, rule: rule ?? '' } }), enabled: rule !== undefined });
}

/** Keeps a draft: makes the rule the first time, changes its draft afterwards. */
export const useSaveRule = (rule: string | undefined) => useProgramAct((program, { revision, definition }: Body<'changeRule'>): Promise<RuleDetail> =>
  rule === undefined
    ? api().createRule({ params: { program }, body: { definition } })
    : api().changeRule({ params: { program, rule }, body: { revision, definition } }));

/** What earns, settled once for the program. */
export function useBase() {
  const { code } = useProgram();
  return useQuery({ queryKey: useKeys()('earning-base'), queryFn: () => api().getEarningBase({ params: { program: code } }) });
}

export const useChangeBase = () => useProgramAct((program, body: Body<'changeEarningBase'>) => api().changeEarningBase({ params: { program }, body }));

/** Publishes the draft of what earns, or a version again where one is named. */
export const usePublishBase = () => useProgramAct((program, { version, ...body }: Body<'publishEarningBase'> & { version: number | null }) => (version === null ? api().publishEarningBase({ params: { program }, body }) : api().rollbackEarningBase({ params: { program }, body: { ...body, version } })));

export const useBaseStep = () => useProgramAct((program, { step, revision }: { step: 'approveEarningBase' | 'declineEarningBase' | 'discardEarningBase'; revision: number }) => api()[step]({ params: { program }, body: { revision } }));

/** Throws a rule's draft away. Nobody waits for the lists: the page of a rule that is gone asks no more for it. */
export function useDiscardRule() {
  const { code } = useProgram();
  const refresh = useRefresh();
  return useAct({ mutationFn: ({ rule, revision }: { rule: string; revision: number }) => api().discardRule({ params: { program: code, rule }, body: { revision } }), onSuccess: () => { void refresh(); } });
}

export type RuleStep = 'publishRule' | 'pauseRule' | 'resumeRule' | 'endRule';
type AnyStep = RuleStep | 'rollbackRule' | 'approveRule' | 'declineRule';

export const useRuleStep = () => useProgramAct((program, { step, rule, version, ...body }: { step: AnyStep; rule: string; revision: number; version?: number; inForceFrom?: string; despiteNotice?: boolean }): Promise<RuleDetail> =>
  (step === 'rollbackRule' ? api().rollbackRule({ params: { program, rule }, body: { ...body, version: version ?? 1 } }) : api()[step]({ params: { program, rule }, body })));
