import type { Instant } from '@wracam/engine/calendar';
import { faultsOfNewEffect } from '@wracam/engine/effect-validation';
import type { EventReasons } from '@wracam/engine/event-types';
import { inForceBetween, SINCE_ALWAYS } from '@wracam/engine/in-force';
import { budgetOf } from '@wracam/engine/periods';
import { mayLoseBySet, pinSets, setsIn } from '@wracam/engine/product-sets';
import { mayLoseBySegment, pinSegments, segmentsIn } from '@wracam/engine/segments';
import { readReference } from '@wracam/engine/set-reference';
import { validateRule, validateRuleset, type RuleDefinition, type RulesetRule, type RulesetWallet } from '@wracam/engine/rules';
import { looksAtLevels, ruleLosesByLevel, type LevelUser } from '@wracam/engine/tiers/level-users';
import type { Language } from '@wracam/contract';
import { act, audit } from '../../platform/act.ts';
import type { ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { refuse } from '../../platform/refusal.ts';
import { eventReasons, getEventType } from '../event-types/index.ts';
import { versionsByName, type DatedVersion, type SetNeeds } from '../product-sets/index.ts';
import { bumpRuleset, walletsOf } from '../programs/index.ts';
import { segmentsByName, segmentVersionAt, type KnownSegment, type SegmentReader } from '../segments/index.ts';
import { planRulesets, type Pinned, type RulePlan, type RuleStep } from './core.ts';
import * as store from './store.ts';

/** Every use of such a wallet moves the end of all its points, so none may have an end of its own. */
const OWN_EXPIRY_OF_IDLE = { pointer: '/expiry/kind', code: 'expiry_of_wallet', words: { pl: 'Punkty tego portfela wygasają po bezczynności, więc zasada nie może mieć własnej ważności.', en: 'Points of this wallet end by inactivity, so a rule cannot have an expiry of its own.' } };

/** Has any rule that runs or is planned an expiry of its own in this wallet. */
export const hasOwnExpiry = async (tx: ProgramTx, walletCode: string): Promise<boolean> =>
  (await store.listRules(tx)).some((rule) => rule.draft?.wallet === walletCode && rule.draft.expiry.kind !== 'wallet')
  || (await store.listVersions(tx)).some(({ definition }) => definition.wallet === walletCode && definition.expiry.kind !== 'wallet');

/** Refuses a definition that the engine would not run, with every fault and where it is. */
export async function checkDefinition(tx: ProgramTx, ctx: Ctx, definition: RuleDefinition): Promise<void> {
  const wallets = await walletsOf(tx);
  if (!wallets.some((wallet) => wallet.code === definition.wallet)) refuse('wallet_unknown', { wallet: definition.wallet });
  if (definition.trigger?.kind === 'event') await getEventType(tx, definition.trigger.type);
  const faults = validateRule(definition, { wallets: wallets.map((wallet) => wallet.code) });
  if (wallets.find((wallet) => wallet.code === definition.wallet)!.expiry.kind === 'inactivity' && definition.expiry.kind !== 'wallet') faults.push(OWN_EXPIRY_OF_IDLE);
  if (faults.length > 0) refuse('invalid_request', {}, faults.map((fault) => ({ pointer: `/definition${fault.pointer}`, detail: fault.words[ctx.language] })));
  await checkSets(tx, definition);
  await checkSegments(tx, definition);
}

/** Refuses a rule that names a set of articles, or a version of one, that the program does not have. */
async function checkSets(tx: ProgramTx, definition: RuleDefinition): Promise<void> {
  const named = setsIn(definition).map(readReference);
  if (named.length === 0) return;
  const known = await versionsByName(tx);
  const unknown = named.find(({ name, version }) => !known.get(name)?.some((one) => version === null || one.version === version));
  if (unknown) refuse('product_set_unknown', { name: unknown.name });
}

/** Refuses a rule that names a segment which the program does not have or no longer offers. */
async function checkSegments(tx: ProgramTx, definition: RuleDefinition): Promise<void> {
  const named = segmentsIn(definition);
  if (named.length === 0) return;
  const known = await segmentsByName(tx);
  const unknown = named.find((name) => known.get(name)?.archived !== false);
  if (unknown !== undefined) refuse('segment_unknown', { name: unknown });
}

/** A definition that somebody writes now; what was written before keeps running and may be published again as it is. */
async function checkWritten(tx: ProgramTx, ctx: Ctx, definition: RuleDefinition): Promise<void> {
  await checkDefinition(tx, ctx, definition);
  const faults = faultsOfNewEffect(definition.effect);
  if (faults.length > 0) refuse('invalid_request', {}, faults.map((fault) => ({ pointer: `/definition${fault.pointer}`, detail: fault.words[ctx.language] })));
}

export const createRule = (deps: Deps, ctx: Ctx, definition: RuleDefinition) => act(deps, ctx, async (tx) => {
  await checkWritten(tx, ctx, definition);
  const [id] = await deps.ids.take(1);
  await store.insertRule(tx, id!, definition);
  await audit(deps, tx, ctx, 'rule.drafted', deps.publicIds.encode('rul', id!), { name: definition.name });
  return id!;
});

export async function getRuleForStep(tx: ProgramTx, id: number, revision: number): Promise<store.RuleRow> {
  const rule = await store.findRuleForUpdate(tx, id) ?? refuse('not_found');
  if (rule.revision !== revision) refuse('rule_changed_meanwhile');
  return rule;
}

export const changeRule = (deps: Deps, ctx: Ctx, id: number, revision: number, definition: RuleDefinition) => act(deps, ctx, async (tx) => {
  const rule = await getRuleForStep(tx, id, revision);
  if (rule.state === 'ended') refuse('rule_state_wrong', { state: rule.state });
  await checkWritten(tx, ctx, definition);
  await store.saveRule(tx, { ...rule, draft: definition, revision: rule.revision + 1, proposal: null });
  await audit(deps, tx, ctx, 'rule.changed', deps.publicIds.encode('rul', id), { name: definition.name });
  return id;
});

/**
 * Writes a step and the ruleset that follows from it. `definition`: what is published, the draft or an older version; the draft stays when it
 * is not what was published.
 */
export async function writeStep(tx: ProgramTx, rule: store.RuleRow, step: RuleStep, definition: RuleDefinition | null, from: Instant, rulesetNo: number, by: string, language: Language): Promise<number> {
  const version = step === 'publish' ? rule.version + 1 : rule.version;
  if (step === 'publish') {
    await store.insertVersion(tx, { ruleId: rule.id, version, definition: definition!, publishedAt: tx.program.now, publishedBy: by, inForceFrom: from });
    if (budgetOf(definition!.caps) !== null) await store.insertBudget(tx, rule.id);
  }
  await store.saveRule(tx, { ...rule, version, revision: rule.revision + 1, draft: definition === rule.draft ? null : rule.draft, proposal: null });
  await writeRulesets(tx, rulesetNo, from, language);
  return version;
}

/**
 * Writes the rulesets that follow from all published versions and states, in force from `at`, and makes the last one the newest. Refuses
 * rules that are right each by itself but not together: a ruleset that does not compile would stop every booking.
 */
export async function writeRulesets(tx: ProgramTx, rulesetNo: number, at: Instant, language: Language): Promise<void> {
  const rules = await store.listRules(tx);
  const versions = await store.listVersions(tx);
  const running = rules.filter((rule) => rule.state === 'active').map((rule) => ({ stopsAt: rule.stop?.from ?? null, own: versions.filter((version) => version.ruleId === rule.id) }));
  const plans = running.map(({ stopsAt, own }): RulePlan => ({ stopsAt, versions: own.map(({ ruleId, version, definition, inForceFrom }) => ({ inForceFrom, rule: { ruleId, version, definition } satisfies RulesetRule })) }));
  const wallets = (await walletsOf(tx)).map(({ no, code, expiry, pendingDays, pendingUntil }): RulesetWallet => ({ no, code, expiry, pendingDays, ...(pendingUntil === 'days' ? {} : { pendingUntil }) }));
  const reasons = usedReasons(plans, await eventReasons(tx));
  const planned = planRulesets(plans, await store.listBaseVersions(tx), at, rulesetNo + 1, { timeZone: tx.program.timeZone, currency: tx.program.currency, wallets, ...(reasons ? { eventReasons: reasons } : {}) }, await pinning(tx, running.flatMap(({ own }) => own.map((version) => version.definition))));
  const faults = planned.flatMap(({ ruleset }) => validateRuleset(ruleset));
  if (faults.length > 0) refuse('invalid_request', {}, faults.map((fault) => ({ pointer: fault.pointer, detail: fault.words[language] })));
  for (const { ruleset, inForceFrom } of planned) await store.insertRuleset(tx, ruleset, inForceFrom);
  await bumpRuleset(tx, planned.at(-1)!.ruleset.no);
}

/** Names the sets of articles and the segments by the versions in force at a moment, and puts what a segment stands for into the test: a rule says which, a ruleset what is in them. */
export async function pinning(tx: ProgramTx, definitions: readonly RuleDefinition[]): Promise<Pinned> {
  const named = new Set(definitions.flatMap((definition) => setsIn(definition)));
  const sets = named.size > 0 ? await versionsByName(tx) : new Map<string, readonly DatedVersion[]>();
  const asked = new Set(definitions.flatMap((definition) => segmentsIn(definition)));
  const segments = asked.size > 0 ? await segmentsByName(tx) : new Map<string, KnownSegment>();
  const versionAt = (name: string, at: Instant) => inForceBetween(sets.get(name) ?? [], at, Infinity)[0]?.version ?? refuse('product_set_unknown', { name });
  const segmentAt = (name: string, at: Instant) => segmentVersionAt(segments.get(name)?.versions ?? [], at) ?? refuse('segment_unknown', { name });
  const dated = [...[...named].flatMap((name) => sets.get(name) ?? []), ...[...asked].flatMap((name) => segments.get(name)?.versions ?? [])];
  return { pin: (definition, at) => pinSegments(pinSets(definition, (name) => versionAt(name, at)), (name) => segmentAt(name, at)), changesAt: dated.map((one) => one.inForceFrom) };
}

/** Words of the program's own events that rules answer to; a set without such rules carries none. */
function usedReasons(plans: readonly RulePlan[], reasons: EventReasons): EventReasons | null {
  const used = new Set(plans.flatMap((plan) => plan.versions).map(({ rule: { definition } }) => (definition.trigger?.kind === 'event' ? definition.trigger.type : null)));
  const own = Object.entries(reasons).filter(([code]) => used.has(code));
  return own.length > 0 ? Object.fromEntries(own) : null;
}

/** A ruleset from now on that knows a changed list of wallets. */
export const republish = async (tx: ProgramTx): Promise<void> => writeRulesets(tx, await store.lockProgram(tx), tx.program.now, 'pl');

/** The rulesets from an instant on when something that rules name has a new version, if a running rule does. */
async function republishWhere(tx: ProgramTx, names: (definition: RuleDefinition) => boolean, from: Instant): Promise<void> {
  const no = await store.lockProgram(tx);
  const running = new Set((await store.listRules(tx)).filter((rule) => rule.state === 'active').map((rule) => rule.id));
  if ((await store.listVersions(tx)).some((version) => running.has(version.ruleId) && names(version.definition))) await writeRulesets(tx, no, from, 'pl');
}

/** Versions of rules that run, in force now or planned. */
async function livingVersions(tx: ProgramTx): Promise<store.VersionRow[]> {
  const versions = await store.listVersions(tx);
  return (await store.listRules(tx)).filter((rule) => rule.state === 'active').flatMap((rule) => inForceBetween(versions.filter((one) => one.ruleId === rule.id), tx.program.now, Infinity));
}

/** Rules that run or are planned and look at levels, also by a segment that they name. */
export async function levelRules(tx: ProgramTx): Promise<LevelUser[]> {
  const said = (await livingVersions(tx)).map((one) => one.definition);
  const { now } = tx.program;
  const { pin, changesAt } = await pinning(tx, said);
  // A planned version of a segment may ask for levels where today's does not.
  const moments = [now, ...changesAt.filter((at) => at > now)];
  return said.flatMap((definition) => moments.map((at) => pin(definition, at))).filter(looksAtLevels).map((definition) => ({ kind: 'rule', name: definition.name, losesBy: (from, to) => ruleLosesByLevel(definition, from, to) }));
}

/** What sets of articles need of the rules that name them. */
export const setNeeds: SetNeeds = {
  lock: store.lockProgram,
  verdictsOf: async (tx, name) => {
    const naming = (await livingVersions(tx)).map((one) => one.definition).filter((definition) => setsIn(definition).includes(name));
    return (change) => (naming.length === 0 ? 'same' : naming.some((definition) => mayLoseBySet(definition, name, change)) ? 'worse' : 'better');
  },
  republishFor: (tx, name, from) => republishWhere(tx, (definition) => setsIn(definition).includes(name), from),
};

/** What segments ask of rules: those that have not ended name one in their draft or in a version that is in force or planned. */
export const ruleSegmentReader: SegmentReader = {
  usersOf: async (tx, name) => (await livingVersions(tx)).map((one) => one.definition).filter((definition) => segmentsIn(definition).includes(name)).map((definition) => ({ kind: 'rule', name: definition.name, losesBy: (change) => mayLoseBySegment(definition, name, change) })),
  follow: (tx, name, from) => republishWhere(tx, (definition) => segmentsIn(definition).includes(name), from),
  naming: (tx, name) => rulesThat(tx, (definition) => segmentsIn(definition).includes(name)),
};

/** Rules that say something, in their draft or in a version that is in force or will be, by name. */
export async function rulesThat(tx: ProgramTx, says: (definition: RuleDefinition) => boolean): Promise<string[]> {
  const versions = await store.listVersions(tx);
  return (await store.listRules(tx)).filter((rule) => rule.state !== 'ended').flatMap((rule) => {
    const living = inForceBetween(versions.filter((one) => one.ruleId === rule.id), tx.program.now, Infinity);
    const said = [rule.draft, ...living.map((one) => one.definition)].find((one) => one !== null && says(one));
    return said ? [said.name] : [];
  });
}

/**
 * The rules a new program starts with, in force from its beginning: nobody has earned anything yet, so nobody can lose by it. Later
 * publications never reach back.
 */
export async function startRules(deps: Deps, tx: ProgramTx, definitions: readonly RuleDefinition[]): Promise<void> {
  const ids = await deps.ids.take(definitions.length);
  for (const [index, definition] of definitions.entries()) {
    const id = ids[index]!;
    await store.insertRule(tx, id, definition);
    await store.insertVersion(tx, { ruleId: id, version: 1, definition, publishedAt: tx.program.now, publishedBy: 'system:', inForceFrom: SINCE_ALWAYS });
    if (budgetOf(definition.caps) !== null) await store.insertBudget(tx, id);
    await store.saveRule(tx, { id, state: 'active', revision: 2, draft: null, version: 1, changedAt: tx.program.now, proposal: null, stop: null });
  }
  await writeRulesets(tx, await store.lockProgram(tx), SINCE_ALWAYS, 'pl');
}
