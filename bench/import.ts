/**
 * The past, loaded through the product's own history path, against the floor in the same run: a generated million sales of five lines by
 * twenty rules, and the real file. Chains are verified, points and documents counted against what the load said.
 * `npm run bench:import -- [--small] [--file ../shared/data/online-retail.csv.gz] [--blocks 2] [--seconds 10]`
 */
import { existsSync } from 'node:fs';
import { loadavg } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { importTransactions, loadHistory, readMapping, type ImportFigures } from '@wracam/server/modules/connectors/index';
import { verifyProgram } from '@wracam/server/modules/ledger/index';
import { POINTS_WALLET } from '@wracam/server/modules/programs/index';
import { isDenied } from '@wracam/server/modules/transactions/index';
import { makeDeps } from '@wracam/server/make-deps';
import { makeLog } from '@wracam/server/platform/log';
import { projectRoot } from '@wracam/server/platform/project-root';
import { loadSecrets } from '@wracam/server/platform/secrets';
import { setUpProgram } from '@wracam/server/setup';
import { RULES } from './accrual/rules.ts';
import { seedMembers } from './accrual/seed.ts';
import { documentsOf, type Stretch } from './import/documents.ts';
import { median, runAbba } from './lib/abba.ts';
import { cpuOfEndedChildren } from './lib/cpu.ts';
import { prepareFloor, runFloor } from './lib/floor.ts';
import { install, makeProgram } from './lib/installation.ts';
import { printResult, rounded } from './lib/result.ts';
import { ask, endRole, nextMessage, roleHere, roleInput, startRole } from './lib/role.ts';
import { reportedSettings, startScratchPostgres } from './lib/scratch-postgres.ts';

interface LoaderInput { appUrl: string; dataDir: string }
type Job = { kind: 'generated'; programId: number; stretch: Stretch } | { kind: 'file'; programId: number; file: string };
interface Done { documents: number; refused: number; points: number; seconds: number; cpuMicros: number; peakRssMb: number; figures?: ImportFigures }

const TOTAL = 1_000_000;
const TOTAL_SMALL = 100_000;
const MEMBERS_A_DOCUMENT = 0.1;
const WARM_UP_SHARE = 0.05;
const LEAST_RATIO = 1.5;
const MOST_RSS_MB = 400;
const REAL_FILE = '../shared/data/online-retail.csv.gz';

if (roleHere() === 'loader') await serveLoader(await roleInput());
else await main();

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { small: { type: 'boolean', default: false }, file: { type: 'string' }, blocks: { type: 'string', default: '2' }, seconds: { type: 'string', default: '10' } } });
  const file = path.resolve(projectRoot(), values.file ?? REAL_FILE);
  if (!existsSync(file)) throw new Error(`${file} is not there: give the real file with --file`);
  const total = values.small ? TOTAL_SMALL : TOTAL;
  const members = total * MEMBERS_A_DOCUMENT;
  const loadBefore = rounded(loadavg()[0] ?? NaN);
  const postgres = await startScratchPostgres();
  try {
    const installation = await install(postgres.url);
    const startLoader = async () => {
      const started = startRole(import.meta.url, 'loader', { appUrl: installation.urls.appUrl, dataDir: installation.dataDir } satisfies LoaderInput);
      await nextMessage(started);
      return started;
    };
    let loader = await startLoader();
    try {
      const [floorAdmin, admin] = [await connected(postgres.url), await connected(installation.urls.adminUrl)];
      const program = await makeProgram(installation, { code: 'historia' }, RULES);
      await seedMembers(admin, program.id, members);
      await prepareFloor(floorAdmin, members);
      const loads: Done[] = [];
      let from = 0;
      const until = Date.now();
      const load = async (count: number) => {
        const done = await ask<Done>(loader, { kind: 'generated', programId: program.id, stretch: { from, count, total, members, until } } satisfies Job);
        from += count;
        loads.push(done);
        console.error(`${done.documents} documents, ${Math.round(done.documents / done.seconds)} a second, ${Math.round(done.cpuMicros / done.documents)} us of Node each`);
        return done;
      };
      const warmUp = total * WARM_UP_SHARE;
      await load(warmUp);
      await admin.query('vacuum analyze'); // what autovacuum does within a minute
      const blocks = Number(values.blocks);
      const floorCpu = { micros: 0, documents: 0 };
      const ours = { postgres: 0, documents: 0, node: 0 };
      const floor = async () => {
        const before = postgres.cpuMicros() + cpuOfEndedChildren();
        const perSecond = await runFloor(postgres.url, members, Number(values.seconds));
        floorCpu.micros += postgres.cpuMicros() + cpuOfEndedChildren() - before;
        floorCpu.documents += perSecond * Number(values.seconds);
        return perSecond;
      };
      const ratio = await runAbba({
        checkpoint: () => admin.query('CHECKPOINT'), floor,
        ours: async () => {
          const before = postgres.cpuMicros();
          const done = await load(Math.floor((total - warmUp) / (blocks * 2)));
          ours.postgres += postgres.cpuMicros() - before;
          ours.documents += done.documents;
          ours.node += done.cpuMicros;
          return done.documents / done.seconds;
        },
      }, blocks);
      const generated = await provenSums(admin, program.id, loads);
      const generatedRssMb = Math.max(...loads.map((one) => one.peakRssMb));
      const verified = await provenChains(installation.deps.db, program.id);

      // Each load is a command of its own, so each has a process and a memory of its own.
      await endRole(loader);
      loader = await startLoader();
      const mapping = await readMapping('online-retail');
      const { rules, expiry, ...input } = mapping.program;
      const shop = await setUpProgram(installation.deps, { ...input, wallets: [{ ...POINTS_WALLET, expiry }] }, rules);
      await admin.query('CHECKPOINT');
      const floorBefore = await floor();
      const real = await ask<Done>(loader, { kind: 'file', programId: shop.id, file } satisfies Job);
      const floorAfter = await floor();
      const realFloor = (floorBefore + floorAfter) / 2;
      const again = await ask<Done>(loader, { kind: 'file', programId: shop.id, file } satisfies Job);
      const realVerified = await provenChains(installation.deps.db, shop.id);
      const { received, booked, refused, documents } = real.figures ?? fail('the file gave no figures');
      if (received.rows !== booked.rows + refused.rows || received.minor !== booked.minor + refused.minor) throw new Error('received is not booked and refused together');
      if (again.figures?.documents.booked !== 0) throw new Error('the same file again booked something');
      const each = (micros: number, count: number) => rounded(micros / count);
      await Promise.all([floorAdmin.end(), admin.end()]);
      printResult({
        name: 'bench:import',
        figures: {
          ratio: rounded(ratio.median), perSecond: ratio.kept.map((pair) => Math.round(pair.ours)), floorPerSecond: ratio.kept.map((pair) => Math.round(pair.floor)), thrownAway: ratio.thrownAway.length, documents: generated.documents, points: generated.points, members,
          cpuMicrosADocument: { node: each(ours.node, ours.documents), postgres: each(ours.postgres, ours.documents), floor: each(floorCpu.micros, floorCpu.documents) }, verified,
          realFile: { rows: received.rows, documents: documents.booked, seconds: rounded(real.seconds), documentsPerSecond: Math.round(documents.booked / real.seconds), linesPerSecond: Math.round(received.rows / real.seconds), ratio: rounded(documents.booked / real.seconds / realFloor), ratioInFiveLines: rounded(received.rows / 5 / real.seconds / realFloor), verified: realVerified },
          peakRssMb: { generated: generatedRssMb, realFile: again.peakRssMb }, loadAverage: [loadBefore, rounded(loadavg()[0] ?? NaN)],
        },
        ranges: { ratio: [rounded(ratio.low), rounded(ratio.high)] }, versions: await reportedSettings(postgres.url),
        bars: [
          { what: 'generated history: ratio to the floor', figure: rounded(ratio.median), least: LEAST_RATIO },
          // Its documents have 21 lines on average: what is compared is the work on five lines.
          { what: 'real file, five lines each: ratio to the floor', figure: rounded(received.rows / 5 / real.seconds / realFloor), least: LEAST_RATIO },
          { what: 'peak memory of a loader in MB', figure: Math.max(generatedRssMb, again.peakRssMb), most: MOST_RSS_MB },
        ],
      });
      console.error(`median of the loads: ${Math.round(median(loads.map((one) => one.documents / one.seconds)))} documents a second`);
    } finally {
      await endRole(loader);
      await installation.close();
    }
  } finally {
    await postgres.stop();
  }
}

