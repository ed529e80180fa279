import type { RuleDefinition } from '@wracam/engine/rules';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyProgram } from '../ledger/index.ts';
import { testApp, type TestApp, type TestProgram } from '../../testing/app.ts';
import { signedInStaff } from '../../testing/signed-in.ts';

let app: TestApp;
const shops: TestProgram[] = [];
beforeAll(async () => { app = await testApp(); });
afterAll(async () => {
  const differences = await Promise.all(shops.map((shop) => verifyProgram(app.deps.db, shop.id)));
  await app.close();
  expect(differences.flatMap((one) => one.differences)).toEqual([]); // whatever the tests did, the ledger proves itself
});

const FORMS = { one: 'pieczątka', few: 'pieczątki', many: 'pieczątek', fraction: 'pieczątki' };
const START = Date.UTC(2026, 2, 5, 11);
type Policy = Partial<Parameters<TestProgram['api']['addWallet']>[0]['body']>;
const ruleIn = (wallet: string): RuleDefinition => ({
  name: 'Za zakupy', wallet, when: null, lines: null, effect: { kind: 'perAmount', points: 1, perMinor: 100, rounding: 'down', per: 'transaction' }, schedule: { from: null, until: null }, priority: 100,
  exclusiveGroup: null, caps: { perTransaction: null, perMemberDay: null, perProgram: null }, expiry: { kind: 'wallet' }, pendingDays: null,
});

/** A test program whose one rule gives a point for each złoty into a wallet of this kind, with one member. */
async function shopWith(policy: Policy) {
  const shop = await app.program({ test: true, startsAt: START, rules: [] });
  shops.push(shop);
  const params = { program: shop.code };
  await shop.api.addWallet({ params, body: { code: 'karta', name: 'Karta', forms: FORMS, expiry: { kind: 'never' }, pendingDays: 0, debtLimit: 1000, ...policy } });
  const draft = await shop.api.createRule({ params, body: { definition: ruleIn('karta') as never } });
  await shop.api.publishRule({ params: { ...params, rule: draft.id }, body: { revision: draft.revision } });
  const member = await shop.api.createMember({ params, body: { firstName: 'Anna', card: `${shop.code}-1`, termsVersion: 1 } });
  let count = 0;
  const now = async () => (await shop.api.getTestClock({ params })).now;
  return {
    shop, params, member, now,
    sell: async (totalMinor: number, more: Record<string, unknown> = {}) => shop.api.recordTransaction({ params, body: { source: 'kasa', externalId: `S-${count += 1}`, kind: 'sale', occurredAt: await now(), totalMinor, member: { id: member.id }, ...more } as never }),
    takeBack: async (externalId: string, totalMinor: number) => shop.api.recordTransaction({ params, body: { source: 'kasa', externalId: `R-${count += 1}`, kind: 'return', occurredAt: await now(), totalMinor, of: { source: 'kasa', externalId } } }),
    spend: async (points: number) => shop.api.captureHold({ params: { ...params, hold: (await shop.api.createHold({ params: { ...params, member: member.id }, body: { points, wallet: 'karta' } })).id } }),
    state: async () => {
      const { balances, lots } = await shop.api.getBalances({ params: { ...params, member: member.id } });
      return { ...balances.find((one) => one.wallet === 'karta')!, lots: lots.filter((one) => one.wallet === 'karta') };
    },
    moveTo: (date: string) => shop.api.moveTestClock({ params, body: { now: `${date}T12:00:00Z` } }),
  };
}

