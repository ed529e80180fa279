import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeNumbers, encodeNumbers } from './codec.ts';
import { decide, type Decision } from './decide.ts';
import type { CapUsage, Facts, MemberFacts, SaleDocument } from './facts.ts';
import { compileRuleset, type RuleDefinition, type Ruleset } from './rules.ts';
import { factsOf, line, sale } from './testing/facts.ts';
import { definition, rulesetOf } from './testing/rules.ts';
import { readTrace } from './trace.ts';

type Part = Partial<RuleDefinition>;

function decided(rules: readonly Part[], document: SaleDocument, more: { about?: Partial<MemberFacts>; caps?: CapUsage; set?: Partial<Ruleset> } = {}): Decision {
  return decide(compileRuleset(rulesetOf(rules, more.set)), factsOf(document, more.about, more.caps));
}
const points = (decision: Decision): number[] => decision.awards.map((award) => award.points);
const outcomes = (decision: Decision) => readTrace(decision.trace).outcomes;

const fixed = (n: number, more: Part = {}): Part => ({ effect: { kind: 'fixed', points: n }, ...more });
const times = (numerator: number, denominator: number, more: Part = {}): Part => ({ effect: { kind: 'multiplier', numerator, denominator }, ...more });
const coffee = { attribute: 'line.category', operator: 'is', value: 'kawa' } as const;
const cake = (amountMinor: number) => line(amountMinor, { category: 'ciasto' });
const noCaps = { perTransaction: null, perMemberDay: null, perProgram: null };
const used = (today: [number, number][], left: [number, number][] = []): CapUsage => ({ usedToday: new Map(today), budgetLeft: new Map(left) });

describe('what earns', () => {
  it.each([
    ['a total without lines', sale(5740), [5]],
    ['lines together, not each by itself', sale([line(590), line(590)]), [1]],
    ['no shipping and no gift cards', sale([line(1000), line(2000, { kind: 'shipping' }), line(9000, { kind: 'gift_card' })]), [1]],
    ['no excluded category', sale([line(1000), line(9000, { category: 'alkohol' })]), [1]],
    ['not what was paid with points', sale([line(3000), line(1000)], { paidWithPointsMinor: 2000 }), [2]],
    ['nothing when all was paid with points', sale([line(3000)], { paidWithPointsMinor: 3000 }), []],
  ])('%s', (_words, document, expected) => {
    expect(points(decided([{}], document))).toEqual(expected);
  });

  it('counts what was paid with points where the program says so', () => {
    const set = { base: { kinds: ['goods'], excludedCategories: [], paidWithPointsEarns: true } } as const;
    expect(points(decided([{}], sale([line(3000)], { paidWithPointsMinor: 3000 }), { set }))).toEqual([3]);
  });
});

describe('effects', () => {
  it.each([
    ['down', 'transaction', 2], ['nearest', 'transaction', 3], ['up', 'transaction', 3], ['down', 'line', 1], ['nearest', 'line', 2], ['up', 'line', 4],
  ] as const)('a rate rounded %s per %s gives %i', (rounding, per, expected) => {
    const document = sale([line(1499), line(600), line(401)]); // 25,00 zł
    expect(points(decided([{ effect: { kind: 'perAmount', points: 1, perMinor: 1000, rounding, per } }], document))).toEqual([expected]);
  });

  it.each([
    [9_999, 'transaction', []], [10_000, 'transaction', [5]], [19_999, 'transaction', [5]], [20_000, 'transaction', [10]], [20_000, 'line', [5]],
  ] as const)('5 points for every full 100 zł: %i grosze per %s give %j', (total, per, expected) => {
    const document = sale([line(total - 5_000), line(5_000)]);
    expect(points(decided([{ effect: { kind: 'perAmount', points: 5, perMinor: 10_000, rounding: 'steps', per } }], document))).toEqual(expected);
  });

  it('fixed points come once for a document and spread over the matching lines', () => {
    const { awards } = decided([fixed(10, { lines: coffee })], sale([line(1000), cake(5000), line(3000)]));
    expect(awards).toMatchObject([{ points: 10, shares: [3, 0, 7] }]);
  });

  it('fixed points of lines that cost nothing still add up', () => {
    expect(decided([fixed(5)], sale([line(0), line(0)])).awards).toMatchObject([{ shares: [3, 2] }]);
  });

  it('two doublings make a tripling', () => {
    expect(points(decided([{}, times(2, 1), times(2, 1)], sale(5740)))).toEqual([5, 5, 5]);
  });

  it('halves of two multipliers are added before they are rounded down, the first gets the odd point', () => {
    expect(points(decided([{}, times(3, 2), times(3, 2)], sale(5740)))).toEqual([5, 3, 2]);
    expect(points(decided([{}, times(3, 2)], sale(5740)))).toEqual([5, 2]);
  });

  it('a multiplier works on the points of its own wallet and its own lines only', () => {
    const rules = [{}, fixed(4, { wallet: 'stamps' }), times(2, 1, { lines: coffee })];
    const { awards } = decided(rules, sale([line(4000), cake(6000)]));
    expect(awards.map(({ walletNo, points: n, shares }) => [walletNo, n, shares])).toEqual([[1, 10, [4, 6]], [2, 4, [2, 2]], [1, 4, [4, 0]]]);
  });

  it('a multiplier works on points before caps', () => {
    expect(points(decided([{ caps: { ...noCaps, perTransaction: 3 } }, times(2, 1)], sale(10_000)))).toEqual([3, 10]);
  });
});

