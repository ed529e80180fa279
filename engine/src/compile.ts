import { attributeOf } from './attributes.ts';
import { MULTIPLIER_UNIT } from './bounds.ts';
import type { LocalDate } from './calendar.ts';
import { compileCondition, factTests, leavesOf, type CompiledCondition, type Condition, type ConditionLeaf, NO_LINE, NO_SETS, type ProductSets } from './conditions.ts';
import { expiryDate, maturityDate } from './expiry.ts';
import { PERIODS, type CircleCounter, type Facts, type Period } from './facts.ts';
import { findOperator, type Seen } from './operators.ts';
import { budgetOf, CAP_OF, CIRCLE_CAP_OF, CIRCLE_COUNTERS, endsByMoney, periodsOf } from './periods.ts';
import type { Points } from './points.ts';
import { validateRuleset } from './rule-validation.ts';
import type { RuleCaps, RuleDefinition, Ruleset, RulesetRule, RulesetWallet } from './rules.ts';
import { CAPS } from './trace.ts';
import type { RuleIndex } from './choose-rules.ts';
import { guardsOf } from './guards.ts';
import { compileBase, type CompiledBase } from './what-earns.ts';

/** A test on a fact outside the document. Its answer is taken once at booking and frozen for later returns. */
export type StateTest = { readonly holds: (facts: Facts) => boolean };

/** A cap that is shared between documents: its number in traces, and which counter it looks at. */
export type Limit = { readonly cap: number; readonly counter: Period | CircleCounter | 'program'; readonly limit: Points };

export type CompiledRule = {
  /** Place in `ruleset.rules`; the trace is written in this order. */
  readonly index: number;
  readonly ruleId: number;
  readonly version: number;
  readonly definition: RuleDefinition;
  /** Code of the event type it answers to; null: purchases. */
  readonly event: string | null;
  /** −1: the rule grants something that is not points. */
  readonly walletIndex: number;
  readonly walletNo: number;
  readonly when: CompiledCondition | null;
  /** Per leaf of `when`: reads the number worth keeping in the trace, null where there is none. */
  readonly numberSeen: readonly (((facts: Facts) => Seen) | null)[];
  readonly lines: CompiledCondition | null;
  /** Number of the exclusive group, −1 for none. */
  readonly group: number;
  /** Number of the best-of group, −1 for none. */
  readonly bestOf: number;
  readonly multiplies: boolean;
  readonly afterMultipliers: boolean;
  /** What a plain multiplier adds, in per cents of the base; 0 for other effects. */
  readonly bonusPercent: number;
  /** Per named tier the slot of "is the member of this tier" and what it adds; null for other effects. */
  readonly tiers: readonly { readonly slot: number; readonly percent: number }[] | null;
  /** Caps shared between documents, in the order in which they cut and are frozen. */
  readonly limits: readonly Limit[];
  readonly expiresOn: (earnedOn: LocalDate) => LocalDate | null;
  readonly pendingUntil: (earnedOn: LocalDate) => LocalDate | null;
};

/** A ruleset made ready to decide; opaque but for the ruleset. */
export type CompiledRuleset = {
  readonly ruleset: Ruleset;
  /** By priority, then by id: the order in which exclusive groups are won. */
  readonly rules: readonly CompiledRule[];
  readonly groups: number;
  readonly bestOfs: number;
  readonly states: readonly StateTest[];
  /** How many days back its rules look into the member's documents; 0: they do not, Infinity: into all of them. */
  readonly pastDays: number;
  readonly base: CompiledBase;
  /** Rules with a cap that is shared between documents, in the set's order. */
  readonly shared: readonly CompiledRule[];
  /** Stretches of a member's time that some rule is capped in. */
  readonly periods: readonly Period[];
  /** Counters of households and companies that some rule is capped in. */
  readonly circles: readonly CircleCounter[];
  /** Which rules may speak at all, by what a document says at once. */
  readonly index: RuleIndex;
};

/** Room under the `limits` of each rule that has any, by the rule's place in the ruleset. */
export type Rooms = readonly (readonly Points[] | undefined)[];

/** How a condition is made ready: closures, or `generateCondition` where code may be generated. */
export type ConditionCompiler = typeof compileCondition;

