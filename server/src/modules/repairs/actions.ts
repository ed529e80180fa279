import { localDate } from '@wracam/engine/calendar';
import { formatDate } from '@wracam/engine/words';
import { writeActor } from '../../platform/actor.ts';
import { act, audit } from '../../platform/act.ts';
import { isTaken, type ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { schedule } from '../../platform/jobs.ts';
import { refuse } from '../../platform/refusal.ts';
import { definitionSaid } from '../earning/index.ts';
import { assertOtherPerson, getProgram } from '../programs/index.ts';
import * as store from './store.ts';
import type { RepairProposal, RepairRow, RepairState, Told } from './store.ts';

export const COUNT = 'repair.count';
export const BOOK = 'repair.book';
export const UNDO = 'repair.undo';

/** `version` null: the rule's draft. Local dates, both included. */
export type AskedRepair = { readonly ruleId: number; readonly version: number | null; readonly from: string; readonly until: string };

/** Why a step is taken, which everybody reads whose points change, and whom it tells besides. */
export type Why = { readonly reason: string; readonly tells: readonly Told[] };

const PERIOD = { pl: 'Koniec okresu jest przed jego początkiem.', en: 'The period ends before it begins.' };
const publicId = (deps: Deps, id: number) => deps.publicIds.encode('rpr', id);

/** Another one under way stands in the way of it. */
async function alone<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isTaken(error)) refuse('repair_running');
    throw error;
  }
}

/** Asks what members should have had if the rule had been right; a worker counts it. Refuses `repair_running`, `rule_state_wrong`. */
export const startRepair = (deps: Deps, ctx: Ctx, asked: AskedRepair) => act(deps, ctx, async (tx) => {
  if (asked.from > asked.until) refuse('invalid_request', {}, [{ pointer: '/until', detail: PERIOD[ctx.language] }]);
  const definition = await definitionSaid(tx, ctx, asked.ruleId, asked.version);
  return ask(deps, ctx, tx, { ruleId: asked.ruleId, version: asked.version, fromOn: asked.from, untilOn: asked.until, definition });
});

const AT_REST = ['ready', 'booked', 'undone', 'cancelled', 'failed'] as const;

/** Has the same counted once more, of history as it stands now. Refuses `repair_running`, `repair_state_wrong`. */
export const countAgain = (deps: Deps, ctx: Ctx, earlier: number) => act(deps, ctx, async (tx) => {
  const { ruleId, version, fromOn, untilOn, definition } = await repairIn(tx, earlier, AT_REST);
  return ask(deps, ctx, tx, { ruleId, version, fromOn, untilOn, definition });
});

async function ask(deps: Deps, ctx: Ctx, tx: ProgramTx, repair: Omit<store.NewRepair, 'id' | 'madeBy'>): Promise<number> {
  const [id] = await deps.ids.take(1);
  await alone(() => store.insertRepair(tx, { ...repair, id: id!, madeBy: writeActor(ctx.actor) }));
  await schedule(tx, tx.program.id, COUNT, id!, tx.program.now);
  await audit(deps, tx, ctx, 'repair.asked', publicId(deps, id!), { rule: deps.publicIds.encode('rul', repair.ruleId), from: repair.fromOn, until: repair.untilOn });
  return id!;
}

async function repairIn(tx: ProgramTx, id: number, states: readonly RepairState[]): Promise<RepairRow> {
  const repair = await store.lockRepair(tx, id) ?? refuse('not_found');
  if (!states.includes(repair.state)) refuse('repair_state_wrong', { state: repair.state });
  return repair;
}

/** Stops a repair of which nothing is booked. */
export const cancelRepair = (deps: Deps, ctx: Ctx, id: number) => act(deps, ctx, async (tx) => {
  await repairIn(tx, id, ['waiting', 'running']);
  await store.endCounting(tx, id, 'cancelled', null);
  await audit(deps, tx, ctx, 'repair.cancelled', publicId(deps, id));
  return id;
});

/** Everybody who is not left out was decided again to the point. */
export const isBookable = ({ leftOut }: Pick<store.CountedResult, 'leftOut'>): boolean => leftOut !== null;

/** Refuses `repair_not_exact` where history could not be decided again to the point, and `repair_outdated` when another repair moved the ground under this one. */
async function assertBookable(deps: Deps, tx: ProgramTx, repair: RepairRow): Promise<void> {
  const { differing, first } = repair.result!;
  if (!isBookable(repair.result!)) refuse('repair_not_exact', { differing, document: first === null ? '' : deps.publicIds.encode('txn', first) });
  if (await store.stepsTaken(tx) !== repair.stepsSeen) refuse('repair_outdated');
}

