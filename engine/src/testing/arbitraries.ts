import fc from 'fast-check';
import { attributeOf, attributes, type Attribute, type AttributeScope } from '../attributes.ts';
import { calendarParts } from '../calendar.ts';
import type { Condition, ConditionLeaf, ProductSets } from '../conditions.ts';
import { LINE_KINDS, PAYMENT_KINDS, type Facts, type HeldBadge, type Line } from '../facts.ts';
import { operators, type Operator, type OperatorCode } from '../operators.ts';
import type { PastPurchase } from '../past.ts';
import { GRANT_KINDS, type Effect, type RuleDefinition, type Ruleset } from '../rules.ts';
import { factsOf, line, sale, WARSAW } from './facts.ts';
import { definition } from './rules.ts';

// Few values, so that tests and facts meet often.
const texts = fc.constantFrom('kawa', 'ciasto', 'Kawa ziarnista', 'Rynek', 'Dworzec');
const small = fc.integer({ min: 0, max: 8 });
const amounts = fc.integer({ min: 0, max: 12 }).map((n) => n * 500);

function valueFor(attribute: Attribute, operator: Operator): fc.Arbitrary<string | number> {
  switch (attribute.type) {
    case 'custom': return operator.compares === 'numbers' ? small : operator.compares === 'texts' ? texts : fc.oneof(texts, small);
    case 'money': return amounts;
    case 'quantity': return small.map((n) => n * 500);
    case 'date': return fc.constantFrom('2026-11-19', '2026-11-20', '2026-11-21');
    case 'choice': return fc.constantFrom(...(attribute.options ?? []).map((option) => option.value));
    case 'time': return fc.integer({ min: 0, max: 11 }).map((n) => n * 120 + 5);
    case 'number': return fc.integer({ min: attribute.min ?? 0, max: 31 }).map((n) => Math.min(n, attribute.max ?? n));
    default: return texts;
  }
}

function leafOf(attribute: Attribute, code: OperatorCode): fc.Arbitrary<ConditionLeaf> {
  const operator: Operator = operators[code];
  const value = valueFor(attribute, operator);
  const leaf = { attribute: attribute.code, operator: code };
  switch (operator.takes) {
    case 'one': return value.map((one) => ({ ...leaf, value: one }));
    case 'many': return fc.array(value, { minLength: 1, maxLength: 3 }).map((many) => ({ ...leaf, value: many as string[] | number[] }));
    case 'set': return fc.constantFrom('Kawy ziarniste', 'Ciasta#2').map((one) => ({ ...leaf, value: one }));
    case 'segment': return fc.constantFrom<ConditionLeaf>({ ...leaf, value: 'Stali#1', tree: STALI }, { ...leaf, value: 'Nowi#2', tree: NOWI });
    case 'range': return fc.tuple(value, value).map(([from, to]) => ({ ...leaf, value: rangeOf(operator, from, to) }));
    default: return fc.constant({ ...leaf, value: null });
  }
}

/** What the segments that arbitrary conditions name stand for. */
const STALI: Condition = { all: [{ attribute: 'history.salesCount', operator: 'atLeast', value: 3 }, { any: [{ attribute: 'member.group', operator: 'includesAny', value: ['kawa'] }, { attribute: 'history.days.30.spent', operator: 'atLeast', value: 1000 }] }] };
const NOWI: Condition = { none: [{ attribute: 'member.daysSinceJoining', operator: 'atLeast', value: 90 }, { attribute: 'member.kind', operator: 'is', value: 'company' }, { attribute: 'member.attribute.mood', operator: 'is', value: 'kawa' }] };

/** The sets of articles that arbitrary conditions name. */
export const someSets: ProductSets = (reference) => new Set(reference === 'Kawy ziarniste' ? ['KAWA-1', 'KAWA-2'] : ['CIASTO-1']);

// Times go past midnight; no hour of the arbitrary ones is 0.
const rangeOf = (operator: Operator, from: string | number, to: string | number) =>
  (operator.compares === 'times' ? [from, from === to ? 0 : to] : from <= to ? [from, to] : [to, from]) as string[] | number[];

/** One of each family, so that the arbitrary conditions meet them too. */
const OF_FAMILIES = ['transaction.attribute.mood', 'event.field.mood', 'event.field.target', 'event.field.score', 'line.attribute.mood', 'member.attribute.mood', 'member.badgeDays.kawa', 'member.badgeDays.kawosz',
  'history.days.1.spent', 'history.days.10.sales', 'history.days.30.quantity', 'history.days.10.category', 'history.days.30.sku'];
const all = [...attributes, ...OF_FAMILIES.map((code) => attributeOf(code)!)];

