import type { Instant } from '../calendar.ts';
import type { Points } from '../points.ts';
import { append, draw, giveBack, lotsOf, openLot, sumDraws, type Account, type Book, type Draw, type Origin } from './book.ts';
import { cameBack, repayDebt, settle, usable } from './moves.ts';

/** One movement as both accounts have it: positions of its transfers in their chains. */
export type MovePair = { readonly from: number; readonly to: number };

/**
 * Moves usable points to another member's account in the same wallet, what ends first going first. Points keep their end: there is a pair of
 * transfers for each date. What the receiver owes is repaid by them first. Null, and nothing changes, when the points do not cover it.
 */
export function movePoints(book: Book, from: Account, to: Account, points: Points, origin: Origin): MovePair[] | null {
  if (from.available < points) return null;
  const ends = new Map<Instant | null, Draw[]>();
  for (const one of draw(from, usable(from), points)) {
    const { expiresAt } = lotsOf(from).get(one.seq)!;
    ends.set(expiresAt, [...(ends.get(expiresAt) ?? []), one]);
  }
  return [...ends].map(([expiresAt, draws]) => {
    const out = append(book, from, { kind: 'move', side: null, incoming: false, points: sumDraws(draws), origin, draws, counter: { memberId: to.memberId, seq: to.seq + 1 } });
    const come = append(book, to, { kind: 'move', side: null, incoming: true, points: out.points, origin, counter: { memberId: from.memberId, seq: out.seq } });
    repayDebt(book, to, [openLot(to, come, { usableAt: null, expiresAt }, book.now)]);
    return { from: out.seq, to: come.seq };
  });
}

export type MovedBack = MovePair & { readonly points: Points; /** Lots of the sender that the points came from. */ readonly draws: readonly Draw[] };

/**
 * Takes a movement back whole: from the very lots it brought, then from the receiver's other usable points, into the lots of the sender that
 * they came from. What is over by then expires. Null, and nothing changes, when the receiver's usable points do not cover it.
 */
export function moveBack(book: Book, from: Account, to: Account, moved: readonly MovedBack[], origin: Origin, note: string): MovePair[] | null {
  const points = moved.reduce((sum, one) => sum + one.points, 0);
  if (to.available < points) return null;
  const own = new Set(moved.map((one) => one.to));
  // Each pair takes its own lot first; what another pair will need of its own lot is taken last.
  const others = usable(to).filter((lot) => !own.has(lot.seq));
  const pairs = moved.map((one) => {
    const mine = usable(to).filter((lot) => lot.seq === one.to);
    const rest = usable(to).filter((lot) => own.has(lot.seq) && lot.seq !== one.to);
    const out = append(book, to, { kind: 'reverse', side: null, incoming: false, points: one.points, origin, note, reversesSeq: one.to, draws: draw(to, [...mine, ...others, ...rest], one.points), counter: { memberId: from.memberId, seq: from.seq + 1 } });
    const come = append(book, from, { kind: 'reverse', side: null, incoming: true, points: one.points, origin, note, reversesSeq: one.from, draws: one.draws, counter: { memberId: to.memberId, seq: out.seq } });
    giveBack(from, one.draws);
    return { from: come.seq, to: out.seq };
  });
  settle(book, from);
  repayDebt(book, from, cameBack(from, moved.flatMap((one) => one.draws)));
  return pairs;
}
