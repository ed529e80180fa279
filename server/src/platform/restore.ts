import { createHash } from 'node:crypto';
import { finished } from 'node:stream/promises';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { COPY_SETTINGS, keyMark, listSequences, nameOf, readTable, type Progress } from './backup.ts';
import { readBackupFile, tableOf, type BackupEnd, type BackupStart } from './backup-file.ts';
import { migrate, readMigrations } from './migrate.ts';
import { asAdmin, databaseName, prepareDatabase, quote, roleNames, withDatabase } from './roles.ts';
import type { Secrets } from './secrets.ts';
import { startProblem } from './start-problem.ts';

export interface RestoreOptions {
  /** Of the live database, which the restored one replaces. A superuser: only one may load rows past triggers. */
  readonly adminUrl: string;
  readonly secrets: Secrets;
  readonly appUrl?: string | undefined;
  readonly file: string;
  /** Removes the database that was live until now; otherwise it is kept under the name in the result. */
  readonly dropOld: boolean;
  readonly progress: Progress;
  readonly say: (line: string) => void;
  /** Default: the product's own `server/migrations`. */
  readonly folder?: string;
}

export interface RestoreResult {
  readonly database: string;
  /** Where the former data is; undefined when it was dropped. */
  readonly previous: string | undefined;
  readonly tables: number;
  readonly rows: number;
  readonly takenAt: string;
}

/**
 * Replaces the live database by a backup, while processes run: a new database is filled beside it, checked row for row against the
 * backup's hashes, brought to this version's migrations, and swapped in by one renaming transaction. Processes lose their connections
 * at that moment and connect again. Whatever fails before the swap leaves the live database as it was.
 */
export async function restore(options: RestoreOptions): Promise<RestoreResult> {
  const { adminUrl, secrets, file, say } = options;
  say('Checking the file');
  const { start, end } = await checkBackup(file);
  if (start.keyMark !== keyMark(secrets.masterKey)) {
    throw startProblem('The backup was made with another master key, so its encrypted columns could not be read: put back the secrets.json that belongs to it, or set WRACAM_MASTER_KEY.');
  }
  await checkMigrations(start, options.folder);
  const live = databaseName(adminUrl);
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const [fresh, previous] = [`${live}_new_${stamp}`, `${live}_old_${stamp}`];
  const maintenance = withDatabase(adminUrl, 'postgres');
  await prepareDatabase(adminUrl, secrets, options.appUrl);
  const freshUrl = withDatabase(adminUrl, fresh);
  try {
    const urls = await prepareDatabase(freshUrl, secrets, options.appUrl && withDatabase(options.appUrl, fresh), live);
    const names = { ...roleNames(live), app: decodeURIComponent(new URL(urls.appUrl).username) };
    const migrating = { migratorUrl: urls.migratorUrl, names, log: () => undefined, folder: options.folder };
    await migrate({ ...migrating, upTo: start.migrations.at(-1)?.name ?? '' });
    const taken = await asAdmin(adminUrl, listSequences);
    await asAdmin(freshUrl, async (client) => {
      await client.query(COPY_SETTINGS);
      say('Loading');
      await load(client, file, start, end, options.progress);
      await placeSequences(client, end, taken);
      say('Checking every row');
      await compare(client, start, end, options.progress);
    });
    await migrate(migrating);
    await asAdmin(freshUrl, async (client) => { await client.query('analyze'); });
    say('Swapping');
    await swap(maintenance, live, fresh, previous);
  } catch (error) {
    await asAdmin(maintenance, async (client) => { await client.query(`drop database if exists ${quote(fresh)} with (force)`); });
    throw error;
  }
  if (options.dropOld) await asAdmin(maintenance, async (client) => { await client.query(`drop database ${quote(previous)} with (force)`); });
  options.progress(1, 'done');
  return {
    database: live, previous: options.dropOld ? undefined : previous, tables: start.tables.length,
    rows: end.tables.reduce((sum, table) => sum + table.rows, 0), takenAt: start.takenAt,
  };
}

/** Reads the whole file once before anything is touched. */
async function checkBackup(file: string): Promise<{ start: BackupStart; end: BackupEnd }> {
  let start: BackupStart | undefined;
  let end: BackupEnd | undefined;
  const hashes = new Map<number, ReturnType<typeof createHash>>();
  for await (const { name, content } of readBackupFile(file)) {
    const table = tableOf(name);
    if (name === 'start.json') start = JSON.parse(content.toString()) as BackupStart;
    else if (name === 'end.json') end = JSON.parse(content.toString()) as BackupEnd;
    else if (table !== undefined) {
      if (!hashes.has(table)) hashes.set(table, createHash('sha256'));
      hashes.get(table)?.update(content);
    }
  }
  if (start?.format !== 'wracam-backup' || start.version !== 1) throw startProblem(`${file} is not a backup that this version can read.`);
  const nothing = createHash('sha256').digest('hex');
  const whole = end?.tables.length === start.tables.length
    && end.tables.every((table, index) => (hashes.get(index)?.digest('hex') ?? nothing) === table.sha256);
  if (!end || !whole) throw startProblem(`${file} is damaged or cut off: take another copy of it.`);
  return { start, end };
}

