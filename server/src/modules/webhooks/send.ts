import type { Instant } from '@wracam/engine/calendar';
import { audit } from '../../platform/act.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { refuse } from '../../platform/refusal.ts';
import { call, signatureOf, type CallOutcome } from '../../platform/web-call.ts';
import { iso } from '../../platform/iso.ts';
import { reserveTries } from '../access/index.ts';
import { getProgram } from '../programs/index.ts';
import { openTarget } from './actions.ts';
import { TRIALS_AN_HOUR } from './core.ts';
import * as store from './store.ts';

/** What is told: `at` is when it happened, `now` when it is told. */
export type Notice = { readonly eventId: number; readonly type: string; readonly program: string; readonly at: Instant; readonly now: Instant; readonly data: Readonly<Record<string, unknown>> };

/** Sends a notice, signed with the webhook's secret. Never throws for what the other side does. */
export async function send(deps: Deps, programId: number, webhook: { readonly id: number; readonly sealed: Buffer }, { eventId, type, program, at, now, data }: Notice): Promise<CallOutcome> {
  const { url, secret } = await openTarget(deps, programId, webhook);
  const id = deps.publicIds.encode('evt', eventId);
  const body = JSON.stringify({ id, type, program, at: iso(at), data });
  return call(url, body, { 'wracam-event': id, 'wracam-signature': signatureOf(secret, Math.floor(now / 1000), body) }, deps.webhooks);
}

/** Sends a notice that tells nothing, at once and once, and says what came of it. It is no delivery: nothing of it is kept but who tried. Refuses `too_many_requests`. */
export async function tryWebhook(deps: Deps, ctx: Ctx, id: number): Promise<CallOutcome & { tookMs: number }> {
  const { row, program, now } = await deps.db.readProgram(ctx.programId, async (tx) => ({ row: await store.findWebhook(tx, id) ?? refuse('not_found'), program: (await getProgram(tx)).code, now: tx.program.now }));
  await reserveTries(deps, [{ subject: `${ctx.programId}|webhook|${id}`, most: TRIALS_AN_HOUR }]);
  const [eventId] = await deps.ids.take(1);
  const begun = performance.now();
  const outcome = await send(deps, ctx.programId, row, { eventId: eventId!, type: 'webhook.test', program, at: now, now, data: {} });
  const tookMs = Math.round(performance.now() - begun);
  await deps.db.inProgram(ctx.programId, (tx) => audit(deps, tx, ctx, 'webhook.tried', deps.publicIds.encode('whk', id), { answer: outcome.answer }));
  return { ...outcome, tookMs };
}
