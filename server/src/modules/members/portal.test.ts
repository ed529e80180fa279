import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeServer } from '../../app.ts';
import type { Logger } from '../../platform/log.ts';
import { testApp, type TestApp, type TestProgram } from '../../testing/app.ts';

const ORIGIN = 'http://localhost:3000';
let app: TestApp;
let program: TestProgram;
beforeAll(async () => {
  app = await testApp();
  program = await app.program();
});
afterAll(() => app.close());

type Sent = { status: number; body: Record<string, unknown>; headers: Record<string, unknown>; text: string };
/** A request as the member's browser sends it. */
async function browse(method: 'GET' | 'POST', path: string, body?: unknown, { cookie, origin = ORIGIN, at = program }: { cookie?: string | undefined; origin?: string; at?: TestProgram } = {}): Promise<Sent> {
  const headers = { 'content-type': 'application/json', ...(method === 'POST' ? { origin } : {}), ...(cookie ? { cookie } : {}) };
  const answer = await app.server.inject({ method, url: `/api/v1/programs/${at.code}${path}`, headers, ...(body === undefined ? {} : { payload: JSON.stringify(body) }) });
  return { status: answer.statusCode, body: JSON.parse(answer.body) as Record<string, unknown>, headers: answer.headers, text: answer.body };
}
const cookieOf = (sent: Sent) => String(sent.headers['set-cookie']).split(';')[0]!;
async function lastCode(to: string, at = program): Promise<string> {
  const { items } = await at.api.listMessages({ params: { program: at.code } });
  return /\d{6}/.exec(items.find((one) => one.to === to)!.body)![0];
}
let people = 0;
const somebody = () => ({ firstName: 'Zofia', email: `zofia${people += 1}@example.pl`, termsVersion: 1 });
async function join(person = somebody(), at = program) {
  expect((await browse('POST', '/portal/join', person, { at })).status).toBe(200);
  const signedIn = await browse('POST', '/portal/code/confirm', { email: person.email, code: await lastCode(person.email, at) }, { at });
  expect(signedIn.status).toBe(200);
  return { person, member: signedIn.body as { id: string; number: string }, cookie: cookieOf(signedIn), signedIn };
}

describe('joining in the portal', () => {
  it('200: nobody is a member before the code, and is one with it, signed in by a cookie that scripts cannot read', async () => {
    const person = { ...somebody(), phone: '601 555 001', birthDate: '1990-05-01' };
    expect((await browse('POST', '/portal/join', person)).body).toEqual({ sent: true, validMinutes: 10 });
    expect((await program.call('POST', '/members/lookup', { email: person.email })).status).toBe(404);
    const signedIn = await browse('POST', '/portal/code/confirm', { email: person.email, code: await lastCode(person.email) });
    expect(signedIn.body).toMatchObject({ firstName: 'Zofia', phone: '+48601555001', email: person.email, birthDate: '1990-05-01', termsVersion: 1, state: 'active' });
    expect(String(signedIn.headers['set-cookie'])).toMatch(/^wracam_member=[\w-]{43}; Max-Age=7776000; Path=\/; HttpOnly; SameSite=Lax$/);
    expect((await browse('GET', '/me', undefined, { cookie: cookieOf(signedIn) })).body).toEqual(signedIn.body);
    expect(await app.ask(`select channel from terms_acceptance t join member m on m.id = t.member_id where m.number = $1`, [signedIn.body['number']])).toEqual([{ channel: 'portal' }]);
  });

  it('200: a member who asks to join again gets the same answer and is signed in, not doubled or changed', async () => {
    const { person, member } = await join();
    const again = await browse('POST', '/portal/join', { ...person, firstName: 'Inna' });
    expect(again.text).toBe((await browse('POST', '/portal/join', somebody())).text);
    const signedIn = await browse('POST', '/portal/code/confirm', { email: person.email, code: await lastCode(person.email) });
    expect(signedIn.body).toMatchObject({ id: member.id, firstName: 'Zofia' });
  });

  it('409 terms_version_unknown and 400 phone_invalid: no code is made', async () => {
    const before = await app.ask('select count(*)::int as n from one_time_code');
    expect((await browse('POST', '/portal/join', { ...somebody(), termsVersion: 7 })).body).toMatchObject({ code: 'terms_version_unknown', params: { current: 1 } });
    expect((await browse('POST', '/portal/join', { ...somebody(), phone: '0000000000' })).body).toMatchObject({ code: 'phone_invalid', errors: [{ pointer: '/phone' }] });
    expect(await app.ask('select count(*)::int as n from one_time_code')).toEqual(before);
  });

  it('409 identifier_taken: a phone of another member makes nobody new', async () => {
    await program.call('POST', '/members', { phone: '601 555 009', termsVersion: 1 });
    const person = { ...somebody(), phone: '0048601555009' };
    await browse('POST', '/portal/join', person);
    const refused = await browse('POST', '/portal/code/confirm', { email: person.email, code: await lastCode(person.email) });
    expect(refused).toMatchObject({ status: 409, body: { code: 'identifier_taken', params: { field: 'telefon' } } });
    expect((await program.call('POST', '/members/lookup', { email: person.email })).status).toBe(404);
  });
});

