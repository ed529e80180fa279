import { calendarParts } from './calendar.ts';
import type { CompiledRuleset } from './compile.ts';
import { assertDocument, earn, sharesOf, spreadPaid, type Earned } from './earn.ts';
import { linesOf, NO_CAPS_USED, UNKNOWN_MEMBER, type Facts, type Line, type SaleDocument } from './facts.ts';
import { readFrozen, type Frozen } from './frozen.ts';
import { roundDown, type Minor, type Points } from './points.ts';

/** What is left of a line of a sale. Quantity in thousandths. A line that is gone has both at 0. */
export type RemainingLine = { readonly lineId: string; readonly quantity: number; readonly amountMinor: Minor };

export type KeptAward = { readonly walletNo: number; readonly ruleId: number; readonly version: number; readonly booked: Points; readonly kept: Points };

/** Pieces that a rule granted, and how many of them stay. */
export type KeptGrant = { readonly ruleId: number; readonly version: number; readonly booked: number; readonly kept: number };

export type Kept = {
  /** Per wallet, by number: what stays of the sale's points. */
  readonly wallets: readonly { readonly walletNo: number; readonly booked: Points; readonly kept: Points }[];
  /** Per award of the sale, in its order; `kept` adds up to the wallet's. */
  readonly awards: readonly KeptAward[];
  /** What is not points: of each rule min(f(remaining), f(all)) pieces. */
  readonly grants: readonly KeptGrant[];
};

/**
 * What a sale keeps of its points once only `remaining` of its lines stay: min(f(remaining), f(all)) per wallet, where f is the sale's
 * own ruleset with its frozen facts, and f of no lines is 0. It depends on what remains alone, so neither the number nor the order of
 * partial returns matters. Lines that `remaining` does not name are gone. Within a wallet each award keeps at most what it gave; what
 * another rule would give for the remaining lines stands in for awards that fell away, the first first.
 * Throws RangeError when `compiled` is not the ruleset of the sale.
 */
export function keptPoints(compiled: CompiledRuleset, sale: SaleDocument, frozen: Frozen, remaining: readonly RemainingLine[]): Kept {
  assertDocument(sale);
  const paid = spreadPaid(sale);
  const all = replay(compiled, sale, frozen, paid);
  const rest = remainderOf(sale, remaining, paid);
  const left = rest === null ? null : replay(compiled, rest.document, frozen, rest.paid);
  const awards = all.earnings.flatMap((one, i) => {
    if (one === undefined || one.points === 0 || one.rule.walletIndex < 0) return [];
    const { rule, points } = one;
    return [{ walletNo: rule.walletNo, ruleId: rule.ruleId, version: rule.version, booked: points, kept: Math.min(points, left?.earnings[i]?.points ?? 0) }];
  });
  const grants = all.earnings.flatMap((one, i): KeptGrant[] => (one === undefined || one.points === 0 || one.rule.walletIndex >= 0 ? []
    : [{ ruleId: one.rule.ruleId, version: one.rule.version, booked: one.points, kept: Math.min(one.points, left?.earnings[i]?.points ?? 0) }]));
  const wallets = [...new Set(awards.map((award) => award.walletNo))].toSorted((a, b) => a - b).map((walletNo) => {
    const own = awards.filter((award) => award.walletNo === walletNo);
    const booked = own.reduce((sum, award) => sum + award.booked, 0);
    const kept = Math.min(booked, pointsOf(left, walletNo));
    let spare = kept - own.reduce((sum, award) => sum + award.kept, 0);
    for (const award of own) {
      const more = Math.min(spare, award.booked - award.kept);
      award.kept += more;
      spare -= more;
    }
    return { walletNo, booked, kept };
  });
  return { wallets, awards, grants };
}

/** The points of one wallet that each line of a sale brought, in the order of `linesOf(sale)`; they add up to what the sale gave in it. */
export function pointsByLine(compiled: CompiledRuleset, sale: SaleDocument, frozen: Frozen, walletNo: number): Points[] {
  const points = linesOf(sale).map(() => 0);
  for (const one of replay(compiled, sale, frozen, spreadPaid(sale)).earnings) {
    if (one?.rule.walletNo !== walletNo || one.rule.walletIndex < 0 || one.points === 0) continue;
    sharesOf(one).forEach((share, i) => { points[i]! += share; });
  }
  return points;
}

/** How much of what was paid with points still stands for the remaining lines; the rest goes back to the lots it came from. */
export function paidWithPointsKept(sale: SaleDocument, remaining: readonly RemainingLine[]): Minor {
  return remainderOf(sale, remaining, spreadPaid(sale))?.document.paidWithPointsMinor ?? 0;
}

/** The sale as if only the remaining lines had been bought; null when nothing is left. What a goal counts. */
export const keptDocument = (sale: SaleDocument, remaining: readonly RemainingLine[]): SaleDocument | null => remainderOf(sale, remaining, spreadPaid(sale))?.document ?? null;

/** f: the sale's rules on a document, with the facts of the sale's booking. */
function replay(compiled: CompiledRuleset, document: SaleDocument, frozen: Frozen, paid: readonly Minor[]): Earned {
  const { answers, rooms } = readFrozen(compiled, frozen);
  // Every test on the member is answered from the frozen facts; nothing reads the unknown member into an answer.
  const facts: Facts = { document, member: UNKNOWN_MEMBER, calendar: calendarParts(compiled.ruleset.timeZone, document.occurredAt), caps: NO_CAPS_USED };
  return earn(compiled, facts, answers, rooms, paid);
}

