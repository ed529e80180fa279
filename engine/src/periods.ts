import { addDays, dayNumberOf, endOfMonth, endOfYear, type LocalDate } from './calendar.ts';
import { CIRCLE_KINDS, CIRCLE_PERIODS, PERIODS, type CircleCounter, type CircleKind, type CirclePeriod, type Period } from './facts.ts';
import { roundDown, type Points } from './points.ts';
import type { RuleCaps } from './rules.ts';

/** The cap that counts in a stretch of one member's time. */
export const CAP_OF = { day: 'perMemberDay', week: 'perMemberWeek', month: 'perMemberMonth', year: 'perMemberYear', ever: 'perMemberEver' } as const satisfies Record<Period, keyof RuleCaps>;

/** Stretches in which a rule's caps count. */
export const periodsOf = (caps: RuleCaps): Period[] => PERIODS.filter((period) => (caps[CAP_OF[period]] ?? null) !== null);

/** The cap that counts what a whole household or company got in a stretch of time. */
export const CIRCLE_CAP_OF = {
  'household.day': 'perHouseholdDay', 'household.month': 'perHouseholdMonth', 'household.ever': 'perHouseholdEver',
  'company.day': 'perCompanyDay', 'company.month': 'perCompanyMonth', 'company.ever': 'perCompanyEver',
} as const satisfies Record<CircleCounter, keyof RuleCaps>;

/** Every counter of a circle, with its two halves. */
export const CIRCLE_COUNTERS: readonly { readonly counter: CircleCounter; readonly kind: CircleKind; readonly period: CirclePeriod }[] =
  CIRCLE_KINDS.flatMap((kind) => CIRCLE_PERIODS.map((period) => ({ counter: `${kind}.${period}` as const, kind, period })));

/** First local date of the stretch that a date lies in; weeks begin on Monday (ISO 8601). */
export function firstDay(period: Exclude<Period, 'ever'>, date: LocalDate): LocalDate {
  switch (period) {
    case 'day': return date;
    // The 1st of January 1970 was a Thursday.
    case 'week': return addDays(date, -((((dayNumberOf(date) + 3) % 7) + 7) % 7));
    case 'month': return `${date.slice(0, 8)}01`;
    case 'year': return `${date.slice(0, 5)}01-01`;
  }
}

/** First local date after the stretch. */
export function dayAfter(period: Exclude<Period, 'ever'>, date: LocalDate): LocalDate {
  switch (period) {
    case 'day': return addDays(date, 1);
    case 'week': return addDays(firstDay('week', date), 7);
    case 'month': return addDays(endOfMonth(date), 1);
    case 'year': return addDays(endOfYear(date), 1);
  }
}

/** Points that a rule's budget for the whole program comes to, its budget in money included; null: no budget. */
export function budgetOf(caps: RuleCaps): Points | null {
  const inMoney = moneyBudget(caps);
  if (inMoney === null) return caps.perProgram;
  return caps.perProgram === null ? inMoney : Math.min(inMoney, caps.perProgram);
}

/** Is it the money that ends the budget. */
export function endsByMoney(caps: RuleCaps): boolean {
  const inMoney = moneyBudget(caps);
  return inMoney !== null && (caps.perProgram === null || inMoney < caps.perProgram);
}

const moneyBudget = ({ programMoney }: RuleCaps): Points | null =>
  (programMoney === undefined || programMoney === null ? null : roundDown(programMoney.limitMinor, 1000, programMoney.per1000));
