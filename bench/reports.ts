/**
 * The home report of a program with half a million sales, as the panel asks for it: the first call, which counts the closed days, and the
 * following ones, which count today and yesterday. Its figures are compared with the rows before any time is told.
 * `npm run bench:reports -- [--sales 500000] [--days 365] [--members 50000] [--calls 50]`
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { FIRST_RULES } from '@wracam/server/setup';
import { seedMembers } from './accrual/seed.ts';
import { freePort, install, makeProgram } from './lib/installation.ts';
import { printResult, rounded } from './lib/result.ts';
import { reportedSettings, startScratchPostgres } from './lib/scratch-postgres.ts';
import { buildServer } from './lib/server-build.ts';
import { startServer } from './lib/server-process.ts';

interface Size { sales: number; days: number; members: number }
interface Home { days: { date: string; sales: number; salesMinor: number; pointsEarned: number }[] }

const MOST_MS = 200;
const SHOWN_DAYS = 30;
const MINUTE_MS = 60_000;

const { values } = parseArgs({ options: { sales: { type: 'string', default: '500000' }, days: { type: 'string', default: '365' }, members: { type: 'string', default: '50000' }, calls: { type: 'string', default: '50' } } });
const size: Size = { sales: Number(values.sales), days: Number(values.days), members: Number(values.members) };
const loadBefore = rounded(loadavg()[0] ?? NaN);
const entry = await buildServer();
const postgres = await startScratchPostgres();
try {
  const installation = await install(postgres.url);
  const admin = new pg.Client(installation.urls.adminUrl);
  admin.on('error', () => undefined); // the first failure tells the story, not the end of the server behind it
  await admin.connect();
  try {
    const program = await makeProgram(installation, { code: 'sklep' }, FIRST_RULES);
    await seedMembers(admin, program.id, size.members);
    await seedSales(admin, program.id, size);
    const server = await startServer({ entry, port: await freePort(), databaseUrl: installation.urls.adminUrl, dataDir: installation.dataDir });
    try {
      const ask = async () => {
        const from = performance.now();
        const answer = await fetch(`http://127.0.0.1:${server.port}/api/v1/programs/${program.code}/reports/home?days=${SHOWN_DAYS}`, { headers: { authorization: `Bearer ${program.apiKey}` } });
        const home = await answer.json() as Home;
        if (answer.status !== 200) throw new Error(`the report was answered ${answer.status}: ${JSON.stringify(home)}`);
        return { ms: performance.now() - from, home };
      };
      const first = await ask();
      await prove(admin, program.id, first.home);
      const times: number[] = [];
      for (let call = 0; call < Number(values.calls); call += 1) times.push((await ask()).ms);
      times.sort((a, b) => a - b);
      const at = (share: number) => rounded(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? NaN);
      printResult({
        name: 'bench:reports', figures: { ...size, calls: times.length, firstMs: rounded(first.ms), p50Ms: at(0.5), p95Ms: at(0.95), peakRssMb: server.used().peakRssMb, loadAverage: [loadBefore, rounded(loadavg()[0] ?? NaN)] },
        ranges: { ms: [rounded(times[0] ?? NaN), rounded(times.at(-1) ?? NaN)] }, versions: await reportedSettings(postgres.url),
        bars: [{ what: 'p95 of the home report in ms', figure: at(0.95), most: MOST_MS }],
      });
    } finally {
      await server.stop();
    }
  } finally {
    await admin.end();
    await installation.close();
  }
} finally {
  await postgres.stop();
}

/** Sales in the order of their dates, the last one a minute ago, each with the points it earned. Written without triggers by the administrator; reports read no body. */
async function seedSales(client: pg.Client, programId: number, { sales, days, members }: Size): Promise<void> {
  await client.query('set session_replication_role = replica; set synchronous_commit = off');
  const rows = `select $1::int8 as program_id, n, 1 + (n * 7919) % $3::int8 as member_id, 1 + n / $3::int8 as seq, 500 + (n * 7907) % 9000 as total,
    $5::timestamptz - (($2::int8 - n) * ($4::int8 * 86400000 / $2::int8)) * interval '1 millisecond' as at from generate_series(1, $2::int8) n`;
  const given = [programId, sales, members, days, new Date(Date.now() - MINUTE_MS)];
  await client.query(`insert into transaction (program_id, id, source, external_id, kind, state, member_id, occurred_at, booked_at, total_minor, content_hash, body, test)
    select program_id, n, 'till-' || n % 4, n::text, 1, 1, member_id, at, at, total, '', decode(repeat('00', 300), 'hex'), false from (${rows}) s order by s.n`, given);
  await client.query(`insert into transfer (program_id, member_id, wallet_no, seq, kind, side, incoming, points, origin_kind, origin_id, booked_at, test, hash)
    select program_id, member_id, 1, n, 1, 1, true, total / 100, 1, n, at, false, decode(repeat('00', 32), 'hex') from (${rows}) s order by s.n`, given);
  await client.query('set session_replication_role = origin; set synchronous_commit = on');
  await client.query('vacuum analyze transaction, transfer'); // what autovacuum does within a minute
}

/** What the report says of each day is what stands in the rows. */
async function prove(client: pg.Client, programId: number, { days }: Home): Promise<void> {
  const { rows } = await client.query<{ date: string; sales: number; sales_minor: string; points: string }>(`select to_char(t.occurred_at at time zone p.time_zone, 'YYYY-MM-DD') as date, count(*)::int as sales, sum(total_minor) as sales_minor, sum(total_minor / 100) as points
    from transaction t join program p on p.id = t.program_id where t.program_id = $1 group by 1`, [programId]);
  const stored = new Map(rows.map((row) => [row.date, `${row.sales} ${row.sales_minor} ${row.points}`]));
  const wrong = days.filter((day) => `${day.sales} ${day.salesMinor} ${day.pointsEarned}` !== (stored.get(day.date) ?? '0 0 0'));
  if (wrong.length > 0 || days.length !== SHOWN_DAYS) throw new Error(`the report tells ${JSON.stringify(wrong.slice(0, 3))}, stored is ${wrong.slice(0, 3).map((day) => stored.get(day.date)).join(', ')}`);
}
