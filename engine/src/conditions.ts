import { attributeOf } from './attributes.ts';
import { impliedLine, type Facts, type Line } from './facts.ts';
import { findOperator, type Comparand, type Operator, type OperatorValue } from './operators.ts';

/** One test. `value` is null for operators that take none. `tree`: what the segment that a test names stands for, put there by `pinSegments` when a ruleset is written. */
export type ConditionLeaf = { readonly attribute: string; readonly operator: string; readonly value: OperatorValue; readonly tree?: Condition };

/** All hold, any holds, none holds, or one test. Groups are never empty: an empty one would silently mean everybody. */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly none: readonly Condition[] }
  | ConditionLeaf;

export { CONDITION_DEPTH_MAX, CONDITION_SIZE_MAX } from './bounds.ts';
export { validateCondition } from './condition-validation.ts';

/** A test made ready: HOLDS, or the number of the leaf that decided against it. */
export type CompiledCondition = (facts: Facts, line: Line, states: StateAnswers) => number;

export const HOLDS = -1;

/** Answers of the tests on facts outside the document, by slot: 1 or 0. */
export type StateAnswers = readonly number[];

/** Gives the slot of a test whose answer is looked up instead of computed; null for a test that reads the facts. */
export type SlotOf = (leaf: ConditionLeaf) => number | null;

/** The codes of a set of articles that a condition names. Throws RangeError when they are not at hand. */
export type ProductSets = (reference: string) => ReadonlySet<string>;

export const NO_SETS: ProductSets = (reference) => { throw new RangeError(`the product set ${reference} is not at hand`); };

const NO_SLOTS: SlotOf = () => null;
export const NO_LINE: Line = impliedLine(0);
export const NO_STATES: StateAnswers = [];

/** The reference meaning of a condition. `line` is read by line attributes only. Throws for a condition that would not validate. */
export function conditionHolds(condition: Condition, facts: Facts, line: Line = NO_LINE, sets: ProductSets = NO_SETS): boolean {
  if ('all' in condition) {
    for (const part of condition.all) if (!conditionHolds(part, facts, line, sets)) return false;
    return true;
  }
  if ('any' in condition) {
    for (const part of condition.any) if (conditionHolds(part, facts, line, sets)) return true;
    return false;
  }
  if ('none' in condition) {
    for (const part of condition.none) if (conditionHolds(part, facts, line, sets)) return false;
    return true;
  }
  const { attribute, operator } = partsOf(condition);
  const seen = operator.takes === 'segment' ? conditionHolds(treeOf(condition), facts) : attribute.read(facts, line);
  return operator.test(seen, comparandOf(condition, operator, sets));
}

/**
 * The same meaning as closures. Answers HOLDS or the number of a leaf to blame (leaves count from 0, depth first): one whose test
 * failed, or, under `none`, one whose test held though it must not. In `any` it is the first part's.
 */
export function compileCondition(condition: Condition, slotOf: SlotOf = NO_SLOTS, sets: ProductSets = NO_SETS): CompiledCondition {
  return compileFrom(condition, 0, false, slotOf, sets);
}

// `none` is pushed down to the leaves (De Morgan), so that whatever is blamed did decide.
function compileFrom(condition: Condition, first: number, negated: boolean, slotOf: SlotOf, sets: ProductSets): CompiledCondition {
  if (!isGroup(condition)) return compileLeaf(condition, first, !negated, slotOf, sets);
  const { parts, every, negates } = groupOf(condition, negated);
  const starts = firstLeaves(parts, first);
  const compiled = parts.map((part, i) => compileFrom(part, starts[i]!, negates, slotOf, sets));
  if (compiled.length === 1) return compiled[0]!;
  return every ? compileEvery(compiled) : compileSome(compiled);
}

function compileLeaf(leaf: ConditionLeaf, number: number, wanted: boolean, slotOf: SlotOf, sets: ProductSets): CompiledCondition {
  const slot = slotOf(leaf);
  const answer = wanted ? 1 : 0;
  if (slot !== null) return (_facts, _line, states) => (states[slot] === answer ? HOLDS : number);
  const { attribute, operator } = partsOf(leaf);
  const read = operator.takes === 'segment' ? membershipIn(treeOf(leaf)) : attribute.read;
  const test = operator.compile(comparandOf(leaf, operator, sets));
  return (facts, line) => (test(read(facts, line)) === wanted ? HOLDS : number);
}

