import type pg from 'pg';

/** Card of the nth member, counted from 1. */
export const cardOf = (n: number) => `C${String(n).padStart(8, '0')}`;

/**
 * Members 1 to `count` of a program that has run for years: number and card, a history that differs from member to member, and an
 * account, as the floor's members have a balance. Written without triggers by the administrator: the rows name each other right.
 */
export async function seedMembers(admin: pg.Client, programId: number, count: number): Promise<void> {
  const members = `(select $1::int8 as program_id, g as id from generate_series(1, $2::int8) g) m`;
  await admin.query(`set session_replication_role = replica; set synchronous_commit = off`);
  for (const statement of [
    `insert into member (program_id, id, number, kind, language, joined_at, attributes) select program_id, id, 'N' || lpad(id::text, 9, '0'), case when id % 20 = 0 then 2 else 1 end, 'pl', now() - (30 + id % 1500) * interval '1 day', '{}' from ${members}`,
    `insert into member_identifier (program_id, kind, key, member_id, active, since) select program_id, kind, key, id, true, now() from ${members}, lateral (values (1, 'N' || lpad(id::text, 9, '0')), (2, 'C' || lpad(id::text, 8, '0'))) k (kind, key)`,
    `insert into member_ledger (program_id, member_id, state, kind, joined_on, sales_count, spent_minor, last_sale_on)
      select program_id, id, 1, case when id % 20 = 0 then 2 else 1 end, current_date - (30 + id % 1500)::int, id % 40, (id % 40) * 9000, case when id % 40 > 0 then current_date - (id % 200)::int end from ${members}`,
    `insert into account (program_id, member_id, wallet_no, available, pending, held, debt, debt_limit, seq, head, soonest)
      select program_id, id, 1, 0, 0, 0, 0, 1000000, 0, decode(repeat('00', 32), 'hex'), '[]' from ${members}`,
  ]) await admin.query(statement, [programId, count]);
  await admin.query(`set session_replication_role = origin; set synchronous_commit = on`);
  // Only what has rows: a table that was analyzed while it was empty is planned for as if it stayed empty.
  await admin.query('vacuum analyze member, member_identifier, member_ledger, account');
}
