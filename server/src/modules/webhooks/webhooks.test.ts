import { createHmac } from 'node:crypto';
import type { RuleDefinition } from '@wracam/engine/rules';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { jobHandlers } from '../../app.ts';
import { systemCtx } from '../../platform/deps.ts';
import { runNextJob } from '../../platform/jobs.ts';
import { call, mayCall, mayCallUrl } from '../../platform/web-call.ts';
import { FIRST_RULES } from '../../setup.ts';
import { testApp, type TestApp } from '../../testing/app.ts';
import { tablesThatShow } from '../../testing/database-text.ts';
import { startReceiver, type TestReceiver } from '../../testing/receiver.ts';
import { dataOf, nextTryAt, TRIALS_AN_HOUR } from './core.ts';
import { tryWebhook } from './send.ts';

let app: TestApp;
let receiver: TestReceiver;
beforeAll(async () => { [app, receiver] = [await testApp({ webhooks: 'private' }), await startReceiver()]; });
afterAll(async () => { await app.close(); await receiver.close(); });
beforeEach(() => { receiver.behave = 'take'; receiver.received.length = 0; });

const tells: RuleDefinition = { ...FIRST_RULES[0]!, name: 'Powiedz magazynowi', effect: { kind: 'grant', what: 'webhook', code: 'duzy-zakup', count: 1 }, when: { attribute: 'transaction.total', operator: 'atLeast', value: 5000 } };
let count = 0;
const key = () => `D-${count += 1}`;

async function shopWith(...rules: RuleDefinition[]) {
  const shop = await app.program({ rules: [...FIRST_RULES, ...rules] });
  const params = { program: shop.code };
  const anna = await shop.api.createMember({ params, body: { firstName: 'Pelagia', card: `K-${key()}`, termsVersion: 1 } });
  const sell = (totalMinor: number, externalId = key(), occurredAt = new Date().toISOString()) => shop.api.recordTransaction({ params, body: { source: 'till', externalId, kind: 'sale', occurredAt, member: { id: anna.id }, totalMinor } });
  const passTime = () => app.ask(`update due set due_at = due_at - interval '1 day' where program_id = $1`, [shop.id]).then(() => app.ask(`update webhook set retry_at = retry_at - interval '1 day' where program_id = $1`, [shop.id]));
  return { shop, params, anna, sell, passTime };
}
const work = async () => { while (await runNextJob(app.deps, jobHandlers)); };
const listen = async ({ shop, params }: Awaited<ReturnType<typeof shopWith>>) => shop.api.addWebhook({ params, body: { url: `${receiver.url}/wracam` } });
const bodies = () => receiver.received.map(({ body }) => JSON.parse(body) as { id: string; type: string; program: string; data: Record<string, unknown> });

