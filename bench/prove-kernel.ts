/**
 * The replay's kernel against the general engine and the ledger's own moves, on random rulesets and pasts: awards of every document, accounts
 * with their lots, and totals must be the same. `npm run prove:kernel -- [--cases 20000] [--seed 1]`
 */
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { bookPlainly, pasts } from '@wracam/engine/testing/past';
import { outcomeDifference, replayInColumns } from '@wracam/engine/testing/replayed';
import { printResult, rounded } from './lib/result.ts';

const { values } = parseArgs({ options: { cases: { type: 'string', default: '20000' }, seed: { type: 'string', default: '1' } } });
const [cases, seed] = [Number(values.cases), Number(values.seed)];
/** Pasts drawn at a time. */
const AT_ONCE = 500;

const sum = { cases: 0, documents: 0, giving: 0, returns: 0 };
for (let from = 0; from < cases; from += AT_ONCE) {
  for (const past of fc.sample(pasts, { numRuns: Math.min(AT_ONCE, cases - from), seed: seed * 1_000_003 + from })) {
    const plain = bookPlainly(past);
    const difference = outcomeDifference(past, plain, replayInColumns(past));
    if (difference !== null) throw new Error(difference);
    sum.cases += 1;
    sum.documents += Object.keys(plain.decided).length;
    sum.giving += Object.values(plain.decided).filter((points) => points.some((one) => one > 0)).length;
    sum.returns += past.steps.filter((step) => step.kind === 'return').length;
  }
}
printResult({ name: 'prove:kernel', figures: { ...sum, seed }, bars: [{ what: 'cases', figure: sum.cases, least: cases }, { what: 'share of documents that give points', figure: rounded(sum.giving / sum.documents), least: 0.3 }, { what: 'returns a case', figure: rounded(sum.returns / sum.cases), least: 1 }] });
