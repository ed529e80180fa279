import { expect, it } from 'vitest';
import { differentCodes, tellCodes } from './set-difference.ts';

it('tells which codes leave a set and which join it, each with its own verdict; a long list by its beginning', () => {
  const difference = differentCodes(['A', 'B'], ['B', 'C', 'D']);
  expect(difference).toEqual({ leaving: ['A'], joining: ['C', 'D'] });
  expect(tellCodes(difference, ({ leaves }) => (leaves ? 'worse' : 'better'), 'pl')).toEqual([
    { field: 'leaving', name: 'kody, które odchodzą', before: 'A', after: 'brak', verdict: 'worse' }, { field: 'joining', name: 'kody, które dochodzą', before: 'brak', after: 'C, D', verdict: 'better' },
  ]);
  expect(tellCodes(differentCodes(['A'], ['A']), () => 'worse', 'en')).toEqual([]);
  expect(tellCodes(differentCodes([], Array.from({ length: 33 }, (_, at) => `K${at}`)), () => 'same', 'en')[0]!.after).toMatch(/K29 \(\+3\)$/);
});
