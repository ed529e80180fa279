import type { LocalDate } from './calendar.ts';
import type { CompiledRuleset } from './compile.ts';
import { assertDocument, earn, sharesOf, spreadPaid } from './earn.ts';
import type { Facts } from './facts.ts';
import { answerStates, findRooms, freeze, type Frozen } from './frozen.ts';
import type { Points } from './points.ts';
import { TRACE_FORMAT, type Trace } from './trace.ts';

/** Points that one rule version gives for one document. */
export type Award = {
  readonly walletNo: number;
  readonly ruleId: number;
  readonly version: number;
  /** Always positive. */
  readonly points: Points;
  /** Last local date on which the points are good. */
  readonly expiresOn: LocalDate | null;
  /** Local date from whose start the points may be used; null: at once. */
  readonly pendingUntil: LocalDate | null;
  /** By line, in the order of `linesOf(document)`; they add up to `points`. */
  readonly shares: readonly Points[];
};

export type CapUse = { readonly ruleId: number; readonly points: Points };

export type Decision = {
  /** In the ruleset's order; at most one a rule. */
  readonly awards: readonly Award[];
  readonly trace: Trace;
  /** What to add to the counters of rules that have a cap per member and day or a program budget. */
  readonly capUse: readonly CapUse[];
  readonly frozen: Frozen;
};

/**
 * Decides one sale: the awards, and an outcome for every rule. Pure; never mutates its arguments.
 * Throws RangeError for amounts or a number of lines beyond `bounds.ts`: the edge refuses such documents before.
 */
export function decide(compiled: CompiledRuleset, facts: Facts): Decision {
  assertDocument(facts.document);
  const answers = answerStates(compiled, facts);
  const rooms = findRooms(compiled, facts.caps);
  const paid = facts.document.paidWithPointsMinor === 0 ? null : spreadPaid(facts.document);
  const { earnings, outcomes } = earn(compiled, facts, answers, rooms, paid);
  const awards: Award[] = [];
  const capUse: CapUse[] = [];
  const { date } = facts.calendar;
  for (let i = 0; i < earnings.length; i += 1) {
    const one = earnings[i];
    if (one === undefined || one.points === 0) continue;
    const { rule, points } = one;
    awards.push({
      walletNo: rule.walletNo, ruleId: rule.ruleId, version: rule.version, points,
      expiresOn: rule.expiresOn(date), pendingUntil: rule.pendingUntil(date), shares: sharesOf(one),
    });
    if (rule.definition.caps.perMemberDay !== null || rule.definition.caps.perProgram !== null) capUse.push({ ruleId: rule.ruleId, points });
  }
  const trace: number[] = [TRACE_FORMAT, compiled.ruleset.no];
  for (let i = 0; i < outcomes.length; i += 1) {
    const outcome = outcomes[i]!;
    for (let k = 0; k < outcome.length; k += 1) trace.push(outcome[k]!);
  }
  return { awards, trace, capUse, frozen: freeze(compiled, answers, rooms) };
}