it('the unit’s English forms are told where English is spoken; half of them is refused, and without them the Polish ones stay', async () => {
  const { shop, params, member, now } = await shopWith({});
  const told = async (externalId: string, language: string) => (await shop.call('POST', '/transactions', { source: 'kasa', externalId, kind: 'sale', occurredAt: await now(), totalMinor: 300, member: { id: member.id } }, { 'accept-language': language })).body as unknown as { awards: { reason: string }[] };
  const reason = async (externalId: string, language: string) => (await told(externalId, language)).awards[0]!.reason.replaceAll('\u00a0', ' ');
  expect(await reason('E-1', 'en')).toContain('1 pieczątka for every PLN 1');
  const half = await shop.call('PATCH', '/wallets/karta', { revision: 1, forms: { ...FORMS, en: { one: 'stamp' } } });
  expect(half).toMatchObject({ status: 400, body: { errors: [{ pointer: '/forms/en/many' }] } });
  const forms = { ...FORMS, en: { one: 'stamp', many: 'stamps' } };
  expect((await shop.api.changeWallet({ params: { ...params, wallet: 'karta' }, body: { revision: 1, forms } })).forms).toEqual(forms);
  expect(await reason('E-2', 'en')).toBe('1 stamp for every PLN 1: for PLN 3 you get 3 stamps.');
  expect(await reason('E-3', 'pl')).toMatch(/^1 pieczątka za .* 3 pieczątki\.$/);
});

describe('a status wallet', () => {
  it('409 wallet_not_spendable: no hold, no payment and no reward, and nothing has changed', async () => {
    const { shop, params, member, sell, state, now } = await shopWith({ kind: 'status' });
    await sell(5000);
    const refused = { status: 409, body: { code: 'wallet_not_spendable' } };
    expect(await shop.call('POST', `/members/${member.id}/holds`, { points: 1, wallet: 'karta' })).toMatchObject(refused);
    expect(await shop.call('POST', '/rewards', { name: 'Kawa', pricePoints: 10, wallet: 'karta' })).toMatchObject(refused);
    expect(await shop.call('POST', '/transactions', { source: 'kasa', externalId: 'P-1', kind: 'sale', occurredAt: await now(), totalMinor: 1000, member: { id: member.id }, payments: [{ kind: 'points', amountMinor: 100, points: 1, wallet: 'karta' }] })).toMatchObject(refused);
    expect(await state()).toMatchObject({ available: 50, held: 0 });
    expect((await shop.api.listRewards({ params })).items).toEqual([]);
  });
});

describe('a change of a wallet', () => {
  it('counts for later documents and leaves booked lots as they are; one who read an older revision is refused', async () => {
    const { shop, params, sell, state } = await shopWith({ expiry: { kind: 'months', months: 12, roundTo: 'monthEnd' } });
    await sell(1000);
    const before = await shop.api.listRules({ params });
    const changed = await shop.api.changeWallet({ params: { ...params, wallet: 'karta' }, body: { revision: 1, expiry: { kind: 'yearly', month: 3, day: 31, afterMonths: 1 }, pendingDays: 14, forms: { ...FORMS, decimals: 2 }, despiteNotice: true } });
    expect(changed).toMatchObject({ revision: 2, kind: 'points', pendingDays: 14, forms: { decimals: 2 } });
    expect((await shop.api.listRules({ params })).ruleset).toBe(before.ruleset + 1);
    await sell(2000);
    expect((await state()).lots.map(({ points, expiresOn, pendingUntil }) => [points, expiresOn, pendingUntil])).toEqual([[10, '2027-03-31', null], [20, '2027-03-31', '2026-03-19']]);
    await shop.api.changeWallet({ params: { ...params, wallet: 'karta' }, body: { revision: 2, expiry: { kind: 'months', months: 6, roundTo: 'quarterEnd' }, pendingDays: 0, despiteNotice: true } });
    await sell(3000);
    expect((await state()).lots.map(({ points, expiresOn }) => [points, expiresOn])).toEqual([[30, '2026-09-30'], [10, '2027-03-31'], [20, '2027-03-31']]);
    expect(await shop.call('PATCH', '/wallets/karta', { revision: 2, name: 'Inna' })).toMatchObject({ status: 412, body: { code: 'rule_changed_meanwhile' } });
    expect((await shop.api.listWallets({ params })).items.find((one) => one.code === 'karta')).toMatchObject({ name: 'Karta', revision: 3 });
  });

  it('400 wallet_policy_wrong names every setting that contradicts another, and saves nothing', async () => {
    const { shop, params } = await shopWith({});
    const wrong = { revision: 1, pendingUntil: 'delivered', expiry: { kind: 'yearly', month: 4, day: 31, afterMonths: 0 }, transfers: { minPoints: 10, dayPoints: 5, dayTimes: 1 } };
    const refused = await shop.call('PATCH', '/wallets/karta', wrong);
    expect(refused).toMatchObject({ status: 400, body: { code: 'wallet_policy_wrong' } });
    expect((refused.body['errors'] as unknown as { pointer: string }[]).map((one) => one.pointer)).toEqual(['/expiry/day', '/pendingDays', '/transfers/minPoints']);
    expect((await shop.api.listWallets({ params })).items.at(-1)).toMatchObject({ revision: 1, pendingUntil: 'days' });
    expect(await shop.call('POST', '/wallets', { code: 'karta', name: 'Druga', forms: FORMS, expiry: { kind: 'never' }, pendingDays: 0, debtLimit: 0 })).toMatchObject({ status: 409, body: { code: 'wallet_exists' } });
  });
});

