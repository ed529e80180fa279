import { operations, refusals, type Operation, type OperationId, type RefusalCode } from '@wracam/contract';
import { problem } from '@wracam/contract/shapes';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp, type TestApp } from '../testing/app.ts';
import { verifyProgram } from '../modules/ledger/index.ts';
import { arbitraryOf } from './arbitrary-body.ts';
import { fillProgram, type FilledProgram } from './filled-program.ts';
import { bodySchema, parametersOf } from './json-schema.ts';
import { addressOf, operationIds, sampleOf, type Sample } from './requests.ts';

/** Requests of an operation; raise it for a longer search: FUZZ_RUNS=2000. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 40);
// One seed, so that a red run stays red; other seeds are explored by hand.
const SEED = { seed: Number(process.env['FUZZ_SEED'] ?? 1) };
/** These wait a steady time before they answer, so that nobody learns who is known, or write thousands of rows; a few requests say as much as many. */
const SLOW: ReadonlyMap<OperationId, number> = new Map([['requestStaffCode', 4], ['joinProgram', 4], ['requestMemberCode', 4], ['createCodeBatch', 10]]);
/** Ends what others still need. */
const LEFT_OUT: ReadonlySet<OperationId> = new Set(['signOut', 'memberSignOut', 'moveTestClock']);

let app: TestApp;
let program: FilledProgram;
beforeAll(async () => {
  app = await testApp();
  program = await fillProgram(app);
}, 120_000);
afterAll(() => app.close());

const statusesSeen = new Map<number, number>();
/** The server of this test holds every 200 to the operation's shape; here every refusal is held to its own. */
async function ask(id: OperationId, url: string, payload?: string): Promise<void> {
  const { access, method } = operations[id] as Operation;
  const who: Record<string, string> = access === 'member' ? { cookie: program.sessions.anna, origin: 'http://localhost:3000' } : access === 'staff' ? { cookie: program.staff.cookies.owner } : access === 'public' ? {} : { authorization: `Bearer ${program.shop.apiKey}` };
  const answer = await app.server.inject({ method, url, headers: { ...who, ...(payload === undefined ? {} : { 'content-type': 'application/json' }) }, ...(payload === undefined ? {} : { payload }) });
  statusesSeen.set(answer.statusCode, (statusesSeen.get(answer.statusCode) ?? 0) + 1);
  const said = `${method} ${url}\n${payload?.slice(0, 2000)}\n${answer.statusCode} ${answer.body.slice(0, 600)}`;
  expect(answer.statusCode, said).toBeLessThan(500);
  if (answer.statusCode === 200) return;
  expect(answer.headers['content-type'], said).toContain('application/problem+json');
  const body = problem.parse(JSON.parse(answer.body));
  expect(refusals[body.code as RefusalCode]?.status, said).toBe(answer.statusCode);
  expect(body.detail, said).not.toMatch(/\{\w+\}/);
  const promised = ['invalid_request', 'invalid_json', 'not_found', 'not_signed_in', 'not_allowed', 'idempotency_mismatch', 'too_many_requests', ...(operations[id] as Operation).refusals];
  expect(promised, said).toContain(body.code);
}

const runsOf = (id: OperationId, runs: number) => Math.min(SLOW.get(id) ?? runs, runs);
/** Ids of real things at their places, so that requests get past the look-ups. */
function withRealIds(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => withRealIds(one, key));
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withRealIds(one, name)]));
  if (typeof value !== 'string') return value;
  if (/^mem_/.test(value)) return program.anna.id;
  if (/^rwd_/.test(value)) return program.reward;
  if (/^hld_/.test(value)) return program.hold;
  if (key === 'wallet' && /^[a-m]/.test(value)) return 'punkty';
  if (key === 'currency') return 'PLN';
  return value;
}

describe('requests made from the contract itself', () => {
  const withBody = operationIds.filter((id) => (operations[id] as Operation).body !== undefined && !LEFT_OUT.has(id));

  it.each(withBody)('%s: any body is answered by a promised answer, never by a 5xx', async (id) => {
    const schema = bodySchema(id);
    const bodies = fc.oneof({ weight: 2, arbitrary: arbitraryOf(schema, { near: false }).map((body) => withRealIds(body)) }, { weight: 3, arbitrary: arbitraryOf(schema, { near: true }).map((body) => withRealIds(body)) }, { weight: 1, arbitrary: fc.jsonValue() });
    await fc.assert(fc.asyncProperty(bodies, async (body) => ask(id, addressOf(id, sampleOf(id, program)), JSON.stringify(body))), { numRuns: runsOf(id, RUNS), ...SEED });
  }, 120_000);

  const withParameters = operationIds.filter((id) => parametersOf(id).some((one) => one.in !== 'header') && !LEFT_OUT.has(id));
  const wild = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.constantFrom('', '0', '-1', '1e3', 'NaN', '%00', '%', '..', 'mem_', 'card:', `card:${'x'.repeat(99)}`, 'number:\u0000', 'external:/../..', 'txn_zzzzzzzzzz', 'trf_00000000000000000000', 'x'.repeat(250), '99999999999999999999', '253402300799999:9007199254740991', Buffer.from('1:1').toString('base64url'), Buffer.from('999999999999999:9007199254740991').toString('base64url')));

  it.each(withParameters)('%s: any path and query is answered by a promised answer, never by a 5xx', async (id) => {
    const names = (place: string) => parametersOf(id).filter((one) => one.in === place).map(({ name }) => name);
    const one = fc.oneof({ weight: 2, arbitrary: wild.map((text) => ({ text })) }, { weight: 1, arbitrary: fc.constant(null) });
    const queries = fc.dictionary(fc.constantFrom(...names('query'), 'limit', 'noSuch', '__proto__', 'a[b]'), wild, { maxKeys: 3 });
    const places = fc.record(Object.fromEntries(names('path').map((name) => [name, one])));
    await fc.assert(fc.asyncProperty(places, queries, async (params, query) => {
      const sample = sampleOf(id, program);
      const encoded = (text: string) => { try { return encodeURIComponent(text); } catch { return '%ED%A0%80'; } };
      const chosen = Object.fromEntries(Object.entries(sample.params).map(([name, right]) => [name, (params as Record<string, { text: string } | null>)[name]?.text ?? right]));
      const address = addressOf(id, { params: Object.fromEntries(Object.keys(chosen).map((name) => [name, name])) } as Sample).split('/').map((part) => (part in chosen ? encoded(chosen[part]!) : part)).join('/');
      const search = Object.entries(query).map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&');
      await ask(id, `${address}${search ? `?${search}` : ''}`, sample.body && JSON.stringify(sample.body));
    }), { numRuns: runsOf(id, Math.ceil(RUNS / 2)), ...SEED });
  }, 120_000);

  it('reach far into the product: many are done, many are refused, and the ledger still adds up', async () => {
    expect([...statusesSeen.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(RUNS * 60);
    expect(statusesSeen.get(200) ?? 0).toBeGreaterThan(RUNS * 10);
    expect(statusesSeen.get(400) ?? 0).toBeGreaterThan(RUNS * 10);
    expect(statusesSeen.get(409) ?? 0).toBeGreaterThan(10);
    expect((await verifyProgram(app.deps.db, program.shop.id)).differences).toEqual([]);
  });
});
