import type { RuleDefinition } from '@wracam/engine/rules';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { jobHandlers } from '../../app.ts';
import { runNextJob } from '../../platform/jobs.ts';
import { FIRST_RULES } from '../../setup.ts';
import { testApp, type TestApp, type TestProgram } from '../../testing/app.ts';
import { tablesThatShow } from '../../testing/database-text.ts';
import { startSmtp, type TestSmtp } from '../../testing/smtp.ts';
import { openSession } from '../access/index.ts';

let smtp: TestSmtp;
let app: TestApp;
beforeAll(async () => {
  smtp = await startSmtp();
  app = await testApp({ smtpUrl: smtp.url, mailFrom: 'Punkty <punkty@example.pl>' });
});
afterAll(async () => { await app.close(); await smtp.close(); });
beforeEach(() => { smtp.behave = 'take'; smtp.received.length = 0; });

const thanks: RuleDefinition = {
  ...FIRST_RULES[0]!, name: 'Podziękowanie', when: { attribute: 'transaction.total', operator: 'atLeast', value: 5000 },
  effect: { kind: 'grant', what: 'message', code: 'dziekujemy', count: 1, message: { pl: { subject: 'Masz {punkty}', text: 'Cześć {imię}, saldo: {saldo}. Zasada: {zasada}.' }, en: { subject: 'You got {points}', text: 'Hi {name}, balance: {balance}.' } } },
};
let count = 0;
const key = () => `D-${count += 1}`;

async function shopWith(...rules: RuleDefinition[]) {
  const shop = await app.program({ rules: [...FIRST_RULES, ...rules] });
  const params = { program: shop.code };
  const join = (more: Record<string, unknown> = {}) => shop.api.createMember({ params, body: { firstName: 'Anna', email: `anna-${shop.code}@example.pl`, emailConsent: true, termsVersion: 1, card: `K-${key()}`, ...more } });
  const sell = (member: { id: string }, totalMinor: number, externalId = key(), occurredAt = new Date().toISOString()) =>
    shop.api.recordTransaction({ params, body: { source: 'till', externalId, kind: 'sale', occurredAt, member: { id: member.id }, totalMinor } });
  return { shop, params, join, sell };
}
const work = async () => { while (await runNextJob(app.deps, jobHandlers)); };
const plain = (text: string | undefined) => text?.replaceAll('\u00a0', ' ');
const mails = () => smtp.received.map((mail) => ({ to: mail.to?.[0]?.address, subject: plain(mail.subject), text: plain(mail.text)?.split('\n')[0] }));
const states = async (shop: TestProgram) => (await app.ask<{ state: string }>('select state from rule_message where program_id = $1 order by transaction_id, rule_id', [shop.id])).map((row) => row.state);

async function readMine(shop: TestProgram, member: { id: string }, language = 'pl') {
  const { token } = await openSession(app.deps, 'member', { programId: shop.id, memberId: app.deps.publicIds.decode('mem', member.id)! }, null);
  const answer = await app.server.inject({ method: 'GET', url: `/api/v1/programs/${shop.code}/me/messages`, headers: { cookie: `wracam_member=${token}`, 'accept-language': language } });
  return (JSON.parse(answer.body) as { items: { subject: string; text: string }[] }).items.map(({ subject, text }) => [plain(subject), plain(text)]);
}

