import { z } from 'zod';
import { eventId, instant, named, page, webhookId } from './shapes.ts';

const url = z.string().max(500).regex(/^https?:\/\/[^\s]+$/, 'an address that begins with https://');
/** Where events go. `failingSince`: nothing arrives since then. */
export const webhook = named('Webhook', z.object({ id: webhookId, url: z.string(), active: z.boolean(), createdAt: instant, failingSince: instant.nullable() }));
export const webhookList = named('WebhookList', z.object({ items: z.array(webhook) }));
export const webhookInput = named('WebhookInput', z.strictObject({ url }));
/** `secret` signs every call and is shown once. */
export const newWebhook = named('NewWebhook', z.object({ webhook, secret: z.string() }));
export const webhookChange = named('WebhookChange', z.strictObject({ url: url.optional(), active: z.boolean().optional() }));
/** One event on its way; `answer`: what came of the last try. */
export const webhookDelivery = named('WebhookDelivery', z.object({ event: eventId, type: z.string(), state: z.enum(['queued', 'delivered', 'failed']), tries: z.int(), answer: z.string().nullable(), at: instant, triedAt: instant.nullable() }));
/** What came of a trial notice: the answer's status where there was one, and how long it took. */
export const webhookTrial = named('WebhookTrial', z.object({ ok: z.boolean(), answer: z.string(), tookMs: z.int().min(0) }));
export const webhookDeliveryPage = page('WebhookDeliveryPage', webhookDelivery);
