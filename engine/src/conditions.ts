import type { AttributeScope } from './attributes.ts';
import type { Fault } from './faults.ts';

export type ConditionValue = string | number | boolean | null | readonly string[] | readonly number[];

/** One test. `value` is null for operators that take none. */
export type ConditionLeaf = { readonly attribute: string; readonly operator: string; readonly value: ConditionValue };

/** All hold, any holds, none holds, or one test. Groups are never empty. */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly none: readonly Condition[] }
  | ConditionLeaf;

export const CONDITION_DEPTH_MAX = 8;
export const CONDITION_SIZE_MAX = 200;

/** Every fault of a condition tree that came from outside, with pointers under `pointer`; empty means it is a Condition. */
export function validateCondition(_input: unknown, _scopes: readonly AttributeScope[], _pointer = ''): Fault[] {
  throw new Error('being written');
}
