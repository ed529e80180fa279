import fc from 'fast-check';
import { expect, it } from 'vitest';
import { orderableCount, percentCollected, sortByReach, type PortalReward } from './reach.ts';

const reward = (name: string, pricePoints: number, stockLeft: number | null = null, wallet = 'points'): PortalReward =>
  ({ id: `rwd_${name}`, name, description: null, icon: 'cup', category: null, wallet, pricePoints, stockLeft, levels: [] });
const balance = (available: number, wallet = 'points') => ({ wallet, available, pending: 0, held: 0, debt: 0, expiring: [] });

it('shows the dearest affordable reward first and then what needs the fewest points', () => {
  const reach = sortByReach([reward('kubek', 300), reward('kawa', 60), reward('torba', 150), reward('ciastko', 100)], [balance(110)], null);
  expect(reach.inReach.map(({ name }) => name)).toEqual(['ciastko', 'kawa']);
  expect(reach.later.map(({ reward: { name }, missing }) => [name, missing])).toEqual([['torba', 40], ['kubek', 190]]);
});

it('a sold-out reward is never offered as the next one, however cheap', () => {
  const reach = sortByReach([reward('kawa', 60, 0)], [balance(1000)], null);
  expect(reach).toMatchObject({ inReach: [], later: [], soldOut: [{ name: 'kawa' }], locked: [] });
});

it('points of one wallet do not buy rewards of another', () => {
  expect(sortByReach([reward('kubek', 10, null, 'stamps')], [balance(500)], null).later).toMatchObject([{ missing: 10, available: 0 }]);
});

it('a reward for other levels is locked, however many points there are, and opens with the level', () => {
  const gold = { ...reward('kolacja', 10), levels: ['zloty'] };
  expect(['zloty', 'srebrny', null].map((level) => sortByReach([gold], [balance(500)], level).locked.length)).toEqual([0, 1, 1]);
});

it('every reward lands in exactly one group', () => {
  const any = fc.record({ levels: fc.subarray(['srebrny', 'zloty']), price: fc.integer({ min: 1, max: 1000 }), stock: fc.option(fc.integer({ min: 0, max: 3 })) });
  fc.assert(fc.property(fc.array(any, { maxLength: 12 }), fc.integer({ min: 0, max: 1000 }), (rows, available) => {
    const rewards = rows.map(({ price, stock, levels }, at) => ({ ...reward(String(at), price, stock), levels }));
    const { inReach, later, soldOut, locked } = sortByReach(rewards, [balance(available)], 'zloty');
    const seen = [...inReach, ...later.map(({ reward: one }) => one), ...soldOut, ...locked].map(({ id }) => id);
    expect(seen.sort()).toEqual(rewards.map(({ id }) => id).sort());
  }));
});

it('a reward with one point missing is never shown as fully collected', () => {
  expect(percentCollected({ reward: reward('kubek', 1000), missing: 1, available: 999 })).toBe(99);
});

it.each([
  [{ price: 100, stock: null, available: 350 }, 3], [{ price: 100, stock: 2, available: 350 }, 2],
  [{ price: 100, stock: null, available: 99 }, 0], [{ price: 1, stock: null, available: 5000 }, 100],
])('of %j a member can order at most %i', ({ price, stock, available }, count) => {
  expect(orderableCount(reward('kubek', price, stock), available)).toBe(count);
});
