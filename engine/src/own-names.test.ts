import { describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import { describeRule } from './describe.ts';
import { explain } from './explain.ts';
import { compileRuleset } from './rules.ts';
import { factsOf, line, sale } from './testing/facts.ts';
import { definition, rulesetOf } from './testing/rules.ts';

const names = { fields: { ocena: 'Ocena z ankiety', name: 'Nazwa' }, values: { 'event.field.target': { cel3: 'Wiosna' }, 'event.field.ocena': { dobra: 'Dobra' }, 'member.tier': { t2: 'Srebrny' }, 'member.badge': { bywalec: 'Stały bywalec' } } };
const said = (part: Parameters<typeof definition>[0], lang: 'pl' | 'en' = 'pl') => describeRule(definition(part), { lang, currency: 'PLN', names });

describe('names that the organiser gave', () => {
  it('stand in sentences where rules have codes: fields of own events, their options, sales targets and levels', () => {
    expect(said({ effect: { kind: 'fixed', points: 5 }, trigger: { kind: 'event', type: 'badanie' }, when: { attribute: 'event.field.ocena', operator: 'is', value: 'dobra' } })).toContain('pole „Ocena z ankiety” to „Dobra”');
    expect(said({ effect: { kind: 'fixed', points: 5 }, when: { attribute: 'event.field.target', operator: 'oneOf', value: ['cel3', 'cel9'] } })).toContain('„Wiosna” albo „cel9”');
    expect(said({ effect: { kind: 'fixed', points: 5 }, when: { attribute: 'member.tier', operator: 'is', value: 't2' } }, 'en')).toContain('“Srebrny”');
    const badge = [said({ effect: { kind: 'grant', what: 'badge', code: 'bywalec', count: 1, perMinor: null } }), said({ when: { attribute: 'member.badge', operator: 'includesAny', value: ['bywalec'] } }), said({ when: { attribute: 'member.badgeDays.bywalec', operator: 'atLeast', value: 30 } })];
    for (const sentence of badge) expect(sentence).toContain('„Stały bywalec”');
    expect(said({ effect: { kind: 'tierMultiplier', tiers: [{ tier: 't2', hundredths: 150 }] } })).toContain('„Srebrny” razy 1,5');
    expect(said({ effect: { kind: 'perUnit', points: 2, perThousandths: 1000, rounding: 'down', per: 'transaction', of: { field: 'ocena' } } })).toContain('z pola „Ocena z ankiety”');
  });

  it('leave a field that every program knows with its own words, and codes of nothing as they are', () => {
    expect(said({ effect: { kind: 'fixed', points: 5 }, when: { attribute: 'event.field.name', operator: 'is', value: 'X' } })).not.toContain('„Nazwa”');
    expect(said({ effect: { kind: 'fixed', points: 5 }, when: { attribute: 'event.field.inne', operator: 'is', value: 'toString' } })).toContain('„inne” to „toString”');
  });
});

describe('reasons why a rule gave nothing', () => {
  const why = (part: NonNullable<Parameters<typeof definition>[0]>, lang: 'pl' | 'en', document = sale([line(1000)]), own: typeof names | null = names) => {
    const ruleset = rulesetOf([part]);
    const { trace } = decide(compileRuleset(ruleset), factsOf(document));
    return explain({ ruleset, trace, document, lang, ...(own && { names: own }) }).notApplied.map((one) => one.reason.replaceAll('\u00a0', ' '))[0]!;
  };
  const test = (attribute: string, operator: string, value: string | number | string[]) => ({ when: { attribute, operator, value } });
  const survey = { ...sale([line(0)]), event: 'badanie', attributes: { ocena: 'zla' } };

  it.each([
    ['a badge', test('member.badge', 'includesAny', ['bywalec']), '„Stały bywalec”', '“Stały bywalec”', 'ę „bywalec'],
    ['days since a badge', test('member.badgeDays.bywalec', 'atLeast', 30), '„Stały bywalec”', '“Stały bywalec”', '„bywalec”'],
    ['a level', test('member.tier', 'oneOf', ['t2']), '„Srebrny”', '“Srebrny”', 't2'],
    ['one of several tests', { when: { any: [test('member.tier', 'is', 't2').when, test('member.badge', 'includesAny', ['bywalec']).when] } }, '„Srebrny”', '“Srebrny”', 't2'],
  ] as const)('of %s say its name, in both languages', (_, part, pl, en, code) => {
    const said = [why(part, 'pl'), why(part, 'en')];
    expect(said[0]).toContain(pl);
    expect(said[1]).toContain(en);
    for (const one of said) expect(one).not.toContain(code);
    // A name that changed since is told as it is now, and without names the codes are.
    expect(why(part, 'pl', undefined, { ...names, values: { ...names.values, 'member.tier': { t2: 'Nowa' }, 'member.badge': { bywalec: 'Nowa' } } })).toContain('„Nowa”');
    expect(why(part, 'pl', undefined, null)).not.toContain(pl);
  });

  it('of a field of an own event say the field and what it offers by name, what was wanted and what was there', () => {
    const part = { trigger: { kind: 'event' as const, type: 'badanie' }, effect: { kind: 'fixed' as const, points: 5 }, ...test('event.field.ocena', 'is', 'dobra') };
    const own = { ...names, values: { ...names.values, 'event.field.ocena': { dobra: 'Dobra', zla: 'Bardzo zła' } } };
    const [pl, en] = [why(part, 'pl', survey as never, own), why(part, 'en', survey as never, own)];
    for (const one of ['„Ocena z ankiety”', '„Dobra”', '„Bardzo zła”']) expect(pl).toContain(one);
    for (const one of ['“Ocena z ankiety”', '“Dobra”', '“Bardzo zła”']) expect(en).toContain(one);
  });

  it('of a rule that multiplies by level names the levels', () => {
    const part = [{ name: 'Za zakupy' }, { effect: { kind: 'tierMultiplier' as const, tiers: [{ tier: 't2', hundredths: 150 }] } }];
    const ruleset = rulesetOf(part);
    const document = sale([line(5000)]);
    const { trace } = decide(compileRuleset(ruleset), factsOf(document));
    expect(explain({ ruleset, trace, document, lang: 'pl', names }).notApplied.map((one) => one.reason)).toEqual(['Zasada mnoży punkty uczestników na poziomach: „Srebrny”.']);
  });

  it('are made once for the same names and come again as the same object; for other names they are made anew', () => {
    const ruleset = rulesetOf([test('member.badge', 'includesAny', ['bywalec'])]);
    const document = sale([line(1000)]);
    const { trace } = decide(compileRuleset(ruleset), factsOf(document));
    const reason = (own: object) => explain({ ruleset, trace, document, lang: 'pl', names: own }).notApplied[0]!;
    expect(reason(names)).toBe(reason(names));
    expect(reason(names).memo).not.toBeNull();
    expect(reason({ values: { 'member.badge': { bywalec: 'Nowa' } } }).reason).toContain('„Nowa”');
  });
});
