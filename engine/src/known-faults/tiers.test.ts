import { describe, expect, it } from 'vitest';
import { dayNumberOf } from '../calendar.ts';
import { buckets, compiled, ladder, level } from '../testing/tiers.ts';
import { addUp, packActivity, readBuckets, type DayActivity } from '../tiers/activity.ts';
import { levelAt, type TierLadder } from '../tiers/ladder.ts';
import { levelOf, standingOn } from '../tiers/standing.ts';

const DAY = dayNumberOf('2026-06-10');
const codeFor = (more: Partial<TierLadder>, value: number): string | null => {
  const state = standingOn(compiled(more), () => buckets({ '2026-06-10': value }), null, DAY);
  return state === null ? null : ladder(more).levels[levelOf(state)]?.code ?? null;
};

describe('a tier chosen wrongly', () => {
  const thresholds = ladder().levels.map(({ threshold }) => threshold);
  it.each(thresholds.flatMap((threshold, at) => [[threshold - 1, at - 1], [threshold, at], [threshold + 1, at]] as const).filter(([value]) => value >= 0))('at %i: one below a threshold is the level below, the threshold itself and one above are the level', (value, at) => {
    expect(codeFor({}, value)).toBe(ladder().levels[at]!.code);
    expect(levelAt(thresholds, value), 'what the preview asks says the same').toBe(at);
  });

  it.each([[0, 'bronze'], [-1, 'bronze']])('at zero threshold: whoever measures %i stands on the lowest level, not above it and not nowhere', (value, code) => expect(codeFor({}, value)).toBe(code));

  it('and below a first threshold that is not zero nobody has a level', () => {
    const levels = [level('silver', 500), level('gold', 1000)];
    expect([499, 500, 999, 1000].map((value) => codeFor({ levels }, value))).toEqual([null, 'silver', 'silver', 'gold']);
  });

  it.each([{ kind: 'rolling', months: 12 }, { kind: 'calendar', unit: 'quarter' }, { kind: 'lifetime' }] as const)('is not by $kind either: the same boundaries for every kind of period', (period) => {
    for (const [at, threshold] of thresholds.entries()) if (at > 0) expect([threshold - 1, threshold].map((value) => codeFor({ period }, value))).toEqual([ladder().levels[at - 1]!.code, ladder().levels[at]!.code]);
  });
});

describe('activity that counts for levels', () => {
  it('knows no redemption: only what was bought and earned stands in it, so spending can neither raise nor lower a level', () => {
    const day: DayActivity = { day: DAY, spentMinor: 5000, sales: 1, points: [[1, 50]] };
    expect(Object.keys(day).sort()).toEqual(['day', 'points', 'sales', 'spentMinor']);
    const read = (list: DayActivity[], measure: 'spent' | 'points') => readBuckets(packActivity(addUp(list)), measure, 1);
    expect(read([day, { ...day, spentMinor: -5000, sales: -1, points: [[1, -50]] }], 'spent').values.every((value) => value === 0)).toBe(true);
    expect([read([day], 'spent').values, read([day], 'points').values]).toEqual([[5000], [50]]);
  });
});
