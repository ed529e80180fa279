import { attributeOf, attributes, families, familyOf, type Attribute, type AttributeScope, type Family } from '@wracam/engine/attributes';
import type { Condition, ConditionLeaf } from '@wracam/engine/conditions';
import { findOperator, type Operator, type OperatorValue } from '@wracam/engine/operators';

export type Join = 'all' | 'any' | 'none';
export const JOINS: readonly Join[] = ['all', 'any', 'none'];

export type Group = { readonly join: Join; readonly parts: readonly Condition[] };

/** The group of a condition; null for a single test. */
export function groupOf(condition: Condition): Group | null {
  if ('all' in condition) return { join: 'all', parts: condition.all };
  if ('any' in condition) return { join: 'any', parts: condition.any };
  if ('none' in condition) return { join: 'none', parts: condition.none };
  return null;
}

export function makeGroup(join: Join, parts: readonly Condition[]): Condition {
  if (join === 'all') return { all: parts };
  return join === 'any' ? { any: parts } : { none: parts };
}

export const isLeaf = (condition: Condition): condition is ConditionLeaf => 'attribute' in condition;

/** The editor always works on a group: a single test is a group of one. Null stays null. */
export const asGroup = (condition: Condition | null): Condition | null =>
  condition !== null && isLeaf(condition) ? { all: [condition] } : condition;

/** Attributes a builder offers: those of its scopes, in the order of the engine's table. */
export const offered = (scopes: readonly AttributeScope[]): readonly Attribute[] => attributes.filter((one) => scopes.includes(one.scope));

/** From 8:00 to 16:00, in minutes since midnight. */
const WORKING_HOURS = [480, 960];

/** An empty value of the shape an operator takes: what the person has yet to fill in. */
export function emptyValue(attribute: Attribute, operator: Operator): OperatorValue {
  if (operator.takes === 'nothing') return null;
  if (operator.takes === 'set' || operator.takes === 'segment') return '';
  if (operator.takes === 'many') return [];
  if (operator.takes === 'range' && operator.compares === 'times') return WORKING_HOURS;
  if (operator.takes === 'range') return operator.compares === 'dates' ? ['', ''] : [0, 0];
  if (attribute.options) return attribute.options[0]?.value ?? '';
  return operator.compares === 'numbers' || ['money', 'number', 'quantity', 'time'].includes(attribute.type) ? 0 : '';
}

const NUMBERS: readonly Attribute['type'][] = ['money', 'number', 'quantity'];

/**
 * The operator that a test of an attribute begins with. Of a count, an amount or days that is "at least": hardly anybody gives something for
 * exactly five purchases. An hour or a day of the month is a place in the calendar and begins as the table has it.
 */
function firstOperator({ type, scope, operators }: Attribute): string | undefined {
  return NUMBERS.includes(type) && scope !== 'calendar' ? 'atLeast' : operators[0];
}

/** A test of an attribute with the operator it begins with. */
export function newLeaf(code: string): ConditionLeaf {
  const attribute = attributeOf(code);
  const operator = attribute && firstOperator(attribute);
  const found = operator ? findOperator(operator) : null;
  if (!attribute || !operator || !found) throw new Error(`no such attribute: ${code}`);
  return { attribute: code, operator, value: emptyValue(attribute, found) };
}

/** The same test by another operator; the value stays when its shape still fits. */
export function withOperator(leaf: ConditionLeaf, code: string): ConditionLeaf {
  const attribute = shownAttribute(leaf.attribute);
  const [before, after] = [findOperator(leaf.operator), findOperator(code)];
  if (!attribute || !after) return leaf;
  const fits = before !== null && before.takes === after.takes && before.compares === after.compares;
  return { ...leaf, operator: code, value: fits ? leaf.value : emptyValue(attribute, after) };
}

/**
 * A new test in the place of one before, as `begun` with its own operator. An operator that a person chose before stays where the new fact
 * has it too; one that nobody chose, for the test before began with it, gives way.
 */
export function inPlaceOf(before: ConditionLeaf, begun: ConditionLeaf): ConditionLeaf {
  const [left, taken] = [shownAttribute(before.attribute), shownAttribute(begun.attribute)];
  const wasChosen = left !== null && firstOperator(left) !== before.operator;
  return wasChosen && taken?.operators.some((one) => one === before.operator) ? withOperator(begun, before.operator) : begun;
}

/** Families a builder offers: attributes whose parameter the person still types. */
export const offeredFamilies = (scopes: readonly AttributeScope[]): readonly Family[] => families.filter((one) => scopes.includes(one.scope));

/** A parameter that stands in until the person types one. */
const standIn: Record<Family['parameter'], string> = { key: 'x', days: '30' };

/** An attribute of a family whose parameter may not be right yet; its operators are those of any. */
export function shownAttribute(code: string): Attribute | null {
  const found = familyOf(code);
  return attributeOf(code) ?? found?.family.of(standIn[found.family.parameter]) ?? null;
}

const FIRST_PARAMETER: Record<Family['parameter'], string> = { key: '', days: '30' };

/** A test of a family's attribute with its first operator and the parameter still to be typed. */
export function newFamilyLeaf(family: Family): ConditionLeaf {
  return { ...newLeaf(codeIn(family, standIn[family.parameter])), attribute: codeIn(family, FIRST_PARAMETER[family.parameter]) };
}

export const codeIn = (family: Family, parameter: string): string => family.before + parameter + family.after;
