import type { TierLadder } from '@wracam/engine/tiers/ladder';
import { inForceAt } from '@wracam/engine/in-force';
import type { ProgramTx } from '../../platform/db.ts';
import { readCursor, writeCursor } from '../../platform/cursor.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { route, type Route } from '../../platform/http.ts';
import { refuse } from '../../platform/refusal.ts';
import { isoOrNull } from '../../platform/iso.ts';
import { actorNames, withPublishers } from '../access/index.ts';
import { countMembers } from '../ledger/index.ts';
import { proposalView, versionView } from '../programs/index.ts';
import { grantTier, revokeTier } from './actions.ts';
import { previewTiers } from './preview.ts';
import { approveTiers, compareTiers, declineTiers, discardTierDraft, ladderVersions, publishTiers, saveTierDraft, type LadderNeeds, type LadderVersion } from './publishing.ts';
import type { ActivityOf } from './standings.ts';
import * as store from './store.ts';
import { changeView, memberTierView } from './views.ts';

/** What these routes need from other rooms; given by app.ts. */
export type TierNeeds = LadderNeeds & {
  readonly resolveMember: (deps: Deps, tx: ProgramTx, ref: string) => Promise<number>;
  /** The account of the very person who asks, as far as we can tell; null for keys. */
  readonly ownAccount: (deps: Deps, ctx: Ctx) => Promise<number | null>;
  readonly activityOf: ActivityOf;
};

const PAGE = 50;

const ladderView = (one: LadderVersion, all: readonly LadderVersion[]) => ({
  ...versionView(one, all), effectiveOn: one.effectiveOn, definition: one.definition as never,
});

async function settings(deps: Deps, ctx: Ctx) {
  const view = await deps.db.readProgram(ctx.programId, async (tx) => {
    const ladder = await store.findLadder(tx);
    const published = await ladderVersions(tx);
    const versions = published.map((one) => ladderView(one, published));
    const inForce = inForceAt(published, tx.program.now);
    const current = versions.find(({ version }) => version === inForce?.version) ?? null;
    const members = await countMembers(tx);
    const counted = current === null ? [] : await store.countLevels(tx);
    const run = await store.lastRun(tx);
    return { revision: ladder?.revision ?? 0, draft: (ladder?.draft ?? null) as never, proposal: ladder?.proposal ? proposalView(ladder.proposal) : null, current, versions, counts: levelCounts(current?.definition ?? null, counted, members), members, lastLook: run && { ...run, endedAt: isoOrNull(run.endedAt) } };
  });
  const [named] = await withPublishers(deps, ctx, [view]);
  return { ...named!, current: named!.versions.find(({ version }) => version === view.current?.version) ?? null };
}

const after = async (deps: Deps, ctx: Ctx, done: Promise<unknown>) => { await done; return settings(deps, ctx); };

/** A row for every level; whoever has no row of their own never did anything and stands where nothing is asked. */
function levelCounts(ladder: TierLadder | null, counted: readonly { level: string | null; members: number }[], members: number) {
  if (ladder === null) return [];
  const base = ladder.levels[0]!.threshold === 0 ? ladder.levels[0]!.code : null;
  const rows = counted.reduce((sum, one) => sum + one.members, 0);
  const on = (level: string | null) => counted.filter((one) => one.level === level || (level === base && !ladder.levels.some(({ code }) => code === one.level))).reduce((sum, one) => sum + one.members, 0) + (level === base ? Math.max(0, members - rows) : 0);
  return [...(base === null ? [null] : []), ...ladder.levels.map((level) => level.code)].map((level) => ({ level, members: on(level) }));
}

async function changesPage(deps: Deps, ctx: Ctx, memberId: number, query: { cursor?: string | undefined; limit?: number | undefined }) {
  const limit = query.limit ?? PAGE;
  const { rows, versions } = await deps.db.readProgram(ctx.programId, async (tx) => ({ rows: await store.listChanges(tx, memberId, readCursor(query.cursor)?.id, limit + 1), versions: await store.listVersions(tx) }));
  const shown = rows.slice(0, limit);
  const names = await actorNames(deps, ctx, shown.map((row) => ({ kind: row.actorKind, id: row.actorId })));
  const last = shown.at(-1);
  return {
    items: shown.map((row, at) => changeView(row, versions.find((one) => one.no === row.ladderNo)?.definition ?? null, row.actorKind === 'system' ? null : names[at]!, ctx.language)),
    next: rows.length > limit && last ? writeCursor({ at: 0, id: last.no }) : null,
  };
}

export const tierRoutes = ({ resolveMember, ownAccount, activityOf, ...needs }: TierNeeds): readonly Route[] => {
  const tierOf = (deps: Deps, ctx: Ctx, find: (tx: ProgramTx) => Promise<number> | number) => deps.db.readProgram(ctx.programId, async (tx) => ({ tier: await memberTierView(deps, tx, await find(tx), activityOf, ctx.language) }));
  const idOf = (deps: Deps, ctx: Ctx, ref: string) => deps.db.readProgram(ctx.programId, (tx) => resolveMember(deps, tx, ref));
  /** Somebody else's account: nobody gives a level to the own one. */
  const otherThan = async (deps: Deps, ctx: Ctx, ref: string) => {
    const own = await ownAccount(deps, ctx);
    return async (tx: ProgramTx): Promise<number> => { const id = await resolveMember(deps, tx, ref); return id === own ? refuse('adjust_own_account') : id; };
  };
  return [
    route('getTiers', (deps, { ctx }) => settings(deps, ctx)),
    route('changeTiers', (deps, { ctx, body }) => after(deps, ctx, saveTierDraft(deps, ctx, body.revision, body.definition))),
    route('compareTiers', (deps, { ctx, query }) => deps.db.readProgram(ctx.programId, (tx) => compareTiers(tx, ctx, query, needs))),
    route('publishTiers', (deps, { ctx, body }) => after(deps, ctx, publishTiers(deps, ctx, body, needs))),
    route('rollbackTiers', (deps, { ctx, body }) => after(deps, ctx, publishTiers(deps, ctx, body, needs))),
    route('approveTiers', (deps, { ctx, body }) => after(deps, ctx, approveTiers(deps, ctx, body.revision, needs))),
    route('declineTiers', (deps, { ctx, body }) => after(deps, ctx, declineTiers(deps, ctx, body.revision, needs))),
    route('discardTiers', (deps, { ctx, body }) => after(deps, ctx, discardTierDraft(deps, ctx, body.revision))),
    route('previewTiers', (deps, { ctx, body }) => previewTiers(deps, ctx.programId, body, activityOf)),
    route('getMemberTier', (deps, { ctx, params }) => tierOf(deps, ctx, (tx) => resolveMember(deps, tx, params.member))),
    route('grantTier', async (deps, { ctx, params, body }) => { const id = await grantTier(deps, ctx, await otherThan(deps, ctx, params.member), activityOf, body); return tierOf(deps, ctx, () => id); }),
    route('revokeTier', async (deps, { ctx, params, body }) => { const id = await revokeTier(deps, ctx, await otherThan(deps, ctx, params.member), activityOf, body.reason); return tierOf(deps, ctx, () => id); }),
    route('listTierChanges', async (deps, { ctx, params, query }) => changesPage(deps, ctx, await idOf(deps, ctx, params.member), query)),
    route('getMyTier', (deps, { ctx }) => tierOf(deps, ctx, () => ctx.memberId!)),
  ];
};
