import pg from 'pg';
import type { Secrets } from './secrets.ts';
import { startProblem } from './start-problem.ts';

/** Who connects as whom. The first three are absent when only `WRACAM_APP_URL` is given: such a process serves, it does not set up. */
export interface DatabaseUrls {
  /** May make databases and roles. */
  readonly adminUrl: string | undefined;
  /** Member of the owner, passes row level security: migrations. */
  readonly migratorUrl: string | undefined;
  /** Passes row level security: import, backup, the nightly auditor. */
  readonly loaderUrl: string | undefined;
  /** Everyday work: neither owner nor superuser, held by row level security. */
  readonly appUrl: string;
}

/** What a set-up leaves: all four. */
export type AllDatabaseUrls = { readonly [name in keyof DatabaseUrls]: string };

export interface RoleNames {
  readonly owner: string;
  readonly migrator: string;
  readonly app: string;
  readonly loader: string;
}

/** Any fixed number: processes that set the same server up at once wait for each other on it. */
const SETUP_LOCK = 7_223_001;

export const roleNames = (database: string): RoleNames => ({
  owner: `${database}_owner`, migrator: `${database}_migrator`, app: `${database}_app`, loader: `${database}_loader`,
});

/** Name of the database at the end of a URL. */
export const databaseName = (url: string): string => decodeURIComponent(new URL(url).pathname.slice(1));

