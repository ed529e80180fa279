import { permissionNames } from '@wracam/contract';
import { credit } from '@wracam/engine/ledger/moves';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DatabaseAway } from '../../platform/db.ts';
import type { Ctx } from '../../platform/deps.ts';
import { testDeps, type TestDeps } from '../../testing/deps.ts';
import { adjustPoints } from '../ledger/actions/adjust.ts';
import { accountOf, newWorkingSet, readBalances, saveWorkingSet, verifyProgram } from '../ledger/index.ts';
import { createMember, insertMembers } from '../members/index.ts';
import { changeReward, createReward, listOffered, type RewardInput } from '../rewards/actions.ts';
import { activityOf } from '../transactions/index.ts';
import { cancelOrder, confirmOrder, getOrder, listOrders, placeOrder } from './actions.ts';

let t: TestDeps;
let programId: number;
let ctx: Ctx;
beforeAll(async () => {
  t = await testDeps();
  programId = (await t.program()).id;
  ctx = { programId, actor: { kind: 'key', id: 1 }, permissions: new Set(permissionNames), language: 'pl', requestId: 'test', adjustLimit: null, adjustDayLimit: null, memberId: null, idempotency: null };
});
afterAll(async () => {
  const { differences } = await verifyProgram(t.deps.db, programId);
  await t.close();
  expect(differences).toEqual([]); // whatever the tests did, the ledger proves itself
});

let count = 0;
/** A member with points. */
async function member(points: number): Promise<{ id: number; ref: string }> {
  const made = await createMember(t.deps, ctx, { externalId: `M-${count += 1}`, termsVersion: 1 });
  const id = t.deps.publicIds.decode('mem', made.id)!;
  if (points > 0) await adjustPoints(t.deps, ctx, async () => id, { points, reason: 'Na start' });
  return { id, ref: made.id };
}
const reward = (input: Partial<RewardInput> = {}) => createReward(t.deps, ctx, { name: 'Kawa', pricePoints: 100, ...input });
const order = (who: { ref: string }, rewardId: string, quantity = 1, more: { confirm?: boolean; note?: string } = {}) => placeOrder(t.deps, ctx, { id: who.ref }, { lines: [{ reward: rewardId, quantity }], ...more }, { activityOf });
const balance = async (id: number) => (await t.deps.db.readProgram(programId, (tx) => readBalances(tx, [id]))).get(id)![0]!;
const stock = async (publicId: string) => (await t.ask<{ stockLeft: number; ordered: number }>('select stock_left::int as "stockLeft", ordered::int from reward where id = $1', [t.deps.publicIds.decode('rwd', publicId)]))[0]!;
/** What each of many simultaneous attempts ended with: its answer's word, or the refusal's code. */
const outcomes = async (attempts: readonly Promise<unknown>[]) => (await Promise.allSettled(attempts)).map((one) => (one.status === 'fulfilled' ? 'done' : String(Reflect.get(Object(one.reason), 'code'))));
/** As a till does: no free connection in time means that nothing happened, so it asks again. */
const persist = async <T>(attempt: () => Promise<T>): Promise<T> => attempt().catch((error: unknown) => (error instanceof DatabaseAway ? persist(attempt) : Promise.reject(error)));
const countOf = (words: readonly string[], word: string) => words.filter((one) => one === word).length;

