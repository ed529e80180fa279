import { localDate } from '@wracam/engine/calendar';
import { diffRule, mayWorsen, type RuleChangeLine } from '@wracam/engine/rule-difference';
import type { RuleDefinition } from '@wracam/engine/rules';
import { act, announce, audit } from '../../platform/act.ts';
import { isReferenced, type ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { refuse } from '../../platform/refusal.ts';
import { approveProposed, assertOtherPerson, declineProposed, differenceFrom, differenceView, publishOrPropose, unitOf, walletsOf, wishOf, type AskedPublication, type Comparison, type Publishable } from '../programs/index.ts';
import { checkDefinition, getRuleForStep, writeStep } from './actions.ts';
import { stateAfter } from './core.ts';
import { assertBeforeStop, assertStep, assertStepPossible, lockRule, ownVersions, stopDifference, takeStep, type StopStep } from './stopping.ts';
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

/** What a rule says in its draft or in a version (null: the draft). Refuses `not_found`, and `rule_state_wrong` without a draft. */
export async function definitionSaid(tx: ProgramTx, ctx: Ctx, id: number, version: number | null): Promise<RuleDefinition> {
  const rule = await store.findRule(tx, id) ?? refuse('not_found');
  const definition = definitionOf(rule, await ownVersions(tx, id), version) ?? refuse(version === null ? 'rule_state_wrong' : 'not_found', { state: rule.state });
  await checkDefinition(tx, ctx, definition);
  return definition;
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
      const version = await writeStep(tx, { ...rule, state: stateAfter(rule, 'publish')! }, 'publish', saying(from), inForceFrom, rulesetNo, by, ctx.language);
      await audit(deps, tx, ctx, from === null ? 'rule.publish' : 'rule.rolledBack', publicId, { version, ...(from === null ? {} : { from }) });
      await announce(deps, tx, ctx.programId, 'rule.published', publicId);
    },
    tell: (step) => audit(deps, tx, ctx, `rule.${step}`, publicId, { step: step === 'declined' ? rule.proposal!.step : 'publish' }),
  };
}

/** Publishes the draft or an older version, or keeps the wish for another person where the program asks for two. Refuses what `publishOrPropose` does, `rule_state_wrong`, and `rule_stops_before` for a day on which it is planned not to run. */
export const publishRule = (deps: Deps, ctx: Ctx, id: number, asked: AskedPublication) => act(deps, ctx, async (tx) => {
  const { rule, rulesetNo } = await lockRule(tx, id, asked.revision);
  assertBeforeStop(tx, ctx, rule, wishOf(asked));
  await publishOrPropose(tx, ctx, await publishable(deps, tx, ctx, rule, rulesetNo), asked);
  return id;
});

/** Takes the step that another person proposed; a version is that person's. Refuses `nothing_to_approve`, `approval_not_yours` and what the step itself refuses. */
export const approveRule = (deps: Deps, ctx: Ctx, id: number, revision: number) => act(deps, ctx, async (tx) => {
  const { rule, rulesetNo } = await lockRule(tx, id, revision);
  const { step, by, ...wish } = rule.proposal ?? refuse('nothing_to_approve');
  if (step === 'publish') {
    assertBeforeStop(tx, ctx, rule, wish);
    await approveProposed(deps, tx, ctx, await publishable(deps, tx, ctx, rule, rulesetNo), revision);
    return id;
  }
  await assertOtherPerson(deps, tx, ctx, by);
  await assertStepPossible(tx, ctx, rule, step, wish);
  await audit(deps, tx, ctx, 'rule.approved', deps.publicIds.encode('rul', id), { step });
  return takeStep(deps, tx, ctx, rule, step, wish, rulesetNo, by);
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

/** The difference between two versions, or what publishing the draft (or the version `to`) would change, or what stopping the rule would. */
export async function compareVersions(tx: ProgramTx, ctx: Ctx, id: number, query: Comparison & { readonly step?: StopStep | undefined }) {
  const rule = await store.findRule(tx, id) ?? refuse('not_found');
  const versions = await ownVersions(tx, id);
  if (query.step !== undefined) return stopDifference(tx, ctx, rule, versions, query.step, query.inForceFrom);
  const diff = await differing(tx, ctx, definitionOf(rule, versions, query.to) ?? refuse('not_found'));
  if (query.from !== undefined) return differenceView(tx, ctx, diff(definitionOf(rule, versions, query.from) ?? refuse('not_found')));
  return differenceFrom(tx, ctx, versions, query.inForceFrom, (before) => diff(before.definition));
}