/** The same server and login, another database. */
export function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(database)}`;
  return changed.href;
}

/** The same server and database, another login. */
export function withLogin(url: string, user: string, password: string): string {
  const changed = new URL(url);
  changed.username = encodeURIComponent(user);
  changed.password = encodeURIComponent(password);
  return changed.href;
}

/**
 * Makes the database that `adminUrl` names, its four roles (see ledger: roles) and their rights; what is there already is kept, so it
 * runs at every start and from many processes at once. `appUrl` names an application role made by hand: it gets the rights instead of
 * one of ours. Throws a start problem when roles exist with passwords that are not in these secrets: another installation made them,
 * and taking them over would lock it out. `rolesOf` names the database whose roles are used: one that is about to take its place.
 */
export async function prepareDatabase(adminUrl: string, secrets: Secrets, appUrl?: string, rolesOf = databaseName(adminUrl)): Promise<AllDatabaseUrls> {
  const database = databaseName(adminUrl);
  const ours = roleNames(rolesOf);
  const names = appUrl ? { ...ours, app: decodeURIComponent(new URL(appUrl).username) } : ours;
  const login = (role: 'migrator' | 'app' | 'loader') => withLogin(adminUrl, names[role], secrets[role]);
  const urls: AllDatabaseUrls = { adminUrl, migratorUrl: login('migrator'), loaderUrl: login('loader'), appUrl: appUrl ?? login('app') };

  await asAdmin(withDatabase(adminUrl, await maintenanceDatabase(adminUrl)), async (client) => {
    await client.query('select pg_advisory_lock($1)', [SETUP_LOCK]);
    const had = await client.query<{ rolname: string }>('select rolname from pg_roles where rolname = any($1)', [Object.values(names)]);
    const existing = new Set(had.rows.map((row) => row.rolname));
    await makeRoles(client, names, existing, secrets, appUrl !== undefined);
    await makeDatabase(client, database, names);
    await checkPasswords(urls, names, existing);
    await asAdmin(adminUrl, async (inside) => {
      await grantInside(inside, names);
      await inside.query(`alter schema public owner to ${quote(names.owner)}`);
    });
  });
  return urls;
}

/** An SQL identifier in quotes. */
export const quote = (name: string): string => pg.escapeIdentifier(name);

/** Runs `work` on one connection of its own; an unreachable server or a refused login becomes a start problem. */
export async function asAdmin<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, application_name: 'wracam set-up' });
  client.on('error', () => undefined); // the query that is running gets the same error
  await client.connect().catch((error: unknown) => { throw unreachable(url, error); });
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function unreachable(url: string, error: unknown): Error {
  const { host, username } = new URL(url);
  const code = String(Reflect.get(Object(error), 'code') ?? '');
  if (code === '3D000') return Object.assign(new Error('no such database'), { code });
  const text = error instanceof Error ? error.message || code : String(error);
  return startProblem(code === '28P01' || code === '28000'
    ? `PostgreSQL at ${host} does not let ${decodeURIComponent(username)} in: check the user and the password in DATABASE_URL.`
    : `PostgreSQL at ${host} cannot be reached (${text}): check DATABASE_URL and that the server runs.`);
}

/** `postgres` where it exists and lets us in, else the named database itself: hosted servers often offer only one. */
async function maintenanceDatabase(adminUrl: string): Promise<string> {
  try {
    await asAdmin(withDatabase(adminUrl, 'postgres'), async () => undefined);
    return 'postgres';
  } catch (error) {
    if (Reflect.get(Object(error), 'code') === '3D000') return databaseName(adminUrl);
    throw error;
  }
}

async function makeRoles(client: pg.Client, names: RoleNames, existing: ReadonlySet<string>, secrets: Secrets, appByHand: boolean): Promise<void> {
  const kinds = { owner: 'nologin', migrator: 'login bypassrls', app: 'login', loader: 'login bypassrls' } as const;
  for (const kind of ['owner', 'migrator', 'app', 'loader'] as const) {
    if (existing.has(names[kind])) continue;
    if (kind === 'app' && appByHand) throw startProblem(`WRACAM_APP_URL names the role ${names.app}, which does not exist: make it, or leave WRACAM_APP_URL out.`);
    const password = kind === 'owner' ? '' : ` password ${pg.escapeLiteral(secrets[kind])}`;
    await client.query(`create role ${quote(names[kind])} ${kinds[kind]} nosuperuser nocreatedb nocreaterole${password}`).catch(explain);
  }
  const { rows } = await client.query<{ rolsuper: boolean }>('select rolsuper from pg_roles where rolname = current_user');
  // A superuser needs no membership; any other administrator could not hand the database over to the owner without it.
  if (!rows[0]?.rolsuper) await client.query(`grant ${quote(names.owner)} to current_user`).catch(explain);
  await client.query(`grant ${quote(names.owner)} to ${quote(names.migrator)}`).catch(explain);
}

function explain(error: unknown): never {
  if (Reflect.get(Object(error), 'code') === '42501') {
    throw startProblem('The user in DATABASE_URL may not make roles or databases: give an administrator\'s URL (CREATEROLE, CREATEDB and BYPASSRLS, or superuser).');
  }
  throw error;
}

async function makeDatabase(client: pg.Client, database: string, names: RoleNames): Promise<void> {
  const { rows } = await client.query<{ encoding: string; owner: string }>(
    'select pg_encoding_to_char(encoding) as encoding, pg_get_userbyid(datdba) as owner from pg_database where datname = $1', [database],
  );
  const found = rows[0];
  if (found && found.encoding !== 'UTF8') {
    throw startProblem(`The database ${database} is encoded in ${found.encoding}, so Polish letters would not fit: name another database in DATABASE_URL, it will be made.`);
  }
  if (!found) await client.query(`create database ${quote(database)} owner ${quote(names.owner)} encoding 'UTF8' template template0`).catch(explain);
  else if (found.owner !== names.owner) await client.query(`alter database ${quote(database)} owner to ${quote(names.owner)}`).catch(explain);
  await client.query(`revoke all on database ${quote(database)} from public`);
  await client.query(`grant connect on database ${quote(database)} to ${quote(names.migrator)}, ${quote(names.app)}, ${quote(names.loader)}`);
  await client.query(`grant temporary on database ${quote(database)} to ${quote(names.loader)}`);
}

async function checkPasswords(urls: AllDatabaseUrls, names: RoleNames, existing: ReadonlySet<string>): Promise<void> {
  for (const kind of ['migrator', 'app', 'loader'] as const) {
    if (!existing.has(names[kind])) continue;
    await asAdmin(urls[`${kind}Url`], async () => undefined).catch(() => {
      throw startProblem(`The role ${names[kind]} exists with another password: copy secrets.json from the data folder of the installation that made it, or name another database in DATABASE_URL.`);
    });
  }
}

/** Rights inside the database. Migrations narrow them table by table. TRUNCATE is given to nobody: row level security ignores it. */
async function grantInside(client: pg.Client, names: RoleNames): Promise<void> {
  const [owner, app, loader] = [quote(names.owner), quote(names.app), quote(names.loader)];
  await client.query(`revoke all on schema public from public; grant usage on schema public to ${app}, ${loader}`);
  await client.query(`
    alter default privileges for role ${owner} grant select, insert, update, delete on tables to ${app}, ${loader};
    alter default privileges for role ${owner} grant usage, select on sequences to ${app}, ${loader};
    alter default privileges for role ${owner} revoke execute on functions from public;
    alter default privileges for role ${owner} grant execute on functions to ${app}, ${loader}`);
}
