import { attributeOf, attributes, type Attribute, type AttributeScope } from '@wracam/engine/attributes';
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

/** An empty value of the shape an operator takes: what the person has yet to fill in. */
export function emptyValue(attribute: Attribute, operator: Operator): OperatorValue {
  if (operator.takes === 'nothing') return null;
  if (operator.takes === 'many') return [];
  if (operator.takes === 'range') return operator.compares === 'dates' ? ['', ''] : [0, 0];
  if (attribute.options) return attribute.options[0]?.value ?? '';
  return operator.compares === 'numbers' || ['money', 'number', 'quantity'].includes(attribute.type) ? 0 : '';
}

/** A test of an attribute with its first operator. */
export function newLeaf(code: string): ConditionLeaf {
  const attribute = attributeOf(code);
  const operator = attribute?.operators[0];
  const found = operator === undefined ? null : findOperator(operator);
  if (!attribute || operator === undefined || !found) throw new Error(`no such attribute: ${code}`);
  return { attribute: code, operator, value: emptyValue(attribute, found) };
}

/** The same test by another operator; the value stays when its shape still fits. */
export function withOperator(leaf: ConditionLeaf, code: string): ConditionLeaf {
  const attribute = attributeOf(leaf.attribute);
  const [before, after] = [findOperator(leaf.operator), findOperator(code)];
  if (!attribute || !after) return leaf;
  const fits = before !== null && before.takes === after.takes && before.compares === after.compares;
  return { ...leaf, operator: code, value: fits ? leaf.value : emptyValue(attribute, after) };
}

const CUSTOM = /^(transaction|line|member)\.attribute\.(.*)$/;
export type CustomPlace = 'transaction' | 'line' | 'member';

/** Where an organiser's own attribute lives and its key; null for an attribute of the table. */
export function customOf(code: string): { place: CustomPlace; key: string } | null {
  const [, place, key] = CUSTOM.exec(code) ?? [];
  return place === 'transaction' || place === 'line' || place === 'member' ? { place, key: key ?? '' } : null;
}

const customScope: Record<CustomPlace, AttributeScope> = { transaction: 'document', line: 'line', member: 'member' };
export const customPlaces = (scopes: readonly AttributeScope[]): readonly CustomPlace[] =>
  (['transaction', 'line', 'member'] as const).filter((place) => scopes.includes(customScope[place]));
