import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeNumbers } from './codec.ts';
import { compileRuleset } from './compile.ts';
import { conditionHolds, leavesOf, type Condition } from './conditions.ts';
import { decide } from './decide.ts';
import { explain } from './explain.ts';
import { NO_CAPS_USED } from './facts.ts';
import { guardsOf } from './guards.ts';
import type { RuleDefinition } from './rules.ts';
import { conditions, facts, rules, settings, someSets } from './testing/arbitraries.ts';
import { factsOf, line, sale } from './testing/facts.ts';
import { rulesetOf } from './testing/rules.ts';
import { readTrace } from './trace.ts';

const store = (value: string): Condition => ({ attribute: 'transaction.store', operator: 'is', value });

/** Rules of which many ask for a store, a channel or a day, at any depth and beside other tests. */
const guarded: fc.Arbitrary<RuleDefinition> = fc.record({
  rule: rules, guard: fc.constantFrom<Condition>(store('Rynek'), store('Dworzec'), { attribute: 'transaction.channel', operator: 'oneOf', value: ['kawa', 'ciasto'] }, { attribute: 'calendar.weekday', operator: 'oneOf', value: [4, 5] }),
  other: conditions(['document', 'segment', 'member', 'badge', 'history', 'calendar']), shape: fc.nat(5), from: fc.option(fc.constantFrom('2026-11-21', '2026-01-01'), { freq: 4 }),
}).map(({ rule, guard, other, shape, from }) => {
  const shapes: (Condition | null)[] = [rule.when, guard, { all: [other, guard] }, { all: [{ all: [guard, other] }, store('Rynek')] }, { any: [guard, other] }, { none: [guard] }];
  return { ...rule, when: shapes[shape]!, schedule: { from, until: null } };
});

describe('rules that a fact of the document alone rules out', () => {
  it('are skipped without changing an answer: points, pieces, counters, frozen facts, and a reason for every rule', () => {
    let skipped = 0;
    fc.assert(fc.property(fc.array(guarded, { minLength: 1, maxLength: 8, size: 'max' }), settings, fc.array(facts, { minLength: 1, maxLength: 4 }), (list, own, documents) => {
      const indexed = compileRuleset(rulesetOf(list, own), someSets);
      const plain = { ...indexed, index: { guards: { attributes: [], rules: list.map(() => []) }, chosen: new Map<string, never>() } };
      for (const one of documents) {
        const [by, without] = [decide(indexed, { ...one, caps: NO_CAPS_USED }), decide(plain, { ...one, caps: NO_CAPS_USED })];
        expect({ ...by, trace: [] }).toEqual({ ...without, trace: [] });
        const [told, plainly] = [readTrace(by.trace).outcomes, readTrace(without.trace).outcomes];
        told.forEach((outcome, i) => {
          if (outcome.outcome !== 'guarded') { expect(outcome).toEqual(plainly[i]); return; }
          skipped += 1;
          expect(plainly[i]!.outcome).toBe('conditionNotMet');
          const refusing = guardsOf(indexed.ruleset).rules[i]!.map(({ leaf }) => leavesOf(list[i]!.when!)[leaf]!.leaf).filter((leaf) => !conditionHolds(leaf, one, undefined, someSets));
          expect(refusing.length).toBeGreaterThan(0);
        });
        const say = (trace: readonly number[]) => explain({ ruleset: indexed.ruleset, trace, document: one.document, lang: 'pl' });
        const [words, plainWords] = [say(by.trace), say(without.trace)];
        expect(words.awards).toEqual(plainWords.awards);
        expect(words.notApplied.map(({ ruleId, code }) => [ruleId, code])).toEqual(plainWords.notApplied.map(({ ruleId, code }) => [ruleId, code]));
        expect(words.notApplied.every(({ reason }) => reason !== '')).toBe(true);
      }
    }), { numRuns: 400 });
    expect(skipped).toBeGreaterThan(200);
  }, 60_000);

  it('are told by the first guard that refused, in words of this document', () => {
    const ruleset = rulesetOf([{ when: { all: [{ attribute: 'history.salesCount', operator: 'atLeast', value: 9 }, store('Dworzec')] } }, { when: store('Rynek') }]);
    const compiled = compileRuleset(ruleset);
    const one = factsOf(sale([line(5000)]));
    const say = () => explain({ ruleset, trace: decide(compiled, one).trace, document: one.document, lang: 'pl' }).notApplied.map(({ reason }) => reason);
    expect(say()).toEqual([expect.stringContaining('Dworzec')]);
    expect(say()).toEqual(say());
    expect(explain({ ruleset, trace: decide(compiled, factsOf(sale([line(5000)], { store: 'Molo' }))).trace, document: { ...one.document, store: 'Molo' }, lang: 'pl' }).notApplied.map(({ reason }) => reason)).toEqual([expect.stringContaining('Molo'), expect.stringContaining('Molo')]);
  });

  it('cost a trace next to nothing, however many they are', () => {
    const list = Array.from({ length: 300 }, (_, i) => ({ when: i === 150 ? null : { all: [{ attribute: 'history.salesCount', operator: 'atLeast', value: 1 } as const, store(`Filia ${i}`)] } }));
    const { trace } = decide(compileRuleset(rulesetOf(list)), factsOf(sale([line(5000)])));
    expect(encodeNumbers(trace).length).toBeLessThan(20);
    expect(readTrace(trace).outcomes.map(({ outcome }) => outcome).filter((outcome) => outcome !== 'guarded')).toEqual(['applied']);
    expect(readTrace(trace).outcomes.length).toBe(300);
  });

  it('a trace that tells of too many rules is none', () => expect(() => readTrace([1, 7, 14, 1_000_000_000])).toThrow(RangeError));
});
