import { expect, it } from 'vitest';
import { inPlaceOf, newLeaf, withOperator } from './condition-tree.ts';

const COUNT = 'history.salesCount';

it.each([
  [COUNT, 'atLeast', 0], ['member.daysSinceJoining', 'atLeast', 0], ['transaction.total', 'atLeast', 0], ['transaction.lineCount', 'atLeast', 0],
  ['member.kind', 'is', 'person'], ['transaction.store', 'is', ''], ['calendar.dayOfMonth', 'is', 0], ['calendar.weekday', 'is', 1],
])('a test of %s begins with %s', (attribute, operator, value) => {
  expect(newLeaf(attribute)).toEqual({ attribute, operator, value });
});

it.each([
  ['an operator that nobody chose gives way', newLeaf('member.kind'), COUNT, 'atLeast'],
  ['one that a person chose stays', withOperator(newLeaf(COUNT), 'is'), 'member.daysSinceJoining', 'is'],
  ['also from a kind', withOperator(newLeaf('member.kind'), 'isNot'), 'transaction.store', 'isNot'],
  ['one that does not fit the new fact gives way', withOperator(newLeaf('member.kind'), 'isNot'), COUNT, 'atLeast'],
  ['of numbers no kind has', withOperator(newLeaf(COUNT), 'below'), 'member.kind', 'is'],
])('another fact in the place of one: %s', (_, before, fact, operator) => {
  expect(inPlaceOf(before, newLeaf(fact))).toEqual({ ...withOperator(newLeaf(fact), operator), attribute: fact });
});
