import type { RuleDefinition } from '@wracam/engine/rules';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyProgram } from '../ledger/index.ts';
import { testApp, type TestApp } from '../../testing/app.ts';
import { replayed, storedAccounts } from '../../testing/replayed.ts';

const purchase: RuleDefinition = {
  name: 'Za zakup', wallet: 'punkty', when: null, lines: null, effect: { kind: 'perAmount', points: 1, perMinor: 1000, rounding: 'down', per: 'transaction' }, schedule: { from: null, until: null }, priority: 100, exclusiveGroup: null,
  caps: { perTransaction: null, perMemberDay: null, perProgram: null }, expiry: { kind: 'wallet' }, pendingDays: null,
};
const apology: RuleDefinition = { ...purchase, name: 'Przeprosiny', trigger: { kind: 'event', type: 'return' }, effect: { kind: 'fixed', points: 30 } };

let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());

/** Every order of these. */
const ordersOf = <T>(all: readonly T[]): T[][] => (all.length === 0 ? [[]] : all.flatMap((one, at) => ordersOf(all.toSpliced(at, 1)).map((rest) => [one, ...rest])));

describe('documents of one purchase', () => {
  const chains = [
    { name: 'a return and two corrections', kinds: ['sale', 'back', 'less', 'again'], points: 9, then: { points: 8 } },
    { name: 'a correction and its return', kinds: ['sale', 'other', 'otherBack'], points: 36, then: null },
  ] as const;
  it.each(chains.flatMap((chain) => [{ ...chain, sent: 'one by one', atOnce: false }, { ...chain, sent: 'in one batch', atOnce: true }]))('200: $name come in any order, $sent, and come to the same', async ({ kinds, points, then, atOnce }) => {
    const shop = await app.program({ rules: [purchase, apology] });
    const params = { program: shop.code };
    for (const [no, order] of ordersOf(kinds).entries()) {
      const member = (await shop.api.createMember({ params, body: { firstName: 'Anna', card: `OO-${no}`, termsVersion: 1 } })).id;
      const of = (name: string) => ({ source: 'till', externalId: `${name}-${no}` });
      const bodies = {
        sale: { kind: 'sale', totalMinor: 10_000, member: { id: member } }, back: { kind: 'return', totalMinor: 6_000, of: of('sale') }, less: { kind: 'correction', totalMinor: 3_000, of: of('back') }, again: { kind: 'correction', totalMinor: 1_000, of: of('less') },
        other: { kind: 'correction', totalMinor: 8_000, of: of('sale') }, otherBack: { kind: 'return', totalMinor: 2_000, of: of('other') },
      };
      const documentOf = (name: keyof typeof bodies) => ({ ...of(name), occurredAt: new Date().toISOString(), ...bodies[name] }) as never;
      const net = async () => { const [one] = (await shop.api.getBalances({ params: { ...params, member } })).balances; return one!.available + one!.pending - one!.debt; };
      if (atOnce) for (const { status } of (await shop.api.recordTransactions({ params, body: { transactions: order.map(documentOf) } })).results) expect(status).toBe(200);
      else for (const name of order) await shop.api.recordTransaction({ params, body: documentOf(name) });
      expect([order, await net()]).toEqual([order, points]);
      const { items } = await shop.api.listTransactions({ params, query: { state: 'parked' } });
      expect([order, items]).toEqual([order, []]);
      if (then === null || !atOnce) continue;
      // The next correction is measured by the newest, and a return of all takes the rest.
      await shop.api.recordTransaction({ params, body: { ...of('newest'), kind: 'correction', occurredAt: new Date().toISOString(), totalMinor: 2_000, of: of('back') } });
      expect([order, await net()]).toEqual([order, then.points]);
      await shop.api.recordTransaction({ params, body: { ...of('rest'), kind: 'return', occurredAt: new Date().toISOString(), totalMinor: 8_000, of: of('sale') } });
      expect([order, await net()]).toEqual([order, 30]);
    }
    expect((await verifyProgram(app.deps.db, shop.id)).differences).toEqual([]);
    for (const byKernel of [false, true]) {
      const { result, accounts, generally } = await replayed(app.deps, shop.id, {}, byKernel);
      expect(result.difference).toMatchObject({ documents: 0, first: null });
      // Columns have no words for corrections, so they leave all of these members to the general way.
      expect(generally).toBe(ordersOf(kinds).length);
      if (!byKernel) expect(accounts).toEqual(await storedAccounts(app.ask, shop.id));
    }
  }, 60_000);
});
