import { expect, it } from 'vitest';
import type { Day, Home } from '../../api/shapes.ts';
import { shownDay } from './shown-day.ts';

const day = (no: number, sales: number): Day => ({ date: `2026-11-${String(no).padStart(2, '0')}`, sales, salesMinor: sales * 1000, pointsEarned: 0, pointsSpent: 0, newMembers: 0 });
const home = (sales: readonly number[]): Home => {
  const days = sales.map((count, at) => day(at + 1, count));
  return { days, today: days.at(-1)!, sameDayLastWeek: days.at(-8)! } as Home;
};

it.each([
  ['of an ordinary program it is today, sales or none', false, [5, 6, 7, 8, 9, 1, 2, 3, 4, 0], '2026-11-10', '2026-11-03', 10],
  ['of a demo it is today once somebody sells', true, [5, 6, 7, 8, 9, 1, 2, 3, 4, 1], '2026-11-10', '2026-11-03', 10],
  ['of a demo that ended two days ago it is its last day', true, [5, 6, 7, 8, 9, 1, 2, 3, 0, 0], '2026-11-08', '2026-11-01', 8],
  ['of a demo without any sale it is today', true, [0, 0, 0, 0, 0, 0, 0, 0], '2026-11-08', '2026-11-01', 8],
] as const)('%s', (_, demo, sales, date, weekBefore, days) => {
  const shown = shownDay(home(sales), demo);
  expect([shown.day.date, shown.weekBefore?.date, shown.days.length]).toEqual([date, weekBefore, days]);
});
