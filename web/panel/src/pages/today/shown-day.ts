import type { Day, Home } from '../../api/shapes.ts';

/** The day whose figures stand at the top, the day a week before it, and the days of the chart, which end with it. */
export type Shown = { readonly day: Day; readonly weekBefore: Day | null; readonly days: readonly Day[]; readonly isToday: boolean };

/**
 * Today; of a demo, whose sales end where it was loaded, the latest day with sales until somebody sells today: a day of noughts shows a visitor
 * nothing. `home.days` are in the order of time.
 */
export function shownDay(home: Home, demo: boolean): Shown {
  const at = demo && home.today.sales === 0 ? home.days.findLastIndex((day) => day.sales > 0) : -1;
  const day = home.days[at];
  if (!day) return { day: home.today, weekBefore: home.sameDayLastWeek, days: home.days, isToday: true };
  return { day, weekBefore: home.days[at - 7] ?? null, days: home.days.slice(0, at + 1), isToday: false };
}
