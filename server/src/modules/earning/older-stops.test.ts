import { expect, it } from 'vitest';
import { olderDatabase } from '../../testing/older-database.ts';

const { migrateTo, asAdmin } = olderDatabase();

it('stops of rules that were planned before their day was told have a job for it, those that lie ahead and each once', async () => {
  await migrateTo('0079_names_no');
  await asAdmin(async (client) => {
    // The first program lives by the clock on the wall, the second by one of its own. Of what they belong to their own rows are enough.
    await client.query(`set session_replication_role = replica;
      insert into program (id, organisation_id, code, name, currency, time_zone, test, test_now, demo, brand_color, terms_text, data_key, starts_at, created_at)
        select id, 1, 'p' || id, '', 'PLN', 'Europe/Warsaw', id = 2, case id when 2 then timestamptz '2026-03-05' end, false, '', '', '', now(), now() from generate_series(1, 2) id;
      insert into earning_rule (program_id, id, state, revision, version, changed_at, stop_step, stops_at) values
        (1, 1, 'active', 1, 1, now(), 'end', '2100-01-01'), (1, 2, 'active', 1, 1, now(), 'pause', '2020-01-01'), (1, 3, 'active', 1, 1, now(), null, null), (1, 4, 'active', 1, 1, now(), 'end', '2100-02-02'),
        (2, 1, 'active', 1, 1, now(), 'pause', '2026-03-20'), (2, 2, 'active', 1, 1, now(), 'end', '2026-03-01');
      insert into due (program_id, kind, ref, due_at, tries) values (1, 'rules.stop', 4, '2100-02-02', 3)`);
  });
  const jobs = () => asAdmin(async (client) => (await client.query<{ job: string }>(`select concat_ws(' ', program_id, ref, to_char(due_at at time zone 'UTC', 'YYYY-MM-DD'), tries) as job from due where kind = 'rules.stop' order by program_id, ref`)).rows.map((one) => one.job));
  await migrateTo();
  const planned = ['1 1 2100-01-01 0', '1 4 2100-02-02 3', '2 1 2026-03-20 0'];
  expect(await jobs()).toEqual(planned);
  await migrateTo();
  expect(await jobs()).toEqual(planned);
});
