import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { readConfig, type Config } from './platform/config.ts';
import { isFolderLocked, makeDataFolder } from './platform/data-folder.ts';
import { collectSeldom, keepYoung } from './platform/heap.ts';
import { makeLog, type Logger } from './platform/log.ts';
import { migrate } from './platform/migrate.ts';
import { openServer, openUrls, servesOnly } from './platform/open-database.ts';
import { databaseName, roleNames, type DatabaseUrls } from './platform/roles.ts';
import { loadSecrets } from './platform/secrets.ts';
import { selfCheck } from './platform/self-check.ts';
import { isStartProblem } from './platform/start-problem.ts';
import { forkServing, type Serving } from './serving.ts';

// A request that takes longer than this to finish is cut: a deploy must not hang on it.
const CLOSE_LIMIT_MS = 20_000;

/** What the composition root needs. */
export interface AppOptions {
  /** With the master key filled in, from the environment or from the data folder. */
  readonly config: Config & { readonly masterKey: string };
  readonly urls: DatabaseUrls;
  readonly log: Logger;
  /** The processes that serve in this one's place. */
  readonly serving?: Serving;
  /** Whether this process makes the first program on the first start, and says where everything is; default: it does. */
  readonly announces?: boolean;
}

/** A running api, worker or both. */
export interface App {
  /** Where it listens; undefined for a worker. */
  readonly address: string | undefined;
  /** Answers what is in flight, finishes or gives back jobs, closes connections. */
  readonly close: () => Promise<void>;
}

export type StartApp = (options: AppOptions) => Promise<App>;

/** A started process and the one way to stop it. */
export interface Running {
  readonly config: Config;
  readonly app: App;
  readonly close: () => Promise<void>;
}

/** Settings, data folder, port, secrets, database, migrations, self-check, then the app: in this order, and undone in the opposite one when a step fails. */
export async function startProcess(env: NodeJS.ProcessEnv, startApp: StartApp, say: (line: string) => void): Promise<Running> {
  const config = await settlePort(env);
  collectSeldom();
  keepYoung();
  // Their code loads while the database starts.
  const serving = config.role !== 'worker' && config.processes > 1 ? forkServing(config.processes, config.port) : null;
  try {
    return await open(config, startApp, say, serving);
  } catch (error) {
    await serving?.close();
    throw error;
  }
}

/** The settings, with the port that the system chose where it was asked to (0): links in letters and in first-run.json must lead somewhere. */
export async function settlePort(env: NodeJS.ProcessEnv): Promise<Config> {
  const config = readConfig(env);
  await makeDataFolder(config.dataDir);
  // Where the folder is in use already, that is the reason to be told, not the port that its owner has.
  if (config.role === 'worker' || await isFolderLocked(config.dataDir)) return config;
  const port = await tryPort(config);
  return port === config.port ? config : readConfig({ ...env, PORT: String(port) });
}

/** Rejects when nothing can listen where the process will: whoever started it on a port that is taken is told before the database is opened and migrated. Gives the port. */
async function tryPort({ host, port }: Config): Promise<number> {
  const trial = createServer();
  trial.listen({ host, port });
  await once(trial, 'listening');
  const taken = (trial.address() as AddressInfo).port;
  trial.close();
  await once(trial, 'close');
  return taken;
}

async function open(config: Config, startApp: StartApp, say: (line: string) => void, serving: Serving | null): Promise<Running> {
  const secrets = await loadSecrets(config.dataDir, config.masterKey);
  const server = servesOnly(config) ? undefined : await openServer(config, secrets, say);
  try {
    const urls = await openUrls(config, secrets, server?.adminUrl);
    if (urls.migratorUrl) {
      const database = databaseName(urls.migratorUrl);
      await migrate({ migratorUrl: urls.migratorUrl, names: namesFor(database, urls.appUrl), log: say });
    }
    for (const warning of await selfCheck({ appUrl: urls.appUrl, platformTables: [] })) say(`Warning: ${warning}`);
    const app = await startApp({ config: { ...config, masterKey: secrets.masterKey }, urls, log: makeLog(), ...(serving ? { serving } : {}) });
    return { config, app, close: async () => { try { await app.close(); } finally { await server?.close(); } } };
  } catch (error) {
    await server?.close();
    throw error;
  }
}

const namesFor = (database: string, appUrl: string) => ({ ...roleNames(database), app: decodeURIComponent(new URL(appUrl).username) });

/**
 * Runs a process to its end: starts it, says where it is, stops it cleanly on SIGINT, SIGTERM and SIGHUP. A start problem is one
 * sentence and exit code 1; a bug is a stack and exit code 1.
 */
export async function runProcess(env: NodeJS.ProcessEnv, startApp: StartApp): Promise<void> {
  const say = (line: string) => console.log(line);
  const running = startProcess(env, startApp, say);
  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) return; // Ctrl-C reaches us twice: from the terminal and from npm
    stopping = true;
    say(signal === 'SIGINT' ? '\nStopping' : 'Stopping');
    setTimeout(() => { console.error('Stopping took too long; what was left is cut.'); process.exit(1); }, CLOSE_LIMIT_MS).unref();
    // A signal that comes during the start waits for it: stopping half a start would leave its other half behind.
    void running.then((one) => one.close()).then(() => process.exit(0), (error: unknown) => fail(error));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  try {
    const { config, app } = await running;
    if (!stopping) say(app.address ? `Wracam is ready: ${config.publicUrl} (listening on ${app.address})` : 'The worker is ready');
  } catch (error) {
    if (!stopping) fail(error);
  }
}

/** Prints why a process or command cannot go on and ends it with code 1. */
export function fail(error: unknown): never {
  console.error(isStartProblem(error) ? error.message : (portProblem(error) ?? error));
  process.exit(1);
}

/** Why a process cannot start, as text: a sentence for what can be put right, a stack for a bug. */
export const startProblemOf = (error: unknown): string => (isStartProblem(error) ? error.message : portProblem(error) ?? (error instanceof Error ? error.stack ?? error.message : String(error)));

function portProblem(error: unknown): string | undefined {
  if (Reflect.get(Object(error), 'syscall') === 'getaddrinfo') return `WRACAM_HOST is ${String(Reflect.get(Object(error), 'hostname'))}, which leads nowhere: give an address of this machine, or leave it out for all addresses.`;
  const port = String(Reflect.get(Object(error), 'port'));
  // Beside others at one port it is the process in front that binds.
  if (!['listen', 'bind'].includes(String(Reflect.get(Object(error), 'syscall')))) return undefined;
  switch (Reflect.get(Object(error), 'code')) {
    case 'EADDRINUSE': return `Port ${port} is taken by another program: stop that one, or set PORT to another number.`;
    case 'EACCES': return `Port ${port} may not be used by this user: set PORT to a number above 1023.`;
    case 'EADDRNOTAVAIL': return 'WRACAM_HOST is not an address of this machine: correct it, or leave it out for all addresses.';
    default: return undefined;
  }
}
