import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeDeps, type MadeDeps } from '../src/make-deps.ts';
import { makeLog } from '../src/platform/log.ts';
import { startPostgres } from '../src/platform/postgres.ts';
import { projectRoot } from '../src/platform/project-root.ts';
import { roleNames, withDatabase, withLogin } from '../src/platform/roles.ts';
import { loadSecrets } from '../src/platform/secrets.ts';

export type Process = { readonly child: ChildProcess; readonly said: () => string; readonly address: string | null };
export type Processes = {
  /** Each api by its base URL. */
  readonly baseUrls: readonly string[]; readonly all: readonly Process[]; readonly made: MadeDeps; readonly adminUrl: string;
  /** Ends every process with SIGTERM and gives their exit codes, then stops PostgreSQL. */
  readonly stop: () => Promise<(number | null)[]>;
};

const DATABASE = 'wracam_processes';
const START_MS = 60_000;

/** The server as `npm start` builds it, in a folder of this run. */
function buildServer(root: string): string {
  const folder = path.join(root, 'dist', 'run', `processes-${process.pid}`);
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', `import { bundle, besides } from './tools/bundle.mjs'; await bundle({ server: 'server/src/main.ts', ...besides }, ${JSON.stringify(folder)}); process.exit(0);`], { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`the server does not build: ${stderr}`);
  return folder;
}

function startOne(script: string, env: Record<string, string>): Promise<Process> {
  const child = spawn(process.execPath, ['--enable-source-maps', script], { env: { PATH: process.env['PATH'] ?? '', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => { child.kill('SIGKILL'); reject(new Error(`a process did not start:\n${text}`)); }, START_MS);
    const hear = (chunk: Buffer) => {
      text += String(chunk);
      const ready = /listening on (http:\/\/\S+?)\)|The worker is ready/.exec(text);
      if (!ready) return;
      clearTimeout(timer);
      resolve({ child, said: () => text, address: ready[1] ?? null });
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', (code) => { clearTimeout(timer); reject(new Error(`a process ended with ${code}:\n${text}`)); });
  });
}

const ended = (child: ChildProcess) => new Promise<number | null>((resolve) => {
  if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode);
  else child.once('exit', (code) => resolve(code));
});

/** Two api (one of them with two processes that serve) and two worker processes, started at the same moment on an empty database of a durable embedded PostgreSQL. */
export async function startProcesses(): Promise<Processes> {
  const root = projectRoot();
  const built = buildServer(root);
  const folder = await mkdtemp(path.join(tmpdir(), 'wracam-processes-'));
  await chmod(folder, 0o755); // as root PostgreSQL runs as another user, who must be able to enter
  const secrets = await loadSecrets(folder);
  const postgres = await startPostgres({ dataDir: folder, password: secrets.postgres, log: () => undefined });
  const adminUrl = withDatabase(postgres.adminUrl, DATABASE);
  const env = { WRACAM_DATA: folder, DATABASE_URL: adminUrl, PORT: '0', WRACAM_HOST: '127.0.0.1', WRACAM_DEMO: 'none' };
  // The second api lets two processes serve for it.
  const settings: readonly Record<string, string>[] = [{ WRACAM_ROLE: 'api' }, { WRACAM_ROLE: 'api', WRACAM_PROCESSES: '2' }, { WRACAM_ROLE: 'worker' }, { WRACAM_ROLE: 'worker' }];
  const started = await Promise.allSettled(settings.map((own) => startOne(path.join(built, 'server.js'), { ...env, ...own })));
  const all = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  let made: MadeDeps | undefined;
  const stop = async () => {
    await made?.close();
    for (const { child } of all) child.kill('SIGTERM');
    const codes = await Promise.all(all.map(({ child }) => ended(child)));
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
    await rm(built, { recursive: true, force: true });
    return codes;
  };
  try {
    for (const one of started) if (one.status === 'rejected') throw one.reason;
    made = await makeDeps({ appUrl: withLogin(adminUrl, roleNames(DATABASE).app, secrets.app), masterKey: secrets.masterKey, log: makeLog('silent'), publicUrl: 'http://localhost:3000' });
  } catch (error) {
    await stop();
    throw error;
  }
  return { baseUrls: all.flatMap(({ address }) => (address ? [`${address}/api/v1`] : [])), all, made, adminUrl, stop };
}
