import type { RuleDefinition } from '@wracam/engine/rules';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp, type TestApp } from '../../testing/app.ts';
import { replayed as replayedIn, storedAccounts } from '../../testing/replayed.ts';
import { REPLAY_RULES, ruleNamed, RULES_WITHOUT_PAST } from '../../testing/replay-rules.ts';
import type { ReplayWish } from './plan.ts';

let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());

const replayed = (programId: number, wish: Partial<ReplayWish> = {}, byKernel = false) => replayedIn(app.deps, programId, wish, byKernel);
const stored = (programId: number) => storedAccounts(app.ask, programId);

/** A program in which everything happened: anna did what columns have no words for, jan did not. */
async function busyShop(rules: readonly RuleDefinition[]) {
  const shop = await app.program({ rules: [...rules] });
  const params = { program: shop.code };
  const at = () => new Date().toISOString();
  const [anna, jan] = await Promise.all(['A', 'B'].map((card) => shop.api.createMember({ params, body: { firstName: 'Ola', card: `C-${card}`, termsVersion: 1 } })));
  let count = 0;
  const post = async (body: object) => (await shop.api.recordTransaction({ params, body: { source: 'till', externalId: `D${count += 1}`, occurredAt: at(), ...body } as never })).transaction;
  const sale = (member: string | null, totalMinor: number, more: object = {}) => post({
    kind: 'sale', totalMinor, lines: [{ lineId: '1', category: 'kawa', quantity: 1, amountMinor: Math.floor(totalMinor / 2) }, { lineId: '2', category: 'ciasto', quantity: 2, amountMinor: Math.ceil(totalMinor / 2) }],
    ...(member === null ? {} : { member: { id: member } }), ...more,
  });
  const back = (externalId: string, amountMinor: number, more: object = {}) => post({ kind: 'return', totalMinor: amountMinor, lines: [{ lineId: '1', quantity: 1, amountMinor, of: { source: 'till', externalId, lineId: '2' } }], ...more });
  const first = await sale(anna!.id, 12_345);
  await back(first.externalId, 3_000);
  await back('later', 2_000);
  await sale(anna!.id, 20_000, { externalId: 'later' });
  const nobodys = await sale(null, 15_000);
  await sale(jan!.id, 8_000);
  const mistake = await sale(jan!.id, 50_000);
  await shop.api.voidTransaction({ params: { ...params, transaction: mistake.id }, body: { reason: 'pomyłka' } });
  await sale(jan!.id, 9_900);
  await shop.api.claimTransaction({ params: { ...params, transaction: nobodys.id }, body: { member: { id: jan!.id } } });
  const given = await shop.api.adjustPoints({ params: { ...params, member: anna!.id }, body: { wallet: 'punkty', points: 300, reason: 'przeprosiny' } });
  await shop.api.adjustPoints({ params: { ...params, member: jan!.id }, body: { wallet: 'punkty', points: -20, reason: 'pomyłka' } });
  await sale(anna!.id, 10_000, { payments: [{ kind: 'points', amountMinor: 1_000, points: 100 }] });
  await shop.api.reverseTransfer({ params: { ...params, transfer: given.transfer.id }, body: { reason: 'nie należały się' } });
  const reward = await shop.api.createReward({ params, body: { name: 'Kubek', wallet: 'punkty', pricePoints: 20 } });
  const ordered = (member: string) => shop.api.placeOrder({ params, body: { member: { id: member }, lines: [{ reward: reward.id, quantity: 1 }] } });
  const cancelled = await ordered(anna!.id);
  await shop.api.cancelOrder({ params: { ...params, order: cancelled.order.id }, body: { reason: 'rozmyśliła się' } });
  const taken = await ordered(jan!.id);
  await shop.api.confirmOrder({ params: { ...params, order: taken.order.id } });
  await shop.api.cancelOrder({ params: { ...params, order: taken.order.id }, body: { reason: 'kubek pękł' } });
  await ordered(jan!.id);
  await post({ kind: 'correction', of: { source: 'till', externalId: first.externalId }, totalMinor: 7_000, member: { id: anna!.id }, lines: [{ lineId: '1', category: 'kawa', quantity: 1, amountMinor: 7_000 }] });
  return shop;
}

