import type { RuleDefinition } from '@wracam/engine/rules';

/** A rule of a point for ten złoty, with what is different about it. */
export const ruleNamed = (name: string, over: Partial<RuleDefinition> = {}): RuleDefinition => ({
  name, wallet: 'punkty', when: null, lines: null, effect: { kind: 'perAmount', points: 1, perMinor: 1000, rounding: 'down', per: 'transaction' }, schedule: { from: null, until: null }, priority: 10, exclusiveGroup: null,
  caps: { perTransaction: null, perMemberDay: null, perProgram: null }, expiry: { kind: 'wallet' }, pendingDays: null, ...over,
});

/** Rules of every kind that a replay treats in a way of its own: a look back, lines, limits, a shared budget, points for later. */
export const REPLAY_RULES: readonly RuleDefinition[] = [
  ruleNamed('Za zakupy'),
  ruleNamed('Pierwszy zakup', { when: { attribute: 'history.isFirstSale', operator: 'isTrue', value: null }, effect: { kind: 'fixed', points: 50 } }),
  ruleNamed('Kawa podwójnie', { lines: { attribute: 'line.category', operator: 'is', value: 'kawa' }, effect: { kind: 'multiplier', numerator: 2, denominator: 1 } }),
  ruleNamed('Dzienny limit', { effect: { kind: 'perAmount', points: 3, perMinor: 700, rounding: 'nearest', per: 'line' }, caps: { perTransaction: 40, perMemberDay: 60, perProgram: 400 } }),
  ruleNamed('Po stu złotych', { when: { attribute: 'history.days.30.spent', operator: 'atLeast', value: 10_000 }, effect: { kind: 'fixed', points: 3 } }),
  ruleNamed('Na później', { effect: { kind: 'fixed', points: 5 }, pendingDays: 14 }),
];

/** The same without a look at the last days, which columns do not hold. */
export const RULES_WITHOUT_PAST = REPLAY_RULES.filter((one) => !JSON.stringify(one).includes('history.days'));
