import { route, type Route } from '../../platform/http.ts';
import { badgeViews, changeBadge, createBadge } from './actions.ts';

export const badgeRoutes: readonly Route[] = [
  route('listBadges', (deps, { ctx }) => deps.db.readProgram(ctx.programId, async (tx) => ({ items: await badgeViews(deps, tx) }))),
  route('createBadge', async (deps, { ctx, body }) => ({ ...await createBadge(deps, ctx, body), shape: body.shape, icon: body.icon, color: body.color })),
  route('changeBadge', async (deps, { ctx, params, body: { revision, ...body } }) => ({ ...await changeBadge(deps, ctx, params.badge, { revision, ...body }), shape: body.shape, icon: body.icon, color: body.color })),
];
