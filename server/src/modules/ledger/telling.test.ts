import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { jobHandlers } from '../../app.ts';
import { runNextJob } from '../../platform/jobs.ts';
import { testApp, type TestApp } from '../../testing/app.ts';
import { startReceiver, type TestReceiver } from '../../testing/receiver.ts';
import { startSmtp, type TestSmtp } from '../../testing/smtp.ts';
import { byHandMail } from './telling.ts';

let app: TestApp;
let smtp: TestSmtp;
let receiver: TestReceiver;
beforeAll(async () => {
  [smtp, receiver] = [await startSmtp(), await startReceiver()];
  app = await testApp({ smtpUrl: smtp.url, mailFrom: 'Punkty <punkty@example.pl>', webhooks: 'private' });
});
afterAll(async () => { await app.close(); await smtp.close(); await receiver.close(); });
beforeEach(() => { smtp.received.length = receiver.received.length = 0; });

let count = 0;
async function shopOf() {
  const shop = await app.program();
  const params = { program: shop.code };
  await shop.api.addWebhook({ params, body: { url: `${receiver.url}/wracam` } });
  const join = (email?: string, language?: 'en') => shop.api.createMember({ params, body: { firstName: 'Ola', card: `T-${count += 1}`, termsVersion: 1, ...(email && { email }), ...(language && { language }) } });
  const adjust = (member: string, body: object, key = `a-${count += 1}`) => shop.call('POST', `/members/${member}/adjustments`, { reason: 'Przeprosiny', ...body }, { 'idempotency-key': key });
  const reverse = (transfer: string, body: object) => shop.call('POST', `/transfers/${transfer}/reverse`, { reason: 'Pomyłka', ...body });
  const available = async (member: string) => (await shop.api.getBalances({ params: { ...params, member } })).balances[0]!.available;
  return { shop, params, join, adjust, reverse, available };
}
const work = async () => { while (await runNextJob(app.deps, jobHandlers)); };
const letters = () => smtp.received.map(({ to, subject, text }) => ({ to: to?.[0]?.address, subject: subject?.replaceAll('\u00a0', ' '), text: text?.replaceAll('\u00a0', ' ') }));
const events = () => receiver.received.map(({ body }) => JSON.parse(body) as { type: string; data: object }).map(({ type, data }) => ({ type, data }));
const transferOf = (answer: { body: object }) => (answer.body as { transfer: { id: string } }).transfer.id;