const fail = (words: string): never => { throw new Error(words); };

/** Documents and points in the database are those that the load said, to the last one. */
async function provenSums(admin: pg.Client, programId: number, loads: readonly Done[]) {
  const told = { documents: loads.reduce((sum, one) => sum + one.documents, 0), points: loads.reduce((sum, one) => sum + one.points, 0) };
  const { rows: [row] } = await admin.query<{ documents: number; points: string }>(`select (select count(*)::int from transaction where program_id = $1) as documents, (select coalesce(sum(points), 0) from transfer where program_id = $1 and kind = 1) as points`, [programId]);
  if (row?.documents !== told.documents || Number(row.points) !== told.points || loads.some((one) => one.refused > 0)) throw new Error(`loaded ${JSON.stringify(told)}, stored ${JSON.stringify(row)}`);
  return told;
}

async function provenChains(db: Parameters<typeof verifyProgram>[0], programId: number) {
  const { accounts, transfers, differences } = await verifyProgram(db, programId);
  if (differences.length > 0) throw new Error(`the ledger disagrees with itself: ${JSON.stringify(differences.slice(0, 3))}`);
  return { accounts, transfers };
}

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client(url);
  client.on('error', () => undefined); // the first failure tells the story, not the end of the server behind it
  await client.connect();
  return client;
}

/** The load's own process: one job after another, as `wracam import` does it. */
async function serveLoader({ appUrl, dataDir }: LoaderInput): Promise<void> {
  const { masterKey } = await loadSecrets(dataDir);
  const { deps, close } = await makeDeps({ appUrl, masterKey, log: makeLog('error'), publicUrl: 'http://localhost' });
  process.on('message', (job: Job) => {
    const cpu = process.cpuUsage();
    const startedAt = performance.now();
    void runJob(job).then((done) => {
      const { user, system } = process.cpuUsage(cpu);
      process.send?.({ ...done, seconds: (performance.now() - startedAt) / 1000, cpuMicros: user + system, peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024) } satisfies Done);
    }, (error: unknown) => { console.error(error); process.exit(1); });
  });
  process.once('SIGTERM', () => void close().then(() => process.exit(0)));
  process.send?.('ready');

  async function runJob(job: Job): Promise<Omit<Done, 'seconds' | 'cpuMicros' | 'peakRssMb'>> {
    if (job.kind === 'file') {
      const figures = await importTransactions(deps, { file: job.file, mapping: await readMapping('online-retail'), programId: job.programId, report: null });
      return { documents: figures.documents.booked, refused: figures.documents.refused, points: figures.points.earned, figures };
    }
    let points = 0;
    const { booked, refused, duplicates } = await loadHistory(deps, job.programId, documentsOf(job.stretch), { batchNo: null, onOutcome: (_document, outcome) => {
      if (outcome !== null && !isDenied(outcome)) for (const award of outcome.awards) points += award.points;
    } });
    return { documents: booked, refused: refused + duplicates, points };
  }
}
