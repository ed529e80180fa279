import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../testing/database.ts';
import { removeTestFolders } from '../testing/folder.ts';
import { migrationsFolder } from '../testing/migrations-folder.ts';
import { asAdmin, quote } from './roles.ts';
import { selfCheck } from './self-check.ts';

let db: TestDatabase;
let platformTables: string[];
beforeAll(async () => {
  db = await cloneDatabase();
  // Which tables may stand above programs is another test's question; here, those that are there do.
  platformTables = await asAdmin(db.adminUrl, async (client) => (await client.query<{ relname: string }>(
    `select relname from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace and not relforcerowsecurity`)).rows.map((row) => row.relname));
});
afterAll(() => Promise.all([db.drop(), removeTestFolders()]));

const admin = (sql: string) => asAdmin(db.adminUrl, async (client) => { await client.query(sql); });
/** The test server runs without fsync, so the check always has that to say. */
const check = (changes: Partial<Parameters<typeof selfCheck>[0]> = {}) =>
  selfCheck({ appUrl: db.appUrl, platformTables, ...changes }).then(() => 'accepted', (error: Error) => error.message);

describe('the check before serving', () => {
  it('a database made by our own set-up has nothing against it but the test server\'s missing durability', async () => {
    expect(await check()).toBe('The database is not safe to serve from: fsync is off, so a power cut would destroy the database; '
      + 'full_page_writes is off, so a power cut would destroy the database; synchronous_commit is off, so acknowledged sales could be lost.');
  });
  it('a superuser, a role with BYPASSRLS and a member of the owner are refused as application role', async () => {
    expect(await check({ appUrl: db.adminUrl })).toContain('the application role postgres is a superuser');
    const migrator = await check({ appUrl: db.migratorUrl });
    expect(migrator).toContain(`the application role ${db.roles.migrator} has BYPASSRLS`);
    expect(migrator).toMatch(/is a member of the owner of, .*migration/);
  });
  it('a table without forced row level security is named', async () => {
    await admin(`set role ${quote(db.roles.owner)}; create table naked (program_id bigint); create table half (program_id bigint); alter table half enable row level security`);
    const problem = await check();
    expect(problem).toContain('the table naked does not force row level security');
    expect(problem).toContain('the table half does not force row level security');
    await admin('drop table naked, half');
    expect(await check()).not.toContain('row level security');
  });
  it('a database that lacks a migration is refused with the command to run', async () => {
    expect(await check({ folder: await migrationsFolder({ '9999_future.sql': 'select 1' }) })).toContain('1 migrations are missing in test_');
  });
});
