import type { Instant } from '@wracam/engine/calendar';
import type { Lot, Transfer } from '@wracam/engine/ledger/book';
import type { ProgramTx } from '../../../platform/db.ts';
import { sql } from '../../../platform/sql.ts';
import { unpackDraws } from '../chain.ts';
import { kindOf, sideOf } from './history.ts';
import { originKindOf } from './holds.ts';

export type AccountFigures = { readonly memberId: number; readonly walletNo: number; readonly available: number; readonly pending: number; readonly held: number; readonly debt: number; readonly seq: number; readonly head: Buffer };
export type AccountPlace = { readonly memberId: number; readonly walletNo: number };
export type BookedTransfer = Omit<Transfer, 'note'> & { readonly bookedAt: Instant; readonly hash: Buffer };

/** Accounts after `place` in the order of their keys. */
export const accountsAfter = (tx: ProgramTx, place: AccountPlace, limit: number): Promise<AccountFigures[]> => tx.rows<AccountFigures>(sql`
  select member_id, wallet_no, available, pending, held, debt, seq, head from account
  where program_id = ${tx.program.id} and (member_id, wallet_no) > (${place.memberId}, ${place.walletNo}::int2) order by member_id, wallet_no limit ${limit}`);

/** Transfers after `place` and up to the account `last`, in the order of their keys. */
export async function transfersAfter(tx: ProgramTx, place: AccountPlace & { readonly seq: number }, last: AccountPlace, limit: number): Promise<BookedTransfer[]> {
  const { rows } = await tx.hot('audit_transfers', `select member_id, wallet_no, seq, kind, side, incoming, points, owed, origin_kind, origin_id, booked_at, draws, reverses_seq, ruleset_no, hash, counter_member_id, counter_seq from transfer
    where program_id = $1 and (member_id, wallet_no, seq) > ($2::int8, $3::int2, $4::int4) and (member_id, wallet_no) <= ($5::int8, $6::int2) order by member_id, wallet_no, seq limit $7`,
  [tx.program.id, place.memberId, place.walletNo, place.seq, last.memberId, last.walletNo, limit]);
  return (rows as [number, number, number, number, number | null, boolean, number, number, number, number | null, Instant, Buffer | null, number | null, number | null, Buffer, number | null, number | null][]).map((row) => ({
    memberId: row[0], walletNo: row[1], seq: row[2], kind: kindOf(row[3]), side: sideOf(row[4]), incoming: row[5], points: row[6], owed: row[7],
    origin: { kind: originKindOf(row[8]), id: row[9] }, bookedAt: row[10], draws: unpackDraws(row[11]), reversesSeq: row[12], rulesetNo: row[13], hash: row[14],
    ...(row[15] === null ? {} : { counter: { memberId: row[15], seq: row[16]! } }),
  }));
}

export type StoredLot = AccountPlace & Pick<Lot, 'seq' | 'points' | 'remaining' | 'expired' | 'pending'>;

/** All lots of the accounts between two, both included. */
export async function lotsBetween(tx: ProgramTx, first: AccountPlace, last: AccountPlace): Promise<StoredLot[]> {
  const { rows } = await tx.hot('audit_lots', `select member_id, wallet_no, seq, points, remaining, expired, pending from lot
    where program_id = $1 and (member_id, wallet_no) >= ($2::int8, $3::int2) and (member_id, wallet_no) <= ($4::int8, $5::int2)`, [tx.program.id, first.memberId, first.walletNo, last.memberId, last.walletNo]);
  return (rows as [number, number, number, number, number, number, boolean][]).map(([memberId, walletNo, seq, points, remaining, expired, pending]) => ({ memberId, walletNo, seq, points, remaining, expired, pending }));
}

/** Reservations without an end, of the members between two. */
export async function openHoldsBetween(tx: ProgramTx, first: AccountPlace, last: AccountPlace) {
  const rows = await tx.rows<AccountPlace & { points: number; draws: Buffer }>(sql`select h.member_id, h.wallet_no, h.points, h.draws from hold h
    where h.program_id = ${tx.program.id} and h.member_id between ${first.memberId} and ${last.memberId}
      and not exists (select from hold_resolution r where r.program_id = ${tx.program.id} and r.hold_id = h.id)`);
  return rows.map((row) => ({ ...row, draws: unpackDraws(row.draws)! }));
}

/**
 * Stops spending of a member whose figures disagree and keeps what was found; one open entry an account is enough. The very difference that
 * somebody has cleared stops nobody again. True when the member could spend until now.
 */
export async function suspend(tx: ProgramTx, place: AccountPlace, details: readonly string[]): Promise<boolean> {
  const found = JSON.stringify(details);
  const explained = await tx.maybe(sql`select 1 as one from audit_difference where program_id = ${tx.program.id} and member_id = ${place.memberId} and wallet_no = ${place.walletNo}
    and cleared_at is not null and details = ${found}::jsonb limit 1`);
  if (explained) return false;
  const stopped = await tx.run(sql`update member_ledger set suspended = true where program_id = ${tx.program.id} and member_id = ${place.memberId} and not suspended`);
  await tx.run(sql`insert into audit_difference (program_id, member_id, wallet_no, found_at, details)
    select p.id, ${place.memberId}::int8, ${place.walletNo}::int2, ${new Date(tx.program.now)}::timestamptz, ${found}::jsonb from program p
    where p.id = ${tx.program.id} and not exists (select from audit_difference d where d.program_id = ${tx.program.id} and d.member_id = ${place.memberId} and d.wallet_no = ${place.walletNo} and d.cleared_at is null)
    on conflict do nothing`);
  return stopped === 1;
}

/** Lets a member spend again and marks what was found as explained. The caller holds the member's lock. */
export async function clearSuspension(tx: ProgramTx, memberId: number): Promise<void> {
  await tx.run(sql`update member_ledger set suspended = false where program_id = ${tx.program.id} and member_id = ${memberId}`);
  await tx.run(sql`update audit_difference set cleared_at = ${new Date(tx.program.now)} where program_id = ${tx.program.id} and member_id = ${memberId} and cleared_at is null`);
}

/** What stops a member from spending: since when, and what the auditor found in any of the accounts. */
export async function suspensionOf(tx: ProgramTx, memberId: number): Promise<{ at: Instant | null; found: string[] }> {
  const rows = await tx.rows<{ foundAt: Instant; details: string[] }>(sql`select found_at, details from audit_difference
    where program_id = ${tx.program.id} and member_id = ${memberId} and cleared_at is null order by found_at, wallet_no`);
  return { at: rows[0]?.foundAt ?? null, found: rows.flatMap((row) => row.details) };
}

/** Members with lots that end or become usable after `since` (null: ever) and up to now, and that nobody booked yet. */
export async function membersWithDueLots(tx: ProgramTx, since: Instant | null): Promise<number[]> {
  const from = since === null ? '-infinity' : new Date(since).toISOString();
  const now = new Date(tx.program.now);
  const row = await tx.maybe<{ ids: string | null }>(sql`select string_agg(member_id::text, ',' order by member_id) as ids from (
    select member_id from lot where program_id = ${tx.program.id} and expires_at > ${from}::timestamptz and expires_at <= ${now} and remaining > 0
    union select member_id from lot where program_id = ${tx.program.id} and usable_at > ${from}::timestamptz and usable_at <= ${now} and pending and remaining > 0) due`);
  return row?.ids ? row.ids.split(',').map(Number) : [];
}
