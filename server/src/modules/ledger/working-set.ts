import type { Instant, LocalDate } from '@wracam/engine/calendar';
import { newAccount, openBook, type Account, type Book, type Draw, type Origin } from '@wracam/engine/ledger/book';
import { settle } from '@wracam/engine/ledger/moves';
import { GENESIS } from './chain.ts';

/** The row that is a member's lock, with the facts that rules read. */
export type MemberLedger = {
  readonly memberId: number; state: 'active' | 'blocked' | 'closed'; readonly kind: 'person' | 'company'; readonly joinedOn: LocalDate;
  salesCount: number; spentMinor: number; lastSaleOn: LocalDate | null; caps: string | null; readonly suspended: boolean; changed: boolean;
  /** Is what the member does kept by day, for levels. */
  readonly counted: boolean;
};
export type StoredAccount = Account & { head: Buffer };
/** What one transaction holds of the ledger: members under lock, their accounts, and what was done. Written once, at the end. */
export type WorkingSet = {
  readonly programId: number; readonly test: boolean; readonly book: Book; readonly members: Map<number, MemberLedger>; readonly accounts: Map<string, StoredAccount>;
  readonly holds: NewHold[]; readonly resolutions: HoldResolution[];
  /** Instants of the first transfers, written when time moves on (`setNow`); those after them are of the book's now. */
  readonly instants: Instant[];
};
/** A reservation that this transaction makes; `draws` are the lots it holds points of. `madeAt`: history's own instant, else the book's now. */
export type NewHold = { readonly id: number; readonly memberId: number; readonly walletNo: number; readonly points: number; readonly draws: readonly Draw[]; readonly origin: Origin; readonly expiresAt: Instant | null; readonly madeAt?: Instant };
/** `transferSeq`: the spend of a captured hold; null: released. `at` as `madeAt`. */
export type HoldResolution = { readonly holdId: number; readonly transferSeq: number | null; readonly hadExpiry: boolean; readonly at?: Instant };
export type WalletPolicy = { readonly no: number; readonly debtLimit: number };

export const accountKey = (memberId: number, walletNo: number) => `${memberId}:${walletNo}`;

export const newWorkingSet = (programId: number, test: boolean, now: Instant): WorkingSet =>
  ({ programId, test, book: openBook(now), members: new Map(), accounts: new Map(), holds: [], resolutions: [], instants: [] });

/** The member's account, made when it is used for the first time; the member's row is locked already, so two first uses cannot meet. */
export function accountOf(set: WorkingSet, memberId: number, wallet: WalletPolicy): StoredAccount {
  const key = accountKey(memberId, wallet.no);
  let account = set.accounts.get(key);
  if (!account) {
    account = Object.assign(newAccount(memberId, wallet.no, wallet.debtLimit), { head: GENESIS });
    set.accounts.set(key, account);
  // The wallet's limit may have changed since the account was made; what is owed already stays owed.
  } else if (account.debtLimit !== wallet.debtLimit) account.debtLimit = Math.max(wallet.debtLimit, account.debt);
  return account;
}

/** Books what is due on every account of the set. */
export function settleAll(set: WorkingSet): void {
  for (const account of set.accounts.values()) settle(set.book, account);
}

/** Books what is due on an account, each at the instant when it fell due, as the nightly work does; the book's now is the last of them it looks at. */
export function settleInTurn(set: WorkingSet, account: StoredAccount): void {
  const until = set.book.now;
  while (account.nextDueAt !== null && account.nextDueAt <= until) {
    setNow(set, account.nextDueAt);
    settle(set.book, account);
  }
  setNow(set, until);
}

/** Moves the working set's time on: history is loaded with `now` = the instant of each document. */
export function setNow(set: WorkingSet, now: Instant): void {
  while (set.instants.length < set.book.transfers.length) set.instants.push(set.book.now);
  (set.book as { now: Instant }).now = now;
}
