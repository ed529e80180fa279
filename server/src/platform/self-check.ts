import pg from 'pg';
import { appliedMigrations, pendingAmong, readMigrations } from './migrate.ts';
import { databaseName } from './roles.ts';
import { startProblem } from './start-problem.ts';

const CLOCK_SKEW_MAX_MS = 2_000;
const OLDEST_SERVER = 150_000;

export interface SelfCheckOptions {
  readonly appUrl: string;
  /** Tables above programs, which have policies of their own or none; every other table must force row level security. */
  readonly platformTables: readonly string[];
  /** Default: the product's own `server/migrations`. */
  readonly folder?: string;
}

/**
 * Looks at the database with the eyes of the application role. Returns warnings for the log; throws a start problem that lists every
 * reason why serving would put points or personal data at risk (ledger: invariants 10 and roles).
 */
export async function selfCheck({ appUrl, platformTables, folder }: SelfCheckOptions): Promise<string[]> {
  const client = new pg.Client({ connectionString: appUrl, connectionTimeoutMillis: 10_000, application_name: 'wracam self-check' });
  client.on('error', () => undefined);
  await client.connect().catch((error: unknown) => {
    throw startProblem(`The application role cannot connect to ${new URL(appUrl).host} (${error instanceof Error ? error.message : String(error)}): check WRACAM_APP_URL or DATABASE_URL.`);
  });
  try {
    const reasons = [
      ...(await roleReasons(client)), ...(await tableReasons(client, platformTables)), ...(await serverReasons(client)),
      ...(await migrationReasons(client, appUrl, folder)),
    ];
    if (reasons.length > 0) throw startProblem(`The database is not safe to serve from: ${reasons.join('; ')}.`);
    const { rows: [row] } = await client.query<{ on: string }>(`select current_setting('data_checksums') as on`);
    return row?.on === 'on' ? [] : ['PostgreSQL runs without data checksums: a damaged page would not be noticed. Switch them on with pg_checksums --enable.'];
  } finally {
    await client.end();
  }
}

async function roleReasons(client: pg.Client): Promise<string[]> {
  const { rows: [role] } = await client.query<{ name: string; super: boolean; bypass: boolean; owned: string | null }>(`
    select r.rolname as name, r.rolsuper as super, r.rolbypassrls as bypass,
      (select string_agg(c.relname, ', ') from pg_class c
        where c.relkind in ('r', 'p', 'v', 'm') and c.relnamespace = 'public'::regnamespace and pg_has_role(r.oid, c.relowner, 'member')) as owned
    from pg_roles r where r.rolname = current_user`);
  if (!role) return ['the application role is not in pg_roles'];
  return [
    ...(role.super ? [`the application role ${role.name} is a superuser, so row level security does not hold it`] : []),
    ...(role.bypass ? [`the application role ${role.name} has BYPASSRLS, so row level security does not hold it`] : []),
    ...(role.owned && !role.super ? [`the application role ${role.name} owns, or is a member of the owner of, ${role.owned}`] : []),
  ];
}

async function tableReasons(client: pg.Client, platformTables: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`
    select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname = 'public' and not (c.relrowsecurity and c.relforcerowsecurity)
      and c.relname <> all($1) order by 1`, [['migration', ...platformTables]]);
  return rows.map(({ name }) => `the table ${name} does not force row level security`);
}

async function serverReasons(client: pg.Client): Promise<string[]> {
  const before = Date.now();
  const { rows } = await client.query<{ name: string; value: string; now: string }>(`
    select name, current_setting(name) as value, (extract(epoch from clock_timestamp()) * 1000)::bigint::text as now
    from unnest(array['fsync', 'full_page_writes', 'synchronous_commit', 'server_version_num']) as name`);
  const after = Date.now();
  const value = (name: string) => rows.find((row) => row.name === name)?.value;
  const clock = Number(rows[0]?.now);
  const skew = Math.max(before - clock, clock - after, 0);
  return [
    ...(value('fsync') === 'off' ? ['fsync is off, so a power cut would destroy the database'] : []),
    ...(value('full_page_writes') === 'off' ? ['full_page_writes is off, so a power cut would destroy the database'] : []),
    ...(['off', 'local'].includes(value('synchronous_commit') ?? '') ? [`synchronous_commit is ${value('synchronous_commit')}, so acknowledged sales could be lost`] : []),
    ...(Number(value('server_version_num')) < OLDEST_SERVER ? ['PostgreSQL is older than 15'] : []),
    ...(skew > CLOCK_SKEW_MAX_MS ? [`the clocks of this machine and of PostgreSQL differ by ${(skew / 1_000).toFixed(1)} s: set both by NTP`] : []),
  ];
}

async function migrationReasons(client: pg.Client, appUrl: string, folder: string | undefined): Promise<string[]> {
  const pending = pendingAmong(await readMigrations(folder), await appliedMigrations(client));
  return pending.length === 0 ? [] : [`${pending.length} migrations are missing in ${databaseName(appUrl)}, from ${pending[0]?.name}: run npx wracam migrate`];
}
