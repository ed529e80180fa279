import { MULTIPLIER_UNIT } from './bounds.ts';
import type { CompiledRule, CompiledRuleset } from './compile.ts';
import type { StateAnswers } from './conditions.ts';
import { sharesOf, type Earnings, type Matched, type Outcomes } from './earning.ts';
import { prorate, roundDown, type Points } from './points.ts';
import { OUTCOME } from './trace.ts';

/** A rule that multiplies, with what it adds in per cents. */
export type Multiplier = { readonly rule: CompiledRule; readonly matched: Matched; readonly percent: number };

const NOTHING_TO_MULTIPLY = [OUTCOME.nothingToMultiply];

/** What a multiplier adds for this member, in per cents: a tier's own where it goes by tier, 0 for a tier it does not name. */
export function percentOf(rule: CompiledRule, states: StateAnswers): number {
  if (rule.tiers === null) return rule.bonusPercent;
  for (const { slot, percent } of rule.tiers) if (states[slot] === 1) return percent;
  return 0;
}

/** Adds the points of the multipliers of every wallet, by the way the ruleset names. */
export function multiply(compiled: CompiledRuleset, multipliers: readonly Multiplier[], lineCount: number, earnings: Earnings, outcomes: Outcomes): void {
  const inTurn = compiled.ruleset.multipliers === 'multiply';
  for (let wallet = 0; wallet < compiled.ruleset.wallets.length; wallet += 1) {
    const own = multipliers.filter((one) => one.rule.walletIndex === wallet);
    if (own.length === 0) continue;
    const base = multiplied(wallet, lineCount, earnings);
    if (inTurn) multiplyInTurn(own, base, earnings, outcomes);
    else addBonuses(own, base, earnings, outcomes);
  }
}

/** Bonuses on the same base, added: two × 2 make × 3. Rounded down once for the wallet. */
function addBonuses(own: readonly Multiplier[], base: readonly Points[], earnings: Earnings, outcomes: Outcomes): void {
  const bases = own.map((one) => pick(base, one.matched));
  const sums = bases.map(sumOf);
  const bonuses = shareBonuses(own.map((one, i) => sums[i]! * one.percent));
  own.forEach(({ rule }, i) => { tell(rule, bonuses[i]!, sums[i]!, bases[i]!, null, earnings, outcomes); });
}

/** Each multiplier works on what the ones before it made, by priority: two × 2 make × 4. Rounded down for each. */
function multiplyInTurn(own: readonly Multiplier[], base: readonly Points[], earnings: Earnings, outcomes: Outcomes): void {
  const running = base.slice();
  for (const { rule, matched, percent } of own) {
    const picked = pick(running, matched).slice();
    const sum = sumOf(picked);
    const points = roundDown(sum, percent, MULTIPLIER_UNIT);
    const shares = points > 0 ? prorate(points, picked) : null;
    tell(rule, points, sum, picked, shares, earnings, outcomes);
    shares?.forEach((share, i) => { running[i]! += share; });
  }
}

function tell(rule: CompiledRule, points: Points, sum: Points, weights: readonly number[], shares: readonly Points[] | null, earnings: Earnings, outcomes: Outcomes): void {
  if (sum === 0) outcomes[rule.index] = NOTHING_TO_MULTIPLY;
  else if (points === 0) outcomes[rule.index] = [OUTCOME.roundedToZero, sum];
  else {
    outcomes[rule.index] = [OUTCOME.applied, points, sum];
    earnings[rule.index] = { rule, points, weights, shares };
  }
}

/** What one multiplier would add by itself to the points of rules outside its best-of group. */
export function bonusAlone({ rule, matched, percent }: Multiplier, lineCount: number, earnings: Earnings): Points {
  return roundDown(sumOf(pick(multiplied(rule.walletIndex, lineCount, earnings, rule.bestOf), matched)), percent, MULTIPLIER_UNIT);
}

function pick(base: readonly Points[], matched: Matched): readonly Points[] {
  if (matched.count === base.length) return base;
  const picked: number[] = [];
  for (let i = 0; i < base.length; i += 1) picked.push(matched.amounts[i]! < 0 ? 0 : base[i]!);
  return picked;
}

function sumOf(parts: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < parts.length; i += 1) sum += parts[i]!;
  return sum;
}

/** Points of a wallet that are multiplied, before caps, by line; without those of one best-of group (−1: of none). */
function multiplied(wallet: number, lineCount: number, earnings: Earnings, exceptGroup = -1): number[] {
  const base: number[] = [];
  for (let i = 0; i < lineCount; i += 1) base.push(0);
  for (const one of earnings) {
    if (one === undefined || one.rule.walletIndex !== wallet || one.rule.multiplies || one.rule.afterMultipliers) continue;
    if (exceptGroup >= 0 && one.rule.bestOf === exceptGroup) continue;
    const parts = sharesOf(one);
    for (let i = 0; i < lineCount; i += 1) base[i]! += parts[i]!;
  }
  return base;
}

/** Bonuses in hundredths of a point, rounded down together once, shared so that they add up (largest remainder, then the first). */
export function shareBonuses(hundredths: readonly number[]): number[] {
  const parts = hundredths.map((one) => roundDown(one, 1, MULTIPLIER_UNIT));
  const left = roundDown(sumOf(hundredths), 1, MULTIPLIER_UNIT) - sumOf(parts);
  if (left === 0) return parts;
  const byRest = hundredths.map((one, i) => ({ i, rest: one % MULTIPLIER_UNIT })).sort((a, b) => b.rest - a.rest || a.i - b.i);
  for (let k = 0; k < left; k += 1) parts[byRest[k]!.i]! += 1;
  return parts;
}
