import type { Instant } from '@wracam/engine/calendar';
import type { ProgramTx } from '../../platform/db.ts';
import { sql } from '../../platform/sql.ts';

export type ReferralRow = { readonly friendId: number; readonly referrerId: number };
export type ReferralState = 'waiting' | 'done' | 'stopped';

/** Days in which a return stops a referral; shops give fourteen as a rule (consumer law: 14 days for what is bought at a distance). */
const WINDOW_DAYS = 14;

export const windowDays = async (tx: ProgramTx) => (await tx.maybe<{ windowDays: number }>(sql`select window_days from referral_setting where program_id = ${tx.program.id}`))?.windowDays ?? WINDOW_DAYS;

export const saveWindow = (tx: ProgramTx, days: number) => tx.run(sql`
  insert into referral_setting (program_id, window_days) values (${tx.program.id}, ${days}) on conflict (program_id) do update set window_days = excluded.window_days`);

export const insertReferral = (tx: ProgramTx, row: ReferralRow, joinedAt: Instant) => tx.run(sql`
  insert into referral (program_id, friend_id, referrer_id, state, joined_at) values (${tx.program.id}, ${row.friendId}, ${row.referrerId}, 'waiting', ${new Date(joinedAt)}) on conflict do nothing`);

/** Referrals that wait for the friend's first sale, a page in the order of friends. */
export const waitingAfter = (tx: ProgramTx, friendId: number, limit: number) => tx.rows<ReferralRow>(sql`
  select friend_id, referrer_id from referral where program_id = ${tx.program.id} and state = 'waiting' and friend_id > ${friendId} order by friend_id limit ${limit}`);

export const endReferral = (tx: ProgramTx, friendId: number, state: 'done' | 'stopped') => tx.run(sql`
  update referral set state = ${state}, ended_at = ${new Date(tx.program.now)} where program_id = ${tx.program.id} and friend_id = ${friendId} and state = 'waiting'`);

export const countStates = (tx: ProgramTx, referrerId: number | null) => tx.rows<{ state: ReferralState; count: number }>(sql`
  select state, count(*)::int as count from referral where program_id = ${tx.program.id} and (${referrerId}::int8 is null or referrer_id = ${referrerId}) group by state order by state`);
