import type { Instant, LocalDate } from '@wracam/engine/calendar';
import { dateArray, int2Array, int8Array } from '../../../platform/binary-arrays.ts';
import type { ProgramTx } from '../../../platform/db.ts';
import { sql } from '../../../platform/sql.ts';

/** Points that a repair adds to what documents of a local day earned, or (below zero) takes from it. */
export type DayChange = { readonly memberId: number; readonly walletNo: number; readonly day: LocalDate; readonly points: number };

/** Keeps what a repair would change; nobody counts it before it stands. */
export const planRepaired = (tx: ProgramTx, repairId: number, rows: readonly DayChange[]) => tx.hot('plan_repaired', `insert into repaired_earning (program_id, member_id, repair_id, wallet_no, day, points)
  select p.id, t.member_id, $2, t.wallet_no, t.day, t.points from program p, unnest($3::int8[], $4::int2[], $5::date[], $6::int8[]) t (member_id, wallet_no, day, points) where p.id = $1`,
[tx.program.id, repairId, int8Array(rows.map((one) => one.memberId)), int2Array(rows.map((one) => one.walletNo)), dateArray(rows.map((one) => one.day)), int8Array(rows.map((one) => one.points))]);

const LEFT = { stand: sql`stood_at is null`, lift: sql`stood_at is not null and lifted_at is null` };

/** Members of a repair whose days a step has not dealt with yet, by id. */
export const membersToRepair = async (tx: ProgramTx, repairId: number, step: 'stand' | 'lift', after: number, limit: number): Promise<number[]> => (await tx.rows<{ memberId: number }>(sql`
  select distinct member_id from repaired_earning where program_id = ${tx.program.id} and repair_id = ${repairId} and member_id > ${after} and ${LEFT[step]} order by member_id limit ${limit}`)).map((row) => row.memberId);

/** What of these members a step has not dealt with yet: what it adds, also where undoing takes it back. The caller holds the members' locks. */
export const daysToRepair = (tx: ProgramTx, repairId: number, step: 'stand' | 'lift', memberIds: readonly number[]) => tx.rows<DayChange>(sql`
  select member_id, wallet_no, day, ${step === 'stand' ? sql`points` : sql`-points as points`} from repaired_earning
  where program_id = ${tx.program.id} and repair_id = ${repairId} and member_id = any(${memberIds}::int8[]) and ${LEFT[step]} order by member_id, day, wallet_no`);

/** From now on what a repair changes counts, or counts no longer. */
export const stepRepaired = (tx: ProgramTx, repairId: number, step: 'stand' | 'lift', memberIds: readonly number[]) => tx.run(sql`
  update repaired_earning set ${step === 'stand' ? sql`stood_at` : sql`lifted_at`} = ${new Date(tx.program.now)}
  where program_id = ${tx.program.id} and repair_id = ${repairId} and member_id = any(${memberIds}::int8[]) and ${LEFT[step]}`);

/** What repairs did to days of members: from when on it counted, and until when; null: it stands. */
export type Repaired = DayChange & { readonly stoodAt: Instant; readonly liftedAt: Instant | null };
export const repairedOf = (tx: ProgramTx, memberIds: readonly number[]) => tx.rows<Repaired>(sql`
  select member_id, wallet_no, day, points, stood_at, lifted_at from repaired_earning
  where program_id = ${tx.program.id} and member_id = any(${memberIds}::int8[]) and stood_at is not null order by member_id, stood_at, day, wallet_no`);
