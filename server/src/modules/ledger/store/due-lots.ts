import type { Instant } from '@wracam/engine/calendar';
import type { ProgramTx } from '../../../platform/db.ts';
import { nothing, sql } from '../../../platform/sql.ts';

/** Members with lots that mature or expire after `from` and not later than `until`, in the order of their ids. */
export async function membersDueBetween(tx: ProgramTx, from: Instant, until: Instant, limit: number | null): Promise<number[]> {
  const [after, last] = [new Date(from), new Date(until)];
  const rows = await tx.rows<{ memberId: number }>(sql`
    select member_id from lot where program_id = ${tx.program.id} and expires_at > ${after} and expires_at <= ${last} and remaining > 0
    union select member_id from lot where program_id = ${tx.program.id} and usable_at > ${after} and usable_at <= ${last} and pending and remaining > 0
    ${limit === null ? sql`order by 1` : nothing} ${limit === null ? nothing : sql`limit ${limit}`}`);
  return rows.map((row) => row.memberId);
}
