import { AMOUNT_MAX, LINES_MAX, MULTIPLIER_UNIT } from './bounds.ts';
import type { CompiledRule, CompiledRuleset, Rooms } from './compile.ts';
import { HOLDS, NO_LINE, type StateAnswers } from './conditions.ts';
import { linesOf, type Facts, type Line, type SaleDocument } from './facts.ts';
import { prorate, roundBy, roundDown, type Minor, type Points } from './points.ts';
import { OUTCOME } from './trace.ts';

/** Points of one rule before they become an award. `weights` say how they spread over the lines; `shares` are there once computed. */
export type Earning = { readonly rule: CompiledRule; points: Points; readonly weights: readonly number[]; shares: readonly Points[] | null };

/** The earning's points by line; they add up. */
export function sharesOf(earning: Earning): readonly Points[] {
  earning.shares ??= prorate(earning.points, earning.weights);
  return earning.shares;
}

/** What the rules do with a document: earnings above zero by the rule's place in the ruleset, and every rule's outcome for the trace. */
export type Earned = { readonly earnings: readonly (Earning | undefined)[]; readonly outcomes: readonly (readonly number[])[] };

const NOT_YET = [OUTCOME.notYet];
const ENDED = [OUTCOME.ended];
const NO_EARNING_LINES = [OUTCOME.noEarningLines];
const NO_MATCHING_LINES = [OUTCOME.noMatchingLines];
const OTHER_TRIGGER = [OUTCOME.otherTrigger];
const NOTHING_TO_MULTIPLY = [OUTCOME.nothingToMultiply];

/** Lines that count: the amount of each, −1 for a line that does not; their sum and number. */
type Matched = { readonly amounts: readonly number[]; readonly total: Minor; readonly count: number };

/**
 * The fixed order of work: what earns at all → trigger, schedule, conditions, lines → exclusive groups by priority → amounts and fixed points,
 * each rounded once → multipliers on the points of the same wallet before caps, bonuses added and rounded down once a wallet → caps of
 * the transaction, the member's day, the program. `paid` is what was paid with points, by line; null when nothing was.
 */
export function earn(compiled: CompiledRuleset, facts: Facts, states: StateAnswers, rooms: Rooms, paid: readonly Minor[] | null): Earned {
  const lines = linesOf(facts.document);
  const earning = earningLines(compiled, lines, compiled.ruleset.base.paidWithPointsEarns ? null : paid);
  const outcomes: (readonly number[])[] = [];
  const earnings: (Earning | undefined)[] = [];
  for (let i = 0; i < compiled.rules.length; i += 1) {
    outcomes.push(NOT_YET);
    earnings.push(undefined);
  }
  const winners: number[] = [];
  let multipliers: { rule: CompiledRule; matched: Matched }[] | null = null;
  for (const rule of compiled.rules) {
    const refused = refusal(rule, facts, states, earning);
    if (refused !== null) {
      outcomes[rule.index] = refused;
      continue;
    }
    const matched = rule.lines === null ? earning : matchLines(rule.lines, facts, lines, earning.amounts);
    if (matched.count === 0) {
      outcomes[rule.index] = NO_MATCHING_LINES;
      continue;
    }
    if (rule.group >= 0) {
      const winner = winners[rule.group];
      if (winner !== undefined) {
        outcomes[rule.index] = [OUTCOME.lostGroup, winner];
        continue;
      }
      winners[rule.group] = rule.index;
    }
    if (rule.bonusPercent > 0) (multipliers ??= []).push({ rule, matched });
    else earnBase(rule, matched, earnings, outcomes);
  }
  if (multipliers !== null) multiply(compiled, multipliers, lines.length, earnings, outcomes);
  for (let i = 0; i < earnings.length; i += 1) {
    const one = earnings[i];
    if (one !== undefined) capEarning(one, rooms, outcomes);
  }
  return { earnings, outcomes };
}

