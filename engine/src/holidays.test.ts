import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, calendarParts, dateOf, dayNumberOf } from './calendar.ts';
import { easterSunday, isPolishHoliday } from './holidays.ts';

const holidaysOf = (year: number) => Array.from({ length: 366 }, (_, day) => addDays(`${year}-01-01`, day)).filter((date) => date.startsWith(String(year)) && isPolishHoliday(date));

describe('Polish public holidays', () => {
  it.each([
    [1990, '1990-04-15'], [2000, '2000-04-23'], [2008, '2008-03-23'], [2011, '2011-04-24'], [2019, '2019-04-21'], [2024, '2024-03-31'],
    [2025, '2025-04-20'], [2026, '2026-04-05'], [2027, '2027-03-28'], [2030, '2030-04-21'], [2038, '2038-04-25'], [2285, '2285-03-22'],
  ])('Easter of %i is on %s', (year, date) => { expect(easterSunday(year)).toBe(date); });

  it('are these in 2026, with Christmas Eve', () => {
    expect(holidaysOf(2026)).toEqual([
      '2026-01-01', '2026-01-06', '2026-04-05', '2026-04-06', '2026-05-01', '2026-05-03', '2026-05-24', '2026-06-04', '2026-08-15', '2026-11-01', '2026-11-11', '2026-12-24', '2026-12-25', '2026-12-26']);
  });

  it('took in Epiphany in 2011 and Christmas Eve in 2025', () => {
    expect(['2010-01-06', '2011-01-06', '2024-12-24', '2025-12-24'].map(isPolishHoliday)).toEqual([false, true, false, true]);
  });

  it('are thirteen or fourteen a year, fewer only where two fall on one date; the movable ones keep their days of the week', () => {
    fc.assert(fc.property(fc.integer({ min: 2025, max: 2400 }), (year) => {
      const weekday = (date: string) => calendarParts('UTC', dayNumberOf(date) * 86_400_000).weekday;
      const easter = easterSunday(year);
      expect(weekday(easter)).toBe(7);
      // Never before 22 March nor after 25 April.
      expect(easter >= `${year}-03-22` && easter <= `${year}-04-25`).toBe(true);
      const days = holidaysOf(year);
      const movable = [0, 1, 49, 60].map((after) => dateOf(dayNumberOf(easter) + after));
      expect(movable.map(weekday)).toEqual([7, 1, 7, 4]);
      for (const date of movable) expect(days).toContain(date);
      expect(days.length).toBe(new Set([...movable, ...['01-01', '01-06', '05-01', '05-03', '08-15', '11-01', '11-11', '12-24', '12-25', '12-26'].map((day) => `${year}-${day}`)]).size);
    }));
  });
});
