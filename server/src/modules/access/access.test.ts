import { permissionNames, rolePermissions } from '@wracam/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ctx } from '../../platform/deps.ts';
import { tablesThatShow } from '../../testing/database-text.ts';
import { testDeps, type TestDeps } from '../../testing/deps.ts';
import { addApiKey, createApiKey, listApiKeys, revokeApiKey } from './api-keys.ts';
import { listAudit } from './audit.ts';
import { makeGate } from './gate.ts';
import { endSession, openSession } from './sessions.ts';
import { confirmStaffCode, getMe, requestStaffCode, signInByLink } from './sign-in.ts';
import { addStaff, changeStaff, createStaff, findStaffForLink, issueSignInLink, listStaff } from './staff.ts';
import { listMessages } from '../messages/actions.ts';

let t: TestDeps;
beforeAll(async () => { t = await testDeps(); });
afterAll(() => t.close());

const HERE = '127.0.0.1';
const codeOf = (error: { code?: string }) => error.code;
const ctxOf = (programId: number, staffId: number, idempotencyKey?: string): Ctx => ({
  programId, actor: { kind: 'staff', id: staffId }, permissions: new Set(permissionNames), language: 'pl', requestId: 'test', adjustLimit: null, adjustDayLimit: null, memberId: null,
  idempotency: idempotencyKey ? { scope: Buffer.alloc(16), key: idempotencyKey, bodyHash: Buffer.alloc(32) } : null,
});
/** A gate whose second passes when the test says so. */
function steppingGate() {
  let now = 0;
  return { gate: makeGate(t.deps, () => now), second: () => { now += 1_000; } };
}
async function withOwner() {
  const program = await t.program();
  const ownerId = await createStaff(t.deps, program.id, { name: 'Ola Właścicielka', email: `ola@${program.code}.pl`, role: 'owner' });
  return { program, ownerId, ctx: ctxOf(program.id, ownerId), email: `ola@${program.code}.pl` };
}
const tokenIn = (url: string) => new URL(url).hash.slice('#token='.length);

