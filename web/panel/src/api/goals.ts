import { useQuery } from '@tanstack/react-query';
import { useAct } from '@wracam/ui/act.ts';
import { api } from './client.ts';
import { useRefresh } from './program-act.ts';
import { useKeys, useProgram } from './program.tsx';
import type { Answer, Body } from './shapes.ts';

export type Goal = Answer<'listGoals'>['items'][number];
export type GoalDetail = Answer<'getGoal'>;
export type GoalKind = Goal['kind'];
export type ApiGoalDefinition = Body<'createGoal'>['definition'];
export type Badge = Answer<'listBadges'>['items'][number];
export type Leaderboard = Answer<'listLeaderboards'>['items'][number];
export type MemberGoals = Answer<'getMemberGoals'>;

export function useGoals(kind: GoalKind) {
  const { code } = useProgram();
  return useQuery({ queryKey: useKeys()('goals', kind), queryFn: () => api().listGoals({ params: { program: code }, query: { kind } }) });
}

export function useGoal(goal: string) {
  const { code } = useProgram();
  return useQuery({ queryKey: useKeys()('goal', goal), queryFn: () => api().getGoal({ params: { program: code, goal } }) });
}

/** How far members would be by now. Asked only for a definition that is whole. */
export function useGoalPreview(definition: ApiGoalDefinition | null) {
  const { code } = useProgram();
  return useQuery({
    queryKey: useKeys()('goal-preview', definition), enabled: definition !== null, gcTime: 30_000, placeholderData: (before) => before,
    queryFn: () => api().previewGoal({ params: { program: code }, body: { definition: definition! } }),
  });
}

/** Keeps a draft: makes the goal the first time, changes its draft afterwards. */
export function useSaveGoal(goal: string | undefined) {
  const { code } = useProgram();
  const refresh = useRefresh();
  return useAct({
    mutationFn: ({ revision, definition }: Body<'changeGoal'>): Promise<GoalDetail> =>
      (goal === undefined ? api().createGoal({ params: { program: code }, body: { definition } }) : api().changeGoal({ params: { program: code, goal }, body: { revision, definition } })),
    onSuccess: refresh,
  });
}

export type GoalStep = 'publishGoal' | 'rollbackGoal' | 'endGoal' | 'approveGoal' | 'declineGoal';

/** What a definition gives, with the face of its badge; null until the badges are there. */
export function useReward(): (definition: ApiGoalDefinition) => Goal['reward'] | null {
  const badges = useBadges().data?.items;
  return ({ reward }) => {
    const badge = badges?.find((one) => one.id === reward.badge);
    return reward.badge !== null && badge === undefined ? null : { ...reward, badge: badge ?? null };
  };
}

export function useGoalStep() {
  const { code } = useProgram();
  const refresh = useRefresh();
  return useAct({
    /** `version`: the one that comes back, where an older one is published again. */
    mutationFn: ({ step, goal, revision, version, ...publication }: { step: GoalStep; goal: string; version?: number } & Body<'publishGoal'>): Promise<GoalDetail> => {
      const params = { program: code, goal };
      if (step === 'rollbackGoal') return api().rollbackGoal({ params, body: { revision, version: version!, ...publication } });
      return step === 'publishGoal' || step === 'endGoal' ? api()[step]({ params, body: { revision, ...publication } }) : api()[step]({ params, body: { revision } });
    },
    onSuccess: refresh,
  });
}

export function useBadges() {
  const { code } = useProgram();
  return useQuery({ queryKey: useKeys()('badges'), queryFn: () => api().listBadges({ params: { program: code } }) });
}

export function useSaveBadge(badge: Badge | undefined) {
  const { code } = useProgram();
  const refresh = useRefresh();
  return useAct({
    mutationFn: (body: Body<'createBadge'>) =>
      (badge === undefined ? api().createBadge({ params: { program: code }, body }) : api().changeBadge({ params: { program: code, badge: badge.id }, body: { revision: badge.revision, ...body } })),
    onSuccess: refresh,
  });
}

export function useLeaderboards() {
  const { code } = useProgram();
  return useQuery({ queryKey: useKeys()('leaderboards'), queryFn: () => api().listLeaderboards({ params: { program: code } }) });
}

export function useLeaderboard(leaderboard: string) {
  const { code } = useProgram();
  return useQuery({ queryKey: useKeys()('leaderboard', leaderboard), queryFn: () => api().getLeaderboard({ params: { program: code, leaderboard } }) });
}

export function useSaveLeaderboard(board: Leaderboard | undefined) {
  const { code } = useProgram();
  const refresh = useRefresh();
  return useAct({
    mutationFn: (body: Body<'createLeaderboard'>) =>
      (board === undefined ? api().createLeaderboard({ params: { program: code }, body }) : api().changeLeaderboard({ params: { program: code, leaderboard: board.id }, body: { revision: board.revision, ...body } })),
    onSuccess: refresh,
  });
}

export function useMemberGoals(member: string) {
  const { code } = useProgram();
  return useQuery({ queryKey: useKeys()('member-goals', member), queryFn: () => api().getMemberGoals({ params: { program: code, member } }) });
}

/** Letters and digits, with or without hyphens, as a member reads them out. */
const LIKE_COUPON = /^(?=.*[a-z])[0-9a-z-]{8,12}$/i;

/** Whose coupon the typed code is; what looks like none is not asked for. */
export function useCouponSearch(text: string) {
  const { code } = useProgram();
  const typed = text.trim();
  const enabled = LIKE_COUPON.test(typed);
  const found = useQuery({ queryKey: useKeys()('coupon', typed), queryFn: () => api().findCoupon({ params: { program: code }, body: { code: typed } }), enabled, gcTime: 30_000 });
  return { found: found.data?.found ?? null, isPending: enabled && found.isPending };
}

export function useSpendCoupon() {
  const { code } = useProgram();
  const refresh = useRefresh();
  return useAct({ mutationFn: (coupon: string) => api().useCoupon({ params: { program: code }, body: { code: coupon } }), onSuccess: refresh });
}
