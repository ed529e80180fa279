import { expect, it } from 'vitest';
import { shortfallsOfChange } from './shortfalls.ts';

it.each([
  ['what today’s rules leave short as well is not told of a change', 1, 1, 0],
  ['what the change alone leaves short is', 1, 4, 3],
  ['and a more generous one leaves nobody short', 2, 0, 0],
])('%s', (_, now, draft, told) => {
  expect(shortfallsOfChange({ shortfalls: now }, { shortfalls: draft })).toBe(told);
});
