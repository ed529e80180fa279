import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useAct } from '@wracam/ui/act.ts';
import { useLang } from '@wracam/ui/lang.tsx';
import { putNewer } from '@wracam/ui/newer-answer.ts';
import { useClient } from './client.ts';
import { useProgram } from './program.tsx';

/** Own challenges, thresholds, badges, coupons and forecasts. */
export function useMyGoals() {
  const client = useClient();
  const program = useProgram().code;
  const lang = useLang();
  return useQuery({ queryKey: ['mine', program, 'goals', lang], queryFn: ({ signal }) => client.getMyGoals({ params: { program }, signal }) });
}
export type MyGoals = NonNullable<ReturnType<typeof useMyGoals>['data']>;

/** Own sales targets, and those of the own company and groups. */
export function useMyTargets() {
  const client = useClient();
  const program = useProgram().code;
  const lang = useLang();
  return useQuery({ queryKey: ['mine', program, 'targets', lang], queryFn: ({ signal }) => client.getMyTargets({ params: { program }, signal }) });
}
export type MyTargets = NonNullable<ReturnType<typeof useMyTargets>['data']>;

export function useMyLeaderboards() {
  const client = useClient();
  const program = useProgram().code;
  return useQuery({ queryKey: ['mine', program, 'leaderboards'], queryFn: ({ signal }) => client.getMyLeaderboards({ params: { program }, signal }) });
}
export type MyLeaderboards = NonNullable<ReturnType<typeof useMyLeaderboards>['data']>;

/** Joins leaderboards under a nickname, changes it, or (null) leaves all of them. */
export function useNickname() {
  const client = useClient();
  const program = useProgram().code;
  const queries = useQueryClient();
  return useAct({
    mutationFn: (nickname: string | null) => (nickname === null ? client.leaveLeaderboards({ params: { program } }) : client.joinLeaderboards({ params: { program }, body: { nickname } })),
    onSuccess: (boards) => putNewer(queries, ['mine', program, 'leaderboards'], boards),
  });
}
