import type { Instant, LocalDate } from '@wracam/engine/calendar';
import type { ProgramTx } from '../../../platform/db.ts';
import { sql } from '../../../platform/sql.ts';

export type Ending = { readonly memberId: number; readonly points: number };

/** Active members with points of the wallet that end at the instant, after a member in the order of ids. */
export const membersEndingAt = (tx: ProgramTx, walletNo: number, at: Instant, afterMemberId: number, limit: number) => tx.rows<Ending>(sql`
  select l.member_id, sum(l.remaining)::int8 as points from lot l
  join member_ledger m on m.program_id = ${tx.program.id} and m.member_id = l.member_id and m.state = 1
  where l.program_id = ${tx.program.id} and l.wallet_no = ${walletNo} and l.expires_at = ${new Date(at)} and l.remaining > 0 and l.member_id > ${afterMemberId}
  group by l.member_id order by l.member_id limit ${limit}`);

/** Writes down who is told now; gives those who were not told before, for the key lets each be told once. */
export const insertNotices = (tx: ProgramTx, walletNo: number, expiresOn: LocalDate, days: number, endings: readonly Ending[]) => tx.rows<Ending>(sql`
  insert into expiry_notice (program_id, member_id, wallet_no, expires_on, days, points, at)
  select p.id, t.member_id, ${walletNo}::int2, ${expiresOn}::date, ${days}::int2, t.points, ${new Date(tx.program.now)}::timestamptz
  from program p, unnest(${endings.map((one) => one.memberId)}::int8[], ${endings.map((one) => one.points)}::int8[]) t (member_id, points) where p.id = ${tx.program.id}
  on conflict do nothing returning member_id, points`);
