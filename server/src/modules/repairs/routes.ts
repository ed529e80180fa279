import type { Deps } from '../../platform/deps.ts';
import { route, type Route } from '../../platform/http.ts';
import { refuse } from '../../platform/refusal.ts';
import { approveRepair, bookRepair, cancelRepair, countAgain, declineRepair, startRepair, undoRepair } from './actions.ts';
import { detailView, listViews, tableOf } from './views.ts';

const idOf = (deps: Deps, text: string) => deps.publicIds.decode('rpr', text) ?? refuse('not_found');

export const repairRoutes: readonly Route[] = [
  route('startRepair', async (deps, { ctx, body }) => detailView(deps, ctx, await startRepair(deps, ctx, {
    ruleId: deps.publicIds.decode('rul', body.rule) ?? refuse('not_found'), version: body.version ?? null, from: body.from, until: body.until,
  }))),
  route('listRepairs', (deps, { ctx }) => listViews(deps, ctx)),
  route('getRepair', (deps, { ctx, params }) => detailView(deps, ctx, idOf(deps, params.repair))),
  route('getRepairTable', (deps, { ctx, params }) => tableOf(deps, ctx, idOf(deps, params.repair))),
  route('cancelRepair', async (deps, { ctx, params }) => detailView(deps, ctx, await cancelRepair(deps, ctx, idOf(deps, params.repair)))),
  route('countRepairAgain', async (deps, { ctx, params }) => detailView(deps, ctx, await countAgain(deps, ctx, idOf(deps, params.repair)))),
  route('bookRepair', async (deps, { ctx, params, body }) => detailView(deps, ctx, await bookRepair(deps, ctx, idOf(deps, params.repair), { reason: body.reason, tells: [...new Set(body.tell ?? [])] }))),
  route('undoRepair', async (deps, { ctx, params, body }) => detailView(deps, ctx, await undoRepair(deps, ctx, idOf(deps, params.repair), { reason: body.reason, tells: [...new Set(body.tell ?? [])] }))),
  route('approveRepair', async (deps, { ctx, params, body }) => detailView(deps, ctx, await approveRepair(deps, ctx, idOf(deps, params.repair), body.step))),
  route('declineRepair', async (deps, { ctx, params, body }) => detailView(deps, ctx, await declineRepair(deps, ctx, idOf(deps, params.repair), body.step))),
];
