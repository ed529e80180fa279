import type { LocalDate } from './calendar.ts';
import { GUARDED } from './choose-rules.ts';
import type { CompiledRule, CompiledRuleset } from './compile.ts';
import { assertDocument, earn, sharesOf, spreadPaid } from './earn.ts';
import type { Facts } from './facts.ts';
import { answerStates, findRooms, freeze, type Frozen } from './frozen.ts';
import type { Points } from './points.ts';
import type { GrantKind } from './rules.ts';
import { OUTCOME, TRACE_FORMAT, type Trace } from './trace.ts';

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

/** Pieces of something that is not points, which one rule version gives for one document. */
export type Grant = { readonly ruleId: number; readonly version: number; readonly what: GrantKind; readonly code: string; /** Always positive. */ readonly count: number };

export type CapUse = { readonly ruleId: number; readonly points: Points };

export type Decision = {
  /** In the ruleset's order; at most one a rule. */
  readonly awards: readonly Award[];
  /** In the ruleset's order; at most one a rule. */
  readonly grants: readonly Grant[];
  readonly trace: Trace;
  /** What to add to the counters of rules that have a cap shared between documents. */
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
  let grants: Grant[] | null = null;
  const { date } = facts.calendar;
  for (let i = 0; i < earnings.length; i += 1) {
    const one = earnings[i];
    if (one === undefined || one.points === 0) continue;
    const { rule, points } = one;
    if (rule.limits.length > 0) capUse.push({ ruleId: rule.ruleId, points });
    if (rule.walletIndex < 0) {
      (grants ??= []).push(grantOf(rule, points));
      continue;
    }
    awards.push({
      walletNo: rule.walletNo, ruleId: rule.ruleId, version: rule.version, points,
      expiresOn: rule.expiresOn(date), pendingUntil: rule.pendingUntil(date), shares: sharesOf(one),
    });
  }
  const trace: number[] = [TRACE_FORMAT, compiled.ruleset.no];
  for (let i = 0; i < outcomes.length; i += 1) {
    const outcome = outcomes[i]!;
    if (outcome === GUARDED) {
      const first = i;
      while (outcomes[i + 1] === GUARDED) i += 1;
      trace.push(OUTCOME.guarded, i - first + 1);
      continue;
    }
    for (let k = 0; k < outcome.length; k += 1) trace.push(outcome[k]!);
  }
  return { awards, grants: grants ?? NO_GRANTS, trace, capUse, frozen: freeze(compiled, answers, rooms) };
}

const NO_GRANTS: readonly Grant[] = [];

function grantOf({ ruleId, version, definition: { effect } }: CompiledRule, count: number): Grant {
  if (effect.kind !== 'grant') throw new RangeError(`rule ${ruleId} gives points`);
  return { ruleId, version, what: effect.what, code: effect.code, count };
}