describe('an order', () => {
  it('holds the points and takes the stock; confirming spends them', async () => {
    const anna = await member(250);
    const coffee = await reward({ stockLeft: 5 });
    const placed = await order(anna, coffee.id, 2);
    expect(placed).toMatchObject({ order: { state: 'placed', totalPoints: 200, lines: [{ name: 'Kawa', quantity: 2, pricePoints: 100 }] }, balances: [{ available: 50, held: 200 }] });
    expect(placed.order.number).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/);
    expect(await stock(coffee.id)).toEqual({ stockLeft: 3, ordered: 2 });
    expect(await confirmOrder(t.deps, ctx, placed.order.id)).toMatchObject({ order: { state: 'confirmed' }, balances: [{ available: 50, held: 0 }] });
    await expect(confirmOrder(t.deps, ctx, placed.order.id)).rejects.toMatchObject({ code: 'order_state_wrong' });
  });

  it('gives points and stock back when it is cancelled, before the confirmation and after it, once', async () => {
    const jan = await member(300);
    const cake = await reward({ name: 'Sernik', stockLeft: 3 });
    const first = await order(jan, cake.id);
    const second = await order(jan, cake.id, 1, { confirm: true });
    expect(second.order.state).toBe('confirmed');
    expect(await cancelOrder(t.deps, ctx, first.order.id, 'Pomyłka')).toMatchObject({ order: { state: 'cancelled', cancelReason: 'Pomyłka' }, balances: [{ available: 200, held: 0 }] });
    expect(await cancelOrder(t.deps, ctx, second.order.id, null)).toMatchObject({ balances: [{ available: 300, held: 0 }] });
    await expect(cancelOrder(t.deps, ctx, second.order.id, null)).rejects.toMatchObject({ code: 'order_state_wrong' });
    expect(await stock(cake.id)).toEqual({ stockLeft: 3, ordered: 0 });
    expect(await balance(jan.id)).toMatchObject({ available: 300, held: 0 });
  });

  it('is refused whole: nothing is held, no piece is taken, no order is left behind', async () => {
    const poor = await member(50);
    const coffee = await reward({ stockLeft: 2 });
    const before = await t.ask('select (select count(*) from hold) as holds, (select count(*) from reward_order) as orders');
    await expect(order(poor, coffee.id)).rejects.toMatchObject({ code: 'points_not_enough', params: { missing: 50 } });
    await expect(order(await member(900), coffee.id, 3)).rejects.toMatchObject({ code: 'stock_not_enough', params: { left: 2 } });
    await expect(order(await member(900), (await reward({ state: 'hidden' })).id)).rejects.toMatchObject({ code: 'reward_not_offered' });
    expect(await t.ask('select (select count(*) from hold) as holds, (select count(*) from reward_order) as orders')).toEqual(before);
    expect(await stock(coffee.id)).toEqual({ stockLeft: 2, ordered: 0 });
  });

  it('keeps to the limit of a reward for one member, counting what was not cancelled', async () => {
    const ola = await member(1000);
    const mug = await reward({ name: 'Kubek', perMember: 2 });
    const first = await order(ola, mug.id, 2);
    await expect(order(ola, mug.id)).rejects.toMatchObject({ code: 'reward_limit_reached', params: { limit: 2 } });
    await cancelOrder(t.deps, ctx, first.order.id, null);
    expect((await order(ola, mug.id)).order.state).toBe('placed');
  });

  it('of a member can be cancelled by that member alone, and only before it is confirmed', async () => {
    const [ewa, adam] = [await member(300), await member(300)];
    const coffee = await reward();
    const placed = await order(ewa, coffee.id);
    await expect(cancelOrder(t.deps, ctx, placed.order.id, null, adam.id)).rejects.toMatchObject({ code: 'not_found' });
    expect((await cancelOrder(t.deps, ctx, placed.order.id, null, ewa.id)).order.state).toBe('cancelled');
    const confirmed = await order(ewa, coffee.id, 1, { confirm: true });
    await expect(cancelOrder(t.deps, ctx, confirmed.order.id, null, ewa.id)).rejects.toMatchObject({ code: 'order_not_cancellable' });
  });

  it('keeps the price and the name it was placed with when the reward changes', async () => {
    const iga = await member(500);
    const coffee = await reward();
    const placed = await order(iga, coffee.id);
    await changeReward(t.deps, ctx, coffee.id, { revision: 1, name: 'Duża kawa', pricePoints: 400 });
    expect(await confirmOrder(t.deps, ctx, placed.order.id)).toMatchObject({ order: { totalPoints: 100, lines: [{ name: 'Kawa', pricePoints: 100 }] }, balances: [{ available: 400 }] });
  });

  it('is found on the list, newest first, page by page, without gaps or repeats', async () => {
    const lena = await member(1000);
    const coffee = await reward();
    for (let n = 0; n < 5; n += 1) await order(lena, coffee.id);
    const pages: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listOrders(t.deps, ctx, { memberId: lena.id, limit: 2, cursor });
      pages.push(...page.items.map((one) => one.id));
      cursor = page.next ?? undefined;
    } while (cursor);
    const all = await listOrders(t.deps, ctx, { memberId: lena.id });
    expect(pages).toEqual(all.items.map((one) => one.id));
    expect(new Set(pages).size).toBe(5);
    expect(all.items.map((one) => one.placedAt)).toEqual(all.items.map((one) => one.placedAt).sort().reverse());
  });
});

