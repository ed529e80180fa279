import { describe, expect, it } from 'vitest';
import { decide, type Decision } from './decide.ts';
import type { CapUsage, MemberFacts, SaleDocument } from './facts.ts';
import { pointsByLine } from './returns.ts';
import { compileRuleset, type Effect, type RuleDefinition, type Ruleset } from './rules.ts';
import { factsOf, line, sale } from './testing/facts.ts';
import { rulesetOf } from './testing/rules.ts';
import { readTrace } from './trace.ts';

type Part = Partial<RuleDefinition>;
type More = { about?: Partial<MemberFacts>; caps?: CapUsage; set?: Partial<Ruleset> };

function decided(rules: readonly Part[], document: SaleDocument, more: More = {}): Decision {
  return decide(compileRuleset(rulesetOf(rules, more.set)), factsOf(document, more.about, more.caps));
}
const points = (decision: Decision): number[] => decision.awards.map((award) => award.points);
const outcomes = (decision: Decision) => readTrace(decision.trace).outcomes;

const noCaps = { perTransaction: null, perMemberDay: null, perProgram: null };
const coffee = { attribute: 'line.category', operator: 'is', value: 'kawa' } as const;
const cake = (amountMinor: number, quantity = 1000) => line(amountMinor, { category: 'ciasto', quantity });
const fixed = (n: number, more: Part = {}): Part => ({ effect: { kind: 'fixed', points: n }, ...more });
const times = (numerator: number, denominator: number, more: Part = {}): Part => ({ effect: { kind: 'multiplier', numerator, denominator }, ...more });
const units = (more: Partial<Extract<Effect, { kind: 'perUnit' }>> = {}): Part => ({ effect: { kind: 'perUnit', points: 1, perThousandths: 1000, rounding: 'down', per: 'transaction', ...more } });
const percent = (basisPoints: number, more: Partial<Extract<Effect, { kind: 'percent' }>> = {}): Part => ({ effect: { kind: 'percent', basisPoints, rounding: 'down', per: 'transaction', ...more } });

describe('points for quantity', () => {
  it.each<[string, Part, number[], number[]]>([
    ['a stamp for every coffee', { ...units(), lines: coffee }, [3], [2, 0, 1]],
    ['5 points for every kilogram, of all lines together', units({ points: 5, perThousandths: 1000 }), [26], []],
    ['three for every two full pieces', units({ points: 3, perThousandths: 2000, rounding: 'steps' }), [6], []],
    ['one for every two pieces of each line by itself', units({ perThousandths: 2000, per: 'line' }), [2], [1, 1, 0]],
    ['one for every two pieces of each line, up', units({ perThousandths: 2000, per: 'line', rounding: 'up' }), [4], [1, 2, 1]],
  ])('%s', (_words, rule, expected, shares) => {
    const decision = decided([rule], sale([line(2000, { quantity: 2000 }), cake(900, 2347), line(1000)]));
    expect(points(decision)).toEqual(expected);
    if (shares.length > 0) expect(decision.awards[0]!.shares).toEqual(shares);
  });

  it('less than a unit is told with what was there', () => {
    expect(outcomes(decided([units({ perThousandths: 5000 })], sale([line(100, { quantity: 347 })])))).toEqual([{ outcome: 'roundedToZero', basis: 347 }]);
  });

  it('a quantity beyond a million pieces counts as a million', () => {
    expect(points(decided([units()], sale([line(100, { quantity: 9_000_000_000 })])))).toEqual([1_000_000]);
  });

  it.each([[12_345, [12]], [999, []], ['dużo', []], [-5000, []], [undefined, []], [2 ** 53 - 1, [1_000_000]]])('of an event that tells steps: %j gives %j', (steps, expected) => {
    const rule: Part = { trigger: { kind: 'event', type: 'walk' }, ...units({ perThousandths: 1_000_000, of: { field: 'steps' } }) };
    expect(points(decided([rule], sale(0, { event: 'walk', attributes: steps === undefined ? {} : { steps } })))).toEqual(expected);
  });

  it('a field that every object has is no field', () => {
    expect(points(decided([units({ of: { field: 'constructor' } })], sale(1000)))).toEqual([]);
  });
});

