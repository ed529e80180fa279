import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { operations, type Operation } from '@wracam/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeServer } from '../app.ts';
import { createStaff, issueSignInLink } from '../modules/access/index.ts';
import { projectRoot } from '../platform/project-root.ts';
import { testApp, type TestApp } from '../testing/app.ts';
import { databaseHash } from './database-hash.ts';
import { fillProgram, type FilledProgram } from './filled-program.ts';
import { addressOf, operationIds, sampleOf } from './requests.ts';

let app: TestApp;
let program: FilledProgram;
beforeAll(async () => {
  app = await testApp();
  program = await fillProgram(app);
}, 120_000);
afterAll(() => app.close());

const writing = operationIds.filter((id) => (operations[id] as Operation).method !== 'GET');
const withCookie = writing.filter((id) => (operations[id] as Operation).access !== 'public');
const cookieOf = (access: Operation['access']) => (access === 'member' ? program.sessions.anna : program.staff.cookies.owner);

async function send(id: (typeof operationIds)[number], headers: Record<string, string>) {
  const sample = sampleOf(id, program);
  const answer = await app.server.inject({ method: operations[id].method, url: addressOf(id, sample), headers: { 'content-type': 'application/json', ...headers }, ...(sample.body ? { payload: JSON.stringify(sample.body) } : {}) });
  return { status: answer.statusCode, code: (JSON.parse(answer.body) as { code?: string }).code };
}

describe('requests from foreign pages', () => {
  it.each([
    ['another site', { origin: 'https://obca.example' }], ['no origin at all', {}], ['an opaque origin', { origin: 'null' }],
    ['our host with another port', { origin: 'http://localhost:3001' }], ['a name that begins like ours', { origin: 'http://localhost:3000.obca.example' }],
  ])('403 origin_refused: a cookie from %s changes nothing, whatever it asks for', async (_, headers) => {
    const before = await databaseHash(app);
    for (const id of withCookie) {
      const answer = await send(id, { cookie: cookieOf((operations[id] as Operation).access), host: 'punkty.example', ...headers });
      expect({ id, ...answer }).toEqual({ id, status: 403, code: 'origin_refused' });
    }
    expect(await databaseHash(app)).toEqual(before);
  });

  it('403 origin_refused: signing somebody in from another site, too', async () => {
    for (const id of writing.filter((one) => !withCookie.includes(one))) expect(await send(id, { origin: 'https://obca.example', host: 'punkty.example' })).toEqual({ status: 403, code: 'origin_refused' });
  });

  it('are given no right to read an answer: no CORS header for anybody', async () => {
    const answer = await app.server.inject({ method: 'GET', url: '/api/v1/health', headers: { origin: 'https://obca.example' } });
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    const preflight = await app.server.inject({ method: 'OPTIONS', url: '/api/v1/me', headers: { origin: 'https://obca.example', 'access-control-request-method': 'GET' } });
    expect(preflight.statusCode).toBe(404);
  });

  it('cannot post a form: only JSON is read', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      expect(await send('createMember', { authorization: `Bearer ${program.shop.apiKey}`, 'content-type': type })).toEqual({ status: 415, code: 'unsupported_media_type' });
    }
  });
});

describe('cookies', () => {
  async function signIn(publicUrl: string): Promise<string> {
    const deps = { ...app.deps, publicUrl };
    const server = await makeServer(deps, { pages: false });
    try {
      const staffId = await createStaff(deps, program.shop.id, { name: 'Nowa', email: `nowa@${new URL(publicUrl).protocol.slice(0, -1)}.example`, role: 'cashier' });
      const [, token] = /token=([\w-]+)/.exec(await issueSignInLink(deps, staffId))!;
      const answer = await server.inject({ method: 'POST', url: '/api/v1/sign-in/link', headers: { 'content-type': 'application/json', origin: new URL(publicUrl).origin }, payload: JSON.stringify({ token }) });
      expect(answer.statusCode).toBe(200);
      return String(answer.headers['set-cookie']);
    } finally {
      await server.close();
    }
  }

  it('of an installation with TLS are bound to its host, hidden from scripts and never sent by plain HTTP', async () => {
    const set = await signIn('https://punkty.example.pl');
    expect(set).toMatch(/^__Host-wracam_staff=[\w-]{43};/);
    for (const flag of [/; HttpOnly/i, /; Secure/i, /; SameSite=Lax/i, /; Path=\/(;|$)/i, /; Max-Age=\d+/i]) expect(set).toMatch(flag);
    expect(set).not.toMatch(/; Domain=/i);
  });

  it('on plain HTTP keep every other flag', async () => {
    const set = await signIn('http://localhost:3000');
    expect(set).toMatch(/^wracam_staff=[\w-]{43};/);
    for (const flag of [/; HttpOnly/i, /; SameSite=Lax/i, /; Path=\/(;|$)/i]) expect(set).toMatch(flag);
  });
});