describe('a rule’s message', () => {
  it('reaches who agreed by e-mail and everybody in the portal, with what the document gave and left', async () => {
    const { shop, join, sell } = await shopWith(thanks);
    const anna = await join();
    await sell(anna, 3000);
    await sell(anna, 12_000);
    await work();
    expect(mails()).toEqual([{ to: `anna-${shop.code}@example.pl`, subject: 'Masz 12 punktów', text: 'Cześć Anna, saldo: 15 punktów. Zasada: Podziękowanie.' }]);
    expect(smtp.received[0]!.text).toContain(`/p/${shop.code}/profile`);
    expect(await readMine(shop, anna)).toEqual([['Masz 12 punktów', 'Cześć Anna, saldo: 15 punktów. Zasada: Podziękowanie.']]);
    expect(await readMine(shop, anna, 'en')).toEqual([['You got 12 points', 'Hi Anna, balance: 15 points.']]);
  });

  it('is mailed to nobody who did not agree, and in the member’s own language', async () => {
    const { shop, params, join, sell } = await shopWith(thanks);
    const [silent, bob, nameless] = [await join({ emailConsent: false }), await join({ firstName: 'Bob', email: `bob-${shop.code}@example.pl`, language: 'en' }), await join({ firstName: null, email: null })];
    for (const member of [silent, bob, nameless]) await sell(member, 5000);
    await work();
    expect(mails()).toEqual([{ to: `bob-${shop.code}@example.pl`, subject: 'You got 5 points', text: 'Hi Bob, balance: 5 points.' }]);
    expect(await readMine(shop, nameless)).toEqual([['Masz 5 punktów', 'Cześć, saldo: 5 punktów. Zasada: Podziękowanie.']]);
    await shop.api.changeMember({ params: { ...params, member: bob.id }, body: { emailConsent: false } });
    await shop.api.changeMember({ params: { ...params, member: silent.id }, body: { emailConsent: true } });
    for (const member of [silent, bob]) await sell(member, 5000);
    await work();
    expect(mails().map((one) => one.to)).toEqual([`bob-${shop.code}@example.pl`, `anna-${shop.code}@example.pl`]);
  });

  it('is written once however often a document comes, by however many tills and workers, and not for a preview', async () => {
    const { shop, params, join, sell } = await shopWith(thanks);
    const anna = await join();
    const [same, at] = [key(), new Date().toISOString()];
    await shop.api.previewTransaction({ params, body: { source: 'till', externalId: key(), kind: 'sale', occurredAt: at, member: { id: anna.id }, totalMinor: 9000 } });
    await Promise.all(Array.from({ length: 12 }, () => sell(anna, 9000, same, at)));
    const [row] = await app.ask<{ transaction_id: string }>('select transaction_id from rule_message where program_id = $1', [shop.id]);
    const job = { programId: shop.id, kind: 'rules.messages', ref: Number(row!.transaction_id), dueAt: 0, now: 0 };
    await Promise.all(Array.from({ length: 4 }, () => jobHandlers['rules.messages']!.run(app.deps, job)));
    await work();
    await sell(anna, 9000, same, at);
    await work();
    expect([mails().length, await states(shop)]).toEqual([1, ['told']]);
  });

  it('is withdrawn when the document is taken back before it left: unwritten, or waiting for a mail server that is away', async () => {
    const { shop, params, join, sell } = await shopWith(thanks);
    const anna = await join();
    const takeBack = (transaction: string) => shop.api.voidTransaction({ params: { ...params, transaction }, body: { reason: 'Pomyłka przy kasie' } });
    await takeBack((await sell(anna, 5000)).transaction.id);
    await work();
    smtp.behave = 'later';
    const second = await sell(anna, 6000);
    await work();
    expect(await states(shop)).toEqual(['withdrawn', 'told']);
    expect(await readMine(shop, anna)).toHaveLength(1);
    await takeBack(second.transaction.id);
    await work();
    smtp.behave = 'take';
    await app.ask(`update due set due_at = due_at - interval '1 day' where program_id = $1 and kind = 'message.send'`, [shop.id]);
    await work();
    expect([mails(), await states(shop), await readMine(shop, anna)]).toEqual([[], ['withdrawn', 'withdrawn'], []]);
    expect((await shop.api.listMessages({ params })).items.map((one) => one.state)).toEqual(['withdrawn']);
  });

  it('stays when it left before the document was taken back: the member has it', async () => {
    const { shop, params, join, sell } = await shopWith(thanks);
    const anna = await join();
    const sale = await sell(anna, 5000);
    await work();
    await shop.api.voidTransaction({ params: { ...params, transaction: sale.transaction.id }, body: { reason: 'Pomyłka' } });
    await work();
    expect([mails().length, await states(shop), (await readMine(shop, anna)).length]).toEqual([1, ['told'], 1]);
  });

  it('leaves neither name nor text in the tables, and no rows where no rule writes', async () => {
    const { join, sell } = await shopWith(thanks);
    await sell(await join({ firstName: 'Pelagia' }), 5000);
    await work();
    expect(await tablesThatShow(app.database.adminUrl, ['Pelagia'])).toEqual([]);
    const quiet = await shopWith();
    await quiet.sell(await quiet.join(), 5000);
    expect([await states(quiet.shop), await app.ask(`select 1 from due where program_id = $1 and kind = 'rules.messages'`, [quiet.shop.id])]).toEqual([[], []]);
  });

  it('400: a message without words, with a field nobody knows, or more than one of it', async () => {
    const { shop } = await shopWith();
    const ask = (effect: unknown) => shop.call('POST', '/earning-rules', { definition: { ...thanks, effect } });
    const answers = await Promise.all([ask({ kind: 'grant', what: 'message', code: 'x', count: 1 }), ask({ ...thanks.effect, message: { pl: { subject: 'a', text: 'Masz {punkciki}' } } }), ask({ ...thanks.effect, count: 2, perMinor: 100 }), ask({ kind: 'grant', what: 'coupon', code: 'x', count: 1, message: { pl: { subject: 'a', text: 'b' } } })]);
    expect(answers.map(({ status, body }) => [status, (body as unknown as { errors: { pointer: string }[] }).errors.map((one) => one.pointer)])).toEqual([
      [400, ['/definition/effect/message']], [400, ['/definition/effect/message/pl/text']], [400, ['/definition/effect/count', '/definition/effect/perMinor']], [400, ['/definition/effect/message']],
    ]);
  });
});
