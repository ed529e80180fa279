import { localDate, type Instant } from '@wracam/engine/calendar';
import { diffRule, mayWorsen, worseSentence, type RuleChangeLine } from '@wracam/engine/rule-difference';
import type { RuleDefinition } from '@wracam/engine/rules';
import { writeActor } from '../../platform/actor.ts';
import { act, announce, audit } from '../../platform/act.ts';
import { isReferenced, type ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { refuse } from '../../platform/refusal.ts';
import { assertNotice, assertNotPast, assertOtherPerson, beginningOf, getProgram, noticeOf, unitOf, walletsOf } from '../programs/index.ts';
import { checkDefinition, getRuleForStep, writeStep } from './actions.ts';
import { stateAfter, type RuleStep } from './core.ts';
import * as store from './store.ts';

export type Wanted = { readonly revision: number; readonly inForceFrom?: Instant | undefined; readonly despiteNotice?: boolean | undefined; /** An older version instead of the draft. */ readonly version?: number | undefined };

/** What a publication changes for members, and from when it may be in force with the notice that the program gives. */
export async function differenceOf(tx: ProgramTx, ctx: Pick<Ctx, 'language'>, before: RuleDefinition | null, after: RuleDefinition): Promise<{ changes: RuleChangeLine[]; noticeDays: number; earliest: Instant }> {
  const { timeZone, currency, now } = tx.program;
  const { noticeDays, earliest } = await noticeOf(tx);
  const today = localDate(timeZone, now);
  const wallet = (await walletsOf(tx)).find((one) => one.code === after.wallet);
  const changes = before === null || !wallet ? [] : diffRule(before, after, { lang: ctx.language, currency, unit: unitOf(wallet, ctx.language), wallet, today });
  return { changes, noticeDays, earliest: mayWorsen(changes) ? earliest : now };
}

const definitionOf = (rule: store.RuleRow, versions: readonly store.VersionRow[], version: number | null | undefined): RuleDefinition | null =>
  (version === null || version === undefined ? rule.draft : versions.find((one) => one.version === version)?.definition ?? null);

const ownVersions = async (tx: ProgramTx, id: number) => (await store.listVersions(tx)).filter((one) => one.ruleId === id);

/** What a rule says in its draft or in a version (null: the draft). Refuses `not_found`, and `rule_state_wrong` without a draft. */
export async function definitionSaid(tx: ProgramTx, ctx: Ctx, id: number, version: number | null): Promise<RuleDefinition> {
  const rule = await store.findRule(tx, id) ?? refuse('not_found');
  const definition = definitionOf(rule, await ownVersions(tx, id), version) ?? refuse(version === null ? 'rule_state_wrong' : 'not_found', { state: rule.state });
  await checkDefinition(tx, ctx, definition);
  return definition;
}

/** Refuses `notice_too_short`: members may get less before the program's notice is over, and nobody has confirmed it. */
async function assertNoticeOfRule(tx: ProgramTx, ctx: Ctx, rule: store.RuleRow, versions: readonly store.VersionRow[], after: RuleDefinition, from: Instant, despite: boolean): Promise<void> {
  // Of a rule that gives nothing now, nothing can be lost.
  if (despite || rule.state !== 'active') return;
  const { changes } = await differenceOf(tx, ctx, versions.at(-1)?.definition ?? null, after);
  if (mayWorsen(changes)) await assertNotice(tx, ctx, from);
}

/**
 * Publishes the draft or an older version, or takes a step with the published rule; each writes a new numbered ruleset in the same commit.
 * Where the program asks for two people the step is kept for another one instead; pausing never waits, because it stops harm.
 */
export const stepRule = (deps: Deps, ctx: Ctx, id: number, step: RuleStep, input: Wanted) => act(deps, ctx, async (tx) => {
  const rulesetNo = await store.lockProgram(tx);
  const rule = await getRuleForStep(tx, id, input.revision);
  const { now } = tx.program;
  assertNotPast(tx, input.inForceFrom ?? null);
  const wanted = { step, version: input.version ?? null, inForceFrom: input.inForceFrom ?? null, despiteNotice: input.despiteNotice ?? false };
  await assertPossible(tx, ctx, rule, wanted);
  if (step !== 'pause' && (await getProgram(tx)).secondPerson) {
    await store.saveRule(tx, { ...rule, revision: rule.revision + 1, proposal: { ...wanted, step, by: writeActor(ctx.actor), at: now } });
    await audit(deps, tx, ctx, 'rule.proposed', deps.publicIds.encode('rul', id), { step });
    return id;
  }
  return takeStep(deps, tx, ctx, rule, wanted, rulesetNo, writeActor(ctx.actor));
});

type Step = { readonly step: RuleStep; readonly version: number | null; readonly inForceFrom: Instant | null; readonly despiteNotice: boolean };

/** Refuses a step that cannot be taken now: `rule_state_wrong`, `not_found`, `notice_too_short`, or what the engine would not run. */
async function assertPossible(tx: ProgramTx, ctx: Ctx, rule: store.RuleRow, wanted: Step): Promise<void> {
  if (!stateAfter(rule.state, wanted.step)) refuse('rule_state_wrong', { state: rule.state });
  if (wanted.step !== 'publish') return;
  const versions = await ownVersions(tx, rule.id);
  const definition = definitionOf(rule, versions, wanted.version) ?? refuse(wanted.version === null ? 'rule_state_wrong' : 'not_found', { state: rule.state });
  // An older version was right in its day; its wallet or its articles may have changed since.
  if (wanted.version !== null) await checkDefinition(tx, ctx, definition);
  await assertNoticeOfRule(tx, ctx, rule, versions, definition, beginningOf(tx, wanted), wanted.despiteNotice);
}

async function takeStep(deps: Deps, tx: ProgramTx, ctx: Ctx, rule: store.RuleRow, wanted: Step, rulesetNo: number, by: string): Promise<number> {
  const { step } = wanted;
  const state = stateAfter(rule.state, step)!;
  const definition = step === 'publish' ? definitionOf(rule, await ownVersions(tx, rule.id), wanted.version) : null;
  const version = await writeStep(tx, { ...rule, state }, step, definition, beginningOf(tx, wanted), rulesetNo, by, ctx.language);
  await audit(deps, tx, ctx, `rule.${wanted.version === null ? step : 'rolledBack'}`, deps.publicIds.encode('rul', rule.id), { version, ...(wanted.version === null ? {} : { from: wanted.version }) });
  await announce(deps, tx, ctx.programId, `rule.${step === 'publish' ? 'published' : state}`, deps.publicIds.encode('rul', rule.id));
  return rule.id;
}

/** Takes the step that another person proposed; the version is that person's. Refuses `approval_not_yours` and what the step itself refuses. */
export const approveRule = (deps: Deps, ctx: Ctx, id: number, revision: number) => act(deps, ctx, async (tx) => {
  const rulesetNo = await store.lockProgram(tx);
  const rule = await getRuleForStep(tx, id, revision);
  const proposal = rule.proposal ?? refuse('rule_state_wrong', { state: rule.state });
  assertOtherPerson(ctx, proposal.by);
  await assertPossible(tx, ctx, rule, proposal);
  await audit(deps, tx, ctx, 'rule.approved', deps.publicIds.encode('rul', id), { step: proposal.step });
  return takeStep(deps, tx, ctx, rule, proposal, rulesetNo, proposal.by);
});

/** Drops the proposed step; the draft stays. */
export const declineRule = (deps: Deps, ctx: Ctx, id: number, revision: number) => act(deps, ctx, async (tx) => {
  const rule = await getRuleForStep(tx, id, revision);
  const proposal = rule.proposal ?? refuse('rule_state_wrong', { state: rule.state });
  await store.saveRule(tx, { ...rule, revision: rule.revision + 1, proposal: null });
  await audit(deps, tx, ctx, 'rule.declined', deps.publicIds.encode('rul', id), { step: proposal.step });
  return id;
});

/**
 * Throws the draft away, and with it a proposal to publish it: what is published goes on, and a rule that never was is gone. The id of what is left, or null.
 * Refuses `rule_changed_meanwhile`, `nothing_to_publish` without a draft, and `rule_kept` where a repair names the rule.
 */
export const discardDraft = (deps: Deps, ctx: Ctx, id: number, revision: number) => act(deps, ctx, async (tx) => {
  const rule = await getRuleForStep(tx, id, revision);
  const draft = rule.draft ?? refuse('nothing_to_publish');
  const proposal = rule.proposal?.step === 'publish' && rule.proposal.version === null ? null : rule.proposal;
  if (rule.version > 0) await store.saveRule(tx, { ...rule, revision: rule.revision + 1, draft: null, proposal });
  else await store.deleteRule(tx, id).catch((error: unknown) => { throw isReferenced(error) ? refuse('rule_kept') : error; });
  await audit(deps, tx, ctx, 'rule.discarded', deps.publicIds.encode('rul', id), { name: draft.name, whole: rule.version === 0 });
  return rule.version > 0 ? id : null;
});

/** The difference between two versions, or between the newest one and the draft. */
export async function compareVersions(tx: ProgramTx, ctx: Ctx, id: number, query: { from?: number | undefined; to?: number | undefined }) {
  const rule = await store.findRule(tx, id) ?? refuse('not_found');
  const versions = await ownVersions(tx, id);
  const before = query.from === undefined ? versions.at(-1)?.definition ?? null : definitionOf(rule, versions, query.from) ?? refuse('not_found');
  const after = definitionOf(rule, versions, query.to) ?? refuse('not_found');
  const { changes, noticeDays, earliest } = await differenceOf(tx, ctx, before, after);
  return { changes, worse: worseSentence(changes, ctx.language), noticeDays, earliest: new Date(earliest).toISOString() };
}
