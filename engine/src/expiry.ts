import { addDays, addMonths, endOfMonth, endOfYear, type LocalDate } from './calendar.ts';
import type { WalletExpiry } from './rules.ts';

/** Last local date on which points earned on `earnedOn` are good; null when they never end. They end with that day (`endOfLocalDay`). */
export function expiryDate(policy: WalletExpiry, earnedOn: LocalDate): LocalDate | null {
  switch (policy.kind) {
    case 'never': return null;
    case 'on': return policy.date;
    case 'months': {
      const date = addMonths(earnedOn, policy.months);
      if (policy.roundTo === 'day') return date;
      return policy.roundTo === 'monthEnd' ? endOfMonth(date) : endOfYear(date);
    }
  }
}

/** Local date from whose start points earned on `earnedOn` may be used; null: at once. */
export const maturityDate = (pendingDays: number, earnedOn: LocalDate): LocalDate | null =>
  (pendingDays === 0 ? null : addDays(earnedOn, pendingDays));
