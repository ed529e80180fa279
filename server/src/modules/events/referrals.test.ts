import type { RuleDefinition } from '@wracam/engine/rules';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jobHandlers } from '../../app.ts';
import { testApp, type TestApp, type TestProgram } from '../../testing/app.ts';
import { openSession } from '../access/index.ts';

const rule = (type: string, points: number): RuleDefinition => ({
  name: type, wallet: 'punkty', trigger: { kind: 'event', type }, when: null, lines: null, effect: { kind: 'fixed', points }, schedule: { from: null, until: null }, priority: 100, exclusiveGroup: null,
  caps: { perTransaction: null, perMemberDay: null, perProgram: null }, expiry: { kind: 'never' }, pendingDays: null,
});

let app: TestApp;
let shop: TestProgram;
beforeAll(async () => {
  app = await testApp();
  shop = await app.program({ rules: [rule('referral', 100), rule('referred', 40)], test: true, startsAt: Date.parse('2026-03-01T10:00:00Z') });
});
afterAll(() => app.close());

let count = 0;
const params = () => ({ program: shop.code });
const join = (more: Record<string, unknown> = {}) => shop.api.createMember({ params: params(), body: { firstName: 'Ola', card: `REF-${count += 1}`, termsVersion: 1, ...more } });
const codeOf = (member: { id: string }) => member.id.slice(4);
const send = (kind: 'sale' | 'return', member: { id: string }, day: string, totalMinor: number, of?: string) => shop.call('POST', '/transactions', {
  source: 'till', externalId: of === undefined ? `S-${count += 1}` : `R-${count += 1}`, kind, occurredAt: `2026-03-${day}T09:00:00Z`, totalMinor, member: { id: member.id }, ...(of === undefined ? {} : { of: { source: 'till', externalId: of } }),
});
const externalId = (answer: Awaited<ReturnType<typeof send>>) => (answer.body as unknown as { transaction: { externalId: string } }).transaction.externalId;
const work = (kind: string, ref: number) => jobHandlers[kind]!.run(app.deps, { programId: shop.id, kind, ref, dueAt: 0, now: 0 });
/** A friend who joined by somebody's invitation, with the work that follows joining. */
async function friendOf(inviter: { id: string }) {
  const friend = await join({ invitation: codeOf(inviter) });
  await work('members.joined', app.deps.publicIds.decode('mem', friend.id)!);
  return friend;
}
const morning = (day: string) => work('events.day', Date.parse(`2026-${day}`) / 86_400_000);
const balance = async (member: { id: string }) => (await shop.api.getBalances({ params: { ...params(), member: member.id } })).balances[0]!.available;

describe('inviting a friend', () => {
  it('rewards both, once, on the morning after the window of the first sale, whatever runs again', async () => {
    const anna = await join();
    const friend = await friendOf(anna);
    await morning('03-02');
    await send('sale', friend, '01', 50_00);
    await morning('03-15');
    expect([await balance(anna), await balance(friend)]).toEqual([0, 0]);
    await Promise.all([morning('03-16'), morning('03-16'), morning('03-16')]);
    await morning('03-17');
    expect([await balance(anna), await balance(friend)]).toEqual([100, 40]);
    expect((await shop.api.listHistory({ params: { ...params(), member: anna.id } })).items[0]!.reason).toBe('Za polecenie znajomego');
    expect((await shop.api.listHistory({ params: { ...params(), member: friend.id } })).items[0]!.reason).toBe('Za dołączenie z polecenia');
    expect(await shop.api.getMember({ params: { ...params(), member: anna.id } })).toMatchObject({ salesCount: 0 });
  });

  it('rewards each of two friends’ inviters for each friend', async () => {
    const anna = await join();
    for (const friend of [await friendOf(anna), await friendOf(anna)]) await send('sale', friend, '01', 10_00);
    await morning('03-18');
    expect(await balance(anna)).toBe(200);
  });

  it('gives nothing when the first sale went back in full, and is over then', async () => {
    const anna = await join();
    const friend = await friendOf(anna);
    const sold = await send('sale', friend, '01', 50_00);
    await send('return', friend, '01', 50_00, externalId(sold));
    await morning('03-05');
    await send('sale', friend, '01', 80_00);
    await morning('03-30');
    expect([await balance(anna), await balance(friend)]).toEqual([0, 0]);
  });

  it('counts what was kept of a sale that went back in part', async () => {
    const anna = await join();
    const friend = await friendOf(anna);
    const sold = await send('sale', friend, '01', 50_00);
    await send('return', friend, '01', 20_00, externalId(sold));
    await morning('03-20');
    const { items } = await shop.api.listTransactions({ params: params(), query: { member: anna.id } as never });
    expect(items).toMatchObject([{ event: 'referral', totalMinor: 30_00, points: 100 }]);
  });

  it('by oneself is not possible: an own code, a made-up one and one of a member who left bring nobody', async () => {
    const anna = await join();
    const gone = await join();
    await shop.api.closeMember({ params: { ...params(), member: gone.id }, body: { reason: 'Prośba' } });
    for (const invitation of [codeOf(gone), '0000000000']) {
      const friend = await join({ invitation });
      await work('members.joined', app.deps.publicIds.decode('mem', friend.id)!);
      await send('sale', friend, '01', 10_00);
    }
    await morning('03-25');
    expect(await app.ask('select 1 from referral where program_id = $1 and referrer_id = any($2)', [shop.id, [gone, anna].map((one) => app.deps.publicIds.decode('mem', one.id))])).toEqual([]);
    expect(await shop.call('POST', '/members', { firstName: 'X', card: 'REF-X', termsVersion: 1, invitation: 'UPPER' })).toMatchObject({ status: 400 });
    // The same person again, by phone or e-mail, is no new member at all.
    const owner = await join({ phone: '601 900 100' });
    expect(await shop.call('POST', '/members', { firstName: 'X', phone: '+48601900100', termsVersion: 1, invitation: codeOf(owner) })).toMatchObject({ status: 409, body: { code: 'identifier_taken' } });
  });

  it('has a window that the organiser sets, and figures', async () => {
    const before = await shop.api.getReferralSettings({ params: params() });
    const anna = await join();
    const friend = await friendOf(anna);
    await send('sale', friend, '01', 10_00);
    expect(await shop.api.changeReferralSettings({ params: params(), body: { windowDays: 0 } })).toEqual({ ...before, windowDays: 0, waiting: before.waiting + 1 });
    await morning('03-02');
    expect([await balance(anna), await balance(friend)]).toEqual([100, 40]);
    expect((await shop.api.getReferralSettings({ params: params() })).done).toBe(before.done + 1);
    const token = (await openSession(app.deps, 'member', { programId: shop.id, memberId: app.deps.publicIds.decode('mem', anna.id)! }, null)).token;
    expect(await shop.call('GET', '/me/ways', undefined, { cookie: `wracam_member=${token}`, authorization: '' })).toMatchObject({ status: 200, body: { invitation: { code: codeOf(anna), waiting: 0, done: 1, stopped: 0 } } });
  });
});
