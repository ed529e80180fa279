import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayWorsen } from '../rule-difference.ts';
import { ladder, ladders, level, measured, someDay } from '../testing/tiers.ts';
import { POINT_WORDS } from '../words.ts';
import { compileLadders, validateLadder, type TierLadder } from './ladder.ts';
import { diffLadder } from './ladder-difference.ts';
import { levelOf, standingOn } from './standing.ts';

const options = { lang: 'pl' as const, currency: 'PLN', unitOf: () => POINT_WORDS.pl };
const verdicts = (before: Partial<TierLadder>, after: Partial<TierLadder>) => diffLadder(ladder(before), ladder(after), options).map((one) => [one.field, one.verdict]);
const coffee = { code: 'kawa', pl: 'Kawa gratis', en: 'Free coffee' };
const cake = { code: 'ciastko', pl: 'Ciastko gratis', en: 'Free cake' };
const two = (more: object = {}) => ({ levels: [level('bronze', 0), level('gold', 1000, more)] });

describe('what differs in a ladder', () => {
  it.each<[Partial<TierLadder>, Partial<TierLadder>, string, string]>([
    [two(), two({ threshold: 2000 }), 'level.gold.threshold', 'worse'], [two(), two({ threshold: 500 }), 'level.gold.threshold', 'better'],
    [two(), two({ keep: 500 }), 'level.gold.keep', 'better'], [two({ keep: 500 }), two(), 'level.gold.keep', 'worse'], [two({ keep: 500 }), two({ keep: 600 }), 'level.gold.keep', 'worse'],
    [two({ benefits: [coffee] }), two(), 'level.gold.benefits', 'worse'], [two(), two({ benefits: [coffee] }), 'level.gold.benefits', 'better'], [two({ benefits: [coffee] }), two({ benefits: [cake, coffee] }), 'level.gold.benefits', 'better'],
    [two({ benefits: [coffee] }), two({ benefits: [{ ...coffee, pl: 'Kawa za pół ceny' }] }), 'level.gold.benefits', 'worse'], [two({ benefits: [coffee] }), two({ benefits: [{ ...coffee, en: 'Coffee' }] }), 'level.gold.benefits', 'worse'],
    [two(), two({ pl: 'Złotko' }), 'level.gold.name', 'same'], [two(), two({ color: '#000000' }), 'level.gold.color', 'same'],
    [{ levels: [level('bronze', 0), level('silver', 500), level('gold', 1000)] }, two(), 'level.silver', 'worse'], [two(), { levels: [...two().levels, level('platinum', 9000)] }, 'level.platinum', 'better'],
    [two({ benefits: [coffee] }), { levels: [...two({ benefits: [coffee] }).levels, level('platinum', 9000)] }, 'level.platinum', 'worse'],
    [two({ benefits: [coffee] }), { levels: [...two({ benefits: [coffee] }).levels, level('platinum', 9000, { benefits: [cake, coffee] })] }, 'level.platinum', 'better'],
    [{}, { measure: { kind: 'sales' } }, 'measure', 'worse'], [{}, { period: { kind: 'lifetime' } }, 'period', 'better'], [{}, { period: { kind: 'calendar', unit: 'month' } }, 'period', 'worse'],
    [{ period: { kind: 'rolling', months: 6 } }, { period: { kind: 'rolling', months: 12 } }, 'period', 'better'], [{ period: { kind: 'rolling', months: 12 } }, { period: { kind: 'rolling', months: 6 } }, 'period', 'worse'],
    [{}, { promotion: 'periodEnd' }, 'promotion', 'worse'], [{ promotion: 'periodEnd' }, {}, 'promotion', 'better'], [{ promotion: 'periodEnd', period: { kind: 'rolling', months: 6 } }, { period: { kind: 'rolling', months: 6 } }, 'promotion', 'worse'],
    [{}, { lasts: 'thisPeriod' }, 'lasts', 'worse'], [{ lasts: 'thisPeriod' }, {}, 'lasts', 'better'], [{}, { demotion: 'oneLevel' }, 'demotion', 'better'], [{ demotion: 'oneLevel' }, {}, 'demotion', 'worse'],
    [{}, { graceDays: 14 }, 'graceDays', 'better'], [{ graceDays: 14 }, { graceDays: 7 }, 'graceDays', 'worse'], [{}, { returns: 'keepLevel' }, 'returns', 'better'], [{ returns: 'keepLevel' }, {}, 'returns', 'worse'],
  ])('from %j to %j: %s is %s', (before, after, field, verdict) => expect(verdicts(before, after)).toContainEqual([field, verdict]));

  it('the same ladder does not differ from itself, and one change is one line', () => {
    expect(verdicts({}, {})).toEqual([]);
    expect(verdicts(two(), two({ threshold: 2000 }))).toHaveLength(1);
    expect(verdicts(two({ keep: 500 }), two({ keep: 500, threshold: 2000 }))).toHaveLength(1);
  });

  it('is told in words, with the unit of what is measured', () => {
    const said = (before: TierLadder, after: TierLadder) => diffLadder(before, after, options).map((one) => `${one.name}: ${one.before} → ${one.after}`.replaceAll('\u00a0', ' '));
    expect(said(ladder(two({ pl: 'Złoty', benefits: [coffee] })), ladder({ ...two({ pl: 'Złoty', threshold: 200_000 }), graceDays: 1, period: { kind: 'rolling', months: 12 } }))).toEqual([
      'próg poziomu Złoty: 10 zł → 2000 zł', 'korzyści poziomu Złoty: Kawa gratis (Free coffee) → brak', 'z jakiego czasu: rok kalendarzowy → 12 ostatnich miesięcy', 'dni łaski: 0 dni → 1 dzień',
    ]);
    expect(said(ladder({ ...two(), measure: { kind: 'points', wallet: 'punkty' } }), ladder({ ...two({ threshold: 5 }), measure: { kind: 'points', wallet: 'punkty' } }))).toEqual(['próg poziomu gold: 1000 punktów → 5 punktów']);
  });

  it('of ladders that differ by what is said to be harmless, nobody’s level is ever lower under the later one', () => {
    const fields = ['levels', 'period', 'promotion', 'lasts', 'demotion', 'graceDays'] as const;
    const one = fc.tuple(ladders, ladders, fc.constantFrom(...fields)).map(([before, other, field]): [TierLadder, TierLadder] => [before, { ...before, [field]: other[field] }])
      .filter(([before, after]) => validateLadder(after, { wallets: [] }).length === 0 && !mayWorsen(diffLadder(before, after, options)));
    fc.assert(fc.property(one, measured, someDay, ([before, after], days, on) => {
      const levelBy = (of: TierLadder) => levelOf(standingOn(compileLadders([{ no: 1, effectiveOn: '2024-01-01', ladder: of }], []), () => days, null, on)!);
      expect(levelBy(after)).toBeGreaterThanOrEqual(levelBy(before));
    }), { numRuns: 3000 });
  });
});
