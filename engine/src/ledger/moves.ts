import type { Instant } from '../calendar.ts';
import type { Points } from '../points.ts';
import { addExpiring, append, bySoonestExpiry, draw, giveBack, lotsOf, nextDue, openLot, refreshExpiring, sumDraws, type Account, type Book, type Draw, type Lot, type Origin, type Transfer, type TransferKind } from './book.ts';

export type Terms = { readonly usableAt: Instant | null; readonly expiresAt: Instant | null };

/** Lots that can be spent, what ends first going first. */
export const usable = (account: Account) => [...lotsOf(account).values()].filter((lot) => lot.remaining > 0 && !lot.pending).sort(bySoonestExpiry);

/** Of the usable lots those that points just came back to: what else is there stays out of a debt. */
export const cameBack = (account: Account, draws: readonly Draw[]) => usable(account).filter((lot) => draws.some(({ seq }) => seq === lot.seq));

/** A movement of its own from the account's lots to its debt; both go down by the same number. */
export function repayDebt(book: Book, account: Account, from: Iterable<Lot>): void {
  if (account.debt === 0) return;
  const draws = draw(account, from, account.debt);
  const points = sumDraws(draws);
  if (points === 0) return;
  account.debt -= points;
  append(book, account, { kind: 'move', side: 'debt', incoming: false, points, origin: { kind: 'system', id: null }, draws });
}

/**
 * Gives points with one expiry. New points repay a debt first; points that are not usable yet repay it when they become so, and points
 * whose expiry has passed (a document that came very late) expire at once.
 */
export function credit(book: Book, account: Account, points: Points, terms: Terms, as: { kind: 'earn' | 'adjust'; origin: Origin; rulesetNo?: number | null; note?: string | null }): Transfer {
  const transfer = append(book, account, { kind: as.kind, side: as.kind === 'earn' ? 'issued' : 'adjusted', incoming: true, points, origin: as.origin, rulesetNo: as.rulesetNo ?? null, note: as.note ?? null });
  const summaryBefore = [...account.soonest];
  const dueBefore = account.nextDueAt;
  const lot = openLot(account, transfer, terms, book.now);
  if (lot.expiresAt !== null && lot.expiresAt <= book.now) {
    expire(book, account, lot);
    // Nothing of it is due any more: the next look at this account needs none of its lots.
    account.nextDueAt = dueBefore;
  } else if (!lot.pending) repayDebt(book, account, [lot]);
  // Without the other lots a summary cannot tell which date moves up when one drops out, so it only takes in what is left of the new lot.
  if (!account.lotsRead) {
    account.soonest = summaryBefore;
    if (lot.expiresAt !== null && lot.remaining > 0) addExpiring(account, lot.expiresAt, lot.remaining);
  }
  return transfer;
}

/** Spends at once, the lot that expires first going first. Null, and nothing changes, when the usable points do not cover it. */
export function spend(book: Book, account: Account, points: Points, as: { kind: 'spend' | 'adjust'; origin: Origin; note?: string | null }): Transfer | null {
  if (account.available < points) return null;
  const draws = draw(account, usable(account), points);
  return append(book, account, { kind: as.kind, side: as.kind === 'spend' ? 'spent' : 'adjusted', incoming: false, points, origin: as.origin, draws, note: as.note ?? null });
}

/** Reserves points: lots are drawn now, so a capture never fails for expiry. Null, and nothing changes, when they do not cover it. */
export function reserve(account: Account, points: Points): Draw[] | null {
  if (account.available < points) return null;
  const draws = draw(account, usable(account), points);
  account.held += points;
  return draws;
}

/** Spends what a hold reserved. */
export function capture(book: Book, account: Account, draws: readonly Draw[], origin: Origin): Transfer {
  const points = sumDraws(draws);
  account.held -= points;
  account.changed = true;
  return append(book, account, { kind: 'spend', side: 'spent', incoming: false, points, origin, draws });
}

/** Gives reserved points back to their lots; a lot that expired meanwhile expires in the same commit. */
export function release(book: Book, account: Account, draws: readonly Draw[]): void {
  account.held -= sumDraws(draws);
  account.changed = true;
  giveBack(account, draws);
  settle(book, account);
  repayDebt(book, account, cameBack(account, draws));
}

