import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { inject } from 'vitest';
import { asAdmin, databaseName, quote, roleNames, withDatabase, type AllDatabaseUrls, type RoleNames } from '../platform/roles.ts';

const CLONE_TRIES_MAX = 50;

/** A database of one test file's own. */
export interface TestDatabase extends AllDatabaseUrls {
  readonly name: string;
  /** Roles are shared by all clones of a run. */
  readonly roles: RoleNames;
  /** Ends whatever is still connected. Optional: the whole server goes away with the run. */
  readonly drop: () => Promise<void>;
}

/** A fresh database with every migration applied and no rows; takes about 50 ms. Call it once per test file, in `beforeAll`. */
export const cloneDatabase = (): Promise<TestDatabase> => cloneOf(inject('templateUrls'));

/** As `cloneDatabase`, from URLs that the caller has: for scripts outside vitest. */
export async function cloneOf(template: AllDatabaseUrls): Promise<TestDatabase> {
  const source = databaseName(template.adminUrl);
  const name = `test_${randomBytes(6).toString('hex')}`;
  const server = withDatabase(template.adminUrl, 'postgres');
  await asAdmin(server, async (client) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await client.query(`create database ${quote(name)} template ${quote(source)} owner ${quote(roleNames(source).owner)} strategy file_copy`);
        break;
      } catch (error) {
        // 55006: another file is cloning at this moment, or autovacuum looks at the template.
        if (Reflect.get(Object(error), 'code') !== '55006' || attempt >= CLONE_TRIES_MAX) throw error;
        await sleep(50);
      }
    }
    const { app, migrator, loader } = roleNames(source);
    await client.query(`revoke all on database ${quote(name)} from public`);
    await client.query(`grant connect on database ${quote(name)} to ${quote(app)}, ${quote(migrator)}, ${quote(loader)}`);
    await client.query(`grant temporary on database ${quote(name)} to ${quote(loader)}`);
  });
  return {
    adminUrl: withDatabase(template.adminUrl, name), migratorUrl: withDatabase(template.migratorUrl, name),
    loaderUrl: withDatabase(template.loaderUrl, name), appUrl: withDatabase(template.appUrl, name),
    name, roles: roleNames(source),
    drop: () => asAdmin(server, async (client) => { await client.query(`drop database if exists ${quote(name)} with (force)`); }),
  };
}
