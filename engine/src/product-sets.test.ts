import { describe, expect, it } from 'vitest';
import { compileRuleset } from './rules.ts';
import { decide } from './decide.ts';
import { describeRule } from './describe.ts';
import { codesInText, mayLoseBySet, pinSets, setsIn } from './product-sets.ts';
import { validateCondition } from './condition-validation.ts';
import { factsOf, line, sale } from './testing/facts.ts';
import { definition, rulesetOf } from './testing/rules.ts';

const inSet = (value: string, operator = 'inSet') => ({ attribute: 'line.sku', operator, value });
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('a set of articles', () => {
  const document = sale([line(2000, { sku: 'A-1' }), line(3000, { sku: 'a-1' }), line(5000, { sku: '' })]);
  const points = (operator: string) => decide(compileRuleset(rulesetOf([{ lines: inSet('Kawy#3', operator) }]), (name) => (name === 'Kawy#3' ? new Set(['A-1', 'B-1']) : new Set())), factsOf(document)).awards.map((award) => award.points);

  it('counts the lines whose code is in it to the letter, or all the others', () => {
    expect([points('inSet'), points('notInSet')]).toEqual([[2], [8]]);
  });

  it('is never guessed: a ruleset whose set is not at hand does not compile', () => {
    expect(() => compileRuleset(rulesetOf([{ lines: inSet('Kawy#3') }]))).toThrow(/Kawy#3/);
  });

  it('holds a hundred thousand codes and still decides by one look', () => {
    const codes = new Set(Array.from({ length: 100_000 }, (_, i) => `590${String(i).padStart(10, '0')}`));
    const compiled = compileRuleset(rulesetOf([{ lines: inSet('Wielki#1') }]), () => codes);
    const facts = factsOf(sale([line(1000, { sku: '5900000099999' }), line(1000, { sku: '5900000100000' })]));
    expect(decide(compiled, facts).awards.map((award) => award.points)).toEqual([1]);
  });

  it('is named by its newest version in a draft and by an exact one once published', () => {
    const rule = definition({ lines: { any: [inSet('Kawy'), { none: [inSet('Ciasta#2'), inSet('Kawy')] }] }, when: { attribute: 'calendar.weekday', operator: 'is', value: 3 } });
    expect(setsIn(rule)).toEqual(['Kawy', 'Ciasta#2']);
    const pinned = pinSets(rule, () => 7);
    expect(setsIn(pinned)).toEqual(['Kawy#7', 'Ciasta#2']);
    expect(pinSets(pinned, () => 9)).toEqual(pinned);
    expect(pinned.when).toEqual(rule.when);
  });

  it('reads by its name, whatever its version', () => {
    const said = (value: string, operator?: string) => [describeRule(definition({ lines: inSet(value, operator) }), { lang: 'pl', currency: 'PLN' }), describeRule(definition({ lines: inSet(value, operator) }), { lang: 'en', currency: 'PLN' })].map(plain);
    expect(said('Kawy ziarniste#12')).toEqual(['1 punkt za każde 10 zł wydane na towary z zestawu „Kawy ziarniste”.', '1 point for every PLN 10 spent on articles from the set “Kawy ziarniste”.']);
    expect(said('Kawy', 'notInSet')).toEqual(['1 punkt za każde 10 zł wydane na towary nie z zestawu „Kawy”.', '1 point for every PLN 10 spent on articles not from the set “Kawy”.']);
  });

  it.each<[unknown, boolean]>([['Kawy', true], ['Kawy#3', true], ['Kawy#0', false], ['#3', false], ['', false], ['a#b', false], [['Kawy'], false], [3, false], ['x'.repeat(61), false]])('%j is a name of one: %s', (value, fits) => {
    expect(validateCondition({ attribute: 'line.sku', operator: 'inSet', value }, ['line'], '', true).length === 0).toBe(fits);
  });

  it('fits only where whoever compiles has the sets', () => {
    expect(validateCondition(inSet('Kawy'), ['line']).map((one) => one.code)).toEqual(['operator_unfit']);
  });
});

describe('codes in a text', () => {
  it.each<[string, string[]]>([
    ['A\nB\n\nA\r\n C ', ['A', 'B', 'C']], ['sku;nazwa\n590123;Kawa\n"59;1";Ciasto', ['590123', '59;1']], ['\uFEFFKod towaru,cena\nX-1,5', ['X-1']],
    ['A\tKawa\nB\tCiasto', ['A', 'B']], ['"a""b",1', ['a"b']], ['', []], ['kod-1\nkod', ['kod', 'kod-1']],
  ])('%j holds %j', (text, codes) => { expect(codesInText(text)).toEqual(codes); });
});

describe('members may get less of a rule', () => {
  const joins = { joins: true, leaves: false };
  const leaves = { joins: false, leaves: true };
  const of = (lines: ReturnType<typeof inSet> | { none: ReturnType<typeof inSet>[] }, exclusiveGroup: string | null = null) => ({ when: null, lines, exclusiveGroup });

  it.each([
    ['in the set', of(inSet('Kawy')), false, true], ['outside the set', of(inSet('Kawy', 'notInSet')), true, false],
    ['none in the set', of({ none: [inSet('Kawy')] }), true, false], ['none outside the set', of({ none: [inSet('Kawy', 'notInSet')] }), false, true],
    ['in an exclusive group', of(inSet('Kawy'), 'g'), true, true], ['of another set', of(inSet('Herbaty'), 'g'), false, false], ['in both ways', { when: inSet('Kawy'), lines: inSet('Kawy#2', 'notInSet'), exclusiveGroup: null }, true, true],
  ])('%s, when a code joins or leaves', (_, rule, byJoining, byLeaving) => {
    expect([mayLoseBySet(rule, 'Kawy', joins), mayLoseBySet(rule, 'Kawy', leaves), mayLoseBySet(rule, 'Kawy', { joins: false, leaves: false })]).toEqual([byJoining, byLeaving, false]);
  });
});
