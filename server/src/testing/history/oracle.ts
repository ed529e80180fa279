import { BUDGET, type HistoryLine, type Step } from './steps.ts';

/**
 * The whole history once more, slowly and plainly: nothing of the engine or the ledger is used here, only the promises of
 * `design/engine`: what a sale keeps is min(f(what remains), f(all)) with the facts of its booking; what a return frees under a cap is free
 * for later documents; what paid for returned goods comes back.
 */
type Line = HistoryLine & { left: { quantity: number; amountMinor: number } };
type Facts = { readonly first: boolean; readonly weekday: number; readonly dayRoom: number; readonly budgetRoom: number };
type Sale = {
  readonly key: string; readonly member: number; readonly day: number; readonly lines: readonly Line[]; readonly totalMinor: number; readonly facts: Facts;
  readonly paid: { readonly points: number; readonly amountMinor: number } | null; kept: readonly number[]; readonly booked: readonly number[]; refunded: number; voided: boolean; returned: boolean;
};
type Waiting = { readonly step: Extract<Step, { kind: 'return' | 'refund' | 'correction' }> };

export type Oracle = { play(step: Step): 'booked' | 'refused'; net(member: number): number };

const RULES = 7;
const KAWA = 2;
const LIMITED = 3;
const POOL = 6;
const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0);

/** Whole parts that add up; what is over goes to the largest remainders, of equals to the first. */
function split(total: number, weights: readonly number[]): number[] {
  const sum = sumOf(weights);
  if (sum === 0) return split(total, weights.map(() => 1));
  const parts = weights.map((weight) => Number((BigInt(total) * BigInt(weight)) / BigInt(sum)));
  const rest = weights.map((weight, i) => ({ i, rest: Number((BigInt(total) * BigInt(weight)) % BigInt(sum)) })).sort((a, b) => b.rest - a.rest || a.i - b.i);
  for (let over = total - sumOf(parts), k = 0; k < over; k += 1) parts[rest[k]!.i]! += 1;
  return parts;
}

type Piece = { readonly kind: string; readonly category: string; readonly amountMinor: number; readonly paidMinor: number };

/** f: what the rules give for these lines, by rule, in the order of HISTORY_RULES. */
function plainPoints(pieces: readonly Piece[], totalMinor: number, facts: Facts): number[] {
  const points = new Array<number>(RULES).fill(0);
  const counts = pieces.map((piece) => piece.kind === 'goods');
  const amounts = pieces.map((piece, i) => (counts[i] ? piece.amountMinor - piece.paidMinor : 0));
  if (!counts.some(Boolean)) return points;
  const all = sumOf(amounts);
  const spread = all > 0 ? amounts : counts.map((one) => (one ? 1 : 0));
  const byLine: number[][] = points.map(() => pieces.map(() => 0));
  const give = (rule: number, some: number, weights: readonly number[]) => {
    points[rule] = some;
    if (some > 0) byLine[rule] = split(some, weights);
  };
  give(0, Math.floor(all / 1000), spread);
  if (totalMinor >= 10_000) give(1, 50, spread);
  const nearest = amounts.map((amount, i) => (counts[i] ? Math.floor((amount * 3 * 2 + 700) / 1400) : 0));
  give(LIMITED, sumOf(nearest), nearest);
  if (facts.first) give(4, 25, spread);
  else if (facts.weekday >= 6) give(5, 10, spread);
  give(POOL, Math.ceil(all / 500), spread);
  pieces.forEach((piece, i) => { if (counts[i] && piece.category === 'kawa') points[KAWA]! += sumOf(byLine.map((parts) => parts[i]!)); });
  points[LIMITED] = Math.min(points[LIMITED]!, 40, facts.dayRoom);
  points[POOL] = Math.min(points[POOL]!, facts.budgetRoom);
  return points;
}

const paidShares = (sale: Pick<Sale, 'lines' | 'paid'>) => (sale.paid ? split(Math.min(sale.paid.amountMinor, sumOf(sale.lines.map((line) => line.amountMinor))), sale.lines.map((line) => line.amountMinor)) : sale.lines.map(() => 0));
const isGone = (line: Line) => line.left.quantity <= 0 || line.left.amountMinor <= 0;

/** The sale as if only what is left had been bought. */
function remainder(sale: Pick<Sale, 'lines' | 'paid' | 'totalMinor'>): { pieces: Piece[]; totalMinor: number; paidMinor: number } {
  const shares = paidShares(sale);
  const pieces = sale.lines.flatMap((line, i): Piece[] => {
    const back = line.amountMinor - line.left.amountMinor;
    return isGone(line) ? [] : [{ kind: line.kind, category: line.category, amountMinor: line.left.amountMinor, paidMinor: shares[i]! - Math.floor((shares[i]! * back) / line.amountMinor) }];
  });
  return { pieces, totalMinor: sale.totalMinor - sumOf(sale.lines.map((line) => line.amountMinor - line.left.amountMinor)), paidMinor: sumOf(pieces.map((piece) => piece.paidMinor)) };
}

/** Which rules keep how much: each at most its own, then what the others left over fills up from the first. */
function keptOf(booked: readonly number[], left: readonly number[]): number[] {
  const kept = booked.map((points, i) => Math.min(points, left[i]!));
  let spare = Math.min(sumOf(booked), sumOf(left)) - sumOf(kept);
  return kept.map((points, i) => {
    const more = Math.min(spare, booked[i]! - points);
    spare -= more;
    return points + more;
  });
}

