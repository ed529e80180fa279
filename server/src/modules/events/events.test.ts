import type { RuleDefinition } from '@wracam/engine/rules';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseHash } from '../../contract-tests/database-hash.ts';
import { testApp, type TestApp, type TestProgram } from '../../testing/app.ts';

const rule = (name: string, points: number, type: string | null, more: Partial<RuleDefinition> = {}): RuleDefinition => ({
  name, wallet: 'punkty', when: null, lines: null, effect: { kind: 'fixed', points }, schedule: { from: null, until: null }, priority: 100, exclusiveGroup: null,
  caps: { perTransaction: null, perMemberDay: null, perProgram: null }, expiry: { kind: 'wallet' }, pendingDays: null, ...(type === null ? {} : { trigger: { kind: 'event', type } }), ...more,
});

let app: TestApp;
let shop: TestProgram;
beforeAll(async () => {
  app = await testApp();
  shop = await app.program({ rules: [
    rule('Za zakup', 7, null), rule('Ankieta', 50, 'survey', { caps: { perTransaction: null, perMemberDay: 120, perProgram: null } }),
    rule('Faktura', 1, 'invoice-paid', { effect: { kind: 'perAmount', points: 1, perMinor: 1000, rounding: 'down', per: 'transaction' }, when: { attribute: 'transaction.attribute.onTime', operator: 'isTrue', value: null } }),
  ] });
});
afterAll(() => app.close());

let count = 0;
const newMember = () => shop.api.createMember({ params: { program: shop.code }, body: { firstName: 'Anna', card: `EVENT-${count += 1}`, termsVersion: 1 } });
const event = (member: string, more: Record<string, unknown> = {}) =>
  ({ source: 'crm', externalId: `E-${count += 1}`, type: 'survey', occurredAt: new Date().toISOString(), member: { id: member }, fields: { name: 'Twoja kawa' }, ...more });
const post = (body: unknown) => shop.call('POST', '/events', body);
const balance = async (member: string) => (await shop.api.getBalances({ params: { program: shop.code, member } })).balances[0]!.available;

