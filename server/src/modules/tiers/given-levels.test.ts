import { expect, it } from 'vitest';
import { olderDatabase } from '../../testing/older-database.ts';

const { migrateTo, asAdmin } = olderDatabase();

it('a database from before given levels had a first day keeps grants from the day on which they were made, and leaves everybody what returns had left', async () => {
  await migrateTo('0042_member_past');
  await asAdmin(async (client) => {
    // Of what they belong to the members' own rows are enough.
    await client.query(`set session_replication_role = replica;
      insert into program (id, organisation_id, code, name, currency, time_zone, test, demo, brand_color, terms_text, data_key, starts_at, created_at)
        select id, 1, 'p' || id, '', 'PLN', 'Europe/Warsaw', false, false, '', '', '', now(), now() from generate_series(1, 2) id;
      insert into member_ledger (program_id, member_id, state, kind, joined_on) select p, m, 1, 1, '2026-01-01' from generate_series(1, 2) p, generate_series(1, 3) m;
      insert into tier_ladder_version (program_id, no, effective_on, published_at, published_by, definition)
        values (1, 1, '2026-01-01', now(), '', '{"returns":"takeLevel","graceDays":0}'), (2, 1, '2026-01-01', now(), '', '{"returns":"keepLevel","graceDays":5}');
      insert into member_tier (program_id, member_id, ladder_no, untils, level, since, until, checked_on, grant_level, grant_until, changes) values
        (1, 1, 1, '', 'zloty', '2026-02-01', '2026-06-30', '2026-04-10', 'zloty', '2026-06-30', 2), (1, 2, 1, '', 'srebrny', '2026-02-01', '2026-12-31', '2026-04-10', null, null, 1),
        (2, 1, 1, '', 'zloty', '2026-02-01', '2026-12-31', '2026-04-10', 'srebrny', null, 1), (2, 2, 1, '', 'zielony', '2026-02-01', null, '2026-04-10', null, null, 1), (2, 3, 1, '', null, '2026-02-01', null, '2026-04-10', null, null, 1);
      insert into member_tier_change (program_id, member_id, no, at, reason, ladder_no, value, actor_kind) values
        (1, 1, 1, '2026-03-01T10:00Z', 'granted', 1, 0, 'staff'), (1, 1, 2, '2026-03-31T22:30Z', 'granted', 1, 0, 'staff'), (1, 1, 3, '2026-04-05T10:00Z', 'reached', 1, 0, 'system')`);
  });
  await migrateTo();
  const rows = await asAdmin(async (client) => (await client.query<{ program: number; member: number; ladder: number; given: unknown }>('select program_id::int as program, member_id::int as member, ladder_no as ladder, given from member_tier order by 1, 2')).rows);
  expect(rows).toEqual([
    { program: 1, member: 1, ladder: 1, given: [['zloty', '2026-04-01', '2026-06-30', 'hand']] }, { program: 1, member: 2, ladder: 1, given: null },
    { program: 2, member: 1, ladder: 0, given: [['srebrny', '2026-04-10', null, 'hand'], ['zloty', '2026-02-01', '2027-01-05', 'return']] }, { program: 2, member: 2, ladder: 0, given: [['zielony', '2026-02-01', null, 'return']] }, { program: 2, member: 3, ladder: 0, given: null },
  ]);
});
