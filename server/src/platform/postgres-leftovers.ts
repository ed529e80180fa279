import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startProblem } from './start-problem.ts';

const FAST_MS = 20_000;
const GONE_MS = 10_000;

/**
 * Clears what a killed process left on a cluster's folder; the caller holds the folder's lock, so nobody needs that server. A server
 * that still runs is shut down; sessions that outlived a killed server are waited for and then ended; lock files whose process number
 * belongs to some other program by now are removed, because PostgreSQL would refuse to start over them.
 */
export async function clearLeftovers(dir: string, log: (line: string) => void): Promise<void> {
  const pidFile = path.join(dir, 'postmaster.pid');
  const text = await readFile(pidFile, 'utf8').catch(() => undefined);
  const pid = Number(text?.split('\n')[0]);
  if (Number.isInteger(pid) && pid > 0 && isServer(pid, dir)) {
    log(`Stopping PostgreSQL that was left running (process ${pid})`);
    signal(pid, 'SIGINT');
    if (!(await until(() => !isServer(pid, dir), FAST_MS))) signal(pid, 'SIGQUIT');
    if (!(await until(() => !isServer(pid, dir), GONE_MS))) {
      throw startProblem(`PostgreSQL (process ${pid}) was left running on ${dir} and does not stop: end it, then start again.`);
    }
  }
  await endSessions(dir);
  // Only now is it sure that nothing uses the folder: what lock files are left hold stale numbers, maybe of other programs by now.
  if (process.platform !== 'linux') return;
  const left = (await readdir(dir).catch(() => [])).filter((name) => name === 'postmaster.pid' || name.startsWith('.s.PGSQL.'));
  for (const name of left) await rm(path.join(dir, name), { force: true });
}

async function endSessions(dir: string): Promise<void> {
  if (await until(() => sessionsIn(dir).length === 0, 2_000)) return;
  for (const pid of sessionsIn(dir)) signal(pid, 'SIGQUIT');
  if (!(await until(() => sessionsIn(dir).length === 0, GONE_MS))) {
    throw startProblem(`Sessions of a killed PostgreSQL still run on ${dir} (processes ${sessionsIn(dir).join(', ')}): end them, then start again.`);
  }
}

/** True when the process is a PostgreSQL server of this folder: numbers are used again, command lines tell. */
function isServer(pid: number, dir: string): boolean {
  try {
    if (process.platform === 'linux') {
      const parts = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
      return path.basename(parts[0] ?? '') === 'postgres' && parts.includes(dir);
    }
    const line = execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return line.includes('postgres') && line.includes(dir);
  } catch {
    return false;
  }
}

/** PostgreSQL's processes that work in the folder: every one of them has it as its current directory. Only Linux can tell. */
function sessionsIn(dir: string): number[] {
  if (process.platform !== 'linux') return [];
  let real: string;
  try { real = realpathSync(dir); } catch { return []; }
  return readdirSync('/proc').map(Number).filter((pid) => {
    try {
      return pid > 0 && readlinkSync(`/proc/${pid}/cwd`) === real && readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres');
    } catch {
      return false; // gone meanwhile, or somebody else's
    }
  });
}

function signal(pid: number, name: NodeJS.Signals): void {
  try { process.kill(pid, name); } catch { /* it ended by itself */ }
}

async function until(done: () => boolean, limitMs: number): Promise<boolean> {
  for (const end = Date.now() + limitMs; ; await sleep(20)) {
    if (done()) return true;
    if (Date.now() > end) return false;
  }
}