describe('why not', () => {
  it.each<[string, Part[], object, CapUsage | undefined]>([
    ['before its schedule', [{ schedule: { from: '2026-11-21', until: null } }], { outcome: 'notYet' }, undefined],
    ['after its schedule', [{ schedule: { from: null, until: '2026-11-19' } }], { outcome: 'ended' }, undefined],
    ['condition', [{ when: { all: [{ attribute: 'transaction.total', operator: 'atLeast', value: 1 }, { attribute: 'calendar.hour', operator: 'is', value: 3 }] } }], { outcome: 'conditionNotMet', leaf: 1, seen: null }, undefined],
    ['condition that the document alone refuses', [{ when: { all: [{ attribute: 'transaction.total', operator: 'atLeast', value: 1 }, { attribute: 'calendar.weekday', operator: 'is', value: 3 }] } }], { outcome: 'guarded' }, undefined],
    ['condition on the member, with the number seen', [{ when: { attribute: 'history.salesCount', operator: 'atLeast', value: 10 } }], { outcome: 'conditionNotMet', leaf: 0, seen: 3 }, undefined],
    ['no matching line', [{ lines: { attribute: 'line.brand', operator: 'is', value: 'Inna' } }], { outcome: 'noMatchingLines' }, undefined],
    ['rounded to zero', [{ effect: { kind: 'perAmount', points: 1, perMinor: 100_000, rounding: 'down', per: 'transaction' } }], { outcome: 'roundedToZero', basis: 5000 }, undefined],
    ['nothing to multiply', [times(2, 1)], { outcome: 'nothingToMultiply' }, undefined],
    ['cap of the transaction', [{ caps: { ...noCaps, perTransaction: 2 } }], { outcome: 'capped', cap: 'perTransaction', before: 5, points: 2, basis: 5000 }, undefined],
    ['cap of the day', [{ caps: { ...noCaps, perMemberDay: 20 } }], { outcome: 'capped', cap: 'perMemberDay', before: 5, points: 1, basis: 5000 }, used([[101, 19]])],
    ['cap of the day used up', [{ caps: { ...noCaps, perMemberDay: 20 } }], { outcome: 'capped', cap: 'perMemberDay', before: 5, points: 0, basis: 5000 }, used([[101, 25]])],
    ['budget of the program', [{ caps: { ...noCaps, perProgram: 1000 } }], { outcome: 'capped', cap: 'perProgram', before: 5, points: 4, basis: 5000 }, used([], [[101, 4]])],
  ])('%s', (_words, rules, expected, caps) => {
    expect(outcomes(decided(rules, sale([line(5000)]), caps === undefined ? {} : { caps }))).toEqual([expected]);
  });

  it('no line earns', () => {
    expect(outcomes(decided([{}], sale([line(100, { kind: 'shipping' })])))).toEqual([{ outcome: 'noEarningLines' }]);
  });

  it('schedules include both their ends, by the local date', () => {
    const schedule = { from: '2026-11-20', until: '2026-11-20' };
    const late = sale(5000, { occurredAt: Date.parse('2026-11-20T23:30:00Z') }); // 00:30 of the 21st in Warsaw
    expect([points(decided([{ schedule }], sale(5000))), outcomes(decided([{ schedule }], late))]).toEqual([[5], [{ outcome: 'ended' }]]);
  });
});

