import { localDate } from '@wracam/engine/calendar';
import { diffRule, mayWorsen, type RuleChangeLine } from '@wracam/engine/rule-difference';
import type { RuleDefinition } from '@wracam/engine/rules';
import { writeActor } from '../../platform/actor.ts';
import { act, announce, audit } from '../../platform/act.ts';
import { isReferenced, type ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { refuse } from '../../platform/refusal.ts';
import { approveProposed, assertOtherPerson, declineProposed, differenceFrom, differenceView, getProgram, publishOrPropose, unitOf, walletsOf, type AskedPublication, type Comparison, type Publishable } from '../programs/index.ts';
import { checkDefinition, getRuleForStep, writeStep } from './actions.ts';
import { stateAfter, type RuleStep } from './core.ts';
import * as store from './store.ts';

/** What differs between two definitions of a rule, in words; nothing where there was none before, or its wallet is gone. */
async function differing(tx: ProgramTx, ctx: Pick<Ctx, 'language'>, after: RuleDefinition): Promise<(before: RuleDefinition) => RuleChangeLine[]> {
  const { timeZone, currency, now } = tx.program;
  const wallet = (await walletsOf(tx)).find((one) => one.code === after.wallet);
  const options = wallet && { lang: ctx.language, currency, unit: unitOf(wallet, ctx.language), wallet, today: localDate(timeZone, now) };
  return (before) => (options ? diffRule(before, after, options) : []);
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

/** A rule and the number of the newest ruleset, both under lock; the program first, as every publisher takes them. */
async function lockRule(tx: ProgramTx, id: number, revision: number): Promise<{ rule: store.RuleRow; rulesetNo: number }> {
  const rulesetNo = await store.lockProgram(tx);
  return { rule: await getRuleForStep(tx, id, revision), rulesetNo };
}

function assertStep(rule: store.RuleRow, step: RuleStep): void {
  if (!stateAfter(rule.state, step)) refuse('rule_state_wrong', { state: rule.state });
}

/** A rule, as everything that a program publishes. */
async function publishable(deps: Deps, tx: ProgramTx, ctx: Ctx, rule: store.RuleRow, rulesetNo: number): Promise<Publishable> {
  const versions = await ownVersions(tx, rule.id);
  const saying = (version: number | null) => definitionOf(rule, versions, version) ?? refuse('not_found');
  const publicId = deps.publicIds.encode('rul', rule.id);
  return {
    revision: rule.revision, hasDraft: rule.draft !== null, proposal: rule.proposal, versions,
    // Of a rule that gives nothing now, nothing can be lost.
    mayWorsen: async (before, after) => rule.state === 'active' && mayWorsen((await differing(tx, ctx, saying(after)))(saying(before))),
    check: async (version) => {
      assertStep(rule, 'publish');
      // A draft was looked at when it was saved; the wallet or the articles of an older version may have changed since.
      if (version !== null) await checkDefinition(tx, ctx, saying(version));
    },
    keepProposal: async (proposal) => { await store.saveRule(tx, { ...rule, revision: rule.revision + 1, proposal: proposal && { ...proposal, step: 'publish' } }); },
    publish: async ({ version: from }, inForceFrom, by) => {
      const version = await writeStep(tx, { ...rule, state: stateAfter(rule.state, 'publish')! }, 'publish', saying(from), inForceFrom, rulesetNo, by, ctx.language);
      await audit(deps, tx, ctx, from === null ? 'rule.publish' : 'rule.rolledBack', publicId, { version, ...(from === null ? {} : { from }) });
      await announce(deps, tx, ctx.programId, 'rule.published', publicId);
    },
    tell: (step) => audit(deps, tx, ctx, `rule.${step}`, publicId, { step: step === 'declined' ? rule.proposal!.step : 'publish' }),
  };
}

/** Publishes the draft or an older version, or keeps the wish for another person where the program asks for two. Refuses what `publishOrPropose` does, and `rule_state_wrong`. */
export const publishRule = (deps: Deps, ctx: Ctx, id: number, asked: AskedPublication) => act(deps, ctx, async (tx) => {
  const { rule, rulesetNo } = await lockRule(tx, id, asked.revision);
  await publishOrPropose(tx, ctx, await publishable(deps, tx, ctx, rule, rulesetNo), asked);
  return id;
});

/**
 * Takes a step with the published rule, at once; it writes a new numbered ruleset in the same commit. Where the program asks for two people the
 * step is kept for another one instead; pausing never waits, because it stops harm.
 */
export const stepRule = (deps: Deps, ctx: Ctx, id: number, step: OtherStep, revision: number) => act(deps, ctx, async (tx) => {
  const { rule, rulesetNo } = await lockRule(tx, id, revision);
  assertStep(rule, step);
  const by = writeActor(ctx.actor);
  if (step === 'pause' || !(await getProgram(tx)).secondPerson) return takeStep(deps, tx, ctx, rule, step, rulesetNo, by);
  await store.saveRule(tx, { ...rule, revision: rule.revision + 1, proposal: { step, version: null, inForceFrom: null, despiteNotice: false, by, at: tx.program.now } });
  await audit(deps, tx, ctx, 'rule.proposed', deps.publicIds.encode('rul', id), { step });
  return id;
});

type OtherStep = Exclude<RuleStep, 'publish'>;

async function takeStep(deps: Deps, tx: ProgramTx, ctx: Ctx, rule: store.RuleRow, step: OtherStep, rulesetNo: number, by: string): Promise<number> {
  const state = stateAfter(rule.state, step)!;
  const version = await writeStep(tx, { ...rule, state }, step, null, tx.program.now, rulesetNo, by, ctx.language);
  await audit(deps, tx, ctx, `rule.${step}`, deps.publicIds.encode('rul', rule.id), { version });
  await announce(deps, tx, ctx.programId, `rule.${state}`, deps.publicIds.encode('rul', rule.id));
  return rule.id;
}

/** Takes the step that another person proposed; a version is that person's. Refuses `nothing_to_approve`, `approval_not_yours` and what the step itself refuses. */
export const approveRule = (deps: Deps, ctx: Ctx, id: number, revision: number) => act(deps, ctx, async (tx) => {
  const { rule, rulesetNo } = await lockRule(tx, id, revision);
  const { step, by } = rule.proposal ?? refuse('nothing_to_approve');
  if (step === 'publish') {
    await approveProposed(deps, tx, ctx, await publishable(deps, tx, ctx, rule, rulesetNo), revision);
    return id;
  }
  await assertOtherPerson(deps, tx, ctx, by);
  assertStep(rule, step);
  await audit(deps, tx, ctx, 'rule.approved', deps.publicIds.encode('rul', id), { step });
  return takeStep(deps, tx, ctx, rule, step, rulesetNo, by);
});

/** Drops the proposed step; the draft stays. Refuses `nothing_to_approve`. */
export const declineRule = (deps: Deps, ctx: Ctx, id: number, revision: number) => act(deps, ctx, async (tx) => {
  const { rule, rulesetNo } = await lockRule(tx, id, revision);
  await declineProposed(await publishable(deps, tx, ctx, rule, rulesetNo), revision);
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

/** The difference between two versions, or what publishing the draft (or the version `to`) would change. */
export async function compareVersions(tx: ProgramTx, ctx: Ctx, id: number, query: Comparison) {
  const rule = await store.findRule(tx, id) ?? refuse('not_found');
  const versions = await ownVersions(tx, id);
  const diff = await differing(tx, ctx, definitionOf(rule, versions, query.to) ?? refuse('not_found'));
  if (query.from !== undefined) return differenceView(tx, ctx, diff(definitionOf(rule, versions, query.from) ?? refuse('not_found')));
  return differenceFrom(tx, ctx, versions, query.inForceFrom, (before) => diff(before.definition));
}
