import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../platform/db.ts';
import { makeLog } from '../platform/log.ts';
import { platformTables } from '../platform/platform-tables.ts';
import { sql } from '../platform/sql.ts';
import { testApp, type TestApp } from '../testing/app.ts';
import { fillProgram, type FilledProgram } from './filled-program.ts';

const PERMISSION = '42501';
let app: TestApp;
let a: FilledProgram;
let b: FilledProgram;
let client: pg.Client;
let tables: string[];
let columns: Map<string, string[]>;

beforeAll(async () => {
  app = await testApp();
  a = await fillProgram(app);
  b = await fillProgram(app);
  for (const { shop, anna, celina, sale, replay, repair, target } of [a, b]) {
    // What no request writes in a test: an import, a difference found by the auditor, the figures of a closed day.
    const memberId = app.deps.publicIds.decode('mem', anna.id);
    await app.ask(`insert into import_batch (program_id, no, file_hash, mapping, state, figures, started_at) values ($1, 1, 'x', 'm', 'done', '{}', '2026-01-01')`, [shop.id]);
    await app.ask(`insert into audit_difference (program_id, member_id, wallet_no, found_at, details) values ($1, $2, 1, '2026-01-01', '{}')`, [shop.id, memberId]);
    await app.ask(`insert into report_day (program_id, day, mark, sales, sales_minor, points_earned, points_spent, new_members) values ($1, '2020-01-01', '0/0', 1, 1, 1, 1, 1) on conflict do nothing`, [shop.id]);
    await app.ask(`insert into attempt (subject, at, kind) values ('x', '2026-01-01', 'code')`);
    await shop.call('POST', '/rewards', { name: 'Herbata', pricePoints: 5 }, { 'idempotency-key': 'herbata' });
    await shop.api.changeMember({ params: { program: shop.code, member: anna.id }, body: { groups: ['stali'] } });
    await shop.api.moveMemberPoints({ params: { program: shop.code, member: anna.id }, body: { to: { number: celina.number }, points: 2, wallet: 'punkty' } });
    await shop.api.markTransaction({ params: { program: shop.code, transaction: sale }, body: { fact: 'delivered' } });
    await shop.api.changeReferralSettings({ params: { program: shop.code }, body: { windowDays: 14 } });
    await app.ask(`insert into circle_use (program_id, circle_id, bucket, rule_id, used) select c.program_id, c.id, 'e', r.id, 5 from member_circle c join earning_rule r on r.program_id = c.program_id where c.program_id = $1 limit 1`, [shop.id]);
    await app.ask(`insert into held_badge (program_id, grant_id, given_at, member_id, badge_id) select g.program_id, g.id, '2026-01-01', g.member_id, b.id from goal_grant g join badge b on b.program_id = g.program_id where g.program_id = $1 limit 1`, [shop.id]);
    await app.ask(`insert into rule_message (program_id, transaction_id, rule_id, member_id, points, balance, state) select program_id, transaction_id, rule_id, member_id, 5, 5, 'told' from grant_item where program_id = $1 limit 1`, [shop.id]);
    await app.ask(`insert into webhook_delivery (program_id, id, webhook_id, event_id, state, at) select w.program_id, 1, w.id, o.id, 'queued', '2026-01-01' from webhook w join outbox o on o.program_id = w.program_id where w.program_id = $1 limit 1`, [shop.id]);
    // And what only a night or a worker writes.
    await app.ask(`insert into expiry_notice (program_id, member_id, wallet_no, expires_on, days, points, at) values ($1, $2, 1, '2026-12-31', 30, 5, '2026-12-01')`, [shop.id, memberId]);
    const targetId = app.deps.publicIds.decode('tgt', target.id);
    await app.ask(`insert into sales_target_progress (program_id, target_id, period, participant, value) values ($1, $2, 20454, 'm1', 5)`, [shop.id, targetId]);
    await app.ask(`insert into sales_target_part (program_id, target_id, period, member_id, value, sets) values ($1, $2, 20454, $3, 5, '')`, [shop.id, targetId, memberId]);
    await app.ask(`insert into sales_target_reached (program_id, target_id, period, participant, member_id, round, standing, amount, value, own_value, reached_at) values ($1, $2, 20454, 'm1', $3, 1, true, 5, 5, 5, '2026-12-01')`, [shop.id, targetId, memberId]);
    await app.ask(`insert into sales_target_settled (program_id, target_id, period, settled_at) values ($1, $2, 20454, '2026-12-01')`, [shop.id, targetId]);
    await app.ask(`insert into sales_target_note (program_id, member_id) values ($1, $2) on conflict do nothing`, [shop.id, memberId]);
    await app.ask(`insert into member_day (program_id, token, member_id) values ($1, 'x', $2)`, [shop.id, memberId]);
    await app.ask(`insert into referral (program_id, friend_id, referrer_id, state, joined_at) values ($1, $2, $3, 'waiting', '2026-01-01')`, [shop.id, memberId, app.deps.publicIds.decode('mem', celina.id)]);
    await app.ask(`insert into replay_member (program_id, replay_id, member_id, points_now, points_draft) values ($1, $2, $3, 1, 2)`, [shop.id, app.deps.publicIds.decode('rpl', replay), memberId]);
    await app.ask(`insert into repair_entry (program_id, repair_id, no, member_id, wallet_no, points) values ($1, $2, 0, $3, 1, 5)`, [shop.id, app.deps.publicIds.decode('rpr', repair), memberId]);
    await app.ask(`insert into repair_effect (program_id, repair_id, no, member_id, value_from, value_to) values ($1, $2, 0, $3, 1, 5)`, [shop.id, app.deps.publicIds.decode('rpr', repair), memberId]);
    await app.ask(`insert into repaired_grant (program_id, repair_id, no, member_id, transaction_id, rule_id, what, code, pieces, closed) select program_id, $2, 0, member_id, transaction_id, rule_id, 'badge', 'x', 1, false from grant_item where program_id = $1 limit 1`, [shop.id, app.deps.publicIds.decode('rpr', repair)]);
    await app.ask(`insert into repaired_earning (program_id, repair_id, member_id, wallet_no, day, points) values ($1, $2, $3, 1, '2026-01-01', 5)`, [shop.id, app.deps.publicIds.decode('rpr', repair), memberId]);
  }
  tables = (await app.ask<{ name: string }>(`select relname as name from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace and relname <> 'migration' order by 1`)).map(({ name }) => name);
  const found = await app.ask<{ name: string; columns: string[] }>(`select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped where c.relname = any($1) group by 1`, [tables]);
  columns = new Map(found.map((row) => [row.name, row.columns]));
  client = new pg.Client({ connectionString: app.database.appUrl });
  await client.connect();
}, 120_000);
afterAll(async () => {
  await client.end();
  await app.close();
});

