import { addDays, dateOf, dayNumberOf, endOfMonth, endOfQuarter, endOfYear, type LocalDate } from '../calendar.ts';
import type { TargetDefinition, TargetWindow } from './definition.ts';

/** A stretch of local dates, both included. `no` tells it from the window's other periods, for ever. */
export type TargetPeriod = { readonly no: number; readonly from: LocalDate; readonly until: LocalDate };

const ENDS = { month: endOfMonth, quarter: endOfQuarter, year: endOfYear } as const;

function firstOf(every: keyof typeof ENDS, date: LocalDate): LocalDate {
  const year = date.slice(0, 5);
  const month = Number(date.slice(5, 7));
  const first = every === 'year' ? 1 : every === 'quarter' ? month - ((month - 1) % 3) : month;
  return `${year}${String(first).padStart(2, '0')}-01`;
}

/** The period that a local date lies in, cut off where the window begins and ends; null outside the window. */
export function targetPeriod(window: TargetWindow, date: LocalDate): TargetPeriod | null {
  if (date < window.from || (window.until !== null && date > window.until)) return null;
  // A window that runs once has its end; `validateTarget` sees to it.
  if (window.every === 'once') return { no: 0, from: window.from, until: window.until ?? window.from };
  const first = firstOf(window.every, date);
  const last = ENDS[window.every](date);
  return { no: dayNumberOf(first), from: first < window.from ? window.from : first, until: window.until !== null && window.until < last ? window.until : last };
}

/** A period by its number; null when the window has none of it. */
export function targetPeriodOf(window: TargetWindow, no: number): TargetPeriod | null {
  if (window.every === 'once') return no === 0 ? targetPeriod(window, window.from) : null;
  const date = dateOf(no);
  const found = targetPeriod(window, date < window.from ? window.from : date);
  return found?.no === no ? found : null;
}

/** The last local date on which what happened in a period still counts. */
export const countsUntil = ({ returnDays }: Pick<TargetDefinition, 'returnDays'>, period: TargetPeriod): LocalDate => addDays(period.until, returnDays);

/** Periods that have begun by `today` and still counted when the target was started, the oldest first. */
export function begunPeriods(definition: Pick<TargetDefinition, 'window' | 'returnDays'>, startedOn: LocalDate, today: LocalDate): TargetPeriod[] {
  const { window } = definition;
  const found: TargetPeriod[] = [];
  const earliest = addDays(startedOn, -definition.returnDays);
  for (let date = earliest < window.from ? window.from : earliest; date <= today;) {
    const period = targetPeriod(window, date);
    if (period === null) break;
    found.push(period);
    date = addDays(period.until, 1);
  }
  // A window that ended while its returns still counted.
  if (found.length === 0 && window.until !== null && today > window.until) {
    const last = targetPeriod(window, window.until);
    if (last !== null && countsUntil(definition, last) >= startedOn) found.push(last);
  }
  return found.filter((period) => period.from <= today);
}

/** The period that people look at on `today`: the one that runs, the first before the window, the last after it. */
export function shownTargetPeriod(window: TargetWindow, today: LocalDate): TargetPeriod {
  const inside = today < window.from ? window.from : window.until !== null && today > window.until ? window.until : today;
  return targetPeriod(window, inside)!;
}

/** A period as data tells it: 2026-11, 2026-Q4, 2026, or its two dates. */
export function periodCode({ every }: TargetWindow, { from, until }: TargetPeriod): string {
  switch (every) {
    case 'month': return from.slice(0, 7);
    case 'quarter': return `${from.slice(0, 4)}-Q${Math.ceil(Number(from.slice(5, 7)) / 3)}`;
    case 'year': return from.slice(0, 4);
    case 'once': return `${from}/${until}`;
  }
}