describe('a rule that tells another system', () => {
  it('sends a signed event once the document is booked, and another when it is taken back', async () => {
    const there = await shopWith(tells);
    const { webhook, secret } = await listen(there);
    await there.sell(3000);
    const sale = await there.sell(9000);
    await work();
    expect(bodies()).toMatchObject([{ type: 'grant.given', program: there.shop.code, data: { transaction: sale.transaction.id, member: there.anna.id, what: 'webhook', code: 'duzy-zakup', kept: 1 } }]);
    const [{ headers, body }] = receiver.received as [typeof receiver.received[number]];
    const [, seconds, signature] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['wracam-signature']))!;
    expect(createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')).toBe(signature);
    expect(headers['wracam-event']).toBe(bodies()[0]!.id);
    await there.shop.api.voidTransaction({ params: { ...there.params, transaction: sale.transaction.id }, body: { reason: 'Pomyłka' } });
    await work();
    expect(bodies().map(({ type, data }) => [type, data['kept']])).toEqual([['grant.given', 1], ['grant.revoked', 0]]);
    expect((await there.shop.api.listWebhookDeliveries({ params: { ...there.params, webhook: webhook.id } })).items).toMatchObject([{ type: 'grant.revoked', state: 'delivered', answer: 'HTTP 204' }, { type: 'grant.given', state: 'delivered', tries: 1 }]);
  });

  it('tells once a document, however many tills and workers; nothing where nobody listens, and nothing of coupons', async () => {
    const there = await shopWith(tells, { ...tells, name: 'Kupon', effect: { kind: 'grant', what: 'coupon', code: 'kawa', count: 1 } });
    await there.sell(9000);
    await work();
    await listen(there);
    const [same, at] = [key(), new Date().toISOString()];
    await Promise.all(Array.from({ length: 8 }, () => there.sell(9000, same, at)));
    const events = await app.ask<{ id: string }>(`select id from outbox where program_id = $1 and body ->> 'what' = 'webhook' order by id desc limit 1`, [there.shop.id]);
    const job = { programId: there.shop.id, kind: 'webhooks.event', ref: Number(events[0]!.id), dueAt: 0, now: 0 };
    await Promise.all(Array.from({ length: 4 }, () => jobHandlers['webhooks.event']!.run(app.deps, job)));
    await work();
    expect(bodies().map(({ data }) => data['what'])).toEqual(['webhook']);
  });

  it.each([['fail', 'HTTP 500'], ['cut', 'ECONNRESET'], ['redirect', 'HTTP 307']] as const)('a receiver that answers badly (%s) gets it again later, and the same event by its id', async (behave, answer) => {
    const there = await shopWith(tells);
    const { webhook } = await listen(there);
    const deliveries = async () => (await there.shop.api.listWebhookDeliveries({ params: { ...there.params, webhook: webhook.id } })).items;
    receiver.behave = behave;
    await there.sell(9000);
    await work();
    await work();
    expect(receiver.received).toHaveLength(1); // not before its time
    expect(await deliveries()).toMatchObject([{ state: 'queued', tries: 1, answer }]);
    expect((await there.shop.api.listWebhooks({ params: there.params })).items[0]!.failingSince).not.toBeNull();
    receiver.behave = 'take';
    await there.passTime();
    await work();
    expect(await deliveries()).toMatchObject([{ state: 'delivered', tries: 2 }]);
    expect(new Set(bodies().map(({ id }) => id)).size).toBe(1);
    expect((await there.shop.api.listWebhooks({ params: there.params })).items[0]!.failingSince).toBeNull();
  });

  it('a receiver that never answers is left after five seconds, and its other events wait instead of holding everybody up', async () => {
    const there = await shopWith(tells);
    await listen(there);
    receiver.behave = 'silent';
    for (let sale = 0; sale < 5; sale += 1) await there.sell(9000);
    await work();
    expect(receiver.received).toHaveLength(1);
    expect(await app.ask(`select answer from webhook_delivery where program_id = $1 and tries > 0`, [there.shop.id])).toEqual([{ answer: 'no answer in 5 s' }]);
    receiver.behave = 'take';
    await there.passTime();
    await work();
    expect(new Set(bodies().map(({ id }) => id)).size).toBe(5);
  }, 60_000);

  it('is given up after ten tries in about two days, and at once where the webhook is switched off', async () => {
    const waits = Array.from({ length: 10 }, (_, at) => nextTryAt(at + 1, 0));
    expect(waits.at(-1)).toBeNull();
    expect(waits.slice(0, -1).reduce<number>((sum, wait) => sum + wait!, 0) / 3_600_000).toBeCloseTo(44.6, 0);
    const there = await shopWith(tells);
    const { webhook } = await listen(there);
    receiver.behave = 'fail';
    await there.sell(9000);
    await work();
    await there.shop.api.changeWebhook({ params: { ...there.params, webhook: webhook.id }, body: { active: false } });
    await there.sell(9000);
    await there.passTime();
    await work();
    expect(receiver.received).toHaveLength(1);
    expect((await there.shop.api.listWebhookDeliveries({ params: { ...there.params, webhook: webhook.id } })).items).toMatchObject([{ state: 'failed', answer: 'switched off' }]);
  });
});

