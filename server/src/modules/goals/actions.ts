import type { Instant } from '@wracam/engine/calendar';
import type { GoalDefinition } from '@wracam/engine/goals/definition';
import { validateGoal } from '@wracam/engine/goals/validation';
import { act, audit } from '../../platform/act.ts';
import type { ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { refuse } from '../../platform/refusal.ts';
import { listBadges } from '../badges/index.ts';
import { republish } from '../earning/index.ts';
import { getEventType } from '../event-types/index.ts';
import { followDocuments, walletsOf } from '../programs/index.ts';
import { startCounting } from './jobs.ts';
import { pinGoal, pinsOf } from './segments.ts';
import * as store from './store.ts';

const gol = (deps: Deps, id: number) => deps.publicIds.encode('gol', id);

/** Refuses a definition that could not be counted, with every fault and where it is. */
export async function checkGoal(deps: Deps, tx: ProgramTx, ctx: Ctx, definition: GoalDefinition): Promise<void> {
  const context = { wallets: (await walletsOf(tx)).map((wallet) => wallet.code), badges: (await listBadges(tx)).map((badge) => deps.publicIds.encode('bdg', badge.id)) };
  if (definition.kind === 'challenge' && definition.trigger?.kind === 'event') await getEventType(tx, definition.trigger.type);
  const faults = (await pinsOf(tx, definition)).map((one) => validateGoal(one, context)).find((found) => found.length > 0) ?? [];
  if (faults.length > 0) refuse('invalid_request', {}, faults.map((fault) => ({ pointer: `/definition${fault.pointer}`, detail: fault.words[ctx.language] })));
}

export const createGoal = (deps: Deps, ctx: Ctx, definition: GoalDefinition) => act(deps, ctx, async (tx) => {
  await checkGoal(deps, tx, ctx, definition);
  const [id] = await deps.ids.take(1);
  await store.insertGoal(tx, id!, definition);
  await audit(deps, tx, ctx, 'goal.drafted', gol(deps, id!), { name: definition.name });
  return id!;
});

export async function goalToChange(tx: ProgramTx, id: number, revision: number): Promise<store.GoalRow> {
  const goal = await store.findGoalForUpdate(tx, id) ?? refuse('not_found');
  if (goal.revision !== revision) refuse('rule_changed_meanwhile');
  return goal;
}

/** Changes the draft, and ends what waited for another person; a published version never changes, and a threshold stays one. */
export const changeGoal = (deps: Deps, ctx: Ctx, id: number, revision: number, definition: GoalDefinition) => act(deps, ctx, async (tx) => {
  const goal = await goalToChange(tx, id, revision);
  if (goal.state === 'ended' || goal.kind !== definition.kind) refuse('goal_state_wrong', { state: goal.state });
  await checkGoal(deps, tx, ctx, definition);
  await store.saveGoal(tx, { ...goal, draft: definition, revision: goal.revision + 1, proposal: null });
  await audit(deps, tx, ctx, 'goal.changed', gol(deps, id), { name: definition.name });
  return id;
});

/** Makes the draft (null) or what an older version says the newest version, in force from an instant on. */
export async function putInForce(tx: ProgramTx, goal: store.GoalRow, older: GoalDefinition | null, inForceFrom: Instant, by: string): Promise<number> {
  const version = goal.version + 1;
  await store.insertVersion(tx, { goalId: goal.id, version, definition: await pinGoal(tx, older ?? goal.draft!, inForceFrom), publishedBy: by, inForceFrom });
  await store.saveGoal(tx, { ...goal, state: 'active', version, revision: goal.revision + 1, draft: older === null ? null : goal.draft, proposal: null });
  return version;
}

/** From now on documents are followed and everybody is counted: at once and every night. */
export async function followGoals(tx: ProgramTx): Promise<void> {
  // Every process that books sees the new ruleset number, and from then on leaves a note of whom it touched.
  if (await followDocuments(tx)) await republish(tx);
  await startCounting(tx);
}

/** Goals that a program starts with: published at once. */
export async function startGoals(deps: Deps, tx: ProgramTx, definitions: readonly GoalDefinition[]): Promise<void> {
  await layGoals(deps, tx, definitions);
  await followGoals(tx);
}

/** The same, followed by nobody yet: for a load of history, which gives what they grant on its way (`goalsInPast`) and ends with `followGoals`. */
export async function layGoals(deps: Deps, tx: ProgramTx, definitions: readonly GoalDefinition[]): Promise<void> {
  const ids = await deps.ids.take(definitions.length);
  for (const [at, definition] of definitions.entries()) {
    await store.insertGoal(tx, ids[at]!, definition);
    await putInForce(tx, (await store.findGoalForUpdate(tx, ids[at]!))!, null, tx.program.now, 'system:');
  }
}
