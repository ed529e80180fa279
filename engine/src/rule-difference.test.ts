import { describe, expect, it } from 'vitest';
import { diffRule, diffStop, endsSooner, mayWorsen, worseSentence, type DifferenceOptions } from './rule-difference.ts';
import type { RuleDefinition } from './rules.ts';

const base: RuleDefinition = {
  name: 'Za zakupy', wallet: 'punkty', when: null, lines: null, effect: { kind: 'perAmount', points: 1, perMinor: 1000, rounding: 'down', per: 'transaction' }, schedule: { from: null, until: '2026-12-31' },
  priority: 100, exclusiveGroup: null, caps: { perTransaction: 50, perMemberDay: null, perProgram: null }, expiry: { kind: 'wallet' }, pendingDays: null,
};
const options: DifferenceOptions = { lang: 'pl', currency: 'PLN', wallet: { expiry: { kind: 'months', months: 12, roundTo: 'monthEnd' }, pendingDays: 7 }, today: '2026-03-05' };
const condition = { attribute: 'transaction.total', operator: 'atLeast', value: 5000 };

describe('a change of a rule', () => {
  it.each<[string, Partial<RuleDefinition>, string, 'worse' | 'better' | 'same']>([
    ['a lower rate', { effect: { ...base.effect, perMinor: 2000 } as never }, 'effect', 'worse'],
    ['the same rate in larger steps', { effect: { ...base.effect, points: 10, perMinor: 10_000 } as never }, 'effect', 'worse'],
    ['the rest of a step no longer counted', { effect: { ...base.effect, rounding: 'steps' } as never }, 'effect', 'worse'],
    ['the same rate in smaller steps', { effect: { kind: 'perAmount', points: 1, perMinor: 500, rounding: 'down', per: 'transaction' } }, 'effect', 'better'],
    ['rounding up', { effect: { ...base.effect, rounding: 'up' } as never }, 'effect', 'better'],
    ['rounding by lines', { effect: { ...base.effect, per: 'line' } as never }, 'effect', 'worse'],
    ['another kind of effect', { effect: { kind: 'fixed', points: 1000 } }, 'effect', 'worse'],
    ['a lower limit', { caps: { ...base.caps, perTransaction: 49 } }, 'caps.perTransaction', 'worse'],
    ['a new limit', { caps: { ...base.caps, perMemberDay: 1000 } }, 'caps.perMemberDay', 'worse'],
    ['a new limit of a household', { caps: { ...base.caps, perHouseholdMonth: 100 } }, 'caps.perHouseholdMonth', 'worse'],
    ['no limit', { caps: { ...base.caps, perTransaction: null } }, 'caps.perTransaction', 'better'],
    ['a condition', { when: condition }, 'when', 'worse'],
    ['an earlier end', { schedule: { from: null, until: '2026-11-30' } }, 'schedule.until', 'worse'],
    ['no end', { schedule: { from: null, until: null } }, 'schedule.until', 'better'],
    ['a later beginning', { schedule: { from: '2026-06-01', until: '2026-12-31' } }, 'schedule.from', 'worse'],
    ['points that end sooner', { expiry: { kind: 'months', months: 12, roundTo: 'day' } }, 'expiry', 'worse'],
    ['points that end later', { expiry: { kind: 'months', months: 12, roundTo: 'quarterEnd' } }, 'expiry', 'better'],
    ['a longer wait than the wallet’s', { pendingDays: 8 }, 'pendingDays', 'worse'],
    ['a shorter wait than the wallet’s', { pendingDays: 0 }, 'pendingDays', 'better'],
    ['another priority', { priority: 101 }, 'priority', 'worse'],
    ['another name', { name: 'Inaczej' }, 'name', 'same'],
    ['a setting that nobody here knows', { stacking: 'max' } as never, 'stacking', 'worse'],
  ])('%s', (_, part, field, verdict) => {
    const changes = diffRule(base, { ...base, ...part }, options);
    expect(changes.map((one) => [one.field, one.verdict])).toEqual([[field, verdict]]);
    expect(mayWorsen(changes)).toBe(verdict === 'worse');
  });

  it('is told in words, and nothing is told of rules that are alike', () => {
    expect(diffRule(base, { ...base }, options)).toEqual([]);
    const changes = diffRule(base, { ...base, caps: { ...base.caps, perTransaction: 20 }, pendingDays: 0 }, options);
    expect(changes.map(({ name, before, after }) => `${name}: ${before} → ${after}`.replaceAll('\u00a0', ' '))).toEqual(['limit za jeden zakup: 50 punktów → 20 punktów', 'do użycia po ilu dniach: brak → 0']);
    const [trigger] = diffRule(base, { ...base, trigger: { kind: 'event', type: 'referral' } }, options);
    expect(`${trigger!.name}: ${trigger!.before} → ${trigger!.after}`).toBe('na co odpowiada: za zakup → za polecenie znajomego');
    expect(worseSentence(changes, 'pl')).toBe('Ta zmiana może pogorszyć warunki uczestników: limit za jeden zakup.');
    expect(worseSentence([], 'en')).toBeNull();
  });

  it('of an end: a yearly day is sooner than a year for some days and later for others', () => {
    expect(endsSooner({ kind: 'months', months: 12, roundTo: 'day' }, { kind: 'yearly', month: 3, day: 31, afterMonths: 0 }, '2026-03-05')).toBe(true);
    expect(endsSooner({ kind: 'months', months: 12, roundTo: 'day' }, { kind: 'yearly', month: 3, day: 31, afterMonths: 12 }, '2026-03-05')).toBe(false);
    expect(endsSooner({ kind: 'never' }, { kind: 'on', date: '2099-12-31' }, '2026-03-05')).toBe(true);
  });
});

describe('of a rule that stops', () => {
  it.each([
    [null, '2026-03-05', 'worse'], ['2026-03-05', '2026-03-05', 'worse'], ['2026-03-04', '2026-03-05', 'same'],
  ] as const)('whose last day is %s, on %s: %s', (until, on, verdict) => {
    expect(diffStop({ ...base, schedule: { from: null, until } }, 'end', on, options).map((one) => one.verdict)).toEqual([verdict]);
  });

  it('what it gave comes to nothing, in words', () => {
    const say = (step: 'pause' | 'end', lang: 'pl' | 'en') => diffStop(base, step, '2026-03-05', { ...options, lang }).map(({ name, before, after }) => `${name}: ${before !== ''} → ${after}`);
    expect([say('pause', 'pl'), say('end', 'pl'), say('pause', 'en'), say('end', 'en')].flat()).toEqual(['co daje: true → nic, dopóki jest wstrzymana', 'co daje: true → nic, bo jest zakończona', 'what it gives: true → nothing as long as it is paused', 'what it gives: true → nothing, as it has ended']);
  });
});
