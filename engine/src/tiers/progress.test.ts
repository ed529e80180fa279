import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayNumberOf, type LocalDate } from '../calendar.ts';
import { buckets, compiled, ladder, level } from '../testing/tiers.ts';
import { POINT_WORDS, type Lang } from '../words.ts';
import { addUp, packActivity, readBuckets, sumBetween, unpackActivity, type Buckets, type DayActivity } from './activity.ts';
import { validateLadder, type TierLadder } from './ladder.ts';
import { keepSentence, measureText, nextSentence, periodText, untilSentence } from './phrases.ts';
import { progressOf } from './progress.ts';
import { giveByHand, levelHeld, type TierGrant } from './held.ts';
import { standingOn } from './standing.ts';

const progressOn = (more: Partial<TierLadder>, of: Buckets, date: LocalDate, grant: TierGrant | null = null) => {
  const list = compiled(more);
  const on = dayNumberOf(date);
  const state = standingOn(list, () => of, null, on)!;
  return progressOf(levelHeld(list, state, giveByHand([], grant, on), on)!, state, of, on);
};
const said = (more: Partial<TierLadder>, of: Buckets, date: LocalDate, lang: Lang = 'pl', grant: TierGrant | null = null) => {
  const options = { lang, currency: 'PLN', unit: POINT_WORDS[lang] };
  const progress = progressOn(more, of, date, grant);
  return [nextSentence(ladder(more), progress, options), keepSentence(ladder(more), progress.keep, options), untilSentence(progress, lang)].map((one) => one?.replaceAll('\u00a0', ' ') ?? null);
};

describe('what is missing, in words', () => {
  it.each<[string, Partial<TierLadder>, Buckets, LocalDate, Lang, (string | null)[]]>([
    ['the next level of a year', {}, buckets({ '2026-02-01': 108_000 }), '2026-11-21', 'pl', ['Do Złota brakuje 120 zł, masz na to czas do 31 grudnia 2026.', null, 'Poziom jest pewny do 31 grudnia 2027.']],
    ['the same in English', {}, buckets({ '2026-02-01': 108_000 }), '2026-11-21', 'en', ['PLN 120 more for Gold, until 31 December 2026.', null, 'The level is sure until 31 December 2027.']],
    ['a level that ends this year', {}, buckets({ '2025-02-01': 130_000, '2026-01-05': 20_050 }), '2026-11-21', 'pl', ['Do poziomu platinum brakuje 2799,50 zł, masz na to czas do 31 grudnia 2026.', 'Do utrzymania tego poziomu brakuje 999,50 zł, masz na to czas do 31 grudnia 2026.', 'Poziom jest pewny do 31 grudnia 2026.']],
    ['a grace lengthens the time', { graceDays: 30 }, buckets({ '2025-02-01': 130_000 }), '2026-11-21', 'en', ['PLN 3,000 more for platinum, until 31 December 2026.', 'PLN 1,200 more to keep this level, until 30 January 2027.', 'The level is sure until 31 December 2026.']],
    ['a window has no last day of its own', { period: { kind: 'rolling', months: 12 } }, buckets({ '2026-02-01': 60_000 }), '2026-11-21', 'pl', ['Do Złota brakuje 600 zł.', null, 'Poziom jest pewny do 1 lutego 2027.']],
    ['the highest level', { period: { kind: 'lifetime' } }, buckets({ '2026-02-01': 300_000 }), '2026-11-21', 'pl', [null, null, null]],
    ['what waits for the end of the year', { promotion: 'periodEnd' }, buckets({ '2026-02-01': 130_000 }), '2026-11-21', 'pl', ['Masz już tyle, ile trzeba do poziomu silver; poziom zmieni się po 31 grudnia 2026.', null, null]],
  ])('%s', (_, more, of, date, lang, sentences) => expect(said(more, of, date, lang)).toEqual(sentences));

  it('a level given by hand names its own end', () => expect(said({}, buckets({}), '2026-11-21', 'pl', { level: 'gold', until: dayNumberOf('2027-06-30') })[2]).toBe('Poziom przyznany do 30 czerwca 2027.'));
  it.each([[1, '1 wizyty'], [2, '2 wizyt'], [5, '5 wizyt']])('%i missing visits stand in the genitive', (missing, words) => {
    const levels = [level('bronze', 0), level('gold', 10, { plTo: 'Złota' })];
    const visits = Object.fromEntries(Array.from({ length: 1 }, () => ['2026-02-01', 10 - missing]));
    expect(said({ levels, measure: { kind: 'visits' } }, buckets(visits), '2026-11-21')[0]).toBe(`Do Złota brakuje ${words}, masz na to czas do 31 grudnia 2026.`);
  });
  it('measures and periods have words', () => {
    const options = { lang: 'pl', currency: 'PLN', unit: POINT_WORDS.pl } as const;
    expect([measureText({ kind: 'sales' }, 3, options), measureText({ kind: 'points', wallet: 'p' }, 1, options), periodText({ period: { kind: 'rolling', months: 3 } }, 'pl'), periodText({ period: { kind: 'rolling', months: 1 } }, 'en')].map((one) => one.replaceAll('\u00a0', ' ')))
      .toEqual(['3 zakupy', '1 punkt', 'w ostatnich 3 miesiącach', 'in the last 1 month']);
  });
});