async function checkMigrations(start: BackupStart, folder: string | undefined): Promise<void> {
  const ours = new Map((await readMigrations(folder)).map((one) => [one.name, one.sha256]));
  const foreign = start.migrations.find((one) => ours.get(one.name) !== one.sha256);
  if (foreign) throw startProblem(`The backup has the migration ${foreign.name}, which this version does not know: restore it with the version that made it, or a newer one.`);
}

async function load(client: pg.Client, file: string, start: BackupStart, end: BackupEnd, progress: Progress): Promise<void> {
  await client.query('begin');
  await client.query(`set local session_replication_role = 'replica'`).catch((error: unknown) => {
    throw Reflect.get(Object(error), 'code') === '42501'
      ? startProblem('Restoring needs a superuser in DATABASE_URL: only one may load rows past triggers and foreign keys.') : error;
  });
  // Rows that migrations themselves put in would meet the same rows of the backup.
  if (start.tables.length > 0) await client.query(`truncate ${start.tables.map(nameOf).join(', ')}`);
  const total = end.tables.reduce((sum, table) => sum + table.bytes, 0) || 1;
  let done = 0;
  let open: { table: number; stream: ReturnType<typeof copyFrom> } | undefined;
  const close = async () => {
    if (!open) return;
    open.stream.end();
    await finished(open.stream);
    open = undefined;
  };
  for await (const { name, content } of readBackupFile(file)) {
    const table = tableOf(name);
    const shape = table === undefined ? undefined : start.tables[table];
    if (table === undefined || !shape) continue;
    if (open?.table !== table) {
      await close();
      open = { table, stream: client.query(copyFrom(`copy ${nameOf(shape)} (${shape.columns.map(quote).join(', ')}) from stdin`)) };
      open.stream.on('error', () => undefined); // `finished` and `once` below reject with it
    }
    if (!open.stream.write(content)) await once(open.stream, 'drain');
    done += content.length;
    progress((done / total) * 0.7, shape.name);
  }
  await close();
  await client.query('commit');
}

/** Never behind the live database: processes that run on may still hold numbers they took from it. */
async function placeSequences(client: pg.Client, end: BackupEnd, taken: BackupEnd['sequences']): Promise<void> {
  for (const sequence of end.sequences) {
    const live = taken.find((one) => one.schema === sequence.schema && one.name === sequence.name);
    const further = live && BigInt(live.last) > BigInt(sequence.last) ? live : sequence;
    await client.query('select setval($1::regclass, $2::bigint, $3)', [nameOf(sequence), further.last, further.called]);
  }
}

async function compare(client: pg.Client, start: BackupStart, end: BackupEnd, progress: Progress): Promise<void> {
  for (const [index, table] of start.tables.entries()) {
    const found = await readTable(client, table, async () => undefined);
    const wanted = end.tables[index];
    if (found.rows !== wanted?.rows || found.sha256 !== wanted.sha256) {
      throw startProblem(`${table.name} came out different from the backup (${found.rows} rows, ${wanted?.rows} expected): nothing was changed; check the disk and the PostgreSQL version.`);
    }
    progress(0.7 + (0.3 * (index + 1)) / start.tables.length, table.name);
  }
}

/**
 * Both names change in one commit: there is no moment at which a crash would leave no live database. The first rename locks new
 * connections out and waits for the old ones, which the second connection ends meanwhile.
 */
async function swap(maintenance: string, live: string, fresh: string, previous: string): Promise<void> {
  let renaming = true;
  const ending = asAdmin(maintenance, async (client) => {
    while (renaming) {
      await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = any($1)', [[live, fresh]]);
      await sleep(20);
    }
  });
  try {
    await asAdmin(maintenance, async (client) => {
      await client.query('begin');
      await client.query(`alter database ${quote(live)} rename to ${quote(previous)}`);
      await client.query(`alter database ${quote(fresh)} rename to ${quote(live)}`);
      await client.query('commit');
    });
  } catch (error) {
    throw Reflect.get(Object(error), 'code') === '55006'
      ? startProblem('Some connections to the live database did not end: stop the programs that use it and restore again.') : error;
  } finally {
    renaming = false;
    await ending;
  }
}
