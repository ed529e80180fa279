import { addDays, dateOf, dayNumberOf, endOfMonth, type LocalDate } from '../calendar.ts';
import type { ChallengeWindow } from './definition.ts';

/** The stretch of local dates in which a challenge is counted, both included. `no` tells it from the window's other periods. */
export type Period = { readonly no: number; readonly from: LocalDate; readonly until: LocalDate | null };

/** Periods of a repeating challenge that began longer ago than this are settled for good: their purchases are not read again. */
export const SETTLED_DAYS = 92;

/** Day number of the Monday of a day's week. 1970-01-01 was a Thursday. */
export const mondayOf = (dayNumber: number): number => dayNumber - ((((dayNumber + 3) % 7) + 7) % 7);

/** The number of the period that a local date falls into; null outside the window. */
export function periodNoOf(window: ChallengeWindow, date: LocalDate): number | null {
  if (date < window.from || (window.until !== null && date > window.until)) return null;
  if (window.kind === 'once') return 0;
  return window.kind === 'week' ? mondayOf(dayNumberOf(date)) : dayNumberOf(`${date.slice(0, 8)}01`);
}

/** A period by its number, cut off where the window begins and ends. */
export function periodOf(window: ChallengeWindow, no: number): Period {
  if (window.kind === 'once') return { no, from: window.from, until: window.until };
  const first = dateOf(no);
  const last = window.kind === 'week' ? addDays(first, 6) : endOfMonth(first);
  return { no, from: first < window.from ? window.from : first, until: window.until !== null && window.until < last ? window.until : last };
}

/** The first local date whose documents still matter on `today`. */
export function openFrom(window: ChallengeWindow, today: LocalDate): LocalDate {
  if (window.kind === 'once') return window.from;
  const earliest = addDays(today, -SETTLED_DAYS);
  if (earliest <= window.from) return window.from;
  // A period is read whole or not at all.
  return window.kind === 'week' ? dateOf(mondayOf(dayNumberOf(earliest)) + 7) : addDays(endOfMonth(earliest), 1);
}

/** The period that a member sees on `today`: the one that runs, the first before the window, the last after it. */
export function shownPeriod(window: ChallengeWindow, today: LocalDate): Period {
  const inside = today < window.from ? window.from : window.until !== null && today > window.until ? window.until : today;
  return periodOf(window, periodNoOf(window, inside) ?? 0);
}