describe('booking an event', () => {
  it('200: points come by the rules that answer to it alone, with a reason in plain words', async () => {
    const member = await newMember();
    const answer = await shop.api.recordEvent({ params: { program: shop.code }, body: event(member.id) as never });
    expect(answer.awards).toMatchObject([{ rule: 'Ankieta', points: 50, reason: '50\u00a0punktów za wypełnienie ankiety.' }]);
    expect(answer.notApplied).toEqual([]);
    expect(answer.transaction).toMatchObject({ kind: 'event', event: 'survey', state: 'booked' });
    const history = await shop.api.listHistory({ params: { program: shop.code, member: member.id } });
    expect(history.items[0]).toMatchObject({ points: 50, reason: 'Za wypełnienie ankiety „Twoja kawa”' });
    const why = await shop.api.explainTransfer({ params: { program: shop.code, transfer: history.items[0]!.id } });
    expect(why.sentence).toMatch(/^Za wypełnienie ankiety „Twoja kawa”, /);
    expect(why.rules).toMatchObject([{ rule: 'Ankieta', applied: true, points: 50 }]);
    expect(why.lines).toEqual([]);
  });

  it('200: it is no purchase: no count, no amount, no last purchase, no sale of the day, and rules for purchases are silent', async () => {
    const member = await newMember();
    const before = (await shop.api.getHome({ params: { program: shop.code }, query: { days: 7 } as never })).today;
    const answer = await post(event(member.id, { type: 'invoice-paid', worthMinor: 123_45, fields: { number: 'F/1', dueOn: '2026-11-20', paidOn: '2026-11-19' } }));
    expect(answer).toMatchObject({ status: 200, body: { awards: [{ rule: 'Faktura', points: 12 }] } });
    expect(await shop.api.getMember({ params: { program: shop.code, member: member.id } })).toMatchObject({ salesCount: 0, spentMinor: 0, lastSaleOn: null });
    const after = (await shop.api.getHome({ params: { program: shop.code }, query: { days: 7 } as never })).today;
    expect([after.sales, after.salesMinor]).toEqual([before.sales, before.salesMinor]);
    const sale = await shop.call('POST', '/transactions', { source: 'till', externalId: `S-${count += 1}`, kind: 'sale', occurredAt: new Date().toISOString(), totalMinor: 1000, member: { id: member.id } });
    expect(sale.body).toMatchObject({ awards: [{ rule: 'Za zakup', points: 7 }], notApplied: [] });
  });

  it('200: an invoice paid late misses the rule for those on time, and the answer says so', async () => {
    const member = await newMember();
    const answer = await post(event(member.id, { type: 'invoice-paid', worthMinor: 100_00, fields: { number: 'F/2', dueOn: '2026-11-20', paidOn: '2026-11-25' } }));
    expect(answer).toMatchObject({ status: 200, body: { awards: [], notApplied: [{ rule: 'Faktura' }] } });
    const page = await shop.api.getTransaction({ params: { program: shop.code, transaction: (answer.body as unknown as { transaction: { id: string } }).transaction.id } });
    expect(page.fields).toEqual({ number: 'F/2', dueOn: '2026-11-20', paidOn: '2026-11-25', daysLate: 5, onTime: false });
  });

  it('200: twenty at once with one key are one event; another content is refused', async () => {
    const member = await newMember();
    const body = event(member.id);
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(body)));
    expect(answers.map((one) => one.status)).toEqual(answers.map(() => 200));
    expect(await balance(member.id)).toBe(50);
    expect(await post({ ...body, fields: { name: 'Inna' } })).toMatchObject({ status: 409, body: { code: 'document_differs' } });
    expect(await balance(member.id)).toBe(50);
  });

  it('200: a cap a day counts events of the day, and an event that is undone frees it', async () => {
    const member = await newMember();
    const answers = [];
    for (let at = 0; at < 3; at += 1) answers.push(await shop.api.recordEvent({ params: { program: shop.code }, body: event(member.id) as never }));
    expect(answers.map((one) => one.awards[0]!.points)).toEqual([50, 50, 20]);
    const undone = await shop.api.voidTransaction({ params: { program: shop.code, transaction: answers[0]!.transaction.id }, body: { reason: 'Pomyłka' } });
    expect(undone.transaction.state).toBe('voided');
    expect(await balance(member.id)).toBe(70);
    const history = await shop.api.listHistory({ params: { program: shop.code, member: member.id } });
    expect(history.items[0]).toMatchObject({ points: -50, reason: 'Cofnięte: za wypełnienie ankiety „Twoja kawa”' });
    expect((await shop.api.recordEvent({ params: { program: shop.code }, body: event(member.id) as never })).awards[0]!.points).toBe(50);
    expect(await shop.api.getMember({ params: { program: shop.code, member: member.id } })).toMatchObject({ salesCount: 0, spentMinor: 0 });
  });
});

describe('an event that is refused', () => {
  it.each([
    ['400 event_type_unknown', { type: 'nothing-like-it' }, 400, 'event_type_unknown'], ['409 event_automatic: the program books birthdays itself', { type: 'birthday', fields: {} }, 409, 'event_automatic'],
    ['400 invalid_request: a field is missing and another unknown', { fields: { other: 1 } }, 400, 'invalid_request'], ['400 occurred_in_future', { occurredAt: new Date(Date.now() + 3_600_000).toISOString() }, 400, 'occurred_in_future'],
    ['400 invalid_request: our own source', { source: 'wracam' }, 400, 'invalid_request'], ['404 member_unknown', { member: { card: 'NOBODY' } }, 404, 'member_unknown'],
  ])('%s: nothing is written', async (_, change, status, code) => {
    const member = await newMember();
    const before = await databaseHash(app, ['api_key']);
    expect(await post(event(member.id, change))).toMatchObject({ status, body: { code } });
    expect(await databaseHash(app, ['api_key'])).toEqual(before);
  });

  it('400 invalid_request names every fault with its place', async () => {
    const answer = await post(event((await newMember()).id, { type: 'quiz', fields: { score: 101, other: true } }));
    expect((answer.body as unknown as { errors: { pointer: string }[] }).errors.map((one) => one.pointer).sort()).toEqual(['/fields/name', '/fields/other', '/fields/score']);
  });

  it('409 member_blocked: a blocked member gets no event, not even one without points', async () => {
    const member = await newMember();
    await shop.api.blockMember({ params: { program: shop.code, member: member.id }, body: { reason: 'Prośba' } });
    const body = event(member.id);
    expect(await post(body)).toMatchObject({ status: 409, body: { code: 'member_blocked' } });
    await shop.api.unblockMember({ params: { program: shop.code, member: member.id }, body: { reason: 'Prośba' } });
    expect(await post(body)).toMatchObject({ status: 200, body: { duplicate: false, awards: [{ points: 50 }] } });
  });
});

