import { readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { removeTestFolders, testFolder } from '../testing/folder.ts';
import { migrationsFolder } from '../testing/migrations-folder.ts';
import { backUp } from './backup.ts';
import { migrate } from './migrate.ts';
import { restore } from './restore.ts';
import { asAdmin, prepareDatabase, quote, roleNames, withDatabase, type AllDatabaseUrls } from './roles.ts';
import type { Secrets } from './secrets.ts';

const secrets: Secrets = { masterKey: 'aa'.repeat(32), postgres: 'p'.repeat(48), migrator: 'b'.repeat(48), app: 'c'.repeat(48), loader: 'd'.repeat(48) };
const live = `keep_${process.pid}`;
const quiet = { progress: () => undefined, say: () => undefined };

const SCHEMA = `
  create table shelf (program_id bigint, id bigint, label text, content bytea, twice bigint generated always as (id * 2) stored, at timestamptz, primary key (program_id, id));
  create table hook (program_id bigint, id bigint generated always as identity, shelf_id bigint, foreign key (program_id, shelf_id) references shelf);
  create sequence number_source;
  create function never() returns trigger language plpgsql as 'begin raise exception ''frozen''; end';
  create trigger frozen before insert on hook for each row when (new.shelf_id > 20000) execute function never();
  insert into shelf (program_id, id) values (7, 7); -- a row that the schema itself brings
  alter table shelf enable row level security; alter table shelf force row level security`;

let urls: AllDatabaseUrls;
let file: string;
let folder: string;
beforeAll(async () => {
  folder = await migrationsFolder({ '0001_shelf.sql': SCHEMA });
  urls = await prepareDatabase(withDatabase(inject('templateUrls').adminUrl, live), secrets);
  await migrate({ migratorUrl: urls.migratorUrl, names: roleNames(live), folder, log: () => undefined });
  await asAdmin(urls.adminUrl, async (client) => {
    await client.query(`
      insert into shelf (program_id, id, label, content, at)
        select 1, i, E'zażółć\\t\\\\ "gęślą"\\n' || i, decode(md5(i::text), 'hex'), 'epoch'::timestamptz + i * interval '1.000001 second' from generate_series(1, 30000) i;
      insert into hook (program_id, shelf_id) select 1, i from generate_series(1, 20000) i;
      select setval('number_source', 41)`);
  });
  file = path.join(await testFolder('backup'), 'all.wracam');
});
afterAll(removeTestFolders);
afterAll(() => asAdmin(withDatabase(urls.adminUrl, 'postgres'), async (client) => {
  const { rows } = await client.query<{ datname: string }>('select datname from pg_database where datname like $1', [`${live}%`]);
  for (const { datname } of rows) await client.query(`drop database ${quote(datname)} with (force)`);
  for (const role of Object.values(roleNames(live))) await client.query(`drop role ${quote(role)}`);
}));

const ask = async (url: string, sql: string) => asAdmin(url, async (client) => (await client.query<Record<string, unknown>>(sql)).rows);
const PRINT = `select md5(string_agg(s::text, '' order by id)) as shelf, (select md5(string_agg(h::text, '' order by h.id)) from hook h) as hook from shelf s`;

describe('backup and restore', () => {
  it('a backup brings every row back, while the live database is in use, and keeps the replaced one', async () => {
    const [before] = await ask(urls.adminUrl, PRINT);
    const made = await backUp({ url: urls.loaderUrl, masterKey: secrets.masterKey, file, progress: () => undefined });
    expect(made.rows).toBe(50_001);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(execFileSync('tar', ['tzf', file], { encoding: 'utf8' })).toMatch(/^start\.json\n(rows\/\d+\/\d+\n)+end\.json\n$/);

    await ask(urls.adminUrl, `update shelf set label = 'lost'; select setval('number_source', 99)`);
    // A process that runs on: its connections end at the swap and the next one meets the restored rows.
    const pool = new pg.Pool({ connectionString: urls.appUrl, max: 2 });
    pool.on('error', () => undefined);
    await pool.query('select 1');
    const done = await restore({ ...quiet, folder, adminUrl: urls.adminUrl, secrets, file, dropOld: false });

    expect(done).toMatchObject({ database: live, tables: made.tables, rows: made.rows, takenAt: made.takenAt });
    expect((await ask(urls.adminUrl, PRINT))[0]).toEqual(before);
    expect(await ask(urls.adminUrl, `select count(*)::int as n from shelf where label = 'lost'`)).toEqual([{ n: 0 }]);
    expect((await pool.query('select last_value::int as n from number_source')).rows).toEqual([{ n: 99 }]);
    await pool.end();
    expect(await ask(withDatabase(urls.adminUrl, done.previous ?? ''), `select count(*)::int as n from shelf where label = 'lost'`)).toEqual([{ n: 30_001 }]);
    expect(await ask(urls.adminUrl, `select nextval('number_source')::int as n`)).toEqual([{ n: 100 }]); // no process may get a number twice
    expect(await ask(urls.adminUrl, `insert into hook (program_id, shelf_id) values (1, 1) returning id::int`)).toEqual([{ id: 20_001 }]);
    await expect(ask(urls.adminUrl, 'insert into hook (program_id, shelf_id) values (1, 20001)')).rejects.toThrow('frozen');
    await expect(ask(urls.adminUrl, 'insert into hook (program_id, shelf_id) values (1, 0)')).rejects.toMatchObject({ code: '23503' });
  });

  it('a file that is cut, altered, foreign or made with another key is refused and the live database stays as it is', async () => {
    const attempt = (name: string, keys = secrets) => restore({ ...quiet, folder, adminUrl: urls.adminUrl, secrets: keys, file: name, dropOld: true });
    const whole = await readFile(file);
    const spoiled = async (name: string, content: Buffer | string) => {
      const copy = path.join(path.dirname(file), name);
      await writeFile(copy, content);
      return copy;
    };
    const cut = await spoiled('cut', whole);
    await truncate(cut, whole.length - 2_000);
    const altered = Buffer.from(whole);
    altered.writeUInt8((whole[whole.length >> 1] ?? 0) ^ 1, whole.length >> 1);
    const [before] = await ask(urls.adminUrl, PRINT);
    await expect(attempt(cut)).rejects.toThrow(/damaged/);
    await expect(attempt(await spoiled('altered', altered))).rejects.toThrow(/damaged/);
    await expect(attempt(await spoiled('foreign', 'hello'))).rejects.toThrow(/not a backup/);
    await expect(attempt(path.join(path.dirname(file), 'absent'))).rejects.toThrow(/There is no file/);
    await expect(attempt(file, { ...secrets, masterKey: 'bb'.repeat(32) })).rejects.toThrow(/another master key/);
    expect((await ask(urls.adminUrl, PRINT))[0]).toEqual(before);
    expect(await ask(urls.adminUrl, `select count(*)::int as n from pg_database where datname like '${live}_new%'`)).toEqual([{ n: 0 }]);
  });

  it('a backup that cannot be written leaves no half file', async () => {
    await expect(backUp({ url: urls.loaderUrl, masterKey: secrets.masterKey, file: '/nowhere/x', progress: () => undefined })).rejects.toThrow(/cannot be written/);
    await expect(backUp({ url: urls.appUrl, masterKey: secrets.masterKey, file: `${file}.app`, progress: () => undefined })).rejects.toMatchObject({ code: '42501' });
    await expect(stat(`${file}.app.part`)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
