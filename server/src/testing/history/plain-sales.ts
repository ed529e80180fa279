import { split, sumOf, type Facts, type Piece } from './plain-points.ts';
import type { Taken } from './plain-purse.ts';
import type { HistoryLine, Step } from './steps.ts';

export type Line = HistoryLine & { left: { quantity: number; amountMinor: number } };
/** When a document came, also one that had to wait: its place among all, and who was in the club. */
export type Arrival = { readonly at: number; readonly club: readonly boolean[] };
export type Sale = {
  readonly key: string; /** Null: nobody has it. */ member: number | null; readonly day: number; readonly lines: readonly Line[]; readonly totalMinor: number; facts: Facts; readonly came: Arrival;
  readonly paid: { readonly points: number; readonly amountMinor: number; readonly from: readonly Taken[] } | null; kept: readonly number[]; booked: readonly number[]; refunded: number; /** The most that had been refunded at once. */ refundedMost: number; voided: boolean;
  /** What came back of it and what was put in its place, in turn. */ readonly backs: Waiting[];
};
/** What came back of a sale, or was said to of one that is not there. */
export type Back = { readonly category: string; readonly quantity: number; readonly amountMinor: number };
/** A document that waits for sales; one for all that it waits for. `day`: its own. */
export type Waiting = { readonly step: Extract<Step, { kind: 'return' | 'refund' | 'correction' | 'amend' }>; readonly day: number; readonly back: Back[]; readonly missing: Set<string>; /** A sale that it names is there. */ met: boolean; told: boolean;
  /** What it takes of sales, by sale and line; of a return that was corrected, what the corrections take. */ readonly held: Map<string, Map<string, Line['left']>>; /** What it asked for beyond what was left, by sale and line; '' for a total. */ readonly beyond: Map<string, Map<string, Line['left']>>; /** The return that it corrects. */ readonly first: Waiting | null; corrected: boolean; undone: boolean; /** What it came to by its own word. */ saidMinor: number; readonly came: Arrival };

const paidShares = (sale: Pick<Sale, 'lines' | 'paid'>) => (sale.paid ? split(Math.min(sale.paid.amountMinor, sumOf(sale.lines.map((line) => line.amountMinor))), sale.lines.map((line) => line.amountMinor)) : sale.lines.map(() => 0));
export const isGone = (line: Line) => line.left.quantity <= 0 || line.left.amountMinor <= 0;

/** The sale as if only what is left had been bought. */
export function remainder(sale: Pick<Sale, 'lines' | 'paid' | 'totalMinor'>): { pieces: Piece[]; totalMinor: number; paidMinor: number } {
  const shares = paidShares(sale);
  const pieces = sale.lines.flatMap((line, i): Piece[] => {
    const back = line.amountMinor - line.left.amountMinor;
    return isGone(line) ? [] : [{ kind: line.kind, category: line.category, amountMinor: line.left.amountMinor, paidMinor: shares[i]! - Math.floor((shares[i]! * back) / line.amountMinor) }];
  });
  return { pieces, totalMinor: sale.totalMinor - sumOf(sale.lines.map((line) => line.amountMinor - line.left.amountMinor)), paidMinor: sumOf(pieces.map((piece) => piece.paidMinor)) };
}

/** A return's line takes quantity and money; the last piece or the last grosz takes the rest. */
export function takeLine(line: Line, quantity: number | null, amountMinor: number | null): void {
  const { left } = line;
  if (quantity === null && amountMinor === null) {
    line.left = { quantity: 0, amountMinor: 0 };
    return;
  }
  const pieces = Math.min(quantity ?? 0, left.quantity);
  const worth = (of: number) => line.amountMinor - Math.floor((line.amountMinor * (line.quantity - of)) / line.quantity);
  const money = Math.min(amountMinor ?? worth(left.quantity) - worth(left.quantity - pieces), left.amountMinor);
  line.left = { quantity: left.quantity - pieces, amountMinor: left.amountMinor - money };
  if (isGone(line)) line.left = { quantity: 0, amountMinor: 0 };
}

export const leftMinor = (sale: Pick<Sale, 'lines'>) => sumOf(sale.lines.map((line) => line.left.amountMinor));
