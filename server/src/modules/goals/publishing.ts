import { localDate, type Instant } from '@wracam/engine/calendar';
import { diffGoal, diffGoalEnd, type GoalDifferenceOptions } from '@wracam/engine/goals/difference';
import type { GoalDefinition } from '@wracam/engine/goals/definition';
import { inForceBetween, plannedAfter, withdrawnFrom } from '@wracam/engine/in-force';
import { mayWorsen, worst, type RuleChangeLine } from '@wracam/engine/rule-difference';
import { formatDate } from '@wracam/engine/words';
import { writeActor } from '../../platform/actor.ts';
import { act, announce, audit } from '../../platform/act.ts';
import type { ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { wake } from '../../platform/jobs.ts';
import { refuse } from '../../platform/refusal.ts';
import { iso } from '../../platform/iso.ts';
import { listBadges } from '../badges/index.ts';
import { lockProgram } from '../earning/index.ts';
import { approveProposed, assertNoticeOfAll, assertNotPast, assertOtherPerson, beginningOf, declineProposed, differenceFrom, differenceView, getProgram, noticeOf, publishOrPropose, unitOf, walletsOf, wishOf, type AskedPublication, type Comparison, type Publishable, type Wish } from '../programs/index.ts';
import { checkGoal, followGoals, goalToChange, putInForce } from './actions.ts';
import { stateAfter, type GoalStep } from './core.ts';
import { TURN } from './jobs.ts';
import { asWritten, pinGoal } from './segments.ts';
import * as store from './store.ts';

const gol = (deps: Deps, id: number) => deps.publicIds.encode('gol', id);

/** The goal, under the lock that every publisher takes before any other: no segment that it asks for is published beside it. */
async function goalToPublish(tx: ProgramTx, id: number, revision: number): Promise<store.GoalRow> {
  await lockProgram(tx);
  return goalToChange(tx, id, revision);
}

/** Refuses a step that the goal cannot take. */
function assertStep(goal: store.GoalRow, step: GoalStep): void {
  if (!stateAfter(goal.state, step)) refuse('goal_state_wrong', { state: goal.state });
}

/** What the goal gives is compared with, in words, for days from an instant on. */
async function tellingFrom(deps: Deps, tx: ProgramTx, ctx: Pick<Ctx, 'language'>, from: Instant): Promise<GoalDifferenceOptions> {
  const wallets = await walletsOf(tx);
  const badges = new Map((await listBadges(tx)).map((badge) => [deps.publicIds.encode('bdg', badge.id), badge.name]));
  const unit = (code: string) => { const wallet = wallets.find((one) => one.code === code); return wallet && unitOf(wallet, ctx.language); };
  return { lang: ctx.language, currency: tx.program.currency, on: localDate(tx.program.timeZone, from), unitOf: unit, badgeName: (id) => badges.get(id) };
}

/** A goal, as everything that a program publishes; under its lock. Nothing can be lost of one that does not run. */
async function publishable(deps: Deps, tx: ProgramTx, ctx: Ctx, goal: store.GoalRow, from: Instant): Promise<Publishable> {
  const versions = await store.listVersions(tx, goal.id);
  const telling = await tellingFrom(deps, tx, ctx, from);
  // As people wrote it: what an older version's segments stand for is asked anew.
  const said = (version: number | null) => (version === null ? goal.draft! : asWritten(versions.find((one) => one.version === version)!.definition));
  const { id, proposal } = goal;
  return {
    revision: goal.revision, hasDraft: goal.draft !== null, proposal: proposal?.step === 'publish' ? { ...proposal, version: proposal.version ?? null } : null, versions,
    mayWorsen: (before, after) => Promise.resolve(goal.state === 'active' && mayWorsen(diffGoal(said(before), said(after), telling))),
    check: async (version) => {
      // A draft was looked at when it was saved; what an older version names may be gone since, and what segments say may be another thing.
      if (version !== null) await checkGoal(deps, tx, ctx, said(version));
      await pinGoal(tx, said(version), from);
      if (goal.endsAt !== null && from >= goal.endsAt) refuse('goal_ends_before', { on: formatDate(localDate(tx.program.timeZone, goal.endsAt), ctx.language) });
    },
    keepProposal: (waiting) => store.saveGoal(tx, { ...goal, revision: goal.revision + 1, proposal: waiting && { ...waiting, step: 'publish' } }).then(() => undefined),
    publish: async ({ version: older }, begins, by) => {
      const version = await putInForce(tx, goal, older === null ? null : said(older), begins, by);
      await followGoals(tx);
      await wakeAtTurn(tx, id);
      await audit(deps, tx, ctx, older === null ? 'goal.published' : 'goal.rolledBack', gol(deps, id), { version, ...(older !== null && { from: older }), ...(begins > tx.program.now && { inForceFrom: iso(begins) }) });
      await announce(deps, tx, ctx.programId, 'goal.published', gol(deps, id));
    },
    tell: (step) => audit(deps, tx, ctx, `goal.${step}`, gol(deps, id), { step: 'publish' }),
  };
}

/** The next instant at which a planned version begins or the goal ends. */
export async function turnOf(tx: ProgramTx, goal: Pick<store.GoalRow, 'id' | 'endsAt'>): Promise<Instant | null> {
  const turns = [...plannedAfter(await store.listVersions(tx, goal.id), tx.program.now).map((one) => one.inForceFrom), ...(goal.endsAt === null ? [] : [goal.endsAt])];
  return turns.length === 0 ? null : Math.min(...turns);
}

/** Has the day of what is planned looked at. */
export async function wakeAtTurn(tx: ProgramTx, id: number): Promise<void> {
  const turn = await turnOf(tx, (await store.findGoal(tx, id))!);
  if (turn !== null) await wake(tx, tx.program.id, TURN, id, turn);
}

/**
 * Publishes the draft or an older version, in force at once or from an instant on, or keeps the wish for another person where the program asks for two. A version decides
 * all that the goal counts from its day on; what earlier ones gave stays. Refuses `goal_state_wrong`, `goal_ends_before` and what `publishOrPropose` does.
 */
export const publishGoal = (deps: Deps, ctx: Ctx, id: number, asked: AskedPublication) => act(deps, ctx, async (tx) => {
  const goal = await goalToPublish(tx, id, asked.revision);
  assertStep(goal, 'publish');
  await publishOrPropose(tx, ctx, await publishable(deps, tx, ctx, goal, beginningOf(tx, wishOf(asked))), asked);
  return id;
});

/** What members see change when the goal ends at an instant: against what is in force then, and what is promised for the days of the notice. */
async function lossBy(deps: Deps, tx: ProgramTx, ctx: Pick<Ctx, 'language'>, goal: store.GoalRow, from: Instant): Promise<(before: { definition: GoalDefinition }) => RuleChangeLine[]> {
  // What is announced to be over by then cannot be lost again.
  if (goal.state !== 'active' || (goal.endsAt !== null && goal.endsAt <= from)) return () => [];
  const telling = await tellingFrom(deps, tx, ctx, from);
  return ({ definition }) => diffGoalEnd(definition, telling);
}

async function assertMayEnd(deps: Deps, tx: ProgramTx, ctx: Ctx, goal: store.GoalRow, wish: Wish): Promise<void> {
  assertStep(goal, 'end');
  if (wish.despiteNotice) return;
  const from = beginningOf(tx, wish);
  const loss = await lossBy(deps, tx, ctx, goal, from);
  await assertNoticeOfAll(tx, ctx, await store.listVersions(tx, goal.id), from, (before) => mayWorsen(loss(before)));
}

/**
 * Ends the goal for good, at once or from an instant on: it counts no longer, and what it gave stays. Where the program asks for two people the
 * step is kept for another one. Refuses `rule_changed_meanwhile`, `goal_state_wrong`, `rule_starts_in_past` and `notice_too_short`.
 */
export const endGoal = (deps: Deps, ctx: Ctx, id: number, asked: AskedPublication) => act(deps, ctx, async (tx) => {
  const goal = await goalToPublish(tx, id, asked.revision);
  const wish = wishOf(asked);
  assertNotPast(tx, wish.inForceFrom);
  await assertMayEnd(deps, tx, ctx, goal, wish);
  if (!(await getProgram(tx)).secondPerson) return takeEnd(deps, tx, ctx, goal, wish);
  await store.saveGoal(tx, { ...goal, revision: goal.revision + 1, proposal: { ...wish, step: 'end', by: writeActor(ctx.actor), at: tx.program.now } });
  await audit(deps, tx, ctx, 'goal.proposed', gol(deps, id), { step: 'end' });
  return id;
});

async function takeEnd(deps: Deps, tx: ProgramTx, ctx: Ctx, goal: store.GoalRow, wish: Wish): Promise<number> {
  const from = beginningOf(tx, wish);
  if (from <= tx.program.now) return endNow(deps, tx, ctx, goal);
  await store.saveGoal(tx, { ...goal, revision: goal.revision + 1, proposal: null, endsAt: from });
  await wakeAtTurn(tx, goal.id);
  await audit(deps, tx, ctx, 'goal.endPlanned', gol(deps, goal.id), { inForceFrom: iso(from) });
  return goal.id;
}

/** The end itself; its draft goes with it. */
export async function endNow(deps: Deps, tx: ProgramTx, ctx: Ctx, goal: store.GoalRow): Promise<number> {
  await store.saveGoal(tx, { ...goal, state: 'ended', revision: goal.revision + 1, draft: null, proposal: null, endsAt: null });
  await audit(deps, tx, ctx, 'goal.ended', gol(deps, goal.id), { version: goal.version });
  await announce(deps, tx, ctx.programId, 'goal.ended', gol(deps, goal.id));
  return goal.id;
}

/** Takes the step that another person proposed; a version is that person's. Refuses `approval_not_yours` and what the step itself refuses. */
export const approveGoal = (deps: Deps, ctx: Ctx, id: number, revision: number) => act(deps, ctx, async (tx) => {
  const goal = await goalToPublish(tx, id, revision);
  const proposal = goal.proposal ?? refuse('nothing_to_approve');
  if (proposal.step === 'publish') {
    await approveProposed(deps, tx, ctx, await publishable(deps, tx, ctx, goal, beginningOf(tx, proposal)), revision);
    return id;
  }
  await assertOtherPerson(deps, tx, ctx, proposal.by);
  await assertMayEnd(deps, tx, ctx, goal, proposal);
  await audit(deps, tx, ctx, 'goal.approved', gol(deps, id), { step: 'end' });
  return takeEnd(deps, tx, ctx, goal, proposal);
});

/** Drops the step that waits for another person; the draft stays. Where nothing waits, it calls a planned end off. Refuses `nothing_to_approve`. */
export const declineGoal = (deps: Deps, ctx: Ctx, id: number, revision: number) => act(deps, ctx, async (tx) => {
  const goal = await goalToChange(tx, id, revision);
  if (goal.proposal?.step === 'publish') {
    await declineProposed(await publishable(deps, tx, ctx, goal, tx.program.now), revision);
    return id;
  }
  const waits = goal.proposal !== null;
  if (!waits && goal.endsAt === null) refuse('nothing_to_approve');
  await store.saveGoal(tx, { ...goal, revision: goal.revision + 1, proposal: null, endsAt: waits ? goal.endsAt : null });
  await audit(deps, tx, ctx, waits ? 'goal.declined' : 'goal.endCalledOff', gol(deps, id), { step: 'end' });
  return id;
});

/** The difference between two versions, or what publishing the draft (or the version `to`), or ending the goal, would change from a day on. */
export async function compareGoal(deps: Deps, tx: ProgramTx, ctx: Ctx, id: number, { step, from: first, to, inForceFrom }: Comparison & { readonly step?: 'end' | undefined }) {
  const goal = await store.findGoal(tx, id) ?? refuse('not_found');
  const versions = await store.listVersions(tx, id);
  const from = beginningOf(tx, { inForceFrom: inForceFrom === undefined ? null : Date.parse(inForceFrom) });
  if (step === 'end') {
    const loss = await lossBy(deps, tx, ctx, goal, from);
    const changes = worst(inForceBetween(versions, from, (await noticeOf(tx)).earliest).map(loss));
    return { ...await differenceView(tx, ctx, changes), withdraws: withdrawnFrom(versions, from, tx.program.now).map((one) => ({ version: one.version, inForceFrom: iso(one.inForceFrom) })) };
  }
  const telling = await tellingFrom(deps, tx, ctx, from);
  const said = (version: number) => versions.find((one) => one.version === version)?.definition ?? refuse('not_found');
  const after = to === undefined ? goal.draft ?? refuse('not_found') : said(to);
  if (first !== undefined) return differenceView(tx, ctx, diffGoal(said(first), after, telling));
  return differenceFrom(tx, ctx, goal.state === 'active' ? versions : [], inForceFrom, (before) => diffGoal(before.definition, after, telling));
}