/** A return's line takes quantity and money; the last piece or the last grosz takes the rest. */
function takeLine(line: Line, quantity: number | null, amountMinor: number | null): void {
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

/** `weekdayOf` a day's number: 1 is Monday. */
export function makeOracle(members: number, weekdayOf: (day: number) => number): Oracle {
  const sales = new Map<string, Sale>();
  const seen = new Map<string, Step>();
  const waiting = new Map<string, Waiting[]>();
  const spent = new Array<number>(members).fill(0);
  const salesCount = new Array<number>(members).fill(0);
  const all = () => [...sales.values()];
  const net = (member: number) => sumOf(all().filter((sale) => sale.member === member).map((sale) => sumOf(sale.kept) + sale.refunded)) - spent[member]!;

  function book(key: string, member: number, day: number, lines: readonly HistoryLine[], paid: Sale['paid']): void {
    const own = lines.map((line) => ({ ...line, left: { quantity: line.quantity, amountMinor: line.amountMinor } }));
    const facts: Facts = {
      first: salesCount[member] === 0, weekday: weekdayOf(day),
      dayRoom: Math.max(0, 60 - sumOf(all().filter((sale) => sale.member === member && sale.day === day).map((sale) => sale.kept[LIMITED]!))),
      budgetRoom: Math.max(0, BUDGET - sumOf(all().map((sale) => sale.kept[POOL]!))),
    };
    const totalMinor = sumOf(lines.map((line) => line.amountMinor));
    const whole = remainder({ lines: own, paid, totalMinor });
    const booked = plainPoints(whole.pieces, totalMinor, facts);
    sales.set(key, { key, member, day, lines: own, totalMinor, facts, paid, booked, kept: booked, refunded: 0, voided: false, returned: false });
    salesCount[member]! += 1;
    if (paid) spent[member]! += paid.points;
  }

  function settle(sale: Sale, takenMinor: number): void {
    const rest = remainder(sale);
    sale.kept = rest.pieces.length === 0 ? sale.booked.map(() => 0) : keptOf(sale.booked, plainPoints(rest.pieces, rest.totalMinor, sale.facts));
    if (sale.paid) sale.refunded = Math.max(sale.refunded, Math.floor((sale.paid.points * (sale.paid.amountMinor - rest.paidMinor)) / sale.paid.amountMinor));
    if (takenMinor > 0 && sale.lines.every((line) => line.left.amountMinor === 0)) salesCount[sale.member] = Math.max(0, salesCount[sale.member]! - 1);
    sale.returned = true;
  }

  function giveBack(sale: Sale, step: Waiting['step']): void {
    const before = sumOf(sale.lines.map((line) => line.left.amountMinor));
    const asked = step.kind === 'return' ? step.of.filter((one) => one.key === sale.key) : [];
    for (const { lineId, quantity, amountMinor } of asked) {
      const line = sale.lines.find((one) => one.lineId === lineId);
      if (line) takeLine(line, quantity === 0 ? null : quantity, amountMinor);
    }
    if (step.kind === 'correction' || (step.kind === 'refund' && (before === 0 || step.totalMinor >= before))) for (const line of sale.lines) takeLine(line, null, step.kind === 'correction' || before === 0 ? null : line.left.amountMinor);
    else if (step.kind === 'refund') split(step.totalMinor, sale.lines.map((line) => line.left.amountMinor)).forEach((part, i) => { if (part > 0) takeLine(sale.lines[i]!, null, part); });
    settle(sale, before - sumOf(sale.lines.map((line) => line.left.amountMinor)));
  }

  /** What a document does once the sale it names is there. */
  function apply(step: Waiting['step'], key: string): void {
    const sale = sales.get(key)!;
    giveBack(sale, step);
    if (step.kind !== 'correction' || step.lines.length === 0) return;
    book(step.key, sale.member, step.day, step.lines, null);
    applyWaiting(step.key);
  }

  function applyWaiting(key: string): void {
    const late = waiting.get(key) ?? [];
    waiting.delete(key);
    for (const { step } of late) apply(step, key);
  }

  return {
    net,
    play(step) {
      if (step.kind === 'again') return step.differs && seen.has(step.key) ? 'refused' : 'booked';
      if (step.kind === 'void') {
        const sale = sales.get(step.of);
        if (!sale || sale.voided || sale.returned) return 'refused';
        for (const line of sale.lines) line.left = { quantity: 0, amountMinor: 0 };
        settle(sale, sale.totalMinor);
        sale.voided = true;
        return 'booked';
      }
      if (step.kind === 'sale') {
        if (step.pays && Math.max(0, net(step.member)) < step.pays.points) return 'refused';
        seen.set(step.key, step);
        book(step.key, step.member, step.day, step.lines, step.pays);
        applyWaiting(step.key);
        return 'booked';
      }
      seen.set(step.key, step);
      for (const key of new Set(step.kind === 'return' ? step.of.map((one) => one.key) : [step.of])) {
        if (sales.has(key)) apply(step, key);
        else waiting.set(key, [...(waiting.get(key) ?? []), { step }]);
      }
      return 'booked';
    },
  };
}
