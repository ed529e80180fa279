import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarParts } from './calendar.ts';
import { conditionHolds, type Condition } from './conditions.ts';
import { validateCondition } from './condition-validation.ts';
import { decide } from './decide.ts';
import { describeRule, describeSegment } from './describe.ts';
import { explain } from './explain.ts';
import { NO_CAPS_USED, NO_DOCUMENT } from './facts.ts';
import { kernelSpeaks } from './replay/speaks.ts';
import { keptPoints, remainingOf } from './returns.ts';
import { compileRuleset, validateRule, type RuleDefinition } from './rules.ts';
import { sayRule } from './say/say-rule.ts';
import { pinSegments, segmentsIn, segmentTest, validateSegment } from './segments.ts';
import { conditions, facts } from './testing/arbitraries.ts';
import { factsOf, sale, WARSAW } from './testing/facts.ts';
import { definition, rulesetOf } from './testing/rules.ts';
import { POINT_WORDS } from './words.ts';

const inSegment = (value = 'Stali', operator = 'inSegment'): Condition => ({ attribute: 'member.segment', operator, value });
const LOYAL = { all: [{ attribute: 'history.salesCount', operator: 'atLeast', value: 3 }, { attribute: 'member.kind', operator: 'is', value: 'person' }] } satisfies Condition;
const pinned = (when: Condition, condition: Condition = LOYAL): RuleDefinition => pinSegments(definition({ when }), () => ({ version: 4, condition }));
const plain = (text: string) => text.replaceAll('\u00a0', ' ');
const document = sale(5000);

