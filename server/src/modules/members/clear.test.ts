import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp, type TestApp, type TestProgram } from '../../testing/app.ts';
import { createStaff, openSession } from '../access/index.ts';
import { auditProgram } from '../ledger/index.ts';

let app: TestApp;
let shop: TestProgram;
let count = 0;
beforeAll(async () => {
  app = await testApp();
  shop = await app.program();
});
afterAll(() => app.close());

const TAMPERED = ['the chain breaks at transfer 1', 'the head of the chain differs from the account'];
const params = () => ({ program: shop.code });
async function memberWithPoints(email?: string) {
  const { id } = await shop.api.createMember({ params: params(), body: { card: `C-${count += 1}`, termsVersion: 1, ...(email ? { email } : {}) } });
  await shop.api.adjustPoints({ params: { ...params(), member: id }, body: { points: 500, reason: 'Na start' } });
  return { id, row: app.deps.publicIds.decode('mem', id)! };
}
/** Somebody with the owner's rights moves a booked instant: the chain no longer proves it. */
const tamper = (row: number, seq: number) => app.ask(`alter table transfer disable trigger user; update transfer set booked_at = booked_at + interval '1 second' where member_id = ${row} and seq = ${seq}; alter table transfer enable trigger user`);
async function spendingOf(id: string) {
  const reward = (await shop.api.createReward({ params: params(), body: { name: 'Kawa', pricePoints: 10 } })).id;
  const answers = [
    await shop.call('POST', `/members/${id}/holds`, { points: 10 }),
    await shop.call('POST', '/orders', { member: { id }, lines: [{ reward, quantity: 1 }] }),
    await shop.call('POST', '/transactions', { source: 'till', externalId: `P-${count += 1}`, kind: 'sale', occurredAt: new Date().toISOString(), member: { id }, totalMinor: 1000, payments: [{ kind: 'points', amountMinor: 100, points: 10 }] }),
  ];
  return answers.map(({ status, body }) => (status === 200 ? 'done' : body.code));
}
const clear = (id: string, reason = 'Sprawdzone z kopią') => shop.call('POST', `/members/${id}/clear`, { reason });

describe('a member whom the auditor stopped', () => {
  it('spends nothing until somebody clears it with a reason; then everything again, and the figures are as they were', async () => {
    const { id, row } = await memberWithPoints();
    await tamper(row, 1);
    await auditProgram(app.deps, shop.id);
    expect(await spendingOf(id)).toEqual(['account_suspended', 'account_suspended', 'account_suspended']);
    const stopped = await shop.api.getMember({ params: { ...params(), member: id } });
    expect(stopped.suspension).toMatchObject({ found: TAMPERED });
    const cleared = await clear(id);
    expect(cleared).toMatchObject({ status: 200, body: { id, suspension: null, balances: [{ available: 500, held: 0 }] } });
    expect(await spendingOf(id)).toEqual(['done', 'done', 'done']);
    const trail = await app.ask<{ action: string; actor_kind: string; details: Record<string, unknown> }>(`select action, actor_kind, details from audit_entry where program_id = $1 and subject = $2 and action in ('member.suspended', 'member.cleared') order by id`, [shop.id, id]);
    expect(trail).toEqual([
      { action: 'member.suspended', actor_kind: 'system', details: { found: TAMPERED } },
      { action: 'member.cleared', actor_kind: 'key', details: { reason: 'Sprawdzone z kopią', found: TAMPERED } },
    ]);
  });

  it('is not stopped again for what was explained, and is for anything else', async () => {
    const { id, row } = await memberWithPoints();
    await shop.api.adjustPoints({ params: { ...params(), member: id }, body: { points: 1, reason: 'Drugi wpis' } });
    await tamper(row, 2);
    await auditProgram(app.deps, shop.id);
    await clear(id);
    await auditProgram(app.deps, shop.id);
    expect((await shop.api.getMember({ params: { ...params(), member: id } })).suspension).toBeNull();
    await tamper(row, 1);
    await auditProgram(app.deps, shop.id);
    expect((await shop.api.getMember({ params: { ...params(), member: id } })).suspension).toMatchObject({ found: TAMPERED });
  });

  it('is cleared by ten at the same moment once, and clearing a member who was never stopped changes nothing', async () => {
    const { id, row } = await memberWithPoints();
    await tamper(row, 1);
    await auditProgram(app.deps, shop.id);
    expect(new Set((await Promise.all(Array.from({ length: 10 }, () => clear(id)))).map(({ status }) => status))).toEqual(new Set([200]));
    const other = await memberWithPoints();
    await clear(other.id);
    const entries = await app.ask(`select subject from audit_entry where program_id = $1 and action = 'member.cleared' and subject = any($2)`, [shop.id, [id, other.id]]);
    expect(entries).toEqual([{ subject: id }]);
  });

  it('403 adjust_own_account: not by the person whose account it is', async () => {
    const email = `kierownik${count += 1}@example.pl`;
    const { id, row } = await memberWithPoints(email);
    const staffId = await createStaff(app.deps, shop.id, { name: 'Kierownik', email, role: 'manager' });
    const cookie = `wracam_staff=${(await openSession(app.deps, 'staff', { staffId }, null)).token}`;
    await tamper(row, 1);
    await auditProgram(app.deps, shop.id);
    const answer = await app.server.inject({ method: 'POST', url: `/api/v1/programs/${shop.code}/members/${id}/clear`, headers: { cookie, origin: 'http://localhost:3000', 'content-type': 'application/json' }, payload: '{"reason":"Moje konto"}' });
    expect([answer.statusCode, JSON.parse(answer.body).code]).toEqual([403, 'adjust_own_account']);
    expect(await app.ask('select suspended from member_ledger where member_id = $1', [row])).toEqual([{ suspended: true }]);
  });

  it('sees that spending is stopped, not what the books say', async () => {
    const { id, row } = await memberWithPoints();
    await tamper(row, 1);
    await auditProgram(app.deps, shop.id);
    const cookie = `wracam_member=${(await openSession(app.deps, 'member', { programId: shop.id, memberId: row }, null)).token}`;
    const answer = await app.server.inject({ method: 'GET', url: `/api/v1/programs/${shop.code}/me`, headers: { cookie } });
    expect(JSON.parse(answer.body)).toMatchObject({ id, suspension: { found: [] } });
  });
});
