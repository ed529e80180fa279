import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeServer } from '../../app.ts';
import { testApp, type TestApp, type TestProgram } from '../../testing/app.ts';
import { networkOf } from './core.ts';
import { createStaff, issueSignInLink } from './index.ts';

const ORIGIN = 'http://localhost:3000';
let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());

type Role = 'owner' | 'manager' | 'consultant' | 'cashier';
async function send(method: 'GET' | 'POST' | 'PATCH', url: string, { body, cookie, origin = ORIGIN, headers = {} }: { body?: unknown; cookie?: string; origin?: string | null; headers?: Record<string, string> } = {}) {
  const answer = await app.server.inject({
    method, url: `/api/v1${url}`, headers: { 'content-type': 'application/json', ...(origin && method !== 'GET' ? { origin } : {}), ...(cookie ? { cookie } : {}), ...headers },
    ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
  });
  return { status: answer.statusCode, body: JSON.parse(answer.body) as Record<string, unknown> & { code?: string; items?: Record<string, unknown>[] }, headers: answer.headers };
}
let people = 0;
async function signedIn(program: TestProgram, role: Role) {
  const email = `${role}${people += 1}@example.pl`;
  const id = await createStaff(app.deps, program.id, { name: `Osoba ${people}`, email, role });
  const token = new URL(await issueSignInLink(app.deps, id)).hash.slice('#token='.length);
  const answer = await send('POST', '/sign-in/link', { body: { token } });
  return { id, email, answer, cookie: String(answer.headers['set-cookie']).split(';')[0]!, publicId: app.deps.publicIds.encode('stf', id) };
}

describe('the panel\'s session', () => {
  it('200: a link opens it once, with a cookie that scripts cannot read; /me names the person and the programs', async () => {
    const program = await app.program();
    const { answer, cookie, email } = await signedIn(program, 'manager');
    expect(String(answer.headers['set-cookie'])).toMatch(/^wracam_staff=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/);
    const me = await send('GET', '/me', { cookie });
    expect(me.body).toMatchObject({ email, programs: [{ code: program.code, role: 'manager', adjustLimit: null, hidden: false }] });
    expect(await send('POST', '/sign-in/link', { body: { token: 'x'.repeat(54) } })).toMatchObject({ status: 401, body: { code: 'link_used' } });
  });

  it('200: the same answer for a known and an unknown address; 401 for both with a wrong code', async () => {
    const { email } = await signedIn(await app.program(), 'owner');
    const [known, unknown] = [await send('POST', '/sign-in/code', { body: { email } }), await send('POST', '/sign-in/code', { body: { email: 'obcy@example.pl' } })];
    expect([unknown.status, unknown.body, unknown.headers['content-length']]).toEqual([known.status, known.body, known.headers['content-length']]);
    for (const address of [email, 'obcy@example.pl']) expect(await send('POST', '/sign-in/code/confirm', { body: { email: address, code: '000000' } })).toMatchObject({ status: 401, body: { code: 'code_wrong' } });
  });

  it('403 from a foreign page or without an origin, 401 after sign-out', async () => {
    const { cookie } = await signedIn(await app.program(), 'owner');
    for (const origin of ['https://zly.example', null]) expect((await send('POST', '/sign-out', { cookie, origin })).body.code).toBe('origin_refused');
    expect((await send('POST', '/sign-out', { cookie })).status).toBe(200);
    await expect.poll(async () => (await send('GET', '/me', { cookie })).status, { timeout: 3_000 }).toBe(401);
  });
});

describe('who may manage access', () => {
  it('403 not_allowed for every role but owner, 404 for an owner of another program', async () => {
    const [program, other] = [await app.program(), await app.program()];
    const path = `/programs/${program.code}/staff`;
    for (const role of ['manager', 'consultant', 'cashier'] as const) {
      expect(await send('GET', path, { cookie: (await signedIn(program, role)).cookie })).toMatchObject({ status: 403, body: { code: 'not_allowed', params: { permission: 'access.manage' } } });
    }
    expect((await send('GET', path, { cookie: (await signedIn(other, 'owner')).cookie })).status).toBe(404);
    expect((await send('GET', path, { cookie: (await signedIn(program, 'owner')).cookie })).body.items).toHaveLength(4);
  });

  it('an owner adds, changes and removes people; the last owner stays', async () => {
    const program = await app.program();
    const { cookie, publicId } = await signedIn(program, 'owner');
    const path = `/programs/${program.code}/staff`;
    const added = await send('POST', path, { cookie, body: { name: 'Ewa', email: 'EWA.kasa@example.pl', role: 'cashier' } });
    expect(added).toMatchObject({ status: 200, body: { name: 'Ewa', email: 'ewa.kasa@example.pl', active: true, lastSeenAt: null } });
    expect((await send('POST', path, { cookie, body: { name: 'Ewa', email: 'ewa.kasa@example.pl', role: 'owner' } })).body.code).toBe('staff_exists');
    expect((await send('PATCH', `${path}/${added.body['id'] as string}`, { cookie, body: { active: false } })).body).toMatchObject({ active: false });
    expect(await send('PATCH', `${path}/${publicId}`, { cookie, body: { role: 'manager' } })).toMatchObject({ status: 409, body: { code: 'last_owner' } });
    expect((await send('GET', `/programs/${program.code}/audit`, { cookie })).body.items?.map((one) => one['action'])).toEqual(['staff.changed', 'staff.added', 'staff.added', 'api_key.created']);
  });
});

