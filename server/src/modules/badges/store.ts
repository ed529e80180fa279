import type { Instant } from '@wracam/engine/calendar';
import type { ProgramTx } from '../../platform/db.ts';
import { sql } from '../../platform/sql.ts';

export type BadgeRow = { readonly id: number; readonly name: string; readonly description: string | null; readonly shape: string; readonly icon: string; readonly color: string; /** By which rules name it. */ readonly code: string | null; readonly revision: number };
const BADGES = sql`select id, name, description, shape, icon, color, code, revision from badge`;

export const listBadges = (tx: ProgramTx) => tx.rows<BadgeRow>(sql`${BADGES} where program_id = ${tx.program.id} order by id`);
export const findBadgeForUpdate = (tx: ProgramTx, id: number) => tx.maybe<BadgeRow>(sql`${BADGES} where program_id = ${tx.program.id} and id = ${id} for no key update`);
export const insertBadge = (tx: ProgramTx, badge: BadgeRow) => tx.run(sql`
  insert into badge (program_id, id, name, description, shape, icon, color, code, revision, created_at)
  values (${tx.program.id}, ${badge.id}, ${badge.name}, ${badge.description}, ${badge.shape}, ${badge.icon}, ${badge.color}, ${badge.code}, ${badge.revision}, ${new Date(tx.program.now)})`);
export const saveBadge = (tx: ProgramTx, badge: BadgeRow) => tx.run(sql`
  update badge set name = ${badge.name}, description = ${badge.description}, shape = ${badge.shape}, icon = ${badge.icon}, color = ${badge.color}, code = ${badge.code}, revision = ${badge.revision}
  where program_id = ${tx.program.id} and id = ${badge.id}`);
export const isBadgeCodeTaken = (error: unknown): boolean => error instanceof Error && (error as Error & { constraint?: string }).constraint === 'badge_code';

/** A badge that a goal gave, from when until when the member had it; `takenAt` null: has it. */
export type GoalBadge = { readonly memberId: number; readonly grantId: number; readonly code: string; readonly givenAt: Instant; readonly takenAt: Instant | null };

/** Writes down that a goal's grant gave a badge. Given, taken and given again in one instant it was never gone. */
export const insertHeld = (tx: ProgramTx, { grantId, memberId, badgeId, givenAt }: { readonly grantId: number; readonly memberId: number; readonly badgeId: number; readonly givenAt: Instant }) => tx.run(sql`
  insert into held_badge (program_id, grant_id, given_at, member_id, badge_id) values (${tx.program.id}, ${grantId}, ${new Date(givenAt)}, ${memberId}, ${badgeId})
  on conflict (program_id, grant_id, given_at) do update set taken_at = null`);

/** Writes down that what the grant gave was taken back; a grant without a badge has nothing here. */
export const endHeld = (tx: ProgramTx, grantId: number, takenAt: Instant) => tx.run(sql`
  update held_badge set taken_at = ${new Date(takenAt)} where program_id = ${tx.program.id} and grant_id = ${grantId} and taken_at is null`);

/** Badges that goals gave members, also those that were taken back; of these codes. In the order of time. */
export const heldOf = (tx: ProgramTx, memberIds: readonly number[], codes: readonly string[]) => tx.rows<GoalBadge>(sql`
  select h.member_id, h.grant_id, b.code, h.given_at, h.taken_at from held_badge h join badge b on b.program_id = h.program_id and b.id = h.badge_id
  where h.program_id = ${tx.program.id} and b.program_id = ${tx.program.id} and h.member_id = any(${memberIds}::int8[]) and b.code = any(${codes}::text[])
  order by h.given_at, h.grant_id`);

/** How many members have each badge from goals. */
export const holdersOfGoals = (tx: ProgramTx) => tx.rows<{ badgeId: number; members: number }>(sql`
  select badge_id, count(distinct member_id)::int4 as members from held_badge where program_id = ${tx.program.id} and taken_at is null group by badge_id`);
