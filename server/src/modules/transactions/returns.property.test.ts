import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RuleDefinition } from '@wracam/engine/rules';
import { verifyProgram } from '../ledger/index.ts';
import { testApp, type TestApp, type TestProgram } from '../../testing/app.ts';

let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());

const rule = (name: string, over: Partial<RuleDefinition>): RuleDefinition => ({
  name, wallet: 'punkty', when: null, lines: null, effect: { kind: 'perAmount', points: 1, perMinor: 1000, rounding: 'down', per: 'transaction' }, schedule: { from: null, until: null }, priority: 10, exclusiveGroup: null,
  caps: { perTransaction: null, perMemberDay: null, perProgram: null }, expiry: { kind: 'wallet' }, pendingDays: null, ...over,
});
/** One rate, a bonus over a threshold, a double for one category, a cap. */
const RULES = [
  rule('Za zakupy', {}),
  rule('Premia od 100 zł', { when: { attribute: 'transaction.total', operator: 'atLeast', value: 10_000 }, effect: { kind: 'fixed', points: 50 } }),
  rule('Kawa podwójnie', { lines: { attribute: 'line.category', operator: 'is', value: 'kawa' }, effect: { kind: 'multiplier', numerator: 2, denominator: 1 } }),
  rule('Dzienny limit', { effect: { kind: 'perAmount', points: 3, perMinor: 700, rounding: 'nearest', per: 'line' }, caps: { perTransaction: 40, perMemberDay: 60, perProgram: null } }),
];

type Line = { lineId: string; category: string; quantity: number; amountMinor: number };
const lineArb = fc.record({ category: fc.constantFrom('kawa', 'ciasto'), quantity: fc.integer({ min: 1, max: 4 }), amountMinor: fc.integer({ min: 1, max: 9000 }) });
const historyArb = fc.record({
  lines: fc.array(lineArb, { minLength: 1, maxLength: 4 }),
  returns: fc.array(fc.array(fc.record({ line: fc.nat(3), quantity: fc.integer({ min: 1, max: 4 }), amountMinor: fc.integer({ min: 0, max: 9000 }) }), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 }),
  saleAt: fc.nat(4),
});

let count = 0;
const now = () => new Date().toISOString();

async function play(shop: TestProgram, lines: Line[], returns: { lineId: string; quantity: number; amountMinor: number }[][], saleAt: number) {
  const member = await shop.api.createMember({ params: { program: shop.code }, body: { firstName: 'Ola', card: `C${count += 1}`, termsVersion: 1 } });
  const of = { source: 'till', externalId: `S${count += 1}` };
  const sale = { ...of, kind: 'sale' as const, occurredAt: now(), member: { id: member.id }, totalMinor: lines.reduce((sum, line) => sum + line.amountMinor, 0), lines: lines.map(({ lineId, category, quantity, amountMinor }) => ({ lineId, category, quantity, amountMinor })) };
  const post = (body: object) => shop.api.recordTransaction({ params: { program: shop.code }, body: body as never });
  const back = (returned: (typeof returns)[number]) => ({ source: 'till', externalId: `R${count += 1}`, kind: 'return', occurredAt: now(), totalMinor: returned.reduce((sum, line) => sum + line.amountMinor, 0), lines: returned.map((line, at) => ({ lineId: `${at}`, quantity: line.quantity, amountMinor: line.amountMinor, of: { ...of, lineId: line.lineId } })) });
  for (const [at, returned] of returns.entries()) {
    if (at === Math.min(saleAt, returns.length)) await post(sale);
    await post(back(returned));
  }
  if (saleAt >= returns.length) await post(sale);
  const [balance] = (await shop.api.getBalances({ params: { program: shop.code, member: member.id } })).balances;
  return { memberId: member.id, net: balance!.available + balance!.pending + balance!.held - balance!.debt };
}

it('the order of a sale and its partial returns never changes what stays, returning everything leaves zero, and parts never take more than the whole', async () => {
  const shop = await app.program({ rules: RULES });
  await fc.assert(fc.asyncProperty(historyArb, async ({ lines: raw, returns: drawn, saleAt }) => {
    const lines = raw.map((line, at) => ({ ...line, lineId: `L${at}` }));
    const returns = drawn.map((one) => one.map(({ line, quantity, amountMinor }) => ({ lineId: `L${line % lines.length}`, quantity, amountMinor })));
    const after = await play(shop, lines, returns, 0);
    expect(after.net).toBeGreaterThanOrEqual(0);
    expect((await play(shop, lines, returns, saleAt)).net).toBe(after.net);
    const everything = lines.map(({ lineId, quantity, amountMinor }) => ({ lineId, quantity, amountMinor }));
    expect((await play(shop, lines, [...returns, everything], 0)).net).toBe(0);
    const whole = await play(shop, lines, [], 0);
    expect(after.net).toBeLessThanOrEqual(whole.net);
  }), { numRuns: 40 });
  expect((await verifyProgram(app.deps.db, shop.id)).differences).toEqual([]);
}, 60_000);
