import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attributeOf, attributes } from './attributes.ts';
import { compileCondition, conditionHolds, HOLDS, leavesOf, NO_LINE, NO_STATES, validateCondition, type Condition } from './conditions.ts';
import { findOperator } from './operators.ts';
import { conditions, facts as anyFacts, lines as anyLines, someSets } from './testing/arbitraries.ts';
import { calendarParts } from './calendar.ts';
import type { PastPurchase } from './past.ts';
import { compileRuleset } from './rules.ts';
import { factsOf, line, sale } from './testing/facts.ts';
import { rulesetOf } from './testing/rules.ts';

const WHEN = ['document', 'segment', 'member', 'badge', 'history', 'calendar'] as const;
const test = (attribute: string, operator: string, value: Parameters<typeof leaf>[2] = null) => leaf(attribute, operator, value);
const leaf = (attribute: string, operator: string, value: string | number | boolean | null | readonly string[] | readonly number[]) => ({ attribute, operator, value });

describe('a condition', () => {
  it('means the same interpreted and compiled, and every generated one is valid', () => {
    fc.assert(fc.property(conditions([...WHEN, 'line']), anyFacts, anyLines, (condition, facts, oneLine) => {
      expect(validateCondition(condition, [...WHEN, 'line'], '', true)).toEqual([]);
      expect(compileCondition(condition, undefined, someSets)(facts, oneLine, NO_STATES) === HOLDS).toBe(conditionHolds(condition, facts, oneLine, someSets));
    }), { numRuns: 700 });
  });

  it('blames a test that did decide: one that fails, or one under `none` that holds', () => {
    fc.assert(fc.property(conditions([...WHEN, 'line']), anyFacts, anyLines, (condition, facts, oneLine) => {
      const blamed = compileCondition(condition, undefined, someSets)(facts, oneLine, NO_STATES);
      if (blamed === HOLDS) return;
      const placed = leavesOf(condition)[blamed]!;
      expect(conditionHolds(placed.leaf, facts, oneLine, someSets)).toBe(placed.negated);
    }), { numRuns: 700 });
  });

  it.each<[Condition, boolean]>([
    [test('transaction.total', 'atLeast', 5740), true], [test('transaction.total', 'atLeast', 5741), false], [test('transaction.total', 'below', 5740), false],
    [test('transaction.total', 'between', [5740, 5740]), true], [test('transaction.store', 'is', 'rynek'), false], [test('transaction.store', 'startsWith', 'ryn'), true],
    [test('transaction.cashier', 'is', 'Ola'), false], [test('transaction.cashier', 'isNot', 'Ola'), true], [test('transaction.cashier', 'noneOf', ['Ola']), true],
    [test('transaction.attribute.gift', 'isTrue'), true], [test('transaction.attribute.none', 'isTrue'), false], [test('transaction.attribute.level', 'atLeast', 3), true],
    [test('transaction.attribute.constructor', 'isNot', 'x'), true], [test('transaction.attribute.toString', 'contains', 'native'), false],
    [test('history.daysSinceLastSale', 'is', 10), true], [test('member.daysSinceJoining', 'is', 314), true], [test('history.isFirstSale', 'isFalse'), true],
    [test('calendar.weekday', 'is', 5), true], [test('calendar.hour', 'between', [14, 14]), true], [test('calendar.date', 'before', '2026-11-20'), false], [test('calendar.date', 'within', ['2026-11-20', '2026-11-20']), true],
    [test('calendar.time', 'timeWithin', [14 * 60, 14 * 60 + 6]), true], [test('calendar.time', 'timeWithin', [14 * 60, 14 * 60 + 5]), false], [test('calendar.time', 'timeWithin', [14 * 60 + 5, 1440]), true],
    [test('calendar.time', 'timeWithin', [22 * 60, 6 * 60]), false], [test('calendar.time', 'timeWithin', [14 * 60 + 5, 14 * 60]), true], [test('calendar.time', 'atLeast', 14 * 60 + 5), true],
    [test('calendar.isHoliday', 'isTrue'), false], [test('calendar.isHoliday', 'isFalse'), true], [test('calendar.isAnniversary', 'isFalse'), true],
    [test('transaction.paymentKind', 'includesAny', ['blik', 'card']), true], [test('transaction.paymentKind', 'includesAll', ['voucher', 'card']), true], [test('transaction.paymentKind', 'includesAll', ['card', 'cash']), false],
    [test('transaction.paymentKind', 'includesNone', ['cash', 'blik']), true], [test('transaction.paymentKind', 'includesNone', ['card']), false], [test('transaction.paidWith.card', 'between', [4000, 4000]), true], [test('transaction.paidWith.cash', 'below', 1), true],
    [test('event.field.gift', 'isTrue'), false], [test('member.tier', 'is', 'gold'), false], [test('member.tier', 'isNot', 'gold'), true],
    [{ all: [test('calendar.weekday', 'is', 5), test('calendar.month', 'is', 11)] }, true], [{ none: [test('calendar.weekday', 'is', 5)] }, false],
    [{ any: [test('calendar.weekday', 'is', 1), test('calendar.dayOfMonth', 'is', 20)] }, true],
  ])('%j is %s', (condition, expected) => {
    const facts = factsOf(sale([line(5740)], { attributes: { gift: true, level: 3 }, payments: [{ kind: 'card', amountMinor: 3000 }, { kind: 'voucher', amountMinor: 1740 }, { kind: 'card', amountMinor: 1000 }] }));
    expect(validateCondition(condition, WHEN)).toEqual([]);
    expect(conditionHolds(condition, facts)).toBe(expected);
    expect(compileCondition(condition)(facts, NO_LINE, NO_STATES) === HOLDS).toBe(expected);
  });
});

