import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { startProblem } from './start-problem.ts';

const BLOCK = 512;
// A tar entry's size stands before its content, so a table of unknown length is cut into entries of this size.
const PART_BYTES = 1_048_576;
const GZIP_LEVEL = 4; // half the time of the default for a tenth more bytes

export interface TableShape {
  readonly schema: string;
  readonly name: string;
  /** Stored columns in the order of the rows; generated ones are made again. */
  readonly columns: readonly string[];
}

/** First entry: what the rest is. */
export interface BackupStart {
  readonly format: 'wracam-backup';
  readonly version: 1;
  readonly takenAt: string;
  readonly database: string;
  /** Tells whether the installation has the key that opens the encrypted columns; says nothing about the key. */
  readonly keyMark: string;
  readonly migrations: readonly { readonly name: string; readonly sha256: string }[];
  readonly tables: readonly TableShape[];
}

/** Last entry: a backup without it is not whole. */
export interface BackupEnd {
  readonly tables: readonly { readonly rows: number; readonly bytes: number; readonly sha256: string }[];
  readonly sequences: readonly { readonly schema: string; readonly name: string; readonly last: string; readonly called: boolean }[];
}

export interface BackupWriter {
  readonly start: (start: BackupStart) => Promise<void>;
  /** A piece of table number `table`, in order. */
  readonly rows: (table: number, piece: Buffer) => Promise<void>;
  readonly end: (end: BackupEnd) => Promise<void>;
}

/**
 * Writes a backup: a gzipped tar of `start.json`, pieces of each table as PostgreSQL's COPY text, and `end.json`. The file appears under
 * its name only when it is whole and on disk; readable by its owner only. Returns its size in bytes.
 */
export async function writeBackupFile(file: string, write: (writer: BackupWriter) => Promise<void>): Promise<number> {
  const draft = `${file}.part`;
  await rm(draft, { force: true });
  const made = await open(draft, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    throw startProblem(`${file} cannot be written (${error.code}): name a file in a folder that exists and has room.`);
  });
  await made.close();
  const gzip = createGzip({ level: GZIP_LEVEL });
  const written = pipeline(gzip, createWriteStream(draft));
  written.catch(() => undefined); // reported below, after the writer has stopped
  try {
    const put = async (piece: Buffer) => { if (!gzip.write(piece)) await Promise.race([once(gzip, 'drain'), written]); };
    const entry = async (name: string, content: Buffer) => {
      await put(tarHeader(name, content.length));
      await put(content);
      await put(Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK));
    };
    const pending = { table: -1, part: 0, bytes: 0, pieces: [] as Buffer[] };
    const flush = async () => {
      if (pending.bytes === 0) return;
      await entry(`rows/${pad(pending.table, 4)}/${pad(pending.part, 8)}`, Buffer.concat(pending.pieces));
      Object.assign(pending, { part: pending.part + 1, bytes: 0, pieces: [] });
    };
    await write({
      start: (start) => entry('start.json', Buffer.from(JSON.stringify(start))),
      rows: async (table, piece) => {
        if (table !== pending.table) {
          await flush();
          Object.assign(pending, { table, part: 0 });
        }
        pending.pieces.push(piece);
        pending.bytes += piece.length;
        if (pending.bytes >= PART_BYTES) await flush();
      },
      end: async (end) => {
        await flush();
        await entry('end.json', Buffer.from(JSON.stringify(end)));
        await put(Buffer.alloc(2 * BLOCK));
      },
    }).catch((error: unknown) => { gzip.destroy(); throw error; });
    gzip.end();
    await written;
    const size = await putOnDisk(draft);
    await rename(draft, file);
    return size;
  } catch (error) {
    await written.catch(() => undefined);
    await rm(draft, { force: true });
    throw error;
  }
}

/** Returns the size in bytes. */
async function putOnDisk(file: string): Promise<number> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
    return (await handle.stat()).size;
  } finally {
    await handle.close();
  }
}

export interface BackupEntry {
  readonly name: string;
  readonly content: Buffer;
}

/** The entries of a backup in order. A file that is cut off, damaged or something else ends in a start problem. */
export async function* readBackupFile(file: string): AsyncGenerator<BackupEntry> {
  const source = createReadStream(file);
  const gunzip = createGunzip();
  source.once('error', (error) => gunzip.destroy(error));
  let rest: Buffer = Buffer.alloc(0);
  let wanted: { name: string; size: number } | undefined;
  try {
    for await (const chunk of source.pipe(gunzip)) {
      rest = rest.length === 0 ? (chunk as Buffer) : Buffer.concat([rest, chunk as Buffer]);
      for (;;) {
        if (!wanted) {
          if (rest.length < BLOCK || rest[0] === 0) break;
          wanted = readTarHeader(rest.subarray(0, BLOCK));
          rest = rest.subarray(BLOCK);
        }
        const stored = Math.ceil(wanted.size / BLOCK) * BLOCK;
        if (rest.length < stored) break;
        yield { name: wanted.name, content: rest.subarray(0, wanted.size) };
        rest = rest.subarray(stored);
        wanted = undefined;
      }
    }
  } catch (error) {
    const code = Reflect.get(Object(error), 'code');
    if (code === 'ENOENT') throw startProblem(`There is no file ${file}: name the backup to restore.`);
    if (String(code).startsWith('Z_')) throw startProblem(`${file} is damaged or not a backup of Wracam: take another copy of it.`);
    throw error;
  } finally {
    source.destroy();
  }
}

/** Number of the table that an entry belongs to; undefined for `start.json` and `end.json`. */
export function tableOf(name: string): number | undefined {
  const found = /^rows\/(\d{4})\/\d{8}$/.exec(name)?.[1];
  return found === undefined ? undefined : Number(found);
}

const pad = (number: number, width: number) => String(number).padStart(width, '0');

function tarHeader(name: string, size: number): Buffer {
  const header = Buffer.alloc(BLOCK);
  header.write(name, 0, 100);
  header.write('0000600\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  header.write('        ', 148);
  header.write('0', 156);
  header.write('ustar\u000000', 257);
  header.write(`${checksum(header).toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

function readTarHeader(header: Buffer): { name: string; size: number } {
  const blank = Buffer.from(header);
  blank.write('        ', 148);
  const sound = header.toString('latin1', 257, 262) === 'ustar' && Number.parseInt(header.toString('latin1', 148, 154), 8) === checksum(blank);
  if (!sound) throw startProblem('The file is not a backup of Wracam, or it is damaged: take another copy of it.');
  return { name: header.toString('utf8', 0, header.indexOf(0)), size: Number.parseInt(header.toString('latin1', 124, 135), 8) };
}

const checksum = (header: Buffer) => header.reduce((sum, byte) => sum + byte, 0);
