import { expect, it } from 'vitest';
import { inForceAt, inForceBetween } from './in-force.ts';

const versions = [{ no: 1, inForceFrom: 0 }, { no: 2, inForceFrom: 100 }, { no: 3, inForceFrom: 50 }, { no: 4, inForceFrom: 200 }];
const at = (instant: number) => inForceAt(versions, instant)?.no ?? null;

it('the last published of those that have begun is in force: a newer one takes the place of one that was planned for later', () => {
  expect([-1, 0, 49, 50, 99, 100, 199, 200, 999].map(at)).toEqual([null, 1, 1, 3, 3, 3, 3, 4, 4]);
});

it('names the versions in force within a stretch, each once, and not the one that begins with its end', () => {
  const between = (from: number, until: number) => inForceBetween(versions, from, until).map((one) => one.no);
  expect([between(0, 50), between(0, 51), between(60, 150), between(60, 201), between(-5, 1), between(300, 300)]).toEqual([[1], [1, 3], [3], [3, 4], [1], [4]]);
});
