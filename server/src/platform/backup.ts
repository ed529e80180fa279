import { createHash, createHmac } from 'node:crypto';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { writeBackupFile, type BackupEnd, type TableShape } from './backup-file.ts';
import { appliedMigrations } from './migrate.ts';
import { databaseName, quote } from './roles.ts';

/** How far a long command is: a share from 0 to 1 and what it is at. */
export type Progress = (share: number, at: string) => void;

export interface BackupOptions {
  /** A role that reads every table and passes row level security: the loader, or an administrator. */
  readonly url: string;
  readonly masterKey: string;
  readonly file: string;
  readonly progress: Progress;
}

export interface BackupResult {
  readonly file: string;
  readonly tables: number;
  readonly rows: number;
  /** Size of the file. */
  readonly bytes: number;
  readonly takenAt: string;
}

/** Text that does not depend on the server's or the user's settings, so that the same rows always give the same bytes. */
export const COPY_SETTINGS = `set datestyle = 'ISO, YMD'; set timezone = 'UTC'; set intervalstyle = 'postgres'; set extra_float_digits = 1;
  set bytea_output = 'hex'; set synchronize_seqscans = off; set statement_timeout = 0; set client_encoding = 'UTF8'; set lock_timeout = '10s'`;

/** A mark by which an installation recognises its own key; it cannot be turned back into the key. */
export const keyMark = (masterKey: string): string =>
  createHmac('sha256', Buffer.from(masterKey, 'hex')).update('wracam backup key mark').digest('hex').slice(0, 32);

/**
 * Writes one file with every row of the database as it was at one moment, while the database is in use: readers and writers are not
 * held up. Encrypted columns stay encrypted: without the master key (`secrets.json`, kept elsewhere) they cannot be read.
 */
export async function backUp({ url, masterKey, file, progress }: BackupOptions): Promise<BackupResult> {
  const client = new pg.Client({ connectionString: url, application_name: 'wracam backup' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(COPY_SETTINGS);
    await client.query('set row_security = off'); // a role that is held by it gets an error instead of a part of the rows
    await client.query('begin isolation level repeatable read read only');
    const migrations = await appliedMigrations(client);
    const tables = await listTables(client);
    const total = tables.reduce((sum, table) => sum + table.size, 0) || 1;
    const takenAt = (await client.query<{ at: Date }>('select now() as at')).rows[0]?.at.toISOString() ?? '';
    const ends: BackupEnd['tables'][number][] = [];
    const bytes = await writeBackupFile(file, async (writer) => {
      const shapes = tables.map(({ schema, name, columns }) => ({ schema, name, columns }));
      await writer.start({ format: 'wracam-backup', version: 1, takenAt, database: databaseName(url), keyMark: keyMark(masterKey), migrations, tables: shapes });
      let before = 0;
      for (const [index, table] of tables.entries()) {
        let seen = 0;
        ends.push(await readTable(client, table, async (piece) => {
          await writer.rows(index, piece);
          seen += piece.length;
          progress(Math.min(before + Math.min(seen, table.size), total) / total, table.name);
        }));
        before += table.size;
      }
      await writer.end({ tables: ends, sequences: await listSequences(client) });
    });
    await client.query('commit');
    progress(1, 'done');
    return { file, tables: tables.length, rows: ends.reduce((sum, table) => sum + table.rows, 0), bytes, takenAt };
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** All rows of a table as COPY text, piece by piece, with their number and hash. */
export async function readTable(client: pg.Client, table: TableShape, take: (piece: Buffer) => Promise<void>): Promise<BackupEnd['tables'][number]> {
  const hash = createHash('sha256');
  let bytes = 0;
  const stream = client.query(copyTo(`copy (select ${table.columns.map(quote).join(', ')} from ${nameOf(table)}) to stdout`));
  for await (const piece of stream) {
    hash.update(piece as Buffer);
    bytes += (piece as Buffer).length;
    await take(piece as Buffer);
  }
  return { rows: stream.rowCount, bytes, sha256: hash.digest('hex') };
}

/** Schema and table, quoted. */
export const nameOf = ({ schema, name }: { readonly schema: string; readonly name: string }): string => `${quote(schema)}.${quote(name)}`;

/** Sequences and where they are. Read after the rows: a value handed out meanwhile is skipped, never used twice. */
export async function listSequences(client: pg.Client): Promise<BackupEnd['sequences'][number][]> {
  const { rows } = await client.query<{ schema: string; name: string }>(`
    select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'S' and ${OURS} order by 1, 2`);
  const sequences: BackupEnd['sequences'][number][] = [];
  for (const sequence of rows) {
    const { rows: [at] } = await client.query<{ last: string; called: boolean }>(`select last_value::text as last, is_called as called from ${nameOf(sequence)}`);
    if (at) sequences.push({ ...sequence, ...at });
  }
  return sequences;
}

/** Not the system's, and not an extension's. `c` is pg_class, `n` pg_namespace. */
const OURS = `n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'
  and not exists (select 1 from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')`;

/** Tables in a fixed order; a partitioned table is read as a whole, so its partitions are not listed. The migration table is made by migrating. */
async function listTables(client: pg.Client): Promise<(TableShape & { size: number })[]> {
  const { rows } = await client.query<{ schema: string; name: string; columns: string[]; size: string }>(`
    select n.nspname as schema, c.relname as name, pg_table_size(c.oid)::text as size,
      (select coalesce(array_agg(a.attname::text order by a.attnum), '{}') from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and ${OURS} and (n.nspname, c.relname) <> ('public', 'migration') order by 1, 2`);
  return rows.filter((row) => row.columns.length > 0).map((row) => ({ ...row, size: Number(row.size) }));
}