describe('a percentage', () => {
  it.each([['down', 'transaction', 114], ['nearest', 'transaction', 115], ['up', 'transaction', 115], ['down', 'line', 114], ['up', 'line', 117]] as const)('rounded %s per %s gives %i', (rounding, per, expected) => {
    // 2 % of 57,49 zł is 114,98 grosza; of the lines 20,02, 20,02 and 74,94
    expect(points(decided([percent(200, { rounding, per })], sale([line(1001), line(1001), line(3747)])))).toEqual([expected]);
  });

  it('is of the matching lines, and never more than they are worth', () => {
    expect(points(decided([{ ...percent(10_000), lines: coffee }], sale([line(1001), cake(3000)])))).toEqual([1001]);
  });
});

describe('a multiplier by tier', () => {
  const byTier: Part = { effect: { kind: 'tierMultiplier', tiers: [{ tier: 'silver', hundredths: 150 }, { tier: 'gold', hundredths: 300 }, { tier: 'basic', hundredths: 100 }] } };

  it.each([['silver', [5, 2]], ['gold', [5, 10]], ['basic', [5]], ['diamond', [5]], [null, [5]]])('%s gives %j', (tier, expected) => {
    expect(points(decided([{}, byTier], sale(5740), { about: { tier } }))).toEqual(expected);
  });

  it('says so when the member has no tier it names, and leaves an exclusive group to the next', () => {
    const decision = decided([{}, { ...byTier, exclusiveGroup: 'g', priority: 5 }, times(2, 1, { exclusiveGroup: 'g' })], sale(5740));
    expect([points(decision), outcomes(decision)[1]]).toEqual([[5, 5], { outcome: 'noTier' }]);
  });
});

describe('several multipliers', () => {
  const inTurn = { set: { multipliers: 'multiply' } } as const;

  it('multiply what the ones before them made, where the program says so: two doublings make four', () => {
    expect(points(decided([{}, times(2, 1), times(2, 1)], sale(5740), inTurn))).toEqual([5, 5, 10]);
    expect(points(decided([{}, times(3, 2), times(3, 2)], sale(5740), inTurn))).toEqual([5, 2, 3]);
  });

  it('go by priority when they multiply one another, each on its own lines', () => {
    const { awards } = decided([{}, times(2, 1, { lines: coffee }), times(3, 1, { priority: 9 })], sale([line(4000), cake(6000)]), inTurn);
    expect(awards.map((award) => [award.points, award.shares])).toEqual([[10, [4, 6]], [12, [12, 0]], [20, [8, 12]]]);
  });

  it('leave points alone that come after multipliers', () => {
    expect(points(decided([{}, fixed(100, { afterMultipliers: true }), times(2, 1)], sale(5740)))).toEqual([5, 100, 5]);
  });

  it('one after another count towards the safe numbers as a product', () => {
    const rate: Part = { effect: { kind: 'perAmount', points: 100, perMinor: 1, rounding: 'down', per: 'transaction' } };
    expect(() => compileRuleset(rulesetOf([rate, times(2, 1), times(4, 1)]))).not.toThrow();
    expect(() => compileRuleset(rulesetOf([rate, times(2, 1), times(5, 1)], inTurn.set))).toThrow(/more points than can be counted/);
    expect(() => compileRuleset(rulesetOf([{ ...rate, afterMultipliers: true }, times(2, 1), times(5, 1)], inTurn.set))).not.toThrow();
  });
});

