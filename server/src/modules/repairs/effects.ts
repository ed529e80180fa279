import type { DayActivity } from '@wracam/engine/tiers/activity';
import type { ProgramTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { thresholdsAfter } from '../goals/index.ts';
import { touchingMembers, type WorkingSet } from '../ledger/index.ts';
import { isFollowed } from '../programs/index.ts';
import { correctDays, levelsWith, type LevelStep } from '../tiers/index.ts';
import { activityOf, daysToRepair, repairedDay, stepRepaired, type DayChange } from '../transactions/index.ts';
import type { Effect } from './effects-store.ts';

/** Members whose levels are told together. */
const MEMBERS_AT_ONCE = 1_000;
const NO_REWARDS = { given: 0, taken: 0, kept: 0 };
const NO_LEVELS = { levelFrom: null, levelTo: null };

function byMember(changes: readonly DayChange[]): Map<number, DayActivity[]> {
  const found = new Map<number, DayActivity[]>();
  for (const one of changes) found.set(one.memberId, [...found.get(one.memberId) ?? [], repairedDay(one)]);
  return found;
}

/** What becomes of levels and thresholds when these changes stand, by the same functions that `correct` and the count of goals go by; changes nothing. */
export async function effectsOf(deps: Deps, tx: ProgramTx, changes: readonly DayChange[]): Promise<Effect[]> {
  const days = [...byMember(changes)];
  const levels: LevelStep[] = [];
  for (let at = 0; at < days.length; at += MEMBERS_AT_ONCE) levels.push(...await levelsWith(deps, tx, new Map(days.slice(at, at + MEMBERS_AT_ONCE)), activityOf));
  const goals = await thresholdsAfter(deps, tx, changes);
  return [
    ...levels.filter((one) => one.from !== one.to).map(({ memberId, from, to, valueFrom, valueTo }): Effect => ({ memberId, goalId: null, valueFrom, valueTo, levelFrom: from, levelTo: to, ...NO_REWARDS })),
    ...goals.map((one): Effect => ({ ...NO_LEVELS, ...one })),
  ];
}

/** Lets what a repair changes by day stand, or lifts it, and brings levels to it, in the commit of the points. Goals follow by the note that it leaves. */
export async function correct(deps: Deps, tx: ProgramTx, set: WorkingSet, repairId: number, step: 'stand' | 'lift', memberIds: readonly number[]): Promise<void> {
  const changes = await daysToRepair(tx, repairId, step, memberIds);
  if (changes.length === 0) return;
  // Before the step is marked: whose days are told from documents now is told without it.
  await correctDays(deps, tx, [...set.members.values()], byMember(changes), activityOf, step === 'lift');
  await stepRepaired(tx, repairId, step, memberIds);
  if (await isFollowed(tx)) await tx.send(touchingMembers(tx.program, [...new Set(changes.map((one) => one.memberId))].sort((a, b) => a - b)));
}
