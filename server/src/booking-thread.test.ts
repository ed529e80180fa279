import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeServer } from './app.ts';
import { makeDeps } from './make-deps.ts';
import { bookingThread, type BookingThread } from './open-booking-thread.ts';
import { idCounter } from './platform/ids.ts';
import { withDatabase } from './platform/roles.ts';
import { testApp, type TestApp, type TestProgram } from './testing/app.ts';
import { buildServer, type BuiltServer } from './testing/built-server.ts';

/** The thread's way to the database, which can be cut. */
type Road = { readonly url: string; readonly open: () => Promise<void>; readonly close: () => Promise<void> };
async function roadTo(url: string): Promise<Road> {
  const travelling = new Set<Socket>();
  const { hostname, port } = new URL(url);
  const server = createServer((near) => {
    const far = connect({ host: hostname, port: Number(port) });
    for (const socket of [near, far]) travelling.add(socket.on('error', () => undefined).on('close', () => { near.destroy(); far.destroy(); }));
    near.pipe(far).pipe(near);
  });
  const open = async (at = 0) => { server.listen({ host: '127.0.0.1', port: at }); await once(server, 'listening'); };
  await open();
  const own = (server.address() as AddressInfo).port;
  return {
    url: Object.assign(new URL(url), { host: `127.0.0.1:${own}` }).href, open: () => open(own),
    close: async () => {
      server.close();
      for (const socket of travelling) socket.destroy();
      travelling.clear();
      await once(server, 'close');
    },
  };
}

const NOW = new Date().toISOString();
let built: BuiltServer;
let app: TestApp;
let road: Road;
let thread: BookingThread;
let server: FastifyInstance;
let shop: TestProgram;
let member: string;
beforeAll(async () => {
  built = buildServer();
  app = await testApp();
  road = await roadTo(app.input.appUrl);
  thread = bookingThread(built.file('booking-thread'), { ...app.input, appUrl: road.url });
  server = await makeServer(app.deps, { pages: false, aside: thread });
  await thread.ready;
  shop = await app.program();
  member = (await shop.api.createMember({ params: { program: shop.code }, body: { firstName: 'Anna', card: 'C-1', termsVersion: 1 } })).id;
});
afterAll(async () => {
  await server.close();
  await thread.close();
  await road.close();
  await app.close();
  built.remove();
});

const sale = (externalId: string, totalMinor = 5_000) => ({ source: 'till', externalId, kind: 'sale', occurredAt: NOW, member: { card: 'C-1' }, totalMinor, attributes: { served_by: 'Żaneta' } });
/** Asks both: the server whose thread books, and the one that books by itself. */
const asker = (one: FastifyInstance) => async (path: string, body: unknown, key = shop.apiKey) => {
  const { statusCode, headers, body: text } = await one.inject({ method: 'POST', url: `/api/v1/programs/${shop.code}${path}`, headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'accept-language': 'en' }, payload: typeof body === 'string' ? body : JSON.stringify(body) });
  const { requestId: _own, ...answer } = JSON.parse(text) as Record<string, unknown>;
  return { status: statusCode, type: headers['content-type'], cached: headers['cache-control'], retryAfter: headers['retry-after'], answer };
};
const aside = (path: string, body: unknown, key?: string) => asker(server)(path, body, key);
const here = (path: string, body: unknown, key?: string) => asker(app.server)(path, body, key);

