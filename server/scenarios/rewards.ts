import { expect } from 'vitest';
import { openShop, points, refusal, type Stage } from './stage.ts';

const START = '2026-05-04T08:00:00Z';

/** An order cancelled before and after it is handed over gives back points and stock, each once; points whose day passed meanwhile are gone. */
export async function ordersAndTheirEnds(stage: Stage): Promise<void> {
  const shop = await openShop(stage, START);
  await shop.rule({ expiry: { kind: 'on', date: '2026-05-31' } });
  const anna = await shop.join();
  await shop.sell(anna, 300_000);
  const { params } = shop;
  const reward = await shop.api.createReward({ params, body: { name: 'Torba', pricePoints: 100, stockLeft: 2 } });
  const left = async () => (await shop.api.getReward({ params: { ...params, reward: reward.id } })).stockLeft;
  const place = () => shop.twice((idempotencyKey) => shop.api.placeOrder({ params, body: { member: { id: anna.id }, lines: [{ reward: reward.id, quantity: 1 }] }, idempotencyKey }));
  const cancel = (order: string) => shop.twice((idempotencyKey) => shop.api.cancelOrder({ params: { ...params, order }, body: { reason: 'Rezygnacja' }, idempotencyKey }));
  const confirm = (order: string) => shop.api.confirmOrder({ params: { ...params, order } });

  const first = (await place()).order;
  expect([await shop.balance(anna), await left()]).toEqual([points(200, { held: 100 }), 1]);
  await cancel(first.id);
  expect([await shop.balance(anna), await left()]).toEqual([points(300), 2]);
  expect(await refusal(confirm(first.id))).toBe('order_state_wrong');

  const second = (await place()).order;
  await confirm(second.id);
  expect([await shop.balance(anna), await left()]).toEqual([points(200), 1]);
  await cancel(second.id);
  expect([await shop.balance(anna), await left()]).toEqual([points(300), 2]);
  expect(await refusal(shop.api.cancelOrder({ params: { ...params, order: second.id }, body: {} }))).toBe('order_state_wrong');

  const [third, fourth] = [(await place()).order, (await place()).order];
  expect(await refusal(place())).toBe('stock_not_enough');
  await confirm(third.id);
  await shop.at('2026-06-01T08:00:00Z');
  expect(await shop.balance(anna), 'what was not spent is gone, what is held waits').toEqual(points(0, { held: 100 }));
  await cancel(fourth.id);
  await cancel(third.id);
  expect([await shop.balance(anna), await left()], 'their day has passed').toEqual([points(0), 2]);
  expect((await shop.history(anna)).reduce((sum, entry) => sum + entry.points, 0)).toBe(0);
}

/** Two wallets earn by their own rules, end by their own policies and never pay for each other. */
export async function twoWallets(stage: Stage): Promise<void> {
  const shop = await openShop(stage, START);
  const { params } = shop;
  await shop.api.addWallet({ params, body: { code: 'gwiazdki', name: 'Gwiazdki', forms: { one: 'gwiazdka', few: 'gwiazdki', many: 'gwiazdek', fraction: 'gwiazdki' }, expiry: { kind: 'months', months: 1, roundTo: 'monthEnd' }, pendingDays: 0, debtLimit: 0 } });
  await shop.rule();
  await shop.rule({ name: 'Gwiazdka za wizytę', wallet: 'gwiazdki', effect: { kind: 'fixed', points: 1 }, caps: { perTransaction: null, perMemberDay: 2, perProgram: null } });
  const anna = await shop.join();
  for (let visit = 0; visit < 4; visit += 1) await shop.sell(anna, 10_000);
  expect(await shop.balance(anna)).toEqual(points(40));
  expect(await shop.balance(anna, 'gwiazdki'), 'at most two a day').toEqual(points(2));

  const coffee = await shop.api.createReward({ params, body: { name: 'Kawa', wallet: 'gwiazdki', pricePoints: 2 } });
  const cake = await shop.api.createReward({ params, body: { name: 'Ciastko', pricePoints: 30 } });
  const order = (...rewards: string[]) => shop.api.placeOrder({ params, body: { member: { id: anna.id }, lines: rewards.map((reward) => ({ reward, quantity: 1 })), confirm: true } });
  expect(await refusal(order(coffee.id, cake.id))).toBe('one_wallet_an_order');
  await order(coffee.id);
  expect(await refusal(order(coffee.id)), 'points do not pay for stars').toBe('points_not_enough');
  await order(cake.id);
  expect([await shop.balance(anna), await shop.balance(anna, 'gwiazdki')]).toEqual([points(10), points(0)]);

  await shop.at('2026-05-05T08:00:00Z');
  await shop.sell(anna, 10_000);
  await shop.at('2026-06-30T22:00:00Z');
  expect([await shop.balance(anna), await shop.balance(anna, 'gwiazdki')], 'stars end with the next month, points stay').toEqual([points(20), points(0)]);
}

/** By hand: points with a reason, taken back once; never more than there are. */
export async function adjustments(stage: Stage): Promise<void> {
  const shop = await openShop(stage, START);
  const anna = await shop.join();
  const params = { ...shop.params, member: anna.id };
  const given = await shop.twice((idempotencyKey) => shop.api.adjustPoints({ params, body: { points: 50, reason: 'Przeprosiny', expiresOn: '2026-05-10' }, idempotencyKey }));
  expect(given.transfer).toMatchObject({ points: 50, expiresOn: '2026-05-10', reversible: true });
  expect(await refusal(shop.api.adjustPoints({ params, body: { points: -51, reason: 'Pomyłka' } }))).toBe('points_not_enough');
  const reverse = () => shop.api.reverseTransfer({ params: { ...shop.params, transfer: given.transfer.id }, body: { reason: 'Pomyłka' } });
  expect((await reverse()).transfer.points).toBe(-50);
  expect(await refusal(reverse())).toBe('transfer_not_reversible');
  expect(await shop.balance(anna)).toEqual(points(0));
}

/** Blocked, nobody earns or spends, and what was bought meanwhile is recorded; let in again, everything goes on. */
export async function blockedAndClosed(stage: Stage): Promise<void> {
  const shop = await openShop(stage, START);
  await shop.rule();
  const anna = await shop.join();
  await shop.sell(anna, 50_000);
  const params = { ...shop.params, member: anna.id };
  await shop.api.blockMember({ params, body: { reason: 'Wyjaśniamy' } });
  expect((await shop.sell(anna, 50_000)).transaction).toMatchObject({ member: null, state: 'unclaimed' });
  expect(await refusal(shop.api.createHold({ params, body: { points: 1 } }))).toBe('member_blocked');
  await shop.api.unblockMember({ params, body: { reason: 'Wyjaśnione' } });
  await shop.sell(anna, 10_000);
  expect(await shop.balance(anna)).toEqual(points(60));
  await shop.api.closeMember({ params, body: { reason: 'Na prośbę' } });
  expect((await shop.sell(anna, 50_000)).transaction.state).toBe('unclaimed');
  expect(await refusal(shop.api.adjustPoints({ params, body: { points: 1, reason: 'Gratis' } }))).toBe('member_closed');
}
