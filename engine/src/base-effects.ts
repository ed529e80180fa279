import { FIELD_MAX, GRANT_COUNT_MAX, QUANTITY_MAX } from './bounds.ts';
import type { CompiledRule } from './compile.ts';
import type { Earnings, Matched, Outcomes } from './earning.ts';
import type { Line, SaleDocument } from './facts.ts';
import { roundBy, roundDown } from './points.ts';
import type { Effect } from './rules.ts';
import { OUTCOME } from './trace.ts';

type Rate = Extract<Effect, { rounding: unknown }>;

/** Points of a rule that adds (rates, fixed points) and pieces of a rule that grants; each is rounded once. Multipliers are no base. */
export function earnBase(rule: CompiledRule, matched: Matched, document: SaleDocument, lines: readonly Line[], earnings: Earnings, outcomes: Outcomes): void {
  const { effect } = rule.definition;
  switch (effect.kind) {
    case 'fixed':
      earnings[rule.index] = { rule, points: effect.points, weights: weightsOf(matched), shares: null };
      outcomes[rule.index] = [OUTCOME.applied, effect.points, matched.count];
      return;
    case 'perAmount':
      earnByRate(rule, effect, effect.points, effect.perMinor, matched.amounts, matched.total, matched, earnings, outcomes);
      return;
    case 'percent':
      earnByRate(rule, effect, effect.basisPoints, 10_000, matched.amounts, matched.total, matched, earnings, outcomes);
      return;
    case 'perUnit': {
      if (effect.of) {
        const counted = fieldOf(document, effect.of.field);
        earnByRate(rule, { ...effect, per: 'transaction' }, effect.points, effect.perThousandths, [], counted, matched, earnings, outcomes);
        return;
      }
      const quantities = quantitiesOf(matched, lines);
      let total = 0;
      for (const one of quantities) if (one > 0) total += one;
      earnByRate(rule, effect, effect.points, effect.perThousandths, quantities, total, matched, earnings, outcomes);
      return;
    }
    case 'grant': {
      const { count, perMinor } = effect;
      const pieces = perMinor ? Math.min(GRANT_COUNT_MAX, count * roundDown(matched.total, 1, perMinor)) : count;
      const basis = perMinor ? matched.total : matched.count;
      if (pieces === 0) outcomes[rule.index] = [OUTCOME.roundedToZero, basis];
      else {
        earnings[rule.index] = { rule, points: pieces, weights: weightsOf(matched), shares: null };
        outcomes[rule.index] = [OUTCOME.applied, pieces, basis];
      }
      return;
    }
    case 'multiplier':
    case 'tierMultiplier':
  }
}

/** `points` for every `per` of what is counted: of all lines together, or of each line by itself (−1: the line does not count). */
function earnByRate(
  rule: CompiledRule, { per, rounding }: Pick<Rate, 'per' | 'rounding'>, points: number, unit: number,
  counted: readonly number[], total: number, matched: Matched, earnings: Earnings, outcomes: Outcomes,
): void {
  let earned = 0;
  let weights: readonly number[] = [];
  if (per === 'line') {
    const byLine: number[] = [];
    for (const one of counted) {
      const part = one < 0 ? 0 : roundBy(rounding, one, points, unit);
      byLine.push(part);
      earned += part;
    }
    weights = byLine;
  } else {
    earned = roundBy(rounding, total, points, unit);
    if (earned > 0) weights = weightsOf(matched);
  }
  if (earned === 0) {
    outcomes[rule.index] = [OUTCOME.roundedToZero, total];
    return;
  }
  earnings[rule.index] = { rule, points: earned, weights, shares: null };
  outcomes[rule.index] = [OUTCOME.applied, earned, total];
}

/** Thousandths of each matching line, −1 for a line that does not count. */
function quantitiesOf(matched: Matched, lines: readonly Line[]): number[] {
  const quantities: number[] = [];
  for (let i = 0; i < lines.length; i += 1) quantities.push(matched.amounts[i]! < 0 ? -1 : Math.max(0, Math.min(lines[i]!.quantity, QUANTITY_MAX)));
  return quantities;
}

/** A document's own whole number in thousandths; a field that is not there or is no number counts as nothing. */
function fieldOf(document: SaleDocument, field: string): number {
  const value = Object.hasOwn(document.attributes, field) ? document.attributes[field] : undefined;
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? Math.min(value, FIELD_MAX) * 1000 : 0;
}

/** By amount; lines that are worth nothing share equally. */
export function weightsOf(matched: Matched): readonly number[] {
  if (matched.total > 0 && matched.count === matched.amounts.length) return matched.amounts;
  const weights: number[] = [];
  for (const amount of matched.amounts) weights.push(amount < 0 ? 0 : matched.total > 0 ? amount : 1);
  return weights;
}
