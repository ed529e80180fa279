/**
 * The spike behind the ledger's schema: the accrual over HTTP with its guarantees, one variant after another against the floor.
 * `node tools/run.mjs bench/spike/hot-path.ts --variants lean,merged --members 200000 --seconds 6 --blocks 1 --statements`
 */
import { parseArgs } from 'node:util';
import pg from 'pg';
import { runAbba } from '../lib/abba.ts';
import { prepareFloor, runFloor } from '../lib/floor.ts';
import { driveLoad, type LoadReport } from '../lib/http-load.ts';
import { printResult, rounded } from '../lib/result.ts';
import { ask, endRole, nextMessage, roleHere, roleInput, startRole } from '../lib/role.ts';
import { reportedSettings, startScratchPostgres, type ScratchPostgres } from '../lib/scratch-postgres.ts';
import { prepareSchema } from './schema.ts';
import { API_KEY, serve } from './server.ts';
import { variants, type Variant } from './variant.ts';

interface LoadInput { port: number; members: number; run: string; requests?: number; seconds?: number }
interface Used { batches: number; documents: number; retries: number; cpuMicros: number; peakRssMb: number }

const WARM_UP = 24_000;
const CONNECTIONS = 128;
const REPEATED_EVERY = 50;

if (roleHere() === 'server') await serve(await roleInput());
else if (roleHere() === 'load') process.send?.(await load(await roleInput()), () => process.exit());
else await main();

async function main(): Promise<void> {
  const { values } = parseArgs({ options: {
    variants: { type: 'string', default: variants.map((variant) => variant.name).join(',') },
    members: { type: 'string', default: '200000' }, seconds: { type: 'string', default: '6' }, blocks: { type: 'string', default: '1' },
    statements: { type: 'boolean', default: false },
  } });
  const postgres = await startScratchPostgres(values.statements ? { shared_preload_libraries: 'pg_stat_statements' } : {});
  const admin = new pg.Client(postgres.url);
  await admin.connect();
  const options = { members: Number(values.members), seconds: Number(values.seconds), blocks: Number(values.blocks) };
  if (values.statements) await admin.query('CREATE EXTENSION pg_stat_statements');
  const figures: Record<string, unknown> = {};
  const ranges: Record<string, readonly [number, number]> = {};
  try {
    for (const name of values.variants.split(',')) {
      const variant = variants.find((candidate) => candidate.name === name);
      if (!variant) throw new Error(`no variant ${name}`);
      const measured = await measure(variant, postgres, admin, options);
      if (values.statements) await printStatements(admin);
      figures[name] = measured.figures;
      ranges[name] = measured.range;
      console.log(name.padEnd(18), JSON.stringify(measured.figures), measured.range.join('-'));
    }
    printResult({ name: 'spike:hot-path', figures, ranges, versions: await reportedSettings(postgres.url) });
  } finally {
    await admin.end();
    await postgres.stop();
  }
}

/** Where PostgreSQL's time goes, statement by statement; `--statements` costs a few percent, so its ratios are not for quoting. */
async function printStatements(admin: pg.Client): Promise<void> {
  const { rows } = await admin.query(`select calls, round(total_exec_time) as ms, round((total_exec_time / calls)::numeric, 3) as each, rows,
    round(wal_bytes / nullif(rows, 0)) as wal_per_row, left(regexp_replace(query, '\\s+', ' ', 'g'), 90) as query
    from pg_stat_statements where userid = 'spike_app'::regrole order by total_exec_time desc limit 16`);
  console.table(rows);
  await admin.query('select pg_stat_statements_reset()');
}

