import { groupOf, isGroup, leavesOf, type Condition, type ConditionLeaf } from './conditions.ts';

/** What becomes of something that rules name, a set of articles or a segment: does anything join it, does anything leave it. */
export type NamedChange = { readonly joins: boolean; readonly leaves: boolean };

/** Tests that hold for what is outside. */
const OUTSIDE = ['notInSet', 'notInSegment'];

/** May members get less of a rule with these conditions when what some of its tests name changes: such a test begins to fail, or the rule takes its exclusive group from another one. */
export function mayLoseByNamed(conditions: readonly Condition[], exclusiveGroup: string | null, isNamed: (leaf: ConditionLeaf) => boolean, { joins, leaves }: NamedChange): boolean {
  if (exclusiveGroup !== null && (joins || leaves) && conditions.some((tree) => leavesOf(tree).some(({ leaf }) => isNamed(leaf)))) return true;
  const fails = (condition: Condition, negated: boolean): boolean => {
    if (isGroup(condition)) {
      const { parts, negates } = groupOf(condition, negated);
      return parts.some((part) => fails(part, negates));
    }
    if (!isNamed(condition)) return false;
    return OUTSIDE.includes(condition.operator) === negated ? leaves : joins;
  };
  return conditions.some((tree) => fails(tree, false));
}
