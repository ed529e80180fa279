import type { Member } from '@wracam/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseHash } from '../contract-tests/database-hash.ts';
import { testApp, type TestApp } from '../testing/app.ts';
import { nextName, openTill, type Till } from '../testing/till.ts';

let app: TestApp;
let till: Till;
beforeAll(async () => {
  app = await testApp();
  till = await openTill(app);
});
afterAll(async () => {
  const faults = await till.faults();
  await app.close();
  expect(faults).toEqual([]);
});

const rich = async (points: number): Promise<Member> => {
  const member = await till.member();
  await till.give(member, points);
  return member;
};
const paying = (points: number, more: Record<string, unknown> = {}) => ({ payments: [{ kind: 'points', amountMinor: points, points, ...more }] });
const hold = async (member: Member, points: number, minutes?: number) => (await till.api.createHold({ params: { ...till.params, member: member.id }, body: { points, ...(minutes ? { minutes } : {}) } })).id;
const end = (id: string, how: 'capture' | 'release') => till.call('POST', `/holds/${id}/${how}`);
const codes = (answers: readonly { status: number; body: { code?: string } }[]) => answers.map((one) => one.body.code ?? 'done').sort();

describe('a balance that several want at once', () => {
  it('each valid alone: of five payments of 40 points in one batch, two fit into 100 points and the balance is never negative', async () => {
    const member = await rich(100);
    const transactions = await Promise.all(Array.from({ length: 5 }, () => till.sale(member, 40, paying(40))));
    const { results } = (await till.call('POST', '/transactions/batch', { transactions })).body as unknown as { results: { status: number; problem?: { code: string } }[] };
    expect(results.map((one) => one.problem?.code ?? 'done')).toEqual(['done', 'done', 'points_not_enough', 'points_not_enough', 'points_not_enough']);
    expect(await till.figures(member)).toMatchObject({ available: 20, held: 0, debt: 0 });
  });

  it('snapshot balance check: 24 devices that pay, order and reserve 30 points at once from 200 succeed six times', async () => {
    const member = await rich(200);
    const coffee = await till.reward(30);
    const sales = await Promise.all(Array.from({ length: 8 }, () => till.sale(member, 30, paying(30))));
    const answers = await Promise.all([
      ...sales.map((body) => till.send(body)), ...Array.from({ length: 8 }, () => till.order(member, coffee)), ...Array.from({ length: 8 }, () => till.call('POST', `/members/${member.id}/holds`, { points: 30 })),
    ]);
    expect(codes(answers)).toEqual([...Array.from({ length: 6 }, () => 'done'), ...Array.from({ length: 18 }, () => 'points_not_enough')]);
    expect(await till.available(member)).toBe(20);
  });

  it('the loser of the race undoes nothing of the winner: one piece, two orders of one member, and the winner’s points stay reserved', async () => {
    const member = await rich(300);
    const last = await till.reward(100, { stockLeft: 1 });
    const answers = await Promise.all([till.order(member, last), till.order(member, last)]);
    expect(codes(answers)).toEqual(['done', 'stock_not_enough']);
    expect(await till.figures(member)).toMatchObject({ available: 200, held: 100 });
    const { order } = answers.find((one) => one.status === 200)!.body as unknown as { order: { id: string } };
    expect((await till.call('POST', `/orders/${order.id}/confirm`)).status).toBe(200);
  });
});

describe('a reservation', () => {
  it.each([['capture', 'capture'], ['capture', 'release'], ['release', 'release']] as const)('%s and %s at the same moment: exactly one wins, the other is told how it ended', async (one, other) => {
    for (let round = 0; round < 5; round += 1) {
      const member = await rich(100);
      const id = await hold(member, 60);
      const answers = await Promise.all([end(id, one), end(id, other), end(id, one), end(id, other)]);
      expect(codes(answers)).toEqual(['done', 'hold_resolved', 'hold_resolved', 'hold_resolved']);
      const { state } = answers.find((answer) => answer.status === 200)!.body as unknown as { state: string };
      expect(await till.figures(member)).toMatchObject({ available: state === 'captured' ? 40 : 100, held: 0 });
    }
  });

  it('that is over by time meets capture and release: its points are free once, and neither finds it', async () => {
    const own = await openTill(app);
    const member = await own.member();
    await own.give(member, 100);
    const { id } = await own.api.createHold({ params: { ...own.params, member: member.id }, body: { points: 60, minutes: 5 } });
    await own.moveTo('2026-03-02T09:06:00Z');
    expect(codes(await Promise.all([own.call('POST', `/holds/${id}/capture`), own.call('POST', `/holds/${id}/release`)]))).toEqual(['hold_resolved', 'hold_resolved']);
    expect(await own.figures(member)).toMatchObject({ available: 100, held: 0 });
    expect(await own.faults()).toEqual([]);
  });

  it('a rejected hold cannot be used through an older id: after each end every act on it is refused and the ledger is as it was', async () => {
    for (const how of ['capture', 'release'] as const) {
      const member = await rich(100);
      const id = await hold(member, 60);
      await end(id, how);
      const before = await databaseHash(app);
      expect(codes([await end(id, 'capture'), await end(id, 'release')])).toEqual(['hold_resolved', 'hold_resolved']);
      expect(await till.send(await till.sale(member, 6000, paying(60, { hold: id })))).toMatchObject({ status: 409, body: { code: 'hold_resolved' } });
      expect(await databaseHash(app)).toEqual(before);
    }
  });

  it('of another member pays nothing: the sale is refused and both balances stay', async () => {
    const [anna, thief] = [await rich(100), await rich(5)];
    const id = await hold(anna, 60);
    const before = await databaseHash(app);
    expect((await till.send(await till.sale(thief, 6000, paying(60, { hold: id })))).status).toBeGreaterThanOrEqual(400);
    expect(await databaseHash(app)).toEqual(before);
  });
});