describe('best-of groups', () => {
  const best = (rule: Part, more: Part = {}): Part => ({ ...rule, bestOfGroup: 'witaj', ...more });

  it('keep only the rule that gives most for this purchase, and tell the others by whom they were beaten', () => {
    const rules = [best({}), best(fixed(8)), best(percent(100))];
    const small = decided(rules, sale(5740));
    expect([points(small), outcomes(small)]).toEqual([[57], [{ outcome: 'lostBestOf', winner: 2, points: 5 }, { outcome: 'lostBestOf', winner: 2, points: 8 }, { outcome: 'applied', points: 57, basis: 5740 }]]);
    expect(points(decided(rules, sale(500)))).toEqual([8]);
  });

  it('of equal ones keep the greater priority, then the older rule', () => {
    expect(decided([best(fixed(5)), best(fixed(5))], sale(100)).awards.map((award) => award.ruleId)).toEqual([101]);
    expect(decided([best(fixed(5)), best(fixed(5), { priority: 1 })], sale(100)).awards.map((award) => award.ruleId)).toEqual([102]);
  });

  it('look at what the rule’s own limits leave: a used up one does not win', () => {
    const rules = [best(fixed(50), { caps: { ...noCaps, perMemberMonth: 60 } }), best(fixed(20))];
    expect(points(decided(rules, sale(100), { caps: { usedToday: new Map(), budgetLeft: new Map(), usedIn: { month: new Map([[101, 55]]) } } }))).toEqual([20]);
    expect(points(decided(rules, sale(100)))).toEqual([50]);
  });

  it('hold points of one wallet against one another only', () => {
    expect(points(decided([best(fixed(5)), best(fixed(9), { wallet: 'stamps' })], sale(100)))).toEqual([5, 9]);
  });

  it('take the loser’s points away before anything is multiplied', () => {
    expect(points(decided([best(fixed(10)), best(fixed(4)), times(2, 1)], sale(100)))).toEqual([10, 10]);
  });

  it('hold a multiplier against points by what it would add to the rules outside the group', () => {
    const rules = [{}, best(fixed(8)), best(times(2, 1))];
    expect(points(decided(rules, sale(5740)))).toEqual([5, 8]);
    expect(points(decided(rules, sale(12_000)))).toEqual([12, 12]);
  });
});

describe('caps in time and money', () => {
  const used = (usedIn: CapUsage['usedIn']): CapUsage => ({ usedToday: new Map(), budgetLeft: new Map(), ...(usedIn ? { usedIn } : {}) });

  it.each(['week', 'month', 'year', 'ever'] as const)('of the member in a %s leave what is left and say so', (period) => {
    const name = ({ week: 'perMemberWeek', month: 'perMemberMonth', year: 'perMemberYear', ever: 'perMemberEver' } as const)[period];
    const rule = fixed(10, { caps: { ...noCaps, [name]: 50 } });
    const decision = decided([rule], sale(100), { caps: used({ [period]: new Map([[101, 44]]) }) });
    expect([points(decision), outcomes(decision)[0], decision.capUse]).toEqual([[6], { outcome: 'capped', cap: name, before: 10, points: 6, basis: 1 }, [{ ruleId: 101, points: 6 }]]);
  });

  it('of a household and a company count what all their members got; whoever is in neither is not limited', () => {
    const rule = fixed(10, { caps: { ...noCaps, perHouseholdMonth: 50, perCompanyDay: 3 } });
    const household = { 'household.month': new Map([[101, 44]]) };
    expect(outcomes(decided([rule], sale(100), { caps: { ...used(undefined), usedInCircle: household } }))).toMatchObject([{ cap: 'perHouseholdMonth', points: 6 }]);
    expect(outcomes(decided([rule], sale(100), { caps: { ...used(undefined), usedInCircle: { ...household, 'company.day': new Map() } } }))).toMatchObject([{ cap: 'perCompanyDay', points: 3 }]);
    const free = decided([rule], sale(100));
    expect([points(free), free.capUse]).toEqual([[10], [{ ruleId: 101, points: 10 }]]);
  });

  it('several at once: the smallest room decides and is named', () => {
    const rule = fixed(10, { caps: { ...noCaps, perMemberDay: 9, perMemberWeek: 50, perMemberEver: 100 } });
    expect(outcomes(decided([rule], sale(100), { caps: used({ week: new Map([[101, 47]]), ever: new Map([[101, 95]]) }) }))).toMatchObject([{ cap: 'perMemberWeek', points: 3 }]);
  });

  it('a budget in money ends where its points are worth that much', () => {
    // 100 zł, where a thousand points cost 12 zł: 8333 points
    const rule = fixed(9000, { caps: { ...noCaps, programMoney: { limitMinor: 10_000, per1000: 1200 } } });
    expect(outcomes(decided([rule], sale(100)))).toMatchObject([{ outcome: 'capped', cap: 'programMoney', before: 9000, points: 8333 }]);
    expect(outcomes(decided([{ ...rule, caps: { ...rule.caps!, perProgram: 500 } }], sale(100)))).toMatchObject([{ cap: 'perProgram', points: 500 }]);
  });
});