describe('validation', () => {
  const nested = (depth: number): unknown => (depth === 0 ? test('calendar.weekday', 'is', 1) : { all: [nested(depth - 1)] });

  it.each<[unknown, [string, string][]]>([
    [null, [['', 'not_a_condition']]], [[], [['', 'not_a_condition']]], ['x', [['', 'not_a_condition']]],
    [{ all: [] }, [['/all', 'group_empty']]], [{ any: [{ none: [] }] }, [['/any/0/none', 'group_empty']]], [{ all: {} }, [['/all', 'group_empty']]],
    [{ all: [test('calendar.weekday', 'is', 1)], any: [] }, [['/any', 'field_unknown']]],
    [{ ...test('calendar.weekday', 'is', 1), 'a/b': 1 }, [['/a~1b', 'field_unknown']]],
    [{}, [['/attribute', 'attribute_unknown'], ['/operator', 'operator_unfit']]],
    [test('calendar.weekday', 'is', 8), [['/value', 'value_invalid']]], [test('calendar.weekday', 'atLeast', 1), [['/operator', 'operator_unfit']]],
    [test('line.sku', 'is', 'A'), [['/attribute', 'attribute_not_here']]], [test('transaction.total', 'atLeast', '5'), [['/value', 'value_invalid']]],
    [test('transaction.total', 'atLeast', -1), [['/value', 'value_invalid']]], [test('transaction.total', 'atLeast', 0.5), [['/value', 'value_invalid']]],
    [test('transaction.total', 'atLeast', 2 ** 53), [['/value', 'value_invalid']]], [test('transaction.total', 'between', [5, 1]), [['/value', 'value_range']]],
    [test('transaction.total', 'between', [5]), [['/value', 'value_range']]], [test('transaction.store', 'oneOf', []), [['/value', 'value_list']]],
    [test('transaction.store', 'oneOf', ['a', '']), [['/value/1', 'value_invalid']]], [test('calendar.date', 'is', '2026-02-30'), [['/value', 'value_invalid']]],
    [test('calendar.isBirthday', 'isTrue', 'yes'), [['/value', 'value_unexpected']]], [test('transaction.attribute.__proto__', 'isTrue'), [['/attribute', 'attribute_unknown']]],
    [test('transaction.attribute.x', 'atLeast', 'a'), [['/value', 'value_invalid']]], [test('toString', 'is', 'a'), [['/attribute', 'attribute_unknown']]],
    [test('calendar.time', 'timeWithin', [600, 600]), [['/value', 'value_range']]], [test('calendar.time', 'timeWithin', [600, 1441]), [['/value/1', 'value_invalid']]], [test('calendar.time', 'timeWithin', [600]), [['/value', 'value_range']]],
    [test('calendar.time', 'timeWithin', [1320, 360]), []], [test('transaction.paymentKind', 'includesAny', ['gold']), [['/value/0', 'value_invalid']]], [test('transaction.paymentKind', 'is', 'card'), [['/operator', 'operator_unfit']]],
    [test('history.days.0.spent', 'atLeast', 1), [['/attribute', 'attribute_unknown']]], [test('history.days.801.spent', 'atLeast', 1), [['/attribute', 'attribute_unknown']]], [test('history.days.030.spent', 'atLeast', 1), [['/attribute', 'attribute_unknown']]],
    [test('history.days.1e2.spent', 'atLeast', 1), [['/attribute', 'attribute_unknown']]], [test('history.days.30.stars', 'atLeast', 1), [['/attribute', 'attribute_unknown']]], [test('history.days.30.spent', 'is', 1), [['/operator', 'operator_unfit']]],
    [test('history.days.800.sales', 'is', 1), []], [test('history.days.30.category', 'includesAny', []), [['/value', 'value_list']]],
    [test('event.field.', 'isTrue'), [['/attribute', 'attribute_unknown']]],
    [test('calendar.weekday', 'constructor', 1), [['/operator', 'operator_unfit']]],
    [{ all: [test('calendar.weekday', 'is', 0), test('x', 'is', 1)] }, [['/all/0/value', 'value_invalid'], ['/all/1/attribute', 'attribute_unknown']]],
    [nested(8), [['/all/0/all/0/all/0/all/0/all/0/all/0/all/0', 'condition_too_deep']]], [nested(7), []],
    [{ any: Array.from({ length: 200 }, () => test('calendar.weekday', 'is', 1)) }, [['', 'condition_too_large']]],
    [{ any: Array.from({ length: 199 }, () => test('calendar.weekday', 'is', 1)) }, []],
  ])('of %j names every fault at its place', (input, expected) => {
    expect(validateCondition(input, WHEN).map((one) => [one.pointer, one.code])).toEqual(expected);
  });

  it('never throws and never passes what the closures cannot compile', () => {
    fc.assert(fc.property(fc.oneof(fc.anything(), fc.record({ attribute: fc.constantFrom(...attributes.map((one) => one.code), 'line.attribute.x'), operator: fc.constantFrom('is', 'oneOf', 'between', 'isTrue', 'contains'), value: fc.anything() })), (input) => {
      if (validateCondition(input, [...WHEN, 'line']).length === 0) expect(() => compileCondition(input as Condition)).not.toThrow();
    }), { numRuns: 500 });
  });
});

