import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { afterAll, afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { removeTestFolders } from '../testing/folder.ts';
import { migrationsFolder } from '../testing/migrations-folder.ts';
import { migrate } from './migrate.ts';
import { asAdmin, prepareDatabase, quote, roleNames, withDatabase, withLogin, type AllDatabaseUrls } from './roles.ts';
import type { Secrets } from './secrets.ts';

const secrets: Secrets = { masterKey: 'aa'.repeat(32), postgres: 'p'.repeat(48), migrator: 'b'.repeat(48), app: 'c'.repeat(48), loader: 'd'.repeat(48) };
const FIRST = `
  create table shelf (program_id bigint not null, id bigint not null, label text::text, primary key (program_id, id));
  revoke delete on shelf from :app;
  insert into shelf values (1, 1, ':apple'), (2, 1, 'x'::text);`.replace('text::text', 'text');
const SECOND = 'alter table shelf add column width bigint not null default 0;';
const server = () => withDatabase(inject('templateUrls').adminUrl, 'postgres');

let database: string;
let urls: AllDatabaseUrls;
beforeEach(async () => {
  database = `setup_${randomBytes(5).toString('hex')}`;
  urls = await prepareDatabase(withDatabase(server(), database), secrets);
});
afterAll(removeTestFolders);
afterEach(() => asAdmin(server(), async (client) => {
  await client.query(`drop database ${quote(database)} with (force)`);
  for (const role of Object.values(roleNames(database))) await client.query(`drop role ${quote(role)}`);
}));

const run = (folder: string) => migrate({ migratorUrl: urls.migratorUrl, names: roleNames(database), folder, log: () => undefined });
const ask = <T extends pg.QueryResultRow>(url: string, sql: string) => asAdmin(url, async (client) => (await client.query<T>(sql)).rows);

describe('roles', () => {
  it('the application role is no superuser, passes no row level security, and can neither own, make nor empty tables', async () => {
    await run(await migrationsFolder({ '0001_shelf.sql': FIRST }));
    const [row] = await ask(urls.adminUrl, `select rolsuper, rolbypassrls, rolcreatedb, rolcreaterole from pg_roles where rolname = '${database}_app'`);
    expect(row).toEqual({ rolsuper: false, rolbypassrls: false, rolcreatedb: false, rolcreaterole: false });
    for (const sql of ['create table mine (a int)', 'create temporary table mine (a int)', 'truncate shelf', 'drop table shelf', 'delete from shelf', `set role ${quote(`${database}_owner`)}`]) {
      await expect(ask(urls.appUrl, sql), sql).rejects.toMatchObject({ code: '42501' });
    }
    expect(await ask(urls.appUrl, 'select label from shelf order by label')).toEqual([{ label: ':apple' }, { label: 'x' }]);
  });
  it('rights narrowed in a migration stay narrowed when the set-up runs again', async () => {
    await run(await migrationsFolder({ '0001_shelf.sql': FIRST }));
    expect(await prepareDatabase(urls.adminUrl, secrets)).toEqual(urls);
    await expect(ask(urls.appUrl, 'delete from shelf')).rejects.toMatchObject({ code: '42501' });
    await ask(urls.loaderUrl, 'delete from shelf');
  });
  it('an installation with other secrets is refused instead of locking the first one out', async () => {
    await expect(prepareDatabase(urls.adminUrl, { ...secrets, app: 'e'.repeat(48) })).rejects.toThrow(/_app exists with another password: copy secrets\.json/);
    expect(await ask(urls.appUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  });
  it('many processes can set the same server up at once', async () => {
    const all = await Promise.all(Array.from({ length: 5 }, () => prepareDatabase(urls.adminUrl, secrets)));
    expect(all).toEqual(Array.from({ length: 5 }, () => urls));
  });
  it('an administrator who is no superuser is enough', async () => {
    const name = `hosted_${randomBytes(5).toString('hex')}`;
    await ask(server(), `create role ${name} login createdb createrole bypassrls password '${secrets.app}'`);
    const hosted = await prepareDatabase(withLogin(withDatabase(server(), `db_${name}`), name, secrets.app), secrets);
    await migrate({ migratorUrl: hosted.migratorUrl, names: roleNames(`db_${name}`), folder: await migrationsFolder({ '0001_shelf.sql': FIRST }), log: () => undefined });
    expect(await ask(hosted.appUrl, 'select count(*)::int as shelves from shelf')).toEqual([{ shelves: 2 }]);
    await asAdmin(server(), async (client) => {
      await client.query(`drop database ${quote(`db_${name}`)} with (force)`);
      for (const role of [...Object.values(roleNames(`db_${name}`)), name]) await client.query(`drop role ${quote(role)}`);
    });
  });
  it('a server that does not answer is one sentence about DATABASE_URL', async () => {
    await expect(prepareDatabase('postgres://a:b@127.0.0.1:1/x', secrets)).rejects.toThrow(/^PostgreSQL at 127\.0\.0\.1:1 cannot be reached .*: check DATABASE_URL/);
  });
});

describe('migrations', () => {
  it('processes that start at once apply each file once, as the owner', async () => {
    const folder = await migrationsFolder({ '0001_shelf.sql': FIRST, '0002_width.sql': SECOND });
    const results = await Promise.all([run(folder), run(folder), run(folder)]);
    expect(results.flat().sort()).toEqual(['0001_shelf', '0002_width']);
    expect(await ask(urls.adminUrl, `select tableowner from pg_tables where tablename = 'shelf'`)).toEqual([{ tableowner: `${database}_owner` }]);
    await expect(ask(urls.appUrl, `delete from migration`)).rejects.toMatchObject({ code: '42501' });
  });
  it('a file that fails leaves nothing of itself, and the next run goes on from there', async () => {
    const broken = await migrationsFolder({ '0001_shelf.sql': FIRST, '0002_width.sql': `${SECOND}\nselect 1 / 0;` });
    await expect(run(broken)).rejects.toThrow(/^Migration 0002_width.*division by zero/);
    const mended = await migrationsFolder({ '0001_shelf.sql': FIRST, '0002_width.sql': SECOND });
    expect(await run(mended)).toEqual(['0002_width']);
  });
  it('a changed file and a file out of order are refused before anything is done', async () => {
    await run(await migrationsFolder({ '0001_shelf.sql': FIRST, '0003_width.sql': SECOND }));
    await expect(run(await migrationsFolder({ '0001_shelf.sql': `${FIRST} `, '0003_width.sql': SECOND, '0004_more.sql': 'create table more ()' })))
      .rejects.toThrow(/0001_shelf was changed after it had been applied/);
    await expect(run(await migrationsFolder({ '0001_shelf.sql': FIRST, '0002_late.sql': 'create table late ()', '0003_width.sql': SECOND })))
      .rejects.toThrow(/0002_late comes before 0003_width/);
    expect(await ask(urls.adminUrl, `select to_regclass('more') as more, to_regclass('late') as late`)).toEqual([{ more: null, late: null }]);
  });
  it('a version that knows fewer migrations runs beside a newer one', async () => {
    await run(await migrationsFolder({ '0001_shelf.sql': FIRST, '0002_width.sql': SECOND }));
    expect(await run(await migrationsFolder({ '0001_shelf.sql': FIRST }))).toEqual([]);
  });
  it('a table that is in use delays the migration instead of failing it', async () => {
    await run(await migrationsFolder({ '0001_shelf.sql': FIRST }));
    await asAdmin(urls.adminUrl, async (busy) => {
      await busy.query('begin; select * from shelf');
      const waiting = run(await migrationsFolder({ '0001_shelf.sql': FIRST, '0002_width.sql': SECOND }));
      const waits = async () => (await ask(urls.adminUrl, `select 1 from pg_stat_activity where usename = '${database}_migrator' and wait_event = 'relation'`)).length > 0;
      while (!(await waits())) await sleep(20);
      while (await waits()) await sleep(20); // it has given the table's queue free again, so requests behind it go on
      await busy.query('rollback');
      expect(await waiting).toEqual(['0002_width']);
    });
  });
});