/** What was paid with points, by line (by amount, parts add up): never more than the lines are worth. */
export function spreadPaid(document: SaleDocument): readonly Minor[] {
  const amounts = linesOf(document).map((line) => line.amountMinor);
  return prorate(Math.min(document.paidWithPointsMinor, amounts.reduce((sum, amount) => sum + amount, 0)), amounts);
}

/** Throws RangeError for amounts beyond what the compiler's proof assumes; the edge refuses such documents before. */
export function assertDocument(document: SaleDocument): void {
  const { lines } = document;
  if (lines.length > LINES_MAX) throw new RangeError(`more than ${LINES_MAX} lines`);
  let sum = 0;
  for (const line of lines) {
    if (!(line.amountMinor >= 0) || !Number.isSafeInteger(line.amountMinor)) throw new RangeError(`line ${line.lineId}: ${line.amountMinor} is not an amount`);
    sum += line.amountMinor;
  }
  if (!(sum <= AMOUNT_MAX)) throw new RangeError(`lines add up to more than ${AMOUNT_MAX}`);
  for (const amount of [document.totalMinor, document.paidWithPointsMinor]) {
    if (!(amount >= 0 && amount <= AMOUNT_MAX) || !Number.isInteger(amount)) throw new RangeError(`${amount} is not an amount`);
  }
}

function earningLines(compiled: CompiledRuleset, lines: readonly Line[], paid: readonly Minor[] | null): Matched {
  const amounts: number[] = [];
  let total = 0;
  let count = 0;
  for (let i = 0; i < lines.length; i += 1) {
    const line = lines[i]!;
    if (!compiled.kinds.has(line.kind) || (compiled.excluded.size > 0 && compiled.excluded.has(line.category))) {
      amounts.push(-1);
      continue;
    }
    const amount = paid === null ? line.amountMinor : line.amountMinor - paid[i]!;
    amounts.push(amount);
    total += amount;
    count += 1;
  }
  return { amounts, total, count };
}

/** Why the rule does not speak; null when it does. */
function refusal(rule: CompiledRule, facts: Facts, states: StateAnswers, earning: Matched): readonly number[] | null {
  if (rule.event !== facts.document.event) return OTHER_TRIGGER;
  const { from, until } = rule.definition.schedule;
  if (from !== null && facts.calendar.date < from) return NOT_YET;
  if (until !== null && facts.calendar.date > until) return ENDED;
  if (rule.when !== null) {
    const blamed = rule.when(facts, NO_LINE, states);
    if (blamed !== HOLDS) {
      const seen = rule.numberSeen[blamed]?.(facts);
      return typeof seen === 'number' ? [OUTCOME.conditionSeen, blamed, seen] : [OUTCOME.condition, blamed];
    }
  }
  return earning.count === 0 ? NO_EARNING_LINES : null;
}

function matchLines(condition: NonNullable<CompiledRule['lines']>, facts: Facts, lines: readonly Line[], earning: readonly number[]): Matched {
  const amounts: number[] = [];
  let total = 0;
  let count = 0;
  for (let i = 0; i < lines.length; i += 1) {
    const amount = earning[i]!;
    if (amount < 0 || condition(facts, lines[i]!, []) !== HOLDS) {
      amounts.push(-1);
      continue;
    }
    amounts.push(amount);
    total += amount;
    count += 1;
  }
  return { amounts, total, count };
}

function earnBase(rule: CompiledRule, matched: Matched, earnings: (Earning | undefined)[], outcomes: (readonly number[])[]): void {
  const { effect } = rule.definition;
  if (effect.kind === 'fixed') {
    earnings[rule.index] = { rule, points: effect.points, weights: weightsOf(matched), shares: null };
    outcomes[rule.index] = [OUTCOME.applied, effect.points, matched.count];
    return;
  }
  if (effect.kind !== 'perAmount') return;
  let points = 0;
  let weights: readonly number[];
  if (effect.per === 'line') {
    const byLine: number[] = [];
    for (const amount of matched.amounts) {
      const earned = amount < 0 ? 0 : roundBy(effect.rounding, amount, effect.points, effect.perMinor);
      byLine.push(earned);
      points += earned;
    }
    weights = byLine;
  } else {
    points = roundBy(effect.rounding, matched.total, effect.points, effect.perMinor);
    weights = points > 0 ? weightsOf(matched) : [];
  }
  if (points === 0) {
    outcomes[rule.index] = [OUTCOME.roundedToZero, matched.total];
    return;
  }
  earnings[rule.index] = { rule, points, weights, shares: null };
  outcomes[rule.index] = [OUTCOME.applied, points, matched.total];
}

