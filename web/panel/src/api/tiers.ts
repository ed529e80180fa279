import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useLang } from '@wracam/ui';
import { api } from './client.ts';
import { useCan, useKeys, useProgram } from './program.tsx';
import { useProgramAct } from './program-act.ts';
import type { Answer, Body } from './shapes.ts';

export type TierSettings = Answer<'getTiers'>;
export type MemberTier = NonNullable<Answer<'getMemberTier'>['tier']>;
export type TierPreview = Answer<'previewTiers'>;

export function useTiers() {
  const { code } = useProgram();
  return useQuery({ queryKey: useKeys()('tiers'), queryFn: () => api().getTiers({ params: { program: code } }) });
}

/** Levels that members can be on, by code and name; empty while the program has none. */
export function useLevels(): { value: string; label: string }[] {
  const lang = useLang();
  const { code } = useProgram();
  const can = useCan();
  const { data: tiers } = useQuery({ queryKey: useKeys()('tiers'), queryFn: () => api().getTiers({ params: { program: code } }), enabled: can('rules.read') });
  return ((tiers?.current?.definition ?? tiers?.draft)?.levels ?? []).map((level) => ({ value: level.code, label: level[lang] || level.pl }));
}

export const useSaveTiers = () => useProgramAct((program, body: Body<'changeTiers'>) => api().changeTiers({ params: { program }, body }));

/** What publishing the draft (null) or a version of the ladder would change from an instant on (absent: now), told by the server: it knows which rules and rewards speak of levels. */
export function useTierDifference(revision: number, version: number | null, inForceFrom: string | undefined, enabled: boolean) {
  const { code } = useProgram();
  const query = { ...(version !== null && { to: version }), ...(inForceFrom !== undefined && { inForceFrom }) };
  // Of one revision, and outside what every act and coming back to the page read again: when the draft has just gone, there would be nothing to compare.
  return useQuery({ queryKey: ['tier-difference', code, revision, query], queryFn: () => api().compareTiers({ params: { program: code }, query }), enabled, gcTime: 0, refetchOnWindowFocus: false, placeholderData: keepPreviousData });
}

/** Publishes the draft of the ladder, or a version again where one is named. */
export const usePublishTiers = () => useProgramAct((program, { version, ...body }: Body<'publishTiers'> & { version: number | null }) => (version === null ? api().publishTiers({ params: { program }, body }) : api().rollbackTiers({ params: { program }, body: { ...body, version } })));

export const useTierStep = () => useProgramAct((program, { step, revision }: { step: 'approveTiers' | 'declineTiers' | 'discardTiers'; revision: number }) => api()[step]({ params: { program }, body: { revision } }));

/** What members measure today; asked again only when the measure or the period changes, so thresholds are laid over it as one types. */
export function useTierPreview(input: Body<'previewTiers'>) {
  const { code } = useProgram();
  return useQuery({ queryKey: useKeys()('tiers', 'preview', input), queryFn: () => api().previewTiers({ params: { program: code }, body: input }), staleTime: 60_000, placeholderData: keepPreviousData });
}

export function useMemberTier(member: string) {
  const { code } = useProgram();
  return useQuery({ queryKey: useKeys()('member', member, 'tier'), queryFn: () => api().getMemberTier({ params: { program: code, member } }) });
}

export function useTierChanges(member: string, enabled: boolean) {
  const { code } = useProgram();
  return useQuery({ queryKey: useKeys()('member', member, 'tier', 'changes'), queryFn: () => api().listTierChanges({ params: { program: code, member }, query: { limit: 20 } }), enabled });
}

export const useGrantTier = (member: string) => useProgramAct((program, body: Body<'grantTier'>) => api().grantTier({ params: { program, member }, body }));

export const useRevokeTier = (member: string) => useProgramAct((program, reason: string) => api().revokeTier({ params: { program, member }, body: { reason } }));
