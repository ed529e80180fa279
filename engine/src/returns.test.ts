import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import type { CapUsage, Facts } from './facts.ts';
import { applyReturn, keptPoints, paidWithPointsKept, remainingOf, type Kept, type RemainingLine, type ReturnedLine } from './returns.ts';
import { compileRuleset, type RuleDefinition, type Ruleset } from './rules.ts';
import { facts as anyFacts, rules as anyRules, settings as anySettings, someSets } from './testing/arbitraries.ts';
import { factsOf, line, sale } from './testing/facts.ts';
import { rulesetOf } from './testing/rules.ts';

const someRules = fc.array(anyRules, { minLength: 1, maxLength: 8 });
const someUsage: fc.Arbitrary<CapUsage> = fc.array(fc.integer({ min: 0, max: 25 }), { minLength: 8, maxLength: 8 }).map((numbers) => ({
  usedToday: new Map(numbers.map((n, i) => [101 + i, n])), budgetLeft: new Map(numbers.map((n, i) => [101 + i, n])),
  usedIn: { week: new Map(numbers.map((n, i) => [101 + i, n - 3])), month: new Map(numbers.map((n, i) => [101 + i, n + 1])), ever: new Map(numbers.map((n, i) => [101 + i, n])) },
}));

/** A sale with its decision, ready to be returned. */
function booked(rules: readonly Partial<RuleDefinition>[], facts: Facts, settings: Partial<Ruleset> = {}) {
  const compiled = compileRuleset(rulesetOf(rules, settings), someSets);
  const decision = decide(compiled, facts);
  const kept = (remaining: readonly RemainingLine[]): Kept => keptPoints(compiled, facts.document, decision.frozen, remaining);
  return { decision, kept };
}

const totals = (kept: Kept): number[] => kept.wallets.map((wallet) => wallet.kept);
const returned = (lineId: string, quantity: number | null, amountMinor: number | null = null): ReturnedLine => ({ lineId, quantity, amountMinor });

describe('laws of returns, for any rules, sale and caps', () => {
  it('nothing returned keeps exactly what was booked', () => {
    fc.assert(fc.property(someRules, anyFacts, someUsage, anySettings, (rules, facts, caps, settings) => {
      const { decision, kept } = booked(rules, { ...facts, caps }, settings);
      expect(kept(remainingOf(facts.document)).grants.map(({ ruleId, booked: was, kept: stays }) => [ruleId, was, stays])).toEqual(decision.grants.map(({ ruleId, count }) => [ruleId, count, count]));
      expect(kept(remainingOf(facts.document)).awards.map(({ ruleId, booked: was, kept: stays }) => [ruleId, was, stays])).toEqual(decision.awards.map(({ ruleId, points }) => [ruleId, points, points]));
    }), { numRuns: 400 });
  });

  it('a full return leaves zero', () => {
    fc.assert(fc.property(someRules, anyFacts, someUsage, anySettings, (rules, facts, caps, settings) => {
      const { kept } = booked(rules, { ...facts, caps }, settings);
      const { document } = facts;
      const { remaining } = applyReturn(document, remainingOf(document), document.lines.map((one) => returned(one.lineId, one.quantity)));
      expect(totals(kept(remaining)).every((points) => points === 0)).toBe(true);
      expect(totals(kept([])).every((points) => points === 0)).toBe(true);
      expect(kept(remaining).grants.every((grant) => grant.kept === 0)).toBe(true);
    }), { numRuns: 200 });
  });

  it('any order and split of the same pieces ends equal, and no step keeps more than was booked', () => {
    fc.assert(fc.property(someRules, anyFacts, someUsage, fc.array(fc.nat(50), { minLength: 1, maxLength: 8 }), fc.infiniteStream(fc.nat()), anySettings, (rules, facts, caps, picks, shuffle, settings) => {
      const { decision, kept } = booked(rules, { ...facts, caps }, settings);
      const { document } = facts;
      // One piece each; the same piece may be picked more often than it was bought.
      const pieces = picks.map((pick) => returned(document.lines[pick % document.lines.length]!.lineId, 1000));
      const shuffled = pieces.map((piece) => ({ piece, at: shuffle.next().value })).toSorted((a, b) => a.at - b.at).map(({ piece }) => piece);
      const atOnce = applyReturn(document, remainingOf(document), pieces).remaining;
      const byPiece = shuffled.reduce((remaining, piece) => applyReturn(document, remaining, [piece]).remaining, remainingOf(document) as readonly RemainingLine[]);
      expect(byPiece).toEqual(atOnce);
      const { awards, wallets, grants } = kept(atOnce);
      expect(kept(byPiece)).toEqual({ awards, wallets, grants });
      for (const grant of grants) expect(grant.kept >= 0 && grant.kept <= grant.booked).toBe(true);
      for (const wallet of wallets) {
        const own = awards.filter((award) => award.walletNo === wallet.walletNo);
        expect(own.reduce((sum, award) => sum + award.kept, 0)).toBe(wallet.kept);
        expect(own.reduce((sum, award) => sum + award.booked, 0)).toBe(decision.awards.filter((award) => award.walletNo === wallet.walletNo).reduce((sum, award) => sum + award.points, 0));
      }
      for (const award of awards) expect(award.kept >= 0 && award.kept <= award.booked).toBe(true);
    }), { numRuns: 400 });
  });

  it('parts by amount end as one return of their sum', () => {
    fc.assert(fc.property(someRules, anyFacts, anySettings, fc.array(fc.tuple(fc.nat(4), fc.integer({ min: 1, max: 4000 })), { minLength: 1, maxLength: 6 }), (rules, facts, settings, parts) => {
      const { kept } = booked(rules, facts, settings);
      const { document } = facts;
      const lines = parts.map(([i, amount]) => returned(document.lines[i % document.lines.length]!.lineId, null, amount));
      const forth = lines.reduce((remaining, one) => applyReturn(document, remaining, [one]).remaining, remainingOf(document) as readonly RemainingLine[]);
      const back = applyReturn(document, remainingOf(document), lines.toReversed()).remaining;
      expect(back).toEqual(forth);
      expect(kept(back)).toEqual(kept(forth));
    }), { numRuns: 200 });
  });

  it('the member may change as they like after the sale: only the sale’s own facts count', () => {
    const rules = [{ when: { attribute: 'history.salesCount', operator: 'below', value: 5 } }] as const;
    const facts = factsOf(sale([line(3000), line(2000)]), { salesCount: 3 });
    expect(totals(booked(rules, facts).kept([{ lineId: '1', quantity: 1000, amountMinor: 3000 }]))).toEqual([3]);
  });
});

