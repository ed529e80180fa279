import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Temporal } from 'temporal-polyfill';
import { addDays, addMonths, calendarParts, dateOf, dayNumberOf, daysBetween, endOfLocalDay, endOfMonth, endOfQuarter, endOfYear, isLocalDate, isTimeZone, localDate, startOfLocalDay } from './calendar.ts';

const WARSAW = 'Europe/Warsaw';
const at = (text: string): number => Date.parse(text);

describe('parts of an instant', () => {
  it.each([
    ['2026-10-25T00:59:59.999Z', '2026-10-25', 7, 2, 59], ['2026-10-25T01:00:00Z', '2026-10-25', 7, 2, 0],
    ['2026-10-24T22:00:00Z', '2026-10-25', 7, 0, 0], ['2026-10-25T22:59:59Z', '2026-10-25', 7, 23, 59], ['2026-10-25T23:00:00Z', '2026-10-26', 1, 0, 0],
    ['2027-03-28T00:59:59Z', '2027-03-28', 7, 1, 59], ['2027-03-28T01:00:00Z', '2027-03-28', 7, 3, 0], ['2027-03-28T22:00:00Z', '2027-03-29', 1, 0, 0],
    ['2028-02-29T12:30:00Z', '2028-02-29', 2, 13, 30], ['2028-02-28T23:00:00Z', '2028-02-29', 2, 0, 0],
    ['1969-12-31T22:59:59Z', '1969-12-31', 3, 23, 59],
  ])('%s in Warsaw is %s, weekday %i, %i:%i', (instant, date, weekday, hour, minute) => {
    expect(calendarParts(WARSAW, at(instant))).toMatchObject({ date, weekday, hour, minute });
  });

  it('agree with Temporal at any instant of two centuries and in zones of all habits', () => {
    const zone = fc.constantFrom(WARSAW, 'UTC', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'America/New_York', 'Pacific/Apia', 'Africa/Casablanca');
    fc.assert(fc.property(zone, fc.integer({ min: at('1900-01-01T00:00:00Z'), max: at('2100-01-01T00:00:00Z') }), (timeZone, instant) => {
      const t = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone);
      expect(calendarParts(timeZone, instant)).toEqual({
        date: t.toPlainDate().toString(), dayNumber: dayNumberOf(t.toPlainDate().toString()), weekday: t.dayOfWeek,
        year: t.year, month: t.month, day: t.day, hour: t.hour, minute: t.minute,
      });
      expect(localDate(timeZone, instant)).toBe(t.toPlainDate().toString());
    }), { numRuns: 300 });
  });

  it('are refused for an unknown zone and an instant that is none', () => {
    expect(() => calendarParts('Europe/Nowhere', 0)).toThrow(RangeError);
    expect(() => calendarParts(WARSAW, Number.NaN)).toThrow(RangeError);
    expect([isTimeZone(WARSAW), isTimeZone('Europe/Nowhere')]).toEqual([true, false]);
  });
});

describe('local days', () => {
  it.each([['2026-10-25', 25], ['2027-03-28', 23], ['2028-02-29', 24], ['2026-11-21', 24]])('%s lasts %i hours in Warsaw', (date, hours) => {
    expect((endOfLocalDay(WARSAW, date) - startOfLocalDay(WARSAW, date)) / 3_600_000).toBe(hours);
  });

  it('begin at the first instant that shows their date, also where clocks skip midnight', () => {
    fc.assert(fc.property(fc.constantFrom(WARSAW, 'America/Sao_Paulo', 'Africa/Cairo', 'UTC'), fc.integer({ min: 10_000, max: 24_000 }), (timeZone, dayNumber) => {
      const start = startOfLocalDay(timeZone, dateOf(dayNumber));
      expect(localDate(timeZone, start)).toBe(dateOf(dayNumber));
      expect(localDate(timeZone, start - 1)).toBe(dateOf(dayNumber - 1));
    }), { numRuns: 300 });
    expect(new Date(startOfLocalDay('America/Sao_Paulo', '2018-11-04')).toISOString()).toBe('2018-11-04T03:00:00.000Z');
  });
});

describe('dates', () => {
  it.each([
    ['2026-01-31', 1, '2026-02-28'], ['2028-01-31', 1, '2028-02-29'], ['2028-02-29', 12, '2029-02-28'], ['2026-11-30', 3, '2027-02-28'],
    ['2026-03-31', -1, '2026-02-28'], ['2026-01-15', -13, '2024-12-15'], ['2026-12-31', 0, '2026-12-31'],
  ])('%s and %i months is %s', (date, months, expected) => { expect(addMonths(date, months)).toBe(expected); });

  it.each([['2028-02-10', '2028-02-29', '2028-03-31', '2028-12-31'], ['2026-11-21', '2026-11-30', '2026-12-31', '2026-12-31']])(
    'the month, quarter and year of %s end on %s, %s, %s', (date, month, quarter, year) => {
      expect([endOfMonth(date), endOfQuarter(date), endOfYear(date)]).toEqual([month, quarter, year]);
    });

  it('count days both ways and agree with Temporal', () => {
    fc.assert(fc.property(fc.integer({ min: -700_000, max: 2_900_000 }), fc.integer({ min: -5000, max: 5000 }), (day, days) => {
      const date = dateOf(day);
      expect(date).toBe(new Temporal.PlainDate(1970, 1, 1).add({ days: day }).toString());
      expect(dayNumberOf(date)).toBe(day);
      expect(daysBetween(date, addDays(date, days))).toBe(days);
    }), { numRuns: 300 });
  });

  it.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '0000-01-01', '2026-01-32', '20260101', '', '2026-01-01T00'])(
    '%s is not a date', (text) => {
      expect(isLocalDate(text)).toBe(false);
      expect(() => dayNumberOf(text)).toThrow(RangeError);
    });
});
