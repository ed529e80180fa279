import { addDays, addMonths, endOfMonth, endOfQuarter, endOfYear, type LocalDate } from './calendar.ts';
import type { WalletExpiry } from './rules.ts';

/** Last local date on which points earned on `earnedOn` are good; null when they never end. They end with that day (`endOfLocalDay`). */
export function expiryDate(policy: WalletExpiry, earnedOn: LocalDate): LocalDate | null {
  switch (policy.kind) {
    case 'never': return null;
    case 'on': return policy.date;
    case 'months': return roundUpTo[policy.roundTo](addMonths(earnedOn, policy.months));
    case 'yearly': return nextYearly(policy, addMonths(earnedOn, policy.afterMonths));
    case 'inactivity': return addMonths(earnedOn, policy.months);
  }
}

const roundUpTo = { day: (date: LocalDate) => date, monthEnd: endOfMonth, quarterEnd: endOfQuarter, yearEnd: endOfYear };

/** The first such day of a year on `from` or later. */
function nextYearly({ month, day }: { readonly month: number; readonly day: number }, from: LocalDate): LocalDate {
  const inYearOf = (date: LocalDate): LocalDate => {
    const ofMonth = `${date.slice(0, 4)}-${String(month).padStart(2, '0')}`;
    const wanted = `${ofMonth}-${String(day).padStart(2, '0')}`;
    const last = endOfMonth(`${ofMonth}-01`);
    return wanted < last ? wanted : last;
  };
  const sameYear = inYearOf(from);
  return sameYear >= from ? sameYear : inYearOf(addMonths(`${from.slice(0, 4)}-01-01`, 12));
}

/** Local date from whose start points earned on `earnedOn` may be used; null: at once. */
export const maturityDate = (pendingDays: number, earnedOn: LocalDate): LocalDate | null =>
  (pendingDays === 0 ? null : addDays(earnedOn, pendingDays));
