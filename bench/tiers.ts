/**
 * Nights of a program with levels, beside sales that go on: the first look at everybody, a night like any other, and the night in which a year
 * ends and most levels with it. Afterwards every member's level is held to the pure function over the member's days.
 * `npm run bench:tiers -- [--small] [--sales 20]`
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { dateOf, dayNumberOf, startOfLocalDay, type LocalDate } from '@wracam/engine/calendar';
import { decodeNumbers } from '@wracam/engine/codec';
import { addUp, packActivity, readBuckets } from '@wracam/engine/tiers/activity';
import { compileLadders, type TierLadder } from '@wracam/engine/tiers/ladder';
import { levelOf, standingOn } from '@wracam/engine/tiers/standing';
import { republish } from '@wracam/server/modules/earning/index';
import { recountTiers, startTiers } from '@wracam/server/modules/tiers/index';
import { activityOf, bookDocuments, requestOf, type NewDocument } from '@wracam/server/modules/transactions/index';
import { makeDeps } from '@wracam/server/make-deps';
import { makeLog } from '@wracam/server/platform/log';
import { loadSecrets } from '@wracam/server/platform/secrets';
import { RULES } from './accrual/rules.ts';
import { seedMembers } from './accrual/seed.ts';
import { install, makeProgram } from './lib/installation.ts';
import { printResult, rounded } from './lib/result.ts';
import { endRole, nextMessage, roleHere, roleInput, startRole, ask } from './lib/role.ts';
import { reportedSettings, startScratchPostgres } from './lib/scratch-postgres.ts';

const ZONE = 'Europe/Warsaw';
const MEMBERS = 1_000_000;
const MEMBERS_SMALL = 100_000;
/** Seconds that a night may take for a million members. */
const MOST_SECONDS = 300;
const LADDER_FROM: LocalDate = '2025-01-01';
const NIGHTS: readonly (readonly [name: string, date: LocalDate])[] = [['first', '2026-06-15'], ['ordinary', '2026-06-16'], ['yearEnd', '2027-01-01']];
const PAGE = 20_000;

const level = (code: string, threshold: number, keep: number | null = null) => ({ code, pl: code, en: code, plTo: null, color: '#c9a227', threshold, keep, benefits: [] });
const LADDER: TierLadder = {
  levels: [level('brazowy', 0), level('srebrny', 100_000), level('zloty', 250_000, 200_000), level('platynowy', 500_000)], measure: { kind: 'spent' }, period: { kind: 'calendar', unit: 'year' },
  promotion: 'atOnce', lasts: 'nextPeriod', demotion: 'oneLevel', graceDays: 0, returns: 'takeLevel',
};

interface TrafficInput { appUrl: string; dataDir: string; programId: number; members: number; salesPerSecond: number }
interface Traffic { sales: number; p50Ms: number; p99Ms: number }

if (roleHere() === 'traffic') await serveTraffic(await roleInput());
else await main();

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { small: { type: 'boolean', default: false }, sales: { type: 'string', default: '20' } } });
  const members = values.small ? MEMBERS_SMALL : MEMBERS;
  const loadBefore = rounded(loadavg()[0] ?? NaN);
  const postgres = await startScratchPostgres();
  try {
    const installation = await install(postgres.url);
    try {
      const admin = new pg.Client(installation.urls.adminUrl);
      await admin.connect();
      const program = await makeProgram(installation, { code: 'poziomy', test: true, startsAt: startOfLocalDay(ZONE, LADDER_FROM) }, RULES);
      await seedMembers(admin, program.id, members);
      await seedActivity(admin, program.id, members);
      await installation.deps.db.inProgram(program.id, (tx) => startTiers(tx, LADDER, republish));
      const nights: Record<string, unknown> = {};
      let slowest = 0;
      for (const [name, date] of NIGHTS) {
        await admin.query('update program set test_now = $2 where id = $1', [program.id, new Date(startOfLocalDay(ZONE, date))]);
        const traffic = startRole(import.meta.url, 'traffic', { appUrl: installation.urls.appUrl, dataDir: installation.dataDir, programId: program.id, members, salesPerSecond: Number(values.sales) } satisfies TrafficInput);
        await nextMessage(traffic);
        const started = performance.now();
        const { members: seen, changed } = (await recountTiers(installation.deps, program.id, activityOf))!;
        const seconds = (performance.now() - started) / 1000;
        const sold = await ask<Traffic>(traffic, { kind: 'stop' });
        await endRole(traffic);
        if (seen !== members) throw new Error(`${seen} members were seen of ${members}`);
        slowest = Math.max(slowest, seconds);
        nights[name] = { seconds: rounded(seconds), membersPerSecond: rounded(seen / seconds), changed, traffic: sold };
        console.error(`${name}: ${rounded(seconds)} s, ${rounded(seen / seconds)} members a second, ${changed} changed; beside it ${sold.sales} sales, p99 ${sold.p99Ms} ms`);
      }
      const { compared, different, levels } = await compareAll(admin, program.id, NIGHTS.at(-1)![1], members);
      console.error(`${compared} members compared with the pure function, ${different} differ; ${JSON.stringify(levels)}`);
      const perMillion = (slowest * MEMBERS) / members;
      const settings = await reportedSettings(postgres.url);
      await admin.end();
      printResult({
        name: 'tiers', figures: { members, slowestSeconds: rounded(slowest), slowestSecondsPerMillion: rounded(perMillion), nights, compared, different, levels, loadBefore, settings },
        bars: [{ what: 'seconds of the slowest night for a million members', figure: rounded(perMillion), most: MOST_SECONDS }, { what: 'members whose level differs from the pure function', figure: different, most: 0 }, { what: 'members compared', figure: compared, least: members }],
      });
    } finally {
      await installation.close();
    }
  } finally {
    await postgres.stop();
  }
}

