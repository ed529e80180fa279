import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp, type TestApp, type TestProgram } from '../../testing/app.ts';

let app: TestApp;
let shop: TestProgram;
beforeAll(async () => {
  app = await testApp();
  shop = await app.program();
});
afterAll(() => app.close());

let count = 0;
const newMember = async () => shop.api.createMember({ params: { program: shop.code }, body: { firstName: 'Anna', card: `CARD-${count += 1}`, termsVersion: 1 } });
const sale = (member: string | null, totalMinor: number, more: Record<string, unknown> = {}) => ({ source: 'till-1', externalId: `S-${count += 1}`, kind: 'sale' as const, occurredAt: new Date().toISOString(), totalMinor, ...(member ? { member: { id: member } } : {}), ...more });
const record = (body: ReturnType<typeof sale>) => shop.api.recordTransaction({ params: { program: shop.code }, body: body as never });

describe('recording a sale', () => {
  it('200: a sale of 57,40 zł gives 5 points at once, with the reason', async () => {
    const member = await newMember();
    const answer = await record(sale(member.id, 5740));
    expect(answer.awards).toMatchObject([{ wallet: 'punkty', points: 5, rule: 'Punkty za zakupy' }]);
    expect(answer.awards[0]!.reason.length).toBeGreaterThan(10);
    expect(answer.balances).toMatchObject([{ wallet: 'punkty', available: 5, pending: 0, held: 0 }]);
  });

  it('200: the same document again gets its first answer and nothing is booked twice', async () => {
    const member = await newMember();
    const body = sale(member.id, 10_000);
    const first = await record(body);
    const again = await Promise.all(Array.from({ length: 20 }, () => record(body)));
    expect(new Set(again.map((one) => one.transaction.id))).toEqual(new Set([first.transaction.id]));
    expect(again.every((one) => one.duplicate && one.awards[0]!.points === 10)).toBe(true);
    expect((await shop.api.getBalances({ params: { program: shop.code, member: member.id } })).balances[0]!.available).toBe(10);
  });

  it('409 document_differs: the same number with another content changes nothing', async () => {
    const member = await newMember();
    const body = sale(member.id, 10_000);
    await record(body);
    const answer = await shop.call('POST', '/transactions', { ...body, totalMinor: 20_000 });
    expect(answer).toMatchObject({ status: 409, body: { code: 'document_differs' } });
    expect((await shop.api.getBalances({ params: { program: shop.code, member: member.id } })).balances[0]!.available).toBe(10);
  });
});

describe('returns', () => {
  const lines = (amounts: number[], of?: { source: string; externalId: string }) => amounts.map((amountMinor, at) => ({ lineId: `${at + 1}`, amountMinor, ...(of ? { of } : {}) }));

  it('a full return leaves zero; partial ones leave what the kept lines earn, in any order', async () => {
    const member = await newMember();
    const bought = sale(member.id, 10_900, { lines: lines([5500, 5400]) });
    expect((await record(bought)).awards[0]!.points).toBe(10);
    const of = { source: bought.source, externalId: bought.externalId };
    const back = await record({ ...sale(member.id, 5400), kind: 'return' as never, lines: [{ lineId: '2', amountMinor: 5400, of }] } as never);
    expect(back.balances[0]!.available).toBe(5);
    const page = (id: string) => shop.api.getTransaction({ params: { program: shop.code, transaction: id } });
    expect((await page(back.transaction.id)).takenBack).toEqual([{ wallet: 'punkty', points: 5, owed: 0 }]);
    const rest = await record({ ...sale(member.id, 5500), kind: 'return' as never, lines: [{ lineId: '1', amountMinor: 5500, of }] } as never);
    expect(rest.balances[0]!.available).toBe(0);
    expect((await page(rest.transaction.id)).takenBack).toEqual(rest.takenBack);
    expect((await page(rest.transaction.id)).related).toHaveLength(1);
    const sold = await shop.api.listTransactions({ params: { program: shop.code }, query: { member: member.id, kind: 'sale' } });
    expect((await page(sold.items[0]!.id)).takenBack).toEqual([{ wallet: 'punkty', points: 10, owed: 0 }]);
  });

  it('a return of more than is left tells how much was beyond it, in its answer and on its page, by lines and as a total', async () => {
    const member = await newMember();
    const page = (id: string) => shop.api.getTransaction({ params: { program: shop.code, transaction: id } });
    const bought = sale(member.id, 5400, { lines: lines([5400]) });
    await record(bought);
    const of = { source: bought.source, externalId: bought.externalId };
    const back = await record({ ...sale(member.id, 7400), kind: 'return' as never, lines: [{ lineId: '1', amountMinor: 7400, of }] } as never);
    expect(back.excess).toEqual([{ lineId: '1', quantity: 0, amountMinor: 2000 }]);
    expect((await page(back.transaction.id)).excess).toEqual(back.excess);
    const coffee = sale(member.id, 3000);
    await record(coffee);
    const giveBack = (totalMinor: number) => record({ ...sale(member.id, totalMinor), kind: 'return' as never, of: { source: coffee.source, externalId: coffee.externalId } } as never);
    expect((await giveBack(2000)).excess).toBeUndefined();
    expect((await giveBack(1500)).excess).toEqual([{ lineId: '', quantity: 0, amountMinor: 500 }]);
    const again = await giveBack(700);
    expect(again.excess).toEqual([{ lineId: '', quantity: 0, amountMinor: 700 }]);
    expect((await page(again.transaction.id)).excess).toEqual(again.excess);
    expect((await page((await record(sale(member.id, 100))).transaction.id)).excess).toBeUndefined();
  });

  it('a return that comes before its sale waits and is applied when the sale comes', async () => {
    const member = await newMember();
    const later = sale(member.id, 10_000);
    const early = await record({ ...sale(member.id, 4000), kind: 'return' as never, of: { source: later.source, externalId: later.externalId } } as never);
    expect(early.transaction.state).toBe('parked');
    const booked = await record(later);
    expect(booked.balances[0]!.available).toBe(6);
    expect((await shop.api.getTransaction({ params: { program: shop.code, transaction: early.transaction.id } })).state).toBe('booked');
  });
});