describe('facts of an event and of a day', () => {
  const event = (more: object) => factsOf(sale(0, { event: 'survey', attributes: { stars: 5 }, ...more }));

  it('fields are read of an event, never of a purchase with the same attribute', () => {
    const wanted = test('event.field.stars', 'atLeast', 4);
    expect([conditionHolds(wanted, event({})), conditionHolds(wanted, event({ event: null }))]).toEqual([true, false]);
  });

  it.each([
    ['2026-11-11T12:00:00Z', true], ['2026-12-23T23:00:00Z', true], ['2026-12-24T23:00:00Z', true], ['2026-12-26T23:00:00Z', false],
  ])('%s is in Warsaw a holiday: %s', (at, holiday) => {
    expect(conditionHolds(test('calendar.isHoliday', 'isTrue'), event({ occurredAt: Date.parse(at) }))).toBe(holiday);
  });

  it.each([
    ['2025-11-20', '2026-11-20', true], ['2026-11-20', '2026-11-20', false], ['2025-11-21', '2026-11-20', false], ['2024-02-29', '2025-02-28', true], ['2024-02-29', '2028-02-28', false], ['2024-02-29', '2028-02-29', true],
  ])('who joined on %s has an anniversary on %s: %s', (joinedOn, date, expected) => {
    const facts = factsOf(sale(100, { occurredAt: Date.parse(`${date}T12:00:00Z`) }), { joinedOn });
    expect(conditionHolds(test('calendar.isAnniversary', 'isTrue'), facts)).toBe(expected);
  });
});

