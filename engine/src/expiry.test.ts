import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMonths, dateOf, type LocalDate } from './calendar.ts';
import { describeExpiry, exampleOfExpiry } from './expiry-words.ts';
import { expiryDate } from './expiry.ts';
import { validateExpiry, validateRule, type WalletExpiry } from './rules.ts';
import { formatPoints } from './words.ts';

const dates = fc.integer({ min: 10_957, max: 47_482 }).map(dateOf); // 2000 to 2100

describe('points end', () => {
  it.each<[WalletExpiry, LocalDate, LocalDate | null]>([
    [{ kind: 'months', months: 12, roundTo: 'monthEnd' }, '2026-03-05', '2027-03-31'],
    [{ kind: 'months', months: 24, roundTo: 'quarterEnd' }, '2026-05-02', '2028-06-30'],
    [{ kind: 'months', months: 3, roundTo: 'quarterEnd' }, '2026-12-31', '2027-03-31'],
    [{ kind: 'months', months: 12, roundTo: 'yearEnd' }, '2026-01-01', '2027-12-31'],
    [{ kind: 'months', months: 1, roundTo: 'day' }, '2027-01-31', '2027-02-28'],
    [{ kind: 'yearly', month: 3, day: 31, afterMonths: 0 }, '2026-03-31', '2026-03-31'],
    [{ kind: 'yearly', month: 3, day: 31, afterMonths: 0 }, '2026-04-01', '2027-03-31'],
    [{ kind: 'yearly', month: 3, day: 31, afterMonths: 1 }, '2026-03-05', '2027-03-31'],
    [{ kind: 'yearly', month: 3, day: 31, afterMonths: 24 }, '2026-03-05', '2028-03-31'],
    [{ kind: 'yearly', month: 2, day: 29, afterMonths: 0 }, '2026-01-10', '2026-02-28'],
    [{ kind: 'yearly', month: 2, day: 29, afterMonths: 0 }, '2028-01-10', '2028-02-29'],
    [{ kind: 'yearly', month: 2, day: 29, afterMonths: 0 }, '2027-03-01', '2028-02-29'],
    [{ kind: 'inactivity', months: 6 }, '2026-08-31', '2027-02-28'],
    [{ kind: 'never' }, '2026-03-05', null],
  ])('%j: of %s on %s', (policy, earnedOn, end) => expect(expiryDate(policy, earnedOn)).toBe(end));

  it('on a yearly day never sooner than promised and never more than a year later', () => {
    fc.assert(fc.property(dates, fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }), fc.integer({ min: 0, max: 60 }), (earnedOn, month, day, afterMonths) => {
      const end = expiryDate({ kind: 'yearly', month, day, afterMonths }, earnedOn)!;
      expect(end >= addMonths(earnedOn, afterMonths)).toBe(true);
      expect(end <= addMonths(earnedOn, afterMonths + 12)).toBe(true);
      expect(end.slice(5)).toBe(`${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`);
    }));
  });

  it('later for later purchases, whatever the policy', () => {
    const policies = fc.oneof(
      fc.record({ kind: fc.constant('months' as const), months: fc.integer({ min: 1, max: 60 }), roundTo: fc.constantFrom('day' as const, 'monthEnd' as const, 'quarterEnd' as const, 'yearEnd' as const) }),
      fc.record({ kind: fc.constant('yearly' as const), month: fc.integer({ min: 1, max: 12 }), day: fc.integer({ min: 1, max: 28 }), afterMonths: fc.integer({ min: 0, max: 60 }) }),
      fc.record({ kind: fc.constant('inactivity' as const), months: fc.integer({ min: 1, max: 60 }) }),
    );
    fc.assert(fc.property(policies, dates, dates, (policy, a, b) => {
      const [first, second] = a < b ? [a, b] : [b, a];
      expect(expiryDate(policy, first)! <= expiryDate(policy, second)!).toBe(true);
    }));
  });
});

describe('an expiry from outside', () => {
  it.each<[unknown, string[]]>([
    [{ kind: 'yearly', month: 4, day: 31, afterMonths: 0 }, ['/expiry/day']],
    [{ kind: 'yearly', month: 13, day: 1, afterMonths: -1 }, ['/expiry/month', '/expiry/afterMonths']],
    [{ kind: 'yearly', month: 2, day: 29, afterMonths: 0 }, []],
    [{ kind: 'inactivity', months: 0 }, ['/expiry/months']],
    [{ kind: 'months', months: 3, roundTo: 'weekEnd' }, ['/expiry/roundTo']],
    [{ kind: 'months', months: 3, roundTo: 'quarterEnd' }, []],
    [{ kind: 'inactivity', months: 3, roundTo: 'day' }, ['/expiry/roundTo']],
  ])('%j', (input, pointers) => expect(validateExpiry(input).map((fault) => fault.pointer)).toEqual(pointers));

  it('by inactivity is the wallet’s alone: a rule cannot have it', () => {
    expect(validateRule({ expiry: { kind: 'inactivity', months: 3 } }).map((fault) => fault.pointer)).toContain('/expiry/kind');
  });
});

describe('in words', () => {
  it.each<[WalletExpiry, string, string]>([
    [{ kind: 'months', months: 18, roundTo: 'quarterEnd' }, '18 miesięcy po zdobyciu, z końcem kwartału', '18 months after earning, at the end of the quarter'],
    [{ kind: 'months', months: 24, roundTo: 'day' }, '2 lata po zdobyciu', '2 years after earning'],
    [{ kind: 'yearly', month: 3, day: 31, afterMonths: 0 }, 'co roku 31 marca', 'every 31 March'],
    [{ kind: 'yearly', month: 3, day: 31, afterMonths: 12 }, 'co roku 31 marca, najwcześniej 1 rok po zdobyciu', 'every 31 March, at least 1 year after earning'],
    [{ kind: 'inactivity', months: 6 }, '6 miesięcy po ostatnim zdobyciu lub wydaniu', '6 months after the last earning or spending'],
  ])('%j', (policy, pl, en) => {
    expect(describeExpiry(policy, 'pl').replaceAll('\u00a0', ' ')).toBe(pl);
    expect(describeExpiry(policy, 'en').replaceAll('\u00a0', ' ')).toBe(en);
  });

  it('with an example of dates', () => {
    expect(exampleOfExpiry({ kind: 'months', months: 12, roundTo: 'monthEnd' }, '2026-03-05', 'pl').replaceAll('\u00a0', ' ')).toBe('Punkty z 5 marca 2026 wygasną 31 marca 2027.');
    const stamps = { one: 'pieczątka', few: 'pieczątki', many: 'pieczątek', fraction: 'pieczątki' };
    expect(exampleOfExpiry({ kind: 'never' }, '2026-03-05', 'pl', stamps).replaceAll('\u00a0', ' ')).toBe('Pieczątki z 5 marca 2026 nie wygasną.');
    expect(exampleOfExpiry({ kind: 'on', date: '2026-01-31' }, '2026-03-05', 'en').replaceAll('\u00a0', ' ')).toBe('Points of 5 March 2026 end at once: 31 January 2026 is over.');
  });

  it('a unit with decimals shows the smallest units behind the comma', () => {
    const zloty = { one: 'złoty', few: 'złote', many: 'złotych', fraction: 'złotego', decimals: 2 };
    expect([250, 300, 1_234_500].map((points) => formatPoints(points, zloty, 'pl').replaceAll('\u00a0', ' '))).toEqual(['2,50 złotego', '3 złote', '12 345 złotych']);
  });
});