/** Reads whether the member is in a segment. */
function membershipIn(tree: Condition): (facts: Facts) => boolean {
  const holds = compileCondition(tree);
  return (facts) => holds(facts, NO_LINE, NO_STATES) === HOLDS;
}

/** What a test on a segment stands for. Throws RangeError where nobody pinned it. */
const treeOf = (leaf: ConditionLeaf): Condition => {
  if (leaf.tree === undefined) throw new RangeError(`the segment ${String(leaf.value)} is not at hand`);
  return leaf.tree;
};

function compileEvery(parts: readonly CompiledCondition[]): CompiledCondition {
  return (facts, line, states) => {
    for (let i = 0; i < parts.length; i += 1) {
      const answer = parts[i]!(facts, line, states);
      if (answer !== HOLDS) return answer;
    }
    return HOLDS;
  };
}

function compileSome(parts: readonly CompiledCondition[]): CompiledCondition {
  return (facts, line, states) => {
    let blamed = HOLDS;
    for (let i = 0; i < parts.length; i += 1) {
      const answer = parts[i]!(facts, line, states);
      if (answer === HOLDS) return HOLDS;
      if (i === 0) blamed = answer;
    }
    return blamed;
  };
}

type Group = Exclude<Condition, ConditionLeaf>;

export const isGroup = (condition: Condition): condition is Group => !('attribute' in condition);

/** What a group demands of its parts once a `none` around it is taken into account. */
export function groupOf(group: Group, negated: boolean): { parts: readonly Condition[]; every: boolean; negates: boolean } {
  if ('all' in group) return { parts: group.all, every: !negated, negates: negated };
  if ('any' in group) return { parts: group.any, every: negated, negates: negated };
  return { parts: group.none, every: !negated, negates: !negated };
}

/** Number of the first leaf of each part, when the first part's is `first`. */
function firstLeaves(parts: readonly Condition[], first: number): number[] {
  let next = first;
  return parts.map((part) => {
    const start = next;
    next += leavesOf(part).length;
    return start;
  });
}

/** A test of a tree: must it fail (`negated`), and would another test do instead (`alternative`). */
export type PlacedLeaf = { readonly leaf: ConditionLeaf; readonly negated: boolean; readonly alternative: boolean };

/** The tests of a tree, depth first: their places are the numbers that a compiled condition answers. */
export function leavesOf(condition: Condition, negated = false, alternative = false): PlacedLeaf[] {
  if (!isGroup(condition)) return [{ leaf: condition, negated, alternative }];
  const { parts, every, negates } = groupOf(condition, negated);
  return parts.flatMap((part) => leavesOf(part, negates, alternative || (!every && parts.length > 1)));
}

/** The tests that read facts: those of a segment in the place of the test on it. */
export const factTests = (condition: Condition): ConditionLeaf[] => leavesOf(condition).flatMap(({ leaf }) => (leaf.tree === undefined ? [leaf] : factTests(leaf.tree)));

/** The tree with every test changed. */
export function mapLeaves(condition: Condition, change: (leaf: ConditionLeaf) => ConditionLeaf): Condition {
  const mapped = (parts: readonly Condition[]) => parts.map((part) => mapLeaves(part, change));
  if ('all' in condition) return { all: mapped(condition.all) };
  if ('any' in condition) return { any: mapped(condition.any) };
  return isGroup(condition) ? { none: mapped(condition.none) } : change(condition);
}

/** What the operator really compares with: the codes of a set where the test names one. */
export const comparandOf = (leaf: ConditionLeaf, operator: Operator, sets: ProductSets): Comparand =>
  (operator.takes === 'set' ? sets(String(leaf.value)) : leaf.value);

function partsOf(leaf: ConditionLeaf) {
  const attribute = attributeOf(leaf.attribute);
  const operator = findOperator(leaf.operator);
  if (attribute === null || operator === null) throw new RangeError(`unknown test: ${leaf.attribute} ${leaf.operator}`);
  return { attribute, operator };
}