const ofProgram = () => tables.filter((table) => !(platformTables as readonly string[]).includes(table));
/** Runs as the application in one transaction that is undone; gives the SQLSTATE when it fails. */
async function tried(programId: number | null, text: string, values: unknown[] = []): Promise<{ count: number; code: string | null; rows: Record<string, unknown>[] }> {
  await client.query('begin');
  try {
    if (programId !== null) await client.query('select use_program($1)', [programId]);
    const { rowCount, rows } = await client.query(text, values);
    return { count: rowCount ?? 0, code: null, rows };
  } catch (error) {
    return { count: 0, code: String(Reflect.get(Object(error), 'code')), rows: [] };
  } finally {
    await client.query('rollback');
  }
}
const rowsOf = async (table: string, programId: number) => Number((await app.ask<{ count: string }>(`select count(*) from "${table}" where program_id = $1`, [programId]))[0]!.count);

describe('the application without a program', () => {
  it('sees no row of any table, though every one has rows', async () => {
    const seen: string[] = [];
    const empty: string[] = [];
    for (const table of tables) {
      if ((await tried(null, `select 1 from "${table}" limit 1`)).count > 0) seen.push(table);
      if ((await app.ask(`select 1 as one from "${table}" limit 1`)).length === 0) empty.push(table);
    }
    expect({ seen, empty }).toEqual({ seen: [], empty: [] });
  });

  it('changes and deletes nothing anywhere', async () => {
    for (const table of tables) {
      const column = columns.get(table)![0]!;
      for (const text of [`update "${table}" set "${column}" = "${column}"`, `delete from "${table}"`, `truncate "${table}"`]) {
        const { count, code } = await tried(null, text);
        expect({ text, count, code: code === null || code === PERMISSION }).toEqual({ text, count: 0, code: true });
      }
    }
  });

  it('sees nothing through a view', async () => {
    const views = (await app.ask<{ name: string }>(`select c.oid::regclass::text as name from pg_class c where relkind = 'v' and relnamespace in ('public'::regnamespace, 'reporting'::regnamespace)`)).map(({ name }) => name);
    expect(views.length).toBeGreaterThan(5);
    for (const view of views) {
      expect((await tried(null, `select 1 from ${view} limit 1`)).count).toBe(0);
      const { rows } = await tried(a.shop.id, `select distinct program_id from ${view}`);
      expect(rows.filter((row) => Number(row['program_id']) !== a.shop.id), view).toEqual([]);
    }
  });
});

