import { expect } from 'vitest';
import { openShop, points, refusal, type Stage } from './stage.ts';

const START = '2026-05-04T08:00:00Z';

/** Earned, spent, then everything is brought back: what is gone becomes a debt, and the next purchases pay it. */
export async function returnAfterSpending(stage: Stage): Promise<void> {
  const shop = await openShop(stage, START);
  await shop.rule();
  const anna = await shop.join();
  const sale = await shop.sell(anna, 100_000, { lines: [{ lineId: '1', name: 'Ekspres', amountMinor: 70_000 }, { lineId: '2', name: 'Kawa', amountMinor: 30_000 }] });
  const reward = await shop.api.createReward({ params: shop.params, body: { name: 'Młynek', pricePoints: 80 } });
  await shop.twice((idempotencyKey) => shop.api.placeOrder({ params: shop.params, body: { member: { id: anna.id }, lines: [{ reward: reward.id, quantity: 1 }], confirm: true }, idempotencyKey }));
  expect(await shop.balance(anna)).toEqual(points(20));

  const of = { source: sale.transaction.source, externalId: sale.transaction.externalId };
  const part = await shop.takeBack(sale, 30_000, { of: undefined, lines: [{ lineId: '2', amountMinor: 30_000, of: { ...of, lineId: '2' } }] });
  expect(part.takenBack).toMatchObject([{ points: 30, owed: 10 }]);
  const rest = await shop.takeBack(sale, 70_000, { of: undefined, lines: [{ lineId: '1', amountMinor: 70_000, of: { ...of, lineId: '1' } }] });
  expect(rest.takenBack).toMatchObject([{ points: 70, owed: 70 }]);
  expect(await shop.balance(anna)).toEqual(points(0, { debt: 80 }));
  expect((await shop.takeBack(sale, 30_000, { of: undefined, lines: [{ lineId: '2', amountMinor: 30_000, of: { ...of, lineId: '2' } }] })).takenBack, 'a thing cannot come back twice').toEqual([]);

  await shop.sell(anna, 50_000);
  expect(await shop.balance(anna)).toEqual(points(0, { debt: 30 }));
  await shop.sell(anna, 50_000);
  expect(await shop.balance(anna)).toEqual(points(20));
}

/** A receipt in three returns, in any order, leaves what the kept lines earn, and in the end nothing. */
export async function returnsInParts(stage: Stage): Promise<void> {
  const shop = await openShop(stage, START);
  await shop.rule({ effect: { kind: 'perAmount', points: 1, perMinor: 700, rounding: 'nearest', per: 'transaction' } });
  const amounts = [9_99, 20_01, 31_50];
  const lines = amounts.map((amountMinor, at) => ({ lineId: `${at + 1}`, amountMinor }));
  const worth = (minor: number) => Math.floor((minor * 2 + 700) / 1400);
  for (const order of [[0, 1, 2], [2, 0, 1], [1, 2, 0]]) {
    const anna = await shop.join();
    const sale = await shop.sell(anna, amounts.reduce((sum, one) => sum + one, 0), { lines });
    const of = { source: sale.transaction.source, externalId: sale.transaction.externalId };
    let kept = sale.transaction.totalMinor;
    for (const at of order) {
      kept -= amounts[at]!;
      await shop.takeBack(sale, amounts[at]!, { of: undefined, lines: [{ lineId: `${at + 1}`, amountMinor: amounts[at]!, of: { ...of, lineId: `${at + 1}` } }] });
      expect(await shop.balance(anna)).toEqual(points(worth(kept)));
    }
  }
}

/** A lost card opens nothing any more; the new one carries on with the same points. */
export async function lostCard(stage: Stage): Promise<void> {
  const shop = await openShop(stage, START);
  await shop.rule();
  const [old, fresh] = [`STARA-${shop.params.program}`, `NOWA-${shop.params.program}`];
  const anna = await shop.join(old);
  await shop.sell(null, 50_000, { member: { card: old } });
  await shop.api.addCard({ params: { ...shop.params, member: anna.id }, body: { number: fresh, replaces: old } });
  const stolen = await shop.sell(null, 50_000, { member: { card: old } });
  expect(stolen).toMatchObject({ transaction: { member: null, state: 'unclaimed' }, awards: [] });
  expect(await refusal(shop.api.lookupMember({ params: shop.params, body: { card: old } }))).toBe('member_unknown');
  expect((await shop.sell(null, 20_000, { member: { card: fresh } })).transaction.member).toBe(anna.id);
  expect(await shop.balance(anna)).toEqual(points(70));
  expect(await refusal(shop.api.createMember({ params: shop.params, body: { card: fresh, termsVersion: 1 } }))).toBe('identifier_taken');
}

