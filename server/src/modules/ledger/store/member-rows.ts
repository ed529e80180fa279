import type { LocalDate } from '@wracam/engine/calendar';
import { dateArray, int2Array, int8Array } from '../../../platform/binary-arrays.ts';
import type { ProgramTx } from '../../../platform/db.ts';

const ACTIVE = 1;

/** Makes the rows that are members' locks, in the transaction that makes the members. `kind`: 1 person, 2 company. */
export async function insertMemberLedgers(tx: ProgramTx, rows: readonly { readonly memberId: number; readonly kind: number; readonly joinedOn: LocalDate }[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.hot('insert_member_ledgers', `insert into member_ledger (program_id, member_id, state, kind, joined_on)
    select p.id, t.member_id, ${ACTIVE}, t.kind, t.joined_on from program p, unnest($2::int8[], $3::int2[], $4::date[]) t (member_id, kind, joined_on) where p.id = $1`,
  [tx.program.id, int8Array(rows.map((row) => row.memberId)), int2Array(rows.map((row) => row.kind)), dateArray(rows.map((row) => row.joinedOn))]);
}
