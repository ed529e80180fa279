import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { projectRoot } from './project-root.ts';
import { asAdmin, quote, type RoleNames } from './roles.ts';
import { startProblem } from './start-problem.ts';

/** Any fixed number: only one process migrates a database at a time, the others wait and find nothing to do. */
const MIGRATION_LOCK = 7_223_002;
// A migration that waits longer for a table would make every request behind it wait too; it steps back and tries again.
const LOCK_TIMEOUT = '2s';
const LOCK_TRIES_MAX = 30;
const LOCK_PAUSE_MS = 1_000;

export interface Migration {
  readonly name: string;
  readonly sql: string;
  /** Of the file as it is, before role names are put in. */
  readonly sha256: string;
}

export interface MigrateOptions {
  readonly migratorUrl: string;
  readonly names: RoleNames;
  readonly log: (line: string) => void;
  /** Default: the product's own `server/migrations`. */
  readonly folder?: string | undefined;
  /** Stops after this one: a backup is restored into the schema it was taken from. */
  readonly upTo?: string;
}

/** Migration files in order. Throws when a name does not fit `NNNN_what.sql` or a number stands twice: the order would be a guess. */
export async function readMigrations(folder = path.join(projectRoot(), 'server', 'migrations')): Promise<Migration[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  const numbers = new Set<string>();
  for (const name of files) {
    const number = /^(\d{4})_[a-z0-9_-]+\.sql$/.exec(name)?.[1];
    if (!number) throw new Error(`The migration ${name} must be called like 0001_what_it_does.sql.`);
    if (numbers.has(number)) throw new Error(`Two migrations have the number ${number}.`);
    numbers.add(number);
  }
  return Promise.all(files.map(async (name) => {
    const sql = (await readFile(path.join(folder, name), 'utf8')).replaceAll('\r\n', '\n');
    return { name: name.slice(0, -'.sql'.length), sql, sha256: createHash('sha256').update(sql).digest('hex') };
  }));
}

/**
 * Brings the database to the newest migration, each file in one transaction as the owner; `reset role` inside a file gives the migrator,
 * who passes row level security. Returns the names applied now. Safe from many processes at once. A file that changed after it was
 * applied, or that comes before one that was applied, is a start problem and nothing is done. Names that only the database knows are
 * newer than this program and are left alone, so that the old version can run beside the new one during an update.
 */
export async function migrate({ migratorUrl, names, log, folder, upTo }: MigrateOptions): Promise<string[]> {
  const migrations = await readMigrations(folder);
  return asAdmin(migratorUrl, async (client) => {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await makeTable(client, names);
    const pending = pendingAmong(migrations, await appliedMigrations(client));
    const applied: string[] = [];
    for (const migration of pending) {
      if (upTo !== undefined && migration.name > upTo) break;
      log(`Migrating: ${migration.name}`);
      await apply(client, migration, names);
      applied.push(migration.name);
    }
    return applied;
  });
}

/** Names and hashes of what was applied, in order; empty for a database that was never migrated. */
export async function appliedMigrations(client: pg.Client): Promise<{ name: string; sha256: string }[]> {
  const { rows: [found] } = await client.query<{ there: boolean }>(`select to_regclass('public.migration') is not null as there`);
  if (!found?.there) return [];
  return (await client.query<{ name: string; sha256: string }>('select name, sha256 from public.migration order by name')).rows;
}

/** What is still to be applied, after the checks that `migrate` promises. */
export function pendingAmong(migrations: readonly Migration[], applied: readonly { name: string; sha256: string }[]): Migration[] {
  const done = new Map(applied.map((one) => [one.name, one.sha256]));
  const newest = applied.reduce((last, one) => (one.name > last ? one.name : last), '');
  return migrations.filter((migration) => {
    const hash = done.get(migration.name);
    if (hash !== undefined && hash !== migration.sha256) {
      throw startProblem(`The migration ${migration.name} was changed after it had been applied: put the old file back and write a new migration.`);
    }
    if (hash === undefined && migration.name < newest) {
      throw startProblem(`The migration ${migration.name} comes before ${newest}, which is applied already: give it a number after it.`);
    }
    return hash === undefined;
  });
}

async function makeTable(client: pg.Client, names: RoleNames): Promise<void> {
  const { rows: [found] } = await client.query<{ there: boolean }>(`select to_regclass('public.migration') is not null as there`);
  if (found?.there) return;
  await client.query(`
    begin;
    set local role ${quote(names.owner)};
    create table public.migration (name text primary key, sha256 text not null, applied_at timestamptz not null default now());
    revoke insert, update, delete on public.migration from ${quote(names.app)}, ${quote(names.loader)};
    commit`);
}

async function apply(client: pg.Client, migration: Migration, names: RoleNames): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.query('begin');
      await client.query(`set local role ${quote(names.owner)}; set local lock_timeout = '${LOCK_TIMEOUT}'`);
      await client.query(putNames(migration.sql, names));
      await client.query('reset role');
      await client.query('insert into public.migration (name, sha256) values ($1, $2)', [migration.name, migration.sha256]);
      await client.query('commit');
      return;
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      if (Reflect.get(Object(error), 'code') !== '55P03' || attempt >= LOCK_TRIES_MAX) throw placed(error, migration, names);
      await sleep(LOCK_PAUSE_MS);
    }
  }
}

/** `:app`, `:loader` and `:owner` stand for role names; `::app` would be a cast and is left alone. */
const putNames = (sql: string, names: RoleNames) =>
  sql.replace(/(?<![:\w]):(app|loader|owner)\b/g, (_, name: 'app' | 'loader' | 'owner') => quote(names[name]));

function placed(error: unknown, migration: Migration, names: RoleNames): Error {
  const position = Number(Reflect.get(Object(error), 'position'));
  const line = position > 0 ? `, line ${putNames(migration.sql, names).slice(0, position).split('\n').length}` : '';
  return new Error(`Migration ${migration.name}${line}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
}