describe('grants', () => {
  const grant = (more: Partial<Extract<Effect, { kind: 'grant' }>> = {}): Part => ({ effect: { kind: 'grant', what: 'ticket', code: 'wiosna', count: 2, ...more } });

  it('stand beside the awards, never among points', () => {
    const compiled = compileRuleset(rulesetOf([{}, grant(), times(2, 1)]));
    const document = sale([line(5740)]);
    const decision = decide(compiled, factsOf(document));
    expect([points(decision), decision.grants]).toEqual([[5, 5], [{ ruleId: 102, version: 1, what: 'ticket', code: 'wiosna', count: 2 }]]);
    expect(pointsByLine(compiled, document, decision.frozen, 1)).toEqual([10]);
  });

  it.each([[5740, [2]], [10_000, [4]], [4999, []], [100_000_000, [1000]]])('for every 50 zł: %i grosze give %j', (amount, expected) => {
    expect(decided([grant({ perMinor: 5000 })], sale(amount)).grants.map((one) => one.count)).toEqual(expected);
  });

  it('keep to the rule’s limits, counted in pieces', () => {
    const decision = decided([{ ...grant(), caps: { ...noCaps, perMemberDay: 3 } }], sale(100), { caps: { usedToday: new Map([[101, 2]]), budgetLeft: new Map() } });
    expect([decision.grants.map((one) => one.count), decision.capUse]).toEqual([[1], [{ ruleId: 101, points: 1 }]]);
  });
});

describe('what earns', () => {
  const base = (more: Partial<Ruleset['base']>): More => ({ set: { base: { kinds: ['goods', 'service'], excludedCategories: [], paidWithPointsEarns: false, ...more } } });
  const grosz: Part = { effect: { kind: 'perAmount', points: 1, perMinor: 1, rounding: 'down', per: 'transaction' } };
  const basket = sale([line(1000, { brand: 'Palarnia', sku: 'A', taxRateBps: 2300, discountMinor: 250 }), line(1000, { brand: null, sku: 'B', taxRateBps: 800 }), line(1000, { brand: 'Inna', sku: 'C', taxRateBps: null })], { paidWithPointsMinor: 300 });

  it.each<[string, More, number[]]>([
    ['gross, after discount, less what was paid with points', base({}), [2700]],
    ['what was paid with points too', base({ paidWithPointsEarns: true }), [3000]],
    ['without a brand', base({ excludedBrands: ['Inna'] }), [1800]],
    ['without an article', base({ excludedSkus: ['A', 'B'] }), [900]],
    ['net of tax: 900 ÷ 1,23 = 731,7, 900 ÷ 1,08 = 833,3, and a line without a rate whole', base({ amounts: 'net' }), [732 + 833 + 900]],
    ['net, rounded down', base({ amounts: 'net', netRounding: 'down' }), [731 + 833 + 900]],
    ['net, rounded up', base({ amounts: 'net', netRounding: 'up' }), [732 + 834 + 900]],
    ['before the discount', base({ discount: 'before' }), [2950]],
    ['before the discount and net: 1150 ÷ 1,23 = 934,96', base({ discount: 'before', amounts: 'net' }), [935 + 833 + 900]],
  ])('%s', (_words, more, expected) => {
    expect(points(decided([grosz], basket, more))).toEqual(expected);
  });

  it('discounts that no purchase can have count up to the bound of an amount', () => {
    expect(points(decided([grosz], sale([line(5, { discountMinor: 90_000_000_000 }), line(5, { discountMinor: 90_000_000_000 })]), base({ discount: 'before' })))).toEqual([100_000_000_010]);
  });

  it('is about purchases: an event earns whatever kinds of lines do', () => {
    const survey: Part = { ...fixed(20), trigger: { kind: 'event', type: 'survey' } };
    expect(points(decided([survey], sale(0, { event: 'survey' }), base({ kinds: ['shipping'] })))).toEqual([20]);
  });

  it.each([{ kinds: [] }, { kinds: ['cars'] }, { kinds: ['goods'], amounts: 'brutto' }, { kinds: ['goods'], excludedBrands: [''] }, { kinds: ['goods'], excludedSkus: 'A' }])('%j is no base', (part) => {
    expect(() => compileRuleset(rulesetOf([{}], { base: { excludedCategories: [], paidWithPointsEarns: false, ...part } as never }))).toThrow(/base/);
  });
});
