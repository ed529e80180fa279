import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { open, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isFolderLocked, lockFolder } from './data-folder.ts';
import { clusterDir, clusterFiles, initialiseCluster, programEnv, type ClusterFiles } from './postgres-files.ts';
import { clearLeftovers } from './postgres-leftovers.ts';
import { startProblem } from './start-problem.ts';

const START_LIMIT_MS = 120_000; // recovery after a kill replays at most max_wal_size, which takes half a minute on a slow disk
const STOP_LIMIT_MS = 30_000;
const RESTART_PAUSE_MS = 200;
const LOG_BYTES_MAX = 20_000_000;
const SOCKET_PATH_MAX = 90; // the system's limit is 103 to 107 bytes, and PostgreSQL adds ".s.PGSQL.65535.lock"

// Without these an acknowledged sale could be lost, so they stand on the command line, where no ALTER SYSTEM reaches them.
const DURABLE = ['fsync=on', 'full_page_writes=on', 'synchronous_commit=on'];
// Only for databases that a test throws away.
const FLEETING = ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off', 'max_wal_size=8GB', 'autovacuum_naptime=10min'];
// Two cores and a few GB of memory are the smallest machine meant; more memory is found by the system's own file cache.
const SETTINGS = [
  'max_connections=200', 'shared_buffers=256MB', 'effective_cache_size=1GB', 'work_mem=8MB', 'maintenance_work_mem=128MB', 'jit=off',
  'max_wal_size=4GB', 'min_wal_size=512MB', 'checkpoint_timeout=15min', 'random_page_cost=1.1', 'timezone=UTC', 'log_timezone=UTC',
  'log_min_duration_statement=-1', 'log_line_prefix=%m [%p] %u@%d ', 'tcp_keepalives_idle=60',
];

/** A running embedded server. */
export interface EmbeddedPostgres {
  /** Administrator's URL of the `postgres` database, over TCP on the loopback address. */
  readonly adminUrl: string;
  readonly port: number;
  /** Folder of the unix socket, where the path is short enough for one. */
  readonly socketDir: string | undefined;
  /** Process number of the server now; another one after it was killed and started again. */
  readonly pid: () => number | undefined;
  /** Fast shutdown: open transactions are rolled back, everything committed is on disk. Gives the folder back. Safe to call twice. */
  readonly stop: () => Promise<void>;
}

export interface PostgresOptions {
  readonly dataDir: string;
  /** Administrator's password; kept in `secrets.json`. */
  readonly password: string;
  readonly log: (line: string) => void;
  /** False only for databases of a test run: a power cut would destroy them. */
  readonly durable?: boolean;
}

/**
 * Starts the embedded PostgreSQL of a data folder, making it first if need be, and keeps it running: when the server dies it is started
 * again on the same port. Recovers from a `kill -9` of the former process, of the server or of both. Throws a start problem when
 * another process has the folder.
 */
export async function startPostgres(options: PostgresOptions): Promise<EmbeddedPostgres> {
  const releases = [await lockFolder(options.dataDir)];
  const release = async () => { for (const one of releases.splice(0)) await one(); };
  try {
    const files = await clusterFiles(options.dataDir);
    const home = path.dirname(files.dir);
    // Two copies of one data folder would point at the same cluster.
    if (path.resolve(home) !== path.resolve(options.dataDir)) releases.push(await lockFolder(home));
    await clearLeftovers(files.dir, options.log);
    if (!existsSync(path.join(files.dir, 'PG_VERSION'))) options.log('Making the database folder');
    await initialiseCluster(files, options.password);
    return await keepRunning(files, options, release);
  } catch (error) {
    await release();
    throw error;
  }
}

/**
 * Administrator's URL of the server that another process runs on this data folder; undefined when none runs. For commands beside a
 * running `npm start` and for further `api` and `worker` processes on the same machine.
 */
export async function findRunningPostgres(dataDir: string, password: string): Promise<string | undefined> {
  if (!existsSync(dataDir) || !(await isFolderLocked(dataDir))) return undefined;
  const pidFile = await readPidFile(await clusterDir(dataDir)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EACCES') throw startProblem(`The database in ${dataDir} can be reached only by the user who started it: run this as that user.`);
    throw error;
  });
  return pidFile?.ready ? adminUrlOf(pidFile.port, password) : undefined;
}

