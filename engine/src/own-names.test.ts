import { describe, expect, it } from 'vitest';
import { describeRule } from './describe.ts';
import { definition } from './testing/rules.ts';

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
