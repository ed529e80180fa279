import type { RuleDefinition } from '@wracam/engine/rules';

/** What every rule of the shop begins with. */
export const PLAIN_RULE = {
  wallet: 'punkty', when: null, lines: null, schedule: { from: null, until: null }, priority: 100, exclusiveGroup: null, caps: { perTransaction: null, perMemberDay: null, perProgram: null }, expiry: { kind: 'wallet' }, pendingDays: null,
} as const satisfies Omit<RuleDefinition, 'name' | 'effect'>;

/** A point for every złoty, coffee counts twice, 30 points for the first purchase: nothing that depends on the day the tests run. */
export const SHOP_RULES: readonly RuleDefinition[] = [
  { ...PLAIN_RULE, name: 'Punkt za każdą złotówkę', effect: { kind: 'perAmount', points: 1, perMinor: 100, rounding: 'down', per: 'transaction' } },
  { ...PLAIN_RULE, name: 'Kawa razy dwa', lines: { attribute: 'line.category', operator: 'is', value: 'kawa' }, effect: { kind: 'multiplier', numerator: 2, denominator: 1 } },
  { ...PLAIN_RULE, name: 'Na dobry początek', when: { attribute: 'history.salesCount', operator: 'is', value: 0 }, effect: { kind: 'fixed', points: 30 } },
];
