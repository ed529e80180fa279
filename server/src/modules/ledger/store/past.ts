import type { Instant, LocalDate } from '@wracam/engine/calendar';
import type { Draw, OriginKind, TransferKind } from '@wracam/engine/ledger/book';
import type { ProgramTx } from '../../../platform/db.ts';
import { sql } from '../../../platform/sql.ts';
import { unpackDraws } from '../chain.ts';
import { kindOf } from './history.ts';
import { originKindOf } from './holds.ts';

/** What of a member never changes. */
export type MemberHead = { readonly id: number; readonly kind: 'person' | 'company'; readonly joinedOn: LocalDate };

export const memberHeads = async (tx: ProgramTx, afterId: number, limit: number): Promise<MemberHead[]> => (await tx.rows<{ id: number; kind: number; joinedOn: LocalDate }>(sql`
  select member_id as id, kind, joined_on from member_ledger where program_id = ${tx.program.id} and member_id > ${afterId} order by member_id limit ${limit}`))
  .map(({ id, kind, joinedOn }) => ({ id, joinedOn, kind: kind === 2 ? 'company' : 'person' }));

/** A movement that no document made and that does not follow from the others by itself, as expiry does. */
export type Movement = {
  readonly memberId: number; readonly walletNo: number; readonly seq: number; readonly kind: TransferKind; readonly incoming: boolean; readonly points: number; readonly at: Instant;
  readonly origin: { readonly kind: OriginKind; readonly id: number | null }; readonly reversesSeq: number | null; readonly usableAt: Instant | null; readonly expiresAt: Instant | null;
  /** Of points that a repair took: which lots gave them, and how many became a debt. */
  readonly owed: number; readonly draws: readonly Draw[] | null;
};
type Row = Omit<Movement, 'kind' | 'origin' | 'draws'> & { kind: number; originKind: number; originId: number | null; draws: Buffer | null };

/** Did a repair of history book it; corrections by hand belong to none. */
export const isOfRepair = ({ origin }: Pick<Movement, 'origin'>): boolean => origin.kind === 'adjustment' && origin.id !== null;

/** Is it the reward of a goal, given or taken back; the origin's id is the grant's. */
export const isOfGoal = ({ origin }: Pick<Movement, 'origin'>): boolean => origin.kind === 'system' && origin.id !== null;

/** Movements of a stretch of time that no document made: orders, corrections by hand, balances brought in. */
export const movementsBetween = async (tx: ProgramTx, from: Instant, until: Instant): Promise<Movement[]> => (await tx.rows<Row>(sql`
  select t.member_id, t.wallet_no, t.seq, t.kind, t.incoming, t.points, t.booked_at as at, t.origin_kind, t.origin_id, t.reverses_seq, l.usable_at, l.expires_at,
    t.owed, case when t.origin_kind = 4 and t.origin_id is not null then t.draws end as draws
  from transfer t left join lot l on l.program_id = ${tx.program.id} and l.member_id = t.member_id and l.wallet_no = t.wallet_no and l.seq = t.seq
  where t.program_id = ${tx.program.id} and t.booked_at >= ${new Date(from)} and t.booked_at < ${new Date(until)} and t.origin_kind <> 1 and (t.kind not in (6, 7) or t.side is null)
  order by t.booked_at, t.member_id, t.wallet_no, t.seq`)).map(({ kind, originKind, originId, draws, ...row }) => ({ ...row, draws: unpackDraws(draws), kind: kindOf(kind), origin: { kind: originKindOf(originKind), id: originId } }));

/** A reservation and how it ended. */
export type PastHold = {
  readonly id: number; readonly memberId: number; readonly walletNo: number; readonly points: number; readonly origin: { readonly kind: OriginKind; readonly id: number | null };
  readonly madeAt: Instant; readonly endedAt: Instant | null; readonly captured: boolean; readonly transferSeq: number | null;
};

/** Reservations by id, with their ends. */
export const pastHolds = async (tx: ProgramTx, afterId: number, limit: number): Promise<PastHold[]> => (await tx.rows<Omit<PastHold, 'origin' | 'captured'> & { originKind: number; originId: number | null; resolution: number | null }>(sql`
  select h.id, h.member_id, h.wallet_no, h.points, h.origin_kind, h.origin_id, h.made_at, r.at as ended_at, r.kind as resolution, r.transfer_seq
  from hold h left join hold_resolution r on r.program_id = ${tx.program.id} and r.hold_id = h.id
  where h.program_id = ${tx.program.id} and h.id > ${afterId} order by h.id limit ${limit}`)).map(({ originKind, originId, resolution, ...row }) => ({ ...row, captured: resolution === 1, origin: { kind: originKindOf(originKind), id: originId } }));