describe('an order', () => {
  it('voucher before payment, refresh makes another: the same order sent 20 times with its key is one order', async () => {
    const member = await rich(1000);
    const coffee = await till.reward(30, { stockLeft: 20 });
    const key = { 'idempotency-key': nextName('zamowienie') };
    const body = { member: { id: member.id }, lines: [{ reward: coffee.id, quantity: 1 }] };
    const answers = await Promise.all(Array.from({ length: 20 }, () => till.call('POST', '/orders', body, key)));
    expect(new Set(answers.map((one) => (one.body as unknown as { order: { id: string } }).order.id)).size).toBe(1);
    expect(await till.figures(member)).toMatchObject({ available: 970, held: 30 });
    expect(await till.api.getReward({ params: { ...till.params, reward: coffee.id } })).toMatchObject({ stockLeft: 19, ordered: 1 });
  });

  it.each([['confirm', 'cancel'], ['cancel', 'confirm']] as const)('freed by cancel, taken by another, then resurrected: a cancelled order never comes back, whether %s or %s is tried first', async (first, second) => {
    const [anna, jan] = [await rich(100), await rich(100)];
    const last = await till.reward(100, { stockLeft: 1, perMember: 1 });
    const placed = (await till.order(anna, last)).body as unknown as { order: { id: string } };
    expect((await till.call('POST', `/orders/${placed.order.id}/cancel`, {})).status).toBe(200);
    expect((await till.order(jan, last)).status).toBe(200);
    const before = await databaseHash(app);
    for (const act of [first, second]) expect(await till.call('POST', `/orders/${placed.order.id}/${act}`, act === 'cancel' ? {} : undefined)).toMatchObject({ status: 409, body: { code: 'order_state_wrong' } });
    expect(await databaseHash(app)).toEqual(before);
    expect([await till.available(anna), await till.available(jan)]).toEqual([100, 0]);
  });
});

describe('points earned by any way', () => {
  const ways: Record<string, (member: Member) => Promise<unknown>> = {
    sale: (member) => till.sell(member, 10_000), 'hand adjustment': (member) => till.give(member, 100),
    'claimed sale': async (member) => { const { transaction } = await till.sell(null, 10_000); return till.api.claimTransaction({ params: { ...till.params, transaction: transaction.id }, body: { member: { id: member.id } } }); },
    correction: async (member) => { const sold = await till.sell(member, 5000); return till.sell(member, 10_000, { kind: 'correction', of: { source: sold.transaction.source, externalId: sold.transaction.externalId } }); },
  };
  const uses: Record<string, (member: Member) => Promise<{ status: number; body: { code?: string } }>> = {
    order: async (member) => till.order(member, await till.reward(100)), payment: async (member) => till.send(await till.sale(member, 100, paying(100))),
    hold: (member) => till.call('POST', `/members/${member.id}/holds`, { points: 100 }), 'hand adjustment': (member) => till.call('POST', `/members/${member.id}/adjustments`, { points: -100, reason: 'Wymiana' }),
  };
  it.each(Object.keys(ways).flatMap((way) => Object.keys(uses).map((use) => [way, use] as const)))('another document type takes no points: earned by %s and used by %s they are gone, and every second use is refused', async (way, use) => {
    const member = await till.member();
    await ways[way]!(member);
    expect(await till.available(member)).toBe(100);
    expect((await uses[use]!(member)).status).toBe(200);
    expect(await till.available(member)).toBe(0);
    for (const again of Object.values(uses)) expect((await again(member)).body.code).toBe('points_not_enough');
  });
});
