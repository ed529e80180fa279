import fc from 'fast-check';
import { attributes, type Attribute, type AttributeScope } from '../attributes.ts';
import type { Condition, ConditionLeaf } from '../conditions.ts';
import { LINE_KINDS, type Facts, type Line } from '../facts.ts';
import { findOperator, type OperatorCode } from '../operators.ts';
import type { Effect, RuleDefinition } from '../rules.ts';
import { factsOf, line, sale } from './facts.ts';
import { definition } from './rules.ts';

// Few values, so that tests and facts meet often.
const texts = fc.constantFrom('kawa', 'ciasto', 'Kawa ziarnista', 'Rynek', 'Dworzec');
const small = fc.integer({ min: 0, max: 8 });
const amounts = fc.integer({ min: 0, max: 12 }).map((n) => n * 500);

function valueFor(attribute: Attribute): fc.Arbitrary<string | number> {
  switch (attribute.type) {
    case 'money': return amounts;
    case 'quantity': return small.map((n) => n * 500);
    case 'date': return fc.constantFrom('2026-11-19', '2026-11-20', '2026-11-21');
    case 'choice': return fc.constantFrom(...(attribute.options ?? []).map((option) => option.value));
    case 'number': return fc.integer({ min: attribute.min ?? 0, max: 31 }).map((n) => Math.min(n, attribute.max ?? n));
    default: return texts;
  }
}

function leafOf(attribute: Attribute, operator: OperatorCode): fc.Arbitrary<ConditionLeaf> {
  const value = valueFor(attribute);
  const leaf = { attribute: attribute.code, operator };
  switch (findOperator(operator)?.takes) {
    case 'one': return value.map((one) => ({ ...leaf, value: one }));
    case 'many': return fc.array(value, { minLength: 1, maxLength: 3 }).map((many) => ({ ...leaf, value: many as string[] | number[] }));
    case 'range': return fc.tuple(value, value).map((pair) => ({ ...leaf, value: (pair[0] <= pair[1] ? pair : [pair[1], pair[0]]) as string[] | number[] }));
    default: return fc.constant({ ...leaf, value: null });
  }
}

/** Valid conditions over all attributes of the scopes and all their operators. */
export function conditions(scopes: readonly AttributeScope[]): fc.Arbitrary<Condition> {
  const leaves = attributes.filter((one) => scopes.includes(one.scope)).flatMap((one) => one.operators.map((operator) => leafOf(one, operator)));
  const { tree } = fc.letrec<{ tree: Condition; leaf: Condition; group: Condition }>((tie) => ({
    leaf: fc.oneof(...leaves),
    group: fc.tuple(fc.constantFrom('all', 'any', 'none'), fc.array(tie('tree'), { minLength: 1, maxLength: 3 })).map(([kind, parts]) => (kind === 'all' ? { all: parts } : kind === 'any' ? { any: parts } : { none: parts })),
    tree: fc.oneof({ maxDepth: 3 }, tie('leaf'), tie('group')),
  }));
  return tree;
}

export const lines: fc.Arbitrary<Line> = fc.record({
  amount: amounts.map((n) => n * 2), category: texts, brand: fc.option(texts), quantity: fc.integer({ min: 1, max: 4 }), kind: fc.constantFrom(...LINE_KINDS, 'goods', 'goods'),
}).map(({ amount, category, brand, quantity, kind }) => line(amount, { category, brand, kind, quantity: quantity * 1000 }));

export const facts: fc.Arbitrary<Facts> = fc.record({
  lines: fc.array(lines, { minLength: 1, maxLength: 5 }), store: fc.option(texts), channel: fc.option(texts), paid: amounts,
  hour: fc.integer({ min: 0, max: 70 }), kind: fc.constantFrom('person', 'company'), birthday: fc.boolean(), salesCount: small, spentMinor: amounts,
  lastSaleOn: fc.option(fc.constantFrom('2026-11-10', '2026-11-25')),
}).map((one) => factsOf(
  sale(one.lines, { store: one.store, channel: one.channel, paidWithPointsMinor: one.paid, occurredAt: Date.parse('2026-11-19T12:05:00Z') + one.hour * 3_600_000 }),
  { kind: one.kind, birthday: one.birthday, salesCount: one.salesCount, spentMinor: one.spentMinor, lastSaleOn: one.lastSaleOn },
));

const effects: fc.Arbitrary<Effect> = fc.oneof(
  fc.record({ kind: fc.constant('perAmount' as const), points: fc.integer({ min: 1, max: 7 }), perMinor: fc.constantFrom(1, 100, 333, 1000), rounding: fc.constantFrom('down', 'nearest', 'up'), per: fc.constantFrom('transaction', 'line') }),
  fc.record({ kind: fc.constant('fixed' as const), points: fc.integer({ min: 1, max: 50 }) }),
  fc.constantFrom<Effect>({ kind: 'multiplier', numerator: 2, denominator: 1 }, { kind: 'multiplier', numerator: 3, denominator: 2 }, { kind: 'multiplier', numerator: 5, denominator: 4 }),
);
const caps = fc.option(fc.integer({ min: 1, max: 20 }), { freq: 4 });

/** Valid rules of two wallets with everything a rule can have. */
export const rules: fc.Arbitrary<RuleDefinition> = fc.record({
  wallet: fc.constantFrom('points', 'points', 'stamps'), effect: effects, priority: fc.integer({ min: 0, max: 2 }),
  when: fc.option(conditions(['document', 'member', 'history', 'calendar'])), lines: fc.option(conditions(['line'])),
  exclusiveGroup: fc.option(fc.constantFrom('a', 'b'), { freq: 4 }), caps: fc.record({ perTransaction: caps, perMemberDay: caps, perProgram: caps }),
}).map((one) => definition(one));
