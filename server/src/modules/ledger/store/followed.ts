import type { Instant } from '@wracam/engine/calendar';
import { TRANSFER_KINDS } from '@wracam/engine/ledger/book';
import type { ProgramTx } from '../../../platform/db.ts';
import { nothing, sql } from '../../../platform/sql.ts';

/** The program's members after one of them, in the order of their ids. */
export const membersAfter = async (tx: ProgramTx, after: number, limit: number): Promise<number[]> =>
  (await tx.rows<{ memberId: number }>(sql`select member_id from member_ledger where program_id = ${tx.program.id} and member_id > ${after} order by member_id limit ${limit}`)).map((row) => row.memberId);

/** Some members who have bought something, scattered over all: the same ones as long as nobody new comes. */
export const sampleMembers = async (tx: ProgramTx, limit: number): Promise<number[]> =>
  (await tx.rows<{ memberId: number }>(sql`select member_id from member_ledger where program_id = ${tx.program.id} and sales_count > 0 order by hashint8(member_id), member_id limit ${limit}`)).map((row) => row.memberId);

/** Points that members earned in a wallet between two instants (null: from the beginning, until now), less what returns took. */
export async function earnedIn(tx: ProgramTx, memberIds: readonly number[], walletNo: number, from: Instant | null, to: Instant | null): Promise<Map<number, number>> {
  const rows = await tx.rows<{ memberId: number; points: number }>(sql`select member_id, sum(case when incoming then points else -points end)::int8 as points from transfer
    where program_id = ${tx.program.id} and member_id = any(${memberIds}::int8[]) and wallet_no = ${walletNo} and kind in (${TRANSFER_KINDS.earn}, ${TRANSFER_KINDS.return})
      ${from === null ? nothing : sql`and booked_at >= ${new Date(from)}`} ${to === null ? nothing : sql`and booked_at < ${new Date(to)}`} group by member_id`);
  return new Map(rows.map((row) => [row.memberId, row.points]));
}
