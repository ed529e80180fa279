import type { Minor, Points } from './points.ts';

/**
 * Why each rule gave or did not give points: positional numbers [1, ruleset no, then for every rule in the ruleset's order its outcome
 * and that outcome's numbers]. No text, nothing personal. Read with `readTrace`, stored with `encodeNumbers`.
 */
export type Trace = readonly number[];

/** Outcome numbers are stored for ever: never renumber, only add. */
export const OUTCOME = {
  applied: 0, notYet: 1, ended: 2, condition: 3, conditionSeen: 4, noEarningLines: 5, noMatchingLines: 6, lostGroup: 7, capped: 8,
  roundedToZero: 9, nothingToMultiply: 10, otherTrigger: 11,
  noTier: 12, lostBestOf: 13,
  /** So many rules one after another. */
  guarded: 14,
} as const;

/** How many numbers follow each outcome. */
const LENGTHS = [2, 0, 0, 1, 2, 0, 0, 1, 4, 1, 0, 0, 0, 2, 1] as const;
/** Rules that a trace may tell of; more are no trace. */
const RULES_MAX = 10_000;

/** Numbers of caps in traces: only add. */
export const CAPS = ['perTransaction', 'perMemberDay', 'perProgram', 'perMemberWeek', 'perMemberMonth', 'perMemberYear', 'perMemberEver', 'programMoney',
  'perHouseholdDay', 'perHouseholdMonth', 'perHouseholdEver', 'perCompanyDay', 'perCompanyMonth', 'perCompanyEver'] as const;
export type Cap = (typeof CAPS)[number];

/**
 * What happened to one rule. `basis` is the number the effect worked on: the amount that counted (perAmount, percent, grants by amount),
 * thousandths (perUnit), the points that were multiplied (multiplier, tierMultiplier), the number of matching lines (fixed, grant).
 * `points` of a grant are its pieces.
 */
export type RuleOutcome =
  | { readonly outcome: 'applied'; readonly points: Points; readonly basis: number }
  | { readonly outcome: 'notYet' | 'ended' | 'noEarningLines' | 'noMatchingLines' | 'nothingToMultiply' | 'noTier' }
  /** A fact of the document alone refused the rule. Which one is not kept: the document tells (`refusingGuard`). */
  | { readonly outcome: 'guarded' }
  /** The rule answers to something else than this document. */
  | { readonly outcome: 'otherTrigger' }
  /** `leaf` numbers the tests of `when`, depth first; `seen` is the member's number that decided, where it may be kept. */
  | { readonly outcome: 'conditionNotMet'; readonly leaf: number; readonly seen: number | null }
  /** `winner` is the place of the winning rule in the ruleset. */
  | { readonly outcome: 'lostGroup'; readonly winner: number }
  /** Another rule of its best-of group gave more than the `points` this one would have given. */
  | { readonly outcome: 'lostBestOf'; readonly winner: number; readonly points: Points }
  | { readonly outcome: 'capped'; readonly cap: Cap; readonly before: Points; readonly points: Points; readonly basis: number }
  | { readonly outcome: 'roundedToZero'; readonly basis: Minor };

export const TRACE_FORMAT = 1;

/** The trace's ruleset and the outcome of every rule, in the ruleset's order. Throws RangeError for numbers that are no trace. */
export function readTrace(trace: Trace): { readonly rulesetNo: number; readonly outcomes: readonly RuleOutcome[] } {
  const [format, rulesetNo] = trace;
  if (format !== TRACE_FORMAT || rulesetNo === undefined) throw new RangeError('not a trace');
  const outcomes: RuleOutcome[] = [];
  let at = 2;
  while (at < trace.length) {
    const length = LENGTHS[trace[at]!];
    if (length === undefined || at + length >= trace.length) throw new RangeError('not a trace');
    if (trace[at] === OUTCOME.guarded) readGuarded(trace[at + 1]!, outcomes);
    else outcomes.push(readOutcome(trace, at));
    at += length + 1;
  }
  return { rulesetNo, outcomes };
}

const GUARDED_OUTCOME: RuleOutcome = { outcome: 'guarded' };
function readGuarded(count: number, outcomes: RuleOutcome[]): void {
  if (count < 1 || outcomes.length + count > RULES_MAX) throw new RangeError('not a trace');
  for (let i = 0; i < count; i += 1) outcomes.push(GUARDED_OUTCOME);
}

function readOutcome(trace: Trace, at: number): RuleOutcome {
  const a = trace[at + 1]!;
  const b = trace[at + 2]!;
  switch (trace[at]) {
    case OUTCOME.applied: return { outcome: 'applied', points: a, basis: b };
    case OUTCOME.notYet: return { outcome: 'notYet' };
    case OUTCOME.ended: return { outcome: 'ended' };
    case OUTCOME.condition: return { outcome: 'conditionNotMet', leaf: a, seen: null };
    case OUTCOME.conditionSeen: return { outcome: 'conditionNotMet', leaf: a, seen: b };
    case OUTCOME.noEarningLines: return { outcome: 'noEarningLines' };
    case OUTCOME.noMatchingLines: return { outcome: 'noMatchingLines' };
    case OUTCOME.lostGroup: return { outcome: 'lostGroup', winner: a };
    case OUTCOME.capped: return { outcome: 'capped', cap: CAPS[a] ?? 'perTransaction', before: b, points: trace[at + 3]!, basis: trace[at + 4]! };
    case OUTCOME.roundedToZero: return { outcome: 'roundedToZero', basis: a };
    case OUTCOME.otherTrigger: return { outcome: 'otherTrigger' };
    case OUTCOME.noTier: return { outcome: 'noTier' };
    case OUTCOME.lostBestOf: return { outcome: 'lostBestOf', winner: a, points: b };
    default: return { outcome: 'nothingToMultiply' };
  }
}