describe('a return when the points are gone', () => {
  it.each([
    // two sales of 100 points each, 150 spent, the first comes back whole: 50 are there
    ['allow', { taken: 50, owed: 50, available: 0, debt: 50 }],
    ['nextEarnings', { taken: 0, owed: 100, available: 50, debt: 100 }],
    ['refuse', { taken: 50, owed: 0, available: 0, debt: 0 }],
  ] as const)('%s: %j', async (debtPolicy, expected) => {
    const { shop, params, sell, takeBack, spend, state } = await shopWith({ debtPolicy, expiry: { kind: 'months', months: 12, roundTo: 'day' } });
    const first = await sell(10_000);
    await sell(10_000);
    await spend(100); // of the first sale: its lot is the older
    await spend(50);
    const back = await takeBack(first.transaction.externalId, 10_000);
    const taken = back.takenBack.find((one) => one.wallet === 'karta');
    const now = await state();
    expect({ taken: (taken?.points ?? 0) - (taken?.owed ?? 0), owed: taken?.owed ?? 0, available: now.available, debt: now.debt }).toEqual(expected);
    await sell(6000); // next earnings repay whatever is owed, before anything else
    expect(await state()).toMatchObject({ available: expected.available + Math.max(0, 60 - expected.debt), debt: Math.max(0, expected.debt - 60) });
    expect((await shop.api.getTransaction({ params: { ...params, transaction: back.transaction.id } })).state).toBe('booked');
  });

  it('follows a limit that was changed since the account was made, and never below what is owed', async () => {
    const { shop, params, sell, takeBack, spend, state } = await shopWith({ debtLimit: 1000 });
    const [first, second] = [await sell(10_000), await sell(10_000)];
    await spend(200);
    await takeBack(first.transaction.externalId, 10_000);
    expect(await state()).toMatchObject({ debt: 100 });
    await shop.api.changeWallet({ params: { ...params, wallet: 'karta' }, body: { revision: 1, debtPolicy: 'refuse' } });
    const back = await takeBack(second.transaction.externalId, 10_000);
    expect(back.takenBack).toEqual([{ wallet: 'karta', points: 0, owed: 0 }]);
    expect(await state()).toMatchObject({ debt: 100, available: 0 });
  });
});

