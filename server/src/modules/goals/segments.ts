import type { GoalDefinition } from '@wracam/engine/goals/definition';
import { asksForBadges } from '@wracam/engine/goals/participants';
import { pinTests, segmentsOf, unpinTests } from '@wracam/engine/segments';
import { readReference } from '@wracam/engine/set-reference';
import type { ProgramTx } from '../../platform/db.ts';
import { refuse } from '../../platform/refusal.ts';
import { segmentsByName } from '../segments/index.ts';
import { startCounting } from './jobs.ts';
import * as store from './store.ts';

const namedIn = ({ who = null }: GoalDefinition): string[] => (who === null ? [] : segmentsOf(who).map((one) => readReference(one).name));

/** The goal with every test on a segment carrying what the segment stands for today. Refuses `segment_unknown`, also of one that is archived. */
export async function pinGoal(tx: ProgramTx, definition: GoalDefinition): Promise<GoalDefinition> {
  if (namedIn(definition).length === 0) return definition;
  const known = await segmentsByName(tx);
  return { ...definition, who: pinTests(definition.who!, (name) => { const segment = known.get(name); return segment && !segment.archived ? segment : refuse('segment_unknown', { name }); }) };
}

/** The goal as a person wrote it. */
export const asWritten = (definition: GoalDefinition): GoalDefinition => (definition.who ? { ...definition, who: unpinTests(definition.who) } : definition);

/** Names of goals that have not ended and ask for a segment, in their draft or as they run. */
export async function goalsNamingSegment(tx: ProgramTx, name: string): Promise<string[]> {
  const current = new Map((await store.listVersions(tx, null)).map((row) => [row.goalId, row.definition]));
  return (await store.listGoals(tx, null)).filter((goal) => goal.state !== 'ended').flatMap((goal) => [goal.draft, current.get(goal.id)].find((one) => one && namedIn(one).includes(name))?.name ?? []);
}

/**
 * Running goals that ask for a segment go by its new condition from now on, each by a version of its own: so nobody loses what they have. The name
 * of one; null: there is none. Refuses a segment that a goal may not ask for.
 */
export async function republishGoalsForSegment(tx: ProgramTx, name: string): Promise<string | null> {
  const running = (await store.runningVersions(tx)).filter(({ definition }) => namedIn(definition).includes(name));
  for (const { id, definition } of running) {
    const goal = (await store.findGoalForUpdate(tx, id))!;
    const pinned = await pinGoal(tx, definition);
    if (asksForBadges(pinned.who!)) refuse('segment_badge_for_goal', { goal: definition.name });
    await store.insertVersion(tx, { goalId: id, version: goal.version + 1, definition: pinned, publishedBy: 'system:' });
    await store.saveGoal(tx, { ...goal, version: goal.version + 1, revision: goal.revision + 1 });
  }
  if (running.length > 0) await startCounting(tx);
  return running[0]?.definition.name ?? null;
}