describe('what stays', () => {
  const bonus: Partial<RuleDefinition> = { effect: { kind: 'fixed', points: 50 }, when: { attribute: 'transaction.total', operator: 'atLeast', value: 10_000 } };

  it('bought for the threshold and returned: only what remains earns', () => {
    const { decision, kept } = booked([{}, bonus], factsOf(sale([line(100), line(9900)])));
    expect(decision.awards.map((award) => award.points)).toEqual([10, 50]);
    expect(kept([{ lineId: '1', quantity: 1000, amountMinor: 100 }])).toMatchObject({ wallets: [{ booked: 60, kept: 0 }], awards: [{ kept: 0 }, { kept: 0 }] });
  });

  it('a rule that wins only after the return stands in for the award that fell away, never above the whole', () => {
    const small: Partial<RuleDefinition> = { effect: { kind: 'fixed', points: 80 }, when: { attribute: 'transaction.total', operator: 'below', value: 10_000 } };
    const { kept } = booked([bonus, small], factsOf(sale([line(5000), line(5000)])));
    expect(kept([{ lineId: '1', quantity: 1000, amountMinor: 5000 }])).toMatchObject({ wallets: [{ booked: 50, kept: 50 }], awards: [{ ruleId: 101, kept: 50 }] });
  });

  it('a total without lines is returned by amount', () => {
    const facts = factsOf(sale(5740));
    const { remaining, taken, excess } = applyReturn(facts.document, remainingOf(facts.document), [returned('', null, 2000)]);
    expect({ remaining, taken, excess }).toMatchObject({ remaining: [{ amountMinor: 3740 }], taken: [{ amountMinor: 2000 }], excess: [{ amountMinor: 0 }] });
    expect(totals(booked([{}], facts).kept(remaining))).toEqual([3]);
  });

  it('the room under the day’s cap is the room at booking', () => {
    const caps = { usedToday: new Map([[101, 17]]), budgetLeft: new Map() };
    const { kept } = booked([{ caps: { perTransaction: null, perMemberDay: 20, perProgram: null } }], factsOf(sale([line(5000), line(2000)]), {}, caps));
    expect(totals(kept([{ lineId: '2', quantity: 1000, amountMinor: 2000 }]))).toEqual([2]);
    expect(totals(kept([{ lineId: '1', quantity: 1000, amountMinor: 5000 }]))).toEqual([3]);
  });

  it('what was paid with points goes back with its goods, in parts that add up', () => {
    const document = sale([line(1000), line(2000)], { paidWithPointsMinor: 1001 });
    const one = { lineId: '1', quantity: 1000, amountMinor: 1000 };
    expect([remainingOf(document), [one], [{ ...one, lineId: '2', amountMinor: 2000 }], []].map((remaining) => paidWithPointsKept(document, remaining))).toEqual([1001, 334, 667, 0]);
  });

  it('frozen facts of another ruleset are refused', () => {
    const facts = factsOf(sale([line(5000)]));
    const { frozen } = decide(compileRuleset(rulesetOf([{}])), facts);
    expect(() => keptPoints(compileRuleset(rulesetOf([{}], { no: 8 })), facts.document, frozen, [])).toThrow(/ruleset 7, not 8/);
  });
});

