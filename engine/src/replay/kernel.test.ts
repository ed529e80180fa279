import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileRuleset } from '../compile.ts';
import type { Condition } from '../conditions.ts';
import { rulesetOf } from '../testing/rules.ts';
import { someSets } from '../testing/arbitraries.ts';
import { line, sale, WARSAW } from '../testing/facts.ts';
import { bookPlainly, columnsOf, pasts, type Past } from '../testing/past.ts';
import { outcomeDifference, replayInColumns } from '../testing/replayed.ts';
import { makeKernels } from './kernel.ts';
import { openHistory } from './open-history.ts';
import { kernelSpeaks } from './speaks.ts';
import { writeKernel } from './write-kernel.ts';

/** Everything that the generated code of a ruleset may consist of. */
const WORDS = new Set(['const', 'let', 'return', 'if', 'else', 'for', 'true', 'false', 'k', 'row', 'member', 'sales', 'spent', 'last', 'day', 'minute', 'event', 'from', 'to', 'points', 'before', 'rooms', 'amounts', 'percents', 'bonuses', 'roundBy', 'earn', 'max', 'floor', 'hits',
  't', 'c', 'x', 'y', 'z', 'n', 'j', 'i', 'base', 'q', 'total', 'count']);
function strangeIn(source: string): string[] {
  const words = (source.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? []).filter((word) => !WORDS.has(word) && !/^[kpcg]\d+$/.test(word));
  return [...words, ...(source.match(/[^\w\s,;?:!=<>&|()[\]{}*/+-]/gu) ?? [])];
}
const answers = (size: number) => ({ hits: new Int32Array(size), points: new Float64Array(size), before: new Float64Array(size), rooms: new Float64Array(100) });

describe('the kernel of a replay', () => {
  it('is the general engine to the last point: documents, returns, caps, lots, reservations, debts and expiry', () => {
    fc.assert(fc.property(pasts, (past) => { expect(outcomeDifference(past, bookPlainly(past), replayInColumns(past))).toBeNull(); }), { numRuns: 500 });
  }, 180_000);

  it('is so as well where code may not be generated', () => {
    fc.assert(fc.property(pasts, (past) => { expect(outcomeDifference(past, bookPlainly(past), replayInColumns(past, { generate: false }))).toBeNull(); }), { numRuns: 100 });
  }, 180_000);

  it('would be seen to differ by one point', () => {
    const [past] = fc.sample(pasts.filter((one) => Object.values(bookPlainly(one).decided).some((points) => points.some((one) => one > 0))), { numRuns: 1, seed: 1 }) as [Past];
    const plain = bookPlainly(past);
    const place = Number(Object.keys(plain.decided).find((key) => plain.decided[Number(key)]!.some((one) => one > 0)));
    expect(outcomeDifference(past, plain, { ...plain, decided: { ...plain.decided, [place]: plain.decided[place]!.map((one) => one + 1) } })).toContain(`decided differently: ${place}`);
  });

  it('books in turn where a budget of the program runs out, so that who came first has it', () => {
    const past: Past = {
      members: ['B', 'A'].map(() => ({ joinedOn: '2026-01-01', kind: 'person', tier: null, company: null, groups: [], attributes: {}, birthMonthDay: null })), wallets: [{ no: 1, debtLimit: 0, sparesOthers: false }],
      rulesets: [rulesetOf([{ effect: { kind: 'fixed', points: 6 }, caps: { perTransaction: null, perMemberDay: null, perProgram: 10 } }], { no: 1 })], until: Date.parse('2027-06-01T00:00:00Z'),
      steps: [1, 0, 1].map((member, i) => ({ kind: 'document', member, at: Date.parse('2026-11-20T10:00:00Z') + i, ruleset: 1, document: sale([line(5000)]) })),
    };
    const { decided } = replayInColumns(past);
    expect(decided).toEqual({ 0: [6], 1: [4], 2: [0] });
    expect(outcomeDifference(past, bookPlainly(past), replayInColumns(past))).toBeNull();
  });

  it('is written in known words and integers, whatever rules and documents say', () => {
    const hostile = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('__proto__', '");process.exit(1);("', "'); throw 1; ('", '`${globalThis}`', '*/ alert(1) /*', '\n//', '\u2028', '\\', ']', '}) => {'));
    const leaf = fc.record({ attribute: fc.constantFrom('transaction.store', 'line.sku', 'line.name', 'member.attribute.mood', 'event.field.mood', 'transaction.channel'), operator: fc.constantFrom('is', 'isNot', 'startsWith'), value: hostile.filter((text) => text.length > 0 && text.length <= 100) });
    fc.assert(fc.property(fc.array(leaf, { minLength: 1, maxLength: 3 }), hostile, pasts, (leaves, store, past) => {
      const open = openHistory(WARSAW);
      open.addMember({ joinedOn: '2026-01-01', kind: 'person', tier: store, company: store, groups: [store], attributes: { mood: store }, birthMonthDay: null });
      open.addDocument(0, 0, sale([line(1000, { sku: store, name: store, category: store })], { store, event: store, attributes: { mood: store } }), 1, false);
      const history = open.close();
      const when = { all: leaves.filter((one) => !one.attribute.startsWith('line.')) } as Condition;
      const lines = { any: leaves.filter((one) => one.attribute.startsWith('line.')) } as Condition;
      const rules = rulesetOf([{ name: store.trim().slice(0, 50).trim() || 'x', when: 'all' in when && when.all.length > 0 ? when : null, lines: 'any' in lines && lines.any.length > 0 ? lines : null }]);
      for (const [ruleset, at] of [[rules, history], [past.rulesets[0]!, columnsOf(past)]] as const) {
        const compiled = compileRuleset(ruleset, someSets);
        expect(strangeIn(writeKernel(compiled, at, someSets, answers(compiled.rules.length)).source)).toEqual([]);
      }
    }), { numRuns: 300 });
  }, 60_000);

  it('would be seen with a word that is not its own', () => expect(strangeIn('return row.constructor("exit")')).toEqual(['constructor', 'exit', '.', '"', '"']));

  it('says what it does not speak', () => {
    const speaks = (more: Parameters<typeof rulesetOf>[0][number], whole = true) => kernelSpeaks(rulesetOf([more]), { whole });
    expect(speaks({})).toBeNull();
    expect(speaks({ when: { none: [{ attribute: 'history.days.30.spent', operator: 'atLeast', value: 1 }] } })).toEqual({ why: 'looksBack', attribute: 'history.days.30.spent' });
    expect(speaks({ caps: { perTransaction: null, perMemberDay: null, perProgram: 5 } })).toBeNull();
    expect(speaks({ name: 'Na start', caps: { perTransaction: null, perMemberDay: null, perProgram: 5 } }, false)).toEqual({ why: 'budgetShared', rule: 'Na start' });
    expect(kernelSpeaks({ rules: [], wallets: [{ no: 1, code: 'punkty', expiry: { kind: 'inactivity', months: 12 }, pendingDays: 0 }] }, { whole: true })).toEqual({ why: 'endsByInactivity', wallet: 'punkty' });
  });

  it('generates code for every ruleset it speaks', () => {
    for (const past of fc.sample(pasts, { numRuns: 30, seed: 4 })) {
      const { kernels } = makeKernels(past.rulesets.map((one) => compileRuleset(one, someSets)), columnsOf(past), someSets);
      expect(kernels.map((one) => one.generated)).toEqual(kernels.map(() => true));
    }
  });
});
