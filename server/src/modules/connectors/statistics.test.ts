import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp, type TestApp } from '../../testing/app.ts';
import { loadHistory } from './index.ts';

let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());

/** More than one chunk: statistics are asked for while there is more to come. */
const SALES = 1600;
const HOT = ['account', 'lot', 'member_identifier', 'member_ledger', 'transaction', 'transfer'];
const known = async () => (await app.ask<{ name: string; rows: number; columns: number }>(`select c.relname as name, c.reltuples::int as rows, (select count(*)::int from pg_stats s where s.schemaname = 'public' and s.tablename = c.relname) as columns
  from pg_class c where c.relnamespace = 'public'::regnamespace and c.relname = any($1) order by 1`, [HOT]));

describe('statistics of the hot tables', () => {
  it('are there after a load of history, so that later plans see full tables', async () => {
    expect(await known()).toEqual(HOT.map((name) => ({ name, rows: -1, columns: 0 })));
    const shop = await app.program();
    for (let at = 0; at < 20; at += 1) await shop.api.createMember({ params: { program: shop.code }, body: { card: `K-${at}`, termsVersion: 1 } });
    const sales = Array.from({ length: SALES }, (_, at) => ({
      source: 'h', externalId: `${at}`, kind: 'sale' as const, occurredAt: Date.UTC(2024, 0, 1) + at * 60_000, pointer: { kind: 2, key: `K-${at % 20}` }, totalMinor: 5000, lines: [], payments: [], currency: 'PLN',
      store: null, till: null, cashier: null, channel: null, attributes: {}, of: null,
    }));
    expect(await loadHistory(app.deps, shop.id, sales, { batchNo: null })).toMatchObject({ booked: SALES });
    const after = await known();
    expect(after.filter(({ columns }) => columns < 3)).toEqual([]);
    expect(after.filter(({ rows }) => rows < 20)).toEqual([]);
    expect(after.find(({ name }) => name === 'transaction')!.rows).toBeGreaterThanOrEqual(1500);
  });

  it('are not asked for again while a table has not grown fourfold: a load into a full program waits for nothing', async () => {
    const looks = async () => Object.fromEntries((await app.ask<{ name: string; looks: number }>(`select relname as name, pg_stat_get_analyze_count(oid)::int as looks from pg_class where relnamespace = 'public'::regnamespace and relname = any($1)`, [HOT])).map(({ name, looks }) => [name, looks]));
    await app.ask('analyze member_ledger, account, lot, transfer, transaction, member_identifier');
    const before = await looks();
    await app.ask('select know_hot_rows()');
    expect(await looks()).toEqual(before);
    await app.ask(`update pg_class set relpages = relpages / 5 where oid = 'transaction'::regclass`);
    await app.ask('select know_hot_rows()');
    expect(await looks()).toEqual({ ...before, transaction: before['transaction']! + 1 });
  });
});

describe('housekeeping with the owner’s rights', () => {
  const STRANGER = 'statistics_stranger';
  const asRole = async <T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try { return await work(client); } finally { await client.end(); }
  };
  const codeOf = (client: pg.Client, text: string) => client.query(text).then(() => null, (error: { code: string }) => error.code);
  const CALLS = ['select know_hot_rows()', 'select know_loaded_days()'];

  it('is refused to a role that was not given it, though it may connect and sees the schema', async () => {
    await app.ask(`create role ${STRANGER}; grant usage on schema public to ${STRANGER}`);
    try {
      const codes = await asRole(app.database.adminUrl, async (client) => {
        await client.query(`set role ${STRANGER}`);
        return [await codeOf(client, CALLS[0]!), await codeOf(client, CALLS[1]!)];
      });
      expect(codes).toEqual(['42501', '42501']);
    } finally {
      await app.ask(`drop owned by ${STRANGER}; drop role ${STRANGER}`);
    }
  });

  it('is given to the application, which learns nothing by it and cannot turn it to a table or a search path of its own', async () => {
    await asRole(app.database.appUrl, async (client) => {
      const { rows } = await client.query(CALLS[0]!);
      expect(rows).toEqual([{ know_hot_rows: '' }]);
      expect(await codeOf(client, `select know_hot_rows('program')`)).toBe('42883');
      expect((await client.query('select 1 from member')).rows).toEqual([]);
    });
    await asRole(app.database.loaderUrl, async (client) => {
      await client.query('create temporary table lot (n int); insert into lot select generate_series(1, 1000); set search_path = pg_temp, public');
      expect(await codeOf(client, 'select public.know_hot_rows()')).toBeNull();
      const { rows } = await client.query(`select reltuples::int as rows from pg_class where oid = 'pg_temp.lot'::regclass`);
      expect(rows).toEqual([{ rows: -1 }]);
    });
  });
});
