import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prorate, roundBy, roundDown, roundHalfUp, roundUp } from './points.ts';

const sum = (parts: readonly number[]): number => parts.reduce((a, b) => a + b, 0);
const SAFE = Number.MAX_SAFE_INTEGER;
const safe = fc.integer({ min: -SAFE, max: SAFE });
const positive = fc.integer({ min: 1, max: SAFE });

/** The answer by unbounded integers. */
function floorExactly(value: number, numerator: number, denominator: number): bigint {
  const product = BigInt(value) * BigInt(numerator);
  const by = BigInt(denominator);
  return (product - (((product % by) + by) % by)) / by;
}

describe('rounding', () => {
  it.each([
    [5740, 1, 1000, 5, 6, 6], [4499, 1, 1000, 4, 4, 5], [4500, 1, 1000, 4, 5, 5], [-5, 1, 2, -3, -2, -2], [0, 7, 3, 0, 0, 0],
    [100_000_000_000, 500_000, 7, 7_142_857_142_857_142, 7_142_857_142_857_143, 7_142_857_142_857_143],
  ])('%i × %i ÷ %i is %i down, %i to the nearest, %i up', (value, numerator, denominator, down, nearest, up) => {
    expect(roundDown(value, numerator, denominator)).toBe(down);
    expect(roundHalfUp(value, numerator, denominator)).toBe(nearest);
    expect(roundUp(value, numerator, denominator)).toBe(up);
  });

  it('is exact for all safe integers whose answer is one, whatever the size of the product', () => {
    fc.assert(fc.property(safe, safe, positive, (value, numerator, denominator) => {
      const down = floorExactly(value, numerator, denominator);
      const exact = down * BigInt(denominator) === BigInt(value) * BigInt(numerator);
      fc.pre(down < BigInt(SAFE) && down > BigInt(-SAFE));
      expect(BigInt(roundDown(value, numerator, denominator))).toBe(down);
      expect(BigInt(roundUp(value, numerator, denominator))).toBe(exact ? down : down + 1n);
      expect(BigInt(roundHalfUp(value, numerator, denominator))).toBe(nearestExactly(value, numerator, denominator));
    }), { numRuns: 2000 });
  });

  it('is exact around the edge of 53 bits', () => {
    fc.assert(fc.property(fc.integer({ min: -40, max: 40 }), fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 9999 }), (shift, numerator, denominator) => {
      const value = Math.floor(SAFE / numerator) + shift;
      fc.pre(Number.isSafeInteger(value) && denominator >= numerator);
      expect(BigInt(roundDown(value, numerator, denominator))).toBe(floorExactly(value, numerator, denominator));
    }), { numRuns: 2000 });
  });

  it.each([[0.5, 2, 1], [1, Number.NaN, 1], [1, 1, 0], [1, 1, -1], [1, 1, 0.5], [SAFE, 2, 1], [Infinity, 1, 1]])(
    'throws for %d × %d ÷ %d: not safe integers, or an answer that is none', (value, numerator, denominator) => {
      expect(() => roundDown(value, numerator, denominator)).toThrow(RangeError);
    });

  it('follows the name of the rounding', () => {
    expect([roundBy('down', 25, 1, 10), roundBy('nearest', 25, 1, 10), roundBy('up', 21, 1, 10)]).toEqual([2, 3, 3]);
  });
});

function nearestExactly(value: number, numerator: number, denominator: number): bigint {
  const product = 2n * BigInt(value) * BigInt(numerator) + BigInt(denominator);
  const by = 2n * BigInt(denominator);
  return (product - (((product % by) + by) % by)) / by;
}

describe('prorate', () => {
  it.each([
    [100, [1, 1, 1], [34, 33, 33]], [0, [5, 5], [0, 0]], [-10, [1, 3], [-2, -8]], [5, [0, 0], [3, 2]], [7, [0, 5, 0], [0, 7, 0]],
    [1, [1], [1]], [3, [2, 1, 1], [1, 1, 1]],
  ] as [number, number[], number[]][])('shares %i points over weights %j as %j', (points, weights, expected) => {
    expect(prorate(points, weights)).toEqual(expected);
    expect(sum(prorate(points, weights))).toBe(points);
  });

  it('gives parts that add up to the whole, each within one of its exact share', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 100_000_000_000 }), { minLength: 1, maxLength: 40 });
    fc.assert(fc.property(fc.integer({ min: -10_000_000_000_000, max: 10_000_000_000_000 }), weights, (total, w) => {
      const parts = prorate(total, w);
      expect(sum(parts)).toBe(total);
      const all = sum(w);
      if (all > 0) {
        parts.forEach((part, i) => {
          const down = floorExactly(total, w[i]!, all);
          expect(BigInt(part) - down).toSatisfy((over: bigint) => over === 0n || over === 1n);
        });
      }
    }));
  });

  it('gives odd points to the earlier of equal parts, however many there are', () => {
    for (const size of [5, 16, 17, 40]) expect(prorate(3, Array.from({ length: size }, () => 7))).toEqual(Array.from({ length: size }, (_, i) => (i < 3 ? 1 : 0)));
  });

  it('throws for a negative weight and for nothing to share over', () => {
    expect(() => prorate(5, [2, -1])).toThrow(RangeError);
    expect(() => prorate(5, [])).toThrow(RangeError);
    expect(prorate(0, [])).toEqual([]);
  });
});
