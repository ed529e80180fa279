import type { RuleDefinition } from '@wracam/engine/rules';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyProgram } from '../ledger/index.ts';
import { POINTS_WALLET, type Wallet } from '../programs/index.ts';
import { testApp, type TestApp } from '../../testing/app.ts';
import { replayed, storedAccounts } from '../../testing/replayed.ts';

const purchase: RuleDefinition = {
  name: 'Za zakup', wallet: 'punkty', when: null, lines: null, effect: { kind: 'perAmount', points: 1, perMinor: 1000, rounding: 'down', per: 'transaction' }, schedule: { from: null, until: null }, priority: 100, exclusiveGroup: null,
  caps: { perTransaction: null, perMemberDay: null, perProgram: null }, expiry: { kind: 'wallet' }, pendingDays: null,
};

let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());

let count = 0;
async function open(wallet: Partial<Wallet> = {}, rules: readonly RuleDefinition[] = [purchase]) {
  const shop = await app.program({ rules, wallets: [{ ...POINTS_WALLET, ...wallet }] });
  const params = { program: shop.code };
  const member = (await shop.api.createMember({ params, body: { firstName: 'Anna', card: `CR-${count += 1}`, termsVersion: 1 } })).id;
  const record = async (body: object) => (await shop.api.recordTransaction({ params, body: { source: 'till', externalId: `CR-${count += 1}`, occurredAt: new Date().toISOString(), ...body } as never })).transaction;
  const ref = (externalId: string, lineId?: string) => ({ source: 'till', externalId, ...(lineId && { lineId }) });
  const sale = (more: object = {}) => record({ kind: 'sale', totalMinor: 10_000, lines: [{ lineId: '1', quantity: 2, amountMinor: 6_000 }, { lineId: '2', quantity: 1, amountMinor: 4_000 }], member: { id: member }, ...more });
  const back = (of: { externalId: string }, lineId: string, quantity: number, amountMinor: number) => record({ kind: 'return', totalMinor: amountMinor, lines: [{ lineId: 'x', quantity, amountMinor, of: ref(of.externalId, lineId) }] });
  const correct = (of: { externalId: string }, totalMinor: number, more: object = {}) => record({ kind: 'correction', of: ref(of.externalId), totalMinor, ...more });
  const net = async () => { const [one] = (await shop.api.getBalances({ params: { ...params, member } })).balances; return one!.available + one!.pending - one!.debt; };
  const kept = async (of: { id: string }) => (await shop.api.getTransaction({ params: { ...params, transaction: of.id } })).lines.map((line) => [line.returnedQuantity, line.returnedMinor]);
  /** History booked again is the ledger, and that agrees with itself. */
  const agrees = async () => {
    expect((await verifyProgram(app.deps.db, shop.id)).differences).toEqual([]);
    for (const byKernel of [false, true]) {
      const { result, accounts } = await replayed(app.deps, shop.id, {}, byKernel);
      expect(result.difference).toMatchObject({ documents: 0, first: null });
      if (!byKernel) expect(accounts).toEqual(await storedAccounts(app.ask, shop.id));
    }
  };
  return { shop, params, member, record, ref, sale, back, correct, net, kept, agrees };
}

describe('a correction of a sale in a time without rules', () => {
  it('counts for its member until it comes back', async () => {
    const { shop, params, member, sale, correct, back, agrees } = await open({}, []);
    const occurredAt = new Date(Date.now() - 30 * 86_400_000).toISOString();
    const counts = async () => { const { salesCount, spentMinor } = await shop.api.getMember({ params: { ...params, member } }); return [salesCount, spentMinor]; };
    const bought = await sale({ occurredAt });
    const corrected = await correct(bought, 4_000, { occurredAt, lines: [{ lineId: '1', quantity: 2, amountMinor: 4_000 }] });
    expect(await counts()).toEqual([1, 4_000]);
    await back(corrected, '1', 1, 2_000);
    expect(await counts()).toEqual([1, 2_000]);
    await back(corrected, '1', 1, 2_000);
    expect(await counts()).toEqual([0, 0]);
    await agrees();
  });
});

