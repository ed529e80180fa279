import { AMOUNT_MAX, BASIS_POINTS_MAX, LINES_MAX, MULTIPLIER_UNIT, QUANTITY_MAX } from './bounds.ts';
import { roundUp } from './points.ts';
import type { Effect, RuleDefinition, Ruleset } from './rules.ts';

/** Thousandths that one rule counts at the most: every line full, or one field at its bound (`FIELD_MAX` × 1000, the same number). */
const UNITS_MAX = LINES_MAX * QUANTITY_MAX;

/**
 * The proof behind plain numbers in `decide`: the largest document gives the rules of one wallet sums below 2^53, bonuses in per cents
 * included. Discounts that earn count up to one more amount; multipliers one after another make a product instead of a sum.
 */
export function staysSafe(rules: readonly RuleDefinition[], { base: { discount }, multipliers }: Pick<Ruleset, 'base' | 'multipliers'>): boolean {
  const amount = discount === 'before' ? 2 * AMOUNT_MAX : AMOUNT_MAX;
  let base = 0n;
  let after = 0n;
  let sum = 0n;
  let product = BigInt(MULTIPLIER_UNIT);
  for (const { effect, afterMultipliers } of rules) {
    if (afterMultipliers === true) after += BigInt(most(effect, amount));
    else base += BigInt(most(effect, amount));
    const bonus = BigInt(bonusOf(effect));
    sum += bonus;
    product = (product * (bonus + BigInt(MULTIPLIER_UNIT)) + BigInt(MULTIPLIER_UNIT - 1)) / BigInt(MULTIPLIER_UNIT);
  }
  const factor = multipliers === 'multiply' ? product : sum + BigInt(MULTIPLIER_UNIT);
  return base * factor + after * BigInt(MULTIPLIER_UNIT) <= BigInt(Number.MAX_SAFE_INTEGER);
}

/** Most that an effect adds by itself; rounding may give every line one more. */
function most(effect: Effect, amount: number): number {
  switch (effect.kind) {
    case 'fixed': return effect.points;
    case 'perAmount': return roundUp(amount, effect.points, effect.perMinor) + LINES_MAX;
    case 'perUnit': return roundUp(UNITS_MAX, effect.points, effect.perThousandths) + LINES_MAX;
    case 'percent': return roundUp(amount, effect.basisPoints, BASIS_POINTS_MAX) + LINES_MAX;
    default: return 0;
  }
}

/** What a multiplier adds at the most, in per cents. */
function bonusOf(effect: Effect): number {
  if (effect.kind === 'multiplier') return ((effect.numerator - effect.denominator) * MULTIPLIER_UNIT) / effect.denominator;
  return effect.kind === 'tierMultiplier' ? Math.max(...effect.tiers.map((one) => one.hundredths)) - MULTIPLIER_UNIT : 0;
}
