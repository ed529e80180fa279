import type { LocalDate } from '@wracam/engine/calendar';
import type { ThresholdDefinition } from '@wracam/engine/goals/definition';
import { stepsReached } from '@wracam/engine/goals/threshold';
import type { ProgramTx } from '../../platform/db.ts';
import * as store from './store.ts';
import { progressOf } from './store/progress.ts';

/** A threshold, and how many members would have reached a higher or a lower step of it. */
export type GoalChange = { readonly goalId: number; readonly name: string; readonly reached: number; readonly lost: number };

const MEMBERS_AT_ONCE = 5_000;

/**
 * What thresholds of points would say if documents since a day had given members so many more (or, below zero, fewer) points of a wallet.
 * Changes nothing. Thresholds that count from a later day only are left out: how much of the difference is theirs nobody knows here.
 */
export async function thresholdsAfter(tx: ProgramTx, wallet: string, from: LocalDate, differences: readonly { readonly memberId: number; readonly points: number }[]): Promise<GoalChange[]> {
  const thresholds = (await store.runningVersions(tx)).flatMap(({ id, definition }) => (isConcerned(definition, wallet, from) ? [{ id, definition }] : []));
  if (thresholds.length === 0) return [];
  const sums = new Map(thresholds.map(({ id, definition }) => [id, { goalId: id, name: definition.name, reached: 0, lost: 0 }]));
  for (let at = 0; at < differences.length; at += MEMBERS_AT_ONCE) {
    const page = differences.slice(at, at + MEMBERS_AT_ONCE);
    const rows = await progressOf(tx, thresholds.map((one) => one.id), page.map((one) => one.memberId));
    const valueOf = new Map(rows.map((row) => [`${row.goalId}:${row.memberId}`, row.value]));
    for (const { id, definition } of thresholds) for (const { memberId, points } of page) {
      const value = valueOf.get(`${id}:${memberId}`) ?? 0;
      const step = stepsReached(definition, value + points).length - stepsReached(definition, value).length;
      if (step > 0) sums.get(id)!.reached += 1;
      if (step < 0) sums.get(id)!.lost += 1;
    }
  }
  return [...sums.values()].filter((one) => one.reached + one.lost > 0);
}

const isConcerned = (definition: { readonly kind: string }, wallet: string, from: LocalDate): definition is ThresholdDefinition => {
  if (definition.kind !== 'threshold') return false;
  const { measure, since } = definition as ThresholdDefinition;
  return measure.kind === 'points' && measure.wallet === wallet && (since === null || since <= from);
};
