import { randomBytes } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { link, mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startProblem } from './start-problem.ts';

const LOCK_NAME = 'running.lock';
const HEARTBEAT_MS = 1_000;
// Long enough for a holder on a busy machine to show a beat, short enough for a person who waits.
const SILENCE_MS = 4_000;

interface Holder {
  readonly pid: number;
  /** When that process started, as the system counts it: process numbers are used again, pairs are not. */
  readonly started: string;
  /** Machine, boot and process namespace: only inside the same one can a process number be looked up. */
  readonly place: string;
}

/** Gives the folder back; safe to call twice. */
export type ReleaseFolder = () => Promise<void>;

/**
 * Makes the data folder, and those above it, where they are missing. Throws a start problem where that cannot be. `mkdir` with `recursive`
 * never ends in a file system that says of its own folders that they are not there, such as /proc.
 */
export async function makeDataFolder(folder: string): Promise<void> {
  const wrong = (code: string | undefined) => startProblem(`WRACAM_DATA is ${folder}, which cannot be a folder of ours (${code}): name a folder that this user may make or use.`);
  const missing: string[] = [];
  for (let one = folder; ; one = path.dirname(one)) {
    const found = await stat(one).catch((error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? null : Promise.reject(wrong(error.code))));
    if (found?.isDirectory()) break;
    if (found) throw wrong('EEXIST');
    missing.unshift(one);
  }
  // EEXIST: another process was faster, or a link leads nowhere.
  for (const one of missing) await mkdir(one).catch((error: NodeJS.ErrnoException) => { if (error.code !== 'EEXIST' || !existsSync(one)) throw wrong(error.code); });
}

/**
 * Takes a folder for this process alone, until released or until the process is gone, however it went. Throws a start problem while
 * another process has it. A holder on another machine or in another container is known by its heartbeat.
 */
export async function lockFolder(folder: string): Promise<ReleaseFolder> {
  await makeDataFolder(folder);
  const file = path.join(folder, LOCK_NAME);
  const text = JSON.stringify(myself());
  for (;;) {
    if (await placeWhole(file, text)) break;
    const found = await readFile(file, 'utf8').catch(ifAbsent);
    if (found === undefined) continue;
    const holder = parseHolder(found);
    if (holder && (await isRunning(holder, file))) {
      throw startProblem(`Wracam already runs on the data folder ${folder} (process ${holder.pid}): stop it first, or set WRACAM_DATA to another folder.`);
    }
    await removeStale(file, found);
  }
  const beat = setInterval(() => {
    const now = new Date();
    utimes(file, now, now).catch(() => undefined); // a missed beat matters only after SILENCE_MS of them
  }, HEARTBEAT_MS);
  beat.unref();
  const onExit = () => rmSync(file, { force: true });
  process.once('exit', onExit);
  let released = false;
  return async () => {
    if (released) return;
    released = true;
    clearInterval(beat);
    process.off('exit', onExit);
    await rm(file, { force: true });
  };
}

/** True while the process that took the folder lives. */
export async function isFolderLocked(folder: string): Promise<boolean> {
  const file = path.join(folder, LOCK_NAME);
  const found = await readFile(file, 'utf8').catch(ifAbsent);
  const holder = found === undefined ? undefined : parseHolder(found);
  return holder !== undefined && isRunning(holder, file);
}

/** When a process started, in the system's own words; undefined when there is no such process. */
export function processStart(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') {
      const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' ? undefined : fields[19];
    }
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim() || undefined;
  } catch {
    return undefined;
  }
}

const ifAbsent = (error: NodeJS.ErrnoException) => {
  if (error.code === 'ENOENT') return undefined;
  throw error;
};

const myself = (): Holder => ({ pid: process.pid, started: processStart(process.pid) ?? '', place: place() });

function place(): string {
  if (process.platform !== 'linux') return hostname();
  try {
    return `${hostname()} ${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}

function parseHolder(text: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    const pid: unknown = Reflect.get(value, 'pid');
    return typeof pid === 'number' ? { pid, started: String(Reflect.get(value, 'started')), place: String(Reflect.get(value, 'place')) } : undefined;
  } catch {
    return undefined; // our own lock files appear whole, so this is not one
  }
}

async function isRunning(holder: Holder, file: string): Promise<boolean> {
  if (holder.place === place()) return processStart(holder.pid) === holder.started;
  const modified = () => stat(file).then((found) => found.mtimeMs, ifAbsent);
  const before = await modified();
  await sleep(SILENCE_MS);
  const after = await modified();
  return after !== undefined && after !== before;
}

/** Writes the file complete or not at all; false when it exists. */
async function placeWhole(file: string, text: string): Promise<boolean> {
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, text, { flag: 'wx' });
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft);
  }
}

/** Two processes may find the same stale lock; whoever moved away a fresh one by mistake puts it back. */
async function removeStale(file: string, stale: string): Promise<void> {
  const aside = `${file}.stale.${process.pid}`;
  const moved = await rename(file, aside).then(() => true, ifAbsent);
  if (!moved) return;
  if ((await readFile(aside, 'utf8')) !== stale) await link(aside, file).catch(() => undefined);
  await rm(aside);
}
