import { dateOf } from '@wracam/engine/calendar';
import { carriedDays, correctLevel, dayOf } from '../tiers/index.ts';
import { repairedDay, type DayChange, type Repaired } from '../transactions/index.ts';
import type { Turn } from './levels.ts';
import type { Side } from './side.ts';

/** Points that documents of a day earned, less what returns took, on the right side and as it is booked: where they differ. */
export function dayChanges(booked: Side, right: Side): DayChange[] {
  return [...booked.levels!.byMember.keys()].sort((a, b) => a - b).flatMap((memberId): DayChange[] => {
    const sums = new Map<string, { day: number; walletNo: number; points: number }>();
    const add = (side: Side, sign: 1 | -1) => {
      for (const { day, points } of carriedDays(side.levels!, memberId)) for (const [walletNo, count] of points) {
        const sum = sums.get(`${day}:${walletNo}`) ?? { day, walletNo, points: 0 };
        sum.points += sign * count;
        sums.set(`${day}:${walletNo}`, sum);
      }
    };
    add(right, 1);
    add(booked, -1);
    return [...sums.values()].filter(({ points }) => points !== 0).sort((a, b) => a.day - b.day || a.walletNo - b.walletNo).map(({ day, walletNo, points }) => ({ memberId, walletNo, day: dateOf(day), points }));
  });
}

/** What repairs did to days of members, when it was done and when it was undone. A side that repairs history comes to it by itself. */
export function repairTurns({ levels, repairs }: Side, repaired: readonly Repaired[], timeZone: string): Turn[] {
  if (levels === null || repairs) return [];
  const turn = (at: number, change: DayChange, undoing: boolean): Turn => ({ at, id: 0, take: () => correctLevel(levels, change.memberId, repairedDay(change), dayOf(timeZone, at), undoing) });
  return repaired.flatMap((one) => [turn(one.stoodAt, one, false), ...(one.liftedAt === null ? [] : [turn(one.liftedAt, { ...one, points: -one.points }, true)])]);
}