describe('a reward', () => {
  it('takes stock changes as differences and never falls below zero', async () => {
    const coffee = await reward({ stockLeft: 5 });
    expect(await changeReward(t.deps, ctx, coffee.id, { revision: 1, stockChange: -3 })).toMatchObject({ stockLeft: 2, revision: 2 });
    await expect(changeReward(t.deps, ctx, coffee.id, { revision: 2, stockChange: -3 })).rejects.toMatchObject({ code: 'stock_not_enough', params: { left: 2 } });
    await expect(changeReward(t.deps, ctx, coffee.id, { revision: 1, name: 'Kawa mała' })).rejects.toMatchObject({ code: 'rule_changed_meanwhile' });
    expect(await changeReward(t.deps, ctx, coffee.id, { revision: 2, limited: false })).toMatchObject({ stockLeft: null });
    expect(await changeReward(t.deps, ctx, coffee.id, { revision: 3, limited: true, stockChange: 4 })).toMatchObject({ stockLeft: 4 });
  });

  it('that is hidden is not offered to members', async () => {
    const hidden = await reward({ name: 'Schowana', state: 'hidden' });
    expect((await t.deps.db.readProgram(programId, (tx) => listOffered(t.deps, tx))).map((one) => one.id)).not.toContain(hidden.id);
  });
});

describe('at the same moment', () => {
  it('200 members want the last piece: one gets it, the others keep every point', async () => {
    const rare = await reward({ name: 'Ostatni kubek', stockLeft: 1 });
    const ids = await t.deps.ids.take(200);
    await t.deps.db.inProgram(programId, async (tx) => {
      await insertMembers(t.deps, tx, ids.map((id) => ({ id, joinedAt: tx.program.now, termsVersion: 1 })));
      const set = newWorkingSet(programId, false, tx.program.now);
      for (const id of ids) credit(set.book, accountOf(set, id, { no: 1, debtLimit: 0 }), 100, { usableAt: null, expiresAt: null }, { kind: 'adjust', origin: { kind: 'import', id: null } });
      await saveWorkingSet(tx, set);
    });
    const members = ids.map((id) => ({ id, ref: t.deps.publicIds.encode('mem', id) }));
    const words = await outcomes(members.map((who) => persist(() => order(who, rare.id))));
    expect(countOf(words, 'done')).toBe(1);
    expect(countOf(words, 'stock_not_enough')).toBe(199);
    expect(await stock(rare.id)).toEqual({ stockLeft: 0, ordered: 1 });
    const held = await t.ask<{ held: number }>('select held::int from account where member_id = any($1) and held > 0', [members.map((one) => one.id)]);
    expect(held).toEqual([{ held: 100 }]);
  }, 60_000);

  it('50 devices spend one balance: as many orders as the points pay for, never one more', async () => {
    const zosia = await member(1_250);
    const coffee = await reward();
    const words = await outcomes(Array.from({ length: 50 }, () => persist(() => order(zosia, coffee.id))));
    expect(countOf(words, 'done')).toBe(12);
    expect(countOf(words, 'points_not_enough')).toBe(38);
    expect(await balance(zosia.id)).toMatchObject({ available: 50, held: 1_200 });
  }, 60_000);

  it('confirming and cancelling meet: one of them wins and the points tell which', async () => {
    for (let round = 0; round < 10; round += 1) {
      const kuba = await member(100);
      const coffee = await reward({ stockLeft: 1 });
      const { order: placed } = await order(kuba, coffee.id);
      // A confirmed order may still be cancelled, so the member's own cancelling is what really excludes a confirmation.
      const [confirmed, cancelled] = await outcomes([confirmOrder(t.deps, ctx, placed.id), cancelOrder(t.deps, ctx, placed.id, null, kuba.id)]);
      const { state } = await getOrder(t.deps, ctx, placed.id);
      expect([confirmed, cancelled]).toEqual(state === 'confirmed' ? ['done', 'order_not_cancellable'] : ['order_state_wrong', 'done']);
      expect(await balance(kuba.id)).toMatchObject({ available: state === 'confirmed' ? 0 : 100, held: 0 });
      expect((await stock(coffee.id)).stockLeft).toBe(state === 'confirmed' ? 0 : 1);
    }
  }, 60_000);
});
