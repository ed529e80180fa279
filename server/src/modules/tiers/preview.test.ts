import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fewValues } from './preview.ts';

const membersFrom = (values: readonly (readonly [number, number])[], threshold: number) => values.reduce((sum, [value, members]) => (value >= threshold ? sum + members : sum), 0);

it('a picture of very many different sums still counts every member on their side of a round threshold', () => {
  fc.assert(fc.property(fc.uniqueArray(fc.nat({ max: 900_000 }), { minLength: 1_000, maxLength: 2_000, size: 'max' }), (sums) => {
    const all = sums.toSorted((a, b) => a - b).map((sum) => [sum, 1] as const);
    const few = fewValues(all, 500);
    expect(few.length).toBeLessThanOrEqual(500);
    for (const threshold of [0, 1, 50_00, 60_000, 99_000, 150_000, 800_000]) expect(membersFrom(few, threshold)).toBe(membersFrom(all, threshold));
  }), { numRuns: 20 });
});

it('where the sums are few enough they are told as they are', () => {
  expect(fewValues([[59_999, 2], [60_001, 1]], 2)).toEqual([[59_999, 2], [60_001, 1]]);
});
