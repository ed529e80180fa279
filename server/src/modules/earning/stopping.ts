import { localDate, type Instant } from '@wracam/engine/calendar';
import { inForceBetween, withdrawnFrom } from '@wracam/engine/in-force';
import { diffStop, mayWorsen, worst, type RuleChangeLine } from '@wracam/engine/rule-difference';
import { formatDate } from '@wracam/engine/words';
import { act, announce, audit } from '../../platform/act.ts';
import { writeActor } from '../../platform/actor.ts';
import type { ProgramTx } from '../../platform/db.ts';
import { systemCtx, type Ctx, type Deps } from '../../platform/deps.ts';
import { wake, type JobHandlers } from '../../platform/jobs.ts';
import { refuse } from '../../platform/refusal.ts';
import { iso } from '../../platform/iso.ts';
import { assertNotice, assertNotPast, beginningOf, differenceView, getProgram, noticeOf, unitOf, walletsOf, wishOf, type AskedPublication, type Wish } from '../programs/index.ts';
import { getRuleForStep, writeStep } from './actions.ts';
import { stateAfter, stopped, type PlannedStop, type RuleStep } from './core.ts';
import * as store from './store.ts';

export type StopStep = PlannedStop['step'];
type OtherStep = Exclude<RuleStep, 'publish'>;
const isStop = (step: OtherStep): step is StopStep => step !== 'resume';

export const ownVersions = async (tx: ProgramTx, id: number) => (await store.listVersions(tx)).filter((one) => one.ruleId === id);

/** A rule and the number of the newest ruleset, both under lock; the program first, as every publisher takes them. */
export async function lockRule(tx: ProgramTx, id: number, revision: number): Promise<{ rule: store.RuleRow; rulesetNo: number }> {
  const rulesetNo = await store.lockProgram(tx);
  return { rule: await getRuleForStep(tx, id, revision), rulesetNo };
}

export function assertStep(rule: store.RuleRow, step: RuleStep): void {
  if (!stateAfter(rule, step)) refuse('rule_state_wrong', { state: rule.state });
}

/** Refuses `rule_stops_before`: from that day on the rule is planned not to run, so a publication for it would be lost. */
export function assertBeforeStop(tx: ProgramTx, ctx: Pick<Ctx, 'language'>, { stop }: store.RuleRow, wish: Pick<Wish, 'inForceFrom'>): void {
  if (stop && beginningOf(tx, wish) >= stop.from) refuse('rule_stops_before', { on: formatDate(localDate(tx.program.timeZone, stop.from), ctx.language) });
}

/** What members see change when the rule stops at an instant: against what is in force then, and what is promised for the days of the notice. */
async function lossBy(tx: ProgramTx, ctx: Pick<Ctx, 'language'>, rule: store.RuleRow, versions: readonly store.VersionRow[], step: StopStep, from: Instant): Promise<RuleChangeLine[]> {
  // Of a rule that gives nothing now, and of what is announced to be over by then, nothing can be lost.
  if (rule.state !== 'active' || (rule.stop && rule.stop.from <= from)) return [];
  const wallets = await walletsOf(tx);
  const { timeZone, currency } = tx.program;
  return worst(inForceBetween(versions, from, Math.min((await noticeOf(tx)).earliest, rule.stop?.from ?? Infinity)).map(({ definition }) => {
    const unit = wallets.find((one) => one.code === definition.wallet);
    return diffStop(definition, step, localDate(timeZone, from), { lang: ctx.language, currency, ...(unit && { unit: unitOf(unit, ctx.language) }) });
  }));
}

/** What stopping the rule would take from members, since when it may be, and which planned versions would not begin. */
export async function stopDifference(tx: ProgramTx, ctx: Ctx, rule: store.RuleRow, versions: readonly store.VersionRow[], step: StopStep, asked: string | undefined) {
  const from = beginningOf(tx, { inForceFrom: asked === undefined ? null : Date.parse(asked) });
  const withdraws = withdrawnFrom(versions, from, tx.program.now).map(({ version, inForceFrom }) => ({ version, inForceFrom: iso(inForceFrom) }));
  return { ...await differenceView(tx, ctx, await lossBy(tx, ctx, rule, versions, step, from)), withdraws };
}

