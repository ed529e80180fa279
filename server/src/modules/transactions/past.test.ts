import type { RuleDefinition } from '@wracam/engine/rules';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp, type TestApp, type TestProgram } from '../../testing/app.ts';

const DAY_MS = 86_400_000;
const bonus = (name: string, points: number, when: RuleDefinition['when']): RuleDefinition => ({
  name, wallet: 'punkty', when, lines: null, effect: { kind: 'fixed', points }, schedule: { from: null, until: null }, priority: 0, exclusiveGroup: null,
  caps: { perTransaction: null, perMemberDay: null, perProgram: null }, expiry: { kind: 'wallet' }, pendingDays: null,
});
const test = (attribute: string, operator: string, value: string | number | string[]) => ({ attribute, operator, value });

let app: TestApp;
let shop: TestProgram;
beforeAll(async () => {
  app = await testApp();
  shop = await app.program({ rules: [
    bonus('Wydane 200 zł', 1, test('history.days.30.spent', 'atLeast', 200_00)),
    bonus('Trzecie zakupy', 10, test('history.days.30.sales', 'is', 2)),
    bonus('Kupiona kawa', 100, test('history.days.30.category', 'includesAny', ['kawa'])),
    bonus('Trzy sztuki', 1000, test('history.days.30.quantity', 'atLeast', 3000)),
    bonus('Kiedyś ciasto', 10_000, test('history.category', 'includesAny', ['ciasto'])),
  ] });
});
afterAll(() => app.close());

let count = 0;
const newMember = async () => (await shop.api.createMember({ params: { program: shop.code }, body: { firstName: 'Anna', card: `CARD-${count += 1}`, termsVersion: 1 } })).id;
const sale = (member: string | null, amountMinor: number, more: { category?: string; quantity?: number; daysAgo?: number } = {}) => ({
  source: 'till-1', externalId: `S-${count += 1}`, kind: 'sale' as const, occurredAt: new Date(Date.now() - (more.daysAgo ?? 0) * DAY_MS).toISOString(), totalMinor: amountMinor,
  ...(member ? { member: { id: member } } : {}), lines: [{ lineId: '1', amountMinor, category: more.category ?? 'inne', quantity: more.quantity ?? 1 }],
});
type Sale = ReturnType<typeof sale>;
const record = async (body: Sale) => (await shop.api.recordTransaction({ params: { program: shop.code }, body })).awards.map((award) => award.points).sort((a, b) => a - b);
const giveBack = (of: Sale, amountMinor: number, quantity = 1) => shop.api.recordTransaction({ params: { program: shop.code }, body: {
  ...sale(null, amountMinor), kind: 'return', lines: [{ lineId: '1', amountMinor, quantity, of: { source: of.source, externalId: of.externalId, lineId: '1' } }],
} });

