import { inForceBetween } from '@wracam/engine/in-force';
import type { ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { route, type Route } from '../../platform/http.ts';
import { refuse } from '../../platform/refusal.ts';
import { iso } from '../../platform/iso.ts';
import { withPublishers } from '../access/index.ts';
import { approveNamed, compareNamed, declineNamed, discardNamed, proposalView, publishNamed, versionView } from '../programs/index.ts';
import { createProductSet, saveSetDraft } from './actions.ts';
import { setKind, type SetNeeds } from './publishing.ts';
import * as store from './store.ts';

const idOf = (deps: Deps, text: string) => deps.publicIds.decode('pst', text) ?? refuse('not_found');

/** A set as it is now, with all its versions; people still as they are written. */
function setView(deps: Deps, tx: ProgramTx, { id, name, revision, draftSize, proposal, changedAt }: store.SetRow, all: readonly store.SetVersion[]) {
  const own = all.filter((one) => one.setId === id);
  const now = inForceBetween(own, tx.program.now, Infinity)[0]!;
  return {
    id: deps.publicIds.encode('pst', id), name, version: now.version, size: now.size, revision, changedAt: iso(changedAt), draft: draftSize === null ? null : { size: draftSize },
    proposal: proposal && proposalView(proposal),
    versions: own.map((one) => ({ ...versionView(one, own), size: one.size })),
  };
}

async function detail(deps: Deps, ctx: Ctx, id: number) {
  const view = await deps.db.readProgram(ctx.programId, async (tx) => setView(deps, tx, await store.findSet(tx, id) ?? refuse('not_found'), await store.listVersions(tx)));
  return (await withPublishers(deps, ctx, [view]))[0]!;
}

async function readList(deps: Deps, ctx: Ctx) {
  const views = await deps.db.readProgram(ctx.programId, async (tx) => { const versions = await store.listVersions(tx); return (await store.listSets(tx)).map((set) => setView(deps, tx, set, versions)); });
  return { items: await withPublishers(deps, ctx, views) };
}

const readAllCodes = (deps: Deps, ctx: Ctx, id: number, asked: number | 'draft' | undefined) => deps.db.readProgram(ctx.programId, async (tx) => {
  const set = await store.findSet(tx, id) ?? refuse('not_found');
  if (asked === 'draft') return { version: null, codes: await store.readDraft(tx, id) ?? refuse('not_found') };
  const version = asked ?? setView(deps, tx, set, await store.listVersions(tx)).version;
  return { version, codes: await store.readCodes(tx, id, version) ?? refuse('not_found') };
});

const after = async (deps: Deps, ctx: Ctx, done: Promise<number>) => detail(deps, ctx, await done);

export function productSetRoutes(needs: SetNeeds): readonly Route[] {
  const kind = setKind(needs);
  return [
    route('listProductSets', (deps, { ctx }) => readList(deps, ctx)),
    route('createProductSet', (deps, { ctx, body }) => after(deps, ctx, createProductSet(deps, ctx, body.name, body.codes))),
    route('getProductSet', (deps, { ctx, params }) => detail(deps, ctx, idOf(deps, params.set))),
    route('getProductSetCodes', (deps, { ctx, params, query }) => readAllCodes(deps, ctx, idOf(deps, params.set), query.version)),
    route('changeProductSet', (deps, { ctx, params, body }) => after(deps, ctx, saveSetDraft(deps, ctx, idOf(deps, params.set), body))),
    route('compareProductSet', (deps, { ctx, params, query }) => deps.db.readProgram(ctx.programId, (tx) => compareNamed(tx, ctx, kind, idOf(deps, params.set), query))),
    route('publishProductSet', (deps, { ctx, params, body }) => after(deps, ctx, publishNamed(deps, ctx, kind, idOf(deps, params.set), body))),
    route('rollbackProductSet', (deps, { ctx, params, body }) => after(deps, ctx, publishNamed(deps, ctx, kind, idOf(deps, params.set), body))),
    route('approveProductSet', (deps, { ctx, params, body }) => after(deps, ctx, approveNamed(deps, ctx, kind, idOf(deps, params.set), body.revision))),
    route('declineProductSet', (deps, { ctx, params, body }) => after(deps, ctx, declineNamed(deps, ctx, kind, idOf(deps, params.set), body.revision))),
    route('discardProductSet', (deps, { ctx, params, body }) => after(deps, ctx, discardNamed(deps, ctx, kind, idOf(deps, params.set), body.revision))),
  ];
}
