import type { Member, TransactionAnswer } from '@wracam/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseHash } from '../contract-tests/database-hash.ts';
import { testApp, type TestApp } from '../testing/app.ts';
import { nextName, openTill, type Till } from '../testing/till.ts';

let app: TestApp;
let till: Till;
beforeAll(async () => {
  app = await testApp();
  till = await openTill(app);
});
afterAll(async () => {
  const faults = await till.faults();
  await app.close();
  expect(faults).toEqual([]);
});

const orderIdOf = (answer: { body: unknown }) => (answer.body as { order: { id: string } }).order.id;
/** All orders of a few things. */
const permutations = <T>(list: readonly T[]): T[][] => (list.length <= 1 ? [[...list]] : list.flatMap((one, at) => permutations([...list.slice(0, at), ...list.slice(at + 1)]).map((rest) => [one, ...rest])));
const lines = (amounts: readonly number[], of?: TransactionAnswer) => amounts.map((amountMinor, at) => ({ lineId: `${at + 1}`, amountMinor, ...(of ? { of: { source: of.transaction.source, externalId: of.transaction.externalId } } : {}) }));

describe('buy, earn, return, keep the points', () => {
  it('is not possible: a full return leaves none, a partial one what the rest earns, also when the points are spent by then', async () => {
    const [kept, spent] = [await till.member(), await till.member()];
    const sale = await till.sell(kept, 10_000);
    await till.takeBack(sale, 3000);
    expect(await till.net(kept)).toBe(70);
    await till.takeBack(sale, 7000);
    expect(await till.net(kept)).toBe(0);

    const other = await till.sell(spent, 10_000);
    await till.order(spent, await till.reward(100), { confirm: true });
    await till.takeBack(other);
    expect(await till.net(spent), 'what was spent is owed').toBe(-100);
    await till.sell(spent, 15_000);
    expect(await till.available(spent), 'the debt is repaid first').toBe(50);
  });

  it('over-return: more than was bought, and the same return again, take no more than there was', async () => {
    const member = await till.member();
    await till.give(member, 500);
    const sale = await till.sell(member, 10_000);
    const back = { source: 'kasa', externalId: nextName('R'), kind: 'return', occurredAt: await till.now(), totalMinor: 25_000, of: { source: sale.transaction.source, externalId: sale.transaction.externalId } };
    for (let again = 0; again < 3; again += 1) await till.send(back);
    await till.takeBack(sale);
    expect(await till.available(member)).toBe(500);
  });

  it('a deleted or corrected invoice keeps no points: a correction to less earns less, a correction to nothing earns nothing', async () => {
    for (const [totalMinor, left] of [[4000, 40], [0, 0]] as const) {
      const member = await till.member();
      const sold = await till.sell(member, 10_000);
      await till.sell(member, totalMinor, { kind: 'correction', of: { source: sold.transaction.source, externalId: sold.transaction.externalId } });
      expect(await till.net(member)).toBe(left);
    }
  });
});

describe('a sale that was paid with points', () => {
  const paid = async (member: Member) => till.sell(member, 10_000, { lines: lines([6000, 4000]), payments: [{ kind: 'points', amountMinor: 5000, points: 500 }, { kind: 'card', amountMinor: 5000 }] });

  it('refund takes no redeemed points a second time: whole, or line by line in any order, everything is as before the sale', async () => {
    for (const parts of [[1, 2], [2, 1], null]) {
      const member = await till.member();
      await till.give(member, 500);
      const sale = await paid(member);
      expect(await till.available(member)).toBe(50);
      if (parts === null) await till.takeBack(sale);
      else for (const line of parts) await till.takeBack(sale, [6000, 4000][line - 1]!, { of: undefined, lines: [lines([6000, 4000], sale)[line - 1]!] });
      expect(await till.figures(member)).toMatchObject({ available: 500, held: 0, debt: 0 });
    }
  });

  it('refund restores once: three returns of the same goods give the points of the payment back one time', async () => {
    const member = await till.member();
    await till.give(member, 500);
    const sale = await paid(member);
    await Promise.all([till.takeBack(sale), till.takeBack(sale), till.takeBack(sale)]);
    expect(await till.available(member)).toBe(500);
  });
});

