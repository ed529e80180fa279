import pg from 'pg';
import { verifyProgram } from '@wracam/server/modules/ledger/index';
import { FIRST_RULES } from '@wracam/server/setup';
import { seedMembers } from '../accrual/seed.ts';
import { freePort, install, makeProgram } from '../lib/installation.ts';
import { buildServer } from '../lib/server-build.ts';
import { startScratchPostgres } from '../lib/scratch-postgres.ts';
import { startServer, type ServerProcess } from '../lib/server-process.ts';
import { makeClient } from './client.ts';
import type { Guard } from './guards.ts';
import { openArena, rounds, type Arena } from './race-rounds.ts';

export interface RaceFindings {
  /** Rounds in which every request was on its way at one instant; only these count. */
  counted: number;
  /** Rounds that had no such instant. */
  notAtOnce: number;
  byKind: Record<string, number>;
  /** Rounds that ended wrong, whether they count or not. */
  wrong: number;
  /** The first few in words. */
  faults: string[];
  seconds: number;
  transfersVerified: number;
}

export interface RaceOptions {
  rounds: number;
  guard: Guard | null;
  /** Only these kinds of rounds. */
  only?: readonly string[];
  /** Stops at the first rounds that end wrong: to see that a missing guard shows. */
  stopWhenWrong?: boolean;
  say?: (line: string) => void;
}

const LANES = 6;
const RICH_MEMBERS = 64;
const FAULTS_SHOWN = 8;
/** Rounds without overlap are run again, but not for ever. */
const TRIES_FACTOR = 3;

/** Runs rounds of real concurrency against two servers on one database until enough of them count, then proves the whole ledger. */
export async function proveRaces(options: RaceOptions): Promise<RaceFindings> {
  const entry = await buildServer(options.guard?.changes, `races-${options.guard?.name ?? 'server'}`);
  const postgres = await startScratchPostgres();
  const servers: ServerProcess[] = [];
  try {
    const installation = await install(postgres.url);
    try {
      const admin = new pg.Client(installation.urls.adminUrl);
      admin.on('error', () => undefined);
      await admin.connect();
      for (const statement of options.guard?.sql ?? []) await admin.query(statement);
      const program = await makeProgram(installation, { code: 'race' }, FIRST_RULES);
      const members = RICH_MEMBERS + options.rounds * TRIES_FACTOR + LANES;
      await seedMembers(admin, program.id, members);
      for (let i = 0; i < 2; i++) servers.push(await startServer({ entry, port: await freePort(), databaseUrl: installation.urls.adminUrl, dataDir: installation.dataDir }));
      const client = makeClient(program);
      const arena = await openArena(client, [servers[0]?.port ?? 0, servers[1]?.port ?? 0], members, RICH_MEMBERS);
      const findings = await runRounds(arena, options);
      client.close();
      const { transfers, differences } = await verifyProgram(installation.deps.db, program.id);
      const stock = await stockFaults(admin, program.id, arena, installation.deps.publicIds.decode);
      const bugs = servers.flatMap((server) => server.output().split('\n')).filter((line) => line.includes('"a bug"')).map((line) => line.slice(0, 1500));
      const late = [...bugs.slice(0, 2), ...differences.map((one) => `the ledger disagrees with itself: ${JSON.stringify(one)}`), ...stock];
      await admin.end();
      return { ...findings, transfersVerified: transfers, wrong: findings.wrong + late.length, faults: [...late, ...findings.faults].slice(0, FAULTS_SHOWN) };
    } finally {
      for (const server of servers) await server.stop();
      await installation.close();
    }
  } finally {
    await postgres.stop();
  }
}

async function runRounds(arena: Arena, options: RaceOptions): Promise<Omit<RaceFindings, 'transfersVerified'>> {
  const kinds = Object.entries(rounds).filter(([name]) => options.only?.includes(name) ?? true);
  const findings = { counted: 0, notAtOnce: 0, byKind: Object.fromEntries(kinds.map(([name]) => [name, 0])), wrong: 0, faults: [] as string[], seconds: 0 };
  const startedAt = Date.now();
  let n = 0;
  const goesOn = () => findings.counted < options.rounds && n < options.rounds * TRIES_FACTOR && !(options.stopWhenWrong && findings.wrong > 0);
  const lane = async () => {
    while (goesOn()) {
      const mine = n++;
      const [name, round] = kinds[mine % kinds.length] ?? ['', null];
      if (!round) return;
      const { overlapped, faults } = await round(arena, Math.floor(mine / kinds.length)).catch((error: unknown) => ({ overlapped: false, faults: [String(error)] }));
      if (overlapped) {
        findings.counted++;
        findings.byKind[name] = (findings.byKind[name] ?? 0) + 1;
        if (findings.counted % 250 === 0) options.say?.(`${findings.counted} rounds, ${findings.wrong} wrong`);
      } else findings.notAtOnce++;
      if (faults.length > 0) {
        findings.wrong++;
        if (findings.faults.length < FAULTS_SHOWN) findings.faults.push(`${name}: ${faults.join('; ')}`);
      }
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return { ...findings, seconds: Math.round((Date.now() - startedAt) / 1000) };
}

/** Pieces sold and left are the pieces there were, for every reward. */
async function stockFaults(admin: pg.Client, programId: number, arena: Arena, decode: (prefix: 'rwd', id: string) => number | null): Promise<string[]> {
  const { rows } = await admin.query<{ id: string; left: string; sold: string }>(`select r.id, r.stock_left as left, coalesce((select sum(l.quantity) from reward_order_line l join reward_order o on o.program_id = l.program_id and o.id = l.order_id
    where l.program_id = r.program_id and l.reward_id = r.id and o.state <> 'cancelled'), 0) as sold from reward r where r.program_id = $1`, [programId]);
  const start = new Map([...arena.stock].map(([id, pieces]) => [decode('rwd', id), pieces]));
  return rows.filter((row) => Number(row.left) < 0 || Number(row.left) + Number(row.sold) !== start.get(Number(row.id)))
    .map((row) => `reward ${row.id}: ${row.sold} sold and ${row.left} left of ${start.get(Number(row.id))}`);
}
