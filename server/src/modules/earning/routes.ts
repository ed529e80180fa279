import { describeRule, type OwnNames } from '@wracam/engine/describe';
import type { EventReasons } from '@wracam/engine/event-types';
import { inForceBetween } from '@wracam/engine/in-force';
import type { RuleDefinition } from '@wracam/engine/rules';
import type { ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { route, type Route } from '../../platform/http.ts';
import { refuse } from '../../platform/refusal.ts';
import { iso } from '../../platform/iso.ts';
import { withPublishers } from '../access/index.ts';
import { eventNames, eventReasons } from '../event-types/index.ts';
import { resolveMember } from '../members/index.ts';
import { proposalView, unitOf, versionView, walletsOf, type AskedPublication, type Wallet } from '../programs/index.ts';
import { changeRule, createRule } from './actions.ts';
import { approveBase, baseNow, baseVersions, compareBase, declineBase, discardBaseDraft, publishBase, saveBaseDraft } from './what-earns.ts';
import { toldRule, type BaseSettings, type RuleStep } from './core.ts';
import { listGrants, SHOWN_TO_MEMBERS } from './grants.ts';
import { approveRule, compareVersions, declineRule, discardDraft, publishRule } from './publishing.ts';
import { stepRule } from './stopping.ts';
import { listRuleMessages } from './rule-messages.ts';
import * as store from './store.ts';

const idOf = (deps: Deps, text: string) => deps.publicIds.decode('rul', text) ?? refuse('not_found');

const ruleVersion = (row: store.VersionRow, own: readonly store.VersionRow[]) => ({ ...versionView(row, own), definition: toldRule(row.definition) as never });

/** The program's own words that a rule's sentence needs. */
type Vocabulary = { readonly wallets: readonly Wallet[]; readonly reasons: EventReasons; readonly names: OwnNames };
const vocabularyOf = async (tx: ProgramTx): Promise<Vocabulary> => ({ wallets: await walletsOf(tx), reasons: await eventReasons(tx), names: await eventNames(tx) });

function ruleView(deps: Deps, ctx: Ctx, { program: { currency, now } }: ProgramTx, { wallets, reasons, names }: Vocabulary, row: store.RuleRow, versions: readonly store.VersionRow[]) {
  const own = versions.filter((version) => version.ruleId === row.id);
  const current = inForceBetween(own, now, Infinity)[0] ?? null;
  // What members have, not what somebody is about to change.
  const shown: RuleDefinition = (current?.definition ?? row.draft)!;
  const wallet = wallets.find((one) => one.code === shown.wallet);
  const unit = wallet && unitOf(wallet, ctx.language);
  return {
    id: deps.publicIds.encode('rul', row.id), name: shown.name, state: row.state, revision: row.revision, draft: row.draft && toldRule(row.draft) as never, current: current && ruleVersion(current, own),
    sentence: describeRule(shown, { lang: ctx.language, currency, eventReasons: reasons, names, ...(unit ? { unit } : {}) }), changedAt: iso(row.changedAt),
    stop: row.stop && { step: row.stop.step, inForceFrom: iso(row.stop.from) },
    proposal: row.proposal && { step: row.proposal.step, ...proposalView(row.proposal) },
    versions: own.map((one) => ruleVersion(one, own)),
  };
}

async function detail(deps: Deps, ctx: Ctx, id: number) {
  const view = await deps.db.readProgram(ctx.programId, async (tx: ProgramTx) => {
    const row = await store.findRule(tx, id) ?? refuse('not_found');
    return ruleView(deps, ctx, tx, await vocabularyOf(tx), row, await store.listVersions(tx));
  });
  const [named] = await withPublishers(deps, ctx, [view]);
  return { ...named!, current: named!.versions.find((one) => one.version === view.current?.version) ?? null };
}

type OfRule<B> = { ctx: Ctx; params: { rule: string }; body: B };
const publish = async (deps: Deps, { ctx, params, body }: OfRule<AskedPublication>) => detail(deps, ctx, await publishRule(deps, ctx, idOf(deps, params.rule), body));
const step = (name: Exclude<RuleStep, 'publish'>) => async (deps: Deps, { ctx, params, body }: OfRule<AskedPublication>) =>
  detail(deps, ctx, await stepRule(deps, ctx, idOf(deps, params.rule), name, body));

/** The settings as the contract names them: lists of their own, so that an answer never shares one with the default. */
const baseView = (base: BaseSettings) => ({ ...base, kinds: [...base.kinds], excludedCategories: [...base.excludedCategories], excludedBrands: [...base.excludedBrands], excludedSkus: [...base.excludedSkus] });

async function readBase(deps: Deps, ctx: Ctx) {
  const view = await deps.db.readProgram(ctx.programId, async (tx) => {
    const [row, versions, now] = [await store.findBase(tx), await baseVersions(tx), await baseNow(tx)];
    return {
      ...baseView(now.base), version: now.version, revision: row?.revision ?? 0, ruleset: tx.program.rulesetNo, changedAt: versions.length === 1 ? null : iso(now.publishedAt), draft: row?.draft ? baseView(row.draft) : null,
      proposal: row?.proposal ? proposalView(row.proposal) : null,
      versions: versions.map((one) => ({ ...versionView(one, versions), settings: baseView(one.base) })),
    };
  });
  return (await withPublishers(deps, ctx, [view]))[0]!;
}

const baseAfter = async (deps: Deps, ctx: Ctx, done: Promise<unknown>) => { await done; return readBase(deps, ctx); };

const readList = (deps: Deps, ctx: Ctx) => deps.db.readProgram(ctx.programId, async (tx) => {
  const [rows, versions, vocabulary] = [await store.listRules(tx), await store.listVersions(tx), await vocabularyOf(tx)];
  const items = rows.map((row) => ruleView(deps, ctx, tx, vocabulary, row, versions)).map(({ versions: _, ...item }) => item);
  return { items, ruleset: tx.program.rulesetNo, base: baseView((await baseNow(tx)).base) };
});

export const earningRoutes: Route[] = [
  route('listRules', async (deps, { ctx }) => {
    const list = await readList(deps, ctx);
    const named = await withPublishers(deps, ctx, list.items.map(({ proposal, current }) => ({ proposal, versions: current ? [current] : [] })));
    return { ...list, items: list.items.map((item, at) => ({ ...item, proposal: named[at]!.proposal, current: named[at]!.versions[0] ?? null })) };
  }),
  route('createRule', async (deps, { ctx, body }) => detail(deps, ctx, await createRule(deps, ctx, body.definition as RuleDefinition))),
  route('getRule', (deps, { ctx, params }) => detail(deps, ctx, idOf(deps, params.rule))),
  route('changeRule', async (deps, { ctx, params, body }) => detail(deps, ctx, await changeRule(deps, ctx, idOf(deps, params.rule), body.revision, body.definition as RuleDefinition))),
  route('publishRule', publish),
  route('rollbackRule', publish),
  route('compareRule', (deps, { ctx, params, query }) => deps.db.readProgram(ctx.programId, (tx) => compareVersions(tx, ctx, idOf(deps, params.rule), query))),
  route('approveRule', async (deps, { ctx, params, body }) => detail(deps, ctx, await approveRule(deps, ctx, idOf(deps, params.rule), body.revision))),
  route('declineRule', async (deps, { ctx, params, body }) => detail(deps, ctx, await declineRule(deps, ctx, idOf(deps, params.rule), body.revision))),
  route('discardRule', async (deps, { ctx, params, body }) => {
    const left = await discardDraft(deps, ctx, idOf(deps, params.rule), body.revision);
    return { rule: left === null ? null : await detail(deps, ctx, left) };
  }),
  route('pauseRule', step('pause')),
  route('resumeRule', step('resume')),
  route('endRule', step('end')),
  route('listMemberGrants', (deps, { ctx, params, query }) => deps.db.readProgram(ctx.programId, async (tx) => listGrants(deps, tx, await resolveMember(deps, tx, params.member), query))),
  route('listMyGrants', (deps, { ctx, query }) => deps.db.readProgram(ctx.programId, (tx) => listGrants(deps, tx, ctx.memberId!, query, SHOWN_TO_MEMBERS))),
  route('listMyMessages', (deps, { ctx, query }) => deps.db.readProgram(ctx.programId, (tx) => listRuleMessages(deps, tx, ctx.memberId!, ctx.language, query))),
  route('getEarningBase', (deps, { ctx }) => readBase(deps, ctx)),
  route('changeEarningBase', async (deps, { ctx, body: { revision, ...base } }) => baseAfter(deps, ctx, saveBaseDraft(deps, ctx, base, revision))),
  route('compareEarningBase', (deps, { ctx, query }) => deps.db.readProgram(ctx.programId, (tx) => compareBase(tx, ctx, query))),
  route('publishEarningBase', (deps, { ctx, body }) => baseAfter(deps, ctx, publishBase(deps, ctx, body))),
  route('rollbackEarningBase', (deps, { ctx, body }) => baseAfter(deps, ctx, publishBase(deps, ctx, body))),
  route('approveEarningBase', (deps, { ctx, body }) => baseAfter(deps, ctx, approveBase(deps, ctx, body.revision))),
  route('declineEarningBase', (deps, { ctx, body }) => baseAfter(deps, ctx, declineBase(deps, ctx, body.revision))),
  route('discardEarningBase', (deps, { ctx, body }) => baseAfter(deps, ctx, discardBaseDraft(deps, ctx, body.revision))),
];
