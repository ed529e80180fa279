import { afterAll, beforeAll, expect, it } from 'vitest';
import { testApp, type TestApp } from '../../testing/app.ts';
import { replayed, storedAccounts } from '../../testing/replayed.ts';

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
