import { operations, type Operation, type OperationId } from '@wracam/contract';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { testApp, type TestApp } from '../testing/app.ts';
import { databaseHash } from './database-hash.ts';
import { fillProgram, saleBody, type FilledProgram } from './filled-program.ts';
import { bodySchema, numericPaths, withAt, type Path } from './json-schema.ts';
import { addressOf, operationIds, sampleOf } from './requests.ts';

let app: TestApp;
let program: FilledProgram;
let before: Record<string, string>;
beforeAll(async () => {
  app = await testApp();
  program = await fillProgram(app);
  before = await databaseHash(app);
}, 120_000);
afterAll(() => app.close());
// The database exactly as before: whatever was refused in a test left nothing anywhere.
afterEach(async () => {
  const [was, is] = [before, await databaseHash(app)];
  before = is;
  expect(is).toEqual(was);
});

type Problem = { status: number; code: string; faults: { pointer: string; detail: string }[]; type: string };
async function send(id: OperationId, payload: string | Buffer, headers: Record<string, string> = {}): Promise<Problem> {
  const { access, method } = operations[id] as Operation;
  const who: Record<string, string> = access === 'member' ? { cookie: program.sessions.anna, origin: 'http://localhost:3000' } : access === 'public' ? {} : { authorization: `Bearer ${program.shop.apiKey}` };
  const answer = await app.server.inject({ method, url: addressOf(id, sampleOf(id, program)), headers: { 'content-type': 'application/json', ...who, ...headers }, payload });
  const body = JSON.parse(answer.body) as { code: string; errors?: { pointer: string; detail: string }[] };
  return { status: answer.statusCode, code: body.code, faults: body.errors ?? [], type: String(answer.headers['content-type']) };
}
const post = (body: unknown) => send('recordTransaction', typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body));
const sample = () => sampleOf('recordTransaction', program).body!;
const refused = { status: 400, code: 'invalid_request' };
const pointers = (problem: Problem) => problem.faults.map(({ pointer }) => pointer);

