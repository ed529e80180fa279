import { expect, it } from 'vitest';
import { byMonth, writeDay } from './days.ts';

it('the day is the one on the shop’s calendar, not the one in Greenwich', () => {
  expect(writeDay('2026-11-30T23:30:00Z', 'Europe/Warsaw', 'pl')).toBe('1 grudnia 2026');
});

it('a history is cut where the shop’s month changes, and keeps its order', () => {
  const at = (iso: string) => ({ at: iso });
  const entries = [at('2026-12-02T10:00:00Z'), at('2026-11-30T23:30:00Z'), at('2026-11-30T10:00:00Z')];
  expect(byMonth(entries, 'Europe/Warsaw', 'pl')).toEqual([
    { month: 'grudzień 2026', entries: entries.slice(0, 2) },
    { month: 'listopad 2026', entries: entries.slice(2) },
  ]);
});
