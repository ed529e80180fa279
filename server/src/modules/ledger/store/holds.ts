import type { Instant } from '@wracam/engine/calendar';
import { ORIGINS, type Draw, type OriginKind } from '@wracam/engine/ledger/book';
import type { ProgramTx, Write } from '../../../platform/db.ts';
import { sql } from '../../../platform/sql.ts';
import { packDraws, unpackDraws } from '../chain.ts';
import type { WorkingSet } from '../working-set.ts';

/** Work that falls due when a hold's time is over. */
export const HOLD_EXPIRY = 'hold.expire';

export type HoldState = 'held' | 'captured' | 'released';
/** A reservation as it stands in the database. The row never changes; its resolution is a row of its own. */
export type Hold = {
  readonly id: number; readonly memberId: number; readonly walletNo: number; readonly points: number; readonly draws: readonly Draw[];
  readonly origin: { readonly kind: OriginKind; readonly id: number | null }; readonly expiresAt: Instant | null; readonly state: HoldState;
};
type HoldRow = { id: number; memberId: number; walletNo: number; points: number; draws: Buffer; originKind: number; originId: number | null; expiresAt: Instant | null; resolution: number | null };

const ORIGIN_KINDS = Object.keys(ORIGINS) as OriginKind[];
export const originKindOf = (no: number): OriginKind => ORIGIN_KINDS[no - 1]!;

const holdOf = (row: HoldRow): Hold => ({
  id: row.id, memberId: row.memberId, walletNo: row.walletNo, points: row.points, draws: unpackDraws(row.draws)!, origin: { kind: originKindOf(row.originKind), id: row.originId },
  expiresAt: row.expiresAt, state: row.resolution === null ? 'held' : row.resolution === 1 ? 'captured' : 'released',
});

/** The hold with its state; final only under the member's lock. Null when the program has none of this id. */
export async function findHold(tx: ProgramTx, id: number): Promise<Hold | null> {
  const row = await tx.maybe<HoldRow>(sql`select h.id, h.member_id, h.wallet_no, h.points, h.draws, h.origin_kind, h.origin_id, h.expires_at, r.kind as resolution
    from hold h left join hold_resolution r on r.program_id = h.program_id and r.hold_id = h.id where h.program_id = ${tx.program.id} and h.id = ${id}`);
  return row && holdOf(row);
}

/** Holds of these members whose time is over and that nobody resolved yet, earliest first. */
export async function expiredHolds(tx: ProgramTx, memberIds: readonly number[], now: Instant): Promise<Hold[]> {
  const rows = await tx.rows<HoldRow>(sql`select h.id, h.member_id, h.wallet_no, h.points, h.draws, h.origin_kind, h.origin_id, h.expires_at, null::int as resolution from hold h
    where h.program_id = ${tx.program.id} and h.member_id = any(${memberIds}::int8[]) and h.expires_at <= ${new Date(now)}
      and not exists (select from hold_resolution r where r.program_id = ${tx.program.id} and r.hold_id = h.id) order by h.expires_at, h.id`);
  return rows.map(holdOf);
}

/** The reservations of a working set and how others ended; the key of `hold_resolution` lets each end once. */
export function writesOfHolds(set: WorkingSet): Write[] {
  const dateOf = (at: Instant | undefined) => new Date(at ?? set.book.now);
  return [
    ...set.holds.flatMap((hold) => [
      sql`insert into hold (program_id, id, member_id, wallet_no, points, draws, origin_kind, origin_id, made_at, expires_at)
        values (${set.programId}, ${hold.id}, ${hold.memberId}, ${hold.walletNo}, ${hold.points}, ${packDraws(hold.draws)}, ${ORIGINS[hold.origin.kind]}, ${hold.origin.id}, ${dateOf(hold.madeAt)}, ${hold.expiresAt === null ? null : new Date(hold.expiresAt)})`,
      ...(hold.expiresAt === null ? [] : [sql`insert into due (program_id, kind, ref, due_at) values (${set.programId}, ${HOLD_EXPIRY}, ${hold.id}, ${new Date(hold.expiresAt)})`]),
    ]),
    ...set.resolutions.flatMap(({ holdId, transferSeq, hadExpiry, at }) => [
      sql`insert into hold_resolution (program_id, hold_id, kind, at, transfer_seq) values (${set.programId}, ${holdId}, ${transferSeq === null ? 2 : 1}, ${dateOf(at)}, ${transferSeq})`,
      ...(hadExpiry ? [sql`delete from due where program_id = ${set.programId} and kind = ${HOLD_EXPIRY} and ref = ${holdId}`] : []),
    ]),
  ];
}
