import { AMOUNT_MAX, LINES_MAX } from './bounds.ts';
import { earnBase } from './base-effects.ts';
import { keepBest } from './best-of.ts';
import { chooseRules, NOT_YET } from './choose-rules.ts';
import type { CompiledRule, CompiledRuleset, Rooms } from './compile.ts';
import { HOLDS, NO_LINE, type StateAnswers } from './conditions.ts';
import { underCaps, type Earning, type Earnings, type Matched, type Outcomes } from './earning.ts';
import { linesOf, type Facts, type Line, type SaleDocument } from './facts.ts';
import { multiply, percentOf, type Multiplier } from './multipliers.ts';
import type { Minor } from './points.ts';
import { OUTCOME } from './trace.ts';
import { earningLines } from './what-earns.ts';

export { sharesOf, type Earning } from './earning.ts';
export { spreadPaid } from './what-earns.ts';

/** What the rules do with a document: earnings above zero by the rule's place in the ruleset, and every rule's outcome for the trace. */
export type Earned = { readonly earnings: readonly (Earning | undefined)[]; readonly outcomes: readonly (readonly number[])[] };

const ENDED = [OUTCOME.ended];
const NO_EARNING_LINES = [OUTCOME.noEarningLines];
const NO_MATCHING_LINES = [OUTCOME.noMatchingLines];
const NO_TIER = [OUTCOME.noTier];

/**
 * The fixed order of work, one file a step:
 * 1. what earns at all, by the program's base (`what-earns.ts`);
 * 2. for every rule that may speak (`choose-rules.ts`: trigger and guards), by priority: schedule, conditions, the member's tier, lines, then its exclusive group, which the first takes;
 * 3. points by rates and units, fixed points, pieces of grants, each rounded once (`base-effects.ts`);
 * 4. best-of groups: only the rule that gives most under its own caps stays (`best-of.ts`);
 * 5. multipliers on the points of the same wallet before caps, without those that come after multipliers (`multipliers.ts`);
 * 6. caps: of the transaction, then the member's day, the program's budget, the member's week, month, year and ever (`underCaps`).
 * `paid` is what was paid with points, by line; null when nothing was.
 */
export function earn(compiled: CompiledRuleset, facts: Facts, states: StateAnswers, rooms: Rooms, paid: readonly Minor[] | null): Earned {
  const { document } = facts;
  const lines = linesOf(document);
  const earning = earningLines(compiled, document, lines, paid);
  const chosen = chooseRules(compiled, facts);
  const outcomes: Outcomes = chosen.outcomes.slice();
  const earnings: Earnings = [];
  for (let i = 0; i < outcomes.length; i += 1) earnings.push(undefined);
  const winners: number[] = [];
  let multipliers: Multiplier[] | null = null;
  for (const rule of chosen.rules) {
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
    if (rule.multiplies) (multipliers ??= []).push({ rule, matched, percent: percentOf(rule, states) });
    else earnBase(rule, matched, document, lines, earnings, outcomes);
  }
  if (compiled.bestOfs > 0) multipliers = keepBest(compiled, multipliers ?? [], lines.length, rooms, earnings, outcomes);
  if (multipliers !== null) multiply(compiled, multipliers, lines.length, earnings, outcomes);
  for (let i = 0; i < earnings.length; i += 1) {
    const one = earnings[i];
    if (one !== undefined) capEarning(one, rooms, outcomes);
  }
  return { earnings, outcomes };
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

/** Why the rule does not speak; null when it does. */
function refusal(rule: CompiledRule, facts: Facts, states: StateAnswers, earning: Matched): readonly number[] | null {
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
  if (rule.tiers !== null && percentOf(rule, states) === 0) return NO_TIER;
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

function capEarning(one: Earning, rooms: Rooms, outcomes: Outcomes): void {
  const { index } = one.rule;
  const before = one.points;
  const { points, cap } = underCaps(one.rule, before, rooms);
  if (cap < 0) return;
  one.points = points;
  one.shares = null;
  outcomes[index] = [OUTCOME.capped, cap, before, points, outcomes[index]![2]!];
}