describe('headers', () => {
  it('allow our own scripts only, no frame, no plug-in, no base, and nothing inline that runs', async () => {
    const { headers } = await app.server.inject({ method: 'GET', url: '/api/docs' });
    const policy = new Map(String(headers['content-security-policy']).split(';').map((part) => { const [name, ...values] = part.trim().split(' '); return [name, values.join(' ')]; }));
    expect(Object.fromEntries(policy)).toMatchObject({ 'default-src': "'none'", 'script-src': "'self'", 'object-src': "'none'", 'base-uri': "'none'", 'frame-ancestors': "'none'", 'form-action': "'self'" });
    expect(String(headers['content-security-policy'])).not.toContain('unsafe');
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
    expect(headers['x-powered-by']).toBeUndefined();
    expect(headers['server']).toBeUndefined();
    const data = (await app.server.inject({ method: 'GET', url: '/api/v1/health' })).headers;
    expect(data).toMatchObject({ 'content-security-policy': "default-src 'none';frame-ancestors 'none'", 'x-content-type-options': 'nosniff' });
  });

  it('allow no style element but those of the answer itself: a page’s by a nonce that no other answer has, the documentation’s by its hash', async () => {
    const server = await makeServer(app.deps);
    const ask = async (url: string) => {
      const { headers, body, statusCode } = await server.inject({ method: 'GET', url });
      return { statusCode, styles: /style-src ([^;]*)/.exec(String(headers['content-security-policy']))![1]!, nonce: /name="style-nonce" content="([^"]*)"/.exec(body)?.[1], body };
    };
    const built = ['/panel/', '/panel/settings', '/panel/index.html', '/p/', '/p/cafe/history', '/p/index.html'].filter((url) => existsSync(path.join(projectRoot(), url.startsWith('/panel') ? 'web/panel/dist/index.html' : 'web/portal/dist/index.html')));
    const pages = await Promise.all([...built, ...built].map(ask));
    const docs = await ask('/api/docs');
    await server.close();
    for (const { statusCode, styles, nonce } of pages) expect([statusCode, styles]).toEqual([200, `'self' 'nonce-${nonce}'`]);
    expect(new Set(pages.map(({ nonce }) => nonce)).size).toBe(pages.length);
    for (const { nonce } of pages) expect(Buffer.from(nonce!, 'base64')).toHaveLength(16);
    expect(docs.styles).toBe(`'self' 'sha256-${createHash('sha256').update(/<style>([^]*?)<\/style>/.exec(docs.body)![1]!).digest('base64')}'`);
  });

  it('tell browsers of an installation with TLS to stay with it', async () => {
    const server = await makeServer({ ...app.deps, publicUrl: 'https://punkty.example.pl' }, { pages: false });
    const { headers } = await server.inject({ method: 'GET', url: '/api/v1/health' });
    await server.close();
    expect(headers['strict-transport-security']).toMatch(/max-age=\d{7,}/);
  });

  it('keep answers out of every cache', async () => {
    for (const url of ['/api/v1/health', '/api/v1/me', '/api/v1/nothing']) expect((await app.server.inject({ method: 'GET', url })).headers['cache-control']).toBe('no-store');
  });
});

describe('ways around a path', () => {
  it.each([
    ['another case', 'GET', (code: string) => `/api/v1/PROGRAMS/${code}/members`], ['a slash at the end', 'GET', (code: string) => `/api/v1/programs/${code}/members/`], ['a double slash', 'GET', (code: string) => `/api/v1//programs/${code}/members`],
    ['another version', 'GET', (code: string) => `/api/v2/programs/${code}/members`], ['another method', 'PUT', (code: string) => `/api/v1/programs/${code}/members`], ['a method we never offer', 'DELETE', (code: string) => `/api/v1/programs/${code}/members`],
    ['a way up', 'GET', (code: string) => `/api/v1/programs/${code}/portal/../members`], ['an encoded way up', 'GET', (code: string) => `/api/v1/programs/${code}/portal/%2e%2e/members`],
  ])('404: %s leads nowhere for anybody', async (_, method, path) => {
    const answer = await app.server.inject({ method: method as 'GET', url: path(program.shop.code), headers: { cookie: program.sessions.anna } });
    expect(answer.statusCode).toBeGreaterThanOrEqual(401);
    expect(answer.statusCode).toBeLessThan(405);
    expect(answer.body).not.toContain(program.anna.number);
  });

  it('404: HEAD is no way to ask without a key', async () => {
    expect([401, 404]).toContain((await app.server.inject({ method: 'HEAD', url: `/api/v1/programs/${program.shop.code}/members` })).statusCode);
  });
});