describe('POST /transactions', () => {
  it('400 with every fault at once, each with a pointer and a sentence in the reader’s language', async () => {
    const wrong = { ...sample(), totalMinor: -1, kind: 'gift', occurredAt: 'yesterday', noSuchField: 1, lines: [{ lineId: '', amountMinor: 0.5, extra: true }, { lineId: '2', amountMinor: '1e3' }] };
    const polish = await send('recordTransaction', JSON.stringify(wrong), { 'accept-language': 'pl' });
    const english = await send('recordTransaction', JSON.stringify(wrong), { 'accept-language': 'en' });
    expect(polish).toMatchObject({ ...refused, type: 'application/problem+json; charset=utf-8' });
    for (const pointer of ['/totalMinor', '/kind', '/occurredAt', '', '/lines/0', '/lines/0/lineId', '/lines/0/amountMinor', '/lines/1/amountMinor']) expect(pointers(polish)).toContain(pointer);
    expect(pointers(english)).toEqual(pointers(polish));
    expect(english.faults.map(({ detail }) => detail)).not.toEqual(polish.faults.map(({ detail }) => detail));
    const told = ({ faults }: Problem, pointer: string) => faults.find((one) => one.pointer === pointer)?.detail;
    expect([told(polish, '/totalMinor'), told(polish, ''), told(polish, '/lines/0/lineId')]).toEqual(['Najmniej 0.', 'Nieznane pole: noSuchField.', 'To nie może być puste.']);
    expect([told(english, '/totalMinor'), told(english, ''), told(english, '/lines/0/lineId')]).toEqual(['At least 0.', 'Unknown field: noSuchField.', 'This must not be empty.']);
  });

  it('400 with every contradiction at once: currency, date, repeated line, sums and payments', async () => {
    const body = { ...sample(), currency: 'EUR', occurredAt: '2999-01-01T00:00:00Z', totalMinor: 1, lines: [{ lineId: '1', amountMinor: 5 }, { lineId: '1', amountMinor: 6 }], payments: [{ kind: 'points', amountMinor: 500 }] };
    expect(pointers(await post(body)).sort()).toEqual(['/currency', '/lines/1/lineId', '/occurredAt', '/payments', '/payments/0/points', '/totalMinor']);
  });

  it.each([
    ['currency_wrong', { currency: 'EUR' }], ['occurred_in_future', { occurredAt: '2999-01-01T00:00:00Z' }], ['occurred_in_future', { occurredAt: '9999-12-31T23:59:59.999+14:00' }],
    ['occurred_too_long_ago', { occurredAt: '1999-12-31T23:59:59Z' }], ['occurred_too_long_ago', { occurredAt: '0001-01-01T00:00:00Z' }], ['invalid_request', { occurredAt: '2026-02-30T10:00:00Z' }],
    ['invalid_request', { occurredAt: '2026-01-01' }], ['invalid_request', { occurredAt: '2026-01-01T10:00:00' }], ['invalid_request', { occurredAt: '-000001-01-01T00:00:00Z' }], ['invalid_request', { currency: 'pln' }], ['invalid_request', { source: '' }],
    ['invalid_request', { externalId: ' S-9' }], ['invalid_request', { externalId: 'a'.repeat(101) }], ['invalid_request', { externalId: 'a\u0000b' }], ['invalid_request', { store: 'a\nb' }], ['invalid_request', { store: '\u0000' }],
    ['invalid_request', { member: {} }], ['invalid_request', { member: { card: 'A', phone: '601234567' } }], ['invalid_request', { member: [] }], ['invalid_request', { member: 'mem_1' }],
    ['invalid_request', { attributes: { 'Wielka': 1 } }], ['invalid_request', { attributes: { a: 0.5 } }], ['invalid_request', { attributes: { a: null } }], ['invalid_request', { attributes: { a: { b: 1 } } }],
    ['invalid_request', { attributes: Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`a${n}`, n])) }], ['invalid_request', { totalMinor: 100_000_000_001 }], ['invalid_request', { lines: Array.from({ length: 10_000 }, (_, n) => ({ lineId: `${n}`, amountMinor: 1 })), totalMinor: 10_000 }],
    ['invalid_request', { payments: Array.from({ length: 21 }, () => ({ kind: 'cash', amountMinor: 1 })) }], ['payment_incomplete', { payments: [{ kind: 'points', amountMinor: 100 }] }],
    ['lines_differ_from_total', { totalMinor: 2999, payments: [] }], ['payments_exceed_total', { payments: [{ kind: 'cash', amountMinor: 3001 }] }],
    ['wallet_unknown', { payments: [{ kind: 'points', amountMinor: 100, points: 1, wallet: 'brak' }] }],
  ])('400 %s: %j', async (code, change) => {
    expect(await post({ ...sample(), ...change })).toMatchObject({ status: 400, code });
  });

  it('409 points_not_enough: more points than there are', async () => {
    expect(await post({ ...sample(), payments: [{ kind: 'points', amountMinor: 100, points: 99_999_999 }] })).toMatchObject({ status: 409, code: 'points_not_enough' });
  });

  it('400: ten thousand wrong lines are answered with a list that can be read', async () => {
    const answer = await post({ ...sample(), lines: Array.from({ length: 900 }, () => ({ lineId: '', amountMinor: -1 })) });
    expect(answer).toMatchObject(refused);
    expect(answer.faults.length).toBeLessThanOrEqual(100);
  });

  const raw = (text: string) => JSON.stringify(sample()).replace(/^\{/, `{${text},`);
  it.each([
    ['NaN', () => JSON.stringify(sample()).replace('"totalMinor":3000', '"totalMinor":NaN'), 'invalid_json'],
    ['Infinity', () => JSON.stringify(sample()).replace('"totalMinor":3000', '"totalMinor":Infinity'), 'invalid_json'],
    ['no JSON', () => 'totalMinor=3000', 'invalid_json'], ['half of it', () => JSON.stringify(sample()).slice(0, -20), 'invalid_json'], ['two of it', () => `${JSON.stringify(sample())}{}`, 'invalid_json'],
    ['broken UTF-8', () => Buffer.concat([Buffer.from('{"source":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')]), 'invalid_json'], ['UTF-16', () => Buffer.from(JSON.stringify(sample()), 'utf16le'), 'invalid_json'],
    // PostgreSQL would keep half a letter as U+FFFD, and two documents would share one key.
    ['half a letter of UTF-16 in a text', () => Buffer.from(JSON.stringify(sample()).replace('"source":"', '"source":"\\ud800')), 'invalid_json'],
    ['half a letter of UTF-16 in a name', () => Buffer.from(JSON.stringify({ ...sample(), attributes: { aZZ: 1 } }).replace('ZZ', '\\uDC00')), 'invalid_json'],
    ['brackets 100,000 deep', () => '['.repeat(100_000) + ']'.repeat(100_000), 'invalid_json'], ['objects 50,000 deep', () => '{"a":'.repeat(50_000) + '1' + '}'.repeat(50_000), 'invalid_json'],
    ['one key twice', () => raw('"totalMinor":1'), 'invalid_json'], ['one key twice, once escaped', () => raw('"\\u0074otalMinor":1'), 'invalid_json'], ['one key twice inside', () => JSON.stringify(sample()).replace('"lineId":"1"', '"lineId":"1","lineId":"9"'), 'invalid_json'],
    ['__proto__', () => raw('"__proto__":{"totalMinor":1}'), 'invalid_json'], ['__proto__ inside attributes', () => JSON.stringify(sample()).replace('"pogoda":"deszcz"', '"__proto__":{"x":1}'), 'invalid_json'], ['an escaped __proto__', () => raw('"\\u005f_proto__":{}'), 'invalid_json'],
    ['constructor', () => raw('"constructor":{"prototype":{"points":1}}'), 'invalid_request'],
    ['an array', () => '[]', 'invalid_request'], ['null', () => 'null', 'invalid_request'], ['a number', () => '1', 'invalid_request'], ['a text', () => '"x"', 'invalid_request'], ['nothing', () => '', 'invalid_request'],
  ])('400: %s as body', async (_, body, code) => {
    expect(await post(body())).toMatchObject({ status: 400, code });
    expect(Reflect.get({}, 'totalMinor')).toBeUndefined();
  });

  it('413: ten megabytes', async () => expect(await post(`{"source":"${'a'.repeat(10 * 1024 * 1024)}"}`)).toMatchObject({ status: 413, code: 'body_too_large' }));

  it('a batch answers each wrong document alone', async () => {
    const documents = [null, 1, 'x', [], {}, { ...sample(), totalMinor: -1 }, { ...sample(), currency: 'EUR' }];
    const answer = await app.server.inject({ method: 'POST', url: addressOf('recordTransactions', sampleOf('recordTransactions', program)), headers: { authorization: `Bearer ${program.shop.apiKey}`, 'content-type': 'application/json' }, payload: JSON.stringify({ transactions: documents }) });
    expect(answer.statusCode).toBe(200);
    expect((JSON.parse(answer.body) as { results: { status: number }[] }).results.map(({ status }) => status)).toEqual(documents.map(() => 400));
  });

  it('400: a batch of none, and of more than 500', async () => {
    for (const transactions of [[], Array.from({ length: 501 }, (_, n) => saleBody(`B-${n}`, 100))]) expect(await send('recordTransactions', JSON.stringify({ transactions }))).toMatchObject(refused);
  });
});

