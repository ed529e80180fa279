import { inForceBetween, withdrawnBy } from '@wracam/engine/in-force';
import { readActor } from '../../platform/actor.ts';
import type { ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { route, type Route } from '../../platform/http.ts';
import { refuse } from '../../platform/refusal.ts';
import { actorNames } from '../access/index.ts';
import { createProductSet, discardSetDraft, saveSetDraft } from './actions.ts';
import { approveSet, compareSet, declineSet, publishSet, type SetNeeds } from './publishing.ts';
import * as store from './store.ts';

const iso = (instant: number) => new Date(instant).toISOString();
const idOf = (deps: Deps, text: string) => deps.publicIds.decode('pst', text) ?? refuse('not_found');

/** A set as it is now, with all its versions; people still as they are written. */
function setView(deps: Deps, tx: ProgramTx, { id, name, revision, draftSize, proposal, changedAt }: store.SetRow, all: readonly store.SetVersion[]) {
  const own = all.filter((one) => one.setId === id);
  const now = inForceBetween(own, tx.program.now, Infinity)[0]!;
  return {
    id: deps.publicIds.encode('pst', id), name, version: now.version, size: now.size, revision, changedAt: iso(changedAt), draft: draftSize === null ? null : { size: draftSize },
    proposal: proposal && { version: proposal.version, inForceFrom: proposal.inForceFrom === null ? null : iso(proposal.inForceFrom), by: proposal.by, at: iso(proposal.at) },
    versions: own.map((one) => ({ version: one.version, size: one.size, publishedAt: iso(one.publishedAt), publishedBy: one.publishedBy, inForceFrom: iso(one.inForceFrom), withdrawnBy: withdrawnBy(own, one)?.version ?? null })),
  };
}

/** With the names of those who proposed and published. */
async function named<V extends ReturnType<typeof setView>>(deps: Deps, ctx: Ctx, views: readonly V[]): Promise<V[]> {
  const written = views.flatMap(({ proposal, versions }) => [proposal?.by ?? 'system:', ...versions.map((one) => one.publishedBy)]);
  const names = await actorNames(deps, ctx, written.map(readActor));
  return views.map((view) => {
    const by = names.shift()!;
    return { ...view, proposal: view.proposal && { ...view.proposal, by }, versions: view.versions.map((one) => ({ ...one, publishedBy: names.shift()! })) };
  });
}

async function detail(deps: Deps, ctx: Ctx, id: number) {
  const view = await deps.db.readProgram(ctx.programId, async (tx) => setView(deps, tx, await store.findSet(tx, id) ?? refuse('not_found'), await store.listVersions(tx)));
  return (await named(deps, ctx, [view]))[0]!;
}

async function readList(deps: Deps, ctx: Ctx) {
  const views = await deps.db.readProgram(ctx.programId, async (tx) => { const versions = await store.listVersions(tx); return (await store.listSets(tx)).map((set) => setView(deps, tx, set, versions)); });
  return { items: await named(deps, ctx, views) };
}

const readAllCodes = (deps: Deps, ctx: Ctx, id: number, asked: number | 'draft' | undefined) => deps.db.readProgram(ctx.programId, async (tx) => {
  const set = await store.findSet(tx, id) ?? refuse('not_found');
  if (asked === 'draft') return { version: null, codes: await store.readDraft(tx, id) ?? refuse('not_found') };
  const version = asked ?? setView(deps, tx, set, await store.listVersions(tx)).version;
  return { version, codes: await store.readCodes(tx, id, version) ?? refuse('not_found') };
});

const after = async (deps: Deps, ctx: Ctx, done: Promise<number>) => detail(deps, ctx, await done);

export const productSetRoutes = (needs: SetNeeds): readonly Route[] => [
  route('listProductSets', (deps, { ctx }) => readList(deps, ctx)),
  route('createProductSet', (deps, { ctx, body }) => after(deps, ctx, createProductSet(deps, ctx, body.name, body.codes))),
  route('getProductSet', (deps, { ctx, params }) => detail(deps, ctx, idOf(deps, params.set))),
  route('getProductSetCodes', (deps, { ctx, params, query }) => readAllCodes(deps, ctx, idOf(deps, params.set), query.version)),
  route('changeProductSet', (deps, { ctx, params, body }) => after(deps, ctx, saveSetDraft(deps, ctx, idOf(deps, params.set), body))),
  route('compareProductSet', (deps, { ctx, params, query }) => deps.db.readProgram(ctx.programId, (tx) => compareSet(tx, ctx, idOf(deps, params.set), query, needs))),
  route('publishProductSet', (deps, { ctx, params, body }) => after(deps, ctx, publishSet(deps, ctx, idOf(deps, params.set), body, needs))),
  route('rollbackProductSet', (deps, { ctx, params, body }) => after(deps, ctx, publishSet(deps, ctx, idOf(deps, params.set), body, needs))),
  route('approveProductSet', (deps, { ctx, params, body }) => after(deps, ctx, approveSet(deps, ctx, idOf(deps, params.set), body.revision, needs))),
  route('declineProductSet', (deps, { ctx, params, body }) => after(deps, ctx, declineSet(deps, ctx, idOf(deps, params.set), body.revision, needs))),
  route('discardProductSet', (deps, { ctx, params, body }) => after(deps, ctx, discardSetDraft(deps, ctx, idOf(deps, params.set), body.revision))),
];
