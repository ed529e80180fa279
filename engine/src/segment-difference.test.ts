import { expect, it } from 'vitest';
import type { Condition } from './conditions.ts';
import { diffSegment, type SegmentUser } from './segment-difference.ts';
import { mayLoseBySegment } from './segments.ts';
import { definition } from './testing/rules.ts';

const sales = (value: number): Condition => ({ attribute: 'history.salesCount', operator: 'atLeast', value });
const test = (operator: string): Condition => ({ attribute: 'member.segment', operator, value: 'Stali' });
const user = (when: Condition, exclusiveGroup: string | null = null): SegmentUser => ({ kind: 'rule', name: 'Podwójne', losesBy: (change) => mayLoseBySegment(definition({ when, exclusiveGroup }), 'Stali', change) });
const options = { lang: 'pl', currency: 'PLN' } as const;

it.each<[string, Condition, string | null, number, number, ['worse' | 'better', string | null]]>([
  ['fewer are in it and get less', test('inSegment'), null, 3, 5, ['worse', 'mogą dać mniej temu, kto wypadnie z segmentu']],
  ['more are in it and get more', test('inSegment'), null, 5, 3, ['better', null]],
  ['more are in what the rule leaves out', test('notInSegment'), null, 5, 3, ['worse', 'mogą dać mniej temu, kto wejdzie do segmentu']],
  ['fewer are in what the rule leaves out', { none: [test('inSegment')] }, null, 3, 5, ['better', null]],
  ['more are in it, and the rule takes its group from another one', test('inSegment'), 'g', 5, 3, ['worse', 'mogą dać mniej temu, kto wejdzie do segmentu']],
])('a changed segment: %s', (_, when, exclusive, before, after, [verdict, lose]) => {
  const changes = diffSegment(sales(before), sales(after), [user(when, exclusive)], options);
  expect(changes[0]).toMatchObject({ field: 'condition', name: 'kto należy do segmentu', before: `Uczestnik należy do segmentu, gdy wcześniejszych zakupów jest co najmniej ${before}.`, verdict });
  expect(changes.slice(1).map((one) => [one.before, one.after])).toEqual(lose === null ? [] : [['zasada „Podwójne”', lose]]);
});

it('takes nothing from anybody where no rule asks for the segment, and says nothing where nothing differs', () => {
  expect(diffSegment(sales(3), sales(5), [], options).map((one) => one.verdict)).toEqual(['same']);
  expect(diffSegment(sales(3), sales(3), [user(test('inSegment'))], options)).toEqual([]);
  const other: Condition = { attribute: 'member.kind', operator: 'is', value: 'person' };
  const told = (...operators: string[]) => diffSegment(sales(3), other, operators.map((one) => user(test(one))), { ...options, lang: 'en' })[1];
  expect(told('inSegment')).toMatchObject({ name: 'rules and goals that ask for it', before: 'rule “Podwójne”', after: 'may give less to whoever falls out of the segment' });
  expect([told('notInSegment'), told('inSegment', 'notInSegment')].map((one) => one!.after)).toEqual(['may give less to whoever comes into the segment', 'may give less to whoever comes into the segment or falls out of it']);
});