describe('taking lines off a sale', () => {
  const document = sale([line(1000, { quantity: 3000 }), line(500)]);
  const whole = remainingOf(document);

  it.each<[string, ReturnedLine[], object[], object[]]>([
    ['by quantity, the odd grosz with the last piece', [returned('1', 2000)], [{ quantity: 1000, amountMinor: 334 }, { amountMinor: 500 }], [{ quantity: 0, amountMinor: 0 }]],
    ['by amount, the goods stay', [returned('1', null, 400)], [{ quantity: 3000, amountMinor: 600 }, {}], [{ amountMinor: 0 }]],
    ['by both', [returned('1', 1000, 400)], [{ quantity: 2000, amountMinor: 600 }, {}], [{ amountMinor: 0 }]],
    ['the whole line', [returned('1', null)], [{ quantity: 0, amountMinor: 0 }, { amountMinor: 500 }], [{ amountMinor: 0 }]],
    ['the last piece takes the money that is left', [returned('1', 3000, 400)], [{ quantity: 0, amountMinor: 0 }, {}], [{ amountMinor: 0 }]],
    ['more than was bought is excess', [returned('1', 5000, 1700)], [{ quantity: 0, amountMinor: 0 }, {}], [{ quantity: 2000, amountMinor: 700 }]],
    ['the same line twice', [returned('2', 1000), returned('2', 1000)], [{}, { quantity: 0 }], [{ quantity: 0 }, { quantity: 1000 }]],
    ['a line the sale never had', [returned('9', 1000, 300)], [{ amountMinor: 1000 }, { amountMinor: 500 }], [{ quantity: 1000, amountMinor: 300 }]],
  ])('%s', (_words, lines, remaining, excess) => {
    expect(applyReturn(document, whole, lines)).toMatchObject({ remaining, excess });
  });

  it('by quantity takes the same money however the pieces are split', () => {
    const split = fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 9 }), fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 6 }));
    fc.assert(fc.property(split, ([amount, pieces, parts]) => {
      const one = sale([line(amount, { quantity: pieces * 1000 })]);
      const all = parts.reduce((sum, part) => sum + part, 0);
      const atOnce = applyReturn(one, remainingOf(one), [returned('1', all * 1000)]).remaining;
      expect(applyReturn(one, remainingOf(one), parts.map((part) => returned('1', part * 1000))).remaining).toEqual(atOnce);
    }), { numRuns: 500 });
  });

  it('never takes more than there was, whatever is asked for', () => {
    const asked = fc.record({ lineId: fc.constantFrom('1', '2', '3'), quantity: fc.option(fc.integer({ min: 0, max: 9000 })), amountMinor: fc.option(fc.integer({ min: 0, max: 3000 })) });
    fc.assert(fc.property(fc.array(asked, { maxLength: 10 }), (lines) => {
      const { remaining, taken } = applyReturn(document, whole, lines);
      for (const [i, before] of whole.entries()) {
        const out = taken.filter((one) => one.lineId === before.lineId);
        expect(remaining[i]!.amountMinor + out.reduce((sum, one) => sum + one.amountMinor, 0)).toBe(before.amountMinor);
        expect(remaining[i]!.quantity + out.reduce((sum, one) => sum + one.quantity, 0)).toBe(before.quantity);
        expect(remaining[i]!.amountMinor >= 0 && remaining[i]!.quantity >= 0).toBe(true);
      }
    }), { numRuns: 300 });
  });
});
