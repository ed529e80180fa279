/**
 * The accrual over HTTP with every guarantee, against the floor, on one PostgreSQL with durable settings.
 * `npm run bench:accrual -- [--small] [--batch] [--hot] [--rules 20] [--blocks 4] [--seconds 8] [--processes 2] [--profile folder] [--node=--flag] [--statements]`
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { verifyProgram } from '@wracam/server/modules/ledger/index';
import { RULES, rulesOf } from './accrual/rules.ts';
import { seedMembers } from './accrual/seed.ts';
import { LOAD_WARM_UP_S, driveFrom, isLoad, playLoad, type LoadOutcome } from './accrual/load.ts';
import type { Tally, WorkloadOptions } from './accrual/workload.ts';
import { median, runAbba } from './lib/abba.ts';
import { cpuOfEndedChildren } from './lib/cpu.ts';
import { prepareFloor, runFloor } from './lib/floor.ts';
import type { LoadReport } from './lib/http-load.ts';
import { freePort, install, makeProgram, type Installation } from './lib/installation.ts';
import { printResult, rounded } from './lib/result.ts';
import { measureRules } from './accrual/rule-speed.ts';
import { buildServer } from './lib/server-build.ts';
import { startServer, type ServerProcess } from './lib/server-process.ts';
import { reportedSettings, startScratchPostgres, type ScratchPostgres } from './lib/scratch-postgres.ts';

interface Options { rules: number; members: number; batch: number; hot?: number; seconds: number; blocks: number; processes?: number; nodeFlags: string[]; statements: boolean }

const MEMBERS = 1_000_000;
const MEMBERS_SMALL = 100_000;
const HOT_MEMBERS = 500;
const BATCH = 50;
const WARM_UP_DOCUMENTS = 60_000;
const LEAST_RATIO = { single: 0.75, batch: 1.4 };
const MOST_P99_TO_P50 = 3;
const MOST_RSS_MB = 400;
const LEAST_THREE_AWARDS = 0.3;

if (isLoad()) await playLoad();
else await main();

async function main(): Promise<void> {
  const { values } = parseArgs({ options: {
    small: { type: 'boolean', default: false }, batch: { type: 'boolean', default: false }, hot: { type: 'boolean', default: false },
    rules: { type: 'string', default: String(RULES.length) }, blocks: { type: 'string', default: '4' }, seconds: { type: 'string', default: '8' }, processes: { type: 'string' }, profile: { type: 'string' }, node: { type: 'string', multiple: true }, statements: { type: 'boolean', default: false },
  } });
  const options: Options = {
    rules: Number(values.rules), members: values.small ? MEMBERS_SMALL : MEMBERS, batch: values.batch ? BATCH : 1, ...(values.hot ? { hot: HOT_MEMBERS } : {}), seconds: Number(values.seconds), blocks: Number(values.blocks),
    ...(values.processes ? { processes: Number(values.processes) } : {}), nodeFlags: [...(values.node ?? []), ...(values.profile ? ['--cpu-prof', `--cpu-prof-dir=${values.profile}`] : [])], statements: values.statements,
  };
  const rules = measureRules();
  const entry = await buildServer();
  const postgres = await startScratchPostgres(options.statements ? { shared_preload_libraries: 'pg_stat_statements' } : {});
  try {
    const installation = await install(postgres.url);
    try {
      await measure(postgres, installation, entry, options, rules);
    } finally {
      await installation.close();
    }
  } finally {
    await postgres.stop();
  }
}

async function measure(postgres: ScratchPostgres, installation: Installation, entry: string, options: Options, rules: ReturnType<typeof measureRules>): Promise<void> {
  const loadBefore = rounded(loadavg()[0] ?? NaN);
  const floorAdmin = await connected(postgres.url);
  const admin = await connected(installation.urls.adminUrl);
  const program = await makeProgram(installation, { code: 'sklep' }, rulesOf(options.rules));
  await seedMembers(admin, program.id, options.members);
  await prepareFloor(floorAdmin, options.members);
  if (options.statements) await admin.query('create extension pg_stat_statements');
  const server = await startServer({ entry, port: await freePort(), databaseUrl: installation.urls.adminUrl, dataDir: installation.dataDir, nodeFlags: options.nodeFlags, ...(options.processes ? { processes: options.processes } : {}) });
  const seen: LoadOutcome[] = [];
  const drive = async (limit: { requests?: number; seconds?: number; ratePerSecond?: number }) => {
    const workload: WorkloadOptions = { run: `R${seen.length}`, members: options.members, batch: options.batch, program: program.code, ...(options.hot ? { hot: options.hot } : {}) };
    const outcome = await driveFrom(import.meta.url, server, { apiKey: program.apiKey, workload, ...limit });
    seen.push(outcome);
    return outcome;
  };
  try {
    await drive({ requests: Math.ceil(WARM_UP_DOCUMENTS / options.batch) });
    // What autovacuum does within a minute: until then plans are made for empty tables.
    await admin.query('vacuum analyze');
    if (options.statements) await admin.query('select pg_stat_statements_reset()');
    const rounds = await compare(postgres, admin, server, options, drive);
    const rate = median(rounds.perSecond) / options.batch / 2;
    const half: LoadReport[] = [];
    for (let i = 0; i < 3; i++) half.push((await drive({ seconds: options.seconds, ratePerSecond: Math.max(1, Math.floor(rate)) })).report);
    const used = server.used();
    await server.stop();
    if (options.statements) console.table(await slowest(admin, installation));
    const proof = await prove(installation, admin, program.id, seen);
    const p99ToP50 = (reports: readonly LoadReport[]) => reports.map((one) => one.p99Ms / one.p50Ms);
    const saturated = p99ToP50(rounds.reports);
    const loadPeak = Math.max(...seen.map((one) => one.peakRssMb));
    printResult({
      name: `bench:accrual${options.batch > 1 ? ':batch' : ''}${options.hot ? ':hot' : ''}`,
      figures: {
        ratio: rounded(rounds.ratio.median), perSecond: rounds.perSecond.map(Math.round), floorPerSecond: rounds.ratio.kept.map((pair) => Math.round(pair.floor)), thrownAway: rounds.ratio.thrownAway.length,
        rulesInForce: options.rules, members: options.members, hotMembers: options.hot ?? null, documentsARequest: options.batch,
        p50Ms: rounds.reports.map((one) => rounded(one.p50Ms)), p99Ms: rounds.reports.map((one) => rounded(one.p99Ms)), halfLoad: half.map((one) => ({ perSecond: Math.round(one.documents / one.seconds), p50Ms: rounded(one.p50Ms), p99Ms: rounded(one.p99Ms) })),
        cpuMicrosADocument: rounds.cpu, walBytesADocument: rounds.wal, peakRssMb: { server: used.peakRssMb, load: loadPeak }, ...proof, rules, loadAverage: [loadBefore, rounded(loadavg()[0] ?? NaN)],
      },
      ranges: { ratio: [rounded(rounds.ratio.low), rounded(rounds.ratio.high)], p99ToP50: [rounded(Math.min(...saturated)), rounded(Math.max(...saturated))] },
      versions: await reportedSettings(postgres.url),
      bars: [
        // Members that take all the load together wait for each other's locks: there the bar is that nothing collapses.
        { what: 'ratio to the floor', figure: rounded(rounds.ratio.median), least: options.hot ? 0.5 : options.batch > 1 ? LEAST_RATIO.batch : LEAST_RATIO.single },
        { what: 'p99 to p50 at saturation', figure: rounded(median(saturated)), most: MOST_P99_TO_P50 },
        { what: 'p99 to p50 at half load', figure: rounded(median(p99ToP50(half))), most: MOST_P99_TO_P50 },
        { what: 'peak memory of the server in MB', figure: used.peakRssMb, most: MOST_RSS_MB },
        { what: 'peak memory of the load in MB', figure: loadPeak, most: MOST_RSS_MB },
        { what: 'share of sales with three awards or more', figure: proof.threeAwards, least: LEAST_THREE_AWARDS },
        { what: 'speed of the interpreter to json-logic-engine', figure: rules.interpreterToJsonLogic, least: 0.5 },
      ],
    });
  } finally {
    await server.stop();
    await admin.end();
    await floorAdmin.end();
  }
}

async function compare(postgres: ScratchPostgres, admin: pg.Client, server: ServerProcess, options: Options, drive: (limit: { seconds: number }) => Promise<LoadOutcome>) {
  const totals = { documents: 0, loadDocuments: 0, node: 0, postgres: 0, load: 0, wal: 0, floor: 0, floorDocuments: 0 };
  const reports: LoadReport[] = [];
  const lsn = async () => Number((await admin.query<{ lsn: string }>(`select pg_current_wal_insert_lsn() - '0/0'::pg_lsn as lsn`)).rows[0]?.lsn);
  const ratio = await runAbba({
    checkpoint: () => admin.query('CHECKPOINT'),
    floor: async () => {
      await runFloor(postgres.url, options.members, LOAD_WARM_UP_S);
      const before = postgres.cpuMicros() + cpuOfEndedChildren();
      const perSecond = await runFloor(postgres.url, options.members, options.seconds);
      totals.floor += postgres.cpuMicros() + cpuOfEndedChildren() - before;
      totals.floorDocuments += perSecond * options.seconds;
      return perSecond;
    },
    ours: async () => {
      const before = { node: server.used().cpuMicros, postgres: postgres.cpuMicros(), wal: await lsn() };
      const { report } = await drive({ seconds: options.seconds });
      totals.node += server.used().cpuMicros - before.node;
      totals.postgres += postgres.cpuMicros() - before.postgres;
      totals.wal += await lsn() - before.wal;
      totals.load += report.cpuMicros;
      totals.loadDocuments += report.documents;
      totals.documents += report.allDocuments;
      reports.push(report);
      console.error(`${Math.round(report.documents / report.seconds)} documents a second, p50 ${rounded(report.p50Ms)} ms, p99 ${rounded(report.p99Ms)} ms`);
      return report.documents / report.seconds;
    },
  }, options.blocks);
  const each = (total: number) => rounded(total / totals.documents);
  return { ratio, reports, perSecond: reports.map((one) => one.documents / one.seconds), wal: each(totals.wal),
    // The floor's is PostgreSQL and pgbench together: its ratio to our sum hardly moves with the machine's other work.
    cpu: { server: each(totals.node), postgres: each(totals.postgres), load: rounded(totals.load / totals.loadDocuments), floor: rounded(totals.floor / totals.floorDocuments) },
  };
}

/** Acknowledged is booked, to the document and to the point, and the chain verifies: otherwise there is no figure. */
async function prove(installation: Installation, admin: pg.Client, programId: number, seen: readonly LoadOutcome[]) {
  const sum = (of: (tally: Tally) => number) => seen.reduce((total, { tally }) => total + of(tally), 0);
  const told = { booked: sum((one) => one.booked), points: sum((one) => one.points), takenBack: sum((one) => one.takenBack) };
  const { rows: [row] } = await admin.query<{ booked: number; points: number; taken_back: number }>(`select (select count(*)::int from transaction where program_id = $1) as booked,
    (select coalesce(sum(points), 0)::int from transfer where program_id = $1 and kind = 1) as points, (select coalesce(sum(points), 0)::int from transfer where program_id = $1 and kind = 2) as taken_back`, [programId]);
  const stored = { booked: row?.booked, points: row?.points, takenBack: row?.taken_back };
  if (JSON.stringify(told) !== JSON.stringify(stored)) throw new Error(`acknowledged ${JSON.stringify(told)}, stored ${JSON.stringify(stored)}`);
  const { accounts, transfers, differences } = await verifyProgram(installation.deps.db, programId);
  if (differences.length > 0) throw new Error(`the ledger disagrees with itself: ${JSON.stringify(differences.slice(0, 3))}`);
  return {
    acknowledged: told.booked, sales: sum((one) => one.sales), returns: sum((one) => one.returns), duplicates: sum((one) => one.duplicates), refused: sum((one) => one.refused), pointsAwarded: told.points, pointsTakenBack: told.takenBack,
    verified: { accounts, transfers }, threeAwards: rounded(sum((one) => one.threeAwards) / sum((one) => one.sales)),
  };
}

async function slowest(admin: pg.Client, { urls }: Installation) {
  const { rows } = await admin.query(`select calls, round(total_exec_time) as ms, round((total_exec_time / calls)::numeric, 3) as each, rows, round(wal_bytes / nullif(calls, 0)) as wal, left(regexp_replace(query, '\\s+', ' ', 'g'), 80) as query
    from pg_stat_statements where userid = $1::regrole order by total_exec_time desc limit 22`, [decodeURIComponent(new URL(urls.appUrl).username)]);
  return rows;
}

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client(url);
  client.on('error', () => undefined); // the first failure tells the story, not the end of the server behind it
  await client.connect();
  return client;
}
