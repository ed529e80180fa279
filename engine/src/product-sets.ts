import { leavesOf, mapLeaves, type Condition } from './conditions.ts';
import { mayLoseByNamed, type NamedChange } from './named-change.ts';
import { findOperator } from './operators.ts';
import type { RuleDefinition } from './rules.ts';
import { readReference, writeReference } from './set-reference.ts';

type Trees = Pick<RuleDefinition, 'when' | 'lines'>;
const trees = ({ when, lines }: Trees): Condition[] => [when, lines].filter((tree) => tree !== null);
const namesSet = (operator: string): boolean => findOperator(operator)?.takes === 'set';

/** Every set that the conditions of a rule or a target name, as they name it. */
export function setsIn(definition: Trees): string[] {
  const named = trees(definition).flatMap((tree) => leavesOf(tree)).filter(({ leaf }) => namesSet(leaf.operator));
  return [...new Set(named.map(({ leaf }) => String(leaf.value)))];
}

/** What becomes of a set: do codes join it, do codes leave it. */
export type SetChange = NamedChange;

/** May members get less of a rule when a set that it names changes: some test of the set begins to fail, or the rule takes an exclusive group from another one. */
export const mayLoseBySet = (definition: Trees & Pick<RuleDefinition, 'exclusiveGroup'>, name: string, change: SetChange): boolean =>
  mayLoseByNamed(trees(definition), definition.exclusiveGroup, (leaf) => namesSet(leaf.operator) && readReference(String(leaf.value)).name === name, change);

/** The rule with every set named by the version in `versionOf`, so that later contents never change what it decided. */
export function pinSets(definition: RuleDefinition, versionOf: (name: string) => number): RuleDefinition {
  if (setsIn(definition).length === 0) return definition;
  const pin = (tree: Condition) => mapLeaves(tree, (leaf) => {
    if (!namesSet(leaf.operator)) return leaf;
    const { name, version } = readReference(String(leaf.value));
    return { ...leaf, value: writeReference(name, version ?? versionOf(name)) };
  });
  return { ...definition, when: definition.when && pin(definition.when), lines: definition.lines && pin(definition.lines) };
}

/** A pinned rule with some sets in another version: those for which `versionOf` says one. */
export function pinAnew(definition: RuleDefinition, versionOf: (name: string) => number | null): RuleDefinition {
  const pin = (tree: Condition) => mapLeaves(tree, (leaf) => {
    if (!namesSet(leaf.operator)) return leaf;
    const { name } = readReference(String(leaf.value));
    const version = versionOf(name);
    return version === null ? leaf : { ...leaf, value: writeReference(name, version) };
  });
  return { ...definition, when: definition.when && pin(definition.when), lines: definition.lines && pin(definition.lines) };
}

/** Codes from a text: one a line or the first column of a CSV file, each once, in order of the alphabet. A heading is known by its words. */
export function codesInText(text: string): string[] {
  const codes = new Set<string>();
  text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/).forEach((row, at) => {
    const cell = (/^\s*"((?:[^"]|"")*)"/.exec(row)?.[1]?.replaceAll('""', '"') ?? row.split(/[;,\t]/)[0]!).trim();
    if (cell !== '' && !(at === 0 && HEADING.test(cell))) codes.add(cell);
  });
  return [...codes].sort();
}
const HEADING = /^(sku|ean|kod|kody|kod towaru|kod produktu|indeks|symbol|code|article code)$/i;
