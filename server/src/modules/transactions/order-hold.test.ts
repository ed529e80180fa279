import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp, type TestApp, type TestProgram } from '../../testing/app.ts';

let app: TestApp;
let shop: TestProgram;
let cards = 0;
beforeAll(async () => {
  app = await testApp();
  shop = await app.program();
});
afterAll(() => app.close());

/** A member with 500 points and an order of 300 that is not confirmed yet, and the hold behind it as an insider would name it. */
async function memberWithOrder() {
  const params = { program: shop.code };
  const anna = await shop.api.createMember({ params, body: { firstName: 'Anna', termsVersion: 1, card: `O-${++cards}` } });
  await shop.api.adjustPoints({ params: { ...params, member: anna.id }, body: { points: 500, reason: 'Na start' } });
  const mug = await shop.api.createReward({ params, body: { name: 'Kubek', pricePoints: 300, stockLeft: 5 } });
  const { order } = await shop.api.placeOrder({ params, body: { member: { id: anna.id }, lines: [{ reward: mug.id, quantity: 1 }] } });
  const [row] = await app.ask<{ hold_id: string }>('select hold_id from reward_order where program_id = $1 and id = $2', [shop.id, app.deps.publicIds.decode('ord', order.id)]);
  return { anna, order, hold: app.deps.publicIds.encode('hld', Number(row!.hold_id)) };
}
const figures = async (member: string) => (await shop.api.getBalances({ params: { program: shop.code, member } })).balances[0]!;

describe('the hold of an order', () => {
  it('400 payment_incomplete: a sale cannot be paid with it; no sale is booked, and the order keeps its points', async () => {
    const { anna, order, hold } = await memberWithOrder();
    const before = await figures(anna.id);
    const answer = await shop.call('POST', '/transactions', {
      source: 'till-1', externalId: `paid-with-${order.number}`, kind: 'sale', occurredAt: new Date().toISOString(), member: { id: anna.id }, totalMinor: 10_000,
      payments: [{ kind: 'points', amountMinor: 3000, points: 300, hold }, { kind: 'cash', amountMinor: 7000 }],
    });
    expect(answer).toMatchObject({ status: 400, body: { code: 'payment_incomplete' } });
    expect(await app.ask('select 1 from transaction where program_id = $1 and external_id = $2', [shop.id, `paid-with-${order.number}`])).toEqual([]);
    expect(await figures(anna.id)).toEqual(before);
    const confirmed = await shop.api.confirmOrder({ params: { program: shop.code, order: order.id } });
    expect(confirmed).toMatchObject({ order: { state: 'confirmed' }, balances: [{ available: 200, held: 0 }] });
  });

  it.each(['capture', 'release'])('409 hold_resolved: it does not %s by itself, only with its order', async (verb) => {
    const { anna, hold } = await memberWithOrder();
    expect(await shop.call('POST', `/holds/${hold}/${verb}`)).toMatchObject({ status: 409, body: { code: 'hold_resolved' } });
    expect(await figures(anna.id)).toMatchObject({ available: 200, held: 300 });
  });
});
