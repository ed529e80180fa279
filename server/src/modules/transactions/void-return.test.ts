import type { RuleDefinition } from '@wracam/engine/rules';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseHash } from '../../contract-tests/database-hash.ts';
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

let count = 0;
async function open() {
  const shop = await app.program({ rules: [purchase, apology] });
  const params = { program: shop.code };
  const newMember = async () => (await shop.api.createMember({ params, body: { firstName: 'Anna', card: `VR-${count += 1}`, termsVersion: 1 } })).id;
  const member = await newMember();
  const record = async (body: object) => (await shop.api.recordTransaction({ params, body: { source: 'till', externalId: `VR-${count += 1}`, occurredAt: new Date().toISOString(), ...body } as never })).transaction;
  const sale = (more: object = {}) => record({ kind: 'sale', totalMinor: 10_000, lines: [{ lineId: '1', quantity: 2, amountMinor: 6_000 }, { lineId: '2', quantity: 1, amountMinor: 4_000 }], member: { id: member }, ...more });
  const line = (externalId: string) => ({ lineId: `x${count += 1}`, quantity: 2, amountMinor: 6_000, of: { source: 'till', externalId, lineId: '1' } });
  const back = (...of: string[]) => record({ kind: 'return', totalMinor: 6_000 * of.length, lines: of.map(line) });
  const undo = (of: { id: string }) => shop.api.voidTransaction({ params: { ...params, transaction: of.id }, body: { reason: 'zły paragon' } });
  const said = (doing: Promise<unknown>) => doing.then(() => 'done', (error: { problem: { code: string } }) => error.problem.code);
  const refused = (of: { id: string }) => said(undo(of));
  const net = async (of = member) => { const [one] = (await shop.api.getBalances({ params: { ...params, member: of } })).balances; return one!.available + one!.pending - one!.debt; };
  const page = (of: { id: string }) => shop.api.getTransaction({ params: { ...params, transaction: of.id } });
  const kept = async (of: { id: string }) => (await page(of)).lines.map((one) => one.returnedMinor);
  const agrees = async () => {
    expect((await verifyProgram(app.deps.db, shop.id)).differences).toEqual([]);
    for (const byKernel of [false, true]) {
      const { result, accounts } = await replayed(app.deps, shop.id, {}, byKernel);
      expect(result.difference).toMatchObject({ documents: 0, first: null });
      if (!byKernel) expect(accounts).toEqual(await storedAccounts(app.ask, shop.id));
    }
  };
  return { shop, params, member, newMember, record, sale, back, undo, said, refused, net, page, kept, agrees };
}

