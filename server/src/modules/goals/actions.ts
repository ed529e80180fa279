import type { GoalDefinition } from '@wracam/engine/goals/definition';
import { validateGoal } from '@wracam/engine/goals/validation';
import { writeActor } from '../../platform/actor.ts';
import { act, announce, audit } from '../../platform/act.ts';
import type { ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { refuse } from '../../platform/refusal.ts';
import { listBadges } from '../badges/index.ts';
import { republish } from '../earning/index.ts';
import { getEventType } from '../event-types/index.ts';
import { assertOtherPerson, followDocuments, getProgram, walletsOf } from '../programs/index.ts';
import { stateAfter, type GoalState, type GoalStep } from './core.ts';
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

async function goalToChange(tx: ProgramTx, id: number, revision: number): Promise<store.GoalRow> {
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

/**
 * Publishes the draft, or ends the goal for good: it counts no longer, and what it gave stays. Where the program asks for two people the step is
 * kept for another one: a threshold gives points as rules do.
 */
export const stepGoal = (deps: Deps, ctx: Ctx, id: number, step: GoalStep, revision: number) => act(deps, ctx, async (tx) => {
  const goal = await goalToChange(tx, id, revision);
  stateOf(goal, step);
  const by = writeActor(ctx.actor);
  if (!(await getProgram(tx)).secondPerson) return takeStep(deps, tx, ctx, goal, step, by);
  await store.saveGoal(tx, { ...goal, revision: goal.revision + 1, proposal: { step, by, at: tx.program.now } });
  await audit(deps, tx, ctx, 'goal.proposed', gol(deps, id), { step });
  return id;
});

/** The state after a step. Refuses `goal_state_wrong`. */
function stateOf(goal: store.GoalRow, step: GoalStep): GoalState {
  const state = stateAfter(goal.state, step);
  return !state || (step === 'publish' && !goal.draft) ? refuse('goal_state_wrong', { state: goal.state }) : state;
}

async function takeStep(deps: Deps, tx: ProgramTx, ctx: Ctx, goal: store.GoalRow, step: GoalStep, by: string): Promise<number> {
  const state = stateOf(goal, step);
  const publishes = step === 'publish';
  if (publishes) await publishGoal(tx, goal, by);
  else await store.saveGoal(tx, { ...goal, state, revision: goal.revision + 1, draft: null, proposal: null });
  const done = publishes ? 'goal.published' : 'goal.ended';
  await audit(deps, tx, ctx, done, gol(deps, goal.id), { version: goal.version + (publishes ? 1 : 0) });
  await announce(deps, tx, ctx.programId, done, gol(deps, goal.id));
  return goal.id;
}

async function proposedGoal(tx: ProgramTx, id: number, revision: number): Promise<{ goal: store.GoalRow; proposal: store.GoalProposal }> {
  const goal = await goalToChange(tx, id, revision);
  return { goal, proposal: goal.proposal ?? refuse('nothing_to_approve') };
}

/** Takes the step that another person proposed; a version is that person's. Refuses `approval_not_yours`. */
export const approveGoal = (deps: Deps, ctx: Ctx, id: number, revision: number) => act(deps, ctx, async (tx) => {
  const { goal, proposal } = await proposedGoal(tx, id, revision);
  await assertOtherPerson(deps, tx, ctx, proposal.by);
  await audit(deps, tx, ctx, 'goal.approved', gol(deps, id), { step: proposal.step });
  return takeStep(deps, tx, ctx, goal, proposal.step, proposal.by);
});

/** Drops the step that waits; the draft stays. */
export const declineGoal = (deps: Deps, ctx: Ctx, id: number, revision: number) => act(deps, ctx, async (tx) => {
  const { goal, proposal } = await proposedGoal(tx, id, revision);
  await store.saveGoal(tx, { ...goal, revision: goal.revision + 1, proposal: null });
  await audit(deps, tx, ctx, 'goal.declined', gol(deps, id), { step: proposal.step });
  return id;
});

async function publishGoal(tx: ProgramTx, goal: store.GoalRow, by: string): Promise<void> {
  await putInForce(tx, goal, by);
  await followGoals(tx);
}

async function putInForce(tx: ProgramTx, goal: store.GoalRow, by: string): Promise<void> {
  const version = goal.version + 1;
  await store.insertVersion(tx, { goalId: goal.id, version, definition: await pinGoal(tx, goal.draft!), publishedBy: by });
  await store.saveGoal(tx, { ...goal, state: 'active', version, revision: goal.revision + 1, draft: null, proposal: null });
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
    await putInForce(tx, (await store.findGoalForUpdate(tx, ids[at]!))!, 'system:');
  }
}
