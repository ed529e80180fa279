import type { RuleDefinition } from '@wracam/engine/rules';
import type { Member, TransactionAnswer } from '@wracam/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeServer } from '../app.ts';
import { testApp, type TestApp } from '../testing/app.ts';
import { nextName, openTill, PER_ZLOTY, type Till } from '../testing/till.ts';

let app: TestApp;
const tills: Till[] = [];
beforeAll(async () => { app = await testApp(); });
afterAll(async () => {
  const faults = await Promise.all(tills.map((one) => one.faults()));
  await app.close();
  expect(faults.flat()).toEqual([]);
});

const open = async (input?: Parameters<typeof openTill>[1]) => { const till = await openTill(app, input); tills.push(till); return till; };
const PLAIN = { kinds: ['goods', 'service'], excludedCategories: [], excludedBrands: [], excludedSkus: [], paidWithPointsEarns: false, amounts: 'gross', netRounding: 'nearest', discount: 'after', multipliers: 'add' };
/** What earns, from now on. */
async function earns(till: Till, part: object) {
  const { revision } = await till.api.getEarningBase({ params: till.params });
  await till.call('PATCH', '/earning-base', { ...PLAIN, ...part, revision });
  expect((await till.call('POST', '/earning-base/publish', { revision: revision + 1, despiteNotice: true })).status).toBe(200);
}
const sum = (answer: TransactionAnswer) => answer.awards.reduce((all, one) => all + one.points, 0);

describe('what a purchase is worth', () => {
  it('points on the amount before the reward: money earns, points that paid do not, unless the program says so, and the reason says how much counted', async () => {
    const till = await open();
    const half = async () => {
      const member = await till.member();
      await till.give(member, 500);
      return till.sell(member, 10_000, { payments: [{ kind: 'points', amountMinor: 5000, points: 500 }, { kind: 'card', amountMinor: 5000 }] });
    };
    const after = await half();
    expect(after.awards).toMatchObject([{ points: 50 }]);
    expect(after.awards[0]!.reason).toContain('50');
    expect(after.awards[0]!.reason).not.toContain('100');
    await earns(till, { paidWithPointsEarns: true });
    expect((await half()).awards).toMatchObject([{ points: 100 }]);
  });

  it('rounding and tax: each line without its own tax, rounded once, and its return takes exactly what it gave, in any order', async () => {
    const till = await open();
    await earns(till, { amounts: 'net' });
    // 10,00 : 1,23 = 8,13; 9,99 : 1,08 = 9,25; 5,55 : 1,05 = 5,286, so 5,29; 3,33 has no tax: 26,00 together, and a grosz less were they rounded down.
    const goods = [[1000, 2300], [999, 800], [555, 500], [333, 0]] as const;
    for (const order of [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1]]) {
      const member = await till.member();
      const sale = await till.sell(member, 2887, { lines: goods.map(([amountMinor, taxRate], at) => ({ lineId: `${at}`, amountMinor, taxRate })) });
      expect(sum(sale)).toBe(26);
      const { source, externalId } = sale.transaction;
      for (const at of order) {
        const before = await till.net(member);
        await till.takeBack(sale, goods[at]![0], { of: undefined, lines: [{ lineId: 'z', amountMinor: goods[at]![0], of: { source, externalId, lineId: `${at}` } }] });
        expect(await till.net(member)).toBeLessThan(before);
      }
      expect(await till.net(member)).toBe(0);
    }
  });
});

describe('a return', () => {
  it('goes by the rules of its purchase, not by those of today: the rate was changed since, then the rule ended', async () => {
    const till = await open();
    const member = await till.member();
    const sale = await till.sell(member, 10_000);
    const at = { ...till.params, rule: (await till.api.listRules({ params: till.params })).items[0]!.id };
    const say = async (change: Partial<RuleDefinition>) => {
      const { revision } = await till.api.getRule({ params: at });
      const drafted = await till.api.changeRule({ params: at, body: { revision, definition: { ...PER_ZLOTY[0]!, ...change } as never } });
      await till.api.publishRule({ params: at, body: { revision: drafted.revision, despiteNotice: true } });
    };
    await till.moveTo('2026-03-03T09:00:00Z');
    await say({ effect: { kind: 'perAmount', points: 3, perMinor: 100, rounding: 'down', per: 'transaction' } });
    await till.moveTo('2026-03-04T09:00:00Z');
    expect(sum(await till.sell(await till.member(), 10_000)), 'today it is three').toBe(300);
    expect(await till.takeBack(sale, 4000)).toMatchObject({ takenBack: [{ points: 40 }] });
    await say({ schedule: { from: null, until: '2026-03-03' } });
    expect(sum(await till.sell(await till.member(), 10_000)), 'and now nothing').toBe(0);
    expect(await till.takeBack(sale, 6000)).toMatchObject({ takenBack: [{ points: 60 }] });
    expect(await till.net(member)).toBe(0);
  });
});

describe('a budget of the whole program', () => {
  it('wanted by thirty at once through two servers gives what it has and not one point more; what a return frees is given again', async () => {
    const till = await open({ rules: [{ ...PER_ZLOTY[0]!, caps: { perTransaction: null, perMemberDay: null, perProgram: 100 } }] });
    const members: Member[] = await Promise.all(Array.from({ length: 30 }, () => till.member()));
    const second = await makeServer(app.deps, { checkAnswers: true, pages: false });
    const headers = { authorization: `Bearer ${till.shop.apiKey}`, 'content-type': 'application/json' };
    const bodies = await Promise.all(members.map((member) => till.sale(member, 700, { externalId: nextName('P') })));
    const answers = await Promise.all(bodies.map((body, at) => (at % 2 ? second : app.server).inject({ method: 'POST', url: `/api/v1/programs/${till.shop.code}/transactions`, headers, payload: JSON.stringify(body) })));
    await second.close();
    const booked = answers.map((one) => JSON.parse(one.body) as TransactionAnswer);
    expect(booked.map(sum).sort((a, b) => b - a)).toEqual([...Array.from({ length: 14 }, () => 7), 2, ...Array.from({ length: 15 }, () => 0)]);
    await till.takeBack(booked.find((one) => sum(one) === 7)!);
    expect(sum(await till.sell(members[0]!, 10_000))).toBe(7);
  });
});