describe('history booked again by the rules of then', () => {
  it('is the ledger of a live program: returns before and after their sale, claims, voids, payments with points, orders, corrections by hand and their reversal', async () => {
    const shop = await busyShop(REPLAY_RULES);
    const { result, accounts } = await replayed(shop.id);
    expect(result.difference).toEqual({ documents: 0, checked: expect.any(Number) as number, first: null });
    expect(result.difference.checked).toBe(8);
    expect(accounts).toEqual(await stored(shop.id));
    // The rules look back, and a budget is shared: nobody can be replayed by themselves.
    expect((await replayed(shop.id, {}, true)).result).toEqual(result);
    expect(result.sums.now.capped).toBeGreaterThan(0);
  });

  it('takes documents of one instant in the order in which they were booked: a sale whose return kept an older place for it, and one that was claimed', async () => {
    const shop = await app.program({ rules: [ruleNamed('Za zakupy', { caps: { perTransaction: null, perMemberDay: 300, perProgram: null } })], test: true, startsAt: Date.parse('2026-03-02T08:00:00Z') });
    const params = { program: shop.code };
    const { id } = await shop.api.createMember({ params, body: { firstName: 'Ola', card: `${shop.code}-A`, termsVersion: 1 } });
    const document = (kind: 'sale' | 'return', externalId: string, totalMinor: number, more: object) => ({ source: 'till', externalId, kind, occurredAt: '2026-03-02T08:00:00Z', totalMinor, ...more });
    const send = async (...transactions: object[]) => { const { results } = await shop.api.recordTransactions({ params, body: { transactions: transactions as never } }); expect(results.map(({ status }) => status)).toEqual(transactions.map(() => 200)); return results; };
    const [nobodys] = await send(document('sale', 'nobodys', 70_000, {}), document('return', 'R1', 30_000, { of: { source: 'till', externalId: 'one' } }), document('return', 'R2', 10_000, { of: { source: 'till', externalId: 'other' } }));
    await send(document('sale', 'first', 100_000, { member: { id } }), document('sale', 'one', 120_000, { member: { id } }));
    await send(document('sale', 'third', 30_000, { member: { id } }));
    await send(document('sale', 'other', 110_000, { member: { id } }));
    await shop.api.claimTransaction({ params: { ...params, transaction: (nobodys as unknown as { answer: { transaction: { id: string } } }).answer.transaction.id }, body: { member: { id } } });
    const { result, accounts } = await replayed(shop.id);
    expect(accounts).toEqual(await stored(shop.id));
    expect(result.difference).toEqual({ documents: 0, checked: 5, first: null });
    expect((await replayed(shop.id, {}, true)).result).toEqual(result);
  });

  it('takes the points of a goal back from the lots of their own grant; who kept theirs goes by the kernel', async () => {
    const shop = await app.program({ rules: [ruleNamed('Za zakupy')], test: true, startsAt: Date.parse('2026-03-02T08:00:00Z') });
    const params = { program: shop.code };
    const draft = await shop.api.createGoal({ params, body: { definition: {
      kind: 'challenge', name: 'Dwie wizyty', description: null, onReturn: 'takeBack', reward: { points: { wallet: 'punkty', points: 70 }, badge: null, coupon: null }, when: null, lines: null,
      task: { kind: 'count', of: 'documents', target: 2 }, window: { kind: 'once', from: '2026-01-01', until: null },
    } as never } });
    await shop.api.publishGoal({ params: { ...params, goal: draft.id }, body: { revision: draft.revision } });
    const people = await Promise.all(['A', 'B'].map((card) => shop.api.createMember({ params, body: { firstName: 'Ola', card: `${shop.code}-${card}`, termsVersion: 1 } })));
    let count = 0;
    const now = async () => Date.parse((await shop.api.getTestClock({ params })).now);
    const post = async (body: object) => (await shop.api.recordTransaction({ params, body: { source: 'till', externalId: `G${count += 1}`, occurredAt: new Date(await now()).toISOString(), ...body } as never })).transaction.externalId;
    const sell = (id: string, totalMinor: number) => post({ kind: 'sale', totalMinor, member: { id } });
    const pass = async () => shop.api.moveTestClock({ params, body: { now: new Date(await now() + 86_400_000).toISOString() } });
    const sales: string[] = [];
    for (const { id } of people) for (let visit = 0; visit < 2; visit += 1) sales.push(await sell(id, 50_000));
    await pass();
    // Of one of them a purchase comes back and the challenge is undone; later it is reached again, and undone once more when some of it is spent.
    await post({ kind: 'return', totalMinor: 50_000, of: { source: 'till', externalId: sales[0]! } });
    await pass();
    const third = await sell(people[0]!.id, 50_000);
    await pass();
    await shop.api.adjustPoints({ params: { ...params, member: people[0]!.id }, body: { wallet: 'punkty', points: -120, reason: 'pomyłka' } });
    await post({ kind: 'return', totalMinor: 50_000, of: { source: 'till', externalId: third } });
    await pass();
    const { result, accounts } = await replayed(shop.id);
    expect(accounts).toEqual(await stored(shop.id));
    const byKernel = await replayed(shop.id, {}, true);
    expect(byKernel.generally).toBe(1);
    expect(byKernel.result).toEqual(result);
  });

  it('goes by the kernel for those who did nothing unusual, by the general way for the others, and together they are the ledger', async () => {
    const shop = await busyShop(RULES_WITHOUT_PAST.filter((one) => one.caps.perProgram === null));
    const { result, accounts } = await replayed(shop.id);
    expect(accounts).toEqual(await stored(shop.id));
    const byKernel = await replayed(shop.id, {}, true);
    expect(byKernel.result).toEqual(result);
    expect(byKernel.result.difference).toEqual({ documents: 0, checked: 8, first: null });
    expect(byKernel.generally).toBe(1);
    expect(byKernel.askedTwice).toBeGreaterThan(0);
    const wish = { changes: [{ ruleId: null, definition: ruleNamed('Zamiast', { effect: { kind: 'perAmount', points: 2, perMinor: 900, rounding: 'up', per: 'line' }, caps: { perTransaction: 30, perMemberDay: null, perProgram: null, perMemberMonth: 50 } }) }] };
    expect((await replayed(shop.id, wish, true)).result).toEqual((await replayed(shop.id, wish)).result);
  });
});