/** A document that comes late is decided by the rule of its own day, and its points end as if it had come in time. */
export async function lateDocument(stage: Stage): Promise<void> {
  const shop = await openShop(stage, START);
  const rule = await shop.rule({ expiry: { kind: 'months', months: 12, roundTo: 'day' } });
  const anna = await shop.join();
  await shop.at('2026-05-14T08:00:00Z');
  const changed = await shop.api.changeRule({ params: { ...shop.params, rule: rule.id }, body: { revision: rule.revision, definition: { ...rule.current!.definition, effect: { kind: 'perAmount', points: 2, perMinor: 1000, rounding: 'down', per: 'transaction' } } } });
  await shop.api.publishRule({ params: { ...shop.params, rule: rule.id }, body: { revision: changed.revision } });
  expect((await shop.sell(anna, 10_000)).awards).toMatchObject([{ points: 20, expiresOn: '2027-05-14' }]);
  expect((await shop.sell(anna, 10_000, { occurredAt: '2026-05-06T08:00:00Z' })).awards).toMatchObject([{ points: 10, expiresOn: '2027-05-06' }]);
  expect(await refusal(shop.sell(anna, 10_000, { occurredAt: '2023-05-06T08:00:00Z' }))).toBe('occurred_too_long_ago');
  expect(await refusal(shop.sell(anna, 10_000, { occurredAt: '2026-05-14T09:00:00Z' }))).toBe('occurred_in_future');
  expect(await refusal(shop.api.changeRule({ params: { ...shop.params, rule: rule.id }, body: { revision: rule.revision, definition: rule.current!.definition } }))).toBe('rule_changed_meanwhile');
}

/** A receipt without a card can be claimed for thirty days, by one member, once; what was returned meanwhile earns nothing. */
export async function claims(stage: Stage): Promise<void> {
  const shop = await openShop(stage, START);
  await shop.rule();
  const [anna, bogdan] = [await shop.join(), await shop.join()];
  const [first, second, third] = [await shop.sell(null, 50_000), await shop.sell(null, 50_000), await shop.sell(null, 50_000)];
  const claim = (sale: typeof first, member: typeof anna) => shop.api.claimTransaction({ params: { ...shop.params, transaction: sale.transaction.id }, body: { member: { id: member.id } } });
  expect((await claim(first, anna)).balances).toMatchObject([{ available: 50 }]);
  expect(await refusal(claim(first, bogdan)), 'it is somebody’s').toBe('transaction_not_claimable');
  expect(await refusal(claim(first, anna))).toBe('transaction_not_claimable');
  await shop.takeBack(second, 20_000);
  await shop.at('2026-06-03T21:59:00Z');
  expect((await claim(second, bogdan)).balances, 'the thirtieth day, less what came back').toMatchObject([{ available: 30 }]);
  await shop.at('2026-06-03T22:00:00Z');
  expect(await refusal(claim(third, bogdan))).toBe('transaction_not_claimable');
}

/** A sale that is paid in part with points, and its return: points that paid go back to where they came from, those it earned go. */
export async function paidWithPoints(stage: Stage): Promise<void> {
  const shop = await openShop(stage, START);
  await shop.rule({ expiry: { kind: 'months', months: 3, roundTo: 'day' } });
  const anna = await shop.join();
  await shop.sell(anna, 400_00);
  const pay = { kind: 'points' as const, amountMinor: 40_00, points: 40 };
  expect(await refusal(shop.sell(anna, 100_00, { payments: [{ ...pay, points: 41 }] }))).toBe('points_not_enough');

  const hold = await shop.twice((idempotencyKey) => shop.api.createHold({ params: { ...shop.params, member: anna.id }, body: { points: 40, minutes: 15 }, idempotencyKey }));
  expect(await shop.balance(anna)).toEqual(points(0, { held: 40 }));
  const sale = await shop.sell(anna, 100_00, { payments: [{ ...pay, hold: hold.id }, { kind: 'card', amountMinor: 60_00 }] });
  expect(sale.awards, 'what is paid with points earns none').toMatchObject([{ points: 6 }]);
  expect(await shop.balance(anna)).toEqual(points(6));
  expect(await refusal(shop.sell(anna, 100_00, { payments: [{ ...pay, hold: hold.id }] }))).toBe('hold_resolved');

  await shop.takeBack(sale, 50_00);
  expect(await shop.balance(anna), 'half of it back: 20 points return, 3 are kept of 6').toEqual(points(23));
  await shop.takeBack(sale, 50_00);
  expect(await shop.balance(anna)).toEqual(points(40));
  const { lots } = await shop.api.getBalances({ params: { ...shop.params, member: anna.id } });
  expect(lots, 'in the lot they were taken from').toMatchObject([{ points: 40, remaining: 40, expiresOn: '2026-08-04' }]);

  const forgotten = await shop.api.createHold({ params: { ...shop.params, member: anna.id }, body: { points: 10, minutes: 15 } });
  await shop.at('2026-05-04T08:16:00Z');
  expect(await shop.balance(anna), 'a till that never came back').toEqual(points(40));
  expect(await refusal(shop.api.captureHold({ params: { ...shop.params, hold: forgotten.id } }))).toBe('hold_resolved');
}
