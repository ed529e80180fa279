import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { verifyProgram } from '@wracam/server/modules/ledger/index';
import { FIRST_RULES } from '@wracam/server/setup';
import { cardOf, seedMembers } from '../accrual/seed.ts';
import { median } from '../lib/abba.ts';
import { freePort, install, makeProgram } from '../lib/installation.ts';
import { buildServer } from '../lib/server-build.ts';
import { startScratchPostgres, type ScratchPostgres } from '../lib/scratch-postgres.ts';
import { spawnServer, startServer, whenReady, type ServerProcess } from '../lib/server-process.ts';
import { checkBank, type BankFindings } from './bank-check.ts';
import { runClient, type Pulse } from './bank-clients.ts';
import { openLog, readLog } from './bank-log.ts';
import { makeClient } from './client.ts';
import type { Guard } from './guards.ts';

export interface KillFindings extends BankFindings {
  kills: Record<Target, number>;
  /** Requests without a definite answer that were settled by repeating them with the same id. */
  unknownSettled: number;
  /** Requests on their way at a kill: the least, and the mean. */
  inFlightLeast: number;
  inFlightMean: number;
  internalErrors: number;
  /** From the moment that all processes were up again to the next acknowledgement, in milliseconds. */
  recoveryMs: Record<Target, { median: number; most: number }>;
  recoveryMsMost: number;
  transfersVerified: number;
  seconds: number;
}

export interface KillOptions { kills: number; /** How many serve at the port; above one, single ones of them are killed too. */ processes?: number; guard: Guard | null; say?: (line: string) => void }

type Target = 'app' | 'postgres' | 'both' | 'oneOfMany';
const TARGETS: readonly Target[] = ['app', 'postgres', 'app', 'postgres', 'both'];
const CLIENTS = 32;
const MEMBERS_A_CLIENT = 4;
const STOCK = 1_000_000;
/** A kill counts only in the middle of work. */
const LEAST_IN_FLIGHT = 10;
const LEAST_ACKNOWLEDGED = 50;
/** Kills fall at any moment of a batch, not always just after the fiftieth acknowledgement. */
const JITTER_MS = 60;
const APP_TRIES = 20;

/** Clients work against the built server while it, PostgreSQL or both are killed; then the database is held against the clients' file. */
export async function proveKills({ kills, processes = 1, guard, say = () => undefined }: KillOptions): Promise<KillFindings> {
  const entry = await buildServer(guard?.changes, `kills-${guard?.name ?? 'server'}`);
  const postgres = await startScratchPostgres({ shared_buffers: '128MB', checkpoint_timeout: '1min' });
  const running: { app: ServerProcess | null } = { app: null };
  try {
    const installation = await install(postgres.url);
    try {
      const admin = await connected(installation.urls.adminUrl);
      for (const statement of guard?.sql ?? []) await admin.query(statement);
      const program = await makeProgram(installation, { code: 'bank' }, FIRST_RULES);
      await seedMembers(admin, program.id, CLIENTS * MEMBERS_A_CLIENT);
      await admin.end();
      const options = { entry, port: await freePort(), databaseUrl: installation.urls.adminUrl, dataDir: installation.dataDir, processes };
      running.app = await startServer(options);
      const client = makeClient(program);
      const rewards: { id: string; points: number }[] = [];
      for (const points of [15, 40]) {
        const { body } = await client.send(options.port, { path: '/rewards', body: { name: 'Kubek', pricePoints: points, stockLeft: STOCK } });
        rewards.push({ id: String(body['id']), points });
      }
      const file = path.join(installation.dataDir, 'bank.log');
      const log = await openLog(file);
      const pulse: Pulse = { inFlight: 0, acknowledged: 0, settled: 0, internal: 0, stopping: false };
      const startedAt = Date.now();
      const clients = Promise.all(Array.from({ length: CLIENTS }, (_, no) => runClient(no, Array.from({ length: MEMBERS_A_CLIENT }, (_one, i) => cardOf(no * MEMBERS_A_CLIENT + i + 1)), rewards, client, options.port, log, pulse)));
      const killed = await Promise.race([killAll(kills, processes > 1 ? [...TARGETS, 'oneOfMany', 'oneOfMany'] : TARGETS, postgres, running, options, pulse, say), clients.then(() => { throw new Error('the clients ended before the kills'); })]);
      pulse.stopping = true;
      await clients;
      await log.close();
      client.close();
      const checker = await connected(installation.urls.adminUrl);
      const findings = await checkBank(checker, program.id, installation.deps.publicIds, new Map(rewards.map((one) => [one.id, STOCK])), await readLog(file));
      await checker.end();
      const { transfers, differences } = await verifyProgram(installation.deps.db, program.id);
      return {
        ...findings, ...killed, unknownSettled: pulse.settled, internalErrors: pulse.internal, transfersVerified: transfers, seconds: Math.round((Date.now() - startedAt) / 1000),
        different: findings.different + differences.length, faults: [...findings.faults, ...differences.slice(0, 3).map((one) => `the ledger disagrees with itself: ${JSON.stringify(one)}`), ...bugsIn(running.app)],
      };
    } finally {
      await running.app?.kill();
      await installation.close();
    }
  } finally {
    await postgres.stop();
  }
}

