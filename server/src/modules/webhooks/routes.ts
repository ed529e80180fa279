import { readCursor, writeCursor } from '../../platform/cursor.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { route, type Route } from '../../platform/http.ts';
import { refuse } from '../../platform/refusal.ts';
import { iso, isoOrNull } from '../../platform/iso.ts';
import { addWebhook, changeWebhook, openTarget, resendDelivery } from './actions.ts';
import { tryWebhook } from './send.ts';
import * as store from './store.ts';

const PAGE = 25;
const idOf = (deps: Deps, text: string) => deps.publicIds.decode('whk', text) ?? refuse('not_found');

const deliveryView = (deps: Deps, row: store.DeliveryRow) =>
  ({ event: deps.publicIds.encode('evt', row.eventId), type: row.type, state: row.state, tries: row.tries, answer: row.answer, at: iso(row.eventAt), triedAt: isoOrNull(row.triedAt) });

const viewOf = async (deps: Deps, ctx: Ctx, row: store.WebhookRow) =>
  ({ id: deps.publicIds.encode('whk', row.id), url: (await openTarget(deps, ctx.programId, row)).url, active: row.active, createdAt: iso(row.createdAt), failingSince: isoOrNull(row.failingSince) });

export const webhookRoutes: readonly Route[] = [
  route('listWebhooks', async (deps, { ctx }) => ({ items: await Promise.all((await deps.db.readProgram(ctx.programId, store.listWebhooks)).map((row) => viewOf(deps, ctx, row))) })),
  route('addWebhook', async (deps, { ctx, body }) => {
    const { row, secret } = await addWebhook(deps, ctx, body.url);
    return { webhook: await viewOf(deps, ctx, row), secret };
  }),
  route('changeWebhook', async (deps, { ctx, params, body }) => {
    const { id } = await changeWebhook(deps, ctx, idOf(deps, params.webhook), body);
    return viewOf(deps, ctx, (await deps.db.readProgram(ctx.programId, (tx) => store.findWebhook(tx, id)))!);
  }),
  route('tryWebhook', (deps, { ctx, params }) => tryWebhook(deps, ctx, idOf(deps, params.webhook))),
  route('resendWebhookDelivery', async (deps, { ctx, params }) => {
    const webhook = idOf(deps, params.webhook);
    const { eventId } = await resendDelivery(deps, ctx, webhook, deps.publicIds.decode('evt', params.event) ?? refuse('not_found'));
    return deliveryView(deps, (await deps.db.readProgram(ctx.programId, (tx) => store.findDelivery(tx, webhook, eventId)))!);
  }),
  route('listWebhookDeliveries', (deps, { ctx, params, query }) => deps.db.readProgram(ctx.programId, async (tx) => {
    const webhook = await store.findWebhook(tx, idOf(deps, params.webhook)) ?? refuse('not_found');
    const limit = query.limit ?? PAGE;
    const rows = await store.listDeliveries(tx, webhook.id, readCursor(query.cursor), limit + 1);
    const last = rows[limit - 1];
    return {
      items: rows.slice(0, limit).map((row) => deliveryView(deps, row)),
      next: rows.length > limit && last ? writeCursor({ at: last.at, id: last.id }) : null,
    };
  })),
];
