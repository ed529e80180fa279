import type { Instant } from '@wracam/engine/calendar';
import { SIDES, TRANSFER_KINDS, type OriginKind, type Side, type TransferKind, type Draw } from '@wracam/engine/ledger/book';
import type { ProgramTx } from '../../../platform/db.ts';
import { sql, type Statement } from '../../../platform/sql.ts';
import { unpackDraws } from '../chain.ts';
import { originKindOf } from './holds.ts';

export type TransferId = { readonly memberId: number; readonly walletNo: number; readonly seq: number };
/** A transfer as history shows it. */
export type TransferRow = TransferId & {
  readonly kind: TransferKind; readonly side: Side | null; readonly incoming: boolean; readonly points: number; readonly owed: number;
  readonly origin: { readonly kind: OriginKind; readonly id: number | null }; readonly bookedAt: Instant; readonly draws: readonly Draw[] | null; readonly rulesetNo: number | null;
  readonly hash: Buffer | null; readonly note: string | null; readonly expiresAt: Instant | null; readonly usableAt: Instant | null; readonly pending: boolean; readonly reversed: boolean;
};
type Row = {
  memberId: number; walletNo: number; seq: number; kind: number; side: number | null; incoming: boolean; points: number; owed: number; originKind: number; originId: number | null; bookedAt: Instant;
  draws: Buffer | null; rulesetNo: number | null; hash: Buffer; note: string | null; expiresAt: Instant | null; usableAt: Instant | null; pending: boolean | null; reversed: boolean;
};

const KINDS = Object.keys(TRANSFER_KINDS) as TransferKind[];
const SIDE_NAMES = Object.keys(SIDES) as Side[];
export const kindOf = (no: number): TransferKind => KINDS[no - 1]!;
/** Null: another member's account. */
export const sideOf = (no: number | null): Side | null => (no === null ? null : SIDE_NAMES[no - 1]!);

const rowOf = (row: Row): TransferRow => ({
  memberId: row.memberId, walletNo: row.walletNo, seq: row.seq, kind: kindOf(row.kind), side: sideOf(row.side), incoming: row.incoming, points: row.points, owed: row.owed,
  origin: { kind: originKindOf(row.originKind), id: row.originId }, bookedAt: row.bookedAt, draws: unpackDraws(row.draws), rulesetNo: row.rulesetNo, hash: row.hash, note: row.note,
  expiresAt: row.expiresAt, usableAt: row.usableAt, pending: row.pending ?? false, reversed: row.reversed,
});

const chosen = (programId: number, from: Statement): Statement => sql`
  select t.member_id, t.wallet_no, t.seq, t.kind, t.side, t.incoming, t.points, t.owed, t.origin_kind, t.origin_id, t.booked_at, t.draws, t.ruleset_no, t.hash,
    n.reason as note, l.expires_at, l.usable_at, l.pending,
    exists (select from transfer r where r.program_id = ${programId} and r.member_id = t.member_id and r.wallet_no = t.wallet_no and r.reverses_seq = t.seq) as reversed
  from (${from}) t
  left join lot l on l.program_id = ${programId} and l.member_id = t.member_id and l.wallet_no = t.wallet_no and l.seq = t.seq
  left join transfer_note n on n.program_id = ${programId} and n.member_id = t.member_id and n.wallet_no = t.wallet_no and n.seq = t.seq`;

/** One transfer, or null. */
export async function findTransfer(tx: ProgramTx, id: TransferId): Promise<TransferRow | null> {
  const row = await tx.maybe<Row>(chosen(tx.program.id, sql`select * from transfer where program_id = ${tx.program.id} and member_id = ${id.memberId} and wallet_no = ${id.walletNo} and seq = ${id.seq}`));
  return row && rowOf(row);
}

/** The newest transfers of an account before `beforeSeq`, newest first. */
export async function listTransfers(tx: ProgramTx, memberId: number, walletNo: number, beforeSeq: number, limit: number): Promise<TransferRow[]> {
  const rows = await tx.rows<Row>(sql`${chosen(tx.program.id, sql`select * from transfer where program_id = ${tx.program.id} and member_id = ${memberId} and wallet_no = ${walletNo} and seq < ${beforeSeq}
    order by seq desc limit ${limit}`)} order by t.seq desc`);
  return rows.map(rowOf);
}

/** When the transfers that brought these lots were booked, by seq. */
export async function bookedAtOf(tx: ProgramTx, memberId: number, walletNo: number, seqs: readonly number[]): Promise<Map<number, Instant>> {
  const rows = await tx.rows<{ seq: number; bookedAt: Instant }>(sql`select seq, booked_at from transfer
    where program_id = ${tx.program.id} and member_id = ${memberId} and wallet_no = ${walletNo} and seq = any(${seqs}::int4[])`);
  return new Map(rows.map((row) => [row.seq, row.bookedAt]));
}
