import type { Instant } from '@wracam/engine/calendar';
import { setNow, settleInTurn, type WorkingSet } from '../ledger/index.ts';

/** Books what falls due until an instant on every account, each at its own time. */
export function settleAccounts(set: WorkingSet, until: Instant): void {
  setNow(set, until);
  for (const account of set.accounts.values()) settleInTurn(set, account);
}