describe('a window of days', () => {
  const at = (text: string) => ({ occurredAt: Date.parse(text), dayNumber: calendarParts('Europe/Warsaw', Date.parse(text)).dayNumber });
  // The sale is on the 20th of November at 14:05 in Warsaw.
  const past: PastPurchase[] = [
    { ...at('2026-11-20T12:00:00Z'), amountMinor: 1000, lines: [line(1000, { quantity: 2000 })] },
    { ...at('2026-11-20T18:00:00Z'), amountMinor: 50, lines: [line(50, { category: 'późniejsza' })] },
    { ...at('2026-10-21T22:30:00Z'), amountMinor: 3000, lines: [line(2000, { category: 'ciasto', sku: 'C-1' }), line(1000, { kind: 'shipping', sku: '', category: '' })] },
    { ...at('2026-10-21T21:30:00Z'), amountMinor: 500, lines: [] },
  ];
  const facts = factsOf(sale(100), { past });

  it.each<[string, unknown]>([
    ['history.days.1.spent', 1000], ['history.days.30.spent', 4000], ['history.days.31.spent', 4500], ['history.days.29.spent', 1000],
    ['history.days.1.sales', 1], ['history.days.30.sales', 2], ['history.days.800.sales', 3], ['history.days.30.quantity', 3000],
    ['history.days.30.category', ['kawa', 'ciasto']], ['history.days.29.category', ['kawa']], ['history.days.30.sku', ['KAWA-1', 'C-1']], ['history.category', ['kawa', 'ciasto']],
  ])('%s is %j: local dates, the purchase\'s own among them, nothing that occurred later', (code, expected) => {
    expect(attributeOf(code)!.read(facts, NO_LINE)).toEqual(expected);
  });

  it('a ruleset says how far back it looks', () => {
    const pastDays = (...codes: string[]) => compileRuleset(rulesetOf([{ when: { any: codes.map((code) => test(code, code.endsWith('y') ? 'includesAny' : 'atLeast', code.endsWith('y') ? ['kawa'] : 1)) } }])).pastDays;
    expect([pastDays('history.spent'), pastDays('history.days.7.sales', 'history.days.30.spent'), pastDays('history.category')]).toEqual([0, 30, Infinity]);
  });
});

describe('the attribute table', () => {
  it('names every attribute once, in both languages, with operators that exist', () => {
    expect(new Set(attributes.map((one) => one.code)).size).toBe(attributes.length);
    for (const one of attributes) {
      expect(attributeOf(one.code)).toBe(one);
      expect(one.words.pl !== '' && one.words.en !== '' && one.operators.length > 0).toBe(true);
      for (const operator of one.operators) expect(findOperator(operator)).not.toBeNull();
    }
  });

  it('freezes exactly the facts that are not in the document or its date', () => {
    expect(attributes.filter((one) => one.frozen).map((one) => one.code)).toEqual([
      'member.kind', 'member.tier', 'member.company', 'member.group', 'member.badge', 'member.segment', 'member.daysSinceJoining', 'history.salesCount', 'history.spent', 'history.daysSinceLastSale', 'history.isFirstSale', 'history.category', 'history.sku', 'calendar.isBirthday', 'calendar.isAnniversary']);
    expect(attributeOf('member.attribute.level')).toMatchObject({ frozen: true, scope: 'member' });
  });
});