describe('a correction of a return', () => {
  it('of nothing: the return never was; the sale earns, counts and can be returned as before', async () => {
    const { shop, params, member, sale, back, correct, net, kept, agrees } = await open();
    const bought = await sale();
    const returned = [await back(bought, '1', 2, 6_000), await back(bought, '2', 1, 4_000)];
    expect([await net(), (await shop.api.getMember({ params: { ...params, member } })).salesCount]).toEqual([0, 0]);
    await correct(returned[0]!, 0);
    await correct(returned[1]!, 0);
    expect([await net(), await kept(bought)]).toEqual([10, [[0, 0], [0, 0]]]);
    expect(await shop.api.getMember({ params: { ...params, member } })).toMatchObject({ salesCount: 1, spentMinor: 10_000 });
    const again = await correct(returned[1]!, 0);
    expect(await net()).toBe(10);
    await expect(shop.api.voidTransaction({ params: { ...params, transaction: again.id }, body: { reason: 'pomyłka' } })).rejects.toMatchObject({ problem: { code: 'transaction_not_voidable' } });
    await back(bought, '1', 2, 6_000);
    await back(bought, '2', 1, 4_000);
    expect(await net()).toBe(0);
    await agrees();
  });

  it('of nothing is told to the member as a return that was undone, and why', async () => {
    const { shop, params, member, sale, back, correct } = await open();
    await correct(await back(await sale(), '1', 2, 6_000), 0);
    const [entry] = (await shop.api.listHistory({ params: { ...params, member }, query: {} })).items;
    expect(entry).toMatchObject({ points: 6, reason: 'Cofnięty zwrot' });
    const why = await shop.api.explainTransfer({ params: { ...params, transfer: entry!.id } });
    expect(why).toMatchObject({ sentence: expect.stringMatching(/^Zwrot został cofnięty .*Wracają punkty, które zabrał\.$/) as string, lines: [] });
  });

  it('of less: the sale keeps what its kept lines earn, told line by line or as a total, and a correction of the correction counts from the return', async () => {
    const { shop, params, member, sale, back, correct, ref, net, kept, agrees } = await open();
    const bought = await sale();
    const returned = await back(bought, '1', 2, 6_000);
    expect(await net()).toBe(4);
    const first = await correct(returned, 3_000, { lines: [{ lineId: 'x', quantity: 1, amountMinor: 3_000 }] });
    expect([await net(), await kept(bought)]).toEqual([7, [[1, 3_000], [0, 0]]]);
    const second = await correct(first, 1_500);
    expect([await net(), await kept(bought)]).toEqual([8, [[0, 1_500], [0, 0]]]);
    await correct(second, 4_000, { lines: [{ lineId: 'y', quantity: 1, amountMinor: 4_000, of: ref(bought.externalId, '2') }] });
    expect([await net(), await kept(bought)]).toEqual([6, [[0, 0], [1, 4_000]]]);
    // Named once more, the return comes to what its newest correction says.
    await correct(returned, 2_000);
    expect([await net(), await kept(bought)]).toEqual([8, [[0, 0], [0, 2_000]]]);
    await correct(returned, 4_000);
    expect([await net(), await kept(bought)]).toEqual([6, [[0, 0], [1, 4_000]]]);
    // What was corrected on the way was no purchase: the member bought once, and keeps what is left of it.
    expect(await shop.api.getMember({ params: { ...params, member } })).toMatchObject({ salesCount: 1, spentMinor: 6_000 });
    await agrees();
  });

  it('gives goods that another return had asked for to that one: without the mistake it would have had them', async () => {
    const { sale, back, correct, net, kept, agrees } = await open();
    const bought = await sale();
    const [first, again] = [await back(bought, '1', 2, 6_000), await back(bought, '1', 1, 3_000)];
    expect([await net(), await kept(bought)]).toEqual([4, [[2, 6_000], [0, 0]]]);
    await correct(first, 0);
    expect([await net(), await kept(bought)]).toEqual([7, [[1, 3_000], [0, 0]]]);
    await agrees();
    // Each is corrected by itself from then on, and later returns find what is left.
    await correct(again, 6_000);
    expect([await net(), await kept(bought)]).toEqual([4, [[2, 6_000], [0, 0]]]);
    await correct(first, 3_000, { lines: [{ lineId: 'x', quantity: 1, amountMinor: 3_000 }] });
    await correct(again, 0);
    expect([await net(), await kept(bought)]).toEqual([7, [[1, 3_000], [0, 0]]]);
    await correct(first, 0);
    expect([await net(), await kept(bought)]).toEqual([10, [[0, 0], [0, 0]]]);
    await back(bought, '1', 2, 6_000);
    expect([await net(), await kept(bought)]).toEqual([4, [[2, 6_000], [0, 0]]]);
    await agrees();
  });

  it('gives that other return no more money than it asked for, and a line that went back as a whole to the one that took its last piece', async () => {
    const { record, ref, sale, back, correct, net, kept, agrees } = await open();
    const cheap = await sale({ totalMinor: 9_000, lines: [{ lineId: '1', quantity: 3, amountMinor: 9_000 }] });
    const [full] = [await back(cheap, '1', 2, 6_000), await back(cheap, '1', 2, 3_000)];
    await correct(full, 0);
    expect([await net(), await kept(cheap)]).toEqual([6, [[2, 3_000]]]);
    await agrees();
    const bought = await sale();
    const byTotal = (totalMinor: number) => record({ kind: 'return', totalMinor, of: ref(bought.externalId) });
    const [most, rest] = [await byTotal(6_000), await byTotal(4_000)];
    await correct(most, 0);
    await correct(rest, 0);
    expect([await net(), await kept(bought)]).toEqual([16, [[0, 0], [0, 0]]]);
    await agrees();
  });

  it('told as a total keeps what it did not get: lines in their parts, a total first of what there is', async () => {
    const { record, ref, sale, back, correct, net, kept, agrees } = await open();
    const bought = await sale();
    const [first, again] = [await back(bought, '1', 2, 6_000), await back(bought, '1', 2, 6_000)];
    await correct(again, 3_000);
    expect([await net(), await kept(bought)]).toEqual([4, [[2, 6_000], [0, 0]]]);
    await correct(first, 0);
    expect([await net(), await kept(bought)]).toEqual([7, [[0, 3_000], [0, 0]]]);
    await correct(again, 0);
    expect(await net()).toBe(10);
    // Of 10 000 that were told 4 000 were there; of 5 000 they are there too, and the rest comes when the other return goes.
    const [part, whole] = [await back(bought, '1', 2, 6_000), await record({ kind: 'return', totalMinor: 10_000, of: ref(bought.externalId) })];
    expect(await net()).toBe(0);
    await correct(whole, 5_000);
    expect([await net(), await kept(bought)]).toEqual([0, [[2, 6_000], [1, 4_000]]]);
    await correct(part, 0);
    expect([await net(), await kept(bought)]).toEqual([5, [[0, 1_000], [1, 4_000]]]);
    await agrees();
  });

  it('gives back what was owed, and nothing of what was written off', async () => {
    for (const [wallet, after] of [[{ debtPolicy: 'allow', debtLimit: 1_000 }, -10], [{ debtPolicy: 'refuse', debtLimit: 0 }, 0]] as const) {
      const { shop, params, member, sale, back, correct, net, agrees } = await open(wallet);
      const bought = await sale();
      await shop.api.adjustPoints({ params: { ...params, member }, body: { wallet: 'punkty', points: -10, reason: 'wydane' } });
      const returned = [await back(bought, '1', 2, 6_000), await back(bought, '2', 1, 4_000)];
      expect(await net()).toBe(after);
      for (const one of returned) await correct(one, 0);
      expect(await net()).toBe(0);
      await agrees();
    }
  });

  it('takes again the points that had paid for what did not come back, and a later return gives them back once', async () => {
    const { shop, params, member, sale, back, correct, net, agrees } = await open();
    await shop.api.adjustPoints({ params: { ...params, member }, body: { wallet: 'punkty', points: 100, reason: 'na start' } });
    const bought = await sale({ payments: [{ kind: 'points', amountMinor: 10_000, points: 100 }] });
    const before = await net();
    const returned = await back(bought, '1', 2, 6_000);
    expect(await net()).toBe(before + 60);
    await correct(returned, 0);
    expect(await net()).toBe(before);
    await back(bought, '1', 2, 6_000);
    await back(bought, '2', 1, 4_000);
    expect(await net()).toBe(100);
    await agrees();
  });

  it('waits no longer when the return comes and its sale was undone meanwhile: nothing is left to correct', async () => {
    const { shop, params, record, ref, sale, correct, net, agrees } = await open();
    const [bought, externalId] = [await sale(), 'came late'];
    const early = await correct({ externalId }, 3_000);
    const later = await correct(early, 1_000);
    await shop.api.voidTransaction({ params: { ...params, transaction: bought.id }, body: { reason: 'pomyłka' } });
    await record({ externalId, kind: 'return', totalMinor: 6_000, lines: [{ lineId: 'x', quantity: 2, amountMinor: 6_000, of: ref(bought.externalId, '1') }] });
    for (const { id } of [early, later]) expect(await shop.api.getTransaction({ params: { ...params, transaction: id } })).toMatchObject({ state: 'booked', takenBack: [] });
    expect(await net()).toBe(0);
    await agrees();
  });

  it('waits with the return for its sale: that earns as if only the correction had come', async () => {
    const { shop, member, record, ref, sale, correct, net, agrees } = await open();
    const externalId = `CR-${count += 1}`;
    const early = await record({ kind: 'return', totalMinor: 6_000, lines: [{ lineId: 'x', quantity: 2, amountMinor: 6_000, of: ref(externalId, '1') }] });
    expect((await correct(early, 3_000)).state).toBe('parked');
    await sale({ externalId });
    expect(await net()).toBe(7);
    const nobodys = await sale({ member: undefined });
    const returned = await record({ kind: 'return', totalMinor: 10_000, of: ref(nobodys.externalId) });
    await correct(returned, 0);
    await shop.api.claimTransaction({ params: { program: shop.code, transaction: nobodys.id }, body: { member: { id: member } } });
    expect(await net()).toBe(17);
    await agrees();
  });

  it('comes in one packet with the return and the sale that both wait for: it counts once', async () => {
    const { shop, params, member, ref, net, kept, agrees } = await open();
    const [returned, corrected, bought] = [`CR-${count += 1}`, `CR-${count += 1}`, `CR-${count += 1}`];
    const one = (externalId: string, more: object) => ({ source: 'till', externalId, occurredAt: new Date().toISOString(), ...more });
    const line = (quantity: number, amountMinor: number) => [{ lineId: 'x', quantity, amountMinor, of: ref(bought, '1') }];
    const { results } = await shop.api.recordTransactions({ params, body: { transactions: [
      one(returned, { kind: 'return', totalMinor: 6_000, lines: line(2, 6_000) }),
      one(corrected, { kind: 'correction', of: ref(returned), totalMinor: 3_000, lines: line(1, 3_000) }),
      one(bought, { kind: 'sale', totalMinor: 10_000, lines: [{ lineId: '1', quantity: 2, amountMinor: 6_000 }, { lineId: '2', quantity: 1, amountMinor: 4_000 }], member: { id: member } }),
    ] } as never });
    expect(results.map(({ status }) => status)).toEqual([200, 200, 200]);
    const sale = results[2] as { answer: { transaction: { id: string } } };
    expect([await net(), await kept(sale.answer.transaction)]).toEqual([7, [[1, 3_000], [0, 0]]]);
    await agrees();
  });

  it('is told from what nobody could have: the new side of a correction while its member was blocked counted for nobody, and coming back it takes nothing', async () => {
    const { shop, params, member, sale, correct, back, net, agrees } = await open();
    const bought = await sale();
    await shop.api.blockMember({ params: { ...params, member }, body: { reason: 'sprawdzamy' } });
    const anew = await correct(bought, 6_000, { lines: [{ lineId: '1', quantity: 2, amountMinor: 6_000 }] });
    await shop.api.unblockMember({ params: { ...params, member }, body: { reason: 'sprawdzone' } });
    const counts = async () => { const { salesCount, spentMinor } = await shop.api.getMember({ params: { ...params, member } }); return [salesCount, spentMinor, await net()]; };
    expect(await counts()).toEqual([0, 0, 0]);
    await sale();
    await back(anew, '1', 2, 6_000);
    expect(await counts()).toEqual([1, 10_000, 10]);
    await agrees();
  });
});
