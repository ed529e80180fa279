import { compileRuleset } from '@wracam/engine/rules';
import { decide } from '@wracam/engine/decide';
import { explain } from '@wracam/engine/explain';
import { factsOf, line, sale } from '@wracam/engine/testing/facts';
import { rulesetOf } from '@wracam/engine/testing/rules';
import { expect, it } from 'vitest';
import { reasonView, reasonViewsOf, transactionJson, transactionText } from './answers.ts';

const RULES = Array.from({ length: 40 }, (_, i) => ({
  name: `Zasada „${i}”`, when: i % 7 === 0 ? null : i % 5 === 0 ? { attribute: 'history.salesCount', operator: 'atLeast', value: 50 } as const : { attribute: 'transaction.store', operator: 'is', value: i % 3 === 0 ? 'Rynek' : `Żółta ${i}` } as const,
}));

it('the answer says the same whether reasons are joined one by one or many at a time, in ASCII alone', () => {
  const ruleset = rulesetOf(RULES);
  const compiled = compileRuleset(ruleset);
  let runs = 0;
  for (const store of ['Rynek', 'Żółta 1', 'Rynek', null, 'Molo', 'Żółta 1']) {
    const { document, ...facts } = factsOf(sale([line(5000)], { store }));
    const words = explain({ ruleset, trace: decide(compiled, { document, ...facts }).trace, document, lang: 'pl' });
    runs += words.runs.length;
    expect(words.runs.every(({ from, reasons }) => reasons.every((one, i) => words.notApplied[from + i] === one))).toBe(true);
    const bytes = Buffer.from(transactionJson({ awards: words.awards, notApplied: reasonViewsOf(words) } as never));
    expect(JSON.parse(bytes.toString('utf8'))).toEqual({ awards: words.awards, notApplied: words.notApplied.map(reasonView) });
    expect(bytes.every((byte) => byte < 128)).toBe(true);
    expect(words.notApplied.length + words.awards.length).toBe(RULES.length);
  }
  expect(runs).toBeGreaterThan(20);
});

it('a long answer is sent as bytes that say the same', () => {
  const notApplied = Array.from({ length: 200 }, (_, i) => ({ rule: `Zasada ${i}`, reason: 'Żółć, zażółć gęślą jaźń.' }));
  const sent = transactionText({ awards: [], notApplied } as never);
  expect(Buffer.isBuffer(sent)).toBe(true);
  expect(JSON.parse(String(sent))).toEqual({ awards: [], notApplied });
});