describe('API keys over HTTP', () => {
  it('a key works in its program with its scopes: 403 beyond them, 404 in another program, 401 once revoked', async () => {
    const [program, other] = [await app.program(), await app.program()];
    const { cookie } = await signedIn(program, 'owner');
    const made = await send('POST', `/programs/${program.code}/api-keys`, { cookie, body: { name: 'Kasa', scopes: ['members.read'] } });
    const { secret, apiKey } = made.body as unknown as { secret: string; apiKey: { id: string; hint: string } };
    expect(secret.endsWith(apiKey.hint)).toBe(true);
    const withKey = (path: string) => send('GET', path, { headers: { authorization: `Bearer ${secret}` } });
    expect((await withKey(`/programs/${program.code}/members`)).status).toBe(200);
    // RFC 9110, 11.1: the scheme's letters may be small.
    expect((await send('GET', `/programs/${program.code}/members`, { headers: { authorization: `bearer ${secret}` } })).status).toBe(200);
    expect(await withKey(`/programs/${program.code}/staff`)).toMatchObject({ status: 403, body: { params: { permission: 'access.manage' } } });
    expect((await withKey(`/programs/${other.code}/members`)).status).toBe(404);
    expect((await withKey('/me')).status).toBe(401);
    expect((await send('POST', `/programs/${program.code}/api-keys/${apiKey.id}/revoke`, { cookie })).body['revokedAt']).not.toBeNull();
    await expect.poll(async () => (await withKey(`/programs/${program.code}/members`)).status, { timeout: 1_500, interval: 100 }).toBe(401);
    expect(JSON.stringify((await send('GET', `/programs/${program.code}/api-keys`, { cookie })).body)).not.toContain(secret);
  });

  it('409 secret_shown_once: a repeated request neither makes a second key nor shows the secret again', async () => {
    const program = await app.program();
    const { cookie } = await signedIn(program, 'owner');
    const make = () => send('POST', `/programs/${program.code}/api-keys`, { cookie, body: { name: 'Kasa', scopes: ['members.read'] }, headers: { 'idempotency-key': 'raz' } });
    expect((await make()).status).toBe(200);
    expect(await make()).toMatchObject({ status: 409, body: { code: 'secret_shown_once' } });
    expect((await send('GET', `/programs/${program.code}/api-keys`, { cookie })).body.items).toHaveLength(2); // and the test's own
  });
});

describe('too many codes from one network', () => {
  const NETWORK = '203.0.113.9';
  const STRANGER = '198.51.100.1';
  const ask = async (url: string, email: string, remoteAddress: string, server = app.server) => {
    const answer = await server.inject({ method: 'POST', url: `/api/v1${url}`, remoteAddress, headers: { 'content-type': 'application/json', 'x-forwarded-for': NETWORK }, payload: JSON.stringify({ email }) });
    return { status: answer.statusCode, body: JSON.parse(answer.body) as Record<string, unknown>, retryAfter: Number(answer.headers['retry-after']) };
  };

  it('429 with Retry-After, the same for staff and members, known and unknown; a proxy is believed about the network when it is ours, a stranger never', async () => {
    const program = await app.program();
    const { email } = await signedIn(program, 'owner');
    await program.api.createMember({ params: { program: program.code }, body: { email: 'siec@example.pl', termsVersion: 1 } });
    await app.ask(`insert into attempt (subject, at, kind) select $1, clock_timestamp(), 'code' from generate_series(1, 100)`, [app.deps.keyring.platform.index('network', networkOf(NETWORK))]);
    const doors = [['/sign-in/code', email], ['/sign-in/code', 'nikt@example.pl'], [`/programs/${program.code}/portal/code`, 'siec@example.pl'], [`/programs/${program.code}/portal/code`, 'nikt@example.pl']] as const;
    const answers = await Promise.all(doors.map(([url, address]) => ask(url, address, '127.0.0.1')));
    for (const { status, body, retryAfter } of answers) {
      expect({ status, body: { ...body, requestId: '', params: '', detail: '', title: '', wayOut: '' } }).toEqual({ status: 429, body: { ...answers[0]!.body, requestId: '', params: '', detail: '', title: '', wayOut: '' } });
      expect(retryAfter).toBeGreaterThan(3_500);
    }
    expect((await ask('/sign-in/code', 'nikt@example.pl', STRANGER)).status).toBe(200);
    const behindProxy = await makeServer(app.deps, { pages: false, proxies: [STRANGER] });
    expect((await ask('/sign-in/code', 'nikt@example.pl', STRANGER, behindProxy)).status).toBe(429);
    await behindProxy.close();
  });
});
