import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operations, type Operation } from '@wracam/contract';
import { fillProgram, type FilledProgram } from '../contract-tests/filled-program.ts';
import { addressOf, operationIds, sampleOf } from '../contract-tests/requests.ts';
import { makeDeps } from '../make-deps.ts';
import { makeGate, openSession } from '../modules/access/index.ts';
import { makeLog } from '../platform/log.ts';
import { testApp, type TestApp } from '../testing/app.ts';
import { nextName } from '../testing/till.ts';

let app: TestApp;
let own: FilledProgram;
let foreign: FilledProgram;
beforeAll(async () => {
  app = await testApp();
  own = await fillProgram(app);
  foreign = await fillProgram(app);
}, 120_000);
afterAll(() => app.close());

type Sent = { status: number; body: Record<string, unknown> & { code?: string }; text: string };
async function send(method: string, url: string, headers: Record<string, string>, body?: unknown): Promise<Sent> {
  const answer = await app.server.inject({ method: method as 'GET', url, headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers }, ...(body === undefined ? {} : { payload: JSON.stringify(body) }) });
  return { status: answer.statusCode, body: answer.body ? JSON.parse(answer.body) as Sent['body'] : {}, text: answer.body };
}
const ORIGIN = 'http://localhost:3000';
const asAnna = () => ({ cookie: own.sessions.anna, origin: ORIGIN });
const asKey = (program = own) => ({ authorization: `Bearer ${program.shop.apiKey}` });
const at = (path: string, program = own) => `/api/v1/programs/${program.shop.code}${path}`;

describe('a code that proves an address', () => {
  const recipientOf = async (start: string) => (await own.shop.api.listMessages({ params: own.params })).items.map((one) => one.to).find((to) => to.includes(start));

  it('goes to the address it proves, in its one spelling: not to one that only looks like it', async () => {
    const name = nextName('mike');
    // Full-width letters and the Kelvin sign are other mailboxes; by their compatible form they are compared as this one.
    const typed = `${name.replace('m', 'ｍ').replace('k', '\u212a')}@example.pl`;
    expect((await send('POST', at('/portal/join'), {}, { firstName: 'Zły', email: typed, termsVersion: 1 })).status).toBe(200);
    expect(await recipientOf(name)).toBe(`${name}@example.pl`);
    const other = nextName('kinga');
    expect((await send('POST', at('/me/email'), asAnna(), { email: `${other.replace('k', '\u212a')}@example.pl` })).status).toBe(200);
    expect(await recipientOf(other)).toBe(`${other}@example.pl`);
  });
});

describe('a session that somebody else has', () => {
  const sessionOf = async (member: { id: string }) => ({ cookie: `wracam_member=${(await openSession(app.deps, 'member', { programId: own.shop.id, memberId: app.deps.publicIds.decode('mem', member.id)! }, null)).token}`, origin: ORIGIN });
  const isOpen = async (headers: Record<string, string>) => (await send('GET', at('/me'), headers)).status === 200;

  it('ends when the e-mail address is changed: by the shop all of them, by the member all but the own', async () => {
    const member = await own.shop.api.createMember({ params: own.params, body: { email: `${nextName('zofia')}@example.pl`, termsVersion: 1 } });
    const [mine, theirs] = [await sessionOf(member), await sessionOf(member)];
    const email = `${nextName('zofia')}@example.pl`;
    await send('POST', at('/me/email'), mine, { email });
    const code = /\d{6}/.exec((await own.shop.api.listMessages({ params: own.params })).items.find((one) => one.to === email)!.subject)![0];
    expect((await send('POST', at('/me/email/confirm'), mine, { email, code })).status).toBe(200);
    await expect.poll(() => isOpen(theirs), { timeout: 5_000 }).toBe(false);
    expect(await isOpen(mine)).toBe(true);
    await own.shop.api.changeMember({ params: { ...own.params, member: member.id }, body: { email: `${nextName('zofia')}@example.pl` } });
    await expect.poll(() => isOpen(mine), { timeout: 5_000 }).toBe(false);
  });
});

describe('guessing who is a member', () => {
  it('by phones in the own profile ends after ten that somebody has; free ones are nobody’s secret', async () => {
    const phones = Array.from({ length: 12 }, (_, n) => `60155${String(4000 + n)}`);
    for (const phone of phones) await own.shop.api.createMember({ params: own.params, body: { phone, termsVersion: 1 } });
    const change = (phone: string) => send('PATCH', at('/me'), asAnna(), { phone });
    expect((await change('601 559 001')).status).toBe(200);
    const answers = await Promise.all(phones.map(change));
    expect(answers.map((one) => one.body.code).sort()).toEqual([...Array.from({ length: 10 }, () => 'identifier_taken'), 'too_many_requests', 'too_many_requests']);
    expect((await change('601 559 002')).body.code).toBe('too_many_requests');
    expect((await send('PATCH', at('/me'), asAnna(), { firstName: 'Anna' })).status, 'what tells nothing goes on').toBe(200);
  });
});

