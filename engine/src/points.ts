/** Whole number of a wallet's smallest unit; always a safe integer. */
export type Points = number;

/** Whole number of a currency's minor unit (grosze, cents); always a safe integer. */
export type Minor = number;

export type Rounding = 'down' | 'nearest' | 'up';

/** How a rate treats what does not fill its unit: a share of it, rounded; or nothing (`steps`: 5 points for every full 100 zł are 5 for 199 zł). */
export type RateRounding = Rounding | 'steps';

const SAFE = Number.MAX_SAFE_INTEGER;

// Up to about this many weights scanning for the next remainder is quicker than sorting.
const SCAN_MAX = 16;

/** Throws: a number outside the safe integers in points or money is a bug, never an answer. */
export function assertSafe(value: number, what: string): number {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${what} is not a safe integer: ${value}`);
  return value;
}

/**
 * value × numerator ÷ denominator rounded towards minus infinity, exact for all safe integers.
 * Throws RangeError when an argument or the answer is not a safe integer, or the denominator is not positive.
 */
export function roundDown(value: number, numerator: number, denominator: number): number {
  const product = value * numerator;
  if (fitsPlain(product, value, numerator, denominator)) {
    const quotient = Math.floor(product / denominator) + 0;
    // The division may have been rounded across a whole number; the remainder is exact and tells.
    const rest = product - quotient * denominator;
    if (rest < 0) return quotient - 1;
    return rest >= denominator ? quotient + 1 : quotient;
  }
  return wideRoundDown(value, numerator, denominator);
}

// Room of one denominator below 2^53, so that quotient × denominator is exact too. Not %: on doubles it is ten times as slow.
function fitsPlain(product: number, value: number, numerator: number, denominator: number): boolean {
  return denominator > 0 && product <= SAFE - denominator && product >= denominator - SAFE
    && Number.isInteger(value) && Number.isInteger(numerator) && Number.isInteger(denominator);
}

/** As roundDown, but a half or more goes up (towards plus infinity): 2.5 → 3, −2.5 → −2. */
export function roundHalfUp(value: number, numerator: number, denominator: number): number {
  const down = roundDown(value, numerator, denominator);
  const rest = remainder(value, numerator, denominator);
  return rest >= denominator - rest ? down + 1 : down;
}

/** As roundDown, but towards plus infinity. */
export function roundUp(value: number, numerator: number, denominator: number): number {
  return 0 - roundDown(0 - value, numerator, denominator);
}

/** value × numerator ÷ denominator as a rule rounds it. */
export function roundBy(rounding: RateRounding, value: number, numerator: number, denominator: number): number {
  if (rounding === 'steps') return assertSafe(roundDown(value, 1, denominator) * numerator, 'points of full steps');
  if (rounding === 'down') return roundDown(value, numerator, denominator);
  return rounding === 'up' ? roundUp(value, numerator, denominator) : roundHalfUp(value, numerator, denominator);
}

/**
 * Splits `total` over `weights` in whole parts that add up to `total` exactly (largest remainder; of equal remainders the
 * earlier part gets the unit: 100 over 1:1:1 is 34, 33, 33). Weights are safe integers ≥ 0; all zero means equal weights.
 * Throws when there are no weights and something to split.
 */
export function prorate(total: number, weights: readonly number[]): number[] {
  assertSafe(total, 'total');
  let sum = 0;
  for (let i = 0; i < weights.length; i += 1) {
    if (!(weights[i]! >= 0)) throw new RangeError(`a weight is negative: ${weights[i]}`);
    sum += weights[i]!;
  }
  assertSafe(sum, 'sum of weights');
  if (weights.length === 0) {
    if (total === 0) return [];
    throw new RangeError('nothing to share the total over');
  }
  if (weights.length === 1) return [total];
  if (sum === 0) return prorate(total, weights.map(() => 1));
  if (total === 0) return weights.map(() => 0);
  const parts: number[] = [];
  let left = total;
  for (let i = 0; i < weights.length; i += 1) {
    const part = roundDown(total, weights[i]!, sum);
    parts.push(part);
    left -= part;
  }
  if (left === 1) parts[largestRest(total, weights, sum)]! += 1;
  else if (left > 1) giveLargestRests(parts, left, total, weights, sum);
  return parts;
}

// One unit over is the usual case, and it needs no list of remainders.
function largestRest(total: number, weights: readonly number[], sum: number): number {
  let best = 0;
  let bestRest = -1;
  for (let i = 0; i < weights.length; i += 1) {
    const rest = remainder(total, weights[i]!, sum);
    if (rest > bestRest) {
      best = i;
      bestRest = rest;
    }
  }
  return best;
}

function giveLargestRests(parts: number[], left: number, total: number, weights: readonly number[], sum: number): void {
  const rests: number[] = [];
  for (let i = 0; i < weights.length; i += 1) rests.push(remainder(total, weights[i]!, sum));
  if (weights.length > SCAN_MAX) {
    const byRest = rests.map((_, i) => i).sort((a, b) => rests[b]! - rests[a]! || a - b);
    for (let k = 0; k < left; k += 1) parts[byRest[k]!]! += 1;
    return;
  }
  for (let k = 0; k < left; k += 1) {
    let best = 0;
    for (let i = 1; i < rests.length; i += 1) if (rests[i]! > rests[best]!) best = i;
    parts[best]! += 1;
    rests[best] = -1;
  }
}

function remainder(value: number, numerator: number, denominator: number): number {
  const product = value * numerator;
  if (fitsPlain(product, value, numerator, denominator)) return product - roundDown(value, numerator, denominator) * denominator;
  const wide = BigInt(value) * BigInt(numerator);
  const by = BigInt(denominator);
  return Number(((wide % by) + by) % by);
}

function wideRoundDown(value: number, numerator: number, denominator: number): number {
  assertSafe(value, 'value');
  assertSafe(numerator, 'numerator');
  assertSafe(denominator, 'denominator');
  if (denominator <= 0) throw new RangeError(`the denominator must be positive: ${denominator}`);
  const product = BigInt(value) * BigInt(numerator);
  const by = BigInt(denominator);
  const quotient = product / by;
  return assertSafe(Number(product < 0n && quotient * by !== product ? quotient - 1n : quotient), 'result');
}