describe('after a refusal', () => {
  it('the second refund does not undo the first behind a 409: the database is the same to the last row', async () => {
    const member = await till.member();
    await till.give(member, 300);
    const order = orderIdOf(await till.order(member, await till.reward(100), { confirm: true }));
    await till.call('POST', `/orders/${order}/cancel`, {});
    const adjusted = await till.give(member, 50);
    await till.call('POST', `/transfers/${adjusted.id}/reverse`, { reason: 'Pomyłka' });
    const sale = await till.sell(member, 10_000);
    await till.call('POST', `/transactions/${sale.transaction.id}/void`, { reason: 'Pomyłka' });
    const before = await databaseHash(app);
    const refused = [await till.call('POST', `/orders/${order}/cancel`, {}), await till.call('POST', `/transfers/${adjusted.id}/reverse`, { reason: 'Znów' }), await till.call('POST', `/transactions/${sale.transaction.id}/void`, { reason: 'Znów' })];
    expect(refused.map((one) => [one.status, one.body.code])).toEqual([[409, 'order_state_wrong'], [409, 'transfer_not_reversible'], [409, 'transaction_not_voidable']]);
    expect(await databaseHash(app)).toEqual(before);
    expect(await till.available(member)).toBe(300);
  });

  it('two concurrent reversals: of 20 cancels of one order and 20 returns of one sale one each has an effect', async () => {
    const member = await till.member();
    await till.give(member, 100);
    const order = orderIdOf(await till.order(member, await till.reward(100)));
    const sale = await till.sell(member, 5000);
    const body = { source: 'kasa', externalId: nextName('R'), kind: 'return', occurredAt: await till.now(), totalMinor: 5000, of: { source: sale.transaction.source, externalId: sale.transaction.externalId } };
    const [cancels] = await Promise.all([Promise.all(Array.from({ length: 20 }, () => till.call('POST', `/orders/${order}/cancel`, {}))), Promise.all(Array.from({ length: 20 }, () => till.send(body)))]);
    expect(cancels.filter((one) => one.status === 200)).toHaveLength(1);
    expect(await till.figures(member)).toMatchObject({ available: 100, held: 0, debt: 0 });
  });
});

describe('compensations', () => {
  it('commute: a return, a cancelled order and a reversed adjustment leave the same in each of their orders', async () => {
    const acts = ['return', 'cancel', 'reverse'] as const;
    const ends: number[] = [];
    for (const order of permutations(acts)) {
      const member = await till.member();
      await till.give(member, 100);
      const sale = await till.sell(member, 10_000);
      const adjusted = await till.give(member, 30);
      const placed = orderIdOf(await till.order(member, await till.reward(80), { confirm: true }));
      for (const act of order) {
        if (act === 'return') await till.takeBack(sale);
        else expect((act === 'cancel' ? await till.call('POST', `/orders/${placed}/cancel`, {}) : await till.call('POST', `/transfers/${adjusted.id}/reverse`, { reason: 'Pomyłka' })).status).toBe(200);
      }
      ends.push(await till.net(member));
    }
    expect(ends).toEqual(ends.map(() => 100));
  });
});

describe('rounding', () => {
  it('does not differ between sale and refund: seven lines of 1,43 zł returned one by one take exactly what they gave, in both directions', async () => {
    for (const order of [[1, 2, 3, 4, 5, 6, 7], [7, 6, 5, 4, 3, 2, 1], [4, 1, 7, 2, 6, 3, 5]]) {
      const member = await till.member();
      const amounts = Array.from({ length: 7 }, () => 143);
      const sale = await till.sell(member, 1001, { lines: lines(amounts) });
      expect(await till.net(member)).toBe(10);
      const seen: number[] = [];
      for (const line of order) {
        await till.takeBack(sale, 143, { of: undefined, lines: [lines(amounts, sale)[line - 1]!] });
        seen.push(await till.net(member));
      }
      expect(seen, 'whole points for what is left, rounded as the sale was').toEqual([6, 5, 4, 3, 2, 1, 0].map((left) => Math.floor((left * 143) / 100)));
    }
  });
});
