import type { RuleDefinition } from '@wracam/engine/rules';
import type { Deps } from '../../platform/deps.ts';
import { route, type Route } from '../../platform/http.ts';
import { refuse } from '../../platform/refusal.ts';
import { cancelReplay, startReplay } from './actions.ts';
import { tableOf } from './tables.ts';
import { detailView, listViews } from './views.ts';

const idOf = (deps: Deps, text: string) => deps.publicIds.decode('rpl', text) ?? refuse('not_found');
const ruleIdOf = (deps: Deps, text: string | undefined) => (text === undefined ? null : deps.publicIds.decode('rul', text) ?? refuse('not_found'));

export const replayRoutes: readonly Route[] = [
  route('startReplay', async (deps, { ctx, body }) => detailView(deps, ctx, await startReplay(deps, ctx, {
    from: body.from, until: body.until, wallet: body.wallet ?? null, costPer100Minor: body.costPer100Minor ?? 0,
    ladder: body.ladder ?? null, base: body.base ?? null, sets: (body.sets ?? []).map((set) => deps.publicIds.decode('pst', set) ?? refuse('not_found')), segments: (body.segments ?? []).map((segment) => deps.publicIds.decode('sgm', segment) ?? refuse('not_found')), wallets: body.wallets ?? [], membersAs: body.membersAs ?? 'then',
    changes: body.changes.map((change) => ({ ruleId: ruleIdOf(deps, change.rule), definition: change.definition as RuleDefinition | null | undefined })),
  }))),
  route('listReplays', (deps, { ctx }) => listViews(deps, ctx)),
  route('getReplay', (deps, { ctx, params }) => detailView(deps, ctx, idOf(deps, params.replay))),
  route('cancelReplay', async (deps, { ctx, params }) => detailView(deps, ctx, await cancelReplay(deps, ctx, idOf(deps, params.replay)))),
  route('getReplayTable', (deps, { ctx, params }) => tableOf(deps, ctx, idOf(deps, params.replay), params.table)),
];
