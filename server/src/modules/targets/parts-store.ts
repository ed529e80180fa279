import { int4Array, int8Array } from '../../platform/binary-arrays.ts';
import type { ProgramTx } from '../../platform/db.ts';
import { sql } from '../../platform/sql.ts';

export type PartRow = { readonly memberId: number; readonly period: number; readonly value: number };

/** Parts that were counted by these sets of articles. */
export async function knownParts(tx: ProgramTx, targetId: number, periods: readonly number[], sets: string, memberIds: readonly number[]): Promise<PartRow[]> {
  const { rows } = await tx.hot('known_target_parts', 'select member_id, period, value from sales_target_part where program_id = $1 and target_id = $2 and period = any($3::int4[]) and member_id = any($4::int8[]) and sets = $5',
    [tx.program.id, targetId, int4Array(periods), int8Array(memberIds), sets]);
  return (rows as [number, number, number][]).map(([memberId, period, value]) => ({ memberId, period, value }));
}

export async function saveParts(tx: ProgramTx, targetId: number, sets: string, rows: readonly PartRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.hot('save_target_parts', `insert into sales_target_part (program_id, target_id, period, member_id, value, sets)
    select p.id, $2, t.period, t.member_id, t.value, $6 from program p, unnest($3::int4[], $4::int8[], $5::int8[]) t (period, member_id, value) where p.id = $1
    on conflict (program_id, target_id, period, member_id) do update set value = excluded.value, sets = excluded.sets`,
  [tx.program.id, targetId, int4Array(rows.map((row) => row.period)), int8Array(rows.map((row) => row.memberId)), int8Array(rows.map((row) => row.value)), sets]);
}

/** A settled period is never counted again. */
export const dropParts = (tx: ProgramTx, targetId: number, period: number) => tx.run(sql`
  delete from sales_target_part where program_id = ${tx.program.id} and target_id = ${targetId} and period = ${period}`);