async function killAll(count: number, targets: readonly Target[], postgres: ScratchPostgres, running: { app: ServerProcess | null }, options: Parameters<typeof startServer>[0], pulse: Pulse, say: (line: string) => void) {
  const kills: Record<Target, number> = { app: 0, postgres: 0, both: 0, oneOfMany: 0 };
  let inFlightLeast = Infinity;
  let inFlightSum = 0;
  const recoveries: Record<Target, number[]> = { app: [], postgres: [], both: [], oneOfMany: [] };
  for (let n = 0; n < count; n++) {
    const before = pulse.acknowledged;
    while (pulse.acknowledged - before < LEAST_ACKNOWLEDGED) await sleep(5);
    await sleep(Math.random() * JITTER_MS);
    while (pulse.inFlight < LEAST_IN_FLIGHT) await sleep(1);
    const target = targets[n % targets.length] ?? 'app';
    inFlightLeast = Math.min(inFlightLeast, pulse.inFlight);
    inFlightSum += pulse.inFlight;
    // Both signals leave in this turn: nothing is answered between them.
    const hit = { app: target === 'app' || target === 'both', postgres: target === 'postgres' || target === 'both' };
    if (target === 'oneOfMany') running.app?.killOneOfMany();
    await Promise.all([...(hit.postgres ? [postgres.kill()] : []), ...(hit.app ? [running.app?.kill()] : [])]);
    if (hit.postgres) await postgres.startAgain();
    if (hit.app) running.app = await startApp(options);
    const up = Date.now();
    const settledBefore = pulse.acknowledged;
    while (pulse.acknowledged === settledBefore) await sleep(2);
    recoveries[target].push(Date.now() - up);
    kills[target]++;
    if ((n + 1) % 10 === 0) say(`${n + 1} kills, ${pulse.acknowledged} acknowledged, ${pulse.settled} unknown settled, ${pulse.internal} answers 500`);
  }
  const summary = (times: readonly number[]) => ({ median: times.length === 0 ? 0 : Math.round(median(times)), most: Math.max(0, ...times) });
  return {
    kills, inFlightLeast, inFlightMean: Math.round(inFlightSum / count), recoveryMs: { app: summary(recoveries.app), postgres: summary(recoveries.postgres), both: summary(recoveries.both), oneOfMany: summary(recoveries.oneOfMany) },
    recoveryMsMost: Math.max(...Object.values(recoveries).flat()),
  };
}

/** The port of a killed process may be taken for a moment longer. */
async function startApp(options: Parameters<typeof startServer>[0]): Promise<ServerProcess> {
  for (let attempt = 1; ; attempt++) {
    const app = spawnServer(options);
    try {
      await whenReady(app);
      return app;
    } catch (error) {
      if (attempt >= APP_TRIES) throw error;
      await sleep(100);
    }
  }
}

const bugsIn = (app: ServerProcess | null) => (app?.output() ?? '').split('\n').filter((line) => line.includes('"a bug"')).slice(0, 2).map((line) => line.slice(0, 1200));

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client(url);
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
