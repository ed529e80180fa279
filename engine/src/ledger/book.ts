import type { Instant } from '../calendar.ts';
import type { Points } from '../points.ts';

/** How points move; the numbers are the database's. */
export const TRANSFER_KINDS = { earn: 1, return: 2, spend: 3, refund: 4, adjust: 5, move: 6, expire: 7, reverse: 8 } as const;
export type TransferKind = keyof typeof TRANSFER_KINDS;
/** The program's own side of a transfer: a code, not a row, so there is nothing to lock. Null: another member's account. */
export const SIDES = { issued: 1, spent: 2, expired: 3, adjusted: 4, debt: 5 } as const;
export type Side = keyof typeof SIDES;
export const ORIGINS = { transaction: 1, order: 2, hold: 3, adjustment: 4, import: 5, system: 6, member: 7 } as const;
export type OriginKind = keyof typeof ORIGINS;
export type Origin = { readonly kind: OriginKind; readonly id: number | null };

/** Points with one expiry. `points = remaining + expired + what was drawn`. */
export type Lot = {
  readonly seq: number; readonly points: Points; remaining: Points; expired: Points;
  /** Not usable before `usableAt`. */
  pending: boolean; readonly usableAt: Instant | null; expiresAt: Instant | null; readonly originId: number | null;
  /** Written to the database already; the others are new in this book. */
  readonly stored: boolean; changed: boolean;
  /** Its end moved (`keepAlive`). */
  moved?: boolean;
};
/** A member's wallet while it is worked on under the member's lock. */
export type Account = {
  readonly memberId: number; readonly walletNo: number; debtLimit: Points; readonly stored: boolean;
  available: Points; pending: Points; held: Points; debt: Points; seq: number; nextDueAt: Instant | null; changed: boolean;
  /** The nearest expiry dates with the points that go then; fewer than `SOONEST_MAX` of them means that there are no others. */
  soonest: Expiring[];
  /** The lots of this book; all of the account's that matter only when `lotsRead`: earning needs none of the others. */
  readonly lots: Map<number, Lot>; lotsRead: boolean;
};
export type Expiring = { readonly at: Instant; readonly points: Points };
/** Dates that the account's row carries, so that a till can say "120 points go on 31 December" without reading lots. */
export const SOONEST_MAX = 3;
/** The other side of a transfer between two members. */
export type Counter = { readonly memberId: number; readonly seq: number };
export type Draw = { readonly seq: number; readonly points: Points };
export type Transfer = {
  readonly memberId: number; readonly walletNo: number; readonly seq: number; readonly kind: TransferKind; readonly side: Side | null; readonly incoming: boolean;
  /** There exactly where `side` is null. */
  readonly counter?: Counter;
  readonly points: Points; readonly owed: Points; readonly origin: Origin; readonly draws: readonly Draw[] | null; readonly reversesSeq: number | null;
  readonly rulesetNo: number | null; readonly note: string | null;
};
/** One transaction's work on the ledger: what it did, to be written in a few statements. */
export type Book = { readonly now: Instant; readonly transfers: Transfer[] };

export const openBook = (now: Instant): Book => ({ now, transfers: [] });

export const newAccount = (memberId: number, walletNo: number, debtLimit: Points): Account =>
  ({ memberId, walletNo, debtLimit, stored: false, available: 0, pending: 0, held: 0, debt: 0, seq: 0, nextDueAt: null, changed: true, soonest: [], lots: new Map(), lotsRead: true });

/** The account's lots; a bug when the caller did not read them. */
export function lotsOf(account: Account): Map<number, Lot> {
  if (!account.lotsRead) throw new Error('the lots of this account were not read');
  return account.lots;
}

/** First to expire first, then the oldest; undated lots go last. */
export const bySoonestExpiry = (a: Lot, b: Lot) => (a.expiresAt ?? Infinity) - (b.expiresAt ?? Infinity) || a.seq - b.seq;

const soonest = (a: Instant | null, b: Instant | null) => (a === null ? b : b === null ? a : Math.min(a, b));
const dueOf = (lot: Lot): Instant | null => (lot.remaining === 0 ? null : lot.pending ? soonest(lot.usableAt, lot.expiresAt) : lot.expiresAt);

/** Earliest maturity or expiry among the account's lots. */
export function nextDue(lots: Iterable<Lot>): Instant | null {
  let due: Instant | null = null;
  for (const lot of lots) due = soonest(due, dueOf(lot));
  return due;
}

