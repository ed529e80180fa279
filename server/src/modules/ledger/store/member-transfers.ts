import type { Instant, LocalDate } from '@wracam/engine/calendar';
import type { MovePair } from '@wracam/engine/ledger/between-members';
import type { ProgramTx } from '../../../platform/db.ts';
import { sql } from '../../../platform/sql.ts';

export type MemberTransfer = { readonly id: number; readonly walletNo: number; readonly fromMemberId: number; readonly toMemberId: number; readonly points: number; readonly at: Instant; readonly pairs: readonly MovePair[]; readonly reversedAt: Instant | null };

export const insertMemberTransfer = (tx: ProgramTx, row: Omit<MemberTransfer, 'at' | 'reversedAt'>, day: LocalDate) => tx.run(sql`
  insert into member_transfer (program_id, id, wallet_no, from_member_id, to_member_id, points, at, day, pairs)
  values (${tx.program.id}, ${row.id}, ${row.walletNo}, ${row.fromMemberId}, ${row.toMemberId}, ${row.points}, ${new Date(tx.program.now)}, ${day}, ${JSON.stringify(row.pairs)})`);

export const findMemberTransfer = (tx: ProgramTx, id: number) => tx.maybe<MemberTransfer>(sql`
  select id, wallet_no, from_member_id, to_member_id, points, at, pairs, reversed_at from member_transfer where program_id = ${tx.program.id} and id = ${id}`);

/** Whom these transfers went from and to. */
export const memberTransfersOf = async (tx: ProgramTx, ids: readonly number[]): Promise<Pick<MemberTransfer, 'id' | 'fromMemberId' | 'toMemberId'>[]> => (ids.length === 0 ? []
  : tx.rows(sql`select id, from_member_id, to_member_id from member_transfer where program_id = ${tx.program.id} and id = any(${ids}::int8[])`));

/** What the member gave away on a local date and was not given back; final under the member's lock. */
export const movedOn = async (tx: ProgramTx, memberId: number, walletNo: number, day: LocalDate) => (await tx.maybe<{ points: number; times: number }>(sql`
  select coalesce(sum(points), 0)::int8 as points, count(*)::int8 as times from member_transfer
  where program_id = ${tx.program.id} and from_member_id = ${memberId} and wallet_no = ${walletNo} and day = ${day} and reversed_at is null`))!;

export const saveReversed = (tx: ProgramTx, id: number) => tx.run(sql`
  update member_transfer set reversed_at = ${new Date(tx.program.now)} where program_id = ${tx.program.id} and id = ${id} and reversed_at is null`);
