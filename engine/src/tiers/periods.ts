import { addMonths, dateOf, dayNumberOf, endOfMonth, endOfQuarter, endOfYear } from '../calendar.ts';

/** Over which days a measure is added up. */
export type TierPeriod =
  | { readonly kind: 'rolling'; readonly months: number }
  | { readonly kind: 'calendar'; readonly unit: 'month' | 'quarter' | 'year' }
  | { readonly kind: 'lifetime' };

/** The calendar of a period in day numbers (days since 1970-01-01); each day is worked out once. */
export type PeriodDays = {
  /** First day of the calendar period of a day; rolling and lifetime measures are told by months. */
  readonly startOf: (day: number) => number;
  readonly endOf: (day: number) => number;
  /** First day of the rolling window that ends on a day. */
  readonly windowStart: (day: number) => number;
  /** First day whose rolling window no longer holds `day`. */
  readonly leaves: (day: number) => number;
  /** The same day so many months later: the period's own length for rolling ones, else one. */
  readonly later: (day: number) => number;
};

// Days asked for lie within a few years of each other; the size only bounds what hostile dates could fill.
const KEPT_MAX = 20_000;

function remembered(work: (day: number) => number): (day: number) => number {
  const known = new Map<number, number>();
  return (day) => {
    let found = known.get(day);
    if (found === undefined) {
      if (known.size >= KEPT_MAX) known.clear();
      known.set(day, found = work(day));
    }
    return found;
  };
}

const END = { month: endOfMonth, quarter: endOfQuarter, year: endOfYear } as const;
const UNIT_MONTHS = { month: 1, quarter: 3, year: 12 } as const;

const known = new Map<string, PeriodDays>();

export function periodDays(period: TierPeriod): PeriodDays {
  const key = JSON.stringify(period);
  let days = known.get(key);
  if (days === undefined) known.set(key, days = makeDays(period));
  return days;
}

function makeDays(period: TierPeriod): PeriodDays {
  const unit = period.kind === 'calendar' ? period.unit : 'month';
  const months = period.kind === 'rolling' ? period.months : 1;
  const monthsOn = (day: number, count: number) => dayNumberOf(addMonths(dateOf(day), count));
  const endOf = remembered((day) => dayNumberOf(END[unit](dateOf(day))));
  const windowStart = remembered((day) => monthsOn(day, -months) + 1);
  return {
    endOf, windowStart,
    startOf: remembered((day) => dayNumberOf(addMonths(`${dateOf(endOf(day)).slice(0, 8)}01`, 1 - UNIT_MONTHS[unit]))),
    // Months differ in length, so the window may hold a day for a few days longer than the same day of a later month.
    leaves: remembered((day) => { let at = monthsOn(day, months); while (windowStart(at) <= day) at += 1; return at; }),
    later: remembered((day) => monthsOn(day, months)),
  };
}

/** Does all that counts in the one count in the other, for at least as long. */
export const isWider = (before: TierPeriod, after: TierPeriod): boolean =>
  after.kind === 'lifetime' || (before.kind === 'rolling' && after.kind === 'rolling' && after.months >= before.months);
