import { attributeOf } from './attributes.ts';
import { MULTIPLIER_UNIT } from './bounds.ts';
import type { LocalDate } from './calendar.ts';
import { compileCondition, leavesOf, type CompiledCondition, type Condition, type ConditionLeaf, NO_LINE, NO_SETS, type ProductSets } from './conditions.ts';
import { expiryDate, maturityDate } from './expiry.ts';
import type { Facts, LineKind } from './facts.ts';
import { findOperator, type Seen } from './operators.ts';
import type { Points } from './points.ts';
import { validateRuleset } from './rule-validation.ts';
import type { RuleDefinition, Ruleset, RulesetRule, RulesetWallet } from './rules.ts';

/** A test on a fact outside the document. Its answer is taken once at booking and frozen for later returns. */
export type StateTest = { readonly holds: (facts: Facts) => boolean };

export type CompiledRule = {
  /** Place in `ruleset.rules`; the trace is written in this order. */
  readonly index: number;
  readonly ruleId: number;
  readonly version: number;
  readonly definition: RuleDefinition;
  /** Code of the event type it answers to; null: purchases. */
  readonly event: string | null;
  readonly walletIndex: number;
  readonly walletNo: number;
  readonly when: CompiledCondition | null;
  /** Per leaf of `when`: reads the number worth keeping in the trace, null where there is none. */
  readonly numberSeen: readonly (((facts: Facts) => Seen) | null)[];
  readonly lines: CompiledCondition | null;
  /** Number of the exclusive group, −1 for none. */
  readonly group: number;
  /** What a multiplier adds, in per cents of the base; 0 for other effects. */
  readonly bonusPercent: number;
  readonly expiresOn: (earnedOn: LocalDate) => LocalDate | null;
  readonly pendingUntil: (earnedOn: LocalDate) => LocalDate | null;
};

/** A ruleset made ready to decide; opaque but for the ruleset. */
export type CompiledRuleset = {
  readonly ruleset: Ruleset;
  /** By priority, then by id: the order in which exclusive groups are won. */
  readonly rules: readonly CompiledRule[];
  readonly groups: number;
  readonly states: readonly StateTest[];
  /** How many days back its rules look into the member's documents; 0: they do not, Infinity: into all of them. */
  readonly pastDays: number;
  readonly kinds: ReadonlySet<LineKind>;
  readonly excluded: ReadonlySet<string>;
  /** Rules with a cap that is shared between documents, in the set's order. */
  readonly shared: readonly CompiledRule[];
  readonly openRooms: Rooms;
};

/** Room under the caps shared between documents, by the rule's place in the ruleset; Infinity where there is no such cap. */
export type Rooms = { readonly day: readonly Points[]; readonly program: readonly Points[] };

/** Compiles once per ruleset number. Throws RangeError with the first fault of `validateRuleset`, or for a set of articles that `sets` lacks. */
export function compileRuleset(ruleset: Ruleset, sets: ProductSets = NO_SETS): CompiledRuleset {
  const [first] = validateRuleset(ruleset);
  if (first !== undefined) throw new RangeError(`ruleset ${ruleset.no}, ${first.pointer}: ${first.words.en}`);
  const states = new Map<string, number>();
  const tests: StateTest[] = [];
  let pastDays = 0;
  const slotOf = (leaf: ConditionLeaf): number | null => {
    const attribute = attributeOf(leaf.attribute);
    if (attribute?.frozen !== true) return null;
    pastDays = Math.max(pastDays, attribute.pastDays);
    const key = JSON.stringify([leaf.attribute, leaf.operator, leaf.value]);
    const known = states.get(key);
    if (known !== undefined) return known;
    states.set(key, tests.length);
    tests.push(stateTest(leaf));
    return tests.length - 1;
  };
  const groups = new Map<string, number>();
  const groupOf = (name: string | null): number => {
    if (name === null) return -1;
    if (!groups.has(name)) groups.set(name, groups.size);
    return groups.get(name) ?? -1;
  };
  // In the set's own order, so that slots and groups do not depend on priorities.
  const rules = ruleset.rules.map((rule, index) => compileRule(rule, index, ruleset.wallets, slotOf, groupOf, sets));
  return {
    ruleset,
    rules: rules.toSorted((a, b) => b.definition.priority - a.definition.priority || a.ruleId - b.ruleId),
    groups: groups.size,
    states: tests,
    pastDays,
    kinds: new Set(ruleset.base.kinds),
    excluded: new Set(ruleset.base.excludedCategories),
    shared: rules.filter(({ definition: { caps } }) => caps.perMemberDay !== null || caps.perProgram !== null),
    openRooms: { day: rules.map(() => Infinity), program: rules.map(() => Infinity) },
  };
}

function compileRule(
  rule: RulesetRule, index: number, wallets: readonly RulesetWallet[],
  slotOf: (leaf: ConditionLeaf) => number | null, groupOf: (name: string | null) => number, sets: ProductSets,
): CompiledRule {
  const { definition } = rule;
  const { effect } = definition;
  const walletIndex = wallets.findIndex((one) => one.code === definition.wallet);
  const wallet = wallets[walletIndex]!; // validated: a rule's wallet is in the set
  const expiry = definition.expiry.kind === 'wallet' ? wallet.expiry : definition.expiry;
  const pendingDays = definition.pendingDays ?? wallet.pendingDays;
  return {
    index, ruleId: rule.ruleId, version: rule.version, definition, event: definition.trigger?.kind === 'event' ? definition.trigger.type : null, walletIndex, walletNo: wallet.no,
    when: definition.when === null ? null : compileCondition(definition.when, slotOf, sets),
    numberSeen: definition.when === null ? [] : numbersSeen(definition.when),
    lines: definition.lines === null ? null : compileCondition(definition.lines, undefined, sets),
    group: groupOf(definition.exclusiveGroup),
    bonusPercent: effect.kind === 'multiplier' ? ((effect.numerator - effect.denominator) * MULTIPLIER_UNIT) / effect.denominator : 0,
    expiresOn: rememberLast((date) => expiryDate(expiry, date)),
    pendingUntil: rememberLast((date) => maturityDate(pendingDays, date)),
  };
}

function stateTest(leaf: ConditionLeaf): StateTest {
  const holds = compileCondition(leaf);
  return { holds: (facts) => holds(facts, NO_LINE, []) < 0 };
}

// A trace keeps no text and nothing the organiser asked about a person; only our own counts and sums of the member.
function numbersSeen(when: Condition): (((facts: Facts) => Seen) | null)[] {
  return leavesOf(when).map(({ leaf }) => {
    const attribute = attributeOf(leaf.attribute);
    const counts = attribute !== null && attribute.frozen && (attribute.type === 'number' || attribute.type === 'money' || attribute.type === 'quantity');
    return counts && findOperator(leaf.operator) !== null ? (facts) => attribute.read(facts, NO_LINE) : null;
  });
}

// Documents come in runs of one day.
function rememberLast(compute: (date: LocalDate) => LocalDate | null): (date: LocalDate) => LocalDate | null {
  let lastDate = '';
  let lastAnswer: LocalDate | null = null;
  return (date) => {
    if (date !== lastDate) {
      lastAnswer = compute(date);
      lastDate = date;
    }
    return lastAnswer;
  };
}
