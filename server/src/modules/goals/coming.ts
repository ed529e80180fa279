import { localDate, type LocalDate } from '@wracam/engine/calendar';
import { inForceAt, plannedAfter } from '@wracam/engine/in-force';
import type { ProgramTx } from '../../platform/db.ts';
import { runningGoal, type RunningGoal } from './core.ts';
import * as store from './store.ts';

/**
 * A goal that is published and counts for nobody yet, and the local day on which it will begin to. `countsFrom`: the first day whose purchases it
 * counts then, which may be long before; null: of all of the membership.
 */
export type ComingGoal = { readonly goal: RunningGoal; readonly from: LocalDate; readonly countsFrom: LocalDate | null };

/** The goals whose first version is planned for a day to come, the soonest first. Drafts are not among them, nor what ends before it begins. */
export async function comingGoals(tx: ProgramTx): Promise<ComingGoal[]> {
  const { timeZone, now } = tx.program;
  const versions = await store.listVersions(tx, null);
  return (await store.listGoals(tx, null)).filter((goal) => goal.state === 'active').flatMap(({ id, endsAt }): ComingGoal[] => {
    const own = versions.filter((one) => one.goalId === id);
    const first = inForceAt(own, now) === null ? plannedAfter(own, now)[0] : undefined;
    if (first === undefined || (endsAt !== null && endsAt <= first.inForceFrom)) return [];
    const goal = runningGoal(id, first.version, first.definition);
    const [counts, last] = goal.kind === 'threshold' ? [goal.definition.since, null] : [goal.definition.window.from, goal.definition.window.until];
    const begins = localDate(timeZone, first.inForceFrom);
    const from = counts !== null && counts > begins ? counts : begins;
    return last !== null && last < from ? [] : [{ goal, from, countsFrom: counts }];
  }).sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.goal.id - b.goal.id));
}
