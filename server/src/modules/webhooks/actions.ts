import { randomBytes } from 'node:crypto';
import { act, audit } from '../../platform/act.ts';
import type { ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { wake } from '../../platform/jobs.ts';
import { refuse } from '../../platform/refusal.ts';
import { mayCallUrl } from '../../platform/web-call.ts';
import { DELIVER, WEBHOOKS_MAX } from './core.ts';
import * as store from './store.ts';

export type Target = { readonly url: string; readonly secret: string };
const sealedAt = (id: number) => `webhook|sealed|${id}`;

export const openTarget = async (deps: Pick<Deps, 'keyring'>, programId: number, row: { readonly id: number; readonly sealed: Buffer }): Promise<Target> =>
  (await deps.keyring.forProgram(programId)).open<Target>(sealedAt(row.id), row.sealed);
const seal = async (deps: Deps, programId: number, id: number, target: Target): Promise<Buffer> => (await deps.keyring.forProgram(programId)).seal(sealedAt(id), target);

function assertCallable(deps: Deps, url: string): void {
  if (!mayCallUrl(url, deps.webhooks)) refuse('webhook_address_wrong', {}, [{ pointer: '/url', detail: 'url' }]);
}

/**
 * Adds a receiver of events. Its secret is in this one answer and nowhere else, so a repeat of the request is refused with `secret_shown_once`.
 * Refuses `webhook_address_wrong` and `webhooks_too_many`.
 */
export async function addWebhook(deps: Deps, ctx: Ctx, url: string): Promise<{ row: store.WebhookRow; secret: string }> {
  assertCallable(deps, url);
  const secret = `whs_${randomBytes(24).toString('base64url')}`;
  let made: store.WebhookRow | undefined;
  await act(deps, ctx, async (tx) => {
    await store.lockProgram(tx);
    if ((await store.listWebhooks(tx)).length >= WEBHOOKS_MAX) refuse('webhooks_too_many', { max: WEBHOOKS_MAX });
    const id = (await deps.ids.take(1))[0]!;
    await store.insertWebhook(tx, { id, sealed: await seal(deps, tx.program.id, id, { url, secret }) });
    await audit(deps, tx, ctx, 'webhook.added', deps.publicIds.encode('whk', id));
    made = (await store.findWebhook(tx, id))!;
    return { id };
  });
  return made ? { row: made, secret } : refuse('secret_shown_once');
}

/** Changes the address, or switches it off or on; the secret stays. Refuses `webhook_address_wrong`. */
export const changeWebhook = (deps: Deps, ctx: Ctx, id: number, change: { url?: string | undefined; active?: boolean | undefined }) => act(deps, ctx, async (tx: ProgramTx) => {
  const row = await store.findWebhook(tx, id) ?? refuse('not_found');
  const target = await openTarget(deps, tx.program.id, row);
  if (change.url !== undefined) assertCallable(deps, change.url);
  await store.saveWebhook(tx, id, await seal(deps, tx.program.id, id, { ...target, url: change.url ?? target.url }), change.active ?? row.active);
  await audit(deps, tx, ctx, 'webhook.changed', deps.publicIds.encode('whk', id), { fields: Object.keys(change) });
  return { id };
});

/** Puts an event that was given up on its way again, with all its tries. Refuses `webhook_delivery_not_failed` and `webhook_off`. */
export const resendDelivery = (deps: Deps, ctx: Ctx, webhookId: number, eventId: number) => act(deps, ctx, async (tx) => {
  const webhook = await store.findWebhook(tx, webhookId) ?? refuse('not_found');
  const delivery = await store.findDelivery(tx, webhookId, eventId) ?? refuse('not_found');
  if (!webhook.active) refuse('webhook_off');
  if (!await store.requeue(tx, delivery.id)) refuse('webhook_delivery_not_failed');
  // Somebody looks at it: it does not wait for what failed before.
  await store.letThrough(tx, webhookId);
  await wake(tx, tx.program.id, DELIVER, delivery.id, tx.program.now);
  await audit(deps, tx, ctx, 'webhook.resent', deps.publicIds.encode('whk', webhookId), { event: deps.publicIds.encode('evt', eventId) });
  return { eventId };
});
