import { expect, it } from 'vitest';
import { placeFigures } from './figure-place.ts';

const write = (value: number) => `${value} 000 zł`;

it.each([
  ['the newest stands over the higher bars beside it, not on them, with a line to its own', [9, 100, 5, 5, 5, 40, 70, 3], [[1, 100, false], [7, 70, true]]],
  ['and over its own where that is the highest', [9, 100, 5, 5, 5, 4, 7, 30], [[1, 100, false], [7, 30, false]]],
  ['the newest is left out where it would lie on the greatest', [9, 5, 5, 5, 5, 4, 100, 30], [[6, 100, false]]],
  ['the greatest of all may be the newest: one figure', [9, 5, 5, 5, 5, 4, 7, 30], [[7, 30, false]]],
  ['no day, no figure', [], []],
])('%s', (_, values, expected) => {
  expect(placeFigures(values, 320, write).map(({ at, over, lifted }) => [at, over, lifted])).toEqual(expected);
});

it('leans inwards at both edges, so that nothing is cut', () => {
  expect(placeFigures([100, 1, 1, 1, 1, 1, 1, 1, 1, 2], 600, write)).toMatchObject([{ x: 0, anchor: 'start' }, { x: 600, anchor: 'end' }]);
});
