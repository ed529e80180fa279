/**
 * A million random conditions on random facts: the interpreter, the closures and the generated code must say the same, to the test to blame.
 * `npm run prove:rules -- [--conditions 4000] [--seed 1]`
 */
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { compileCondition, conditionHolds, HOLDS } from '@wracam/engine/conditions';
import { linesOf } from '@wracam/engine/facts';
import { generateCondition } from '@wracam/engine/generate';
import { conditions, facts, someSets } from '@wracam/engine/testing/arbitraries';
import { printResult } from './lib/result.ts';

const FACTS = 250;
const LEAST_CASES = 1_000_000;
const NO_SLOTS = () => null;

const { values } = parseArgs({ options: { conditions: { type: 'string', default: '4000' }, seed: { type: 'string', default: '1' } } });
const seed = Number(values.seed);
const trees = fc.sample(conditions(['document', 'line', 'segment', 'member', 'badge', 'history', 'calendar']), { numRuns: Number(values.conditions), seed });
const known = fc.sample(facts, { numRuns: FACTS, seed });
let cases = 0;
let held = 0;
for (const tree of trees) {
  const closure = compileCondition(tree, NO_SLOTS, someSets);
  const generated = generateCondition(tree, NO_SLOTS, someSets);
  for (const one of known) {
    const line = linesOf(one.document)[0]!;
    const answer = closure(one, line, []);
    if (generated(one, line, []) !== answer || conditionHolds(tree, one, line, someSets) !== (answer === HOLDS)) throw new Error(`they disagree on ${JSON.stringify(tree)} and ${JSON.stringify(one)}`);
    cases += 1;
    if (answer === HOLDS) held += 1;
  }
}
printResult({ name: 'prove:rules', figures: { cases, held, conditions: trees.length, seed }, bars: [{ what: 'cases', figure: cases, least: LEAST_CASES }, { what: 'share of conditions that hold', figure: held / cases, least: 0.05, most: 0.95 }] });
