import { compileRuleset } from '@wracam/engine/rules';
import { decide } from '@wracam/engine/decide';
import { explain } from '@wracam/engine/explain';
import { factsOf, line, sale } from '@wracam/engine/testing/facts';
import { rulesetOf } from '@wracam/engine/testing/rules';
import { expect, it } from 'vitest';
import { reasonViewsOf, transactionJson } from './answer-json.ts';
import type { TransactionAnswer } from './answers.ts';

const RULES = Array.from({ length: 40 }, (_, i) => ({
  name: `Zasada „${i}”`, when: i % 7 === 0 ? null : i % 5 === 0 ? { attribute: 'history.salesCount', operator: 'atLeast', value: 50 } as const : { attribute: 'transaction.store', operator: 'is', value: i % 3 === 0 ? 'Rynek' : `Żółta ${i}` } as const,
}));

/** Every field there is, with letters that JSON must escape wherever somebody else chose the text. */
const ANSWER: TransactionAnswer = {
  transaction: { id: 'txn_1', source: 'kasa "1"', externalId: 'P\\1\n', kind: 'event', state: 'booked', member: 'mem_1', occurredAt: '2026-11-02T10:00:00.000Z', bookedAt: '2026-11-02T10:00:01.000Z', totalMinor: 1999, currency: 'PLN', event: 'ankieta„' },
  awards: [{ wallet: 'punkty', points: 19, rule: 'Punkty za \u2028 „kawę”', reason: '19 punktów za 19,99\u00a0zł "netto"', expiresOn: '2027-11-02', pendingUntil: null }, { wallet: 'gwiazdki', points: 1, rule: 'Druga', reason: '', expiresOn: null, pendingUntil: '2026-11-16' }],
  notApplied: [{ rule: 'Trzecia', reason: 'zażółć' }], takenBack: [{ wallet: 'punkty', points: 3, owed: 0 }],
  balances: [{ wallet: 'punkty', available: 19, pending: 1, held: 2, debt: 0, expiring: [{ on: '2027-11-02', points: 19 }] }, { wallet: 'gwiazdki', available: 0, pending: 0, held: 0, debt: 0, expiring: [] }],
  duplicate: false, excess: [{ lineId: 'ż1', quantity: 0.5, amountMinor: 100 }], grants: [{ what: 'coupon', code: 'KAWA', count: 1, rule: 'Kupon „kawa”', reason: 'Za zakupy.' }],
};
const { event: _, ...head } = ANSWER.transaction;
const { grants: __, excess: ___, ...rest } = ANSWER;
const WITHOUT: TransactionAnswer = { ...rest, transaction: { ...head, member: null }, awards: [], notApplied: [], takenBack: [], balances: [], duplicate: true };

it('the answer says the same whether reasons are joined one by one or many at a time, in ASCII alone', () => {
  const ruleset = rulesetOf(RULES);
  const compiled = compileRuleset(ruleset);
  let runs = 0;
  for (const store of ['Rynek', 'Żółta 1', 'Rynek', null, 'Molo', 'Żółta 1']) {
    const { document, ...facts } = factsOf(sale([line(5000)], { store }));
    const words = explain({ ruleset, trace: decide(compiled, { document, ...facts }).trace, document, lang: 'pl' });
    runs += words.runs.length;
    expect(words.runs.every(({ from, reasons }) => reasons.every((one, i) => words.notApplied[from + i] === one))).toBe(true);
    const answer = { ...ANSWER, notApplied: reasonViewsOf(words) };
    const bytes = Buffer.from(transactionJson(answer));
    expect(JSON.parse(bytes.toString('utf8'))).toEqual({ ...ANSWER, notApplied: words.notApplied.map(({ rule, reason }) => ({ rule, reason })) });
    expect(bytes.every((byte) => byte < 128)).toBe(true);
    expect(words.notApplied.length + words.awards.length).toBe(RULES.length);
  }
  expect(runs).toBeGreaterThan(20);
});

it.each([ANSWER, WITHOUT])('what is written field by field is what JSON would write', (answer) => {
  expect(JSON.parse(transactionJson(answer))).toEqual(JSON.parse(JSON.stringify(answer)));
});
