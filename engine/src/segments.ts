import { calendarParts, type Instant } from './calendar.ts';
import { SEGMENT_SCOPES, validateCondition } from './condition-validation.ts';
import { compileCondition, HOLDS, leavesOf, mapLeaves, NO_LINE, NO_STATES, type Condition } from './conditions.ts';
import { NO_CAPS_USED, NO_DOCUMENT, type MemberFacts } from './facts.ts';
import type { Fault } from './faults.ts';
import { mayLoseByNamed, type NamedChange } from './named-change.ts';
import { findOperator } from './operators.ts';
import type { RuleDefinition } from './rules.ts';
import { readReference, writeReference } from './set-reference.ts';

const namesSegment = (operator: string): boolean => findOperator(operator)?.takes === 'segment';

/** Every fault of who a segment says is in it; empty means it is a Condition on members and their history that names no other segment. */
export const validateSegment = (input: unknown, pointer = '/condition'): Fault[] => validateCondition(input, SEGMENT_SCOPES, pointer);

/** Every segment that a rule names, as it names it. */
export const segmentsIn = ({ when }: Pick<RuleDefinition, 'when'>): string[] => (when === null ? [] : segmentsOf(when));

/** Every segment that a condition names, as it names it. */
export const segmentsOf = (condition: Condition): string[] => [...new Set(leavesOf(condition).filter(({ leaf }) => namesSegment(leaf.operator)).map(({ leaf }) => String(leaf.value)))];

/** Is a member in a segment at an instant. Answers as a rule would for a purchase at that very moment. */
export function segmentTest(condition: Condition, timeZone: string, at: Instant): (member: MemberFacts) => boolean {
  const holds = compileCondition(condition);
  const facts = { document: { ...NO_DOCUMENT, occurredAt: at }, calendar: calendarParts(timeZone, at), caps: NO_CAPS_USED };
  return (member) => holds({ ...facts, member }, NO_LINE, NO_STATES) === HOLDS;
}

export type SegmentVersion = { readonly version: number; readonly condition: Condition };

/** May members get less of a rule when a segment that it names changes: some test of the segment begins to fail, or the rule takes an exclusive group from another one. */
export const mayLoseBySegment = ({ when, exclusiveGroup }: Pick<RuleDefinition, 'when' | 'exclusiveGroup'>, name: string, change: NamedChange): boolean =>
  mayLoseByNamed(when === null ? [] : [when], exclusiveGroup, (leaf) => namesSegment(leaf.operator) && readReference(String(leaf.value)).name === name, change);

/** The rule with every test on a segment carrying what the segment stands for, so that a later change of the segment never changes what the rule decided. Null: the test stays as it is. */
export const pinSegments = (definition: RuleDefinition, segmentOf: (name: string) => SegmentVersion | null): RuleDefinition =>
  (segmentsIn(definition).length === 0 ? definition : { ...definition, when: definition.when && pinTests(definition.when, segmentOf) });

/** The same of a condition. */
export const pinTests = (condition: Condition, segmentOf: (name: string) => SegmentVersion | null): Condition => mapLeaves(condition, (leaf) => {
  if (!namesSegment(leaf.operator)) return leaf;
  const { name } = readReference(String(leaf.value));
  const found = segmentOf(name);
  return found === null ? leaf : { ...leaf, value: writeReference(name, found.version), tree: found.condition };
});

/** The condition as a person wrote it: segments by their names alone. */
export const unpinTests = (condition: Condition): Condition => mapLeaves(condition, (leaf) =>
  (namesSegment(leaf.operator) ? { attribute: leaf.attribute, operator: leaf.operator, value: readReference(String(leaf.value)).name } : leaf));