/** Gives spent points back to the lots they came from, once for each of `draws`. */
export function refund(book: Book, account: Account, draws: readonly Draw[], origin: Origin): Transfer {
  const transfer = append(book, account, { kind: 'refund', side: 'spent', incoming: true, points: sumDraws(draws), origin, draws });
  giveBack(account, draws);
  settle(book, account);
  repayDebt(book, account, cameBack(account, draws));
  return transfer;
}

/** The part of `draws` that comes next after `skip` points, `points` of it: partial refunds walk through the same draws without overlap. */
export function sliceDraws(draws: readonly Draw[], skip: Points, points: Points): Draw[] {
  const slice: Draw[] = [];
  let before = 0;
  for (const one of draws) {
    const from = Math.max(skip, before);
    const to = Math.min(skip + points, before + one.points);
    if (to > from) slice.push({ seq: one.seq, points: to - from });
    before += one.points;
  }
  return slice;
}

export type TakenBack = {
  /** Taken from lots or owed: the transfer's points. */
  readonly points: Points;
  readonly owed: Points;
  /** Points of the sale that had expired already and so count as taken. */
  readonly expired: Points;
  /** Beyond the debt that the wallet allows: written off. */
  readonly forgiven: Points;
  /** Which lots were drawn on, in order, with what was true of them; `own`: of the sale. */
  readonly from: readonly TakenFrom[];
};
export type TakenFrom = Terms & { readonly points: Points; readonly own: boolean };

/**
 * Takes a sale's points back: its own pending lots, its own lots, what of them expired (counts as taken), other lots first to expire, then a
 * debt up to the wallet's limit. `expiredCounted`: what earlier returns of the sale already counted as taken by expiry. `sparesOthers`: other
 * lots stay, what is missing is a debt at once and comes off what is earned next. `also`: numbers of lots that are the sale's too.
 */
export function takeBack(book: Book, account: Account, points: Points, sale: { originId: number; expiredCounted: Points; sparesOthers?: boolean; also?: readonly number[] }, origin: Origin, rulesetNo: number | null): TakenBack {
  const lots = [...lotsOf(account).values()];
  // As they were given: the order in which they were read is the database's own.
  const own = lots.filter((lot) => lot.originId === sale.originId || (sale.also?.includes(lot.seq) ?? false)).sort((a, b) => a.seq - b.seq);
  const pending = new Set(own.filter((lot) => lot.pending).map((lot) => lot.seq));
  const draws = draw(account, [...own.filter((lot) => lot.pending), ...own.filter((lot) => !lot.pending)], points);
  let left = points - sumDraws(draws);
  const expired = Math.min(left, Math.max(0, own.reduce((sum, lot) => sum + lot.expired, 0) - sale.expiredCounted));
  left -= expired;
  if (left > 0 && !sale.sparesOthers) draws.push(...draw(account, usable(account), left));
  left = points - expired - sumDraws(draws);
  const owed = Math.min(left, account.debtLimit - account.debt);
  const taken = sumDraws(draws) + owed;
  if (taken > 0) {
    account.debt += owed;
    append(book, account, { kind: 'return', side: 'issued', incoming: false, points: taken, owed, origin, draws, rulesetNo });
  }
  const from = draws.map(({ seq, points: part }): TakenFrom => {
    const lot = account.lots.get(seq)!;
    return { points: part, usableAt: pending.has(seq) ? lot.usableAt : null, expiresAt: lot.expiresAt, own: own.includes(lot) };
  });
  return { points: taken, owed, expired, forgiven: left - owed, from };
}

export type TakenOff = { readonly drawn: Transfer | null; readonly owed: Transfer | null; /** Beyond the debt that the wallet allows: written off. */ readonly forgiven: Points };

/**
 * Takes points by an adjustment although they may be spent: from the `own` lots in their order, then from others first to expire, then as a
 * debt up to the wallet's limit. `sparesOthers` as in `takeBack`. What becomes a debt is a transfer of its own: drawn lots are filled again
 * by a reversal, a debt is undone by points that repay it.
 */