describe('the thread that books', () => {
  it('books what the process books, and each knows the documents of the other', async () => {
    const first = await aside('/transactions', sale('A1'));
    expect(first).toMatchObject({ status: 200, type: 'application/json; charset=utf-8', cached: 'no-store', answer: { duplicate: false, transaction: { member }, awards: [{ points: 5 }] } });
    const again = await here('/transactions', sale('A1'));
    expect(again.answer).toMatchObject({ transaction: first.answer['transaction'], awards: first.answer['awards'], duplicate: true });
    await here('/transactions', sale('A2'));
    expect((await aside('/transactions', sale('A2'))).answer).toMatchObject({ duplicate: true });
    expect((await aside('/transactions/preview', sale('A3'))).answer['awards']).toEqual((await here('/transactions/preview', sale('A3'))).answer['awards']);
  });

  it('refuses with the same words, and leaves nothing', async () => {
    const before = await app.ask('select count(*)::int as documents from transaction');
    const wrong = [sale('A1', 6_000), { ...sale('W1'), totalMinor: -1, colour: 'red' }, '', '{"source":', `{"source":"a","source":"b"}`, { ...sale('W2'), member: null, payments: [{ kind: 'points', amountMinor: 100, points: 1 }] }, { ...sale('W3'), currency: 'EUR' }];
    for (const body of wrong) {
      const refused = await aside('/transactions', body);
      expect(refused).toEqual(await here('/transactions', body));
      expect(refused.status).toBeGreaterThanOrEqual(400);
      expect(refused.type).toBe('application/problem+json; charset=utf-8');
    }
    expect(await aside('/transactions', sale('W4'), `${shop.apiKey}x`)).toMatchObject({ status: 401 });
    expect(await app.ask('select count(*)::int as documents from transaction')).toEqual(before);
  });

  it('gives each of many that come together its own answer', async () => {
    const ids = Array.from({ length: 300 }, (_, at) => `M${at}`);
    const answers = await Promise.all(ids.map((id, at) => aside('/transactions', at % 50 === 7 ? { ...sale(id), totalMinor: -at } : sale(id, 100 * at))));
    expect(answers.map(({ status, answer }) => (status === 200 ? (answer['transaction'] as { externalId: string }).externalId : status))).toEqual(ids.map((id, at) => (at % 50 === 7 ? 400 : id)));
    const batch = await aside('/transactions/batch', { transactions: [sale('B1'), { ...sale('B2'), totalMinor: 'free' }, sale('B3')] });
    expect((batch.answer['results'] as { status: number }[]).map(({ status }) => status)).toEqual([200, 400, 200]);
  });

  it('gives its documents greater ids than those that the process booked before, and smaller ones than those after', async () => {
    const ids: string[] = [];
    for (let at = 0; at < 6; at += 1) ids.push(((await (at % 2 === 0 ? aside : here)('/transactions', sale(`N${at}`))).answer['transaction'] as { id: string }).id);
    const { items } = await shop.api.listTransactions({ params: { program: shop.code }, query: { limit: 6 } });
    expect(items.map(({ id }) => id)).toEqual(ids.toReversed());
    const input = { ...app.input, counter: idCounter() };
    const [one, other] = await Promise.all([makeDeps(input), makeDeps(input)]);
    const taken = (await Promise.all(Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? one : other).deps.ids.take(1000)))).flat();
    expect(new Set(taken).size).toBe(20_000);
    await Promise.all([one.close(), other.close()]);
  });

  it('says that the database is away, books again when it is back, and takes a bug for one', async () => {
    await road.close();
    const away = await aside('/transactions', sale('D1'));
    await road.open();
    expect(away).toMatchObject({ status: 503, retryAfter: '1', answer: { code: 'database_away' } });
    expect(await aside('/transactions', sale('D1'))).toMatchObject({ status: 200, answer: { duplicate: false } });

    await app.ask('alter table lot rename to lot_elsewhere');
    const bug = await aside('/transactions', sale('D2'));
    await app.ask('alter table lot_elsewhere rename to lot');
    expect(bug).toMatchObject({ status: 500, answer: { code: 'internal' } });
    expect(await aside('/transactions', sale('D2'))).toMatchObject({ status: 200, answer: { duplicate: false } });
  });

  it('says why it cannot start', async () => {
    const lost = bookingThread(built.file('booking-thread'), { ...app.input, appUrl: withDatabase(app.input.appUrl, 'nowhere') });
    await expect(lost.ready).rejects.toThrow(/nowhere/);
    await lost.close();
  });
});
