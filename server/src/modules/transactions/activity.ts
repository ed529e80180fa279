import { calendarParts, dayNumberOf } from '@wracam/engine/calendar';
import { addUp, type DayActivity } from '@wracam/engine/tiers/activity';
import type { ProgramTx } from '../../platform/db.ts';
import { int8Array } from '../../platform/binary-arrays.ts';
import { isNobodys, unpackDecision, type BookedAward, type ReturnEffect } from './decision.ts';
import { sumOf, type DocumentKind } from './document.ts';
import { KINDS, kindNo, stateNo } from './store.ts';
import { repairedOf, type DayChange } from './store/repaired.ts';

type Awarded = readonly Pick<BookedAward, 'walletNo' | 'points'>[];

/** An event is no purchase, nor is a return that a correction takes back. */
export const isPurchase = (kind: DocumentKind): boolean => kind !== 'event' && kind !== 'return';

/** What a booked document adds to its day. An event is no sale, but its points count. */
export const bookedDay = (day: number, kind: DocumentKind, totalMinor: number, awards: Awarded): DayActivity =>
  ({ day, spentMinor: kind === 'event' ? 0 : totalMinor, sales: kind === 'event' ? 0 : 1, points: awards.map((award) => [award.walletNo, award.points] as const) });

/** What a return takes from the day of the sale: what was bought then and given back did not happen. `gone`: 1 where nothing of the sale is left, -1 where it is a sale again. */
export const returnedDay = (day: number, kind: DocumentKind, effect: ReturnEffect, gone: 1 | 0 | -1): DayActivity => ({
  day, spentMinor: isPurchase(kind) ? -sumOf(effect.taken) : 0, sales: isPurchase(kind) ? 0 - gone : 0, points: effect.wallets.map((wallet) => [wallet.walletNo, -wallet.moved] as const),
});

/** What a repair adds to a day. */
export const repairedDay = ({ day, walletNo, points }: DayChange): DayActivity => ({ day: dayNumberOf(day), spentMinor: 0, sales: 0, points: [[walletNo, points]] });

/** Days of members added up from their documents as they stand: sales that were not voided, less what returns took, and what repairs that stand make of them. */
export async function activityOf(tx: ProgramTx, memberIds: readonly number[]): Promise<Map<number, DayActivity[]>> {
  const { rows } = await tx.hot('activity_documents', `select t.member_id, t.kind, t.occurred_at, t.total_minor, t.decision,
      (select jsonb_agg(r.details) from sale_return r where r.program_id = $1 and r.sale_id = t.id and r.applied) as effects
    from transaction t where t.program_id = $1 and t.member_id = any($2::int8[]) and t.state = $3 and t.kind <> $4`,
  [tx.program.id, int8Array(memberIds), stateNo('booked'), kindNo('return')]);
  const found = new Map<number, DayActivity[]>();
  for (const [memberId, kindOf, occurredAt, totalMinor, decision, effects] of rows as [number, number, number, number, Buffer | null, ReturnEffect[] | null][]) {
    const kind = KINDS[kindOf - 1]!;
    if (isNobodys(kind, decision)) continue;
    const { dayNumber } = calendarParts(tx.program.timeZone, occurredAt);
    const days = found.get(memberId) ?? [];
    days.push(bookedDay(dayNumber, kind, totalMinor, decision === null ? [] : unpackDecision(decision).awards));
    const taken = (effects ?? []).reduce((sum, effect) => sum + sumOf(effect.taken), 0);
    (effects ?? []).forEach((effect, at) => days.push(returnedDay(dayNumber, kind, effect, at === effects!.length - 1 && taken > 0 && taken === totalMinor ? 1 : 0)));
    found.set(memberId, days);
  }
  for (const one of await repairedOf(tx, memberIds)) if (one.liftedAt === null) found.set(one.memberId, [...found.get(one.memberId) ?? [], repairedDay(one)]);
  return new Map([...found].map(([memberId, days]) => [memberId, addUp(days)]));
}
