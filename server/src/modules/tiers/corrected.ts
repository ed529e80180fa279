import { levelCode } from '@wracam/engine/tiers/held';
import type { DayActivity } from '@wracam/engine/tiers/activity';
import type { ProgramTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { newWorkingSet, readMembers, type MemberLedger } from '../ledger/index.ts';
import { bringLevel, type CarriedLevels } from './carried.ts';
import { laddersOf } from './ladders.ts';
import { countDay, dayOf, openStandings, progressNow, type ActivityOf, type Cause, type Standings } from './standings.ts';
import { writesOfStandings } from './writes.ts';

/** Days to be added to what members did, with minus signs for what is taken. */
export type DaysOf = ReadonlyMap<number, readonly DayActivity[]>;
/** Where a member stands and where they would: codes of levels (null: none) and the measure of the period. */
export type LevelStep = { readonly memberId: number; readonly from: string | null; readonly to: string | null; readonly valueFrom: number; readonly valueTo: number };

const REPAIRED: Cause = { up: 'repaired', down: 'repaired' };

/** Counts a change of a day of the past. What is undone leaves no level behind: it was reached by points that nobody should have had. */
function change(standings: Standings, memberId: number, day: DayActivity, today: number, undoing: boolean): void {
  const standing = standings.byMember.get(memberId);
  if (!standing) return;
  const { given } = standing;
  countDay(standings, memberId, day, today);
  if (undoing) standing.given = given;
}

function changeAll(standings: Standings, days: DaysOf, today: number, undoing: boolean): void {
  for (const [memberId, own] of days) for (const day of own) change(standings, memberId, day, today, undoing);
}

/** The same in history that is carried in memory, on the day on which a repair was booked or undone. */
export function correctLevel(levels: CarriedLevels, memberId: number, day: DayActivity, on: number, undoing: boolean): void {
  bringLevel(levels, memberId, on);
  change(levels, memberId, day, on, undoing);
  bringLevel(levels, memberId, on);
}

/**
 * Brings days and levels of members to what the pure function says once these days are added: what a repair of points does. Under the members'
 * locks, once; `members` are those of the working set. `undoing`: what was added before is taken again. A program without a ladder keeps nothing by day.
 */
export async function correctDays(deps: Deps, tx: ProgramTx, members: readonly MemberLedger[], days: DaysOf, activityOf: ActivityOf, undoing: boolean): Promise<void> {
  const ladders = await laddersOf(deps.db, tx);
  if (!ladders || days.size === 0) return;
  const today = dayOf(tx.program.timeZone, tx.program.now);
  const standings = await openStandings(tx, ladders, members.filter((one) => days.has(one.memberId)), activityOf);
  changeAll(standings, days, today, undoing);
  await tx.send((await writesOfStandings(deps, tx, standings, today, REPAIRED)).writes);
}

/** Whose level `correctDays` would change now, and the measure of everybody whose measure it would. Changes nothing. */
export async function levelsWith(deps: Deps, tx: ProgramTx, days: DaysOf, activityOf: ActivityOf): Promise<LevelStep[]> {
  const ladders = await laddersOf(deps.db, tx);
  if (!ladders || days.size === 0) return [];
  const today = dayOf(tx.program.timeZone, tx.program.now);
  const set = newWorkingSet(tx.program.id, tx.program.purgeable, tx.program.now);
  await readMembers(tx, set, [...days.keys()]);
  const standings = await openStandings(tx, ladders, [...set.members.values()], activityOf);
  const told = () => new Map([...standings.byMember].map(([memberId, standing]) => { const found = progressNow(standings, standing, today); return [memberId, { level: found && levelCode(found.held), value: found?.progress.value ?? 0 }] as const; }));
  const before = told();
  changeAll(standings, days, today, false);
  return [...told()].flatMap(([memberId, { level: to, value: valueTo }]): LevelStep[] => {
    const { level: from, value: valueFrom } = before.get(memberId)!;
    return from === to && valueFrom === valueTo ? [] : [{ memberId, from, to, valueFrom, valueTo }];
  });
}