describe('activity by days', () => {
  const day: fc.Arbitrary<DayActivity> = fc.record({ day: fc.integer({ min: 18_000, max: 18_030 }), spentMinor: fc.integer({ min: 0, max: 1_000_000 }), sales: fc.integer({ min: 0, max: 3 }), points: fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 500 })), { selector: ([no]) => no }) });
  const days = fc.array(day, { maxLength: 20 });
  const undone = (list: readonly DayActivity[]) => list.map((one) => ({ ...one, spentMinor: -one.spentMinor, sales: -one.sales, points: one.points.map(([no, points]) => [no, -points] as const) }));

  it('survives its packing', () => fc.assert(fc.property(days, (list) => { expect(unpackActivity(packActivity(addUp(list)))).toEqual(addUp(list)); })));
  it('adds up the same in any order, in one piece or in parts', () => fc.assert(fc.property(days, days, (a, b) => { expect(addUp(addUp(b), a.toReversed())).toEqual(addUp([...a, ...b])); })));
  it('returns lower the measure, and what is returned in full leaves nothing', () => fc.assert(fc.property(days, days, (kept, back) => {
    expect(addUp(kept, back, undone(back))).toEqual(addUp(kept));
    for (const kind of ['spent', 'sales', 'visits'] as const) expect(sumBetween(readBuckets(packActivity(addUp(kept)), kind, null), 0, 20_000)).toBeLessThanOrEqual(sumBetween(readBuckets(packActivity(addUp(kept, back)), kind, null), 0, 20_000));
  })));
  it('is read for each measure', () => {
    const packed = packActivity(addUp([{ day: 5, spentMinor: 1200, sales: 2, points: [[1, 12], [2, 3]] }, { day: 7, spentMinor: 300, sales: 1, points: [] }]));
    expect([readBuckets(packed, 'spent', null), readBuckets(packed, 'sales', null), readBuckets(packed, 'visits', null), readBuckets(packed, 'points', 2)])
      .toEqual([{ days: [5, 7], values: [1200, 300] }, { days: [5, 7], values: [2, 1] }, { days: [5, 7], values: [1, 1] }, { days: [5], values: [3] }]);
  });
  it('that is cut or something else is refused', () => {
    expect(() => unpackActivity(packActivity(addUp([{ day: 5, spentMinor: 1200, sales: 2, points: [[1, 12]] }])).slice(0, -1))).toThrow(RangeError);
    expect(() => unpackActivity(Uint8Array.of(4, 2))).toThrow(RangeError);
  });
});

describe('a ladder is refused', () => {
  const faultsOf = (more: Partial<TierLadder>) => validateLadder(ladder(more), { wallets: ['points'] }).map((one) => one.pointer);
  it.each<[string, Partial<TierLadder>, string[]]>([
    ['never, when it is right', {}, []],
    ['without levels', { levels: [] }, ['/levels']],
    ['with thresholds that do not rise', { levels: [level('a', 5), level('b', 5)] }, ['/levels/1/threshold']],
    ['with two levels of one code', { levels: [level('a', 5), level('a', 6)] }, ['/levels/1/code']],
    ['with a level that is dearer to keep than to reach', { levels: [level('a', 5, { keep: 6 })] }, ['/levels/0/keep']],
    ['with a higher level that is easier to keep', { levels: [level('a', 5), level('b', 9, { keep: 4 })] }, ['/levels/1/keep']],
    ['with points of an unknown wallet', { measure: { kind: 'points', wallet: 'miles' } }, ['/measure/wallet']],
    ['with a window of no months', { period: { kind: 'rolling', months: 0 } }, ['/period/months']],
    ['with a grace longer than its period', { period: { kind: 'calendar', unit: 'month' }, graceDays: 28 }, ['/graceDays']],
    ['with levels of the period’s end that end with it', { promotion: 'periodEnd', lasts: 'thisPeriod' }, ['/lasts']],
  ])('%s', (_, more, pointers) => expect(faultsOf(more)).toEqual(pointers));
});
