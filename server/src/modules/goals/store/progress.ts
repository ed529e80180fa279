import type { Instant } from '@wracam/engine/calendar';
import type { GoalDefinition } from '@wracam/engine/goals/definition';
import { boolArray, int4Array, int8Array } from '../../../platform/binary-arrays.ts';
import type { ProgramTx } from '../../../platform/db.ts';
import { sql } from '../../../platform/sql.ts';

export type ProgressRow = { readonly goalId: number; readonly period: number; readonly memberId: number; readonly value: number; readonly reached: boolean };
export type GrantRow = {
  readonly id: number; readonly goalId: number; readonly memberId: number; readonly round: number; readonly version: number; readonly standing: boolean; readonly walletNo: number | null; readonly points: number | null;
  readonly badgeId: number | null; readonly coupon: string | null; readonly couponTitle: string | null; readonly couponUsedAt: Instant | null; readonly expiredCounted: number; readonly grantedAt: Instant; readonly takenAt: Instant | null;
  /** Only points of a repair reached it. */ readonly byRepair: boolean;
};

export const progressOf = (tx: ProgramTx, goalIds: readonly number[], memberIds: readonly number[]) => tx.rows<ProgressRow>(sql`
  select goal_id, period, member_id, value, reached from goal_progress where program_id = ${tx.program.id} and member_id = any(${memberIds}::int8[]) and goal_id = any(${goalIds}::int8[])`);

/** Progress of one goal in one period, of everybody who has any. */
export const progressIn = (tx: ProgramTx, goalId: number, period: number) => tx.rows<ProgressRow>(sql`
  select goal_id, period, member_id, value, reached from goal_progress where program_id = ${tx.program.id} and goal_id = ${goalId} and period = ${period} and value > 0`);

export async function saveProgress(tx: ProgramTx, rows: readonly ProgressRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.hot('save_goal_progress', `insert into goal_progress (program_id, goal_id, period, member_id, value, reached)
    select p.id, t.* from program p, unnest($2::int8[], $3::int4[], $4::int8[], $5::int8[], $6::bool[]) t where p.id = $1
    on conflict (program_id, goal_id, period, member_id) do update set value = excluded.value, reached = excluded.reached`,
  [tx.program.id, int8Array(rows.map((row) => row.goalId)), int4Array(rows.map((row) => row.period)), int8Array(rows.map((row) => row.memberId)), int8Array(rows.map((row) => row.value)), boolArray(rows.map((row) => row.reached))]);
}

const GRANTS = sql`select id, goal_id, member_id, round, version, standing, wallet_no, points, badge_id, coupon, coupon_title, coupon_used_at, expired_counted, granted_at, taken_at, by_repair from goal_grant`;

export const grantsOf = (tx: ProgramTx, memberIds: readonly number[]) => tx.rows<GrantRow>(sql`${GRANTS} where program_id = ${tx.program.id} and member_id = any(${memberIds}::int8[]) order by granted_at, id`);

/** What the goal of a grant was in the version that gave it. */
export const definitionOfGrant = async (tx: ProgramTx, grantId: number) => (await tx.maybe<{ definition: GoalDefinition }>(sql`
  select v.definition from goal_grant g join goal_version v on v.program_id = g.program_id and v.goal_id = g.goal_id and v.version = g.version
  where g.program_id = ${tx.program.id} and g.id = ${grantId}`))?.definition ?? null;

/** A new grant. Its round's unique key refuses a second one. */
export const insertGrant = (tx: ProgramTx, row: GrantRow) => tx.run(sql`
  insert into goal_grant (program_id, id, goal_id, member_id, round, version, standing, wallet_no, points, badge_id, coupon, coupon_title, expired_counted, granted_at, by_repair)
  values (${tx.program.id}, ${row.id}, ${row.goalId}, ${row.memberId}, ${row.round}, ${row.version}, true, ${row.walletNo}, ${row.points}, ${row.badgeId}, ${row.coupon}, ${row.couponTitle}, ${row.expiredCounted}, ${new Date(row.grantedAt)}, ${row.byRepair})`);

/** Gives again what was taken back, or takes it back; a coupon that was used stays used. */
export const updateGrant = (tx: ProgramTx, row: GrantRow) => tx.run(sql`
  update goal_grant set version = ${row.version}, standing = ${row.standing}, wallet_no = ${row.walletNo}, points = ${row.points}, badge_id = ${row.badgeId}, coupon = ${row.coupon}, coupon_title = ${row.couponTitle},
    expired_counted = ${row.expiredCounted}, granted_at = ${new Date(row.grantedAt)}, taken_at = ${row.takenAt === null ? null : new Date(row.takenAt)}, by_repair = ${row.byRepair}
  where program_id = ${tx.program.id} and id = ${row.id}`);

export const couponByCode = (tx: ProgramTx, coupon: string) => tx.maybe<GrantRow>(sql`${GRANTS} where program_id = ${tx.program.id} and coupon = ${coupon}`);
export const findCouponForUpdate = (tx: ProgramTx, coupon: string) => tx.maybe<GrantRow>(sql`${GRANTS} where program_id = ${tx.program.id} and coupon = ${coupon} for no key update`);
export const useCoupon = (tx: ProgramTx, id: number) => tx.run(sql`update goal_grant set coupon_used_at = ${new Date(tx.program.now)} where program_id = ${tx.program.id} and id = ${id} and coupon_used_at is null and standing`);

export type Figures = { readonly goalId: number; readonly begun: number; readonly granted: number; readonly takenBack: number; readonly points: number };

/** What became of each goal: members who have begun, grants that stand and that do not, points that stand. */
export async function figuresOfGoals(tx: ProgramTx): Promise<Map<number, Figures>> {
  const begun = await tx.rows<{ goalId: number; members: number }>(sql`select goal_id, count(distinct member_id) as members from goal_progress where program_id = ${tx.program.id} and value > 0 group by goal_id`);
  const given = await tx.rows<{ goalId: number; granted: number; takenBack: number; points: number }>(sql`
    select goal_id, count(*) filter (where standing) as granted, count(*) filter (where not standing) as taken_back, coalesce(sum(points) filter (where standing), 0)::int8 as points
    from goal_grant where program_id = ${tx.program.id} group by goal_id`);
  const figures = new Map<number, Figures>();
  for (const one of begun) figures.set(one.goalId, { goalId: one.goalId, begun: one.members, granted: 0, takenBack: 0, points: 0 });
  for (const one of given) figures.set(one.goalId, { begun: figures.get(one.goalId)?.begun ?? 0, ...one });
  return figures;
}