describe('exclusive groups', () => {
  const group = (n: number, priority: number, more: Part = {}): Part => fixed(n, { exclusiveGroup: 'powitanie', priority, ...more });

  it('are won by priority among the rules that match, and the loser names the winner', () => {
    const never = { attribute: 'transaction.total', operator: 'atLeast', value: 99_999 } as const;
    const decision = decided([group(10, 1), group(20, 5), group(30, 9, { when: never })], sale(5000));
    expect(decision.awards.map((award) => award.ruleId)).toEqual([102]);
    expect(outcomes(decision)).toEqual([{ outcome: 'lostGroup', winner: 1 }, { outcome: 'applied', points: 20, basis: 1 }, { outcome: 'conditionNotMet', leaf: 0, seen: null }]);
  });

  it('go to the older rule at equal priority', () => {
    expect(points(decided([group(10, 1), group(20, 1)], sale(5000)))).toEqual([10]);
  });

  it('stay won when a cap leaves the winner nothing', () => {
    const decision = decided([group(10, 1), group(20, 5, { caps: { ...noCaps, perMemberDay: 20 } })], sale(5000), { caps: used([[102, 20]]) });
    expect(decision.awards).toEqual([]);
  });
});

describe('dates of an award', () => {
  it.each<[Part, string | null, string | null]>([
    [{}, '2027-11-20', null],
    [{ wallet: 'stamps' }, null, '2026-12-04'],
    [{ wallet: 'stamps', pendingDays: 0, expiry: { kind: 'on', date: '2026-12-24' } }, '2026-12-24', null],
    [{ expiry: { kind: 'months', months: 3, roundTo: 'monthEnd' }, pendingDays: 1 }, '2027-02-28', '2026-11-21'],
    [{ expiry: { kind: 'months', months: 24, roundTo: 'yearEnd' } }, '2028-12-31', null],
    [{ expiry: { kind: 'never' } }, null, null],
  ])('%j end on %s and wait until %s', (part, expiresOn, pendingUntil) => {
    expect(decided([part], sale(5000)).awards).toMatchObject([{ expiresOn, pendingUntil }]);
  });
});

it('the use of shared caps is reported, of others not', () => {
  const rules = [{}, fixed(7, { caps: { ...noCaps, perMemberDay: 50 } }), fixed(9, { caps: { ...noCaps, perProgram: 5 } }), fixed(3, { caps: { ...noCaps, perTransaction: 3 } })];
  expect(decided(rules, sale(5000)).capUse).toEqual([{ ruleId: 102, points: 7 }, { ruleId: 103, points: 5 }]);
});

it('a decision never changes its facts, and the same facts give the same decision', () => {
  const frozenFacts = deepFreeze(factsOf(sale([line(4000), cake(6000)], { paidWithPointsMinor: 500 })));
  const compiled = compileRuleset(deepFreeze(rulesetOf([{}, times(2, 1), fixed(3, { lines: coffee })])));
  expect(decide(compiled, frozenFacts)).toEqual(decide(compiled, frozenFacts));
});

it('a document beyond the bounds is refused loudly, not miscounted', () => {
  const facts = (document: SaleDocument): Facts => factsOf(document);
  const compiled = compileRuleset(rulesetOf([{}]));
  for (const document of [sale([line(-1)]), sale([line(0.5)]), sale([line(100_000_000_001)]), sale(Number.NaN), sale(100, { paidWithPointsMinor: -5 })]) {
    expect(() => decide(compiled, facts(document))).toThrow(RangeError);
  }
});

it('a set whose rules could leave the safe integers does not compile', () => {
  const rate: Part = { effect: { kind: 'perAmount', points: 100, perMinor: 1, rounding: 'down', per: 'transaction' } };
  expect(() => compileRuleset(rulesetOf([rate, times(2, 1)]))).not.toThrow();
  expect(() => compileRuleset(rulesetOf([rate, times(100, 1)]))).toThrow(/more points than can be counted/);
});

it('the trace of 20 rules is below 300 bytes of JSON, and it and the frozen facts survive their coding', () => {
  const rules = Array.from({ length: 20 }, (_, i): Part => (i % 3 === 0 ? {} : i % 3 === 1 ? { when: { attribute: 'history.spent', operator: 'atLeast', value: 10_000_000 } } : fixed(1, { exclusiveGroup: 'g' })));
  const { trace, frozen } = decided(rules, sale(123_456));
  expect(JSON.stringify(trace).length).toBeLessThan(300);
  expect(decodeNumbers(encodeNumbers(trace))).toEqual(trace);
  expect(decodeNumbers(encodeNumbers(frozen))).toEqual(frozen);
});