describe('a person at the settings', () => {
  it('sends a signed trial that tells nothing and is no delivery, and hears at once what came of it', async () => {
    const { shop, params } = await shopWith();
    const { webhook, secret } = await shop.api.addWebhook({ params, body: { url: `${receiver.url}/wracam` } });
    const at = { ...params, webhook: webhook.id };
    expect(await shop.api.tryWebhook({ params: at })).toEqual({ ok: true, answer: 'HTTP 204', tookMs: expect.any(Number) as number });
    const [{ headers, body }] = receiver.received as [typeof receiver.received[number]];
    expect(JSON.parse(body)).toEqual({ id: headers['wracam-event'], type: 'webhook.test', program: shop.code, at: expect.any(String) as string, data: {} });
    const [, seconds, signature] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['wracam-signature']))!;
    expect(createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')).toBe(signature);
    // Also before it is switched on, and whatever the other side does.
    await shop.api.changeWebhook({ params: at, body: { active: false } });
    for (const [behave, answer] of [['fail', 'HTTP 500'], ['redirect', 'HTTP 307'], ['cut', 'ECONNRESET']] as const) {
      receiver.behave = behave;
      expect(await shop.api.tryWebhook({ params: at })).toMatchObject({ ok: false, answer });
    }
    expect((await shop.api.listWebhookDeliveries({ params: at })).items).toEqual([]);
    expect((await shop.api.listWebhooks({ params })).items[0]!.failingSince).toBeNull();
    expect((await shop.api.listAudit({ params })).items.filter(({ action }) => action === 'webhook.tried').map(({ details }) => details['answer'])).toEqual(['ECONNRESET', 'HTTP 307', 'HTTP 500', 'HTTP 204']);
  });

  it('429 too_many_requests: another system is not flooded by trials, however fast they come', async () => {
    const { shop, params } = await shopWith();
    const { webhook } = await shop.api.addWebhook({ params, body: { url: `${receiver.url}/wracam` } });
    const other = await shop.api.addWebhook({ params, body: { url: `${receiver.url}/other` } });
    const answers = await Promise.all(Array.from({ length: 30 }, () => shop.call('POST', `/webhooks/${webhook.id}/try`)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(TRIALS_AN_HOUR);
    expect(new Set(answers.filter(({ status }) => status !== 200).map(({ body }) => body.code))).toEqual(new Set(['too_many_requests']));
    expect(receiver.received).toHaveLength(TRIALS_AN_HOUR);
    expect((await shop.call('POST', `/webhooks/${other.webhook.id}/try`)).status).toBe(200);
  });

  it('cannot look inside the network by it', async () => {
    const { shop, params } = await shopWith();
    const { webhook } = await shop.api.addWebhook({ params, body: { url: receiver.url.replace('127.0.0.1', 'localhost').replace('http:', 'https:') } });
    const ofPublic = { ...app.deps, webhooks: 'public' as const };
    expect(await tryWebhook(ofPublic, systemCtx(shop.id), app.deps.publicIds.decode('whk', webhook.id)!)).toMatchObject({ ok: false, answer: 'address not allowed' });
    expect(receiver.received).toEqual([]);
  });

  it('sends again what was given up: with all its tries, once however often it is asked for, and nothing else', async () => {
    const there = await shopWith(tells);
    const { webhook } = await listen(there);
    const { shop } = there;
    const params = { ...there.params, webhook: webhook.id };
    receiver.behave = 'fail';
    await there.sell(9000);
    await work();
    await shop.api.changeWebhook({ params, body: { active: false } });
    await there.passTime();
    await work();
    const [lost] = (await shop.api.listWebhookDeliveries({ params })).items;
    expect(lost).toMatchObject({ state: 'failed', answer: 'switched off' });
    const ask = async () => { const answer = await shop.call('POST', `/webhooks/${webhook.id}/deliveries/${lost!.event}/resend`); return [answer.status, answer.body.code]; };
    expect(await ask()).toEqual([409, 'webhook_off']);
    await shop.api.changeWebhook({ params, body: { active: true } });
    await app.ask(`update webhook set failing_since = now(), retry_at = now() + interval '1 day' where program_id = $1`, [shop.id]);
    receiver.behave = 'take';
    expect((await Promise.all([ask(), ask(), ask()])).map(([status]) => status).sort()).toEqual([200, 409, 409]);
    expect((await shop.api.listWebhookDeliveries({ params })).items).toMatchObject([{ event: lost!.event, state: 'queued', tries: 0 }]);
    await work();
    expect(bodies().map(({ id }) => id)).toEqual([lost!.event, lost!.event]); // the first time in vain
    expect((await shop.api.listWebhookDeliveries({ params })).items).toMatchObject([{ state: 'delivered', tries: 1, answer: 'HTTP 204' }]);
    expect(await ask()).toEqual([409, 'webhook_delivery_not_failed']);
    const other = await there.shop.api.addWebhook({ params: there.params, body: { url: `${receiver.url}/inny` } });
    expect((await shop.call('POST', `/webhooks/${other.webhook.id}/deliveries/${lost!.event}/resend`)).status).toBe(404);
  });
});

it('an event about an account names its member, one about a document that document', () => {
  expect(dataOf('points.adjusted', 'mem_1', { wallet: 'punkty', points: -5 })).toEqual({ member: 'mem_1', wallet: 'punkty', points: -5 });
  expect(dataOf('grant.given', 'txn_1', { member: 'mem_1', kept: 1 })).toEqual({ transaction: 'txn_1', member: 'mem_1', kept: 1 });
});

describe('addresses', () => {
  it.each(['127.0.0.1', '10.1.2.3', '192.168.0.9', '172.20.0.1', '100.64.1.1', '::1', 'fd12::1', '::ffff:127.0.0.1', '::ffff:10.0.0.1'])('%s is of somebody’s own network', (address) => {
    expect([mayCall(address, 'public'), mayCall(address, 'private')]).toEqual([false, true]);
  });
  it.each(['169.254.169.254', '::ffff:169.254.169.254', 'fe80::1', '0.0.0.0', '::', 'fd00:ec2::254', '224.0.0.1'])('%s is nobody’s to call', (address) => {
    expect([mayCall(address, 'public'), mayCall(address, 'private')]).toEqual([false, false]);
  });
  it('a public address may be called, by https alone and without a password in it', () => {
    expect(['https://erp.example.pl/x', 'https://8.8.8.8/', 'http://erp.example.pl/', 'https://a:b@erp.example.pl/', 'https://[::1]/', 'https://2130706433/', 'https://0x7f.1/', 'ftp://x.pl', 'x'].map((url) => mayCallUrl(url, 'public'))).toEqual([true, true, false, false, false, false, false, false, false]);
  });
  it('a name that leads inside is refused when it is looked up', async () => {
    expect(await call(receiver.url.replace('127.0.0.1', 'localhost').replace('http:', 'https:'), '{}', {}, 'public')).toEqual({ ok: false, answer: 'address not allowed' });
    expect(receiver.received).toEqual([]);
  });
  it('400 webhook_address_wrong, 409 webhooks_too_many, 409 secret_shown_once; the secret and the address are in no table', async () => {
    const { shop, params } = await shopWith();
    expect(await shop.call('POST', '/webhooks', { url: 'http://169.254.169.254/latest' })).toMatchObject({ status: 400, body: { code: 'webhook_address_wrong' } });
    const added = await shop.api.addWebhook({ params, body: { url: 'https://hooks.example.pl/z-haslem' }, idempotencyKey: 'raz' });
    expect(await shop.call('POST', '/webhooks', { url: 'https://hooks.example.pl/z-haslem' }, { 'idempotency-key': 'raz' })).toMatchObject({ status: 409, body: { code: 'secret_shown_once' } });
    const others = await Promise.all(Array.from({ length: 11 }, () => shop.call('POST', '/webhooks', { url: 'https://hooks.example.pl/x' })));
    expect(others.map(({ status }) => status).sort()).toEqual([...Array.from({ length: 9 }, () => 200), 409, 409]);
    expect(await tablesThatShow(app.database.adminUrl, [added.secret, 'z-haslem'])).toEqual([]);
  });
});
