import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { childrenOf, cpuOfFamily, peakRssOfFamily } from './cpu.ts';

/** As `npm start` runs it: cli/bin/wracam.mjs says why, and a test holds the two together. */
const NPM_START_FLAGS = ['--max-semi-space-size=8', '--no-parallel-scavenge', '--use-largepages=silent'];
const READY_LIMIT_MS = 60_000;
const READY_PAUSE_MS = 25;

export interface ServerProcess {
  readonly port: number;
  readonly pid: number;
  /** Ended with a signal or a code, for whatever reason. */
  readonly gone: Promise<void>;
  /** What it has written so far, its last few thousand characters. */
  readonly output: () => string;
  /** CPU so far of the process and those it forked, in microseconds, and the largest resident set of any of them, in megabytes. Linux only, elsewhere NaN. */
  readonly used: () => { cpuMicros: number; peakRssMb: number };
  /** kill -9 of one of the processes that serve at its port; the others serve on. */
  readonly killOneOfMany: () => void;
  /** kill -9, and the wait until it is gone. */
  readonly kill: () => Promise<void>;
  /** SIGTERM, and the wait for a clean end. */
  readonly stop: () => Promise<void>;
}

export interface ServerOptions {
  /** Of `buildServer`. */
  readonly entry: string;
  readonly port: number;
  readonly databaseUrl: string;
  readonly dataDir: string;
  readonly role?: 'api' | 'worker' | 'all';
  /** How many serve at the port; without it as many as `npm start` takes on this machine. */
  readonly processes?: number;
  /** More flags of Node: a profile. */
  readonly nodeFlags?: readonly string[];
}

/** Starts the built server in a process of its own and waits until it answers. Throws with its output when it ends first. */
export async function startServer(options: ServerOptions): Promise<ServerProcess> {
  const server = spawnServer(options);
  await whenReady(server);
  return server;
}

/** As `startServer`, without the wait. */
export function spawnServer({ entry, port, databaseUrl, dataDir, role = 'api', processes, nodeFlags = [] }: ServerOptions): ServerProcess {
  const env = { PATH: process.env['PATH'], NODE_ENV: 'production', DATABASE_URL: databaseUrl, WRACAM_DATA: dataDir, WRACAM_DEMO: 'none', WRACAM_HOST: '127.0.0.1', WRACAM_ROLE: role, PORT: String(port), ...(processes === undefined ? {} : { WRACAM_PROCESSES: String(processes) }) };
  const child = spawn(process.execPath, ['--enable-source-maps', ...NPM_START_FLAGS, ...nodeFlags, entry], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const tail = { text: '' };
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { tail.text = (tail.text + chunk.toString()).slice(-8000); });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const pid = child.pid ?? 0;
  return { port, pid, gone, output: () => tail.text, used: () => ({ cpuMicros: cpuOfFamily(pid), peakRssMb: Math.max(...peakRssOfFamily(pid)) }), killOneOfMany: () => { const [one] = childrenOf(pid); if (one !== undefined) process.kill(one, 'SIGKILL'); }, kill: () => { child.kill('SIGKILL'); return gone; }, stop: () => end(child, gone) };
}

/** Waits until the server answers and reaches its database. */
export async function whenReady(server: ServerProcess): Promise<void> {
  const state = { ended: false };
  void server.gone.then(() => { state.ended = true; });
  for (const start = Date.now(); Date.now() - start < READY_LIMIT_MS; await sleep(READY_PAUSE_MS)) {
    if (state.ended) throw new Error(`the server ended while it started:\n${server.output()}`);
    const ok = await fetch(`http://127.0.0.1:${server.port}/api/v1/health`, { signal: AbortSignal.timeout(2000) }).then((answer) => answer.ok, () => false);
    if (ok) return;
  }
  throw new Error(`the server did not answer:\n${server.output()}`);
}

async function end(child: ChildProcess, gone: Promise<void>): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
  await gone;
}