describe('signing in', () => {
  it('200: an unknown address gets the same status, body and headers, and no message', async () => {
    const { person } = await join();
    const known = await browse('POST', '/portal/code', { email: person.email });
    const messages = await app.ask('select count(*)::int as n from message');
    const unknown = await browse('POST', '/portal/code', { email: 'nikt.taki@example.pl' });
    expect([unknown.status, unknown.text, Object.keys(unknown.headers).sort(), unknown.headers['content-length']]).toEqual([known.status, known.text, Object.keys(known.headers).sort(), known.headers['content-length']]);
    expect(await app.ask('select count(*)::int as n from message')).toEqual(messages);
    const confirm = (email: string) => browse('POST', '/portal/code/confirm', { email, code: '000000' });
    const [a, b] = [await confirm(person.email), await confirm('nikt.taki@example.pl')];
    expect({ ...b.body, requestId: '' }).toEqual({ ...a.body, requestId: '' });
  });

  it('429: the eleventh try in an hour is refused with Retry-After, for unknown addresses as well', async () => {
    // Joining was a try of the same hour.
    for (const [email, left] of [[(await join()).person.email, 9], ['ktos.obcy@example.pl', 10]] as const) {
      const answers: Sent[] = [];
      for (let at = 0; at < 11; at += 1) answers.push(await browse('POST', '/portal/code/confirm', { email, code: '000000' }));
      expect(answers.filter(({ body }) => body['code'] === 'code_wrong')).toHaveLength(left);
      expect(answers.at(-1)).toMatchObject({ status: 429, body: { code: 'too_many_requests' } });
      expect(Number(answers.at(-1)!.headers['retry-after'])).toBeGreaterThan(3_000);
    }
  });

  it('401: a cookie of one program opens no other, and none opens the panel', async () => {
    const { cookie } = await join();
    const other = await app.program();
    expect((await browse('GET', '/me', undefined, { cookie, at: other })).status).toBe(401);
    expect((await browse('GET', '/members', undefined, { cookie })).status).toBe(401);
    expect((await browse('GET', '/me')).status).toBe(401);
  });

  it('a code of one program opens no other', async () => {
    const other = await app.program();
    const person = somebody();
    await join(person);
    await join(person, other);
    await browse('POST', '/portal/code', { email: person.email });
    const stolen = await browse('POST', '/portal/code/confirm', { email: person.email, code: await lastCode(person.email) }, { at: other });
    expect(stolen).toMatchObject({ status: 401, body: { code: 'code_wrong' } });
  });

  it('403 origin_refused: a foreign page can neither ask for a code nor sign a member out', async () => {
    const { cookie, person } = await join();
    const origin = 'https://zly.example';
    expect((await browse('POST', '/portal/code', { email: person.email }, { origin })).body).toMatchObject({ code: 'origin_refused' });
    expect((await browse('POST', '/me/sign-out', undefined, { cookie, origin })).body).toMatchObject({ code: 'origin_refused' });
    expect((await browse('GET', '/me', undefined, { cookie })).status).toBe(200);
  });

  it('sign-out takes the cookie back and the session is gone', async () => {
    const { cookie } = await join();
    const out = await browse('POST', '/me/sign-out', undefined, { cookie });
    expect(out.body).toEqual({ done: true });
    expect(String(out.headers['set-cookie'])).toMatch(/^wracam_member=; Max-Age=0;/);
    await expect.poll(async () => (await browse('GET', '/me', undefined, { cookie })).status, { timeout: 3_000 }).toBe(401);
  });

  it('a closed member cannot ask for a code, and a session that was open ends', async () => {
    const { person, member, cookie } = await join();
    expect((await program.call('POST', `/members/${member.id}/close`, { reason: 'na prośbę' })).body).toMatchObject({ state: 'closed' });
    const messages = await app.ask('select count(*)::int as n from message');
    await browse('POST', '/portal/code', { email: person.email });
    expect(await app.ask('select count(*)::int as n from message')).toEqual(messages);
    await expect.poll(async () => (await browse('GET', '/me', undefined, { cookie })).status, { timeout: 3_000 }).toBe(401);
  });
});