/** Valid conditions over all attributes of the scopes and all their operators. */
export function conditions(scopes: readonly AttributeScope[]): fc.Arbitrary<Condition> {
  const leaves = all.filter((one) => scopes.includes(one.scope)).flatMap((one) => one.operators.map((operator) => leafOf(one, operator)));
  const { tree } = fc.letrec<{ tree: Condition; leaf: Condition; group: Condition }>((tie) => ({
    leaf: fc.oneof(...leaves),
    group: fc.tuple(fc.constantFrom('all', 'any', 'none'), fc.array(tie('tree'), { minLength: 1, maxLength: 3 })).map(([kind, parts]) => (kind === 'all' ? { all: parts } : kind === 'any' ? { any: parts } : { none: parts })),
    tree: fc.oneof({ maxDepth: 3 }, tie('leaf'), tie('group')),
  }));
  return tree;
}

export const lines: fc.Arbitrary<Line> = fc.record({
  amount: amounts.map((n) => n * 2), category: texts, brand: fc.option(texts), quantity: fc.integer({ min: 1, max: 4 }), kind: fc.constantFrom(...LINE_KINDS, 'goods', 'goods'),
  sku: fc.constantFrom('KAWA-1', 'CIASTO-1', ''), discountMinor: fc.constantFrom(0, 0, 77, 500), taxRateBps: fc.constantFrom(null, 0, 800, 2300),
}).map(({ amount, quantity, ...more }) => line(amount, { ...more, quantity: quantity * 1000 }));

const past: fc.Arbitrary<PastPurchase[]> = fc.array(fc.record({ daysBack: fc.constantFrom(-1, 0, 1, 5, 9, 10, 20, 29, 30, 100), amount: amounts, lines: fc.array(lines, { maxLength: 2 }) }).map(({ daysBack, amount, lines: own }) => {
  const occurredAt = Date.parse('2026-11-19T09:05:00Z') - daysBack * 86_400_000;
  return { occurredAt, dayNumber: calendarParts(WARSAW, occurredAt).dayNumber, amountMinor: amount, lines: own };
}), { maxLength: 4 });

const badges: fc.Arbitrary<HeldBadge[]> = fc.uniqueArray(fc.record({ code: fc.oneof(texts, fc.constant('kawosz')), since: fc.constantFrom('2026-11-19', '2026-11-15', '2026-10-20') }), { maxLength: 3, selector: (one) => one.code });

export const facts: fc.Arbitrary<Facts> = fc.record({
  lines: fc.array(lines, { minLength: 1, maxLength: 5 }), store: fc.option(texts), channel: fc.option(texts), paid: amounts,
  hour: fc.integer({ min: 0, max: 70 }), kind: fc.constantFrom('person', 'company'), birthday: fc.boolean(), salesCount: small, spentMinor: amounts,
  lastSaleOn: fc.option(fc.constantFrom('2026-11-10', '2026-11-25')), joinedOn: fc.constantFrom('2026-01-10', '2025-11-20'), tier: fc.option(fc.constantFrom('kawa', 'silver', 'gold')), groups: fc.uniqueArray(texts, { maxLength: 2 }), company: fc.option(texts), badges, past, steps: fc.constantFrom(null, 0, 3, 'trzy'),
  payments: fc.array(fc.record({ kind: fc.constantFrom(...PAYMENT_KINDS), amountMinor: amounts }), { maxLength: 3 }), event: fc.constantFrom(null, null, null, null, null, 'survey'), mood: fc.option(fc.oneof(texts, small, fc.boolean())),
}).map((one) => factsOf(
  sale(one.lines, { store: one.store, channel: one.channel, paidWithPointsMinor: Math.min(one.paid, one.lines.reduce((sum, each) => sum + each.amountMinor, 0)), payments: one.payments, event: one.event, attributes: { ...(one.mood === null ? {} : { mood: one.mood }), ...(one.steps === null ? {} : { steps: one.steps }) }, occurredAt: Date.parse('2026-11-19T12:05:00Z') + one.hour * 3_600_000 }),
  { kind: one.kind, birthday: one.birthday, salesCount: one.salesCount, spentMinor: one.spentMinor, lastSaleOn: one.lastSaleOn, joinedOn: one.joinedOn, tier: one.tier, groups: one.groups, company: one.company, badges: one.badges, past: one.past, attributes: one.mood === null ? {} : { mood: one.mood } },
));

const rated = { rounding: fc.constantFrom('down', 'nearest', 'up', 'steps'), per: fc.constantFrom('transaction', 'line') } as const;
const rounded = { rounding: fc.constantFrom('down', 'nearest', 'up'), per: fc.constantFrom('transaction', 'line') } as const;
const fewPoints = fc.integer({ min: 1, max: 7 });

