import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conditionHolds, type Condition, type ConditionLeaf } from './conditions.ts';
import { implies } from './implies.ts';
import { conditions, facts } from './testing/arbitraries.ts';

const count = (operator: string, value: ConditionLeaf['value']): Condition => ({ attribute: 'history.salesCount', operator, value });
const group = (...value: string[]): Condition => ({ attribute: 'member.group', operator: 'includesAny', value });
const joined = (operator: string, value: ConditionLeaf['value']): Condition => ({ attribute: 'member.joinedOn', operator, value });
const PERSON: Condition = { attribute: 'member.kind', operator: 'is', value: 'person' };

describe('one condition holds only where another does', () => {
  it.each<[string, Condition, Condition]>([
    ['a lower threshold', count('atLeast', 10), count('atLeast', 5)], ['a higher end', count('below', 5), count('below', 10)], ['a wider range', count('between', [3, 5]), count('between', [3, 8])],
    ['a range with an open end', count('between', [3, 5]), count('atLeast', 3)], ['a test less', { all: [count('atLeast', 3), PERSON] }, PERSON], ['an alternative more', group('VIP'), { any: [PERSON, group('VIP', 'klub')] }],
    ['a test less under none', { none: [PERSON, count('atLeast', 3)] }, { none: [count('atLeast', 5)] }],
    ['one group in another', { all: [{ all: [PERSON, group('VIP')] }, count('atLeast', 2)] }, { all: [count('atLeast', 1), { any: [group('VIP'), group('klub')] }] }],
    ['dates', joined('within', ['2026-01-01', '2026-02-01']), joined('onOrAfter', '2025-12-01')],
  ])('%s', (_, narrow, wide) => {
    expect([implies(narrow, narrow), implies(narrow, wide), implies(wide, narrow)]).toEqual([true, true, false]);
  });

  it('whatever the order of its tests', () => {
    expect(implies({ all: [PERSON, group('VIP')] }, { all: [group('VIP'), PERSON] })).toBe(true);
  });

  it.each<[string, Condition, Condition]>([
    ['an end that the other leaves out', count('between', [3, 5]), count('below', 5)], ['a test more', PERSON, { all: [PERSON, group('VIP')] }], ['an alternative less', { any: [PERSON, group('VIP')] }, PERSON],
    ['another fact', count('atLeast', 3), { attribute: 'history.daysSinceLastSale', operator: 'atLeast', value: 3 }], ['the opposite', PERSON, { none: [PERSON] }],
    ['a fact that may be unknown', { none: [count('atLeast', 3)] }, count('below', 3)], ['all groups of a list beside none of them', { ...(group('VIP') as ConditionLeaf), operator: 'includesAll' }, { ...(group('VIP') as ConditionLeaf), operator: 'includesNone' }],
  ])('is not said of %s', (_, before, after) => {
    expect(implies(before, after)).toBe(false);
  });

  it('is only said where it is so, whatever the two are', () => {
    const few = conditions(['member', 'history']);
    // The same tests stand in both, in other groups: two conditions that have nothing of one another say nothing.
    const pairs = fc.array(few, { minLength: 1, maxLength: 4 }).chain((parts) => {
      const some = fc.subarray(parts, { minLength: 1 });
      const shape = fc.tuple(fc.constantFrom('all', 'any', 'none'), some, some).map(([kind, own, inner]): Condition => (kind === 'all' ? { all: [...own, { any: inner }] } : kind === 'any' ? { any: [...own, { all: inner }] } : { none: [...own, { none: inner }] }));
      return fc.tuple(shape, shape);
    });
    const simple = fc.constantFrom<Condition>(...[0, 1, 2, 3].flatMap((n) => [count('atLeast', n), count('below', n), count('between', [n, n + 2]), count('is', n), count('isNot', n), count('oneOf', [n, 1]), count('noneOf', [n, 1])]), ...['includesAny', 'includesAll', 'includesNone'].flatMap((operator) => [['kawa'], ['ciasto', 'kawa'], ['Rynek', 'kawa']].map((value): Condition => ({ attribute: 'member.group', operator, value }))));
    const nested = fc.tuple(fc.constantFrom('all', 'any', 'none'), fc.array(simple, { minLength: 1, maxLength: 3 })).map(([kind, parts]): Condition => (kind === 'all' ? { all: parts } : kind === 'any' ? { any: parts } : { none: parts }));
    let said = 0;
    fc.assert(fc.property(fc.oneof(pairs, fc.tuple(nested, nested), fc.tuple(simple, simple)), fc.array(facts, { minLength: 2, maxLength: 5 }), ([before, after], people) => {
      if (!implies(before, after)) return;
      said += 1;
      for (const one of people) expect(!conditionHolds(before, one) || conditionHolds(after, one)).toBe(true);
    }), { numRuns: 2_000 });
    expect(said).toBeGreaterThan(200);
  });
});
