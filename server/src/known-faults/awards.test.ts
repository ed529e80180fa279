import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeServer } from '../app.ts';
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
  expect(faults).toEqual([]); // whatever the tests did, the ledger proves itself
});

const STORED = 'select count(*)::int as n from transfer where program_id = $1 and member_id = $2';
const transfersOf = async (member: { id: string }) => (await app.ask<{ n: number }>(STORED, [till.shop.id, app.deps.publicIds.decode('mem', member.id)]))[0]!.n;
/** The same members of a list in an order that the numbers decide. */
const shuffled = <T>(list: readonly T[], by: readonly number[]) => list.map((one, at) => ({ one, key: by[at % by.length]! * 7919 % 104_729 + at * (by[(at + 1) % by.length]! % 13) })).sort((a, b) => a.key - b.key).map(({ one }) => one);

describe('an event that is sent again', () => {
  it('award on event replay: one order sent 50 times at once through two servers earns once, and 49 are told that they repeat it', async () => {
    const second = await makeServer(app.deps, { checkAnswers: true, pages: false }); // its own queue: the two meet in the database
    const member = await till.member();
    const body = JSON.stringify(await till.sale(member, 12_300));
    const headers = { authorization: `Bearer ${till.shop.apiKey}`, 'content-type': 'application/json' };
    const answers = await Promise.all(Array.from({ length: 50 }, (_, at) => (at % 2 ? second : app.server).inject({ method: 'POST', url: `/api/v1/programs/${till.shop.code}/transactions`, headers, payload: body })));
    const bodies = answers.map((one) => JSON.parse(one.body) as { duplicate: boolean; transaction: { id: string }; awards: unknown; balances: unknown });
    expect(bodies.filter((one) => !one.duplicate)).toHaveLength(1);
    expect(new Set(bodies.map(({ duplicate: _, balances: __, ...rest }) => JSON.stringify(rest))).size).toBe(1);
    expect([await transfersOf(member), await till.available(member)]).toEqual([1, 123]);
    await second.close();
  });

  it('senders repeat: sales, a return and a correction, each delivered 1 to 50 times in any order, come to what their set says', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 4, maxLength: 4 }), fc.array(fc.nat(9999), { minLength: 12, maxLength: 12 }), async (times, order) => {
      const member = await till.member();
      const occurredAt = await till.now();
      const [first, second] = [await till.sale(member, 20_000), await till.sale(member, 10_000)];
      const of = (sale: typeof first) => ({ source: sale.source, externalId: sale.externalId });
      const documents = [
        first, second,
        { source: 'kasa', externalId: nextName('R'), kind: 'return', occurredAt, totalMinor: 5000, of: of(first) },
        { source: 'kasa', externalId: nextName('K'), kind: 'correction', occurredAt, totalMinor: 4000, of: of(second), member: { id: member.id } },
      ];
      for (const document of shuffled(documents.flatMap((one, at) => Array.from({ length: times[at]! }, () => one)), order)) expect((await till.send(document)).status).toBe(200);
      expect(await till.net(member)).toBe(150 + 40);
    }), { numRuns: 3, seed: 20_261_122 });
  }, 60_000);

  it('a purchase that comes by another channel under its origin’s key earns once: quote, shop order and receipt are one document', async () => {
    const member = await till.member();
    const order = await till.sale(member, 10_000, { channel: 'sklep' });
    await till.send(order);
    for (const again of [{ ...order, channel: 'kasa', till: '2' }, { ...order, store: 'Rynek 1' }]) expect(await till.send(again)).toMatchObject({ status: 409, body: { code: 'document_differs' } });
    expect(await till.available(member)).toBe(100);
  });
});

describe('an order whose state goes back and forth', () => {
  it('neither loses nor repeats points: whatever the walk over booked, returned, voided and sent again, points follow the last state alone', async () => {
    const step = fc.constantFrom('again', 'void', 'returnAll', 'returnAllAgain', 'correctToHalf', 'correctAgain');
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (walk) => {
      const member = await till.member();
      const sale = await till.sale(member, 10_000);
      const { transaction } = (await till.send(sale)).body as unknown as { transaction: { id: string } };
      const of = { source: sale.source, externalId: sale.externalId };
      const [returned, corrected] = [nextName('R'), nextName('K')];
      const back = { source: 'kasa', externalId: returned, kind: 'return', occurredAt: sale.occurredAt, totalMinor: 10_000, of };
      const half = { source: 'kasa', externalId: corrected, kind: 'correction', occurredAt: sale.occurredAt, totalMinor: 5000, of, member: { id: member.id } };
      let state: 'sold' | 'gone' = 'sold';
      let half50 = false;
      for (const one of walk) {
        if (one === 'again') await till.send(sale);
        else if (one === 'void') { if ((await till.call('POST', `/transactions/${transaction.id}/void`, { reason: 'Pomyłka' })).status === 200) state = 'gone'; }
        else if (one.startsWith('return')) { await till.send(back); state = 'gone'; }
        else { await till.send(half); [state, half50] = ['gone', true]; }
      }
      expect(await till.net(member)).toBe((state === 'sold' ? 100 : 0) + (half50 ? 50 : 0));
    }), { numRuns: 15, seed: 20_261_122 });
  }, 60_000);

  it('voided items earn nothing: a sale that is voided after checkout leaves zero, and a second void is refused', async () => {
    const member = await till.member();
    const { transaction } = await till.sell(member, 10_000);
    const voiding = () => till.call('POST', `/transactions/${transaction.id}/void`, { reason: 'Pomyłka' });
    expect(await voiding()).toMatchObject({ status: 200, body: { transaction: { state: 'voided' } } });
    expect(await voiding()).toMatchObject({ status: 409, body: { code: 'transaction_not_voidable' } });
    expect(await till.net(member)).toBe(0);
  });
});