describe('the program’s own events', () => {
  const params = () => ({ program: shop.code });
  const webinar = { code: 'webinar', name: 'Webinar', reason: 'za udział w webinarze', fields: [{ key: 'minutes', kind: 'number' as const, name: 'minuty', required: true, min: 1, max: 600 }] };

  it('earn by a rule that is published for them, are told in the organiser’s words, and are held to their fields', async () => {
    const type = await shop.api.createEventType({ params: params(), body: webinar });
    expect(type).toMatchObject({ builtIn: false, state: 'active', revision: 1 });
    expect(await shop.call('POST', '/event-types', webinar)).toMatchObject({ status: 409, body: { code: 'event_type_exists' } });
    expect(await shop.call('POST', '/event-types', { ...webinar, code: 'survey' })).toMatchObject({ status: 409, body: { code: 'event_type_exists' } });
    const draft = await shop.api.createRule({ params: params(), body: { definition: { ...rule('Webinar', 30, 'webinar'), description: undefined } as never } });
    expect(draft.sentence).toBe('30\u00a0punktów za udział w webinarze.');
    await shop.api.publishRule({ params: { ...params(), rule: draft.id }, body: { revision: draft.revision } });
    const member = await newMember();
    const answer = await post(event(member.id, { type: 'webinar', fields: { minutes: 45 } }));
    expect(answer).toMatchObject({ status: 200, body: { awards: [{ points: 30, reason: '30\u00a0punktów za udział w webinarze.' }] } });
    expect((await shop.api.listHistory({ params: { ...params(), member: member.id } })).items[0]!.reason).toBe('Za udział w webinarze');
    expect(await post(event(member.id, { type: 'webinar', fields: { minutes: 0 } }))).toMatchObject({ status: 400, body: { code: 'invalid_request', errors: [{ pointer: '/fields/minutes' }] } });
  });

  it('are retired, never deleted: new ones are refused, what was booked stays readable', async () => {
    const changed = await shop.api.changeEventType({ params: { ...params(), eventType: 'webinar' }, body: { revision: 1, state: 'retired' } });
    expect(changed).toMatchObject({ state: 'retired', revision: 2 });
    const member = await newMember();
    expect(await post(event(member.id, { type: 'webinar', fields: { minutes: 45 } }))).toMatchObject({ status: 400, body: { code: 'event_type_unknown' } });
    expect(await shop.call('PATCH', '/event-types/webinar', { revision: 1, name: 'Nie' })).toMatchObject({ status: 412 });
    expect(await shop.call('PATCH', '/event-types/survey', { revision: 1, name: 'Nie' })).toMatchObject({ status: 404 });
  });

  it('400 event_type_unknown: no rule can answer to an event that the program does not know', async () => {
    expect(await shop.call('POST', '/earning-rules', { definition: rule('Nic', 1, 'nothing-like-it') })).toMatchObject({ status: 400, body: { code: 'event_type_unknown' } });
  });

  it('preview of an event tells what it would earn and books nothing', async () => {
    const member = await newMember();
    const { source: _, externalId: __, ...body } = event(member.id);
    expect(await shop.call('POST', '/events/preview', body)).toMatchObject({ status: 200, body: { awards: [{ points: 50 }] } });
    expect(await balance(member.id)).toBe(0);
  });
});
