import type { Ctx, Deps } from '../../platform/deps.ts';
import { route, type Route } from '../../platform/http.ts';
import { changeEventType, createEventType, knownEventTypes } from './actions.ts';
import { typeView } from './views.ts';

const viewOf = (deps: Deps, ctx: Ctx, code: string) => deps.db.readProgram(ctx.programId, async (tx) => typeView((await knownEventTypes(tx)).find((one) => one.code === code)!, ctx.language));

export const eventTypeRoutes: readonly Route[] = [
  route('listEventTypes', (deps, { ctx }) => deps.db.readProgram(ctx.programId, async (tx) => ({ items: (await knownEventTypes(tx)).map((one) => typeView(one, ctx.language)) }))),
  route('createEventType', async (deps, { ctx, body }) => viewOf(deps, ctx, await createEventType(deps, ctx, { ...body, reported: body.reported ?? false }))),
  route('changeEventType', async (deps, { ctx, params, body }) => viewOf(deps, ctx, await changeEventType(deps, ctx, params.eventType, body))),
];