export function takeOff(book: Book, account: Account, points: Points, from: { own: readonly Lot[]; sparesOthers: boolean }, as: { origin: Origin; note: string | null }): TakenOff {
  const head = { kind: 'adjust', side: 'adjusted', incoming: false, ...as } as const;
  const draws = draw(account, from.own, points);
  if (!from.sparesOthers) draws.push(...draw(account, usable(account), points - sumDraws(draws)));
  const left = points - sumDraws(draws);
  const owed = Math.min(left, account.debtLimit - account.debt);
  const drawn = left < points ? append(book, account, { ...head, points: points - left, draws }) : null;
  account.debt += owed;
  return { drawn, owed: owed > 0 ? append(book, account, { ...head, points: owed, owed, draws: [] }) : null, forgiven: left - owed };
}

/** Undoes an adjustment. Null, and nothing changes, when the points it gave are not all there any more. */
export function reverseAdjustment(book: Book, account: Account, transfer: { seq: number; points: Points; incoming: boolean; draws: readonly Draw[] | null }, origin: Origin, note: string): Transfer | null {
  const head = { kind: 'reverse' as TransferKind, side: 'adjusted' as const, points: transfer.points, origin, reversesSeq: transfer.seq, note };
  if (!transfer.incoming) {
    const booked = append(book, account, { ...head, kind: 'reverse', incoming: true, draws: transfer.draws ?? [] });
    giveBack(account, transfer.draws ?? []);
    settle(book, account);
    repayDebt(book, account, cameBack(account, transfer.draws ?? []));
    return booked;
  }
  const own = lotsOf(account).get(transfer.seq);
  const others = usable(account).filter((lot) => lot !== own);
  const there = (own?.remaining ?? 0) + others.reduce((sum, lot) => sum + lot.remaining, 0);
  if (there < transfer.points) return null;
  const draws = draw(account, own ? [own, ...others] : others, transfer.points);
  return append(book, account, { ...head, kind: 'reverse', incoming: false, draws });
}

/**
 * Books every maturity and expiry that is due at the book's now, in the order in which they fell due. Every path that locks a member
 * calls it before it decides, so a late job never changes an answer.
 */
export function settle(book: Book, account: Account): void {
  if (account.nextDueAt === null || account.nextDueAt > book.now) return;
  const due = [...lotsOf(account).values()].filter((lot) => lot.remaining > 0);
  const events = due.flatMap((lot) => [
    ...(lot.pending && lot.usableAt! <= book.now ? [{ at: lot.usableAt!, lot, matures: true }] : []),
    ...(lot.expiresAt !== null && lot.expiresAt <= book.now ? [{ at: lot.expiresAt, lot, matures: false }] : []),
  ]).sort((a, b) => a.at - b.at || Number(b.matures) - Number(a.matures) || a.lot.seq - b.lot.seq);
  for (const { lot, matures } of events) (matures ? mature : expire)(book, account, lot);
  account.nextDueAt = nextDue(lotsOf(account).values());
  account.changed = true;
}

/** Makes the chosen pending lots usable before their time: what they waited for has happened. */
export function matureNow(book: Book, account: Account, chosen: (lot: Lot) => boolean): void {
  const lots = [...lotsOf(account).values()].filter((lot) => lot.pending && lot.remaining > 0 && chosen(lot)).sort((a, b) => a.seq - b.seq);
  for (const lot of lots) mature(book, account, lot);
  if (lots.length === 0) return;
  account.nextDueAt = nextDue(lotsOf(account).values());
  account.changed = true;
}

/**
 * The account was used: its dated points live on until `expiresAt`, unless they live longer already. Undated ones stay undated. The lots were
 * read and everything due is booked.
 */
export function keepAlive(account: Account, expiresAt: Instant): void {
  for (const lot of lotsOf(account).values()) {
    if (lot.remaining === 0 || lot.expiresAt === null || lot.expiresAt >= expiresAt) continue;
    lot.expiresAt = expiresAt;
    lot.changed = true;
    lot.moved = true;
    account.changed = true;
  }
  account.nextDueAt = nextDue(lotsOf(account).values());
  refreshExpiring(account);
}

function mature(book: Book, account: Account, lot: Lot): void {
  lot.pending = false;
  lot.changed = true;
  account.pending -= lot.remaining;
  account.available += lot.remaining;
  repayDebt(book, account, [lot]);
}

function expire(book: Book, account: Account, lot: Lot): void {
  const points = lot.remaining;
  if (points === 0) return;
  const draws = draw(account, [lot], points);
  lot.expired += points;
  append(book, account, { kind: 'expire', side: 'expired', incoming: false, points, origin: { kind: 'system', id: null }, draws });
}