describe('sign-in of staff', () => {
  it('a link opens one session, also when it is used twice at once', async () => {
    const { ownerId } = await withOwner();
    const url = await issueSignInLink(t.deps, ownerId);
    expect(url).toMatch(/^https:\/\/punkty\.example\.pl\/panel\/sign-in#token=[\w-]{54}$/);
    const results = await Promise.all(Array.from({ length: 10 }, () => signInByLink(t.deps, tokenIn(url), null).then(({ staffId }) => staffId, codeOf)));
    expect(results.filter((one) => one === ownerId)).toHaveLength(1);
    expect(results.filter((one) => one === 'link_used')).toHaveLength(9);
  });

  it('whoever lost the way in gets a new link: the owner, or the person of an address, and nobody whose access has ended', async () => {
    const { program, ctx, ownerId, email } = await withOwner();
    const cashier = await addStaff(t.deps, ctx, { name: 'Kasia', email: `kasia@${program.code}.pl`, role: 'cashier' });
    expect(await findStaffForLink(t.deps, program.id)).toEqual({ staffId: ownerId, email });
    expect(await findStaffForLink(t.deps, program.id, ` KASIA@${program.code}.pl`)).toEqual({ staffId: cashier.id, email: `kasia@${program.code}.pl` });
    const { staffId } = (await findStaffForLink(t.deps, program.id, `kasia@${program.code}.pl`))!;
    expect(await signInByLink(t.deps, tokenIn(await issueSignInLink(t.deps, staffId)), null)).toMatchObject({ staffId: cashier.id });
    await changeStaff(t.deps, ctx, cashier.id, { active: false });
    expect(await findStaffForLink(t.deps, program.id, `kasia@${program.code}.pl`)).toBeNull();
    const elsewhere = await withOwner();
    expect(await findStaffForLink(t.deps, elsewhere.program.id, email)).toBeNull();
  });

  it('a link is dead after a day, and one with a changed letter was never alive', async () => {
    const { ownerId } = await withOwner();
    const token = tokenIn(await issueSignInLink(t.deps, ownerId));
    expect(await signInByLink(t.deps, token.slice(0, -2) + (token.endsWith('AA') ? 'BB' : 'AA'), null).catch(codeOf)).toBe('link_used');
    expect(await signInByLink(t.deps, 'x'.repeat(54), null).catch(codeOf)).toBe('link_used');
    await t.ask(`update one_time_code set expires_at = expires_at - interval '24 hours'`);
    expect(await signInByLink(t.deps, token, null).catch(codeOf)).toBe('link_used');
  });

  it('a code from the mail opens a session; an unknown address gets the same answer and no message', async () => {
    const { program, ctx, ownerId, email } = await withOwner();
    const known = await requestStaffCode(t.deps, { email: email.toUpperCase(), from: HERE }, 'pl');
    const unknown = await requestStaffCode(t.deps, { email: `nikt@${program.code}.pl`, from: HERE }, 'pl');
    expect(unknown).toEqual(known);
    const { items } = await listMessages(t.deps, ctx, { limit: 10 });
    expect(items.map(({ to, state }) => ({ to, state }))).toEqual([{ to: email, state: 'kept' }]);
    const code = /\d{6}/.exec(items[0]!.body)![0];
    expect((await confirmStaffCode(t.deps, { email, code, from: HERE }, null)).staffId).toBe(ownerId);
    expect(await confirmStaffCode(t.deps, { email: `nikt@${program.code}.pl`, code, from: HERE }, null).catch(codeOf)).toBe('code_wrong');
  });

  it('a kept staff code is shown only to those who manage access', async () => {
    const { ctx, email } = await withOwner();
    await requestStaffCode(t.deps, { email, from: HERE }, 'pl');
    const [shown] = (await listMessages(t.deps, { ...ctx, permissions: new Set(rolePermissions.manager) }, { limit: 1 })).items;
    expect(shown?.body).toContain('••••••');
    expect(`${shown?.subject}${shown?.body}`).not.toMatch(/\d{6}/);
  });

  it('a kept code of somebody who works in several programs is shown in none: whoever manages one would be let into the others', async () => {
    const [here, elsewhere] = [await withOwner(), await withOwner()];
    await createStaff(t.deps, elsewhere.program.id, { name: 'Ta sama osoba', email: here.email, role: 'owner' });
    await requestStaffCode(t.deps, { email: here.email, from: HERE }, 'pl');
    const [shown] = (await listMessages(t.deps, here.ctx, { limit: 1 })).items;
    expect(shown).toMatchObject({ to: here.email, state: 'kept' });
    expect(`${shown?.subject}${shown?.body}`).not.toMatch(/\d{6}/);
  });

  it('a session ends after twelve idle hours, after seven days in any case, and at sign-out', async () => {
    const { program, ownerId } = await withOwner();
    const { gate, second } = steppingGate();
    const { token, days } = await openSession(t.deps, 'staff', { staffId: ownerId }, null);
    const alive = () => { second(); return gate.staff(token, program.id); };
    expect(days).toBe(7);
    expect(await alive()).toMatchObject({ actor: { kind: 'staff', id: ownerId } });
    await t.ask(`update session set seen_at = seen_at - interval '12 hours'`);
    expect(await alive()).toBeNull();
    await t.ask(`update session set seen_at = clock_timestamp() - interval '11 hours'`);
    expect(await alive()).not.toBeNull();
    await t.ask(`update session set expires_at = expires_at - interval '7 days'`);
    expect(await alive()).toBeNull();
    await t.ask(`update session set expires_at = expires_at + interval '7 days'`);
    await endSession(t.deps, token);
    expect(await alive()).toBeNull();
  });

  it('signing in makes a new token and ends the session that the browser came with', async () => {
    const { ownerId } = await withOwner();
    const planted = await openSession(t.deps, 'staff', { staffId: ownerId }, null);
    const { session } = await signInByLink(t.deps, tokenIn(await issueSignInLink(t.deps, ownerId)), planted.token);
    const { gate } = steppingGate();
    expect(session.token).not.toBe(planted.token);
    expect(await gate.staff(planted.token, null)).toBeNull();
    expect(await gate.staff(session.token, null)).not.toBeNull();
  });
});

describe('roles', () => {
  it('a role counts in its program only; a changed or lost one counts within a second', async () => {
    const { program, ctx } = await withOwner();
    const elsewhere = await withOwner();
    const cashier = await addStaff(t.deps, ctx, { name: 'Jan', email: 'jan@example.pl', role: 'cashier', adjustLimit: 50 });
    const { token } = await openSession(t.deps, 'staff', { staffId: cashier.id }, null);
    const { gate, second } = steppingGate();
    expect(await gate.staff(token, program.id)).toMatchObject({ permissions: new Set(rolePermissions.cashier), adjustLimit: 50 });
    expect(await gate.staff(token, elsewhere.program.id)).toBeNull();
    await changeStaff(t.deps, ctx, cashier.id, { role: 'manager', adjustLimit: null });
    second();
    expect(await gate.staff(token, program.id)).toMatchObject({ permissions: new Set(rolePermissions.manager), adjustLimit: null });
    await changeStaff(t.deps, ctx, cashier.id, { active: false });
    second();
    expect(await gate.staff(token, program.id)).toBeNull();
    expect((await getMe(t.deps, cashier.id)).programs).toEqual([]);
  });

  it('what one program calls a person is not shown to another', async () => {
    const [here, there] = [await withOwner(), await withOwner()];
    await addStaff(t.deps, here.ctx, { name: 'Ewa Kowalska', email: 'ewa@example.pl', role: 'cashier' });
    await addStaff(t.deps, there.ctx, { name: 'E. K.', email: 'EWA@example.pl', role: 'owner' });
    const names = async (programId: number) => (await listStaff(t.deps, programId)).map(({ name }) => name);
    expect(await names(here.program.id)).toEqual(['Ola Właścicielka', 'Ewa Kowalska']);
    expect(await names(there.program.id)).toEqual(['Ola Właścicielka', 'E. K.']);
  });

  it('409 staff_exists for a person with access, and 404 for a person of another program', async () => {
    const [here, there] = [await withOwner(), await withOwner()];
    expect(await addStaff(t.deps, here.ctx, { name: 'X', email: here.email, role: 'cashier' }).catch(codeOf)).toBe('staff_exists');
    expect(await changeStaff(t.deps, here.ctx, there.ownerId, { role: 'cashier' }).catch(codeOf)).toBe('not_found');
  });

  it('two owners who take each other\'s role away at the same moment: one stays, in every round', async () => {
    const { program, ctx, ownerId } = await withOwner();
    const second = await addStaff(t.deps, ctx, { name: 'Drugi', email: `drugi@${program.code}.pl`, role: 'owner' });
    for (let round = 0; round < 20; round += 1) {
      const results = await Promise.all([ownerId, second.id].map((id, at) => changeStaff(t.deps, ctx, id, at === 0 ? { role: 'manager' } : { active: false }).then(() => 'changed', codeOf)));
      expect(results.toSorted()).toEqual(['changed', 'last_owner']);
      await t.ask(`update staff_role set role = 'owner', active = true where program_id = $1`, [program.id]);
    }
  });
});

describe('API keys', () => {
  it('the secret opens its program with its scopes, is in no table, and its beginning tells live from test', async () => {
    const live = await t.program();
    const test = await t.program({ test: true });
    const made = await createApiKey(t.deps, live.id, { name: 'Kasa', scopes: ['transactions.write', 'transactions.write'] });
    expect(made.secret).toMatch(/^wk_live_[0-9a-hjkmnp-tv-z]{32}$/);
    expect((await createApiKey(t.deps, test.id, { name: 'Kasa', scopes: ['members.read'] })).secret).toMatch(/^wk_test_/);
    expect(made.apiKey).toMatchObject({ hint: made.secret.slice(-4), scopes: ['transactions.write'] });
    const { gate } = steppingGate();
    expect(await gate.key(made.secret)).toMatchObject({ programId: live.id, actor: { kind: 'key', id: made.apiKey.id }, permissions: new Set(['transactions.write']) });
    expect(await gate.key(made.secret.replace(/.$/, (last) => (last === '0' ? '1' : '0')))).toBeNull();
    expect(await tablesThatShow(t.database.adminUrl, [made.secret])).toEqual([]);
  });

  it('a revoked key stops within a second', async () => {
    const { ctx, program } = await withOwner();
    const { secret, apiKey } = await createApiKey(t.deps, program.id, { name: 'Kasa', scopes: ['members.read'] });
    const { gate, second } = steppingGate();
    expect(await gate.key(secret)).not.toBeNull();
    expect((await revokeApiKey(t.deps, ctx, apiKey.id)).revokedAt).not.toBeNull();
    second();
    expect(await gate.key(secret)).toBeNull();
    expect((await listApiKeys(t.deps, program.id))[0]?.lastUsedAt).not.toBeNull();
  });

  it('a repeated request makes no second key, and nothing that is stored for repeats gives the secret away', async () => {
    const { program, ownerId } = await withOwner();
    const ctx = ctxOf(program.id, ownerId, 'once');
    const { secret } = await addApiKey(t.deps, ctx, { name: 'Kasa', scopes: ['members.read'] });
    expect(await addApiKey(t.deps, ctx, { name: 'Kasa', scopes: ['members.read'] }).catch(codeOf)).toBe('secret_shown_once');
    expect(await listApiKeys(t.deps, program.id)).toHaveLength(1);
    const keys = await t.deps.keyring.forProgram(program.id);
    const rows = await t.ask<{ answer: Buffer }>('select answer from idempotency_key where program_id = $1', [program.id]);
    expect(rows.map(({ answer }) => JSON.stringify(keys.open('idempotency_key|answer', answer))).filter((one) => one.includes(secret))).toEqual([]);
    expect(rows).toHaveLength(1);
  });

  it('404 for a key of another program, and it goes on working', async () => {
    const [here, there] = [await withOwner(), await withOwner()];
    const { secret, apiKey } = await createApiKey(t.deps, there.program.id, { name: 'Kasa', scopes: ['members.read'] });
    expect(await revokeApiKey(t.deps, here.ctx, apiKey.id).catch(codeOf)).toBe('not_found');
    expect(await steppingGate().gate.key(secret)).not.toBeNull();
  });
});

describe('audit trail', () => {
  it('every change of access stands in it once, newest first, with the name of who did it and no personal data in the table', async () => {
    const { ctx, program } = await withOwner();
    const added = await addStaff(t.deps, ctx, { name: 'Kanarek Żółty', email: 'kanarek@example.pl', role: 'cashier' });
    await changeStaff(t.deps, ctx, added.id, { role: 'consultant', name: 'Kanarek Zielony' });
    const { apiKey } = await addApiKey(t.deps, ctx, { name: 'Kasa', scopes: ['members.read'] });
    await revokeApiKey(t.deps, ctx, apiKey.id);
    await revokeApiKey(t.deps, ctx, apiKey.id);
    await changeStaff(t.deps, ctx, ctx.actor.id!, { role: 'cashier' }).catch(codeOf);
    const first = await listAudit(t.deps, ctx, { limit: 2 });
    const rest = await listAudit(t.deps, ctx, { limit: 3, cursor: first.next! });
    expect([...first.items, ...rest.items].map(({ action }) => action)).toEqual(['api_key.revoked', 'api_key.created', 'staff.changed', 'staff.added', 'staff.added']);
    expect(rest.items.at(-1)).toMatchObject({ actor: 'System', details: { role: 'owner' } });
    expect(rest.next).toBeNull();
    expect(first.items[0]).toMatchObject({ actor: 'Ola Właścicielka', subject: t.deps.publicIds.encode('key', apiKey.id) });
    expect(await tablesThatShow(t.database.adminUrl, ['kanarek', 'Właścicielka', `ola@${program.code}`])).toEqual([]);
    expect(await listAudit(t.deps, ctx, { limit: 2, cursor: 'bm90aGluZw' }).catch(codeOf)).toBe('invalid_request');
  });
});
