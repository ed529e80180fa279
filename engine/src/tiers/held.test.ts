import fc from 'fast-check';
import { expect, it } from 'vitest';
import { giveByHand, shortened, type GivenLevel } from './held.ts';

const given = fc.array(fc.record({ level: fc.constantFrom('srebrny', 'zloty'), from: fc.integer({ min: 0, max: 60 }), days: fc.integer({ min: 1, max: 20 }), open: fc.integer({ min: 0, max: 9 }), by: fc.constantFrom('hand' as const, 'return' as const) }), { maxLength: 12 })
  .map((rows) => rows.map(({ level, from, days, open, by }): GivenLevel => ({ level, from, until: open === 0 ? null : from + days - 1, by })));
const levelsOn = (rows: readonly GivenLevel[], day: number) => new Set(rows.filter((one) => one.from <= day && (one.until === null || one.until >= day)).map((one) => `${one.level} ${one.by}`));

it('what was given says the same of every day when it is written shorter, and what may still change is as it was', () => {
  fc.assert(fc.property(given, fc.integer({ min: 780, max: 900 }), (rows, on) => {
    const after = shortened(rows, on);
    expect(after.length).toBeLessThanOrEqual(rows.length);
    for (let day = 0; day <= 85; day += 1) expect(levelsOn(after, day)).toEqual(levelsOn(rows, day));
    const recent = (all: readonly GivenLevel[]) => all.filter((one) => one.until === null || one.until >= on - 800);
    expect(recent(after)).toEqual(recent(rows));
  }));
});

it('a level given anew every month for ten years is a few rows', () => {
  let rows: readonly GivenLevel[] = [];
  for (let month = 0; month < 120; month += 1) rows = shortened(giveByHand(rows, { level: 'zloty', until: month * 30 + 29 }, month * 30), month * 30);
  expect(rows.length).toBeLessThan(30);
  expect(rows[0]).toMatchObject({ level: 'zloty', from: 0 });
});