/** By amount; lines that are worth nothing share equally. */
function weightsOf(matched: Matched): readonly number[] {
  if (matched.total > 0 && matched.count === matched.amounts.length) return matched.amounts;
  const weights: number[] = [];
  for (const amount of matched.amounts) weights.push(amount < 0 ? 0 : matched.total > 0 ? amount : 1);
  return weights;
}

type Multiplier = { readonly rule: CompiledRule; readonly matched: Matched };

function multiply(compiled: CompiledRuleset, multipliers: readonly Multiplier[], lineCount: number, earnings: (Earning | undefined)[], outcomes: (readonly number[])[]): void {
  for (let wallet = 0; wallet < compiled.ruleset.wallets.length; wallet += 1) {
    const own = multipliers.filter((one) => one.rule.walletIndex === wallet);
    if (own.length === 0) continue;
    const base = basePoints(wallet, lineCount, earnings);
    const bases = own.map((one) => pick(base, one.matched));
    const sums = bases.map(sumOf);
    const bonuses = shareBonuses(own.map((one, i) => sums[i]! * one.rule.bonusPercent));
    own.forEach(({ rule }, i) => {
      const points = bonuses[i]!;
      if (sums[i] === 0) outcomes[rule.index] = NOTHING_TO_MULTIPLY;
      else if (points === 0) outcomes[rule.index] = [OUTCOME.roundedToZero, sums[i]!];
      else {
        outcomes[rule.index] = [OUTCOME.applied, points, sums[i]!];
        earnings[rule.index] = { rule, points, weights: bases[i]!, shares: null };
      }
    });
  }
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

/** Points of a wallet's base rules, before caps, by line. */
function basePoints(wallet: number, lineCount: number, earnings: readonly (Earning | undefined)[]): number[] {
  const base: number[] = [];
  for (let i = 0; i < lineCount; i += 1) base.push(0);
  for (const one of earnings) {
    if (one === undefined || one.rule.walletIndex !== wallet || one.rule.bonusPercent > 0) continue;
    const parts = sharesOf(one);
    for (let i = 0; i < lineCount; i += 1) base[i]! += parts[i]!;
  }
  return base;
}

/** Bonuses in hundredths of a point, rounded down together once, shared so that they add up (largest remainder, then the first). */
function shareBonuses(hundredths: readonly number[]): number[] {
  const parts = hundredths.map((one) => roundDown(one, 1, MULTIPLIER_UNIT));
  const left = roundDown(sumOf(hundredths), 1, MULTIPLIER_UNIT) - sumOf(parts);
  if (left === 0) return parts;
  const byRest = hundredths.map((one, i) => ({ i, rest: one % MULTIPLIER_UNIT })).sort((a, b) => b.rest - a.rest || a.i - b.i);
  for (let k = 0; k < left; k += 1) parts[byRest[k]!.i]! += 1;
  return parts;
}

function capEarning(one: Earning, rooms: Rooms, outcomes: (readonly number[])[]): void {
  const { index, definition } = one.rule;
  const before = one.points;
  let cap = -1;
  if (definition.caps.perTransaction !== null && definition.caps.perTransaction < one.points) {
    one.points = definition.caps.perTransaction;
    cap = 0;
  }
  if (rooms.day[index]! < one.points) {
    one.points = rooms.day[index]!;
    cap = 1;
  }
  if (rooms.program[index]! < one.points) {
    one.points = rooms.program[index]!;
    cap = 2;
  }
  if (cap < 0) return;
  one.shares = null;
  outcomes[index] = [OUTCOME.capped, cap, before, one.points, outcomes[index]![2]!];
}
