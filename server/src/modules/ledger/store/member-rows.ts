import type { LocalDate } from '@wracam/engine/calendar';
import { dateArray, int2Array, int8Array } from '../../../platform/binary-arrays.ts';
import type { ProgramTx, Write } from '../../../platform/db.ts';
import { sql } from '../../../platform/sql.ts';

const ACTIVE = 1;

/** Has anybody an account in the wallet. */
export const hasAccounts = async (tx: ProgramTx, walletNo: number): Promise<boolean> =>
  (await tx.maybe(sql`select 1 as one from account where program_id = ${tx.program.id} and wallet_no = ${walletNo} limit 1`)) !== null;

/** Makes the rows that are members' locks, in the transaction that makes the members. `kind`: 1 person, 2 company. */
export async function insertMemberLedgers(tx: ProgramTx, rows: readonly { readonly memberId: number; readonly kind: number; readonly joinedOn: LocalDate }[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.hot('insert_member_ledgers', `insert into member_ledger (program_id, member_id, state, kind, joined_on)
    select p.id, t.member_id, ${ACTIVE}, t.kind, t.joined_on from program p, unnest($2::int8[], $3::int2[], $4::date[]) t (member_id, kind, joined_on) where p.id = $1`,
  [tx.program.id, int8Array(rows.map((row) => row.memberId)), int2Array(rows.map((row) => row.kind)), dateArray(rows.map((row) => row.joinedOn))]);
}

const CLOSED = 3;

/** Members that are not closed, after one of them, in the order of ids; no more than `freshMax` of them whose days are not kept yet. */
export async function memberPage(tx: ProgramTx, after: number, limit: number, freshMax: number): Promise<{ memberId: number; counted: boolean }[]> {
  const { rows } = await tx.hot('member_page', `select member_id, counted from member_ledger where program_id = $1 and member_id > $2 and state <> ${CLOSED} order by member_id limit $3`, [tx.program.id, after, limit]);
  let fresh = 0;
  const page = (rows as [number, boolean][]).map(([memberId, counted]) => ({ memberId, counted }));
  const end = page.findIndex((one) => !one.counted && (fresh += 1) > freshMax);
  return end < 0 ? page : page.slice(0, end);
}

export const countMembers = async (tx: ProgramTx): Promise<number> =>
  (await tx.maybe<{ members: number }>(sql`select count(*)::int8 as members from member_ledger where program_id = ${tx.program.id} and state <> ${CLOSED}`))!.members;

/** From now on what these members do is kept by day. */
export const countingMembers = (programId: number, memberIds: readonly number[]): Write =>
  ({ name: 'count_members', text: 'update member_ledger set counted = true where program_id = $1 and member_id = any($2::int8[])', values: [programId, int8Array(memberIds)] });
