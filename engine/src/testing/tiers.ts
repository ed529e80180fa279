import fc from 'fast-check';
import { dayNumberOf } from '../calendar.ts';
import type { Buckets } from '../tiers/activity.ts';
import { compileLadders, type CompiledLadder, type TierLadder, type TierLevel } from '../tiers/ladder.ts';

export const level = (code: string, threshold: number, more: Partial<TierLevel> = {}): TierLevel => ({ code, pl: code, en: code, plTo: null, color: '#c9a227', threshold, keep: null, benefits: [], ...more });

/** Bronze for all, silver from 500 zł, gold from 1200 zł in a calendar year. */
export const ladder = (more: Partial<TierLadder> = {}): TierLadder => ({
  levels: [level('bronze', 0), level('silver', 50_000), level('gold', 120_000, { pl: 'Złoty', en: 'Gold', plTo: 'Złota' }), level('platinum', 300_000)], measure: { kind: 'spent' },
  period: { kind: 'calendar', unit: 'year' }, promotion: 'atOnce', lasts: 'nextPeriod', demotion: 'toMeasure', graceDays: 0, returns: 'takeLevel', ...more,
});

export const compiled = (more: Partial<TierLadder> = {}, effectiveOn = '2024-01-01'): CompiledLadder[] => compileLadders([{ no: 1, effectiveOn, ladder: ladder(more) }], [{ no: 1, code: 'points' }]);

/** Buckets of dates and values, in any order. */
export const buckets = (values: Readonly<Record<string, number>>): Buckets => {
  const days = Object.keys(values).map(dayNumberOf).sort((a, b) => a - b);
  const byDay = new Map(Object.entries(values).map(([date, value]) => [dayNumberOf(date), value]));
  return { days, values: days.map((day) => byDay.get(day)!) };
};

/** Valid ladders of every kind of period, promotion, validity, demotion and grace. */
export const ladders: fc.Arbitrary<TierLadder> = fc.record({
  period: fc.constantFrom<TierLadder['period']>({ kind: 'rolling', months: 1 }, { kind: 'rolling', months: 3 }, { kind: 'rolling', months: 12 }, { kind: 'calendar', unit: 'month' }, { kind: 'calendar', unit: 'quarter' }, { kind: 'calendar', unit: 'year' }, { kind: 'lifetime' }),
  promotion: fc.constantFrom<TierLadder['promotion']>('atOnce', 'periodEnd'), lasts: fc.constantFrom<TierLadder['lasts']>('nextPeriod', 'thisPeriod'),
  demotion: fc.constantFrom<TierLadder['demotion']>('toMeasure', 'oneLevel'), graceDays: fc.constantFrom(0, 1, 14, 27), lowest: fc.constantFrom(0, 3),
  steps: fc.array(fc.record({ rise: fc.integer({ min: 1, max: 12 }), ease: fc.integer({ min: 0, max: 3 }) }), { minLength: 1, maxLength: 4 }),
}).map(({ lowest, steps, promotion, lasts, ...rest }) => {
  const levels = [level('l0', lowest)];
  for (const [at, { rise, ease }] of steps.entries()) {
    const below = levels.at(-1)!;
    const threshold = below.threshold + rise;
    levels.push(level(`l${at + 1}`, threshold, { keep: Math.max(below.keep ?? below.threshold, threshold - ease) }));
  }
  return ladder({ ...rest, levels, promotion, lasts: promotion === 'periodEnd' ? 'nextPeriod' : lasts });
});

const FIRST = dayNumberOf('2023-11-01');
/** What was measured on days of about two and a half years, often around ends of months. */
export const measured: fc.Arbitrary<Buckets> = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 1, max: 8 })), { maxLength: 14, selector: ([day]) => day })
  .map((list) => list.toSorted(([a], [b]) => a - b)).map((list) => ({ days: list.map(([day]) => FIRST + day), values: list.map(([, value]) => value) }));

export const someDay: fc.Arbitrary<number> = fc.integer({ min: 0, max: 1100 }).map((day) => dayNumberOf('2024-01-01') + day);