/**
 * Has the differences booked, each once; where the program asks for two people it waits for another one. Asking again while they are booked, or
 * after, changes nothing. Refuses what `assertBookable` does: then nothing can be said of anybody, and the refusal names the first document that differs.
 */
export const bookRepair = (deps: Deps, ctx: Ctx, id: number, why: Why) => act(deps, ctx, async (tx) => {
  const repair = await repairIn(tx, id, ['ready', 'booking', 'booked']);
  if (repair.state !== 'ready') return id;
  await assertBookable(deps, tx, repair);
  return takeOrPropose(deps, ctx, tx, repair, 'book', why);
});

/** Refuses `repair_built_on` while a later repair of the same accounts stands: that one was counted with this one in place, and alone it would leave them what no rule ever gave. */
async function assertLast(deps: Deps, ctx: Ctx, tx: ProgramTx, repair: RepairRow): Promise<void> {
  const later = await store.lastBuiltOn(tx, repair);
  if (later) refuse('repair_built_on', { rule: later.definition.name, from: formatDate(later.fromOn, ctx.language), until: formatDate(later.untilOn, ctx.language), booked: formatDate(localDate(tx.program.timeZone, later.bookedAt!), ctx.language), repair: publicId(deps, later.id) });
}

/** Has all undone that a repair booked; where the program asks for two people it waits for another one. Asking again changes nothing. Refuses `repair_built_on`. */
export const undoRepair = (deps: Deps, ctx: Ctx, id: number, why: Why) => act(deps, ctx, async (tx) => {
  const repair = await repairIn(tx, id, ['booked', 'undoing', 'undone']);
  if (repair.state !== 'booked') return id;
  await assertLast(deps, ctx, tx, repair);
  return takeOrPropose(deps, ctx, tx, repair, 'undo', why);
});

/** Points of many people change by it, and what the right rule is one person alone may have drafted: so it is published by two, as rules are. */
async function takeOrPropose(deps: Deps, ctx: Ctx, tx: ProgramTx, repair: RepairRow, step: RepairProposal['step'], { reason, tells }: Why): Promise<number> {
  const by = writeActor(ctx.actor);
  if (!(await getProgram(tx)).secondPerson) return takeStep(deps, ctx, tx, repair, { step, by, reason, tells });
  const { id } = repair;
  await store.saveProposal(tx, id, { step, reason, tells, by, at: tx.program.now });
  await audit(deps, tx, ctx, 'repair.proposed', publicId(deps, id), { step });
  return id;
}

async function takeStep(deps: Deps, ctx: Ctx, tx: ProgramTx, repair: RepairRow, { step, by, reason, tells = [] }: Omit<RepairProposal, 'at'>): Promise<number> {
  const { id } = repair;
  const books = step === 'book';
  await alone(() => (books ? store.startBooking : store.startUndoing)(tx, id, by, reason, tells));
  // Once more with the place of the one under way taken: no other step can come between. This one is among the steps already.
  if (books && await store.stepsTaken(tx) !== repair.stepsSeen! + 1) refuse('repair_outdated');
  if (!books) await assertLast(deps, ctx, tx, repair);
  await schedule(tx, tx.program.id, books ? BOOK : UNDO, id, tx.program.now);
  await audit(deps, tx, ctx, books ? 'repair.booked' : 'repair.undone', publicId(deps, id));
  return id;
}

/** The repair under lock with the step that waits. Refuses `nothing_to_approve`, also where it is not the step that was looked at. */
async function proposedIn(tx: ProgramTx, id: number, step: RepairProposal['step']): Promise<{ repair: RepairRow; proposal: RepairProposal }> {
  const repair = await store.lockRepair(tx, id) ?? refuse('not_found');
  return repair.proposal?.step === step ? { repair, proposal: repair.proposal } : refuse('nothing_to_approve');
}

/** Takes the step that another person asked for, in that person's name. Refuses `approval_not_yours` and what the step itself refuses. */
export const approveRepair = (deps: Deps, ctx: Ctx, id: number, step: RepairProposal['step']) => act(deps, ctx, async (tx) => {
  const { repair, proposal } = await proposedIn(tx, id, step);
  await assertOtherPerson(deps, tx, ctx, proposal.by);
  if (step === 'book') await assertBookable(deps, tx, repair);
  await audit(deps, tx, ctx, 'repair.approved', publicId(deps, id), { step });
  return takeStep(deps, ctx, tx, repair, proposal);
});

/** Drops the step that waits; the repair stays as it is. */
export const declineRepair = (deps: Deps, ctx: Ctx, id: number, step: RepairProposal['step']) => act(deps, ctx, async (tx) => {
  await proposedIn(tx, id, step);
  await store.saveProposal(tx, id, null);
  await audit(deps, tx, ctx, 'repair.declined', publicId(deps, id), { step });
  return id;
});