/** Compiles once per ruleset number. Throws RangeError with the first fault of `validateRuleset`, or for a set of articles that `sets` lacks. */
export function compileRuleset(ruleset: Ruleset, sets: ProductSets = NO_SETS, compile: ConditionCompiler = compileCondition): CompiledRuleset {
  const [first] = validateRuleset(ruleset);
  if (first !== undefined) throw new RangeError(`ruleset ${ruleset.no}, ${first.pointer}: ${first.words.en}`);
  const states = new Map<string, number>();
  const tests: StateTest[] = [];
  let pastDays = 0;
  const slotOf = (leaf: ConditionLeaf): number | null => {
    const attribute = attributeOf(leaf.attribute);
    if (attribute?.frozen !== true) return null;
    for (const test of factTests(leaf)) pastDays = Math.max(pastDays, attributeOf(test.attribute)?.pastDays ?? 0);
    const key = JSON.stringify([leaf.attribute, leaf.operator, leaf.value]);
    const known = states.get(key);
    if (known !== undefined) return known;
    states.set(key, tests.length);
    tests.push(stateTest(leaf));
    return tests.length - 1;
  };
  const tierSlotOf = (tier: string): number => {
    const key = JSON.stringify(['tier', tier]);
    const known = states.get(key);
    if (known !== undefined) return known;
    states.set(key, tests.length);
    return tests.push({ holds: (facts) => facts.member.tier === tier }) - 1;
  };
  const groupOf = numbering();
  const bestOf = numbering();
  // In the set's own order, so that slots and groups do not depend on priorities.
  const rules = ruleset.rules.map((rule, index) => compileRule(rule, index, ruleset.wallets, { slotOf, tierSlotOf, groupOf, bestOf }, sets, compile));
  return {
    ruleset,
    rules: rules.toSorted((a, b) => b.definition.priority - a.definition.priority || a.ruleId - b.ruleId),
    groups: groupOf.count(),
    bestOfs: bestOf.count(),
    states: tests,
    pastDays,
    base: compileBase(ruleset.base),
    shared: rules.filter((rule) => rule.limits.length > 0),
    periods: PERIODS.filter((period) => rules.some((rule) => rule.limits.some((limit) => limit.counter === period))),
    circles: CIRCLE_COUNTERS.map(({ counter }) => counter).filter((counter) => rules.some((rule) => rule.limits.some((limit) => limit.counter === counter))),
    index: { guards: guardsOf(ruleset), chosen: new Map() },
  };
}

/** Numbers names as they come; no name is −1. */
function numbering(): { (name: string | null): number; count(): number } {
  const names = new Map<string, number>();
  const numberOf = (name: string | null): number => {
    if (name === null) return -1;
    if (!names.has(name)) names.set(name, names.size);
    return names.get(name) ?? -1;
  };
  return Object.assign(numberOf, { count: () => names.size });
}

// The first two are frozen in this order since the first format; new ones come after them.
function limitsOf(caps: RuleCaps): Limit[] {
  const limits: Limit[] = [];
  const budget = budgetOf(caps);
  const add = (period: Period): void => { limits.push({ cap: CAPS.indexOf(CAP_OF[period]), counter: period, limit: caps[CAP_OF[period]]! }); };
  const [first, ...longer] = periodsOf(caps);
  if (first === 'day') add('day');
  if (budget !== null) limits.push({ cap: CAPS.indexOf(endsByMoney(caps) ? 'programMoney' : 'perProgram'), counter: 'program', limit: budget });
  if (first !== undefined && first !== 'day') add(first);
  longer.forEach(add);
  for (const { counter } of CIRCLE_COUNTERS) {
    const limit = caps[CIRCLE_CAP_OF[counter]] ?? null;
    if (limit !== null) limits.push({ cap: CAPS.indexOf(CIRCLE_CAP_OF[counter]), counter, limit });
  }
  return limits;
}

type Slots = { slotOf(leaf: ConditionLeaf): number | null; tierSlotOf(tier: string): number; groupOf(name: string | null): number; bestOf(name: string | null): number };

function compileRule(rule: RulesetRule, index: number, wallets: readonly RulesetWallet[], { slotOf, tierSlotOf, groupOf, bestOf }: Slots, sets: ProductSets, compile: ConditionCompiler): CompiledRule {
  const { definition } = rule;
  const { effect } = definition;
  const walletIndex = wallets.findIndex((one) => one.code === definition.wallet);
  const wallet = wallets[walletIndex]!; // validated: a rule's wallet is in the set
  const expiry = definition.expiry.kind === 'wallet' ? wallet.expiry : definition.expiry;
  const pendingDays = definition.pendingDays ?? wallet.pendingDays;
  return {
    index, ruleId: rule.ruleId, version: rule.version, definition, event: definition.trigger?.kind === 'event' ? definition.trigger.type : null,
    walletIndex: effect.kind === 'grant' ? -1 : walletIndex, walletNo: wallet.no,
    when: definition.when === null ? null : compile(definition.when, slotOf, sets),
    numberSeen: definition.when === null ? [] : numbersSeen(definition.when),
    lines: definition.lines === null ? null : compile(definition.lines, undefined, sets),
    group: groupOf(definition.exclusiveGroup),
    // Points of different wallets cannot be held against one another.
    bestOf: bestOf(definition.bestOfGroup ? JSON.stringify([walletIndex, definition.bestOfGroup]) : null),
    multiplies: effect.kind === 'multiplier' || effect.kind === 'tierMultiplier',
    afterMultipliers: definition.afterMultipliers === true,
    bonusPercent: effect.kind === 'multiplier' ? ((effect.numerator - effect.denominator) * MULTIPLIER_UNIT) / effect.denominator : 0,
    tiers: effect.kind === 'tierMultiplier' ? effect.tiers.map(({ tier, hundredths }) => ({ slot: tierSlotOf(tier), percent: hundredths - MULTIPLIER_UNIT })) : null,
    limits: limitsOf(definition.caps),
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
