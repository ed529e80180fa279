import { dayNumberOf, localDate, startOfLocalDay, type Instant, type LocalDate } from '@wracam/engine/calendar';
import { mayWorsen, type RuleChangeLine } from '@wracam/engine/rule-difference';
import { validateLadder, type TierLadder } from '@wracam/engine/tiers/ladder';
import { diffLadder } from '@wracam/engine/tiers/ladder-difference';
import { diffLevelUsers, type LevelUser } from '@wracam/engine/tiers/level-users';
import { act, announce, audit } from '../../platform/act.ts';
import type { ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { refuse } from '../../platform/refusal.ts';
import { countMembers } from '../ledger/index.ts';
import { approveProposed, declineProposed, differenceFrom, differenceView, publishOrPropose, unitOf, walletsOf, type Comparison, type Publishable } from '../programs/index.ts';
import { scheduleRecount } from './jobs.ts';
import * as store from './store.ts';

/** A ladder may be planned this far ahead. */
const PLAN_DAYS_MAX = 730;

/** Writes the ruleset by which every process sees a published ladder. */
type Republish = (tx: ProgramTx) => Promise<void>;
/** What publishing a ladder needs of other rooms; `levelUsers`: rules and rewards that say for which levels they are. */
export type LadderNeeds = { readonly republish: Republish; readonly levelUsers: (tx: ProgramTx) => Promise<LevelUser[]> };
const NOTHING_YET: store.LadderRow = { revision: 0, draft: null, proposal: null };

/** Refuses a ladder that the engine would not run, with every fault and where it is. */
async function checkLadder(tx: ProgramTx, ctx: Ctx, definition: TierLadder): Promise<void> {
  const faults = validateLadder(definition, { wallets: (await walletsOf(tx)).map((wallet) => wallet.code) });
  if (faults.length > 0) refuse('invalid_request', {}, faults.map((fault) => ({ pointer: `/definition${fault.pointer}`, detail: fault.words[ctx.language] })));
}

async function rowAt(tx: ProgramTx, revision: number): Promise<store.LadderRow> {
  const row = await store.findLadderForUpdate(tx) ?? NOTHING_YET;
  if (row.revision !== revision) refuse('rule_changed_meanwhile');
  return row;
}

async function save(tx: ProgramTx, row: store.LadderRow): Promise<void> {
  if (!await store.saveLadder(tx, row)) refuse('rule_changed_meanwhile');
}

/** Keeps a draft; what is published goes on as it is, and what waited for another person ends. `revision`: 0 for the first. Refuses `rule_changed_meanwhile`. */
export const saveTierDraft = (deps: Deps, ctx: Ctx, revision: number, definition: TierLadder) => act(deps, ctx, async (tx) => {
  await rowAt(tx, revision);
  await checkLadder(tx, ctx, definition);
  await save(tx, { revision: revision + 1, draft: definition, proposal: null });
  await audit(deps, tx, ctx, 'tiers.drafted', null, { levels: levelsOf(definition) });
});

/** Throws the draft away, and with it what waited for another person. Refuses `nothing_to_publish` where there is none. */
export const discardTierDraft = (deps: Deps, ctx: Ctx, revision: number) => act(deps, ctx, async (tx) => {
  const { draft } = await rowAt(tx, revision);
  if (draft === null) refuse('nothing_to_publish');
  await save(tx, { revision: revision + 1, draft: null, proposal: null });
  await audit(deps, tx, ctx, 'tiers.discarded', null);
});

const levelsOf = (ladder: TierLadder) => ladder.levels.map((level) => level.code);

/** A version as everything that is published, in force from the start of its local day. */
export type LadderVersion = store.VersionRow & { readonly version: number; readonly inForceFrom: Instant };

export const ladderVersions = async (tx: ProgramTx): Promise<LadderVersion[]> =>
  (await store.listVersions(tx)).map((row) => ({ ...row, version: row.no, inForceFrom: startOfLocalDay(tx.program.timeZone, row.effectiveOn) }));

/** What differs between two ladders, in words; with `users` also which rules and rewards may give less to whom the one puts elsewhere than the other. */
async function differing(tx: ProgramTx, ctx: Pick<Ctx, 'language'>, users: readonly LevelUser[]): Promise<(before: TierLadder, after: TierLadder) => RuleChangeLine[]> {
  const wallets = await walletsOf(tx);
  const unitFor = (code: string | null) => unitOf(wallets.find((one) => one.code === code) ?? wallets[0]!, ctx.language);
  return (before, after) => [
    ...diffLadder(before, after, { lang: ctx.language, currency: tx.program.currency, unitOf: (measure) => unitFor(measure.kind === 'points' ? measure.wallet : null) }),
    ...diffLevelUsers(before, after, users, ctx.language),
  ];
}

/** The ladder, as everything that a program publishes; under its lock. */
async function publishable(deps: Deps, tx: ProgramTx, ctx: Ctx, { republish, levelUsers }: LadderNeeds): Promise<Publishable> {
  const row = await store.findLadderForUpdate(tx) ?? NOTHING_YET;
  const versions = await ladderVersions(tx);
  const saying = (version: number | null) => (version === null ? row.draft : versions.find((one) => one.version === version)?.definition) ?? refuse('not_found');
  return {
    revision: row.revision, hasDraft: row.draft !== null, proposal: row.proposal, versions,
    // Where nobody is a member nobody can lose.
    mayWorsen: async (before, after) => mayWorsen((await differing(tx, ctx, await levelUsers(tx)))(saying(before), saying(after))) && await countMembers(tx) > 0,
    check: (version) => checkLadder(tx, ctx, saying(version)),
    keepProposal: async (proposal) => { await save(tx, { ...row, revision: row.revision + 1, proposal }); },
    publish: async ({ version: from }, inForceFrom, by) => {
      const definition = saying(from);
      const no = await writeVersion(tx, definition, localDate(tx.program.timeZone, inForceFrom), by, { revision: row.revision + 1, draft: from === null ? null : row.draft, proposal: null }, republish);
      await audit(deps, tx, ctx, from === null ? 'tiers.published' : 'tiers.rolledBack', null, { version: no, levels: levelsOf(definition), ...(from === null ? {} : { from }) });
      await announce(deps, tx, ctx.programId, 'tiers.published', '');
    },
    tell: (step) => audit(deps, tx, ctx, `tiers.${step}`, null),
  };
}

async function writeVersion(tx: ProgramTx, definition: TierLadder, effectiveOn: LocalDate, publishedBy: string, row: store.LadderRow, republish: Republish): Promise<number> {
  const no = (await store.listVersions(tx)).length + 1;
  await save(tx, row);
  await store.insertVersion(tx, { no, effectiveOn, publishedAt: tx.program.now, publishedBy, definition });
  await republish(tx);
  await scheduleRecount(tx);
  return no;
}

/** As a request asks for it: a whole local day, today where none is named. */
export type AskedLadder = { readonly revision: number; readonly version?: number | undefined; readonly effectiveOn?: LocalDate | undefined; readonly despiteNotice?: boolean | undefined };

/**
 * Publishes the draft or an older version, in force from the start of a local day, and has everybody looked at; or keeps the wish for another
 * person where the program asks for two. Refuses what `publishOrPropose` does.
 */
export const publishTiers = (deps: Deps, ctx: Ctx, { effectiveOn, ...asked }: AskedLadder, needs: LadderNeeds) => act(deps, ctx, async (tx) => {
  const { timeZone, now } = tx.program;
  const today = localDate(timeZone, now);
  if (effectiveOn !== undefined && (effectiveOn < today || dayNumberOf(effectiveOn) > dayNumberOf(today) + PLAN_DAYS_MAX)) refuse('rule_starts_in_past');
  const later = effectiveOn !== undefined && effectiveOn > today;
  await publishOrPropose(tx, ctx, await publishable(deps, tx, ctx, needs), { ...asked, ...(later && { inForceFrom: new Date(startOfLocalDay(timeZone, effectiveOn)).toISOString() }) });
});

export const approveTiers = (deps: Deps, ctx: Ctx, revision: number, needs: LadderNeeds) => act(deps, ctx, async (tx) => approveProposed(deps, tx, ctx, await publishable(deps, tx, ctx, needs), revision));
export const declineTiers = (deps: Deps, ctx: Ctx, revision: number, needs: LadderNeeds) => act(deps, ctx, async (tx) => declineProposed(await publishable(deps, tx, ctx, needs), revision));

/** The ladder a program starts with: the demo's. In force from its first day. */
export async function startTiers(tx: ProgramTx, definition: TierLadder, republish: Republish): Promise<void> {
  // A version belongs to a ladder, so that one is there first.
  await writeVersion(tx, definition, localDate(tx.program.timeZone, tx.program.now), 'system:', { revision: 2, draft: null, proposal: null }, republish);
}

/** The difference between two versions, or what publishing the draft (or the version `to`) would change. */
export async function compareTiers(tx: ProgramTx, ctx: Ctx, query: Comparison, { levelUsers }: Pick<LadderNeeds, 'levelUsers'>) {
  const versions = await ladderVersions(tx);
  const saying = (version: number) => versions.find((one) => one.version === version)?.definition ?? refuse('not_found');
  const after = query.to === undefined ? (await store.findLadder(tx))?.draft ?? refuse('not_found') : saying(query.to);
  // Versions are told apart by themselves; which rules and rewards speak of levels is known of today alone.
  const diff = await differing(tx, ctx, query.from === undefined ? await levelUsers(tx) : []);
  if (query.from !== undefined) return differenceView(tx, ctx, diff(saying(query.from), after));
  return differenceFrom(tx, ctx, versions, query.inForceFrom, (before) => diff(before.definition, after));
}