function pointsOf(earned: Earned | null, walletNo: number): Points {
  return earned?.earnings.reduce((sum, one) => sum + (one?.rule.walletNo === walletNo && one.rule.walletIndex >= 0 ? one.points : 0), 0) ?? 0;
}

/** The sale as if only the remaining lines had been bought; null when none is left. */
export function remainderOf(sale: SaleDocument, remaining: readonly RemainingLine[], paid: readonly Minor[]): { document: SaleDocument; paid: readonly Minor[] } | null {
  const left = new Map(remaining.map((one) => [one.lineId, one]));
  const lines: Line[] = [];
  const paidLeft: Minor[] = [];
  let returned = 0;
  linesOf(sale).forEach((line, i) => {
    const rest = left.get(line.lineId);
    const amountMinor = rest === undefined ? 0 : Math.max(0, Math.min(line.amountMinor, rest.amountMinor));
    returned += line.amountMinor - amountMinor;
    if (rest === undefined || isGone(line, rest)) return;
    const quantity = Math.max(0, Math.min(line.quantity, rest.quantity));
    lines.push({ ...line, amountMinor, quantity, discountMinor: discountLeft(line, amountMinor, quantity) });
    const share = paid[i] ?? 0;
    paidLeft.push(line.amountMinor === 0 ? 0 : share - roundDown(share, line.amountMinor - amountMinor, line.amountMinor));
  });
  if (lines.length === 0) return null;
  const paidWithPointsMinor = paidLeft.reduce((sum, part) => sum + part, 0);
  return { document: { ...sale, lines, totalMinor: Math.max(0, sale.totalMinor - returned), paidWithPointsMinor }, paid: paidLeft };
}

/** The part of a line's discount that stays with what is left: by amount, or by quantity where the line was free. */
function discountLeft(line: Line, amountMinor: Minor, quantity: number): Minor {
  if (line.discountMinor === 0) return 0;
  if (line.amountMinor > 0) return line.discountMinor - roundDown(line.discountMinor, line.amountMinor - amountMinor, line.amountMinor);
  return line.quantity > 0 ? line.discountMinor - roundDown(line.discountMinor, line.quantity - quantity, line.quantity) : line.discountMinor;
}

const isGone = (line: Line, rest: RemainingLine): boolean =>
  (line.quantity > 0 && rest.quantity <= 0) || (line.amountMinor > 0 && rest.amountMinor <= 0);

/** A line of a return. Both null: all that remains. Only a quantity: the amount follows from the sale's line. Only an amount: money back, goods kept. */
export type ReturnedLine = { readonly lineId: string; readonly quantity: number | null; readonly amountMinor: Minor | null };

export type AppliedReturn = {
  readonly remaining: readonly RemainingLine[];
  /** What was really taken from the sale, by return line. */
  readonly taken: readonly RemainingLine[];
  /** More than was left, or of a line the sale never had, by return line: recorded, takes no points. */
  readonly excess: readonly RemainingLine[];
};

/** The sale's lines before any return. */
export const remainingOf = (sale: SaleDocument): RemainingLine[] =>
  linesOf(sale).map(({ lineId, quantity, amountMinor }) => ({ lineId, quantity, amountMinor }));

/**
 * Takes a return's lines off what remains of a sale. A line is gone with its last quantity or its last money. Returning by quantity takes
 * the same money however the quantity is split (the sale's amount × returned ÷ bought, rounded down over all returns together).
 */
export function applyReturn(sale: SaleDocument, remaining: readonly RemainingLine[], returned: readonly ReturnedLine[]): AppliedReturn {
  const bought = new Map(linesOf(sale).map((line) => [line.lineId, line]));
  const left = new Map(remaining.map((one) => [one.lineId, one]));
  const taken: RemainingLine[] = [];
  const excess: RemainingLine[] = [];
  for (const one of returned) {
    const line = bought.get(one.lineId);
    const rest = left.get(one.lineId) ?? { lineId: one.lineId, quantity: 0, amountMinor: 0 };
    const took = line === undefined ? { lineId: one.lineId, quantity: 0, amountMinor: 0 } : takeFrom(line, rest, one);
    taken.push(took);
    excess.push({
      lineId: one.lineId,
      quantity: Math.max(0, (one.quantity ?? 0) - rest.quantity),
      amountMinor: Math.max(0, (one.amountMinor ?? 0) - rest.amountMinor),
    });
    if (line !== undefined) left.set(one.lineId, { lineId: one.lineId, quantity: rest.quantity - took.quantity, amountMinor: rest.amountMinor - took.amountMinor });
  }
  return { remaining: remaining.map((one) => left.get(one.lineId) ?? one), taken, excess };
}

function takeFrom(line: Line, rest: RemainingLine, one: ReturnedLine): RemainingLine {
  if (one.quantity === null && one.amountMinor === null) return rest;
  const quantity = Math.max(0, Math.min(one.quantity ?? 0, rest.quantity));
  const byQuantity = line.quantity > 0 ? amountFor(line, rest.quantity) - amountFor(line, rest.quantity - quantity) : 0;
  const amountMinor = Math.max(0, Math.min(one.amountMinor ?? byQuantity, rest.amountMinor));
  const after = { lineId: one.lineId, quantity: rest.quantity - quantity, amountMinor: rest.amountMinor - amountMinor };
  return isGone(line, after) ? rest : { lineId: one.lineId, quantity, amountMinor };
}

/** The amount that belongs to `quantity` of a line. */
const amountFor = (line: Line, quantity: number): Minor => line.amountMinor - roundDown(line.amountMinor, line.quantity - quantity, line.quantity);
