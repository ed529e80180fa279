import type { Config } from './config.ts';
import { findRunningPostgres, startPostgres } from './postgres.ts';
import { prepareDatabase, withDatabase, type AllDatabaseUrls, type DatabaseUrls } from './roles.ts';
import type { Secrets } from './secrets.ts';
import { startProblem } from './start-problem.ts';

/** Name of the database inside the embedded server. */
const EMBEDDED_DATABASE = 'wracam';

/** The administrator's view of a server, and how to let go of it. */
export interface OpenServer {
  readonly adminUrl: string;
  /** Stops the embedded server if this process started it; otherwise does nothing. */
  readonly close: () => Promise<void>;
}

const nothing = async () => undefined;

/**
 * The server a process works with: that of DATABASE_URL; else the embedded one, which a process of role `all` starts and owns, and
 * which `api` and `worker` processes on the same machine join while it runs.
 */
export async function openServer(config: Config, secrets: Secrets, log: (line: string) => void): Promise<OpenServer> {
  if (config.databaseUrl) return { adminUrl: config.databaseUrl, close: nothing };
  if (config.role !== 'all') {
    const running = await findRunningPostgres(config.dataDir, secrets.postgres);
    if (!running) throw startProblem(`No database runs on the data folder ${config.dataDir}: run npm start there first, or set DATABASE_URL.`);
    return { adminUrl: withDatabase(running, EMBEDDED_DATABASE), close: nothing };
  }
  const server = await startPostgres({ dataDir: config.dataDir, password: secrets.postgres, log });
  return { adminUrl: withDatabase(server.adminUrl, EMBEDDED_DATABASE), close: server.stop };
}

/** For commands: joins the embedded server that runs on the data folder, or starts it for as long as the command takes. */
export async function openServerForCommand(config: Config, secrets: Secrets, log: (line: string) => void): Promise<OpenServer> {
  if (config.databaseUrl) return { adminUrl: config.databaseUrl, close: nothing };
  const running = await findRunningPostgres(config.dataDir, secrets.postgres);
  if (running) return { adminUrl: withDatabase(running, EMBEDDED_DATABASE), close: nothing };
  return openServer({ ...config, role: 'all' }, secrets, log);
}

/** Makes roles and database where an administrator's URL is known; with WRACAM_APP_URL alone, a process can only serve. */
export async function openUrls(config: Config, secrets: Secrets, adminUrl: string): Promise<AllDatabaseUrls>;
export async function openUrls(config: Config, secrets: Secrets, adminUrl: string | undefined): Promise<DatabaseUrls>;
export async function openUrls(config: Config, secrets: Secrets, adminUrl: string | undefined): Promise<DatabaseUrls> {
  if (adminUrl !== undefined) return prepareDatabase(adminUrl, secrets, config.appUrl);
  if (!config.appUrl) throw startProblem('Neither DATABASE_URL nor WRACAM_APP_URL is set: set one of them.');
  return { adminUrl: undefined, migratorUrl: undefined, loaderUrl: undefined, appUrl: config.appUrl };
}

/** True when only the application's own URL is given: no roles, no migrations, just serving. */
export const servesOnly = (config: Config): boolean => config.appUrl !== undefined && config.databaseUrl === undefined;
