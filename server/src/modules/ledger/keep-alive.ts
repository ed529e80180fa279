import { addMonths, endOfLocalDay, localDate, type Instant } from '@wracam/engine/calendar';
import { keepAlive } from '@wracam/engine/ledger/moves';
import type { WalletExpiry } from '@wracam/engine/rules';
import type { StoredAccount } from './working-set.ts';

/**
 * The member earned or spent: where points end by inactivity, they live on for the wallet's months from the local date of `at`, the instant
 * of that transfer. So the end of every dated lot can be told from the chain: the last earning or spending and the months.
 */
export function keepUsed(account: StoredAccount, expiry: WalletExpiry, timeZone: string, at: Instant): void {
  if (expiry.kind === 'inactivity') keepAlive(account, endOfLocalDay(timeZone, addMonths(localDate(timeZone, at), expiry.months)));
}
