import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forecastReach, type DayGain } from './forecast.ts';

const TODAY = 20_000;
/** The same amount every `every` days back from today. */
const even = (every: number, amount: number, count: number): DayGain[] => Array.from({ length: count }, (_, i) => ({ dayNumber: TODAY - i * every, amount }));

describe('when the next threshold is reached', () => {
  it('goes by the member’s own pace: 20 a week, 60 missing, three weeks', () => {
    expect(forecastReach(even(7, 20, 20), 60, TODAY)).toMatchObject({ kind: 'expected', day: TODAY + 21 });
  });

  it.each<[string, DayGain[], number, string]>([
    ['nothing yet', [], 10, 'fewDays'], ['three purchases', even(7, 20, 3), 10, 'fewDays'], ['many purchases in one week', even(1, 20, 7), 10, 'fewDays'],
    ['nothing for two months', even(7, 20, 20).map((one) => ({ ...one, dayNumber: one.dayNumber - 60 })), 10, 'quiet'], ['a pace that needs years', even(7, 1, 20), 1000, 'far'],
  ])('says that it does not know: %s', (_, gains, missing, why) => expect(forecastReach(gains, missing, TODAY)).toEqual({ kind: 'unknown', why }));

  it('is not led astray by one big purchase', () => {
    const gains = even(7, 20, 20);
    const withParty = gains.map((one, i) => (i === 5 ? { ...one, amount: 5000 } : one));
    const [usual, after] = [forecastReach(gains, 200, TODAY), forecastReach(withParty, 200, TODAY)];
    expect(usual.kind === 'expected' && after.kind === 'expected' && usual.day - after.day < 15).toBe(true);
  });

  it('never comes later for somebody who misses less, and lies between its two ends', () => {
    fc.assert(fc.property(fc.array(fc.record({ dayNumber: fc.integer({ min: TODAY - 200, max: TODAY }), amount: fc.integer({ min: -50, max: 200 }) }), { maxLength: 40 }), fc.integer({ min: 1, max: 2000 }), fc.nat(500), (gains, missing, more) => {
      const [near, far] = [forecastReach(gains, missing, TODAY), forecastReach(gains, missing + more, TODAY)];
      if (near.kind !== 'expected') return;
      expect(near.earliest).toBeLessThanOrEqual(near.day);
      expect(near.day).toBeLessThanOrEqual(near.latest);
      expect(near.earliest).toBeGreaterThan(TODAY);
      if (far.kind === 'expected') expect(far.day).toBeGreaterThanOrEqual(near.day);
    }));
  });
});
