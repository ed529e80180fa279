import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import { migrate } from '../platform/migrate.ts';
import { asAdmin, prepareDatabase, quote, roleNames, withDatabase, type AllDatabaseUrls } from '../platform/roles.ts';

/** An empty database of one test file that is migrated step by step, as an installation that was there before; gone after the last test. */
export function olderDatabase() {
  const database = `older_${randomBytes(5).toString('hex')}`;
  const server = () => withDatabase(inject('templateUrls').adminUrl, 'postgres');
  let urls: AllDatabaseUrls;
  beforeAll(async () => { urls = await prepareDatabase(withDatabase(server(), database), { masterKey: 'aa'.repeat(32), postgres: 'p'.repeat(48), migrator: 'b'.repeat(48), app: 'c'.repeat(48), loader: 'd'.repeat(48) }); });
  afterAll(() => asAdmin(server(), async (client) => {
    await client.query(`drop database ${quote(database)} with (force)`);
    for (const role of Object.values(roleNames(database))) await client.query(`drop role ${quote(role)}`);
  }));
  return {
    /** Runs the migrations that have not run, all of them or those up to one. */
    migrateTo: (upTo?: string) => migrate({ migratorUrl: urls.migratorUrl, names: roleNames(database), log: () => undefined, ...(upTo ? { upTo } : {}) }),
    /** As administrator, past every policy. */
    asAdmin: <T>(work: (client: pg.Client) => Promise<T>): Promise<T> => asAdmin(urls.adminUrl, work),
  };
}