type NewTransfer = Omit<Transfer, 'memberId' | 'walletNo' | 'seq' | 'owed' | 'draws' | 'reversesSeq' | 'rulesetNo' | 'note'> & Partial<Pick<Transfer, 'owed' | 'draws' | 'reversesSeq' | 'rulesetNo' | 'note'>>;

/** Adds a transfer to the account's chain. Positions count from 1 without a gap. */
export function append(book: Book, account: Account, transfer: NewTransfer): Transfer {
  account.seq += 1;
  account.changed = true;
  const booked: Transfer & { counter?: Counter } = {
    memberId: account.memberId, walletNo: account.walletNo, seq: account.seq, kind: transfer.kind, side: transfer.side, incoming: transfer.incoming, points: transfer.points,
    owed: transfer.owed ?? 0, origin: transfer.origin, draws: transfer.draws ?? null, reversesSeq: transfer.reversesSeq ?? null, rulesetNo: transfer.rulesetNo ?? null, note: transfer.note ?? null,
  };
  if (transfer.counter) booked.counter = transfer.counter;
  book.transfers.push(booked);
  return booked;
}

/** Opens the lot that a transfer brought. */
export function openLot(account: Account, transfer: Transfer, terms: { usableAt: Instant | null; expiresAt: Instant | null }, now: Instant): Lot {
  const pending = terms.usableAt !== null && terms.usableAt > now;
  const lot: Lot = {
    seq: transfer.seq, points: transfer.points, remaining: transfer.points, expired: 0, pending, usableAt: pending ? terms.usableAt : null, expiresAt: terms.expiresAt,
    originId: transfer.origin.id, stored: false, changed: true,
  };
  account.lots.set(lot.seq, lot);
  if (pending) account.pending += lot.points; else account.available += lot.points;
  account.nextDueAt = soonest(account.nextDueAt, dueOf(lot));
  if (lot.expiresAt !== null) addExpiring(account, lot.expiresAt, lot.points);
  return lot;
}

/** Takes an expiry into the summary that the account's row carries. */
export function addExpiring(account: Account, at: Instant, points: Points): void {
  const known = account.soonest;
  const same = known.findIndex((one) => one.at === at);
  if (same >= 0) { known[same] = { at, points: known[same]!.points + points }; return; }
  if (known.length === SOONEST_MAX && at > known[SOONEST_MAX - 1]!.at) return;
  known.push({ at, points });
  known.sort((a, b) => a.at - b.at);
  known.length = Math.min(known.length, SOONEST_MAX);
}

/** All expiry dates of the lots with the points that go then, soonest first. */
export function expiringOf(lots: Iterable<Pick<Lot, 'remaining' | 'expiresAt'>>): Expiring[] {
  const byDate = new Map<Instant, Points>();
  for (const lot of lots) if (lot.expiresAt !== null && lot.remaining > 0) byDate.set(lot.expiresAt, (byDate.get(lot.expiresAt) ?? 0) + lot.remaining);
  return [...byDate].map(([at, points]) => ({ at, points })).sort((a, b) => a.at - b.at);
}

/** After lots were drawn on or filled again: the row's summary follows them. */
export function refreshExpiring(account: Account): void {
  if (account.lotsRead) account.soonest = expiringOf(account.lots.values()).slice(0, SOONEST_MAX);
}

/** Takes up to `points` from lots in the given order. Returns what was taken, lot by lot. */
export function draw(account: Account, lots: Iterable<Lot>, points: Points): Draw[] {
  const draws: Draw[] = [];
  let left = points;
  for (const lot of lots) {
    const take = Math.min(lot.remaining, left);
    if (take <= 0) continue;
    lot.remaining -= take;
    lot.changed = true;
    if (lot.pending) account.pending -= take; else account.available -= take;
    account.changed = true;
    draws.push({ seq: lot.seq, points: take });
    left -= take;
    if (left === 0) break;
  }
  refreshExpiring(account);
  return draws;
}

/** Puts points back into the lots that they were drawn from. */
export function giveBack(account: Account, draws: readonly Draw[]): void {
  for (const { seq, points } of draws) {
    const lot = lotsOf(account).get(seq);
    if (!lot) throw new Error('a lot that was drawn on is missing');
    lot.remaining += points;
    lot.changed = true;
    if (lot.pending) account.pending += points; else account.available += points;
    account.changed = true;
    account.nextDueAt = soonest(account.nextDueAt, dueOf(lot));
  }
  refreshExpiring(account);
}

export const sumDraws = (draws: readonly Draw[]): Points => draws.reduce((sum, one) => sum + one.points, 0);