/** JSON as written, for values that JavaScript cannot hold. */
const WRONG_NUMBERS = ['-1', '0', '0.5', '1e309', '"1e3"', '9007199254740992', '-9007199254740993', 'NaN', '[]', '[1]', '{}', 'true', 'null', '""', '"٣"', '1e-7', '-0'] as const;
// A batch answers 200 with a problem for each document, shown above.
const withBody = operationIds.filter((id) => (operations[id] as Operation).body !== undefined && id !== 'recordTransactions');

describe('numeric fields of every body', () => {
  const all: [OperationId, Path][] = withBody.flatMap((id) => numericPaths(bodySchema(id)).map((path): [OperationId, Path] => [id, path]));

  it('are all found', () => {
    expect(all.length).toBeGreaterThan(60);
    expect(all.filter(([id]) => id === 'recordTransaction').map(([, path]) => path.join('/'))).toEqual(expect.arrayContaining(['totalMinor', 'lines/0/amountMinor', 'lines/0/quantity', 'lines/0/taxRate', 'lines/0/discountMinor', 'payments/0/amountMinor', 'payments/0/points', 'attributes/x']));
  });

  it.each(all.map(([id, path]) => [id, path.join('/'), path] as const))('%s /%s takes whole numbers within its range and nothing else', async (id, pointer, path) => {
    const MARK = '"\u0001"';
    const text = JSON.stringify(withAt(sampleOf(id, program).body!, path, '\u0001')).replace(JSON.stringify('\u0001'), MARK);
    for (const token of WRONG_NUMBERS) {
      const payload = text.replace(MARK, token);
      const readable = token === 'NaN' ? undefined : JSON.parse(payload) as unknown;
      // Zero points of discount, say, are a value: what the shape takes is for other tests.
      if (readable !== undefined && (operations[id] as Operation).body!.safeParse(readable).success) continue;
      const answer = await send(id, payload);
      expect({ token, status: answer.status, code: answer.code }).toEqual({ token, status: 400, code: token === 'NaN' ? 'invalid_json' : 'invalid_request' });
      // Faults of a union stand where it begins.
      if (token !== 'NaN') expect(answer.faults.some((fault) => `/${pointer}`.startsWith(fault.pointer)), `${token}: ${JSON.stringify(answer.faults)}`).toBe(true);
    }
  });
});
