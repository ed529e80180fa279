import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../testing/database.ts';
import { testDeps, type TestDeps } from '../testing/deps.ts';
import type { Tx } from './db.ts';
import { ask, leave } from './packet.ts';
import { sql } from './sql.ts';

let database: TestDatabase;
let client: pg.PoolClient;
let pool: pg.Pool;
beforeAll(async () => {
  database = await cloneDatabase();
  pool = new pg.Pool({ connectionString: database.adminUrl, pipeline: true, max: 1 });
  client = await pool.connect();
  await client.query('create table public.note (id int primary key, word text)');
});
beforeEach(() => client.query('truncate public.note'));
afterAll(async () => {
  client.release();
  await pool.end();
  await database.drop();
});

const asText = () => (text: string) => text;
const say = (text: string, values: unknown[] = [], name?: string) => ask(client, asText, { text, values, ...(name ? { name } : {}) });
const words = async () => (await client.query<{ word: string }>('select word from public.note order by id')).rows.map((row) => row.word);
const insert = (id: number, word: string) => say('insert into public.note values ($1, $2)', [id, word], 'insert_note');

describe('a packet of statements', () => {
  it('runs them in their order and gives each its own answer', async () => {
    const answers = await Promise.all([insert(1, 'kawa'), insert(2, 'żółć'), say('select id, word, null as none from public.note order by id', [], 'notes'), say('update public.note set word = $1', ['ciasto']), say('select word from public.note where id = $1', [1])]);
    expect(answers.map(({ tag, count }) => [tag, count])).toEqual([['INSERT 0 1', 1], ['INSERT 0 1', 1], ['SELECT 2', 2], ['UPDATE 2', 2], ['SELECT 1', 1]]);
    expect(answers[2].rows).toEqual([['1', 'kawa', null], ['2', 'żółć', null]]);
    expect(answers[2].columns.map((column) => column.name)).toEqual(['id', 'word', 'none']);
    expect(answers[4].rows).toEqual([['ciasto']]);
  });

  it('is one for all of a turn: without a transaction of its own it is undone as a whole when one of them fails', async () => {
    const outcomes = await Promise.allSettled([insert(1, 'kawa'), insert(1, 'herbata'), insert(2, 'ciasto')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    for (const outcome of outcomes.slice(1)) expect(outcome).toMatchObject({ reason: { code: '23505' } });
    expect(await words()).toEqual([]);
  });

  it('reads the rows of a prepared statement by its first description, also in the same packet again', async () => {
    await insert(1, 'kawa');
    const once = () => say('select word, id from public.note', [], 'word_and_id');
    expect((await Promise.all([once(), once()])).map((one) => one.rows)).toEqual([[['kawa', '1']], [['kawa', '1']]]);
    expect((await once()).rows).toEqual([['kawa', '1']]);
  });

  it('that fails leaves the connection usable, and what it had prepared is prepared again', async () => {
    const wrong = () => say('select 1 / $1::int', [0], 'divide');
    const after = () => say('select $1::text', ['kawa'], 'after_it');
    const outcomes = await Promise.allSettled([wrong(), after()]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect((await after()).rows).toEqual([['kawa']]);
    await expect(wrong()).rejects.toMatchObject({ code: '22012' });
  });

  it('is refused when two texts go by one name: the first would run for both', async () => {
    expect((await say('select 1', [], 'same')).rows).toEqual([['1']]);
    await expect(say('select 2', [], 'same')).rejects.toThrow('two statements are called same');
    expect((await say('select 1', [], 'same')).rows).toEqual([['1']]);
  });

  it('prepares a statement again whose table has changed', async () => {
    const all = () => say('select * from public.note', [], 'all_notes');
    await insert(1, 'kawa');
    expect((await all()).rows).toEqual([['1', 'kawa']]);
    await client.query('alter table public.note add column more text');
    await expect(all()).rejects.toMatchObject({ code: '0A000' });
    expect((await all()).rows).toEqual([['1', 'kawa', null]]);
    await client.query('alter table public.note drop column more');
  });

  it('tells with its error which statement failed', async () => {
    const outcomes = await Promise.allSettled([say('select 1'), say('select 1 / $1::int', [0]), say('select 2')]);
    expect(outcomes[2]).toMatchObject({ reason: { stack: expect.stringContaining('in select 1 / $1::int') } });
  });

  it('refuses a value that cannot be sent before anything is sent', async () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    const outcomes = await Promise.allSettled([insert(1, 'kawa'), say('select $1::jsonb', [circle])]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await words()).toEqual([]);
    await insert(1, 'herbata');
    expect(await words()).toEqual(['herbata']);
  });

  it('gives its error to who asked for a row that cannot be read, and to nobody else', async () => {
    const whole = () => (text: string) => { const value = Number(text); if (!Number.isSafeInteger(value)) throw new RangeError(text); return value; };
    const outcomes = await Promise.allSettled([9_007_199_254_740_993n, 5n].map((number) => ask(client, whole, sql`select ${number}::int8`)));
    expect(outcomes).toMatchObject([{ status: 'rejected', reason: { name: 'RangeError' } }, { status: 'fulfilled', value: { rows: [[5]] } }]);
  });

  it('sent at once stands by itself: what comes next runs although it failed', async () => {
    await insert(1, 'kawa');
    const failed = insert(1, 'herbata');
    leave(client);
    const next = insert(2, 'ciasto');
    await expect(failed).rejects.toMatchObject({ code: '23505' });
    await next;
    expect(await words()).toEqual(['kawa', 'ciasto']);
  });

  it('rejects with the connection', async () => {
    const other = new pg.Client(database.adminUrl);
    other.on('error', () => undefined);
    await other.connect();
    const { rows: [row] } = await other.query<{ pid: number }>('select pg_backend_pid() as pid');
    const asked = [ask(other as unknown as pg.PoolClient, asText, sql`select pg_sleep(30)`), ask(other as unknown as pg.PoolClient, asText, sql`select 1`)];
    const outcomes = Promise.allSettled(asked);
    await say('select pg_terminate_backend($1)', [row!.pid]);
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});

describe('a transaction', () => {
  let t: TestDeps;
  let programId: number;
  beforeAll(async () => {
    t = await testDeps();
    programId = (await t.program()).id;
  });
  afterAll(() => t.close());

  it('that ends with an error takes back what was asked for and not waited for', async () => {
    const due = async () => (await t.ask<{ n: number }>(`select count(*)::int as n from due where kind = 'note'`))[0]!.n;
    const add = sql`insert into due (program_id, kind, ref, due_at) values (${programId}, 'note', 1, now())`;
    await expect(t.deps.db.onPlatform((tx) => {
      void tx.run(add).catch(() => undefined);
      throw new Error('changed my mind');
    })).rejects.toThrow('changed my mind');
    expect(await due()).toBe(0);
    await t.deps.db.onPlatform((tx) => tx.run(add));
    expect(await due()).toBe(1);
  });

  it('takes no statement when it is over: its connection may be another’s', async () => {
    const word = sql`insert into due (program_id, kind, ref, due_at) values (${programId}, 'late', 1, now())`;
    let late: Promise<number> | undefined;
    const slow = async (tx: Tx) => { await new Promise((resolve) => setTimeout(resolve, 30)); return tx.run(word); };
    await expect(t.deps.db.onPlatform((tx) => Promise.all([late = slow(tx), tx.rows(sql`select 1 / 0`)]))).rejects.toMatchObject({ code: '22012' });
    await expect(late).rejects.toThrow('after its transaction was over');
    expect(await t.ask(`select 1 from due where kind = 'late'`)).toEqual([]);
  });

  it('that broke without a word is not called committed', async () => {
    await expect(t.deps.db.onPlatform(async (tx) => { await tx.rows(sql`select 1 / 0`).catch(() => undefined); })).rejects.toThrow('a broken transaction was to be committed');
  });
});