describe('the application inside program A', () => {
  it('sees its own rows in every table and none of B', async () => {
    for (const table of ofProgram()) {
      const { rows } = await tried(a.shop.id, `select program_id, count(*)::int as count from "${table}" group by 1`);
      expect({ table, rows: rows.map((row) => [Number(row['program_id']), row['count']]) }).toEqual({ table, rows: [[a.shop.id, await rowsOf(table, a.shop.id)]] });
    }
  });

  it('sees of the platform its own row and its own work, and nothing of staff, keys, sessions and codes', async () => {
    for (const table of platformTables.filter((name) => name !== 'migration')) {
      const { rows } = await tried(a.shop.id, `select * from "${table}"`);
      const own = table === 'program' ? rows.every((row) => Number(row['id']) === a.shop.id) && rows.length === 1 : table === 'due' ? rows.every((row) => Number(row['program_id']) === a.shop.id) : rows.length === 0;
      expect({ table, own }).toEqual({ table, own: true });
    }
  });

  it('changes and deletes no row of B, even one it names', async () => {
    for (const table of ofProgram()) {
      const last = columns.get(table)!.at(-1)!;
      for (const text of [`update "${table}" set "${last}" = "${last}" where program_id = $1`, `delete from "${table}" where program_id = $1`]) {
        const { count, code } = await tried(a.shop.id, text, [b.shop.id]);
        expect({ text, count, code: code === null || code === PERMISSION }).toEqual({ text, count: 0, code: true });
      }
    }
  });

  it('writes no row for B: neither a new one nor one of its own moved over', async () => {
    for (const table of ofProgram()) {
      const [row] = await app.ask<{ row: unknown }>(`select to_jsonb(t) as row from "${table}" t where program_id = $1 limit 1`, [b.shop.id]);
      const list = columns.get(table)!.map((name) => `"${name}"`).join(', ');
      const added = await tried(a.shop.id, `insert into "${table}" (${list}) select ${list} from jsonb_populate_record(null::"${table}", $1)`, [JSON.stringify(row!.row)]);
      const moved = await tried(a.shop.id, `update "${table}" set program_id = $1`, [b.shop.id]);
      expect({ table, added: added.code, moved: moved.code }).toEqual({ table, added: PERMISSION, moved: PERMISSION });
    }
  });

  it('ties no row of its own to a row of B: every foreign key carries the program', async () => {
    const member = app.deps.publicIds.decode('mem', b.anna.id);
    const { code } = await tried(a.shop.id, `insert into member_identifier (program_id, kind, key, member_id, active, since) values ($1, 2, 'B-CARD', $2, true, '2026-01-01')`, [a.shop.id, member]);
    expect(code).toBe('23503');
  });

  it('learns nothing of B from unique keys: the same number, card and document are free here', async () => {
    const params = a.params;
    const twin = await a.shop.api.createMember({ params, body: { firstName: 'Anna', phone: '601 234 568', card: `${b.shop.code}-A`, externalId: `${b.shop.code}-anna`, number: b.anna.number, termsVersion: 1 } });
    expect(twin.number).toBe(b.anna.number);
  });

  it('cannot raise itself: no role to become, no policy, table or setting to change', async () => {
    const { owner, migrator, loader } = app.database.roles;
    for (const text of [`set role "${owner}"`, `set role "${migrator}"`, `set role "${loader}"`, 'alter table member disable row level security', 'drop policy own_program on member', 'create table stray (id int)', 'set session_replication_role = replica', `copy member to '/tmp/x'`, `alter role "${app.database.roles.app}" bypassrls`]) {
      expect({ text, code: (await tried(a.shop.id, text)).code }).toEqual({ text, code: PERMISSION });
    }
    expect((await tried(a.shop.id, 'set row_security = off; select 1 from member limit 1')).code).toBe(PERMISSION);
  });
});

describe('two programs on one connection', () => {
  it('never see each other’s rows, through thrown errors and cancelled statements', async () => {
    const db = connect(app.database.appUrl, makeLog('silent'), { max: 1 });
    try {
      const programs = [a, b] as const;
      const work = Array.from({ length: 600 }, (_, round) => async () => {
        const { shop } = programs[round % 2]!;
        const seen = await db.inProgram(shop.id, async (tx) => {
          if (round % 7 === 3) throw new Error('thrown');
          if (round % 11 === 5) await tx.rows(sql`select 1 / 0`);
          if (round % 97 === 50) await tx.rows(sql`select pg_cancel_backend(pg_backend_pid())`);
          return tx.rows<{ programId: number }>(sql`select distinct program_id from member`);
        }).catch(() => [{ programId: shop.id }]);
        return seen.every(({ programId }) => programId === shop.id) && seen.length === 1;
      });
      const right = await Promise.all(work.map((one) => one()));
      expect(right.filter((one) => !one)).toEqual([]);
      const bare = await db.onPlatform((tx) => tx.rows<{ count: number }>(sql`select count(*)::int as count from member`));
      expect(bare).toEqual([{ count: 0 }]);
    } finally {
      await db.close();
    }
  });
});