const effects: fc.Arbitrary<Effect> = fc.oneof(
  fc.record({ kind: fc.constant('perAmount' as const), points: fewPoints, perMinor: fc.constantFrom(1, 100, 333, 1000), ...rated }),
  fc.record({ kind: fc.constant('perUnit' as const), points: fewPoints, perThousandths: fc.constantFrom(100, 333, 1000, 2000), of: fc.constantFrom(null, null, { field: 'steps' }), ...rated }),
  fc.record({ kind: fc.constant('percent' as const), basisPoints: fc.constantFrom(1, 150, 1000, 10_000), ...rounded }),
  fc.record({ kind: fc.constant('fixed' as const), points: fc.integer({ min: 1, max: 50 }) }),
  fc.constantFrom<Effect>({ kind: 'multiplier', numerator: 2, denominator: 1 }, { kind: 'multiplier', numerator: 3, denominator: 2 }, { kind: 'multiplier', numerator: 5, denominator: 4 }),
  fc.constantFrom<Effect>({ kind: 'tierMultiplier', tiers: [{ tier: 'silver', hundredths: 125 }, { tier: 'gold', hundredths: 200 }] }, { kind: 'tierMultiplier', tiers: [{ tier: 'gold', hundredths: 100 }] }),
  fc.record({ kind: fc.constant('grant' as const), what: fc.constant('message' as const), code: fc.constant('wiosna'), count: fc.constant(1), message: fc.record({ pl: fc.record({ subject: fc.constantFrom('Dziękujemy', '{punkty} dla Ciebie'), text: fc.constant('Masz {saldo}.') }), en: fc.constantFrom(null, { subject: 'Thank you', text: 'You have {balance}.' }) }) }),
  fc.record({ kind: fc.constant('grant' as const), what: fc.constantFrom(...GRANT_KINDS.filter((what) => what !== 'message')), code: fc.constant('wiosna'), count: fc.integer({ min: 1, max: 4 }), perMinor: fc.constantFrom(null, null, 1000, 2500) }),
);
const cap = fc.option(fc.integer({ min: 1, max: 20 }), { freq: 4 });
const caps = fc.record({
  perTransaction: cap, perMemberDay: cap, perProgram: cap, perMemberWeek: cap, perMemberMonth: cap, perMemberYear: cap, perMemberEver: cap,
  perHouseholdDay: cap, perHouseholdMonth: cap, perHouseholdEver: cap, perCompanyDay: cap, perCompanyMonth: cap, perCompanyEver: cap,
  programMoney: fc.option(fc.record({ limitMinor: fc.integer({ min: 1, max: 40 }), per1000: fc.constantFrom(1000, 2500) }), { freq: 6 }),
});

/** Valid rules of two wallets with everything a rule can have. */
export const rules: fc.Arbitrary<RuleDefinition> = fc.record({
  wallet: fc.constantFrom('points', 'points', 'stamps'), effect: effects, priority: fc.integer({ min: 0, max: 2 }),
  when: fc.option(conditions(['document', 'segment', 'member', 'badge', 'history', 'calendar'])), lines: fc.option(conditions(['line'])),
  exclusiveGroup: fc.option(fc.constantFrom('a', 'b'), { freq: 4 }), bestOfGroup: fc.option(fc.constantFrom('c', 'd'), { freq: 2 }), afterMultipliers: fc.boolean(), caps,
}).map(({ bestOfGroup, afterMultipliers, ...one }) => {
  const { kind } = one.effect;
  return definition({ ...one, bestOfGroup: kind === 'grant' ? null : bestOfGroup, afterMultipliers: afterMultipliers && kind !== 'grant' && kind !== 'multiplier' && kind !== 'tierMultiplier' });
});

/** What a program settles once for all its rules. */
export const settings: fc.Arbitrary<Pick<Ruleset, 'base' | 'multipliers'>> = fc.record({
  base: fc.record({
    kinds: fc.constantFrom(['goods', 'service'] as const, LINE_KINDS), excludedCategories: fc.constantFrom([], ['ciasto']), excludedBrands: fc.constantFrom([], ['Rynek']), excludedSkus: fc.constant([]),
    paidWithPointsEarns: fc.boolean(), amounts: fc.constantFrom('gross', 'net'), netRounding: fc.constantFrom('down', 'nearest', 'up'), discount: fc.constantFrom('after', 'before'),
  }),
  multipliers: fc.constantFrom('add', 'multiply'),
});
