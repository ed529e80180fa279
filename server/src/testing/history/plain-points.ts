/** What the rules of the history ask of a member and a day. */
export type Facts = { readonly first: boolean; readonly level: string | null; readonly weekday: number; readonly dayRoom: number; readonly budgetRoom: number; readonly large: boolean; readonly largeDays: number | null; readonly steady: boolean; readonly steadyDays: number | null; readonly club: boolean };

export const RULES = 13;
const KAWA = 2;
export const LIMITED = 3;
export const POOL = 6;
const LEVEL = 7;
/** What levels add, in per cents. */
const MORE: Readonly<Record<string, number>> = { srebrny: 25, zloty: 60 };
export const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0);

/** Whole parts that add up; what is over goes to the largest remainders, of equals to the first. */
export function split(total: number, weights: readonly number[]): number[] {
  const sum = sumOf(weights);
  if (sum === 0) return split(total, weights.map(() => 1));
  const parts = weights.map((weight) => Number((BigInt(total) * BigInt(weight)) / BigInt(sum)));
  const rest = weights.map((weight, i) => ({ i, rest: Number((BigInt(total) * BigInt(weight)) % BigInt(sum)) })).sort((a, b) => b.rest - a.rest || a.i - b.i);
  for (let over = total - sumOf(parts), k = 0; k < over; k += 1) parts[rest[k]!.i]! += 1;
  return parts;
}

export type Piece = { readonly kind: string; readonly category: string; readonly amountMinor: number; readonly paidMinor: number };

/** f: what the rules give for these lines, by rule, in the order of HISTORY_RULES. */
export function plainPoints(pieces: readonly Piece[], totalMinor: number, facts: Facts): number[] {
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
  if (facts.large) give(9, 4, spread);
  if (facts.largeDays !== null && facts.largeDays >= 3) give(10, 6, spread);
  if (!facts.steady) give(11, 3, spread);
  if (facts.steadyDays !== null && facts.steadyDays < 10) give(12, 5, spread);
  const base = pieces.map((_, i) => sumOf(byLine.map((parts) => parts[i]!)));
  const hundredths = [sumOf(base.filter((_, i) => counts[i] && pieces[i]!.category === 'kawa')) * 50, sumOf(base) * (MORE[facts.level ?? ''] ?? 0)];
  // Rounded down once for both; the point that is over goes to whichever lost more, of equals to the first.
  [points[KAWA], points[LEVEL]] = hundredths.map((one) => Math.floor(one / 100)) as [number, number];
  if (Math.floor(sumOf(hundredths) / 100) > points[KAWA]! + points[LEVEL]!) points[hundredths[0]! % 100 >= hundredths[1]! % 100 ? KAWA : LEVEL]! += 1;
  points[LIMITED] = Math.min(points[LIMITED]!, 40, facts.dayRoom);
  points[POOL] = Math.min(points[POOL]!, facts.budgetRoom);
  return points;
}

/** Is what is left of a purchase large enough for the badge. */
export const earnsBadge = (pieces: readonly Piece[], totalMinor: number) => pieces.some((piece) => piece.kind === 'goods') && totalMinor >= 16_000;

/** Which rules keep how much: each at most its own, then what the others left over fills up from the first. */
export function keptOf(booked: readonly number[], left: readonly number[]): number[] {
  const kept = booked.map((points, i) => Math.min(points, left[i]!));
  let spare = Math.min(sumOf(booked), sumOf(left)) - sumOf(kept);
  return kept.map((points, i) => {
    const more = Math.min(spare, booked[i]! - points);
    spare -= more;
    return points + more;
  });
}
