import type { Condition } from '@wracam/engine/conditions';
import type { Effect, RuleDefinition } from '@wracam/engine/rules';

const rule = (name: string, effect: Effect, when: Condition | null = null, more: Partial<RuleDefinition> = {}): RuleDefinition => ({
  name, wallet: 'punkty', when, lines: null, effect, schedule: { from: null, until: null }, priority: 100, exclusiveGroup: null,
  caps: { perTransaction: null, perMemberDay: null, perProgram: null }, expiry: { kind: 'wallet' }, pendingDays: null, ...more,
});
const per = (perMinor: number, by: 'transaction' | 'line' = 'transaction'): Effect => ({ kind: 'perAmount', points: 1, perMinor, rounding: 'down', per: by });
const fixed = (points: number): Effect => ({ kind: 'fixed', points });
const times = (numerator: number, denominator: number): Effect => ({ kind: 'multiplier', numerator, denominator });
const test = (attribute: string, operator: string, value: string | number | null | readonly number[] | readonly string[]): Condition => ({ attribute, operator, value } as Condition);
const caps = (one: Partial<RuleDefinition['caps']>): Partial<RuleDefinition> => ({ caps: { perTransaction: null, perMemberDay: null, perProgram: null, ...one } });
const level = (priority: number): Partial<RuleDefinition> => ({ priority, exclusiveGroup: 'poziom' });

/** The channels that documents carry: `app` and `web` documents get three awards or more. */
export const CHANNELS = { app: 'app', web: 'web', till: 'kasa' } as const;
const web = test('transaction.channel', 'is', CHANNELS.web);
const app = test('transaction.channel', 'is', CHANNELS.app);

/**
 * The twenty rules of the workload: ten read the member's state, three share an exclusive group, one is capped per member and day, one
 * has a program budget (too large to run out, so that every document pays for its bookkeeping).
 */
export const RULES: readonly RuleDefinition[] = [
  rule('Punkt za złotówkę', per(100)),
  rule('Zakupy w aplikacji', per(200), app),
  rule('Premia aplikacji', fixed(5), app),
  rule('Premia sklepu internetowego', fixed(10), web, caps({ perProgram: 1_000_000_000 })),
  rule('Kawa w sieci', per(100), web, { lines: test('line.category', 'is', 'kawa'), ...caps({ perMemberDay: 200 }) }),
  rule('Pierwszy zakup', fixed(50), test('history.isFirstSale', 'isTrue', null)),
  rule('Poziom złoty', times(2, 1), test('history.salesCount', 'atLeast', 35), level(300)),
  rule('Poziom srebrny', times(3, 2), { all: [test('history.salesCount', 'atLeast', 25), test('history.spent', 'atLeast', 200_000)] }, level(200)),
  rule('Poziom brązowy', times(5, 4), test('history.spent', 'atLeast', 250_000), level(100)),
  rule('Dawno Cię nie było', fixed(20), test('history.daysSinceLastSale', 'atLeast', 180)),
  rule('Nowy uczestnik', fixed(10), test('member.daysSinceJoining', 'below', 45)),
  rule('Rok z nami', times(2, 1), test('member.daysSinceJoining', 'between', [365, 372])),
  rule('Firmy', per(500), test('member.kind', 'is', 'company')),
  rule('Stali w weekend', fixed(15), { all: [test('calendar.weekday', 'oneOf', [6, 7]), test('history.salesCount', 'atLeast', 38)] }),
  rule('Piąty zakup', fixed(25), test('history.salesCount', 'is', 4)),
  rule('Popołudniowe ciasto', per(100, 'line'), test('calendar.hour', 'between', [15, 16]), { lines: test('line.category', 'is', 'ciasto') }),
  rule('Poranna kawa', fixed(2), test('calendar.hour', 'below', 1), { lines: test('line.sku', 'startsWith', 'SKU-kawa') }),
  rule('Pierwszy dzień miesiąca', fixed(3), test('calendar.dayOfMonth', 'is', 1)),
  rule('Duże zakupy', fixed(7), { all: [test('transaction.total', 'atLeast', 19_000), test('transaction.store', 'oneOf', ['Krucza 12', 'Długa 3'])] }),
  rule('Drogie pozycje', per(300, 'line'), null, { lines: { all: [test('line.amount', 'atLeast', 4_080), { none: [test('line.category', 'is', 'sok')] }] } }),
];

/**
 * So many rules of the same kinds: the twenty, and then the twenty of one branch after another that these documents do not come from, as a
 * chain has them. They must all be looked at, and none of them gives anything.
 */
export function rulesOf(count: number): readonly RuleDefinition[] {
  return Array.from({ length: count }, (_, n) => {
    const base = RULES[n % RULES.length]!;
    const branch = Math.floor(n / RULES.length);
    if (branch === 0) return base;
    const there = test('transaction.store', 'is', `Filia ${branch}`);
    return { ...base, name: `${base.name}, filia ${branch}`, when: base.when === null ? there : { all: [base.when, there] }, exclusiveGroup: base.exclusiveGroup && `${base.exclusiveGroup}-${branch}` };
  });
}