describe('cursors', () => {
  const lists = operationIds.filter((id) => { const { query } = operations[id] as Operation; return query !== undefined && 'shape' in query && 'cursor' in (query.shape as object); });

  it('are found on every list', () => expect(lists.length).toBeGreaterThan(8));

  it.each(lists)('%s: forged ones, and those of another list or program, show nothing of others and break nothing', async (id) => {
    const { access } = operations[id] as Operation;
    const headers = access === 'member' ? asAnna() : asKey();
    const bytes = (text: string) => Buffer.from(text).toString('base64url');
    const forged = [bytes('0:9007199254740991'), bytes('253402300799999:1'), bytes("0:1' or '1'='1"), bytes('NaN:NaN'), bytes('-1:-1'), '1-2147483647', '1-2147483648', '99-1.1-1', `99999999999999.${foreign.order}`, '%00', 'a'.repeat(200), randomBytes(20).toString('base64url')];
    for (const cursor of forged) {
      const sample = sampleOf(id, own);
      const answer = await send('GET', addressOf(id, { ...sample, query: `cursor=${encodeURIComponent(cursor)}&limit=200` }), headers);
      expect([200, 400]).toContain(answer.status);
      if (answer.status === 200) for (const trace of [foreign.anna.id, foreign.bogdan.id, foreign.order, foreign.sale, foreign.shop.code]) expect(answer.text).not.toContain(trace);
    }
  });
});

describe('things of another program inside a body', () => {
  it('name nobody: rules of a replay, challenges of a leaderboard, badges of a goal', async () => {
    expect((await send('POST', at('/replays'), asKey(), { from: '2026-01-01', until: '2026-12-31', changes: [{ rule: foreign.sketch.id }] })).status).toBeGreaterThanOrEqual(400);
    expect((await send('POST', at('/leaderboards'), asKey(), { name: 'Obce', measure: { kind: 'challenge', goal: foreign.goal.id }, period: 'all', state: 'shown' })).status).toBeGreaterThanOrEqual(400);
    expect((await send('POST', at('/goals'), asKey(), { definition: { ...own.goalDefinition, reward: { points: null, badge: foreign.badge, coupon: null } } })).status).toBeGreaterThanOrEqual(400);
  });

  it('of the same program, but another member: an order names no one else’s points, a code no one else’s account', async () => {
    expect(await send('POST', at('/me/orders'), asAnna(), { member: { id: own.bogdan.id }, lines: [{ reward: own.reward, quantity: 1 }] })).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    expect(await send('POST', at('/me/codes'), asAnna(), { code: own.packageCodes[2], member: { id: own.bogdan.id } })).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    expect(await send('PATCH', at('/me'), asAnna(), { state: 'active', groups: ['VIP'], attributes: { poziom: 'zloty' }, balances: [] })).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
  });
});

describe('headers', () => {
  it.each([
    ['x-http-method-override', 'POST'], ['x-original-url', '/api/v1/health'], ['x-rewrite-url', '/api/v1/health'], ['x-forwarded-prefix', '/api'], ['x-program', 'other'], ['x-forwarded-host', 'zly.example'],
  ])('%s changes neither who asks nor what is asked', async (name, value) => {
    expect(await send('GET', at('/members'), { [name]: value })).toMatchObject({ status: 401, body: { code: 'not_signed_in' } });
    expect(await send('GET', at('/members', foreign), { ...asKey(), [name]: value === 'other' ? own.shop.code : value })).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });

  it('a session is no key and a key no session: neither works in the other’s place', async () => {
    const token = own.sessions.anna.split('=')[1]!;
    expect((await send('GET', at('/members'), { authorization: `Bearer ${token}` })).status).toBe(401);
    expect((await send('GET', at('/members'), { cookie: `wracam_staff=${token}` })).status).toBe(401);
    expect((await send('GET', at('/me'), { cookie: `wracam_member=${own.staff.cookies.owner.split('=')[1]!}` })).status).toBe(401);
    expect((await send('GET', at('/me'), { cookie: `wracam_member=${own.shop.apiKey}` })).status).toBe(401);
    expect((await send('POST', at('/me/orders'), { ...asKey(), cookie: own.sessions.anna }, { lines: [{ reward: own.reward, quantity: 1 }] })).body.code, 'a key beside a cookie does not stand in for the origin').toBe('origin_refused');
  });

  it('made-up tokens of any length never reach the database and fill no memory', async () => {
    const { deps, close } = await makeDeps({ appUrl: app.database.appUrl, masterKey: randomBytes(32).toString('hex'), log: makeLog('silent'), publicUrl: ORIGIN });
    const gate = makeGate(deps);
    await close();
    for (const token of ['', 'x', 'x'.repeat(16_000), `${'a'.repeat(42)}!`, 'ż'.repeat(43)]) {
      expect(await gate.staff(token, own.shop.id)).toBeNull();
      expect(await gate.member(token, own.shop.id)).toBeNull();
    }
    await expect(gate.staff('a'.repeat(43), own.shop.id), 'one of the right form is looked up').rejects.toThrow();
  });
});
