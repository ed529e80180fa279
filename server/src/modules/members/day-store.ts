import { byteaArray, int8Array } from '../../platform/binary-arrays.ts';
import type { ProgramTx } from '../../platform/db.ts';
import { sql } from '../../platform/sql.ts';

/** Members whose days are not written yet; whoever left is left alone. */
export const membersWithoutDays = (tx: ProgramTx, limit: number) => tx.rows<{ id: number; kind: number; sealed: Buffer | null; joinedAt: number }>(sql`
  select m.id, m.kind, m.sealed, m.joined_at from member m where m.program_id = ${tx.program.id} and m.closed_at is null
    and not exists (select from member_day d where d.program_id = ${tx.program.id} and d.member_id = m.id) order by m.id limit ${limit}`);

export async function insertDays(tx: ProgramTx, rows: readonly { memberId: number; token: Buffer }[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.hot('insert_member_days', `insert into member_day (program_id, token, member_id)
    select p.id, t.* from program p, unnest($2::bytea[], $3::int8[]) t where p.id = $1 on conflict do nothing`,
  [tx.program.id, byteaArray(rows.map((row) => row.token)), int8Array(rows.map((row) => row.memberId))]);
}

export const membersByDays = (tx: ProgramTx, tokens: readonly Buffer[]) => tx.rows<{ id: number; joinedAt: number }>(sql`
  select distinct m.id, m.joined_at from member_day d join member m on m.program_id = ${tx.program.id} and m.id = d.member_id
  where d.program_id = ${tx.program.id} and d.token = any(${tokens}) and m.closed_at is null order by m.id`);

export const removeDays = (tx: ProgramTx, memberId: number) => tx.run(sql`delete from member_day where program_id = ${tx.program.id} and member_id = ${memberId}`);