async function keepRunning(files: ClusterFiles, options: PostgresOptions, release: () => Promise<void>): Promise<EmbeddedPostgres> {
  const port = await choosePort(path.join(options.dataDir, 'postgres.port'));
  const socketDir = files.dir.length <= SOCKET_PATH_MAX && process.platform !== 'win32' ? files.dir : undefined;
  let stopping = false;
  let child: ChildProcess | undefined;

  const start = async () => {
    await clearLeftovers(files.dir, options.log);
    child = await spawnServer(files, options, port, socketDir);
    const started = child;
    await becomeReady(started, files.dir, options);
    started.once('exit', () => { if (!stopping) void restart(); });
    if (started.exitCode !== null || started.signalCode !== null) throw new Error('PostgreSQL ended as soon as it had started.');
  };
  const restart = async () => {
    options.log('PostgreSQL ended unexpectedly: starting it again');
    while (!stopping) {
      await sleep(RESTART_PAUSE_MS);
      const problem = stopping ? undefined : await start().then(() => undefined, (error: unknown) => String(error));
      if (problem === undefined) return;
      options.log(problem);
    }
  };
  // Our own end by an exception must not leave a server behind that nobody looks after.
  const onExit = () => child?.kill('SIGINT');
  process.once('exit', onExit);

  await start().catch((error: unknown) => { stopping = true; throw error; });
  return {
    adminUrl: adminUrlOf(port, options.password), port, socketDir, pid: () => child?.pid,
    stop: async () => {
      stopping = true;
      process.off('exit', onExit);
      if (child) await stopServer(child);
      await release();
    },
  };
}

const adminUrlOf = (port: number, password: string) => `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;

async function spawnServer(files: ClusterFiles, options: PostgresOptions, port: number, socketDir: string | undefined): Promise<ChildProcess> {
  const settings = [
    ...SETTINGS, ...(options.durable === false ? FLEETING : DURABLE),
    'listen_addresses=127.0.0.1', `port=${port}`, `unix_socket_directories=${socketDir ?? ''}`, 'unix_socket_permissions=0700',
  ];
  const log = await openLog(logFile(options.dataDir));
  try {
    // A session of its own: Ctrl-C in the terminal must reach the server through us, after the last request is answered.
    return spawn(path.join(files.bin, 'postgres'), ['-D', files.dir, ...settings.flatMap((one) => ['-c', one])], {
      ...files.user, cwd: '/', env: programEnv(), detached: true, stdio: ['ignore', log.fd, log.fd],
    });
  } finally {
    await log.close();
  }
}

async function becomeReady(child: ChildProcess, dir: string, options: PostgresOptions): Promise<void> {
  let failure: string | undefined;
  child.once('error', (error) => { failure = error.message; });
  child.once('exit', (code, signal) => { failure ??= `it ended with ${signal ?? `code ${code}`}`; });
  const until = Date.now() + START_LIMIT_MS;
  while (failure === undefined && Date.now() < until) {
    const found = await readPidFile(dir);
    if (found?.ready && found.pid === child.pid) return;
    await sleep(20);
  }
  child.kill('SIGQUIT');
  const tail = (await readFile(logFile(options.dataDir), 'utf8').catch(() => '')).trimEnd().split('\n').slice(-8).join('\n');
  throw startProblem(`PostgreSQL did not start: ${failure ?? `not ready after ${START_LIMIT_MS / 1_000} seconds`}. The end of ${logFile(options.dataDir)} says:\n${tail}`);
}

async function stopServer(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => { child.once('exit', () => resolve()); });
  child.kill('SIGINT');
  const slow = setTimeout(() => child.kill('SIGQUIT'), STOP_LIMIT_MS);
  await ended;
  clearTimeout(slow);
}

/** PostgreSQL's own account of itself in `postmaster.pid`: line 1 is the process, line 4 the port, line 8 the state. */
async function readPidFile(dir: string): Promise<{ pid: number; port: number; ready: boolean } | undefined> {
  const text = await readFile(path.join(dir, 'postmaster.pid'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  const lines = text?.split('\n');
  return lines && lines.length >= 8 ? { pid: Number(lines[0]), port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' } : undefined;
}

/** The port of the last start if it is free, so that other processes find the server again after a restart; else a free one. */
async function choosePort(file: string): Promise<number> {
  const last = Number(await readFile(file, 'utf8').catch(() => '0'));
  const port = (last > 1_023 && last < 65_536 ? await tryPort(last) : undefined) ?? (await tryPort(0));
  if (port === undefined) throw startProblem('No free port on the loopback address for PostgreSQL: close some programs and start again.');
  if (port !== last) await writeFile(file, `${port}\n`);
  return port;
}

const tryPort = (port: number) => new Promise<number | undefined>((resolve) => {
  const server = createServer();
  server.once('error', () => resolve(undefined));
  server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
    const address = server.address();
    server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : undefined));
  });
});

const logFile = (dataDir: string) => path.join(dataDir, 'postgres.log');

/** The log is a file, not a pipe: the server may outlive us and must never wait for, or die of, a reader that is gone. */
async function openLog(file: string) {
  const size = await stat(file).then((found) => found.size, () => 0);
  if (size > LOG_BYTES_MAX) await rename(file, `${file}.1`);
  return open(file, 'a', 0o600);
}