describe('points changed by hand', () => {
  it('tell nobody unless somebody asks for it', async () => {
    const { join, adjust, reverse } = await shopOf();
    const { id } = await join('anna@example.test');
    const given = await adjust(id, { points: 50 });
    await reverse(transferOf(given), {});
    await work();
    expect([letters(), events()]).toEqual([[], []]);
  });

  it('reach the member by e-mail with the change, its last day and the reason, and other systems by an event; taking it back tells by itself', async () => {
    const { shop, join, adjust, reverse } = await shopOf();
    const { id } = await join('anna@example.test');
    const given = await adjust(id, { points: 50, expiresOn: '2099-12-31', tell: ['members', 'systems'] });
    const transfer = transferOf(given);
    await work();
    expect(letters()).toMatchObject([{ to: 'anna@example.test', subject: 'Twoje konto w programie „Kawiarnia Pod Lipą”: +50 punktów, do wykorzystania do 31 grudnia 2099' }]);
    expect(letters()[0]!.text).toContain('Powód: Przeprosiny');
    expect(events()).toEqual([{ type: 'points.adjusted', data: { member: id, wallet: 'punkty', points: 50, transfer } }]);
    const back = await reverse(transfer, { tell: ['members'] });
    await work();
    expect(back.status).toBe(200);
    expect(letters()[1]).toMatchObject({ subject: 'Twoje konto w programie „Kawiarnia Pod Lipą”: −50 punktów' });
    expect(letters()[1]!.text).toContain('Cofnęliśmy wcześniejszą zmianę');
    expect(events()).toHaveLength(1);
    // The audit trail says what it always said: who moved how much, and not whom it was told.
    expect(await app.ask('select action, details from audit_entry where program_id = $1 and subject = $2 and action in (\'points.adjusted\', \'transfer.reversed\') order by id', [shop.id, id])).toEqual([
      { action: 'points.adjusted', details: { wallet: 'punkty', points: 50, transfer } }, { action: 'transfer.reversed', details: { points: 50, reverses: transfer, transfer: transferOf(back) } },
    ]);
  });

  it('are told in the member’s language, and to nobody who has no address; other systems alone where only they are asked for', async () => {
    const { join, adjust } = await shopOf();
    const [john, silent] = [await join('john@example.test', 'en'), await join()];
    await adjust(silent.id, { points: 10, tell: ['members', 'systems'] });
    await adjust(john.id, { points: 10, tell: ['systems', 'systems'] });
    await adjust(john.id, { points: -4, tell: ['members'] });
    await work();
    expect(letters()).toMatchObject([{ to: 'john@example.test', subject: 'Your account in Kawiarnia Pod Lipą: −4 points' }]);
    expect(events().map(({ data }) => data)).toMatchObject([{ member: silent.id, points: 10 }, { member: john.id, points: 10 }]);
  });

  it('are told once, however often the request is repeated, and not at all where they were refused', async () => {
    const { join, adjust, available } = await shopOf();
    const { id } = await join('anna@example.test');
    await Promise.all(Array.from({ length: 4 }, () => adjust(id, { points: 20, tell: ['members', 'systems'] }, 'once')));
    expect(await adjust(id, { points: -500, tell: ['members', 'systems'] })).toMatchObject({ status: 409, body: { code: 'points_not_enough' } });
    expect(await adjust(id, { points: 5, tell: ['everybody'] })).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    await work();
    expect(await available(id)).toBe(20);
    expect([letters().length, events().length]).toEqual([1, 1]);
  });

  it('a gift that is taken back is told to both', async () => {
    const { shop, params, join, adjust, reverse } = await shopOf();
    await shop.api.changeWallet({ params: { ...params, wallet: 'punkty' }, body: { revision: 1, transfers: { minPoints: 10, dayPoints: 200, dayTimes: 3 } } });
    const [anna, jan] = [await join('anna@example.test'), await join('jan@example.test')];
    await adjust(anna.id, { points: 100 });
    expect((await shop.call('POST', `/members/${anna.id}/transfers`, { to: { number: jan.number }, points: 30 })).status).toBe(200);
    const gift = (await shop.api.listHistory({ params: { ...params, member: anna.id } })).items[0]!;
    expect(await reverse(gift.id, { tell: ['members', 'systems'] })).toMatchObject({ status: 200 });
    await work();
    expect(letters().map(({ to, subject }) => `${to} ${subject!.split(': ')[1]}`).sort()).toEqual(['anna@example.test +30 punktów', 'jan@example.test −30 punktów']);
    expect(events().map(({ data }) => data)).toEqual([{ member: anna.id, wallet: 'punkty', points: 30, reverses: gift.id }, { member: jan.id, wallet: 'punkty', points: -30, reverses: gift.id }]);
  });
});

it('says in plain words what changed and why, in either language', () => {
  const facts = { program: 'Kawa', changes: ['+12 punktów'], reason: 'Przeprosiny', url: 'https://x/p/kawa/history' };
  expect(byHandMail('adjusted')('pl', facts)).toEqual({ subject: 'Twoje konto w programie „Kawa”: +12 punktów', body: 'Cześć,\n\nZmieniliśmy stan Twojego konta w programie „Kawa”.\nZmiana: +12 punktów.\nPowód: Przeprosiny\n\nHistoria Twojego konta: https://x/p/kawa/history\n' });
  expect(byHandMail('reversed')('en', facts).body).toMatch(/^Hello,\n\nWe have taken back an earlier change of your account in Kawa\.\n/);
});
