import { expect } from 'vitest';
import { openShop, points, refusal, type Stage } from './stage.ts';

const WARSAW = { spring: '2026-03-29', autumn: '2026-10-25' } as const;

/** Points are good until the last moment of their last day by Polish clocks, and gone in the next, on days of 23, 24 and 25 hours. */
export async function expiryOnDaysOfAnyLength(stage: Stage): Promise<void> {
  const shop = await openShop(stage, '2026-03-01T09:00:00Z');
  // 29 March ends after 23 hours at 22:00 UTC, 25 October after 25 hours at 23:00 UTC; 30 June is a plain day of summer time.
  const ends = [[WARSAW.spring, '2026-03-29T22:00:00Z'], ['2026-06-30', '2026-06-30T22:00:00Z'], [WARSAW.autumn, '2026-10-25T23:00:00Z'], ['2026-12-31', '2026-12-31T23:00:00Z']] as const;
  for (const [date] of ends) await shop.rule({ name: `do ${date}`, expiry: { kind: 'on', date } });
  const anna = await shop.join();
  const sale = await shop.sell(anna, 10_000);
  expect(sale.awards.map(({ expiresOn, points: earned }) => [expiresOn, earned])).toEqual(expect.arrayContaining(ends.map(([date]) => [date, 10])));
  let left = 40;
  for (const [date, end] of ends) {
    const before = new Date(Date.parse(end) - 1000).toISOString();
    await shop.at(before);
    expect(await shop.balance(anna), `a second before the end of ${date}`).toEqual(points(left));
    await shop.at(end);
    left -= 10;
    expect(await shop.balance(anna), `at the end of ${date}`).toEqual(points(left));
  }
  expect((await shop.history(anna)).filter(({ kind }) => kind === 'expire').map(({ points: gone }) => gone)).toEqual([-10, -10, -10, -10]);
}

/** A year in a café: earning, months that differ in length, spending of what ends soonest, and what nobody spent ends a year later. */
export async function yearInACafe(stage: Stage): Promise<void> {
  const shop = await openShop(stage, '2026-01-31T12:00:00Z');
  await shop.rule({ expiry: { kind: 'months', months: 1, roundTo: 'day' }, name: 'Krótkie', when: { attribute: 'transaction.channel', operator: 'is', value: 'promocja' }, exclusiveGroup: 'zakup', priority: 200 });
  await shop.rule({ expiry: { kind: 'months', months: 12, roundTo: 'day' }, exclusiveGroup: 'zakup' });
  const anna = await shop.join();
  const long = await shop.sell(anna, 100_000);
  expect(long.awards).toMatchObject([{ points: 100, expiresOn: '2027-01-31' }]);
  const short = await shop.sell(anna, 50_000, { channel: 'promocja' });
  expect(short.awards, '31 January and a month is 28 February').toMatchObject([{ points: 50, expiresOn: '2026-02-28' }]);
  expect(short.notApplied.map(({ rule }) => rule)).toContain('Punkty za zakupy');

  const coffee = await shop.api.createReward({ params: shop.params, body: { name: 'Kawa', pricePoints: 60 } });
  await shop.api.placeOrder({ params: shop.params, body: { member: { id: anna.id }, lines: [{ reward: coffee.id, quantity: 1 }], confirm: true } });
  // 50 short ones went first, so their day takes nothing more
  await shop.at('2026-03-15T12:00:00Z');
  expect(await shop.balance(anna)).toEqual(points(90));

  for (const month of ['04', '05', '06', '07', '08', '09', '10', '11', '12']) {
    await shop.at(`2026-${month}-15T12:00:00Z`);
    await shop.sell(anna, 12_900);
  }
  expect(await shop.balance(anna)).toEqual(points(90 + 9 * 12));
  await shop.at('2027-01-31T22:59:59Z');
  expect(await shop.balance(anna)).toEqual(points(198));
  await shop.at('2027-01-31T23:00:00Z');
  expect(await shop.balance(anna)).toEqual(points(108));
  const moved = (await shop.history(anna)).reduce((sum, entry) => sum + entry.points, 0);
  expect(moved, 'the history adds up to the balance').toBe(108);
}

/** Points wait until a return is no longer possible, to the very midnight, also over the night that lasts 23 hours. */
export async function pendingUntilTheReturnWindowEnds(stage: Stage): Promise<void> {
  const shop = await openShop(stage, '2026-03-20T10:00:00Z');
  await shop.rule({ pendingDays: 14 });
  const [anna, bogdan] = [await shop.join(), await shop.join()];
  const reward = await shop.api.createReward({ params: shop.params, body: { name: 'Kubek', pricePoints: 100 } });
  const order = (member: typeof anna) => shop.api.placeOrder({ params: shop.params, body: { member: { id: member.id }, lines: [{ reward: reward.id, quantity: 1 }] } });

  expect((await shop.sell(anna, 100_000)).awards).toMatchObject([{ points: 100, pendingUntil: '2026-04-03' }]);
  const regretted = await shop.sell(bogdan, 100_000);
  expect(await shop.balance(anna)).toEqual(points(0, { pending: 100 }));
  expect(await refusal(order(anna))).toBe('points_not_enough');
  await shop.at('2026-04-01T10:00:00Z');
  expect((await shop.takeBack(regretted)).takenBack).toMatchObject([{ points: 100, owed: 0 }]);
  expect(await shop.balance(bogdan)).toEqual(points(0));
  await shop.at('2026-04-02T21:59:59Z');
  expect(await refusal(order(anna))).toBe('points_not_enough');
  await shop.at('2026-04-02T22:00:00Z');
  expect(await shop.balance(anna)).toEqual(points(100));
  expect(await refusal(order(anna))).toBe('done');
}

/** A clock only moves forward, in steps of at most 400 days, and every nightly run comes once. */
export async function clockOfATestProgram(stage: Stage): Promise<void> {
  const shop = await openShop(stage, '2026-10-20T10:00:00Z');
  const move = (now: string) => shop.api.moveTestClock({ params: shop.params, body: { now } });
  expect(await refusal(move('2026-10-20T09:59:59Z'))).toBe('clock_backwards');
  expect(await refusal(move('2027-11-25T10:00:00Z'))).toBe('clock_too_far');
  const { jobsRun } = await move('2026-10-30T10:00:00Z');
  // Expiry every night; the auditor and the recount, which only look at how things stand, on the last of them.
  const nightly = (jobsRun - 2) / 10;
  expect(Number.isInteger(nightly) && nightly >= 1, `${jobsRun} runs in ten nights, one of 25 hours`).toBe(true);
  expect((await move('2026-10-30T10:00:00Z')).jobsRun).toBe(0);
}
