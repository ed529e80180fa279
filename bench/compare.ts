/**
 * Two builds of the server against each other, on one database in turn: on a machine whose speed moves by a fifth, single runs of `bench:accrual` cannot
 * tell a tenth, but neighbouring rounds can. The other build is a checkout beside this one with its modules installed (`git worktree add`).
 * `npm run bench:compare -- --with ../other [--rounds 16] [--seconds 2] [--batch 50] [--rate 2000]`
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from '@wracam/server/platform/project-root';
import { asAdmin } from '@wracam/server/platform/roles';
import { driveFrom, isLoad, playLoad, type LoadLimit } from './accrual/load.ts';
import { RULES, rulesOf } from './accrual/rules.ts';
import { seedMembers } from './accrual/seed.ts';
import { freePort, install, makeProgram } from './lib/installation.ts';
import { printResult, rounded } from './lib/result.ts';
import { reportedSettings, startScratchPostgres, type ScratchPostgres } from './lib/scratch-postgres.ts';
import { buildServer } from './lib/server-build.ts';
import { startServer, type ServerProcess } from './lib/server-process.ts';

type Build = { readonly name: string; readonly server: ServerProcess };
/** Of one round; CPU in microseconds a document. `all`: server, PostgreSQL and load. */
type Round = { readonly perSecond: number; readonly server: number; readonly postgres: number; readonly all: number; readonly p50Ms: number; readonly p99Ms: number };

const MEMBERS = 100_000;
const WARM_UP_DOCUMENTS = 40_000;
/** Two servers and whoever looks on. */
const CONNECTIONS = '120';
const FIGURES = ['perSecond', 'server', 'postgres', 'all', 'p50Ms', 'p99Ms'] as const;

if (isLoad()) await playLoad();
else await main();

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { with: { type: 'string' }, rounds: { type: 'string', default: '16' }, seconds: { type: 'string', default: '2' }, batch: { type: 'string', default: '1' }, rate: { type: 'string' } } });
  if (values.with === undefined) throw new Error('Say which other checkout to compare with: --with ../other.');
  const postgres = await startScratchPostgres({ max_connections: CONNECTIONS });
  const installation = await install(postgres.url);
  const builds: Build[] = [];
  try {
    const program = await makeProgram(installation, { code: 'sklep' }, rulesOf(RULES.length));
    await asAdmin(installation.urls.adminUrl, (admin) => seedMembers(admin, program.id, MEMBERS));
    for (const [name, root] of [['other', path.resolve(values.with)], ['this', projectRoot()]] as const) {
      const entry = await buildServer([], name, root);
      builds.push({ name, server: await startServer({ entry, port: await freePort(), databaseUrl: installation.urls.adminUrl, dataDir: installation.dataDir }) });
    }
    let runs = 0;
    const drive = ({ server }: Build, limit: LoadLimit) => {
      const batch = Number(values.batch);
      return driveFrom(import.meta.url, server, { apiKey: program.apiKey, workload: { run: `R${runs += 1}`, members: MEMBERS, batch, program: program.code }, ...limit });
    };
    for (const build of builds) await drive(build, { requests: Math.ceil(WARM_UP_DOCUMENTS / Number(values.batch)) });
    await asAdmin(installation.urls.adminUrl, (admin) => admin.query('vacuum analyze'));
    const limit = { seconds: Number(values.seconds), ...(values.rate ? { ratePerSecond: Number(values.rate) } : {}) };
    const rounds: Round[][] = [[], []];
    for (let turn = 0; turn < Number(values.rounds); turn += 1) {
      for (const at of turn % 2 === 0 ? [0, 1] : [1, 0]) rounds[at]!.push(await measured(builds[at]!, postgres, () => drive(builds[at]!, limit)));
      console.error(builds.map(({ name }, at) => `${name} ${Math.round(rounds[at]![turn]!.perSecond)} a second, ${Math.round(rounds[at]![turn]!.all)} µs`).join('; '));
    }
    const ofBuilds = (figure: (build: Build, at: number) => unknown) => Object.fromEntries(builds.map((build, at) => [build.name, figure(build, at)]));
    printResult({
      name: 'bench:compare',
      figures: { documentsARequest: Number(values.batch), rounds: rounds[0]!.length, percentAgainstOther: changes(rounds[0]!, rounds[1]!), medians: ofBuilds((_, at) => medians(rounds[at]!)), peakRssMb: ofBuilds(({ server }) => server.used().peakRssMb) },
      versions: await reportedSettings(postgres.url),
    });
  } finally {
    for (const { server } of builds) await server.stop();
    await installation.close();
    await postgres.stop();
  }
}

async function measured({ server }: Build, postgres: ScratchPostgres, drive: () => ReturnType<typeof driveFrom>): Promise<Round> {
  const before = { server: server.used().cpuMicros, postgres: postgres.cpuMicros() };
  const { report } = await drive();
  const each = { server: (server.used().cpuMicros - before.server) / report.allDocuments, postgres: (postgres.cpuMicros() - before.postgres) / report.allDocuments };
  return { perSecond: report.documents / report.seconds, ...each, all: each.server + each.postgres + report.cpuMicros / report.documents, p50Ms: report.p50Ms, p99Ms: report.p99Ms };
}

/** By how many percent this build differs, round by round, with the standard error of that. */
function changes(other: readonly Round[], own: readonly Round[]) {
  return Object.fromEntries(FIGURES.map((figure) => {
    const logs = own.map((round, at) => Math.log(round[figure] / other[at]![figure]));
    const mean = logs.reduce((sum, one) => sum + one, 0) / logs.length;
    const error = Math.sqrt(logs.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (logs.length - 1) / logs.length);
    return [figure, { percent: rounded(100 * (Math.exp(mean) - 1)), standardError: rounded(100 * error) }];
  }));
}

function medians(rounds: readonly Round[]) {
  return Object.fromEntries(FIGURES.map((figure) => [figure, rounded(rounds.map((round) => round[figure]).sort((a, b) => a - b)[rounds.length >> 1]!)]));
}