it('awards never exceed the largest document, and shares always add up', () => {
  const rules = [{ effect: { kind: 'perAmount', points: 100, perMinor: 1, rounding: 'up', per: 'line' } }, times(2, 1, { lines: coffee }), times(5, 4)] as const;
  const compiled = compileRuleset(rulesetOf(rules));
  fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 20_000_000_000 }), fc.boolean()), { minLength: 1, maxLength: 5 }), (parts) => {
    const { awards } = decide(compiled, factsOf(sale(parts.map(([amount, isCoffee]) => (isCoffee ? line(amount) : cake(amount))))));
    for (const award of awards) {
      expect(Number.isSafeInteger(award.points) && award.points > 0).toBe(true);
      expect(award.shares.reduce((a, b) => a + b, 0)).toBe(award.points);
    }
  }));
});

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !(value instanceof Map)) {
    Object.values(value).forEach((one) => deepFreeze(one));
    Object.freeze(value);
  }
  return value;
}

it('codes numbers of any safe size and refuses cut bytes', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: -(2 ** 52), max: 2 ** 52 - 1 })), (values) => { expect(decodeNumbers(encodeNumbers(values))).toEqual(values); }));
  expect(() => decodeNumbers(Uint8Array.of(200))).toThrow(RangeError);
});

it('names of rules may repeat but ids may not', () => {
  const set = rulesetOf([{}, {}]);
  expect(() => compileRuleset({ ...set, rules: [set.rules[0]!, { ruleId: 101, version: 2, definition: definition() }] })).toThrow(/already in the set/);
});

it('golden: the order of work and the stored form of trace and frozen facts never change', () => {
  const rules: Part[] = [
    {}, // base: coffee and cake, 90,00 zł less 10,00 zł paid with points
    fixed(7, { lines: coffee, exclusiveGroup: 'g', priority: 1 }),
    fixed(9, { exclusiveGroup: 'g', priority: 3, when: { attribute: 'history.salesCount', operator: 'atLeast', value: 5 } }),
    fixed(20, { exclusiveGroup: 'g', priority: 2, caps: { ...noCaps, perMemberDay: 12, perProgram: 500 } }),
    times(3, 2, { lines: coffee }), times(5, 4, { caps: { ...noCaps, perTransaction: 6 } }),
    fixed(2, { wallet: 'stamps', when: { attribute: 'calendar.isBirthday', operator: 'isTrue', value: null } }),
  ];
  const document = sale([line(6000), cake(3000), line(1500, { kind: 'shipping' })], { paidWithPointsMinor: 1050 });
  const decision = decided(rules, document, { about: { birthday: true }, caps: used([[104, 2]], [[104, 300]]) });
  expect(decision.awards.map((award) => [award.ruleId, award.points, award.shares])).toEqual([
    [101, 8, [5, 3, 0]], [104, 10, [7, 3, 0]], [105, 9, [9, 0, 0]], [106, 6, [4, 2, 0]], [107, 2, [1, 1, 0]]]);
  expect(decision.trace).toEqual([1, 7, 0, 8, 8100, 7, 3, 4, 0, 3, 8, 1, 20, 10, 2, 0, 9, 18, 8, 0, 7, 6, 28, 0, 2, 2]);
  expect(decision.frozen).toEqual([1, 7, 2, 10, 300]);
  expect(decision.capUse).toEqual([{ ruleId: 104, points: 10 }]);
});

it('answers events by rules for that event alone, and purchases by the others', () => {
  const compiled = compileRuleset(rulesetOf([{ name: 'Za ankietę', trigger: { kind: 'event', type: 'survey' }, effect: { kind: 'fixed', points: 50 } }, { name: 'Za zakupy' }]));
  const given = (event: string | null) => decide(compiled, factsOf(sale(event === null ? 10_000 : 0, { event }))).awards.map((award) => [award.ruleId, award.points]);
  expect(given('survey')).toEqual([[101, 50]]);
  expect(given('check-in')).toEqual([]);
  expect(given(null)).toEqual([[102, 10]]);
});
