import type { Effect, RuleDefinition, Ruleset, RulesetRule, RulesetWallet } from '../rules.ts';

/** 1 point for every full 10 zł. */
export const onePointPer10: Effect = { kind: 'perAmount', points: 1, perMinor: 1000, rounding: 'down', per: 'transaction' };

export const definition = (more: Partial<RuleDefinition> = {}): RuleDefinition => ({
  name: 'Punkt za każde 10 zł', wallet: 'points', when: null, lines: null, effect: onePointPer10, schedule: { from: null, until: null }, priority: 0,
  exclusiveGroup: null, caps: { perTransaction: null, perMemberDay: null, perProgram: null }, expiry: { kind: 'wallet' }, pendingDays: null, ...more,
});

const WALLETS: readonly RulesetWallet[] = [
  { no: 1, code: 'points', expiry: { kind: 'months', months: 12, roundTo: 'day' }, pendingDays: 0 },
  { no: 2, code: 'stamps', expiry: { kind: 'never' }, pendingDays: 14 },
];

/** Rules get ids 101, 102, … and version 1. */
export const rulesetOf = (definitions: readonly Partial<RuleDefinition>[], more: Partial<Ruleset> = {}): Ruleset => ({
  no: 7, timeZone: 'Europe/Warsaw', currency: 'PLN', wallets: WALLETS,
  rules: definitions.map((one, i): RulesetRule => ({ ruleId: 101 + i, version: 1, definition: definition(one) })),
  base: { kinds: ['goods', 'service'], excludedCategories: ['alkohol'], paidWithPointsEarns: false }, ...more,
});
