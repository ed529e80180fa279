import { route, type Route } from '../../platform/http.ts';
import { changeReward, createReward, getReward, listRewards } from './actions.ts';

export const rewardRoutes: readonly Route[] = [
  route('listRewards', (deps, { ctx }) => deps.db.readProgram(ctx.programId, async (tx) => ({ items: await listRewards(deps, tx) }))),
  route('createReward', (deps, { ctx, body }) => createReward(deps, ctx, body)),
  route('getReward', (deps, { ctx, params }) => deps.db.readProgram(ctx.programId, (tx) => getReward(deps, tx, params.reward))),
  route('changeReward', (deps, { ctx, params, body }) => changeReward(deps, ctx, params.reward, body)),
];