describe('points that wait for a delivery', () => {
  it('can be used the moment it is told, once however many tell it, and by themselves after the longest wait', async () => {
    const { shop, params, sell, state, moveTo } = await shopWith({ pendingUntil: 'delivered', pendingDays: 30 });
    const { transaction } = await sell(5000);
    await sell(2000);
    expect(await state()).toMatchObject({ available: 0, pending: 70 });
    const mark = (fact: 'delivered' | 'paid') => shop.api.markTransaction({ params: { ...params, transaction: transaction.id }, body: { fact } });
    expect(await mark('paid')).toMatchObject({ usable: [], duplicate: false }); // not what they wait for
    const answers = await Promise.all(Array.from({ length: 8 }, () => mark('delivered')));
    expect(answers.filter((one) => !one.duplicate)).toHaveLength(1);
    expect(answers.filter((one) => one.usable.length > 0)).toMatchObject([{ usable: [{ wallet: 'karta', points: 50 }] }]);
    expect(await state()).toMatchObject({ available: 50, pending: 20 });
    expect((await shop.api.getTransaction({ params: { ...params, transaction: transaction.id } })).milestones.map((one) => one.fact).sort()).toEqual(['delivered', 'paid']);
    await moveTo('2026-04-05');
    expect(await state()).toMatchObject({ available: 70, pending: 0 });
  });

  it('are usable at once when the sale is claimed after it was delivered, and go first when it comes back', async () => {
    const { shop, params, member, sell, takeBack, state } = await shopWith({ pendingUntil: 'delivered', pendingDays: 30 });
    const nobody = await sell(5000, { member: null });
    await shop.api.markTransaction({ params: { ...params, transaction: nobody.transaction.id }, body: { fact: 'delivered' } });
    await shop.api.claimTransaction({ params: { ...params, transaction: nobody.transaction.id }, body: { member: { id: member.id } } });
    const waiting = await sell(2000);
    expect(await state()).toMatchObject({ available: 50, pending: 20 });
    await takeBack(waiting.transaction.externalId, 2000);
    expect(await state()).toMatchObject({ available: 50, pending: 0 });
    expect(await shop.call('POST', `/transactions/${waiting.transaction.id}/milestones`, { fact: 'sent' })).toMatchObject({ status: 400 });
  });

  it('wait by the wallet of their day: a later change of it lets nothing go early', async () => {
    const { shop, params, sell, state } = await shopWith({ pendingDays: 30 });
    const { transaction } = await sell(5000);
    await shop.api.changeWallet({ params: { ...params, wallet: 'karta' }, body: { revision: 1, pendingUntil: 'delivered' } });
    expect(await shop.api.markTransaction({ params: { ...params, transaction: transaction.id }, body: { fact: 'delivered' } })).toMatchObject({ usable: [] });
    expect(await state()).toMatchObject({ available: 0, pending: 50 });
  });
});

describe('points that end by inactivity', () => {
  it('live on with every earning and spending, all of them, and end together when nothing happens', async () => {
    const { sell, spend, state, moveTo } = await shopWith({ expiry: { kind: 'inactivity', months: 1 } });
    await sell(1000);
    expect((await state()).lots.map((one) => one.expiresOn)).toEqual(['2026-04-05']);
    await moveTo('2026-04-01');
    await sell(2000);
    expect((await state()).lots.map((one) => [one.points, one.expiresOn])).toEqual([[10, '2026-05-01'], [20, '2026-05-01']]);
    await moveTo('2026-05-01'); // the last day
    await spend(5);
    expect(await state()).toMatchObject({ available: 25, expiring: [{ on: '2026-06-01', points: 25 }] });
    await moveTo('2026-06-01');
    expect(await state()).toMatchObject({ available: 25 });
    await moveTo('2026-06-02');
    expect(await state()).toMatchObject({ available: 0, lots: [] });
  }, 60_000);

  it('409 wallet_in_use: a wallet that has points already cannot start to end by inactivity', async () => {
    const { shop, params, sell } = await shopWith({});
    const change = { revision: 1, expiry: { kind: 'inactivity' as const, months: 6 } };
    const own = await shop.api.createRule({ params, body: { definition: { ...ruleIn('karta'), expiry: { kind: 'never' } } as never } });
    expect(await shop.call('PATCH', '/wallets/karta', change)).toMatchObject({ status: 409, body: { code: 'wallet_in_use' } });
    await shop.api.changeRule({ params: { ...params, rule: own.id }, body: { revision: own.revision, definition: ruleIn('karta') as never } });
    expect(await shop.call('PATCH', '/wallets/karta', change)).toMatchObject({ status: 200 });
    expect(await shop.call('POST', '/earning-rules', { definition: { ...ruleIn('karta'), expiry: { kind: 'never' } } })).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    await sell(100);
    await shop.api.changeWallet({ params: { ...params, wallet: 'karta' }, body: { revision: 2, expiry: { kind: 'never' } } });
    expect(await shop.call('PATCH', '/wallets/karta', { ...change, revision: 3 })).toMatchObject({ status: 409, body: { code: 'wallet_in_use' } });
  });
});

