import type { GoalDefinition } from '@wracam/engine/goals/definition';
import type { Deps } from '../../platform/deps.ts';
import { route, type Route } from '../../platform/http.ts';
import { refuse } from '../../platform/refusal.ts';
import { resolveMember } from '../members/index.ts';
import { changeGoal, createGoal } from './actions.ts';
import { boardDetail, changeBoard, createBoard, hideFromBoards, listBoards, myBoards, showOnBoards } from './boards.ts';
import { findCoupon, goalDetail, listGoals, previewGoal, spendCoupon } from './catalogue.ts';
import { approveGoal, compareGoal, declineGoal, endGoal, publishGoal } from './publishing.ts';
import { memberGoals } from './standing.ts';

const idOf = (deps: Deps, text: string) => deps.publicIds.decode('gol', text) ?? refuse('not_found');

export const goalRoutes: readonly Route[] = [
  route('listGoals', (deps, { ctx, query }) => listGoals(deps, ctx, query.kind)),
  route('createGoal', async (deps, { ctx, body }) => goalDetail(deps, ctx, await createGoal(deps, ctx, body.definition as GoalDefinition))),
  route('previewGoal', (deps, { ctx, body }) => previewGoal(deps, ctx, body.definition as GoalDefinition)),
  route('getGoal', (deps, { ctx, params }) => goalDetail(deps, ctx, idOf(deps, params.goal))),
  route('changeGoal', async (deps, { ctx, params, body }) => goalDetail(deps, ctx, await changeGoal(deps, ctx, idOf(deps, params.goal), body.revision, body.definition as GoalDefinition))),
  route('publishGoal', async (deps, { ctx, params, body }) => goalDetail(deps, ctx, await publishGoal(deps, ctx, idOf(deps, params.goal), body))),
  route('rollbackGoal', async (deps, { ctx, params, body }) => goalDetail(deps, ctx, await publishGoal(deps, ctx, idOf(deps, params.goal), body))),
  route('endGoal', async (deps, { ctx, params, body }) => goalDetail(deps, ctx, await endGoal(deps, ctx, idOf(deps, params.goal), body))),
  route('compareGoal', (deps, { ctx, params, query }) => deps.db.readProgram(ctx.programId, (tx) => compareGoal(deps, tx, ctx, idOf(deps, params.goal), query))),
  route('approveGoal', async (deps, { ctx, params, body }) => goalDetail(deps, ctx, await approveGoal(deps, ctx, idOf(deps, params.goal), body.revision))),
  route('declineGoal', async (deps, { ctx, params, body }) => goalDetail(deps, ctx, await declineGoal(deps, ctx, idOf(deps, params.goal), body.revision))),
  route('getMemberGoals', (deps, { ctx, params }) => deps.db.readProgram(ctx.programId, async (tx) => memberGoals(deps, tx, await resolveMember(deps, tx, params.member), ctx.language))),
  route('findCoupon', (deps, { ctx, body }) => findCoupon(deps, ctx, body.code)),
  route('useCoupon', (deps, { ctx, body }) => spendCoupon(deps, ctx, body.code)),
  route('listLeaderboards', (deps, { ctx }) => deps.db.readProgram(ctx.programId, (tx) => listBoards(deps, tx))),
  route('createLeaderboard', (deps, { ctx, body }) => createBoard(deps, ctx, body)),
  route('getLeaderboard', (deps, { ctx, params }) => deps.db.readProgram(ctx.programId, (tx) => boardDetail(deps, tx, params.leaderboard))),
  route('changeLeaderboard', (deps, { ctx, params, body }) => changeBoard(deps, ctx, params.leaderboard, body)),
  route('getMyGoals', (deps, { ctx }) => deps.db.readProgram(ctx.programId, (tx) => memberGoals(deps, tx, ctx.memberId!, ctx.language))),
  route('getMyLeaderboards', (deps, { ctx }) => deps.db.readProgram(ctx.programId, (tx) => myBoards(deps, tx, ctx.memberId!))),
  route('joinLeaderboards', async (deps, { ctx, body }) => {
    await showOnBoards(deps, ctx, body.nickname);
    return deps.db.readProgram(ctx.programId, (tx) => myBoards(deps, tx, ctx.memberId!));
  }),
  route('leaveLeaderboards', async (deps, { ctx }) => {
    await hideFromBoards(deps, ctx, ctx.memberId!);
    return deps.db.readProgram(ctx.programId, (tx) => myBoards(deps, tx, ctx.memberId!));
  }),
];
