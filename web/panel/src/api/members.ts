import { useQuery } from '@tanstack/react-query';
import { useAct } from '@wracam/ui/act.ts';
import { api } from './client.ts';
import { useActKey } from './key.ts';
import { usePages } from './pages.ts';
import { useKeys, useProgram } from './program.tsx';
import { useProgramAct, useRefresh } from './program-act.ts';
import type { Body, Member, MemberRow } from './shapes.ts';

export function useMembers(state: MemberRow['state'] | undefined, enabled: boolean) {
  const { code } = useProgram();
  return usePages(useKeys()('members', 'list', state), (cursor) => api().listMembers({ params: { program: code }, query: { state, cursor, limit: 50 } }), enabled);
}

/** Looks through names and identifiers. The words go in the body: personal data never stands in an address. */
/** Fewer letters than these find half of everybody. */
export const SEARCHED_FROM = 2;

export function useMemberSearch(text: string) {
  const { code } = useProgram();
  const trimmed = text.trim();
  return useQuery({
    queryKey: useKeys()('members', 'search', trimmed),
    queryFn: () => api().searchMembers({ params: { program: code }, body: { text: trimmed, limit: 50 } }),
    enabled: trimmed.length >= SEARCHED_FROM,
    gcTime: 30_000,
  });
}

export function useMember(ref: string | undefined) {
  const { code } = useProgram();
  return useQuery({
    queryKey: useKeys()('member', ref),
    queryFn: () => api().getMember({ params: { program: code, member: ref ?? '' } }),
    enabled: ref !== undefined,
  });
}

export function useBalances(member: string) {
  const { code } = useProgram();
  return useQuery({ queryKey: useKeys()('member', member, 'balances'), queryFn: () => api().getBalances({ params: { program: code, member } }) });
}

export function useHistory(member: string) {
  const { code } = useProgram();
  return usePages(useKeys()('member', member, 'history'), (cursor) => api().listHistory({ params: { program: code, member }, query: { cursor, limit: 25 } }));
}

export function useGrants(member: string) {
  const { code } = useProgram();
  return usePages(useKeys()('member', member, 'grants'), (cursor) => api().listMemberGrants({ params: { program: code, member }, query: { cursor, limit: 10 } }));
}

export function useExplanation(transfer: string | null) {
  const { code } = useProgram();
  return useQuery({
    queryKey: useKeys()('explanation', transfer),
    queryFn: () => api().explainTransfer({ params: { program: code, transfer: transfer ?? '' } }),
    enabled: transfer !== null,
  });
}

export const useCreateMember = () => useProgramAct((program, body: Body<'createMember'>) => api().createMember({ params: { program }, body }));

export const useChangeMember = (member: string) => useProgramAct((program, body: Body<'changeMember'>) => api().changeMember({ params: { program, member }, body }));

/** Groups that members of the program are in. */
export function useMemberGroups() {
  const { code } = useProgram();
  return useQuery({ queryKey: useKeys()('member-groups'), queryFn: () => api().listMemberGroups({ params: { program: code } }) });
}

export const useAddCard = (member: string) => useProgramAct((program, body: Body<'addCard'>) => api().addCard({ params: { program, member }, body }));

export type MemberStep = 'blockMember' | 'unblockMember' | 'clearMember' | 'closeMember';

export const useMemberStep = (member: string) => useProgramAct((program, { step, reason }: { step: MemberStep; reason: string }): Promise<Member> => api()[step]({ params: { program, member }, body: { reason } }));

export function useAdjust(member: string) {
  const { code } = useProgram();
  const refresh = useRefresh();
  const { keyFor, answered } = useActKey<Body<'adjustPoints'>>();
  return useAct({ mutationFn: (body: Body<'adjustPoints'>) => api().adjustPoints({ params: { program: code, member }, body, idempotencyKey: keyFor(body) }), onSuccess: () => { answered(); return refresh(); } });
}

/** Moves points of a member to another one. */
export function useMovePoints(member: string) {
  const { code } = useProgram();
  const refresh = useRefresh();
  const { keyFor, answered } = useActKey<Body<'moveMemberPoints'>>();
  return useAct({ mutationFn: (body: Body<'moveMemberPoints'>) => api().moveMemberPoints({ params: { program: code, member }, body, idempotencyKey: keyFor(body) }), onSuccess: () => { answered(); return refresh(); } });
}

export const useReverse = () => useProgramAct((program, { transfer, ...body }: { transfer: string } & Body<'reverseTransfer'>) => api().reverseTransfer({ params: { program, transfer }, body }));
