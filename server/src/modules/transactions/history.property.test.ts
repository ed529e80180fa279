import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runDueJobs } from '../../platform/jobs.ts';
import { ledgerJobs, verifyProgram } from '../ledger/index.ts';
import { POINTS_WALLET } from '../programs/index.ts';
import { testApp, type TestApp } from '../../testing/app.ts';
import { playHistory } from '../../testing/history/play.ts';
import { historyProgram, LADDER_PAIRS } from '../../testing/history/program.ts';
import { replayed, storedAccounts } from '../../testing/replayed.ts';

let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());

const MEMBERS = 6;
const STEPS = 250;

it('after any mix of sales, returns, corrections, voids, claims, repeats and late documents, while levels rise and fall, thresholds are reached and undone and badges come and go, every member has what a plain recomputation of the whole history gives', async () => {
  const happened = { booked: 0, claimed: 0, toldLater: 0, returnsUndone: 0, demandsMet: 0, raised: 0, lowered: 0, given: 0, left: 0, rewarded: 0, takenBack: 0, badgesGiven: 0, badgesTaken: 0 };
  for (let at = 0; at < LADDER_PAIRS; at += 1) {
    const shop = await app.program(historyProgram(at));
    const members: number[] = [];
    for (let i = 0; i < MEMBERS; i += 1) members.push(app.deps.publicIds.decode('mem', (await shop.api.createMember({ params: { program: shop.code }, body: { firstName: 'Ola', card: `H${i}`, termsVersion: 1 } })).id)!);
    const played = await playHistory(app.deps, shop.id, members, { seed: 20_261_122 + at, steps: STEPS, checkEvery: 100, no: at });
    expect(played.fault).toBeNull();
    expect((await verifyProgram(app.deps.db, shop.id)).differences).toEqual([]);
    // What if nothing had changed: by the rules, levels and days of then every document is decided as it is booked.
    // And the accounts are those of the ledger, lot by lot, once all that is due by now has ended.
    await runDueJobs(app.deps, ledgerJobs, shop.id, played.until);
    const { result, accounts } = await replayed(app.deps, shop.id);
    expect(result.difference).toEqual({ documents: 0, checked: expect.any(Number) as number, first: null });
    expect(accounts).toEqual(await storedAccounts(app.ask, shop.id));
    for (const what of ['booked', 'claimed', 'toldLater', 'returnsUndone', 'demandsMet', 'raised', 'lowered', 'given', 'left', 'rewarded', 'takenBack', 'badgesGiven', 'badgesTaken'] as const) happened[what] += played[what];
  }
  expect(happened.booked).toBeGreaterThan(STEPS * 2);
  expect(Object.entries(happened).filter(([, times]) => times === 0)).toEqual([]);
}, 120_000);

describe('in one batch', () => {
  const withLine = (externalId: string, member: string) => ({ source: 'kasa', externalId, kind: 'sale', occurredAt: new Date(Date.now() - 60_000).toISOString(), member: { id: member }, totalMinor: 5000, lines: [{ lineId: 'L', quantity: 5, amountMinor: 5000 }] });
  const back = (externalId: string, ...of: string[]) => ({ source: 'kasa', externalId, kind: 'return', occurredAt: new Date().toISOString(), totalMinor: 1000 * of.length, lines: of.map((one, at) => ({ lineId: `${at}`, quantity: 1, amountMinor: 1000, of: { source: 'kasa', externalId: one, lineId: 'L' } })) });
  async function open() {
    const shop = await app.program();
    const params = { program: shop.code };
    const { id } = await shop.api.createMember({ params, body: { firstName: 'Ola', card: 'K1', termsVersion: 1 } });
    return {
      id, send: async (...transactions: object[]) => (await shop.api.recordTransactions({ params, body: { transactions: transactions as never } })).results.map(({ status }) => status),
      available: async () => (await shop.api.getBalances({ params: { ...params, member: id } })).balances[0]!.available,
    };
  }

  it('a return that stands before its sale waits for it and takes its part: 40 of 50 zł keep 4 points', async () => {
    const { id, send, available } = await open();
    expect(await send(back('R1', 'S1'), withLine('S1', id))).toEqual([200, 200]);
    expect(await available()).toBe(4);
  });

  it('two sales so late that their points ended before they came are both booked, and leave no points', async () => {
    const shop = await app.program({ test: true, startsAt: Date.parse('2026-01-05T10:00:00Z'), wallets: [{ ...POINTS_WALLET, expiry: { kind: 'months', months: 1, roundTo: 'day' } }] });
    const params = { program: shop.code };
    const { id } = await shop.api.createMember({ params, body: { firstName: 'Ola', card: 'K1', termsVersion: 1 } });
    const sale = (externalId: string, occurredAt: string) => ({ source: 'kasa', externalId, kind: 'sale', occurredAt, member: { id }, totalMinor: 5000 });
    await shop.api.moveTestClock({ params, body: { now: '2026-03-10T10:00:00Z' } });
    const send = async (...transactions: object[]) => (await shop.api.recordTransactions({ params, body: { transactions: transactions as never } })).results.map(({ status }) => status);
    expect(await send(sale('S0', '2026-03-10T09:00:00Z'))).toEqual([200]);
    expect(await send(sale('S1', '2026-01-10T09:00:00Z'), sale('S2', '2026-01-11T09:00:00Z'))).toEqual([200, 200]);
    expect((await shop.api.getBalances({ params: { ...params, member: id } })).balances[0]!.available).toBe(5);
  });

  it('a return of two sales that are both still to come keeps a place for each', async () => {
    const { id, send, available } = await open();
    expect(await send(back('R1', 'S1', 'S2'))).toEqual([200]);
    expect(await send(withLine('S1', id), withLine('S2', id))).toEqual([200, 200]);
    expect(await available()).toBe(8);
  });
});
