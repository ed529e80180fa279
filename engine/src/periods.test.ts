import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dateOf } from './calendar.ts';
import { budgetOf, dayAfter, endsByMoney, firstDay } from './periods.ts';

describe('stretches of time that caps count in', () => {
  it.each([
    ['day', '2026-11-22', '2026-11-22', '2026-11-23'],
    ['week', '2026-11-22', '2026-11-16', '2026-11-23'], // a Sunday belongs to the week of the Monday before
    ['week', '2026-11-23', '2026-11-23', '2026-11-30'],
    ['week', '2027-01-01', '2026-12-28', '2027-01-04'], // over the turn of the year
    ['week', '1969-12-31', '1969-12-29', '1970-01-05'],
    ['month', '2024-02-29', '2024-02-01', '2024-03-01'],
    ['year', '2026-11-22', '2026-01-01', '2027-01-01'],
  ] as const)('%s of %s goes from %s to before %s', (period, date, first, after) => {
    expect([firstDay(period, date), dayAfter(period, date)]).toEqual([first, after]);
  });

  it('every day lies in exactly one week, month and year', () => {
    fc.assert(fc.property(fc.integer({ min: -10_000, max: 60_000 }), fc.constantFrom('day', 'week', 'month', 'year'), (day, period) => {
      const date = dateOf(day);
      expect(firstDay(period, date) <= date && date < dayAfter(period, date)).toBe(true);
      expect(firstDay(period, addDays(dayAfter(period, date), -1))).toBe(firstDay(period, date));
      expect(firstDay(period, dayAfter(period, date))).toBe(dayAfter(period, date));
    }));
  });
});

describe('a budget', () => {
  const caps = { perTransaction: null, perMemberDay: null };
  it.each([
    [{ ...caps, perProgram: null }, null, false], [{ ...caps, perProgram: 500 }, 500, false],
    [{ ...caps, perProgram: null, programMoney: { limitMinor: 1_000_000, per1000: 300 } }, 3_333_333, true],
    [{ ...caps, perProgram: 500, programMoney: { limitMinor: 1000, per1000: 2000 } }, 500, false],
    [{ ...caps, perProgram: 501, programMoney: { limitMinor: 1000, per1000: 2000 } }, 500, true],
    [{ ...caps, perProgram: null, programMoney: { limitMinor: 1, per1000: 100_000_000 } }, 0, true],
  ])('%j comes to %s points, by money: %s', (of, points, byMoney) => {
    expect([budgetOf(of), endsByMoney(of)]).toEqual([points, byMoney]);
  });
});
