import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSession } from '../access/index.ts';
import { testApp, type TestApp, type TestProgram } from '../../testing/app.ts';
import { verifyProgram } from './jobs/verify.ts';

let app: TestApp;
const shops: TestProgram[] = [];
beforeAll(async () => { app = await testApp(); });
afterAll(async () => {
  const found = await Promise.all(shops.map((shop) => verifyProgram(app.deps.db, shop.id)));
  await app.close();
  expect(found.flatMap((one) => one.differences)).toEqual([]); // both chains prove every movement
});

const START = Date.UTC(2026, 2, 5, 11);
const POLICY = { minPoints: 10, dayPoints: 200, dayTimes: 3 };

/** A program whose points may be moved, with members who have points of their own. */
async function shopOf(members: number, policy: typeof POLICY | null = POLICY, points = 300) {
  const shop = await app.program({ test: true, startsAt: START });
  shops.push(shop);
  const params = { program: shop.code };
  await shop.api.changeWallet({ params: { ...params, wallet: 'punkty' }, body: { revision: 1, transfers: policy } });
  const people = await Promise.all(Array.from({ length: members }, async (_, at) => {
    const member = await shop.api.createMember({ params, body: { firstName: `Osoba ${at}`, card: `${shop.code}-${at}`, phone: `60123456${at}`, email: `osoba${at}@${shop.code}.example`, termsVersion: 1 } });
    if (points > 0) for (const expiresOn of ['2026-12-31', '2027-06-30', null]) await shop.api.adjustPoints({ params: { ...params, member: member.id }, body: { points: points / 3, reason: 'Na start', expiresOn } });
    const { token } = await openSession(app.deps, 'member', { programId: shop.id, memberId: app.deps.publicIds.decode('mem', member.id)! }, null);
    const ask = async (method: 'GET' | 'POST', path: string, body?: unknown, headers: Record<string, string> = {}) => {
      const answer = await app.server.inject({ method, url: `/api/v1/programs/${shop.code}${path}`, headers: { cookie: `wracam_member=${token}`, origin: 'http://localhost:3000', 'accept-language': 'pl', ...headers, ...(body ? { 'content-type': 'application/json' } : {}) }, ...(body ? { payload: JSON.stringify(body) } : {}) });
      return { status: answer.statusCode, body: JSON.parse(answer.body) as Record<string, unknown> & { code?: string } };
    };
    return {
      member, card: `${shop.code}-${at}`, ask, move: (to: object, count: number, headers = {}) => ask('POST', '/me/transfers', { to, points: count }, headers),
      state: async () => { const { balances, lots } = await shop.api.getBalances({ params: { ...params, member: member.id } }); return { ...balances[0]!, lots: lots.map((lot) => [lot.remaining, lot.expiresOn]) }; },
      history: async () => (await ask('GET', '/me/history')).body['items'] as { kind: string; points: number; reason: string; id: string; reversible: boolean; reversed: boolean }[],
    };
  }));
  return { shop, params, people };
}