describe('a change that may harm members', () => {
  const HARM = { expiry: { kind: 'months', months: 3, roundTo: 'day' } };
  async function liveShop(secondPerson: boolean) {
    const shop = await app.program({ test: true, startsAt: Date.UTC(2026, 2, 5, 11) });
    const params = { program: shop.code };
    if (secondPerson) await shop.api.changeProgram({ params, body: { secondPerson: true } });
    const member = await shop.api.createMember({ params, body: { firstName: 'Anna', card: `${shop.code}-A`, termsVersion: 1 } });
    await shop.api.adjustPoints({ params: { ...params, member: member.id }, body: { points: 10, reason: 'Na start' } });
    const change = (body: object) => shop.call('PATCH', '/wallets/punkty', body);
    const wallet = async () => (await shop.api.listWallets({ params })).items[0]!;
    const person = async (name: string) => { const ask = await signedInStaff(app, shop, name, 'owner'); return (method: 'PATCH' | 'POST', path: string, body: object) => ask(method, `/wallets/punkty${path}`, body); };
    return { shop, params, change, wallet, ola: await person('ola'), jan: await person('jan') };
  }

  it('409 notice_too_short before the program’s notice is over; from its day on it is in force by itself', async () => {
    const { shop, params, change, wallet } = await liveShop(false);
    expect(await change({ revision: 1, ...HARM })).toMatchObject({ status: 409, body: { code: 'notice_too_short', params: { days: 14, earliest: expect.stringContaining('19') } } });
    expect(await change({ revision: 1, ...HARM, inForceOn: '2026-03-18' })).toMatchObject({ status: 409, body: { code: 'notice_too_short' } });
    expect(await change({ revision: 1, ...HARM, inForceOn: '2026-03-19' })).toMatchObject({ status: 200, body: { revision: 2, expiry: { months: 24 }, proposal: { inForceOn: '2026-03-19', waits: false, changes: [{ name: 'ważność punktów', verdict: 'worse' }] } } });
    await shop.api.moveTestClock({ params, body: { now: '2026-03-18T12:00:00Z' } });
    expect(await wallet()).toMatchObject({ revision: 2, expiry: { months: 24 } });
    await shop.api.moveTestClock({ params, body: { now: '2026-03-19T12:00:00Z' } });
    expect(await wallet()).toMatchObject({ revision: 3, expiry: { months: 3 }, proposal: null });
  });

  it('with open eyes it is in force at once; what harms nobody never waits', async () => {
    const { change } = await liveShop(false);
    expect(await change({ revision: 1, ...HARM, despiteNotice: true })).toMatchObject({ status: 200, body: { revision: 2, expiry: { months: 3 }, proposal: null } });
    expect(await change({ revision: 2, expiry: { kind: 'never' } })).toMatchObject({ status: 200, body: { expiry: { kind: 'never' } } });
  });

  it('waits for a second person where the program asks for one: not for who proposed it, and not for a key', async () => {
    const { shop, params, wallet, ola, jan } = await liveShop(true);
    const statusOf = async (answer: ReturnType<typeof ola>) => { const { status, body } = await answer; return [status, body.code]; };
    expect((await ola('PATCH', '', { revision: 1, ...HARM, despiteNotice: true })).status).toBe(200);
    expect(await wallet()).toMatchObject({ revision: 2, expiry: { months: 24 }, proposal: { waits: true, by: 'ola', inForceOn: null } });
    expect(await statusOf(ola('POST', '/approve', { revision: 2 }))).toEqual([403, 'approval_not_yours']);
    expect(await shop.call('POST', '/wallets/punkty/approve', { revision: 2 })).toMatchObject({ body: { code: 'approval_not_yours' } });
    expect(await statusOf(jan('POST', '/approve', { revision: 1 }))).toEqual([412, 'rule_changed_meanwhile']);
    expect(await statusOf(jan('POST', '/approve', { revision: 2 }))).toEqual([200, 'punkty']);
    expect(await wallet()).toMatchObject({ revision: 3, expiry: { months: 3 }, proposal: null });
    await ola('PATCH', '', { revision: 3, transfers: null, noticeDays: [], name: 'Lipki' });
    expect(await wallet()).toMatchObject({ revision: 4, name: 'Lipki', proposal: null });
    await ola('PATCH', '', { revision: 4, expiry: { kind: 'months', months: 1, roundTo: 'day' }, inForceOn: '2026-06-01' });
    expect(await statusOf(jan('POST', '/decline', { revision: 5 }))).toEqual([200, 'punkty']);
    expect(await wallet()).toMatchObject({ revision: 6, expiry: { months: 3 }, proposal: null });
    await shop.api.moveTestClock({ params, body: { now: '2026-06-02T12:00:00Z' } });
    expect(await wallet()).toMatchObject({ revision: 6, expiry: { months: 3 } });
  });

  it('of a wallet that nobody uses yet waits for nobody, and the list says which are in use', async () => {
    const { shop, params } = await liveShop(true);
    const forms = { one: 'naklejka', few: 'naklejki', many: 'naklejek', fraction: 'naklejki' };
    await shop.api.addWallet({ params, body: { code: 'naklejki', name: 'Naklejki', forms, expiry: { kind: 'months', months: 12, roundTo: 'day' }, pendingDays: 0, debtLimit: 0 } });
    const inUse = async () => (await shop.api.listWallets({ params })).items.map((one) => [one.code, one.inUse]);
    expect(await inUse()).toEqual([['punkty', true], ['naklejki', false]]);
    expect(await shop.call('PATCH', '/wallets/naklejki', { revision: 1, ...HARM })).toMatchObject({ status: 200, body: { expiry: { months: 3 }, proposal: null } });
    const { id } = await shop.api.createMember({ params, body: { firstName: 'Jan', card: `${shop.code}-J`, termsVersion: 1 } });
    await shop.api.adjustPoints({ params: { ...params, member: id }, body: { wallet: 'naklejki', points: 1, reason: 'Pierwsza' } });
    expect(await inUse()).toEqual([['punkty', true], ['naklejki', true]]);
    expect(await shop.call('PATCH', '/wallets/naklejki', { revision: 2, expiry: { kind: 'months', months: 1, roundTo: 'day' }, despiteNotice: true })).toMatchObject({ status: 200, body: { expiry: { months: 3 }, proposal: { waits: true } } });
  });

  it('what was promised is not taken back without notice: not dropped, not replaced, not put off', async () => {
    const { shop, params, change, wallet } = await liveShop(false);
    const BETTER = { expiry: { kind: 'never' } };
    const drop = (body: object) => shop.call('POST', '/wallets/punkty/decline', body);
    expect(await change({ revision: 1, ...BETTER, inForceOn: '2026-03-10' })).toMatchObject({ status: 200, body: { revision: 2, proposal: { waits: false } } });
    const short = { status: 409, body: { code: 'notice_too_short' } };
    expect(await drop({ revision: 2 })).toMatchObject(short);
    expect(await change({ revision: 2, name: 'Lipki' })).toMatchObject(short); // a newer change ends the planned one
    expect(await change({ revision: 2, name: 'Lipki', inForceOn: '2026-03-12' })).toMatchObject(short); // the promise would be kept for two days
    expect(await change({ revision: 2, name: 'Lipki', inForceOn: '2026-03-25' })).toMatchObject(short); // and here not on its day
    expect(await wallet()).toMatchObject({ revision: 2, name: expect.not.stringMatching('Lipki') as string, expiry: { months: 24 }, proposal: { inForceOn: '2026-03-10' } });
    expect(await change({ revision: 2, ...BETTER, name: 'Lipki', inForceOn: '2026-03-08' })).toMatchObject({ status: 200, body: { revision: 3, proposal: { inForceOn: '2026-03-08' } } });
    expect(await drop({ revision: 3, despiteNotice: true })).toMatchObject({ status: 200, body: { revision: 4, proposal: null } });
    expect(await change({ revision: 4, ...BETTER, inForceOn: '2026-04-10' })).toMatchObject({ status: 200 });
    expect(await drop({ revision: 5 })).toMatchObject({ status: 200, body: { revision: 6, proposal: null } }); // further away than the notice
    await shop.api.moveTestClock({ params, body: { now: '2026-04-11T12:00:00Z' } });
    expect(await wallet()).toMatchObject({ revision: 6, expiry: { months: 24 } });
  });

  it('what was promised stays promised while another person decides on taking it back, and begins on its day', async () => {
    const { shop, params, wallet, ola, jan } = await liveShop(true);
    expect((await ola('PATCH', '', { revision: 1, expiry: { kind: 'never' }, inForceOn: '2026-03-10' })).body).toMatchObject({ revision: 2, proposal: { waits: false } });
    expect((await ola('POST', '/decline', { revision: 2, despiteNotice: true })).body).toMatchObject({ revision: 3, proposal: { waits: true, by: 'ola', changes: [{ name: 'ważność punktów', verdict: 'worse' }] } });
    expect((await jan('POST', '/decline', { revision: 3 })).body).toMatchObject({ revision: 4, proposal: { waits: false, inForceOn: '2026-03-10' } });
    expect((await ola('PATCH', '', { revision: 4, name: 'Lipki', despiteNotice: true })).body).toMatchObject({ revision: 5, proposal: { waits: true } });
    await shop.api.moveTestClock({ params, body: { now: '2026-03-10T12:00:00Z' } });
    expect(await wallet()).toMatchObject({ revision: 6, expiry: { kind: 'never' }, proposal: { waits: true } });
    expect((await jan('POST', '/approve', { revision: 6 })).body).toMatchObject({ revision: 7, name: 'Lipki', expiry: { kind: 'never' }, proposal: null });
    expect((await ola('PATCH', '', { revision: 7, expiry: { kind: 'months', months: 3, roundTo: 'day' }, inForceOn: '2026-03-24' })).body).toMatchObject({ revision: 8, proposal: { waits: true } });
    await shop.api.moveTestClock({ params, body: { now: '2026-03-20T12:00:00Z' } });
    expect(await jan('POST', '/approve', { revision: 8 })).toMatchObject({ status: 409, body: { code: 'notice_too_short' } }); // approved too late for its day
  });

  it('409 nothing_to_approve where nothing waits', async () => {
    const { change, shop } = await liveShop(false);
    for (const step of ['approve', 'decline']) expect(await shop.call('POST', `/wallets/punkty/${step}`, { revision: 1 })).toMatchObject({ status: 409, body: { code: 'nothing_to_approve' } });
    await change({ revision: 1, expiry: { kind: 'never' }, inForceOn: '2026-03-10' });
    expect(await shop.call('POST', '/wallets/punkty/approve', { revision: 2 })).toMatchObject({ status: 409, body: { code: 'nothing_to_approve' } });
  });
});
