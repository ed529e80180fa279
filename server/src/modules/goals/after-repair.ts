import { localDate } from '@wracam/engine/calendar';
import { stepsReached } from '@wracam/engine/goals/threshold';
import type { ProgramTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { newWorkingSet, readMembers } from '../ledger/index.ts';
import { walletsOf } from '../programs/index.ts';
import type { DayChange } from '../transactions/index.ts';
import { countedSince, measureOf, type RunningGoal } from './core.ts';
import { participationOf } from './participation.ts';
import { documentsOf, listeningGoals, repairedPoints } from './settle.ts';
import { listVersions } from './store.ts';
import { grantsOf } from './store/progress.ts';

/** What would become of a member's threshold: the figure before and after, and rewards given, taken back, and kept although they are no longer reached. */
export type ThresholdStep = { readonly memberId: number; readonly goalId: number; readonly valueFrom: number; readonly valueTo: number; readonly given: number; readonly taken: number; readonly kept: number };

/** Members whose documents are read in one statement. */
const MEMBERS_AT_ONCE = 200;

type Threshold = Extract<RunningGoal, { kind: 'threshold' }>;

/**
 * What thresholds of points would say if documents of some days had given so many more (or, below zero, fewer) points: whose step changes, by
 * the same count that gives the rewards. Changes nothing.
 */
export async function thresholdsAfter(deps: Deps, tx: ProgramTx, changes: readonly DayChange[]): Promise<ThresholdStep[]> {
  const { timeZone, now } = tx.program;
  const goals = (await listeningGoals(tx)).filter((one): one is Threshold => one.kind === 'threshold' && one.definition.measure.kind === 'points');
  if (goals.length === 0) return [];
  const wallets = await walletsOf(tx);
  const walletNo = (code: string) => wallets.find((one) => one.code === code)?.no ?? null;
  const byMember = new Map<number, DayChange[]>();
  for (const one of changes) byMember.set(one.memberId, [...byMember.get(one.memberId) ?? [], one]);
  const ids = [...byMember.keys()].sort((a, b) => a - b);
  const found: ThresholdStep[] = [];
  for (let at = 0; at < ids.length; at += MEMBERS_AT_ONCE) {
    const set = newWorkingSet(tx.program.id, tx.program.purgeable, now);
    await readMembers(tx, set, ids.slice(at, at + MEMBERS_AT_ONCE));
    // Who is blocked or closed gets nothing and loses nothing.
    const page = [...set.members.values()].filter((one) => one.state === 'active').map((one) => one.memberId).sort((a, b) => a - b);
    const documents = await documentsOf(tx, page, countedSince(goals, timeZone, localDate(timeZone, now)));
    const part = await participationOf(deps, tx, goals, set);
    const grants = await grantsOf(tx, page);
    for (const memberId of page) for (const goal of goals) {
      const { id, version, definition } = goal;
      const own = documents.get(memberId)!;
      const [valueFrom, valueTo] = [own, [...own, ...byMember.get(memberId)!.map((one) => repairedPoints(timeZone, one))]].map((deeds) => measureOf(definition, walletNo, timeZone, part(goal, memberId, deeds))) as [number, number];
      const [before, after] = [stepsReached(definition, valueFrom).length, stepsReached(definition, valueTo).length];
      if (before === after) continue;
      // Steps are 1, 2, 3, …: those between the two are what changes.
      const between = grants.filter((row) => row.memberId === memberId && row.goalId === id && row.standing && row.round > Math.min(before, after) && row.round <= Math.max(before, after));
      const taken = after > before || definition.onReturn === 'keep' ? 0 : between.filter((row) => row.version === version).length;
      found.push({ memberId, goalId: id, valueFrom, valueTo, given: after > before ? after - before - between.length : 0, taken, kept: after > before ? 0 : between.length - taken });
    }
  }
  return found;
}

/** Thresholds of points by id, as they are named now. */
export async function namedThresholds(tx: ProgramTx): Promise<Map<number, { name: string; wallet: string }>> {
  const versions = await listVersions(tx, null);
  return new Map(versions.flatMap(({ goalId, definition }) => (definition.kind === 'threshold' && definition.measure.kind === 'points' ? [[goalId, { name: definition.name, wallet: definition.measure.wallet }] as const] : [])));
}