describe('a rule that looks back', () => {
  it('adds up earlier purchases in the window, never the purchase itself', async () => {
    const anna = await newMember();
    expect(await record(sale(anna, 150_00))).toEqual([]);
    expect(await record(sale(anna, 50_00))).toEqual([]);
    expect(await record(sale(anna, 1_00))).toEqual([1, 10]);
    expect(await record(sale(anna, 1_00))).toEqual([1, 1000]);
  });

  it('leaves out what is older than the window, unless the rule asks for ever', async () => {
    const anna = await newMember();
    await record(sale(anna, 500_00, { daysAgo: 31, category: 'kawa', quantity: 9 }));
    await record(sale(anna, 500_00, { daysAgo: 90, category: 'ciasto' }));
    expect(await record(sale(anna, 10_00))).toEqual([10_000]);
    expect(await record(sale(anna, 10_00, { daysAgo: 100 }))).toEqual([]);
  });

  it('does not count what was returned, in part or in full', async () => {
    const anna = await newMember();
    const [first, second] = [sale(anna, 150_00, { category: 'kawa', quantity: 2 }), sale(anna, 60_00)];
    await record(first);
    await record(second);
    await giveBack(second, 60_00);
    expect(await record(sale(anna, 1_00, { category: 'ciasto' }))).toEqual([100]);
    await giveBack(first, 75_00);
    // 75 zł and one piece of the first, 1 zł and one piece of the third.
    expect(await record(sale(anna, 130_00))).toEqual([10, 100, 10_000]);
    expect(await record(sale(anna, 1_00))).toEqual([1, 100, 1000, 10_000]);
  });

  it('sees earlier documents of the same batch, and each return among them', async () => {
    const anna = await newMember();
    const [first, second, third] = [sale(anna, 250_00, { category: 'kawa' }), sale(anna, 5_00), sale(anna, 5_00)];
    const back = { ...sale(null, 250_00), kind: 'return' as const, lines: [{ lineId: '1', amountMinor: 250_00, of: { source: first.source, externalId: first.externalId, lineId: '1' } }] };
    const answer = await shop.api.recordTransactions({ params: { program: shop.code }, body: { transactions: [first, second, back, third] } });
    expect(answer.results.map((one) => ('answer' in one ? one.answer.awards.map((award) => award.points).sort((a, b) => a - b) : one.problem))).toEqual([[], [1, 100], [], []]);
  });

  it('keeps the answer for returns: what happens to earlier purchases later takes nothing back', async () => {
    const anna = await newMember();
    const [first, second] = [sale(anna, 300_00), sale(anna, 40_00)];
    await record(first);
    expect(await record(second)).toEqual([1]);
    await giveBack(first, 300_00);
    const balance = async () => (await shop.api.getBalances({ params: { program: shop.code, member: anna } })).balances[0]!.available;
    expect(await balance()).toBe(1);
    await giveBack(second, 10_00, 0.25);
    expect(await balance()).toBe(1);
    await giveBack(second, 30_00, 0.75);
    expect(await balance()).toBe(0);
  });

  it('two tills at once: each sale sees what the other booked before it, under the lock of the member', async () => {
    const anna = await newMember();
    const awards = await Promise.all(Array.from({ length: 6 }, () => shop.api.recordTransaction({ params: { program: shop.code }, body: sale(anna, 1_00) })));
    expect(awards.flatMap((one) => one.awards.map((award) => award.points)).filter((points) => points === 10)).toEqual([10]);
  });

  it('a correction is one purchase, and a claimed sale counts from the claim on', async () => {
    const anna = await newMember();
    const wrong = sale(anna, 150_00);
    await record(wrong);
    const right = { ...sale(anna, 210_00), kind: 'correction' as const, of: { source: wrong.source, externalId: wrong.externalId } };
    await shop.api.recordTransaction({ params: { program: shop.code }, body: right });
    expect(await record(sale(anna, 1_00))).toEqual([1]);
    const lost = await shop.api.recordTransaction({ params: { program: shop.code }, body: sale(null, 5_00, { category: 'kawa' }) });
    expect(await record(sale(anna, 1_00))).toEqual([1, 10]);
    const claimed = await shop.api.claimTransaction({ params: { program: shop.code, transaction: lost.transaction.id }, body: { member: { id: anna } } });
    // It occurred before the last one, so it sees two purchases.
    expect(claimed.awards.map((award) => award.points)).toEqual([1, 10]);
    expect(await record(sale(anna, 1_00))).toEqual([1, 100, 1000]);
  });

  it('says why not with the number that was seen, and previews what it would book', async () => {
    const anna = await newMember();
    await record(sale(anna, 150_00));
    const body = sale(anna, 1_00);
    const preview = await shop.api.previewTransaction({ params: { program: shop.code }, body });
    expect(preview.notApplied.map((one) => one.reason.replaceAll('\u00a0', ' '))).toContain('Zasada działa, gdy w ostatnich 30 dniach wydano co najmniej 200 zł, a wydano 150 zł.');
    expect((await shop.api.recordTransaction({ params: { program: shop.code }, body })).notApplied).toEqual(preview.notApplied);
  });
});
