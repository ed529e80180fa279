import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp, type TestApp, type TestProgram } from '../../testing/app.ts';
import { openSession } from '../access/index.ts';

const ORIGIN = 'http://localhost:3000';
let app: TestApp;
let shop: TestProgram;
let count = 0;
beforeAll(async () => {
  app = await testApp();
  shop = await app.program();
});
afterAll(() => app.close());

async function member() {
  const email = `anna${count += 1}@example.pl`;
  const { id } = await shop.api.createMember({ params: { program: shop.code }, body: { firstName: 'Anna', email, phone: `60155${1000 + count}`, termsVersion: 1 } });
  const cookie = `wracam_member=${(await openSession(app.deps, 'member', { programId: shop.id, memberId: app.deps.publicIds.decode('mem', id)! }, null)).token}`;
  const send = async (method: 'GET' | 'POST' | 'PATCH', path: string, body?: unknown) => {
    const answer = await app.server.inject({ method, url: `/api/v1/programs/${shop.code}/me${path}`, headers: { cookie, origin: ORIGIN, 'content-type': 'application/json' }, ...(body === undefined ? {} : { payload: JSON.stringify(body) }) });
    return { status: answer.statusCode, body: JSON.parse(answer.body) as Record<string, unknown>, headers: answer.headers };
  };
  return { id, email, send };
}
const sentTo = async (to: string) => (await shop.api.listMessages({ params: { program: shop.code }, query: { limit: 100 } })).items.filter((one) => one.to === to);
const codeTo = async (to: string) => /\d{6}/.exec((await sentTo(to))[0]!.body)![0];
const audited = (id: string) => app.ask<{ action: string; actor: string }>(`select action, actor_kind as actor from audit_entry where program_id = $1 and subject = $2 and actor_kind = 'member' order by id`, [shop.id, id]);

describe('the own profile', () => {
  it('200: name, phone, birth date and language are changed by the member, found by the new phone, and the trail says who', async () => {
    const { id, send } = await member();
    const changed = await send('PATCH', '', { firstName: 'Hanna', lastName: 'Nowa', phone: '+48 602 111 222', birthDate: '1990-02-28', language: 'en' });
    expect(changed).toMatchObject({ status: 200, body: { id, firstName: 'Hanna', lastName: 'Nowa', phone: '+48602111222', birthDate: '1990-02-28', language: 'en' } });
    expect((await shop.api.lookupMember({ params: { program: shop.code }, body: { phone: '602111222' } })).id).toBe(id);
    expect(await audited(id)).toEqual([{ action: 'member.changed', actor: 'member' }]);
  });

  it('400: what signs in, what the shop keeps and what is nobody’s to set is no field here', async () => {
    const { id, send } = await member();
    for (const body of [{ email: 'x@example.pl' }, { attributes: { vip: true } }, { externalId: 'X' }, { number: '1' }, { state: 'active' }, { firstName: null }, { birthDate: '2999-01-01' }]) {
      expect((await send('PATCH', '', body)).status).toBe(400);
    }
    expect(await audited(id)).toEqual([]);
  });

  it('409 identifier_taken: the phone of another member stays with that member', async () => {
    const [anna, jan] = [await member(), await member()];
    expect((await anna.send('PATCH', '', { phone: '602 333 444' })).status).toBe(200);
    expect(await jan.send('PATCH', '', { phone: '+48602333444' })).toMatchObject({ status: 409, body: { code: 'identifier_taken' } });
  });
});

describe('a new e-mail address', () => {
  it('200: becomes the own one with the code that went to it; the old one is told and signs nobody in any more', async () => {
    const { id, email, send } = await member();
    const next = `nowa${count}@example.pl`;
    expect((await send('POST', '/email', { email: next })).body).toEqual({ sent: true, validMinutes: 10 });
    expect((await send('GET', '')).body['email']).toBe(email);
    expect(await send('POST', '/email/confirm', { email: next, code: await codeTo(next) })).toMatchObject({ status: 200, body: { id, email: next } });
    expect((await sentTo(email))[0]!.subject).toContain('został zmieniony');
    expect((await shop.call('POST', '/members/lookup', { email })).status).toBe(404);
  });

  it('the same answer and no message for an address that another member has, and no code of theirs works here', async () => {
    const [anna, jan] = [await member(), await member()];
    const asked = await anna.send('POST', '/email', { email: jan.email });
    expect(asked.body).toEqual((await anna.send('POST', '/email', { email: `wolna${count}@example.pl` })).body);
    expect(await sentTo(jan.email)).toEqual([]);
    await shop.call('POST', '/portal/code', { email: jan.email });
    expect(await anna.send('POST', '/email/confirm', { email: jan.email, code: await codeTo(jan.email) })).toMatchObject({ status: 401, body: { code: 'code_wrong' } });
    expect((await anna.send('GET', '')).body['email']).toBe(anna.email);
  });

  it('401 code_wrong: a code for a new address opens no session and serves no other member', async () => {
    const [anna, jan] = [await member(), await member()];
    const next = `cudza${count}@example.pl`;
    await anna.send('POST', '/email', { email: next });
    const code = await codeTo(next);
    expect(await jan.send('POST', '/email/confirm', { email: next, code })).toMatchObject({ status: 401 });
    await anna.send('POST', '/email', { email: next });
    expect(await shop.call('POST', '/portal/code/confirm', { email: next, code: await codeTo(next) })).toMatchObject({ status: 401, body: { code: 'code_wrong' } });
  });
});

describe('closing the own account', () => {
  it('200: needs the person’s word, ends membership and every session, and frees the address', async () => {
    const { id, email, send } = await member();
    expect((await send('POST', '/close', {})).status).toBe(400);
    expect((await send('POST', '/close', { confirm: false })).status).toBe(400);
    const closed = await send('POST', '/close', { confirm: true });
    expect(closed).toMatchObject({ status: 200, body: { done: true } });
    expect(String(closed.headers['set-cookie'])).toMatch(/^wracam_member=; Max-Age=0;/);
    expect((await shop.api.getMember({ params: { program: shop.code, member: id } })).state).toBe('closed');
    expect(await audited(id)).toEqual([{ action: 'member.closed', actor: 'member' }]);
    expect((await shop.call('POST', '/members/lookup', { email })).status).toBe(404);
    await expect.poll(async () => (await send('GET', '')).status, { timeout: 3_000 }).toBe(401);
  });
});