/** Refuses a step that the rule cannot take, and a stop by which members may get less before the program's notice is over, as publishing refuses it. */
export async function assertStepPossible(tx: ProgramTx, ctx: Ctx, rule: store.RuleRow, step: OtherStep, wish: Wish): Promise<void> {
  assertStep(rule, step);
  if (!isStop(step)) return;
  const from = beginningOf(tx, wish);
  // A rule that does not run has no day on which it would stop.
  if (rule.state !== 'active' && from > tx.program.now) refuse('rule_state_wrong', { state: rule.state });
  if (!wish.despiteNotice && mayWorsen(await lossBy(tx, ctx, rule, await ownVersions(tx, rule.id), step, from))) await assertNotice(tx, ctx, from);
}

/**
 * Stops the published rule, at once or from an instant on, or lets it run again (which also calls a planned stop off); it writes a new numbered ruleset
 * in the same commit. Where the program asks for two people the step is kept for another one instead; a pause at once never waits, because it stops harm.
 * Refuses `rule_changed_meanwhile`, `rule_state_wrong`, `rule_starts_in_past` and `notice_too_short`.
 */
export const stepRule = (deps: Deps, ctx: Ctx, id: number, step: OtherStep, asked: AskedPublication) => act(deps, ctx, async (tx) => {
  const { rule, rulesetNo } = await lockRule(tx, id, asked.revision);
  const wish = wishOf(asked);
  assertNotPast(tx, wish.inForceFrom);
  await assertStepPossible(tx, ctx, rule, step, wish);
  const by = writeActor(ctx.actor);
  const stopsHarm = step === 'pause' && beginningOf(tx, wish) === tx.program.now;
  if (stopsHarm || !(await getProgram(tx)).secondPerson) return takeStep(deps, tx, ctx, rule, step, wish, rulesetNo, by);
  await store.saveRule(tx, { ...rule, revision: rule.revision + 1, proposal: { ...wish, step, by, at: tx.program.now } });
  await audit(deps, tx, ctx, 'rule.proposed', deps.publicIds.encode('rul', id), { step });
  return id;
});

export async function takeStep(deps: Deps, tx: ProgramTx, ctx: Ctx, rule: store.RuleRow, step: OtherStep, wish: Wish, rulesetNo: number, by: string): Promise<number> {
  const { now } = tx.program;
  const from = beginningOf(tx, wish);
  const later = isStop(step) && from > now;
  const state = stateAfter(rule, step)!;
  const after = later ? { ...rule, stop: { step, from } } : { ...rule, state, stop: null };
  // A stop that was planned stands in rulesets from its own day on, so these are written anew from now.
  const version = await writeStep(tx, after, step, null, later && rule.stop === null ? from : now, rulesetNo, by, ctx.language);
  const publicId = deps.publicIds.encode('rul', rule.id);
  if (later) {
    const plan = { step, inForceFrom: iso(from) };
    await wake(tx, tx.program.id, STOPS, rule.id, from);
    await audit(deps, tx, ctx, 'rule.stopPlanned', publicId, { version, ...plan });
    await announce(deps, tx, ctx.programId, 'rule.stopPlanned', publicId, plan);
    return rule.id;
  }
  const calledOff = step === 'resume' && rule.state === 'active';
  await audit(deps, tx, ctx, calledOff ? 'rule.stopCalledOff' : `rule.${step}`, publicId, { version });
  await announce(deps, tx, ctx.programId, calledOff ? 'rule.stopCalledOff' : `rule.${isStop(step) ? stopped[step] : state}`, publicId);
  return rule.id;
}

const STOPS = 'rules.stop';

/**
 * On the day of a planned stop the audit trail and the outbox tell that the rule does not run any more, once. Nothing else happens: rulesets of
 * that day leave it out, and it is read as stopped, also before this has run.
 */
export const ruleJobs: JobHandlers = {
  [STOPS]: {
    run: (deps, { programId, ref: id }) => deps.db.inProgram(programId, async (tx) => {
      await store.lockProgram(tx);
      const step = await store.takePlannedStop(tx, id);
      if (step !== null) {
        const publicId = deps.publicIds.encode('rul', id);
        await audit(deps, tx, systemCtx(programId), `rule.${step}`, publicId, { planned: true });
        await announce(deps, tx, programId, `rule.${stopped[step]}`, publicId);
      }
      const stop = (await store.findRule(tx, id))?.stop;
      return stop ? { dueAt: stop.from } : null;
    }),
  },
};