/** A stream of numbers that is the same in every run (Numerical Recipes' generator, its upper half). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => { state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296; return Math.floor(state / 65_536) % below; };
}

/** Two years of days for everybody: nobody, a few or many purchases. */
async function seedActivity(admin: pg.Client, programId: number, members: number): Promise<void> {
  const random = numbers(1);
  const [first, span] = [dayNumberOf('2024-07-01'), 710];
  for (let from = 1; from <= members; from += PAGE) {
    const ids: number[] = [];
    const days: Buffer[] = [];
    for (let id = from; id < from + PAGE && id <= members; id += 1) {
      const visits = id % 10 === 0 ? 0 : 1 + random(id % 7 === 0 ? 60 : 20);
      ids.push(id);
      days.push(Buffer.from(packActivity(addUp(Array.from({ length: visits }, () => ({ day: first + random(span), spentMinor: 1_500 + random(30_000), sales: 1, points: [[1, 1 + random(30)]] as const }))))));
    }
    await admin.query('insert into member_activity (program_id, member_id, days) select $1, t.id, t.days from unnest($2::bigint[], $3::bytea[]) t (id, days)', [programId, ids, days]);
  }
  await admin.query('update member_ledger set counted = true where program_id = $1', [programId]);
  await admin.query('vacuum analyze member_ledger, member_activity');
}

/** Every member's stored level beside what the pure function says of the stored days, read in one statement. */
async function compareAll(admin: pg.Client, programId: number, today: LocalDate, members: number): Promise<{ compared: number; different: number; levels: Record<string, number> }> {
  const ladders = compileLadders([{ no: 1, effectiveOn: LADDER_FROM, ladder: LADDER }], []);
  const levels: Record<string, number> = {};
  let [compared, different] = [0, 0];
  for (let from = 1; from <= members; from += PAGE) {
    const { rows } = await admin.query<{ days: Buffer | null; level: string | null; since: string | null; untils: Buffer | null }>(`select a.days, t.level, t.since::text, t.untils from member_ledger m
      left join member_activity a using (program_id, member_id) left join member_tier t using (program_id, member_id) where m.program_id = $1 and m.member_id >= $2 and m.member_id < $3`, [programId, from, from + PAGE]);
    for (const row of rows) {
      const buckets = readBuckets(row.days ?? packActivity([]), 'spent', null);
      const state = standingOn(ladders, () => buckets, null, dayNumberOf(today))!;
      const code = LADDER.levels[levelOf(state)]!.code;
      levels[code] = (levels[code] ?? 0) + 1;
      compared += 1;
      const same = row.level === null ? code === 'brazowy' : row.level === code && row.since === dateOf(state.since) && decodeNumbers(row.untils!).every((until, at) => until === state.untils[at]);
      if (!same) different += 1;
    }
  }
  return { compared, different, levels };
}

/** A process that books sales at a steady pace until it is told to stop. */
async function serveTraffic({ appUrl, dataDir, programId, members, salesPerSecond }: TrafficInput): Promise<void> {
  const { masterKey } = await loadSecrets(dataDir);
  const { deps, close } = await makeDeps({ appUrl, masterKey, log: makeLog('error'), publicUrl: 'http://localhost' });
  const random = numbers(process.pid);
  let stopped = false;
  const waits: number[] = [];
  const sell = async () => {
    const now = await deps.db.readProgram(programId, async ({ program }) => program.now);
    const [id] = await deps.ids.take(1);
    const document: NewDocument = { source: 'kasa', externalId: `S-${process.pid}-${id}`, kind: 'sale', occurredAt: now, pointer: { id: 1 + random(members) }, totalMinor: 1_500 + random(20_000), lines: [], payments: [], currency: 'PLN', store: null, till: null, cashier: null, channel: null, attributes: {}, of: null };
    const started = performance.now();
    const [outcome] = await bookDocuments(deps, programId, [requestOf(document, id!)]);
    if ('refusal' in outcome!) throw new Error(outcome.refusal);
    waits.push(performance.now() - started);
  };
  const loop = (async () => {
    for (let next = performance.now(); !stopped; next += 1000 / salesPerSecond) {
      await sell();
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, next - performance.now())));
    }
  })();
  process.send!({ ready: true });
  process.once('message', () => void (async () => {
    stopped = true;
    await loop;
    const sorted = waits.toSorted((a, b) => a - b);
    const at = (share: number) => rounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN);
    process.send!({ sales: waits.length, p50Ms: at(0.5), p99Ms: at(0.99) } satisfies Traffic);
    await close();
  })());
}