describe('members over HTTP', () => {
  it('personal data has no place in an address: phone and e-mail are no references', async () => {
    await program.call('POST', '/members', { phone: '601 555 020', email: 'adres@example.pl', termsVersion: 1 });
    for (const ref of ['phone:+48601555020', 'email:adres@example.pl', '+48601555020']) {
      const answer = await program.call('GET', `/members/${encodeURIComponent(ref)}`);
      expect(answer.status).toBe(404);
      expect(JSON.stringify(answer.body)).not.toContain('601555020');
    }
  });

  it('every operation answers in the shape of the contract', async () => {
    const { body: member } = await program.call('POST', '/members', { firstName: 'Piotr', lastName: 'Zając', phone: '601 555 030', card: 'HTTP-1', externalId: 'HTTP 1', termsVersion: 1 });
    const id = (member as unknown as { id: string }).id;
    const of = async (method: string, path: string, body?: unknown) => (await program.call(method, path, body)).status;
    expect(await of('GET', `/members/${encodeURIComponent('external:HTTP 1')}`)).toBe(200);
    expect(await of('PATCH', `/members/${id}`, { lastName: 'Wilk', attributes: { size: 'M' } })).toBe(200);
    expect(await of('POST', '/members/search', { text: 'piotr wil' })).toBe(200);
    expect(await of('POST', '/members/lookup', { phone: '+48 601 555 030' })).toBe(200);
    expect(await of('POST', `/members/${id}/cards`, { number: 'HTTP-2', replaces: 'HTTP-1' })).toBe(200);
    expect(await of('POST', `/members/${id}/block`, { reason: 'x' })).toBe(200);
    expect(await of('POST', `/members/${id}/unblock`, { reason: 'x' })).toBe(200);
    expect(await of('GET', '/members?limit=3&state=active')).toBe(200);
    expect(await of('GET', '/members?cursor=!!')).toBe(400);
    expect(await of('POST', '/members/lookup', { phone: '601555030', card: 'HTTP-2' })).toBe(400);
    expect(await of('GET', `/members/${id}/balances`)).toBe(200);
  });

  it('500 tells a request id and neither the answer nor the log a name, a phone or an e-mail', async () => {
    const lines: string[] = [];
    const keep = (...parts: unknown[]) => { lines.push(JSON.stringify(parts)); };
    const log = { info: keep, warn: keep, error: keep, debug: keep } as unknown as Logger;
    const server = await makeServer({ ...app.deps, log }, { pages: false });
    const canary = { firstName: 'Kanarka', lastName: 'Logowa', phone: '601 555 040', email: 'kanarka.log@example.pl', termsVersion: 1 };
    const { body } = await program.call('POST', '/members', canary);
    await app.ask(`update member set sealed = '\\x00' where number = $1`, [(body as unknown as { number: string }).number]);
    const answer = await server.inject({ method: 'POST', url: `/api/v1/programs/${program.code}/members/lookup`, headers: { authorization: `Bearer ${program.apiKey}`, 'content-type': 'application/json' }, payload: JSON.stringify({ email: canary.email }) });
    await server.close();
    expect(answer.statusCode).toBe(500);
    expect(lines.some((line) => line.includes(JSON.parse(answer.body).requestId))).toBe(true);
    expect(`${answer.body}${lines.join('')}`).not.toMatch(/kanarka|logowa|601555040|601 555 040/i);
  });
});
