import type { TargetDefinition } from '@wracam/engine/targets/definition';
import type { Deps } from '../../platform/deps.ts';
import { route, type Route } from '../../platform/http.ts';
import { refuse } from '../../platform/refusal.ts';
import { resolveMember } from '../members/index.ts';
import { changeTarget, createTarget, replaceAmounts, stepTarget } from './actions.ts';
import { getTarget, listTargets, memberTargets, targetAmounts, targetProgress } from './views.ts';

const idOf = (deps: Deps, text: string) => deps.publicIds.decode('tgt', text) ?? refuse('not_found');

export const targetRoutes: readonly Route[] = [
  route('listTargets', (deps, { ctx }) => listTargets(deps, ctx)),
  route('createTarget', async (deps, { ctx, body }) => getTarget(deps, ctx, await createTarget(deps, ctx, body.code, body.definition as TargetDefinition))),
  route('getTarget', (deps, { ctx, params }) => getTarget(deps, ctx, idOf(deps, params.target))),
  route('changeTarget', async (deps, { ctx, params, body }) => getTarget(deps, ctx, await changeTarget(deps, ctx, idOf(deps, params.target), { ...body, definition: body.definition as TargetDefinition }))),
  route('startTarget', async (deps, { ctx, params, body }) => getTarget(deps, ctx, await stepTarget(deps, ctx, idOf(deps, params.target), 'start', body.revision))),
  route('endTarget', async (deps, { ctx, params, body }) => getTarget(deps, ctx, await stepTarget(deps, ctx, idOf(deps, params.target), 'end', body.revision))),
  route('getTargetProgress', (deps, { ctx, params, query }) => targetProgress(deps, ctx, idOf(deps, params.target), query.period ?? null)),
  route('listTargetAmounts', (deps, { ctx, params }) => targetAmounts(deps, ctx, idOf(deps, params.target))),
  route('replaceTargetAmounts', async (deps, { ctx, params, body }) => targetAmounts(deps, ctx, await replaceAmounts(deps, ctx, idOf(deps, params.target), body.revision, body.items))),
  route('getMemberTargets', (deps, { ctx, params }) => deps.db.readProgram(ctx.programId, async (tx) => memberTargets(deps, tx, await resolveMember(deps, tx, params.member), ctx.language))),
  route('getMyTargets', (deps, { ctx }) => deps.db.readProgram(ctx.programId, (tx) => memberTargets(deps, tx, ctx.memberId!, ctx.language))),
];
