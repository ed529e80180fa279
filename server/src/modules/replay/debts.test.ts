import type { RuleDefinition } from '@wracam/engine/rules';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testApp, type TestApp } from '../../testing/app.ts';
import { replayed, storedAccounts } from '../../testing/replayed.ts';
import { loadHistory } from '../connectors/index.ts';
import type { NewDocument } from '../transactions/index.ts';

let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());

type Policy = { readonly debtPolicy: 'allow' | 'nextEarnings' | 'refuse'; readonly debtLimit: number };
const POLICIES: readonly Policy[] = [{ debtPolicy: 'allow', debtLimit: 10_000 }, { debtPolicy: 'allow', debtLimit: 100 }, { debtPolicy: 'nextEarnings', debtLimit: 10_000 }, { debtPolicy: 'refuse', debtLimit: 0 }];

/** Points are spent, then the sale they came from is given back. Anna paid at the till, which columns have no words for; Jan by an order. */
async function shopWith(policy: Policy) {
  const shop = await app.program();
  const params = { program: shop.code };
  await shop.api.changeWallet({ params: { ...params, wallet: 'punkty' }, body: { revision: 1, ...policy } });
  const members = await Promise.all(['Anna', 'Jan'].map((firstName) => shop.api.createMember({ params, body: { firstName, card: `${shop.code}-${firstName}`, termsVersion: 1 } })));
  const [anna, jan] = members.map(({ id }) => id) as [string, string];
  let count = 0;
  const post = async (totalMinor: number, more: object) => (await shop.api.recordTransaction({ params, body: { source: 'till', externalId: `D${count += 1}`, kind: 'sale', occurredAt: new Date().toISOString(), totalMinor, ...more } as never })).transaction.externalId;
  const { id: mug } = await shop.api.createReward({ params, body: { name: 'Kubek', wallet: 'punkty', pricePoints: 600 } });
  for (const id of [anna, jan]) {
    const first = await post(500_000, { member: { id } });
    const second = await post(300_000, { member: { id } });
    if (id === anna) await post(80_000, { member: { id }, payments: [{ kind: 'points', amountMinor: 60_000, points: 600 }] });
    else await shop.api.placeOrder({ params, body: { member: { id }, lines: [{ reward: mug, quantity: 1 }], confirm: true } });
    await post(100_000, { kind: 'return', of: { source: 'till', externalId: second } });
    await post(200_000, { member: { id } });
    await post(500_000, { kind: 'return', of: { source: 'till', externalId: first } });
    await post(4_000, { member: { id } });
  }
  return shop;
}

it('a draft of what returns do to spent points gives what a program has in which that was so all the time, in the general way and by the kernel', async () => {
  const shops = await Promise.all(POLICIES.map(shopWith));
  const lived = await Promise.all(shops.map(({ id }) => replayed(app.deps, id)));
  for (const [at, { id }] of shops.entries()) expect(lived[at]!.accounts).toEqual(await storedAccounts(app.ask, id));
  // All four differ in what they take back, what is owed, or whom the rest is enough for.
  expect(lived.map(({ result: { sums, thresholds } }) => [sums.now.returned, sums.now.owed, thresholds.map((one) => one.now)])).toEqual([[1200, 372, [0, 0, 0]], [1020, 192, [0, 0, 0]], [1200, 992, [2, 2, 0]], [820, 0, [0, 0, 0]]]);
  for (const [from, shop] of shops.entries()) for (const [to, policy] of POLICIES.entries()) for (const byKernel of [false, true]) {
    const { result } = await replayed(app.deps, shop.id, { wallets: [{ wallet: 'punkty', ...policy }] }, byKernel);
    expect({ from, now: result.sums.now, differing: result.difference.documents }).toEqual({ from, now: lived[from]!.result.sums.now, differing: 0 });
    expect({ to, byKernel, draft: result.sums.draft, thresholds: result.thresholds.map((one) => one.draft), months: result.months.map((one) => one.draft) })
      .toEqual({ to, byKernel, draft: lived[to]!.result.sums.now, thresholds: lived[to]!.result.thresholds.map((one) => one.now), months: lived[to]!.result.months.map((one) => one.now) });
  }
}, 120_000);

it('another limit alone keeps the policy, and returns before the period are those of then', async () => {
  const shop = await shopWith(POLICIES[0]!);
  const now = (await replayed(app.deps, shop.id)).result.sums.now;
  for (const byKernel of [false, true]) {
    expect((await replayed(app.deps, shop.id, { wallets: [{ wallet: 'punkty', debtLimit: 100 }] }, byKernel)).result.sums.draft).toMatchObject({ returned: 1020, owed: 192 });
    const later = await replayed(app.deps, shop.id, { from: '2998-01-01', wallets: [{ wallet: 'punkty', ...POLICIES[3]! }] }, byKernel);
    expect(later.result.sums.draft).toMatchObject({ returned: 0, owed: now.owed, outstanding: now.outstanding });
  }
});

