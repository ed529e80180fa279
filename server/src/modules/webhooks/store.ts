import type { Instant } from '@wracam/engine/calendar';
import type { ProgramTx } from '../../platform/db.ts';
import { nothing, sql } from '../../platform/sql.ts';

export type WebhookRow = { readonly id: number; readonly sealed: Buffer; readonly active: boolean; readonly createdAt: Instant; readonly failingSince: Instant | null; readonly retryAt: Instant | null };
export type DeliveryState = 'queued' | 'delivered' | 'failed';
export type DeliveryRow = { readonly id: number; readonly eventId: number; readonly type: string; readonly ref: string; readonly body: Record<string, unknown>; readonly eventAt: Instant; readonly state: DeliveryState; readonly tries: number; readonly answer: string | null; readonly at: Instant; readonly triedAt: Instant | null };

const COLUMNS = sql`select id, sealed, active, created_at, failing_since, retry_at from webhook`;
const DELIVERIES = sql`select d.id, d.event_id, o.type, o.ref, o.body, o.at as event_at, d.state, d.tries, d.answer, d.at, d.tried_at from webhook_delivery d join outbox o on o.program_id = d.program_id and o.id = d.event_id`;

export const listWebhooks = (tx: ProgramTx) => tx.rows<WebhookRow>(sql`${COLUMNS} where program_id = ${tx.program.id} order by id`);
export const findWebhook = (tx: ProgramTx, id: number) => tx.maybe<WebhookRow>(sql`${COLUMNS} where program_id = ${tx.program.id} and id = ${id}`);

/** Whoever adds one waits here for whoever adds another, so that there are never more than allowed. */
export const lockProgram = (tx: ProgramTx) => tx.run(sql`select pg_advisory_xact_lock(hashtextextended('webhooks', ${tx.program.id}))`);

export const insertWebhook = (tx: ProgramTx, { id, sealed }: { id: number; sealed: Buffer }) => tx.run(sql`
  insert into webhook (program_id, id, sealed, active, created_at) values (${tx.program.id}, ${id}, ${sealed}, true, ${new Date(tx.program.now)})`);

/** Switched on again, it is tried at once. */
export const saveWebhook = (tx: ProgramTx, id: number, sealed: Buffer, active: boolean) => tx.run(sql`
  update webhook set sealed = ${sealed}, active = ${active}, failing_since = null, retry_at = null where program_id = ${tx.program.id} and id = ${id}`);

export const saveFailing = (tx: ProgramTx, id: number, retryAt: Instant) => tx.run(sql`
  update webhook set failing_since = coalesce(failing_since, ${new Date(tx.program.now)}::timestamptz), retry_at = ${new Date(retryAt)} where program_id = ${tx.program.id} and id = ${id}`);

export const saveArriving = (tx: ProgramTx, id: number) => tx.run(sql`
  update webhook set failing_since = null, retry_at = null where program_id = ${tx.program.id} and id = ${id} and failing_since is not null`);

/** False when the event is on its way to this webhook already. */
export const insertDelivery = async (tx: ProgramTx, { id, webhookId, eventId }: { id: number; webhookId: number; eventId: number }): Promise<boolean> => 1 === await tx.run(sql`
  insert into webhook_delivery (program_id, id, webhook_id, event_id, state, at) values (${tx.program.id}, ${id}, ${webhookId}, ${eventId}, 'queued', ${new Date(tx.program.now)}) on conflict (program_id, webhook_id, event_id) do nothing`);

/** A delivery that is still to be made, with its webhook. */
export const findQueued = (tx: ProgramTx, id: number) => tx.maybe<DeliveryRow & { webhookId: number; sealed: Buffer; active: boolean; retryAt: Instant | null }>(sql`
  select d.id, d.webhook_id, d.event_id, o.type, o.ref, o.body, o.at as event_at, d.state, d.tries, d.answer, d.at, d.tried_at, w.sealed, w.active, w.retry_at
  from webhook_delivery d join outbox o on o.program_id = d.program_id and o.id = d.event_id join webhook w on w.program_id = d.program_id and w.id = d.webhook_id
  where d.program_id = ${tx.program.id} and o.program_id = ${tx.program.id} and w.program_id = ${tx.program.id} and d.id = ${id} and d.state = 'queued'`);

export const saveTry = (tx: ProgramTx, id: number, state: DeliveryState, tries: number, answer: string) => tx.run(sql`
  update webhook_delivery set state = ${state}, tries = ${tries}, answer = ${answer}, tried_at = ${new Date(tx.program.now)} where program_id = ${tx.program.id} and id = ${id} and state = 'queued'`);

export const findDelivery = (tx: ProgramTx, webhookId: number, eventId: number) => tx.maybe<DeliveryRow>(sql`
  ${DELIVERIES} where d.program_id = ${tx.program.id} and o.program_id = ${tx.program.id} and d.webhook_id = ${webhookId} and d.event_id = ${eventId}`);

/** Queues a delivery that was given up; false when it was not. */
export const requeue = async (tx: ProgramTx, id: number): Promise<boolean> => 1 === await tx.run(sql`
  update webhook_delivery set state = 'queued', tries = 0 where program_id = ${tx.program.id} and id = ${id} and state = 'failed'`);

/** What fails holds nothing up until the next try. */
export const letThrough = (tx: ProgramTx, webhookId: number) => tx.run(sql`
  update webhook set retry_at = ${new Date(tx.program.now)} where program_id = ${tx.program.id} and id = ${webhookId} and retry_at > ${new Date(tx.program.now)}`);

/** Newest first. */
export const listDeliveries = (tx: ProgramTx, webhookId: number, before: { at: Instant; id: number } | null, limit: number) => tx.rows<DeliveryRow>(sql`
  ${DELIVERIES} where d.program_id = ${tx.program.id} and o.program_id = ${tx.program.id} and d.webhook_id = ${webhookId}
    ${before === null ? nothing : sql`and (d.at, d.id) < (${new Date(before.at)}, ${before.id})`} order by d.at desc, d.id desc limit ${limit}`);
