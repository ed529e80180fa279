import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { permissionNames } from '@wracam/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jobHandlers, makeServer } from '../app.ts';
import { makeDeps, type MadeDeps } from '../make-deps.ts';
import { createApiKey } from '../modules/access/index.ts';
import { startWorker, type Worker } from '../platform/jobs.ts';
import { makeLog } from '../platform/log.ts';
import { migrate } from '../platform/migrate.ts';
import { startPostgres, type EmbeddedPostgres } from '../platform/postgres.ts';
import { asAdmin, prepareDatabase, roleNames, withDatabase } from '../platform/roles.ts';
import { loadSecrets, type Secrets } from '../platform/secrets.ts';
import { setUpProgram } from '../setup.ts';

/** A till that waits longer than this is a queue of people; and this soon after the database is back it must be served again. */
const ANSWER_MS = 5_000;
const RECOVERY_MS = 5_000;

let folder: string;
let secrets: Secrets;
let postgres: EmbeddedPostgres;
let made: MadeDeps;
let worker: Worker;
let server: Awaited<ReturnType<typeof makeServer>>;
let base: string;
let key: string;

const start = () => startPostgres({ dataDir: folder, password: secrets.postgres, log: () => undefined, durable: false });
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'wracam-away-'));
  await chmod(folder, 0o755); // as root the server runs as another user, who must be able to enter
  secrets = await loadSecrets(folder);
  postgres = await start();
  const urls = await prepareDatabase(withDatabase(postgres.adminUrl, 'wracam_away'), secrets);
  await migrate({ migratorUrl: urls.migratorUrl, names: roleNames('wracam_away'), log: () => undefined });
  made = await makeDeps({ appUrl: urls.appUrl, masterKey: randomBytes(32).toString('hex'), log: makeLog('silent'), publicUrl: 'http://localhost:3000' });
  const program = await setUpProgram(made.deps, { code: 'kawiarnia', name: 'Kawiarnia', organisation: 'Firma' });
  key = (await createApiKey(made.deps, program.id, { name: 'till', scopes: [...permissionNames] })).secret;
  worker = startWorker(made.deps, jobHandlers);
  server = await makeServer(made.deps, { pages: false, checkAnswers: true });
  base = `${await server.listen({ host: '127.0.0.1', port: 0 })}/api/v1`;
}, 120_000);
afterAll(async () => {
  await server.close();
  await worker.stop();
  await made.close();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

type Answer = { status: number; type: string | null; retryAfter: string | null; body: Record<string, unknown>; ms: number };
async function ask(method: string, place: string, body?: unknown): Promise<Answer> {
  const began = performance.now();
  const answer = await fetch(`${base}${place}`, { method, headers: { authorization: `Bearer ${key}`, ...(body ? { 'content-type': 'application/json' } : {}) }, ...(body ? { body: JSON.stringify(body) } : {}) });
  return { status: answer.status, type: answer.headers.get('content-type'), retryAfter: answer.headers.get('retry-after'), body: await answer.json() as Record<string, unknown>, ms: performance.now() - began };
}
const program = '/programs/kawiarnia';
const occurredAt = new Date().toISOString();
const sale = (externalId: string) => ({ source: 'till', externalId, kind: 'sale', occurredAt, totalMinor: 5_000, member: { card: 'K-1' } });
const available = async () => ((await ask('GET', `${program}/members/card:K-1/balances`)).body['balances'] as { available: number }[])[0]!.available;

describe('when PostgreSQL goes away under a running server', () => {
  it('503 with Retry-After while it is away, then the same server serves again within 5 s, and nothing acknowledged is lost or doubled', async () => {
    expect((await ask('POST', `${program}/members`, { card: 'K-1', termsVersion: 1 })).status).toBe(200);
    expect((await ask('POST', `${program}/transactions`, sale('S-1'))).status).toBe(200);

    const crowd = Promise.all(Array.from({ length: 40 }, (_, n) => ask('POST', `${program}/transactions`, sale(`C-${n}`)).then(({ status }) => [`C-${n}`, status] as const)));
    await sleep(5);
    await postgres.stop();
    const during = await crowd;
    for (const [, status] of during) expect([200, 503]).toContain(status);
    const acknowledged = during.filter(([, status]) => status === 200).length;

    const away = await Promise.all([ask('POST', `${program}/transactions`, sale('S-2')), ask('POST', `${program}/transactions/batch`, { transactions: [sale('S-3')] }), ask('POST', `${program}/transactions/preview`, sale('S-2')), ask('GET', `${program}/members`), ask('GET', `${program}/members/card:K-1`), ask('GET', '/health')]);
    for (const answer of away) {
      expect(answer).toMatchObject({ status: 503, type: 'application/problem+json; charset=utf-8', body: { code: 'database_away' } });
      expect(Number(answer.retryAfter)).toBeGreaterThanOrEqual(1);
      expect(answer.ms).toBeLessThan(ANSWER_MS);
      expect(JSON.stringify(answer.body)).not.toMatch(/ECONN|postgres|127\.0\.0\.1|password/i);
    }

    postgres = await start();
    const back = performance.now();
    while ((await ask('GET', '/health')).status !== 200) {
      expect(performance.now() - back).toBeLessThan(RECOVERY_MS);
      await sleep(50);
    }
    const again = [...during.map(([id]) => id), 'S-1', 'S-2', 'S-3'];
    const settled = await Promise.all(again.map((id) => ask('POST', `${program}/transactions`, sale(id))));
    expect(performance.now() - back).toBeLessThan(RECOVERY_MS);
    expect(settled.map(({ status }) => status)).toEqual(again.map(() => 200));
    expect(settled.filter(({ body }) => body['duplicate'] === true).length).toBeGreaterThanOrEqual(acknowledged + 1);
    // Each of the 43 documents once: 5 points apiece.
    expect(await available()).toBe(5 * again.length);
  }, 60_000);

  it('503 and never a 5xx of ours when every connection is cut at once, and the next request is served', async () => {
    const before = await available();
    const cut = () => asAdmin(withDatabase(postgres.adminUrl, 'postgres'), async (client) => { await client.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = 'wracam_away'`); });
    let done = 0;
    for (let round = 0; round < 5; round += 1) {
      const answers = Promise.all(Array.from({ length: 20 }, (_, n) => ask('POST', `${program}/transactions`, sale(`T-${round}-${n}`))));
      await cut();
      for (const { status } of await answers) expect([200, 503]).toContain(status);
      done += 20;
    }
    for (let round = 0; round < 5; round += 1) for (let n = 0; n < 20; n += 1) {
      let answer = await ask('POST', `${program}/transactions`, sale(`T-${round}-${n}`));
      if (answer.status === 503) answer = await ask('POST', `${program}/transactions`, sale(`T-${round}-${n}`));
      expect(answer.status).toBe(200);
    }
    expect(await available()).toBe(before + 5 * done);
  }, 60_000);
});
