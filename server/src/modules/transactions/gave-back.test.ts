import type { RuleDefinition } from '@wracam/engine/rules';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { POINTS_WALLET } from '../programs/index.ts';
import { testApp, type TestApp } from '../../testing/app.ts';
import { replayed, storedAccounts } from '../../testing/replayed.ts';

const purchase: RuleDefinition = {
  name: 'Za zakup', wallet: 'punkty', when: null, lines: null, effect: { kind: 'perAmount', points: 1, perMinor: 1000, rounding: 'down', per: 'transaction' }, schedule: { from: null, until: null }, priority: 100, exclusiveGroup: null,
  caps: { perTransaction: null, perMemberDay: null, perProgram: null }, expiry: { kind: 'wallet' }, pendingDays: null,
};
const [EARLY, THEN, LATE] = ['2026-01-05T10:00:00Z', '2026-01-25T10:00:00Z', '2026-02-15T10:00:00Z'] as const;

let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());

let count = 0;
/** A shop whose points are good for a month, and a member with two sales of 10 points, twenty days apart, of which one return was made. */
async function open() {
  const shop = await app.program({ rules: [purchase], wallets: [{ ...POINTS_WALLET, expiry: { kind: 'months', months: 1, roundTo: 'day' } }], test: true, startsAt: Date.parse(EARLY) });
  const params = { program: shop.code };
  const member = (await shop.api.createMember({ params, body: { firstName: 'Anna', card: `GB-${count += 1}`, termsVersion: 1 } })).id;
  const move = (now: string) => shop.api.moveTestClock({ params, body: { now } });
  const record = async (occurredAt: string, body: object) => (await shop.api.recordTransaction({ params, body: { source: 'till', externalId: `GB-${count += 1}`, occurredAt, ...body } as never })).transaction;
  const ref = ({ externalId }: { externalId: string }) => ({ source: 'till', externalId });
  const sale = (at: string) => record(at, { kind: 'sale', totalMinor: 10_000, lines: [{ lineId: '1', quantity: 2, amountMinor: 6_000 }, { lineId: '2', quantity: 1, amountMinor: 4_000 }], member: { id: member } });
  const net = async () => { const [one] = (await shop.api.getBalances({ params: { ...params, member } })).balances; return one!.available + one!.pending - one!.debt; };
  const first = await sale(EARLY);
  await move(THEN);
  const second = await sale(THEN);
  const returned = await record(THEN, { kind: 'return', totalMinor: 12_000, lines: [first, second].map((one, at) => ({ lineId: `${at}`, quantity: 2, amountMinor: 6_000, of: { ...ref(one), lineId: '1' } })) });
  const correct = (of: { externalId: string }, totalMinor: number) => record(THEN, { kind: 'correction', of: ref(of), totalMinor });
  return { shop, params, member, move, record, ref, sale, net, second, returned, correct };
}

it('what a correction gave back to two sales is each one’s own: points of one that ended are not taken of the other', async () => {
  const { shop, params, member, move, record, ref, sale, net, second, returned, correct } = await open();
  await correct(returned, 0);
  await move(LATE);
  await sale(LATE);
  await shop.api.adjustPoints({ params: { ...params, member }, body: { wallet: 'punkty', points: -10, reason: 'wydane' } });
  await record(LATE, { kind: 'return', totalMinor: 10_000, of: ref(second) });
  expect(await net()).toBe(0);
  const { result, accounts } = await replayed(app.deps, shop.id);
  expect(result.difference).toMatchObject({ documents: 0, first: null });
  expect(accounts).toEqual(await storedAccounts(app.ask, shop.id));
});

it('200: a total told of a correction to nothing is booked, and says of no line how much it is', async () => {
  const { net, returned, correct } = await open();
  const nothing = await correct(returned, 0);
  expect(await net()).toBe(20);
  expect((await correct(nothing, 500)).state).toBe('booked');
  expect(await net()).toBe(20);
});
