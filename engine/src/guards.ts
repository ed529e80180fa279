import { attributeOf, type Attribute } from './attributes.ts';
import { groupOf, isGroup, leavesOf, NO_LINE, type Condition } from './conditions.ts';
import type { Facts } from './facts.ts';
import { findOperator, type Seen } from './operators.ts';
import type { RuleDefinition, Ruleset } from './rules.ts';

/** A test without which a rule cannot speak, on a fact that is read at once and has few values: the store, the channel, the day of the week. */
export type Guard = { readonly leaf: number; readonly at: number; readonly holds: (seen: Seen) => boolean };

/** The guards of a ruleset: the facts that they look at, and those of every rule, by its place. */
export type Guards = { readonly attributes: readonly Attribute[]; readonly rules: readonly (readonly Guard[])[] };

/** Nothing of the member and nothing that a line says: what these facts say is in the document for ever, and so is which guard refused it. */
const GUARDING = ['transaction.store', 'transaction.channel', 'transaction.till', 'transaction.cashier', 'calendar.weekday', 'calendar.month'];
const OPERATORS = ['is', 'oneOf'];

const known = new WeakMap<Ruleset, Guards>();

/** A ruleset never changes, so its guards are found once. */
export function guardsOf(ruleset: Ruleset): Guards {
  let guards = known.get(ruleset);
  if (guards === undefined) known.set(ruleset, guards = findGuards(ruleset));
  return guards;
}

function findGuards({ rules }: Ruleset): Guards {
  const attributes: Attribute[] = [];
  const placeOf = (code: string): number => {
    const at = attributes.findIndex((one) => one.code === code);
    return at >= 0 ? at : attributes.push(attributeOf(code)!) - 1;
  };
  return { attributes, rules: rules.map(({ definition }) => guardsOfRule(definition, placeOf)) };
}

// Out of its season a rule says that, and not where it would have applied.
function guardsOfRule({ when, schedule }: RuleDefinition, placeOf: (code: string) => number): Guard[] {
  if (when === null || schedule.from !== null || schedule.until !== null) return [];
  const found: Guard[] = [];
  const look = (condition: Condition, first: number): void => {
    if (isGroup(condition)) {
      if (!('all' in condition)) return;
      let next = first;
      for (const part of groupOf(condition, false).parts) {
        look(part, next);
        next += leavesOf(part).length;
      }
    } else if (GUARDING.includes(condition.attribute) && OPERATORS.includes(condition.operator)) {
      found.push({ leaf: first, at: placeOf(condition.attribute), holds: findOperator(condition.operator)!.compile(condition.value) });
    }
  };
  look(when, 0);
  return found;
}

/** What a document says of the facts that guards look at. */
export const guardingFacts = ({ attributes }: Guards, facts: Facts): readonly Seen[] => attributes.map((one) => one.read(facts, NO_LINE));

/** The same facts in one text. Documents that agree on it are refused by the same guards. */
export function guardKey({ attributes }: Guards, facts: Facts): string {
  let key = '';
  for (let i = 0; i < attributes.length; i += 1) {
    const seen = attributes[i]!.read(facts, NO_LINE);
    key += typeof seen === 'string' ? `\u0000s${seen}` : `\u0000${String(seen)}`;
  }
  return key;
}

/** The first guard of a rule that refuses these facts, by the number of its test; −1: none does. */
export function refusingGuard({ rules }: Guards, rule: number, seen: readonly Seen[]): number {
  for (const { leaf, at, holds } of rules[rule]!) if (!holds(seen[at]!)) return leaf;
  return -1;
}
