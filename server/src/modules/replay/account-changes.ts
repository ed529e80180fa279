import type { Instant } from '@wracam/engine/calendar';
import type { Lot } from '@wracam/engine/ledger/book';
import type { StoredAccount } from '../ledger/index.ts';
import type { Side } from './side.ts';

/** Points to add to an account (above zero) or to take from it, with the dates of the lots that are too few or too many; what is owed has no dates. */
export type AccountChange = { readonly memberId: number; readonly walletNo: number; readonly points: number; readonly usableAt: Instant | null; readonly expiresAt: Instant | null };
type Terms = Pick<AccountChange, 'usableAt' | 'expiresAt'>;

/** How accounts of the right side differ from what is booked, by the dates of their lots. What was lent on a side is owed there. */
export function accountChanges(booked: Side, right: Side): AccountChange[] {
  const keys = [...new Set([...booked.work.set.accounts.keys(), ...right.work.set.accounts.keys()])];
  return keys.flatMap((key) => {
    const [now, wanted] = [booked.work.set.accounts.get(key), right.work.set.accounts.get(key)];
    const { memberId, walletNo } = (wanted ?? now)!;
    return changesOf(standingOf(now, booked.loans?.get(key) ?? []), standingOf(wanted, right.loans?.get(key) ?? [])).map((change) => ({ memberId, walletNo, ...change }));
  }).sort((a, b) => a.memberId - b.memberId || a.walletNo - b.walletNo);
}

type Standing = { readonly owed: number; readonly lots: ReadonlyMap<string, { readonly terms: Terms; readonly points: number }> };

function standingOf(account: StoredAccount | undefined, lent: readonly number[]): Standing {
  const lots = new Map<string, { terms: Terms; points: number }>();
  let owed = account?.debt ?? 0;
  for (const lot of account?.lots.values() ?? []) {
    if (lent.includes(lot.seq)) { owed += lot.points - lot.remaining; continue; }
    if (lot.remaining === 0) continue;
    const terms = termsOf(lot);
    const key = `${terms.usableAt}:${terms.expiresAt}`;
    lots.set(key, { terms, points: (lots.get(key)?.points ?? 0) + lot.remaining });
  }
  return { owed, lots };
}

const termsOf = (lot: Lot): Terms => ({ usableAt: lot.pending ? lot.usableAt : null, expiresAt: lot.expiresAt });

function changesOf(now: Standing, wanted: Standing): (Terms & { points: number })[] {
  const changes: (Terms & { points: number })[] = [];
  for (const key of new Set([...now.lots.keys(), ...wanted.lots.keys()])) {
    const points = (wanted.lots.get(key)?.points ?? 0) - (now.lots.get(key)?.points ?? 0);
    if (points !== 0) changes.push({ ...(wanted.lots.get(key) ?? now.lots.get(key))!.terms, points });
  }
  const lessOwed = now.owed - wanted.owed;
  // Points that repay a debt come first; they need no date where they all go into it, and live as long as the longest of the others where not.
  if (lessOwed !== 0) changes.push({ usableAt: null, expiresAt: longest(changes), points: lessOwed });
  return changes.sort((a, b) => b.points - a.points);
}

const longest = (changes: readonly Terms[]): Instant | null => {
  const dates = changes.flatMap(({ expiresAt }) => expiresAt ?? []);
  return dates.length === 0 ? null : Math.max(...dates);
};
