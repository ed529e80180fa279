import type { CompiledRule, CompiledRuleset } from './compile.ts';
import type { Facts } from './facts.ts';
import { guardingFacts, guardKey, refusingGuard, type Guards } from './guards.ts';
import { OUTCOME } from './trace.ts';

/** Rules that may speak about a document, by priority, and the outcome of all others; a rule that may speak stands there as not yet. */
export type Chosen = { readonly rules: readonly CompiledRule[]; readonly outcomes: readonly (readonly number[])[] };

/** The index of a ruleset: what was chosen before, for each answer to its guards. */
export type RuleIndex = { readonly guards: Guards; readonly chosen: Map<string, Chosen> };

export const NOT_YET: readonly number[] = [OUTCOME.notYet];
export const OTHER_TRIGGER: readonly number[] = [OUTCOME.otherTrigger];
/** Which guard it was is told by the document. */
export const GUARDED: readonly number[] = [OUTCOME.guarded];

/** Stores and channels are few; a program with endless tills must not fill the memory. */
const CHOSEN_MAX = 1000;

/** Leaves out every rule that answers to something else, and every rule that a fact of the document alone rules out. */
export function chooseRules({ rules, index: { guards, chosen } }: Pick<CompiledRuleset, 'rules' | 'index'>, facts: Facts): Chosen {
  const { event } = facts.document;
  const key = event === null ? guardKey(guards, facts) : `e${event}${guardKey(guards, facts)}`;
  const found = chosen.get(key);
  if (found !== undefined) return found;
  const seen = guardingFacts(guards, facts);
  const outcomes = rules.map(() => NOT_YET);
  const may = rules.filter((rule) => {
    if (rule.event !== event) outcomes[rule.index] = OTHER_TRIGGER;
    else if (refusingGuard(guards, rule.index, seen) >= 0) outcomes[rule.index] = GUARDED;
    else return true;
    return false;
  });
  const made: Chosen = { rules: may, outcomes };
  if (chosen.size >= CHOSEN_MAX) chosen.clear();
  chosen.set(key, made);
  return made;
}
