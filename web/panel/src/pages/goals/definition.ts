import type { Condition } from '@wracam/engine/conditions';
import type { ChallengeDefinition, ChallengeTask, GoalDefinition, ThresholdDefinition } from '@wracam/engine/goals/definition';
import type { ApiGoalDefinition, GoalKind } from '../../api/goals.ts';
import { apiCondition, engineCondition } from '../rules/definition.ts';

/** A goal to start from, with numbers that a shop would begin with. */
export function newGoal(kind: GoalKind, wallet: string, today: string): GoalDefinition {
  const common = { name: '', description: null, reward: { points: { wallet, points: 50 }, badge: null, coupon: null }, onReturn: 'takeBack', who: null } as const;
  return kind === 'threshold'
    ? { kind, ...common, measure: { kind: 'points', wallet }, at: 500, repeats: true, since: today }
    : { kind, ...common, when: null, lines: null, task: newTask.count, window: { kind: 'month', from: today, until: null } };
}

export const newTask: Record<ChallengeTask['kind'], ChallengeTask> = {
  count: { kind: 'count', of: 'documents', target: 5 },
  streak: { kind: 'streak', every: 'week', length: 4 },
  collection: { kind: 'collection', by: 'category', items: [] },
};

const read = (condition: Parameters<typeof engineCondition>[0] | null): Condition | null => condition && engineCondition(condition);

/** A goal as the API tells it, as the engine reads it. */
export const goalToEngine = (definition: ApiGoalDefinition): GoalDefinition =>
  (definition.kind === 'threshold' ? { ...definition, who: read(definition.who ?? null) } satisfies ThresholdDefinition : { ...definition, who: read(definition.who ?? null), when: read(definition.when), lines: read(definition.lines) } as ChallengeDefinition);

/** The same goal as the API takes it. */
export function goalToApi(goal: GoalDefinition): ApiGoalDefinition {
  const common = { ...goal, name: goal.name.trim(), description: goal.description?.trim() || null, who: goal.who ? apiCondition(goal.who) : null };
  if (common.kind === 'threshold') return common;
  const { task } = common;
  return {
    ...common, when: common.when && apiCondition(common.when), lines: common.lines && apiCondition(common.lines),
    task: task.kind === 'collection' ? { ...task, items: [...task.items] } : task,
  };
}