it('a correction that came before its sale is decided when that comes: history booked again has the same accounts and tells of no difference', async () => {
  const shop = await app.program();
  const params = { program: shop.code };
  const { id } = await shop.api.createMember({ params, body: { firstName: 'Ola', card: `${shop.code}-O`, termsVersion: 1 } });
  const post = (externalId: string, totalMinor: number, more: object) => shop.api.recordTransaction({ params, body: { source: 'till', externalId, kind: 'sale', occurredAt: new Date().toISOString(), totalMinor, ...more } as never });
  await post('K', 4_000, { kind: 'correction', of: { source: 'till', externalId: 'S' } });
  await post('S', 10_000, { member: { id } });
  await post('L', 1_000, { member: { id } });
  for (const byKernel of [false, true]) {
    const { result, accounts } = await replayed(app.deps, shop.id, {}, byKernel);
    expect(result.difference).toEqual({ documents: 0, checked: 2, first: null });
    expect(accounts).toEqual(await storedAccounts(app.ask, shop.id));
  }
});

/** Points are spent, at the till or by an order, and only then a file of history brings a return from before that: in the order of time too little is left to pay with. */
async function shopWithLateReturns(policy: Policy) {
  const shop = await app.program();
  const params = { program: shop.code };
  await shop.api.changeWallet({ params: { ...params, wallet: 'punkty' }, body: { revision: 1, ...policy } });
  const { id: mug } = await shop.api.createReward({ params, body: { name: 'Kubek', wallet: 'punkty', pricePoints: 400 } });
  for (const name of ['Anna', 'Jan']) {
    const card = `${shop.code}-${name}`;
    const { id } = await shop.api.createMember({ params, body: { firstName: name, card, termsVersion: 1 } });
    const old = (daysAgo: number, more: Partial<NewDocument>): NewDocument => ({
      source: 'h', externalId: `${name}${daysAgo}`, kind: 'sale', occurredAt: Date.now() - daysAgo * 86_400_000, pointer: { kind: 2, key: card }, totalMinor: 500_000, lines: [], payments: [], currency: 'PLN', store: null, till: null, cashier: null, channel: null, attributes: {}, of: null, ...more,
    });
    await loadHistory(app.deps, shop.id, [old(10, {})], { batchNo: null });
    if (name === 'Anna') await shop.api.recordTransaction({ params, body: { source: 'till', externalId: 'anna', kind: 'sale', occurredAt: new Date().toISOString(), member: { id }, totalMinor: 40_000, payments: [{ kind: 'points', amountMinor: 40_000, points: 400 }] } as never });
    else await shop.api.placeOrder({ params, body: { member: { id }, lines: [{ reward: mug, quantity: 1 }], confirm: true } });
    await loadHistory(app.deps, shop.id, [old(9, { kind: 'return', totalMinor: 400_000, of: { source: 'h', externalId: `${name}10` } })], { batchNo: null });
  }
  return shop;
}

it('what was paid in fact is paid on every side, also where a file of history brought a return from before it; a draft that gives less leaves some without', async () => {
  for (const policy of POLICIES) {
    const shop = await shopWithLateReturns(policy);
    const [ledger] = await app.ask<{ standing: string; owed: string }>('select sum(available + pending + held - debt) as standing, sum(debt) as owed from account where program_id = $1 and member_id > 0', [shop.id]);
    for (const byKernel of [false, true]) {
      const { sums: { now, draft }, difference } = (await replayed(app.deps, shop.id, {}, byKernel)).result;
      expect({ policy, byKernel, outstanding: now.outstanding, owed: now.owed, shortfalls: now.shortfalls, differing: difference.documents })
        .toEqual({ policy, byKernel, outstanding: Number(ledger!.standing), owed: Number(ledger!.owed), shortfalls: 0, differing: 0 });
      expect(draft).toEqual(now);
    }
    const [rule] = await app.ask<{ id: string; definition: RuleDefinition }>('select rule_id as id, definition from earning_rule_version where program_id = $1', [shop.id]);
    const giving = (perMinor: number) => ({ changes: [{ ruleId: Number(rule!.id), definition: { ...rule!.definition, effect: { ...rule!.definition.effect, perMinor } as RuleDefinition['effect'] } }] });
    for (const byKernel of [false, true]) {
      const [less, more] = [await replayed(app.deps, shop.id, giving(1_100), byKernel), await replayed(app.deps, shop.id, giving(900), byKernel)];
      expect([byKernel, less.result.sums.draft.shortfalls, less.result.sums.now.shortfalls, more.result.sums.draft.shortfalls]).toEqual([byKernel, 2, 0, 0]);
    }
  }
}, 60_000);
