import { describe, expect, it } from 'vitest';
import { validateRule, validateRuleset } from './rules.ts';
import { definition, rulesetOf } from './testing/rules.ts';

const faultsOf = (more: object): [string, string][] => validateRule({ ...definition(), ...more }, { wallets: ['points'] }).map((one) => [one.pointer, one.code]);
const rate = (more: object) => ({ effect: { kind: 'perAmount', points: 1, perMinor: 1000, rounding: 'down', per: 'transaction', ...more } });
const times = (numerator: unknown, denominator: unknown) => ({ effect: { kind: 'multiplier', numerator, denominator } });
const caps = (perTransaction: unknown) => ({ caps: { perTransaction, perMemberDay: null, perProgram: null } });

describe('a rule from outside', () => {
  it.each<[object, [string, string][]]>([
    [{}, []], [{ description: null }, []], [{ description: 'Środowa promocja' }, []],
    [{ name: '  ' }, [['/name', 'text_invalid']]], [{ name: 'x'.repeat(121) }, [['/name', 'text_invalid']]],
    [{ wallet: 'stamps' }, [['/wallet', 'wallet_unknown']]], [{ wallet: 5 }, [['/wallet', 'value_required']]],
    [{ when: {} }, [['/when/attribute', 'attribute_unknown'], ['/when/operator', 'operator_unfit']]],
    [{ when: { all: [] } }, [['/when/all', 'group_empty']]], [{ lines: { attribute: 'transaction.total', operator: 'atLeast', value: 5 } }, [['/lines/attribute', 'attribute_not_here']]],
    [{ when: undefined }, [['/when', 'not_a_condition']]],
    [rate({ points: 0 }), [['/effect/points', 'number_invalid']]], [rate({ points: 1.5 }), [['/effect/points', 'number_invalid']]], [rate({ points: '1' }), [['/effect/points', 'number_invalid']]],
    [rate({ points: Infinity, perMinor: Number.NaN }), [['/effect/points', 'number_invalid'], ['/effect/perMinor', 'number_invalid']]],
    [rate({ points: 101, perMinor: 1 }), [['/effect/points', 'rate_too_high']]], [rate({ points: 100, perMinor: 1 }), []],
    [rate({ rounding: 'bank', per: 'basket' }), [['/effect/rounding', 'choice_invalid'], ['/effect/per', 'choice_invalid']]],
    [{ effect: { kind: 'fixed', points: 2 ** 53 } }, [['/effect/points', 'number_invalid']]], [{ effect: { kind: 'gift' } }, [['/effect/kind', 'choice_invalid']]], [{ effect: null }, [['/effect', 'value_required']]],
    [times(2, 1), []], [times(5, 4), []], [times(101, 100), []], [times(1, 1), [['/effect/numerator', 'multiplier_out_of_range']]], [times(1, 2), [['/effect/numerator', 'multiplier_out_of_range']]],
    [times(4, 3), [['/effect/denominator', 'multiplier_too_fine']]], [times(101, 1), [['/effect/numerator', 'multiplier_out_of_range']]],
    [{ schedule: { from: '2026-02-30', until: null } }, [['/schedule/from', 'date_invalid']]], [{ schedule: { from: '2026-05-02', until: '2026-05-01' } }, [['/schedule/until', 'schedule_reversed']]],
    [{ schedule: { from: null } }, [['/schedule/until', 'date_invalid']]],
    [caps(0), [['/caps/perTransaction', 'number_invalid']]], [caps(-1), [['/caps/perTransaction', 'number_invalid']]], [caps([5]), [['/caps/perTransaction', 'number_invalid']]], [caps(5), []],
    [{ expiry: { kind: 'months', months: 0, roundTo: 'week' } }, [['/expiry/months', 'number_invalid'], ['/expiry/roundTo', 'choice_invalid']]], [{ expiry: { kind: 'on', date: 'soon' } }, [['/expiry/date', 'date_invalid']]], [{ expiry: 'never' }, [['/expiry/kind', 'choice_invalid']]],
    [{ pendingDays: -1, priority: 0.5, exclusiveGroup: '' }, [['/priority', 'number_invalid'], ['/exclusiveGroup', 'text_invalid'], ['/pendingDays', 'number_invalid']]],
    [rate({ kind: 'percent', basisPoints: 10_001, points: undefined, perMinor: undefined }), [['/effect/points', 'field_unknown'], ['/effect/perMinor', 'field_unknown'], ['/effect/basisPoints', 'number_invalid']]],
    [{ effect: { kind: 'percent', basisPoints: 200, rounding: 'down', per: 'line' }, afterMultipliers: true, bestOfGroup: 'a' }, []],
    [{ effect: { kind: 'perUnit', points: 1, perThousandths: 0, rounding: 'down', per: 'line', of: { field: '1x' } } }, [['/effect/perThousandths', 'number_invalid'], ['/effect/of/field', 'value_required']]],
    [{ effect: { kind: 'perUnit', points: 101, perThousandths: 1, rounding: 'down', per: 'line' } }, [['/effect/points', 'rate_too_high']]],
    [{ effect: { kind: 'tierMultiplier', tiers: [] } }, [['/effect/tiers', 'value_required']]],
    [{ effect: { kind: 'tierMultiplier', tiers: [{ tier: 'gold', hundredths: 99 }, { tier: 'gold', hundredths: 200 }, { tier: 'A B', hundredths: 10_001 }, null] } }, [['/effect/tiers/0/hundredths', 'number_invalid'], ['/effect/tiers/1/tier', 'tier_repeated'], ['/effect/tiers/2/tier', 'value_required'], ['/effect/tiers/2/hundredths', 'number_invalid'], ['/effect/tiers/3', 'value_required']]],
    [{ effect: { kind: 'grant', what: 'car', code: 'Ą', count: 0, perMinor: 0 }, bestOfGroup: 'a', afterMultipliers: true }, [['/effect/what', 'choice_invalid'], ['/effect/code', 'code_invalid'], ['/effect/count', 'number_invalid'], ['/effect/perMinor', 'number_invalid'], ['/bestOfGroup', 'not_for_this_effect'], ['/afterMultipliers', 'not_for_this_effect']]],
    [{ effect: { kind: 'grant', what: 'coupon', code: 'kawa', count: 1 } }, []], [{ bestOfGroup: '', afterMultipliers: 'yes' }, [['/bestOfGroup', 'text_invalid'], ['/afterMultipliers', 'choice_invalid']]],
    [{ caps: { perTransaction: null, perMemberDay: null, perProgram: null, perMemberWeek: 0, perMemberEver: 5, perMemberYear: null, programMoney: { limitMinor: 0 } } }, [['/caps/perMemberWeek', 'number_invalid'], ['/caps/programMoney/limitMinor', 'number_invalid'], ['/caps/programMoney/per1000', 'number_invalid']]],
    [{ prioritet: 5, effect: { kind: 'fixed', points: 1, per: 'line' } }, [['/prioritet', 'field_unknown'], ['/effect/per', 'field_unknown']]],
  ])('with %j has the faults %j, all at once', (more, expected) => {
    expect(faultsOf(more)).toEqual(expected);
  });

  it.each([null, undefined, 5, 'rule', [definition()]])('%j is not a rule', (input) => {
    expect(validateRule(input).map((one) => one.code)).toEqual(['not_a_rule']);
  });
});

describe('a set of rules', () => {
  it('points into the rule at fault', () => {
    expect(validateRuleset(rulesetOf([{}, { wallet: 'nope' }])).map((one) => one.pointer)).toEqual(['/rules/1/definition/wallet']);
  });

  it('needs a time zone that exists', () => {
    expect(validateRuleset(rulesetOf([], { timeZone: 'Mars/Olympus' })).map((one) => one.code)).toEqual(['time_zone_unknown']);
  });
});