describe('points that a member gives to another', () => {
  it('keep their end, leave one side and reach the other in one commit, and both histories say whom', async () => {
    const { people: [anna, bogdan] } = await shopOf(2);
    expect(await anna!.move({ card: bogdan!.card }, 150)).toMatchObject({ status: 200, body: { wallet: 'punkty', points: 150, balances: [{ available: 150 }] } });
    expect(await anna!.state()).toMatchObject({ available: 150, lots: [[50, '2027-06-30'], [100, null]] });
    expect(await bogdan!.state()).toMatchObject({ available: 450, lots: [[100, '2026-12-31'], [100, '2026-12-31'], [100, '2027-06-30'], [50, '2027-06-30'], [100, null]] });
    expect((await anna!.history()).slice(0, 2)).toMatchObject([{ kind: 'move', points: -50, reason: `Punkty dla uczestnika ••${bogdan!.member.number.slice(-4)}` }, { points: -100 }]);
    expect((await bogdan!.history()).slice(0, 2)).toMatchObject([{ kind: 'move', points: 50, reason: `Punkty od uczestnika ••${anna!.member.number.slice(-4)}` }, { points: 100 }]);
  });

  it('are asked about first: initials and the end of the number for a card or a number, and the same no for everybody else', async () => {
    const { shop, params, people: [anna, bogdan, celina] } = await shopOf(3);
    const ask = (numberOrCard: string) => anna!.ask('POST', '/me/transfers/recipient', { numberOrCard });
    const shown = { name: 'O… 1…', numberEnd: bogdan!.member.number.slice(-4) };
    expect(await ask(bogdan!.card)).toMatchObject({ status: 200, body: { to: { card: bogdan!.card }, ...shown } });
    expect(await ask(bogdan!.member.number)).toMatchObject({ status: 200, body: { to: { number: bogdan!.member.number }, ...shown } });
    await shop.api.blockMember({ params: { ...params, member: celina!.member.id }, body: { reason: 'x' } });
    const no = { status: 409, body: { code: 'transfer_recipient_wrong' } };
    for (const wrong of [celina!.card, anna!.card, 'nobody', '601234561']) expect(await ask(wrong)).toMatchObject(no);
    for (let more = 0; more < 6; more += 1) await ask(`nobody-${more}`);
    expect(await ask(bogdan!.card)).toMatchObject({ status: 429, body: { code: 'too_many_requests' } });
    const { people: [ola, jan] } = await shopOf(2, null);
    expect(await ola!.ask('POST', '/me/transfers/recipient', { numberOrCard: jan!.card })).toMatchObject({ status: 409, body: { code: 'transfers_not_allowed' } });
  });

  it('409 beyond the wallet’s limits: the least, the day’s points, the day’s times; another day counts anew', async () => {
    const { shop, params, people: [anna, bogdan] } = await shopOf(2);
    const to = { number: bogdan!.member.number };
    expect(await anna!.move(to, 9)).toMatchObject({ status: 409, body: { code: 'transfer_below_minimum', detail: 'Przekazać można najmniej 10\u00a0punktów naraz.' } });
    expect(await anna!.move(to, 201)).toMatchObject({ status: 409, body: { code: 'transfer_limit_reached' } });
    expect((await anna!.move(to, 180)).status).toBe(200);
    expect(await anna!.move(to, 21)).toMatchObject({ status: 409, body: { code: 'transfer_limit_reached', params: { left: '20\u00a0punktów', times: 2 } } });
    expect([(await anna!.move(to, 10)).status, (await anna!.move(to, 10)).status]).toEqual([200, 200]);
    await shop.api.moveTestClock({ params, body: { now: '2026-03-06T11:00:00Z' } });
    expect((await anna!.move(to, 50)).status).toBe(200);
    expect(await anna!.move(to, 51)).toMatchObject({ status: 409, body: { code: 'points_not_enough' } });
    expect(await anna!.state()).toMatchObject({ available: 50 });
  });

  it('409 transfers_not_allowed where the wallet does not let them; staff are held to the same', async () => {
    const { shop, params, people: [anna, bogdan] } = await shopOf(2, null);
    expect(await anna!.move({ card: bogdan!.card }, 50)).toMatchObject({ status: 409, body: { code: 'transfers_not_allowed' } });
    expect(await shop.call('POST', `/members/${anna!.member.id}/transfers`, { to: { card: bogdan!.card }, points: 50 })).toMatchObject({ status: 409, body: { code: 'transfers_not_allowed' } });
    expect((await shop.api.getBalances({ params: { ...params, member: anna!.member.id } })).balances[0]).toMatchObject({ available: 300 });
  });

  it('are refused alike for an unknown phone, a blocked member, a closed one and oneself, and guessing ends after ten', async () => {
    const { shop, params, people: [anna, bogdan, celina] } = await shopOf(3);
    await shop.api.blockMember({ params: { ...params, member: bogdan!.member.id }, body: { reason: 'x' } });
    await shop.api.closeMember({ params: { ...params, member: celina!.member.id }, body: { reason: 'x' } });
    const told = await Promise.all([{ phone: '699 999 999' }, { phone: '601 234 561' }, { card: celina!.card }, { number: anna!.member.number }].map((to) => anna!.move(to, 50)));
    expect(new Set(told.map(({ status, body: { requestId: _, ...body } }) => JSON.stringify([status, body]))).size).toBe(1);
    expect(told[0]).toMatchObject({ status: 409, body: { code: 'transfer_recipient_wrong' } });
    const guesses = await Promise.all(Array.from({ length: 12 }, (_, at) => anna!.move({ phone: `69900000${at % 10}` }, 50)));
    expect(guesses.filter((one) => one.status === 409)).toHaveLength(6);
    expect(guesses.filter((one) => one.body.code === 'too_many_requests')).toHaveLength(6);
    expect(await anna!.state()).toMatchObject({ available: 300 });
    expect(await bogdan!.ask('POST', '/me/transfers', { to: { card: anna!.card }, points: 50 })).toMatchObject({ status: 409, body: { code: 'member_blocked' } });
  });

  it('a repeat with the same key moves once', async () => {
    const { people: [anna, bogdan] } = await shopOf(2);
    const answers = await Promise.all(Array.from({ length: 6 }, () => anna!.move({ card: bogdan!.card }, 60, { 'idempotency-key': 'gift-1' })));
    expect(new Set(answers.map((one) => JSON.stringify(one.body))).size).toBe(1);
    expect(await bogdan!.state()).toMatchObject({ available: 360 });
  });

  it('go back to the very lots they came from when staff take the gift back, once; never when they are spent', async () => {
    const { shop, params, people: [anna, bogdan] } = await shopOf(2);
    await anna!.move({ card: bogdan!.card }, 150);
    const [, first] = await bogdan!.history();
    expect(first).toMatchObject({ reversible: true });
    const attempts = await Promise.all(Array.from({ length: 4 }, () => shop.call('POST', `/transfers/${first!.id}/reverse`, { reason: 'Nie tej osobie' })));
    expect(attempts.map((one) => one.status).sort()).toEqual([200, 409, 409, 409]);
    expect(await anna!.state()).toMatchObject({ available: 300, lots: [[100, '2026-12-31'], [100, '2027-06-30'], [100, null]] });
    expect(await bogdan!.state()).toMatchObject({ available: 300 });
    expect((await anna!.history()).slice(0, 2)).toMatchObject([{ kind: 'reverse', points: 50, reason: 'Cofnięte przekazanie punktów: Nie tej osobie' }, { points: 100 }]);
    await anna!.move({ card: bogdan!.card }, 100);
    await shop.api.adjustPoints({ params: { ...params, member: bogdan!.member.id }, body: { points: -350, reason: 'Wydane' } });
    const [gift] = await anna!.history();
    expect(await shop.call('POST', `/transfers/${gift!.id}/reverse`, { reason: 'x' })).toMatchObject({ status: 409, body: { code: 'transfer_not_reversible' } });
  });

  it('many devices move one balance in a circle: nothing is lost, doubled or below zero', async () => {
    const { shop, people } = await shopOf(4, { minPoints: 1, dayPoints: 100_000, dayTimes: 100 }, 90);
    const answers = await Promise.all(Array.from({ length: 60 }, (_, at) => shop.call('POST', `/members/${people[at % 4]!.member.id}/transfers`, { to: { card: people[(at + 1 + (at >> 2) % 3) % 4]!.card }, points: 20 + (at % 5) * 10 })));
    for (const { status, body } of answers) if (status !== 200) expect(body.code).toBe('points_not_enough');
    expect(answers.filter((one) => one.status === 200).length).toBeGreaterThan(10);
    const states = await Promise.all(people.map((one) => one.state()));
    expect(states.reduce((sum, one) => sum + one.available, 0)).toBe(4 * 90);
    expect(states.every((one) => one.available === one.lots.reduce((sum, [left]) => sum + Number(left), 0))).toBe(true);
  }, 60_000);

  it('by staff: a limit of theirs holds, and points repay what the receiver owes first', async () => {
    const { shop, params, people: [anna, bogdan] } = await shopOf(2);
    const sale = { source: 'kasa', kind: 'sale' as const, occurredAt: '2026-03-05T11:00:00Z', totalMinor: 100_000, member: { id: bogdan!.member.id } };
    await shop.api.recordTransaction({ params, body: { ...sale, externalId: 'S' } });
    const { available } = await bogdan!.state();
    await shop.api.adjustPoints({ params: { ...params, member: bogdan!.member.id }, body: { points: -available, reason: 'Wydane' } });
    await shop.api.recordTransaction({ params, body: { ...sale, externalId: 'R', kind: 'return', of: { source: 'kasa', externalId: 'S' } } });
    const { debt } = await bogdan!.state();
    expect(debt).toBeGreaterThan(0);
    await shop.api.moveMemberPoints({ params: { ...params, member: anna!.member.id }, body: { to: { phone: '601 234 561' }, points: 150 } });
    expect(await bogdan!.state()).toMatchObject({ debt: Math.max(0, debt - 150), available: Math.max(0, 150 - debt) });
  });
});