describe('undoing a return', () => {
  it('200: the sale has back what the return took, what the return earned is gone, both stand in the trail', async () => {
    const { shop, params, member, sale, back, undo, net, page, kept, agrees } = await open();
    const bought = await sale();
    const returned = await back(bought.externalId);
    expect(await net()).toBe(10 - 6 + 30);
    const answer = await undo(returned);
    expect(answer).toMatchObject({ transaction: { id: returned.id, kind: 'return', state: 'voided' }, givenBack: [{ wallet: 'punkty', points: 6 }], takenBack: [{ wallet: 'punkty', points: 30, owed: 0 }], balances: [{ available: 10 }], duplicate: false });
    expect(await page(returned)).toMatchObject({ state: 'voided', takenBack: [], givenBack: [{ points: 6 }] });
    expect([await net(), await kept(bought), (await page(bought)).takenBack]).toEqual([10, [0, 0], []]);
    expect((await page(bought)).related).toMatchObject([{ id: returned.id, state: 'voided' }, { kind: 'correction', state: 'booked' }]);
    expect(await shop.api.getMember({ params: { ...params, member } })).toMatchObject({ salesCount: 1, spentMinor: 10_000 });
    expect((await shop.api.listAudit({ params, query: {} })).items[0]).toMatchObject({ action: 'return.voided', subject: returned.id, details: { reason: 'zły paragon' } });
    expect((await shop.api.listHistory({ params: { ...params, member } })).items.slice(0, 2).map((one) => [one.points, one.reason]).sort()).toEqual([[-30, 'Cofnięty zwrot'], [6, 'Cofnięty zwrot']]);
    await agrees();
    await back(bought.externalId);
    expect(await net()).toBe(10 - 6 + 30);
    await agrees();
  });

  it('200 once: asked again, or by two at the same moment, it says what came back and books nothing more', async () => {
    const { shop, params, sale, back, undo, net, agrees } = await open();
    const returned = await back((await sale()).externalId);
    const both = await Promise.all([undo(returned), undo(returned)]);
    expect(both.map((one) => one.duplicate).sort()).toEqual([false, true]);
    // Each asking has a key of its own, which is kept.
    const rest = async () => ({ ...await databaseHash(app), idempotency_key: '' });
    const before = await rest();
    for (const one of [...both, await undo(returned)]) expect(one).toMatchObject({ transaction: { id: returned.id, state: 'voided' }, givenBack: [{ wallet: 'punkty', points: 6 }], takenBack: [{ points: 30 }], balances: [{ available: 10 }] });
    expect([await rest(), await net()]).toEqual([before, 10]);
    expect((await shop.api.listAudit({ params, query: {} })).items.filter((one) => one.action === 'return.voided')).toHaveLength(1);
    await agrees();
  });

  it('is no earning: today tells what the sale earned, and not what came back', async () => {
    const { shop, params, sale, back, undo, record } = await open();
    const earned = async () => (await shop.api.getHome({ params, query: {} })).today.pointsEarned;
    const bought = await sale();
    await undo(await back(bought.externalId));
    expect(await earned()).toBe(10 + 30);
    const returned = await back(bought.externalId);
    await record({ kind: 'correction', totalMinor: 3_000, of: { source: 'till', externalId: returned.externalId } });
    expect(await earned()).toBe(10 + 30 + 30);
    // What is put in the place of a sale is bought, and earns.
    await record({ kind: 'correction', totalMinor: 5_000, of: { source: 'till', externalId: (await sale()).externalId } });
    expect(await earned()).toBe(10 + 30 + 30 + 10 + 5);
  });

  it('409 document_undone: nothing is corrected of what is undone, and nothing has changed', async () => {
    const { sale, back, undo, said, net, record } = await open();
    const returned = await back((await sale()).externalId);
    await undo(returned);
    const before = await databaseHash(app);
    const correction = { kind: 'correction', totalMinor: 3_000, of: { source: 'till', externalId: returned.externalId } };
    expect(await said(record(correction))).toBe('document_undone');
    expect([await databaseHash(app), await net()]).toEqual([before, 10]);
  });

  it('200: a sale whose returns were all undone is whole, so it can be undone itself; one return that stands is enough to refuse it', async () => {
    const { shop, params, member, sale, record, back, undo, refused, net, agrees } = await open();
    const bought = await sale();
    const returns = [await back(bought.externalId), await record({ kind: 'return', totalMinor: 4_000, of: { source: 'till', externalId: bought.externalId } })];
    await undo(returns[0]!);
    expect([await refused(bought), await net()]).toEqual(['transaction_not_voidable', 10 - 4 + 30]);
    await undo(returns[1]!);
    expect(await undo(bought)).toMatchObject({ transaction: { state: 'voided' }, takenBack: [{ points: 10 }] });
    expect(await shop.api.getMember({ params: { ...params, member } })).toMatchObject({ salesCount: 0, spentMinor: 0 });
    expect([await net(), await refused(returns[0]!)]).toEqual([0, 'done']);
    await agrees();
  });

  it('200: of a sale that a correction has replaced nothing comes back, neither by undoing a return nor by correcting it: the correction would have taken that too', async () => {
    for (const how of ['undone', 'corrected']) {
      const { sale, back, record, undo, refused, net, kept, agrees } = await open();
      const bought = await sale();
      const returned = await back(bought.externalId);
      const correction = await record({ kind: 'correction', totalMinor: 4_000, of: { source: 'till', externalId: bought.externalId } });
      expect(await net()).toBe(4 + 30);
      if (how === 'undone') await undo(returned);
      else await record({ kind: 'correction', totalMinor: 0, of: { source: 'till', externalId: returned.externalId } });
      expect([how, await net(), await kept(bought)]).toEqual([how, 4, [6_000, 4_000]]);
      await agrees();
      expect(await undo(correction)).toMatchObject({ takenBack: [{ points: 4 }] });
      expect(await net()).toBe(0);
      expect(await refused(bought)).toBe('transaction_not_voidable'); // nothing of it is left to undo
      await agrees();
    }
  });

  it('409 return_repeated: of two returns of the same goods the one that took nothing is undone first, whether lines are named or a total', async () => {
    const { sale, record, back, undo, refused, net, agrees } = await open();
    const bought = await sale();
    const byTotal = () => record({ kind: 'return', totalMinor: 6_000, of: { source: 'till', externalId: bought.externalId } });
    for (const giveBack of [() => back(bought.externalId), byTotal]) {
      const [first, again] = [await giveBack(), await giveBack()];
      const before = await net();
      expect([await refused(first), await net()]).toEqual(['return_repeated', before]);
      await undo(again);
      await undo(first);
      expect(await net()).toBe(10);
    }
    // Of other goods it is none of its business.
    const other = await record({ kind: 'return', totalMinor: 4_000, lines: [{ lineId: 'o', quantity: 1, amountMinor: 4_000, of: { source: 'till', externalId: bought.externalId, lineId: '2' } }] });
    await back(bought.externalId);
    await back(bought.externalId);
    expect(await refused(other)).toBe('done');
    await agrees();
  });

  it('a correction of a sale of nobody that was undone leaves nothing to claim, as it leaves nothing to a member', async () => {
    const { shop, params, member, sale, record, undo, net, agrees } = await open();
    for (const owner of [{ member: { id: member } }, { member: undefined }]) {
      const bought = await sale(owner);
      await undo(await record({ kind: 'correction', totalMinor: 6_000, of: { source: 'till', externalId: bought.externalId } }));
      if (!owner.member) await shop.api.claimTransaction({ params: { ...params, transaction: bought.id }, body: { member: { id: member } } });
      expect(await net()).toBe(0);
    }
    await agrees();
  });

  it('409 return_corrected: a corrected return is corrected once more; its correction cannot be undone', async () => {
    const { sale, back, record, refused, net } = await open();
    const returned = await back((await sale()).externalId);
    const corrected = await record({ kind: 'correction', totalMinor: 3_000, of: { source: 'till', externalId: returned.externalId } });
    expect([await refused(returned), await refused(corrected), await net()]).toEqual(['return_corrected', 'transaction_not_voidable', 7]);
  });

  it('200: a return that waits for its sale never comes, and what it took of another one already comes back', async () => {
    const { sale, back, undo, net, kept, page, agrees } = await open();
    const missing = `VR-${count += 1}`;
    const bought = await sale();
    const waits = [await back(missing), await back(missing, bought.externalId)];
    expect([waits[0]!.state, waits[1]!.state, await net()]).toEqual(['parked', 'parked', 4]);
    for (const one of waits) await undo(one);
    expect([await net(), await kept(bought)]).toEqual([10, [0, 0]]);
    const came = await sale({ externalId: missing });
    expect([await net(), await kept(came), (await page(waits[0]!)).state]).toEqual([20, [0, 0], 'voided']);
    await agrees();
  });

  it('200: of a sale that nobody had, claimed after that: the claim gives the whole, also where the return had only waited', async () => {
    const { shop, params, sale, back, undo, newMember, net, agrees } = await open();
    const missing = `VR-${count += 1}`;
    const waited = await back(missing);
    const [first, later] = [await sale({ member: undefined }), await undo(waited)];
    expect(later.transaction.state).toBe('voided');
    const second = await sale({ member: undefined, externalId: missing });
    await undo(await back(first.externalId));
    for (const bought of [first, second]) {
      const finder = await newMember();
      await shop.api.claimTransaction({ params: { ...params, transaction: bought.id }, body: { member: { id: finder } } });
      expect(await net(finder)).toBe(10);
    }
    await agrees();
  });
});
