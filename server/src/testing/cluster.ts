import { chmod, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isFolderLocked } from '../platform/data-folder.ts';
import { clearLeftovers } from '../platform/postgres-leftovers.ts';
import { startPostgres, type EmbeddedPostgres } from '../platform/postgres.ts';
import { migrate } from '../platform/migrate.ts';
import { prepareDatabase, roleNames, withDatabase, type AllDatabaseUrls } from '../platform/roles.ts';
import { loadSecrets } from '../platform/secrets.ts';

const YOUNG_MS = 60_000;
const PREFIX = 'wracam-test-';
const TEMPLATE = 'wracam_test';

/** A throw-away PostgreSQL with one migrated database that is never connected to, only cloned. */
export interface TestCluster {
  readonly template: AllDatabaseUrls;
  readonly postgres: EmbeddedPostgres;
  /** Stops the server and removes its folder. */
  readonly remove: () => Promise<void>;
}

/**
 * Starts an embedded PostgreSQL without durability in the system's temporary folder. Folders of earlier runs that were killed are
 * cleared first, so that killed runs do not fill the disk or leave servers behind.
 */
export async function startTestCluster(): Promise<TestCluster> {
  const home = path.join(tmpdir(), PREFIX.slice(0, -1));
  await mkdir(home, { recursive: true });
  await clearKilledRuns(home);
  const dataDir = await mkdtemp(path.join(home, PREFIX));
  await chmod(dataDir, 0o755); // as root the server runs as another user, who must be able to enter
  const secrets = await loadSecrets(dataDir);
  const postgres = await startPostgres({ dataDir, password: secrets.postgres, log: () => undefined, durable: false });
  const remove = async () => {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    const template = await prepareDatabase(withDatabase(postgres.adminUrl, TEMPLATE), secrets);
    await migrate({ migratorUrl: template.migratorUrl, names: roleNames(TEMPLATE), log: () => undefined });
    return { template, postgres, remove };
  } catch (error) {
    await remove(); // a migration that does not run must not leave a server behind
    throw error;
  }
}

async function clearKilledRuns(home: string): Promise<void> {
  for (const name of await readdir(home)) {
    const folder = path.join(home, name);
    const age = Date.now() - (await stat(folder).then((found) => found.mtimeMs, () => Date.now()));
    // A young folder without a lock belongs to a run that is just starting.
    if (!name.startsWith(PREFIX) || age < YOUNG_MS || (await isFolderLocked(folder))) continue;
    await clearLeftovers(path.join(folder, 'postgres'), () => undefined);
    await rm(folder, { recursive: true, force: true });
  }
}
