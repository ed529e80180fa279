import type { Role } from '@wracam/contract';
import type { Member } from '@wracam/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseHash } from '../contract-tests/database-hash.ts';
import { createStaff, openSession } from '../modules/access/index.ts';
import { testApp, type TestApp } from '../testing/app.ts';
import { nextName, openTill, type Till } from '../testing/till.ts';

let app: TestApp;
let till: Till;
beforeAll(async () => {
  app = await testApp();
  till = await openTill(app);
  const { name, forms, pendingDays, debtLimit, revision, expiry } = (await till.api.listWallets({ params: till.params })).items[0]!;
  await till.api.changeWallet({ params: { ...till.params, wallet: 'punkty' }, body: { revision, name, forms, pendingDays, debtLimit, expiry, transfers: { minPoints: 1, dayPoints: 1000, dayTimes: 100 } } });
});
afterAll(() => app.close());

/** Somebody who works here and collects points here, too. */
async function insider(role: Role) {
  const email = `${nextName('osoba')}@example.pl`;
  const id = await createStaff(app.deps, till.shop.id, { name: 'Ewa', email, role });
  const own: Member = await till.api.createMember({ params: till.params, body: { firstName: 'Ewa', email, card: nextName('EWA'), termsVersion: 1 } });
  const headers = { authorization: '', origin: 'http://localhost:3000', cookie: `wracam_staff=${(await openSession(app.deps, 'staff', { staffId: id }, null)).token}` };
  return { own, as: (path: string, body: unknown) => till.call('POST', path, body, headers) };
}
const refused = { status: 403, body: { code: 'adjust_own_account' } };

describe('whoever works here gives nothing to the own account', () => {
  it.each(['owner', 'consultant'] as const)('not as %s: no points by hand, no gift of a member, no reversal, no event, no claimed receipt, and nothing has changed', async (role) => {
    const { own, as } = await insider(role);
    const victim = await till.member();
    await till.give(victim, 100);
    await till.give(own, 100);
    const taken = (await till.api.adjustPoints({ params: { ...till.params, member: own.id }, body: { points: -40, reason: 'Pomyłka' } })).transfer;
    const receipt = await till.sell(null, 10_000);
    const gift = (await till.api.moveMemberPoints({ params: { ...till.params, member: own.id }, body: { to: { number: victim.number }, points: 10 } }));
    const given = (await till.history(own)).find((one) => one.kind === 'move')!;
    expect(gift.points).toBe(10);
    const before = await databaseHash(app, ['session']);
    expect(await as(`/members/${own.id}/adjustments`, { points: 5, reason: 'Gratis' })).toMatchObject(refused);
    expect(await as(`/members/${victim.id}/transfers`, { to: { number: own.number }, points: 50 })).toMatchObject(refused);
    expect(await as(`/members/${own.id}/transfers`, { to: { number: victim.number }, points: 50 })).toMatchObject(refused);
    expect(await as(`/transfers/${taken.id}/reverse`, { reason: 'Jednak nie' })).toMatchObject(refused);
    expect(await as(`/transfers/${given.id}/reverse`, { reason: 'Jednak nie' })).toMatchObject(refused);
    expect(await as('/events', { source: 'panel', externalId: nextName('A'), type: 'survey', occurredAt: await till.now(), member: { email: (await till.api.getMember({ params: { ...till.params, member: own.id } })).email }, fields: { name: 'Kawa' } })).toMatchObject(refused);
    expect(await as(`/transactions/${receipt.transaction.id}/claim`, { member: { number: own.number } })).toMatchObject(refused);
    expect(await databaseHash(app, ['session'])).toEqual(before);
  });

  it('nor a level by hand', async () => {
    const { own, as } = await insider('consultant');
    expect(await as(`/members/${own.id}/tier/grant`, { level: 'zloty', reason: 'Przeprosiny' })).toMatchObject(refused);
    expect(await as(`/members/${own.id}/tier/revoke`, { reason: 'Pomyłka' })).toMatchObject(refused);
  });

  it('and for others everything goes on', async () => {
    const { as } = await insider('consultant');
    const [anna, jan] = [await till.member(), await till.member()];
    const adjusted = (await as(`/members/${anna.id}/adjustments`, { points: 50, reason: 'Gratis' })).body as unknown as { transfer: { id: string } };
    expect((await as(`/members/${anna.id}/transfers`, { to: { number: jan.number }, points: 10 })).status).toBe(200);
    expect((await as(`/transactions/${(await till.sell(null, 2000)).transaction.id}/claim`, { member: { number: jan.number } })).status).toBe(200);
    expect((await as(`/transfers/${(await till.give(jan, 5)).id}/reverse`, { reason: 'Pomyłka' })).status).toBe(200);
    expect(adjusted.transfer.id).toMatch(/^trf_/);
    expect([await till.available(anna), await till.available(jan)]).toEqual([40, 30]);
  });
});