async function measure(variant: Variant, postgres: ScratchPostgres, admin: pg.Client, options: { members: number; seconds: number; blocks: number }) {
  await prepareFloor(admin, options.members);
  await prepareSchema(admin, variant, options.members);
  const server = startRole(import.meta.url, 'server', { variant, connection: { host: postgres.host, port: postgres.port } });
  const { port } = await nextMessage<{ port: number }>(server);
  let round = 0;
  const drive = async (limit: { requests?: number; seconds?: number }) => {
    const child = startRole(import.meta.url, 'load', { port, members: options.members, run: `${variant.name}-${round++}`, ...limit } satisfies LoadInput);
    const report = await nextMessage<LoadReport>(child);
    if (Object.keys(report.statuses).join() !== '200') throw new Error(`answers other than 200: ${JSON.stringify(report.statuses)}`);
    return report;
  };
  const walOf = async () => Number((await admin.query<{ lsn: string }>(`select pg_current_wal_insert_lsn() - '0/0'::pg_lsn as lsn`)).rows[0]?.lsn);
  const steady = { wal: 0 };
  const reports: LoadReport[] = [];
  const totals = { wal: 0, requests: 0, cpu: 0, documents: 0, batches: 0, retries: 0, load: 0, postgres: 0, floorPostgres: 0, floorDocuments: 0 };
  try {
    await drive({ requests: WARM_UP * 2 / 3 });
    // The pages' first images are in the WAL by now: what this run adds is what a document costs far from a checkpoint.
    const before = await walOf();
    const second = await drive({ requests: WARM_UP / 3 });
    steady.wal = (await walOf() - before) / second.requests;
    const ratio = await runAbba({
      checkpoint: () => admin.query('CHECKPOINT'),
      floor: async () => {
        const cpuBefore = postgres.cpuMicros();
        const perSecond = await runFloor(postgres.url, options.members, options.seconds);
        totals.floorPostgres += postgres.cpuMicros() - cpuBefore;
        totals.floorDocuments += perSecond * options.seconds;
        return perSecond;
      },
      ours: async () => {
        const [usedBefore, lsnBefore] = [await ask<Used>(server, 'stats'), await walOf()];
        const cpuBefore = postgres.cpuMicros();
        const report = await drive({ seconds: options.seconds });
        totals.postgres += postgres.cpuMicros() - cpuBefore;
        totals.load += report.cpuMicros;
        const used = await ask<Used>(server, 'stats');
        totals.wal += await walOf() - lsnBefore;
        totals.requests += report.requests;
        totals.cpu += used.cpuMicros - usedBefore.cpuMicros;
        totals.documents += used.documents - usedBefore.documents;
        totals.batches += used.batches - usedBefore.batches;
        totals.retries += used.retries - usedBefore.retries;
        reports.push(report);
        return report.requests / report.seconds;
      },
    }, options.blocks);
    const { peakRssMb } = await ask<Used>(server, 'stats');
    return { range: [rounded(ratio.low), rounded(ratio.high)] as const, figures: {
      ratio: rounded(ratio.median), perSecond: ratio.kept.map((pair) => Math.round(pair.ours)), floor: ratio.kept.map((pair) => Math.round(pair.floor)),
      p50Ms: reports.map((r) => rounded(r.p50Ms)), p99Ms: reports.map((r) => rounded(r.p99Ms)), perBatch: rounded(totals.documents / totals.batches), retries: totals.retries,
      nodeMicros: rounded(totals.cpu / totals.requests), postgresMicros: rounded(totals.postgres / totals.requests), loadMicros: rounded(totals.load / totals.requests),
      floorPostgresMicros: rounded(totals.floorPostgres / totals.floorDocuments), walBytes: rounded(totals.wal / totals.requests), steadyWalBytes: rounded(steady.wal), peakRssMb,
      thrownAway: ratio.thrownAway.length,
    } };
  } finally {
    await endRole(server);
  }
}

/** The load's own process: five lines, uniform members, 2 % of the documents sent a second time. */
function load({ port, members, run, requests, seconds }: LoadInput): Promise<LoadReport> {
  const occurredAt = new Date().toISOString();
  const skus = ['kawa', 'herbata', 'ciasto', 'kanapka', 'sok'];
  const path = '/api/v1/programs/1/transactions';
  const bodies: string[] = [];
  return driveLoad({
    host: '127.0.0.1', port, connections: CONNECTIONS, requests, seconds, headers: { authorization: `Bearer ${API_KEY}` },
    request: (n) => {
      // 500 requests back the original is long answered, so the repeat meets the row and not the queue.
      const repeated = n > 600 && n % REPEATED_EVERY === 0 ? bodies[(n - 501) % 1000] : undefined;
      if (repeated) return { path, body: repeated };
      let totalMinor = 0;
      const lines = skus.map((category, i) => {
        const amountMinor = 100 + Math.floor(Math.random() * 4000);
        totalMinor += amountMinor;
        return `{"lineId":"${i + 1}","kind":"goods","sku":"SKU-${category}-${amountMinor % 97}","name":"Pozycja ${category}","category":"${category}","quantity":${1 + (amountMinor % 3)},"amountMinor":${amountMinor}}`;
      });
      const member = `C${String(1 + Math.floor(Math.random() * members)).padStart(8, '0')}`;
      const body = `{"externalId":"${run}-${n}","source":"pos-1","kind":"sale","occurredAt":"${occurredAt}","member":"${member}","totalMinor":${totalMinor},"currency":"PLN","store":"Krucza 12","till":"2","lines":[${lines.join()}]}`;
      bodies[n % 1000] = body;
      return { path, body };
    },
  });
}