describe('a test on a segment', () => {
  it('holds for who is in it, and its opposite for the others', () => {
    const points = (operator: string, salesCount: number) => decide(compileRuleset(rulesetOf([pinned(inSegment('Stali', operator))])), factsOf(document, { salesCount })).awards.map((award) => award.points);
    expect([points('inSegment', 3), points('inSegment', 2), points('notInSegment', 3), points('notInSegment', 2)]).toEqual([[5], [], [], [5]]);
  });

  it('means what the segment’s own condition means in its place, whatever it is', () => {
    fc.assert(fc.property(conditions(['history']), facts, (condition, one) => {
      const rules = [inSegment(), condition].map((when) => compileRuleset(rulesetOf([pinned(when, condition)])));
      const [by, own] = rules.map((compiled) => decide(compiled, one));
      expect(by!.awards).toEqual(own!.awards);
      expect(rules[0]!.pastDays).toBe(rules[1]!.pastDays);
    }), { numRuns: 500 });
  });

  it('is one frozen answer: a return goes by what was true when the sale was decided', () => {
    const compiled = compileRuleset(rulesetOf([pinned(inSegment()), pinned({ any: [inSegment(), inSegment('Stali', 'notInSegment')] })]));
    const { frozen } = decide(compiled, factsOf(document, { salesCount: 3 }));
    expect(frozen.slice(2)).toEqual([1]);
    expect(keptPoints(compiled, document, frozen, remainingOf(document)).awards.map((award) => award.kept)).toEqual([5, 5]);
  });

  it('is never guessed: a rule whose segment nobody put in does not decide', () => {
    const compiled = compileRuleset.bind(null, rulesetOf([{ when: inSegment('Stali#4') }]));
    expect(compiled).toThrow(/Stali#4/);
  });

  it('is named by its name in a draft; a ruleset carries its version and what it stands for', () => {
    const rule = definition({ when: { any: [inSegment(), { none: [inSegment('Nowi', 'notInSegment'), inSegment()] }] } });
    expect(segmentsIn(rule)).toEqual(['Stali', 'Nowi']);
    const once = pinSegments(rule, (name) => ({ version: name.length, condition: LOYAL }));
    expect(segmentsIn(once)).toEqual(['Stali#5', 'Nowi#4']);
    expect(JSON.stringify(once).match(/"tree"/g)).toHaveLength(3);
    expect(validateRule(once)).toEqual([]);
    // What a segment stands for in a ruleset is checked as well.
    expect(validateRule(pinned(inSegment(), inSegment('Inny'))).map((one) => [one.pointer, one.code])).toEqual([['/when/tree/attribute', 'attribute_not_here']]);
  });

  it('lets the columns of a replay speak exactly as far as the segment’s own condition', () => {
    const speaks = (condition: Condition) => kernelSpeaks(rulesetOf([pinned(inSegment(), condition)]), { whole: true });
    expect(speaks(LOYAL)).toBeNull();
    expect(speaks({ attribute: 'history.days.30.spent', operator: 'atLeast', value: 1 })).toEqual({ why: 'looksBack', attribute: 'history.days.30.spent' });
  });
});

describe('who a segment says is in it', () => {
  it('is a list’s answer and a purchase’s answer alike', () => {
    fc.assert(fc.property(conditions(['member', 'badge', 'history']), facts, (condition, { member }) => {
      expect(validateSegment(condition)).toEqual([]);
      const at = document.occurredAt;
      expect(segmentTest(condition, WARSAW, at)(member)).toBe(conditionHolds(condition, { document: { ...NO_DOCUMENT, occurredAt: at }, member, calendar: calendarParts(WARSAW, at), caps: NO_CAPS_USED }));
    }), { numRuns: 500 });
  });

  it.each<[Condition, string]>([
    [{ attribute: 'transaction.total', operator: 'atLeast', value: 1 }, 'attribute_not_here'], [{ attribute: 'line.sku', operator: 'is', value: 'A' }, 'attribute_not_here'],
    [{ attribute: 'calendar.weekday', operator: 'is', value: 1 }, 'attribute_not_here'], [{ attribute: 'calendar.isBirthday', operator: 'isTrue', value: null }, 'attribute_not_here'], [inSegment('Inny'), 'attribute_not_here'],
  ])('is nothing of one purchase and no other segment: %j', (condition, code) => {
    expect(validateSegment({ none: [condition] }).map((one) => one.code)).toEqual([code]);
  });

  it.each<[unknown, boolean]>([['Stali', true], ['Stali#3', true], ['', false], ['a#b', false], [['Stali'], false], [3, false]])('%j names one: %s', (value, fits) => {
    expect(validateCondition({ attribute: 'member.segment', operator: 'inSegment', value }, ['segment']).length === 0).toBe(fits);
  });
});

describe('a segment in words', () => {
  it('is told by its name, whatever its version', () => {
    const said = (operator?: string) => (['pl', 'en'] as const).map((lang) => plain(describeRule(pinned(inSegment('Stali klienci', operator)), { lang, currency: 'PLN' })));
    expect(said()).toEqual(['1 punkt za każde 10 zł dla uczestników z segmentu „Stali klienci”.', '1 point for every PLN 10 for members of segment “Stali klienci”.']);
    expect(said('notInSegment')).toEqual(['1 punkt za każde 10 zł nie dla uczestników z segmentu „Stali klienci”.', '1 point for every PLN 10 not for members of segment “Stali klienci”.']);
  });

  it.each<[Condition, string, string]>([
    [{ all: [{ attribute: 'member.kind', operator: 'is', value: 'company' }, { attribute: 'history.daysSinceLastSale', operator: 'below', value: 60 }] }, 'gdy jest firmą i gdy od ostatniego zakupu minęło mniej niż 60 dni', 'when it is a company and when less than 60 days have passed since the last purchase'],
    [{ any: [{ attribute: 'member.tier', operator: 'is', value: 'złoty' }, { attribute: 'member.group', operator: 'includesNone', value: ['VIP', 'klub'] }] }, 'gdy jest na poziomie „złoty” albo nie wtedy, gdy jest w grupie „VIP” albo „klub”', 'when on level “złoty” or not when in group “VIP” or “klub”'],
    [{ attribute: 'history.isFirstSale', operator: 'isTrue', value: null }, 'gdy nie ma jeszcze zakupów', 'when there are no purchases yet'],
  ])('says who is in it: %j', (condition, pl, en) => {
    expect([describeSegment(condition, { lang: 'pl', currency: 'PLN' }), describeSegment(condition, { lang: 'en', currency: 'PLN' })].map(plain)).toEqual([`Uczestnik należy do segmentu, ${pl}.`, `A member is in the segment ${en}.`]);
  });

  it('is why there are no points', () => {
    const why = (operator: string, salesCount: number) => {
      const ruleset = rulesetOf([pinned(inSegment('Stali', operator))]);
      const { trace } = decide(compileRuleset(ruleset), factsOf(document, { salesCount }));
      return (['pl', 'en'] as const).map((lang) => explain({ ruleset, trace, document, lang }).notApplied[0]!.reason);
    };
    expect(why('inSegment', 0)).toEqual(['Zasada działa dla uczestników z segmentu „Stali”, a uczestnik do niego nie należał.', 'The rule works for members of segment “Stali”, and the member was not in it.']);
    expect(why('notInSegment', 9)).toEqual(['Zasada nie działa dla uczestników z segmentu „Stali”, a uczestnik do niego należał.', 'The rule does not work for members of segment “Stali”, and the member was in it.']);
  });

  it.each([['pl', '2 punkty za każde 10 zł dla uczestników z segmentu „Stali klienci”', 'inSegment'], ['pl', '2 punkty za każde 10 zł nie dla uczestników z segmentu „Stali klienci”', 'notInSegment'], ['en', '2 points for every PLN 10 for members of segment “Stali klienci”', 'inSegment']] as const)('is read from a sentence (%s): %s', (lang, sentence, operator) => {
    const { rule, unknown } = sayRule(sentence, { lang, currency: 'PLN', unit: POINT_WORDS[lang], today: '2026-11-22', known: { categories: [], brands: [], stores: [], channels: [], levels: [], segments: [] } });
    expect([rule?.when, unknown]).toEqual([inSegment('Stali klienci', operator), []]);
  });
});
