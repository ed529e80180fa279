import { expect, it } from 'vitest';
import { writeDate, writeMonth } from './date-text.tsx';

it('writes days and months as a person would, in both languages', () => {
  expect(writeDate('2026-11-21', 'pl')).toBe('21 listopada 2026');
  expect(writeDate('2026-11-21', 'en')).toBe('21 November 2026');
  expect([writeMonth('2026-11', 'pl'), writeMonth('2027-01', 'pl'), writeMonth('2027-01', 'en')]).toEqual(['lis 2026', 'sty 2027', 'Jan 2027']);
});
