import { int8Array } from '../../platform/binary-arrays.ts';
import type { ProgramHead, ProgramTx, Write } from '../../platform/db.ts';
import { waking } from '../../platform/jobs.ts';
import { sql } from '../../platform/sql.ts';

/** Due work of whoever follows the documents of a program. */
export const DOCUMENTS_TOUCHED = 'documents.touched';

/**
 * Leaves a note of the members whose documents, points or level a transaction changed, in its own commit; only where somebody follows. Rows of members
 * are locked already, so two bookings never wait here for each other in a circle. A test program's clock stands still, so the note wakes its reader.
 */
export const touchingMembers = (program: ProgramHead, memberIds: readonly number[]): Write[] => (memberIds.length === 0 ? [] : [
  {
    name: 'touch_members', text: 'insert into touched_member (program_id, member_id) select p.id, t.member_id from program p, unnest($2::int8[]) t (member_id) where p.id = $1 on conflict do nothing',
    values: [program.id, int8Array(memberIds)],
  },
  ...(program.test ? [waking(program.id, DOCUMENTS_TOUCHED, 0, program.now)] : []),
]);

/** Members that were touched, in the order of their ids. */
export const touchedMembers = async (tx: ProgramTx, limit: number): Promise<number[]> =>
  (await tx.rows<{ memberId: number }>(sql`select member_id from touched_member where program_id = ${tx.program.id} order by member_id limit ${limit}`)).map((row) => row.memberId);

/** Forgets the notes of members whom the caller has locked: a booking that comes later leaves a new one. */
export const untouchMembers = (tx: ProgramTx, memberIds: readonly number[]) =>
  tx.run(sql`delete from touched_member where program_id = ${tx.program.id} and member_id = any(${memberIds}::int8[])`);
