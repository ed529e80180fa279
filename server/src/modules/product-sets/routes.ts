import { readActor } from '../../platform/actor.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { route, type Route } from '../../platform/http.ts';
import { refuse } from '../../platform/refusal.ts';
import { actorNames } from '../access/index.ts';
import { changeProductSet, createProductSet, type SetNeeds } from './actions.ts';
import * as store from './store.ts';

const iso = (instant: number) => new Date(instant).toISOString();
const idOf = (deps: Deps, text: string) => deps.publicIds.decode('pst', text) ?? refuse('not_found');
const setView = (deps: Deps, { id, name, version, size, changedAt }: store.SetRow) => ({ id: deps.publicIds.encode('pst', id), name, version, size, changedAt: iso(changedAt) });

async function detail(deps: Deps, ctx: Ctx, id: number) {
  const { set, versions } = await deps.db.readProgram(ctx.programId, async (tx) => ({ set: await store.findSet(tx, id) ?? refuse('not_found'), versions: await store.listVersions(tx, id) }));
  const names = await actorNames(deps, ctx, versions.map(({ madeBy }) => readActor(madeBy)));
  return { ...setView(deps, set), versions: versions.map(({ version, size, madeAt }, at) => ({ version, size, madeAt: iso(madeAt), madeBy: names[at]! })) };
}

const readAllCodes = (deps: Deps, ctx: Ctx, id: number, asked: number | undefined) => deps.db.readProgram(ctx.programId, async (tx) => {
  const set = await store.findSet(tx, id) ?? refuse('not_found');
  const version = asked ?? set.version;
  return { version, codes: await store.readCodes(tx, id, version) ?? refuse('not_found') };
});

export const productSetRoutes = (needs: SetNeeds): readonly Route[] => [
  route('listProductSets', (deps, { ctx }) => deps.db.readProgram(ctx.programId, async (tx) => ({ items: (await store.listSets(tx)).map((set) => setView(deps, set)) }))),
  route('createProductSet', async (deps, { ctx, body }) => detail(deps, ctx, await createProductSet(deps, ctx, body.name, body.codes))),
  route('getProductSet', (deps, { ctx, params }) => detail(deps, ctx, idOf(deps, params.set))),
  route('getProductSetCodes', (deps, { ctx, params, query }) => readAllCodes(deps, ctx, idOf(deps, params.set), query.version)),
  route('changeProductSet', async (deps, { ctx, params, body }) => detail(deps, ctx, await changeProductSet(deps, ctx, idOf(deps, params.set), body, needs))),
];
