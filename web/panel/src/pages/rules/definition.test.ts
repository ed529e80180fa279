import fc from 'fast-check';
import { expect, it } from 'vitest';
import { grantOf, hundredthsOf, multiplierOf, newDefinition, toApi, toEngine, withOneBadge } from './definition.ts';

it('a rule goes to the API and comes back the same', () => {
  const rule = {
    ...newDefinition('punkty'),
    name: 'Środy',
    when: { all: [
      { attribute: 'calendar.weekday', operator: 'oneOf', value: [3, 5] },
      { any: [{ attribute: 'history.isFirstSale', operator: 'isTrue', value: null }, { none: [{ attribute: 'transaction.store', operator: 'is', value: 'Rynek' }] }] },
    ] },
    lines: { attribute: 'line.category', operator: 'oneOf', value: ['kawa', 'ciasta'] },
  };
  expect(toEngine(toApi(rule))).toEqual(rule);
});

it('a test that takes no value is sent without one', () => {
  const sent = toApi({ ...newDefinition('punkty'), when: { all: [{ attribute: 'calendar.isBirthday', operator: 'isTrue', value: null }] } });
  expect(sent.when).toEqual({ all: [{ attribute: 'calendar.isBirthday', operator: 'isTrue' }] });
});

it('every multiplier a person may type stays exact', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 1000 }), (hundredths) => {
    const effect = multiplierOf(hundredths);
    if (effect.kind !== 'multiplier') throw new Error('a multiplier is a multiplier');
    expect(hundredthsOf(effect.numerator, effect.denominator)).toBe(hundredths);
  }));
});

it('a badge is one, also where a number was typed for a coupon, and stays so for the amount it asks for', () => {
  expect(grantOf({ kind: 'grant', what: 'coupon', code: 'bywalec', count: 3, perMinor: 10_000 }, 'badge')).toEqual({ kind: 'grant', what: 'badge', code: 'bywalec', count: 1 });
  expect(grantOf({ kind: 'grant', what: 'message', code: 'wiadomosc', count: 1, message: { pl: { subject: 'a', text: 'b' } } }, 'badge')).toEqual({ kind: 'grant', what: 'badge', code: '', count: 1 });
  const given = (count: number) => ({ ...newDefinition('punkty'), effect: { kind: 'grant', what: 'badge', code: 'bywalec', count, perMinor: 10_000 } as const });
  expect(withOneBadge(given(3))).toEqual(given(1));
});
