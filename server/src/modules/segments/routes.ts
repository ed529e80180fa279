import type { Condition } from '@wracam/engine/conditions';
import { describeSegment } from '@wracam/engine/describe';
import type { ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { route, type Route } from '../../platform/http.ts';
import { refuse } from '../../platform/refusal.ts';
import { actorNames } from '../access/index.ts';
import { archiveSegment, changeSegment, countSegment, createSegment, listMembersOf, type SegmentNeeds } from './actions.ts';
import * as store from './store.ts';

const PAGE = 50;
const iso = (instant: number) => new Date(instant).toISOString();
const idOf = (deps: Deps, text: string) => deps.publicIds.decode('sgm', text) ?? refuse('not_found');
/** Where a list goes on; nobody's id is the beginning. */
const afterOf = (deps: Deps, cursor: string | undefined) => (cursor === undefined ? 0 : deps.publicIds.decode('mem', cursor) ?? 0);
const cursorOf = (deps: Deps, next: number | null) => (next === null ? null : deps.publicIds.encode('mem', next));
const sentenceOf = (ctx: Ctx, tx: ProgramTx, condition: Condition) => describeSegment(condition, { lang: ctx.language, currency: tx.program.currency });

const segmentView = (deps: Deps, ctx: Ctx, tx: ProgramTx, { id, name, version, archived, changedAt, condition }: store.SegmentRow) =>
  ({ id: deps.publicIds.encode('sgm', id), name, archived, version, condition: condition as never, sentence: sentenceOf(ctx, tx, condition), changedAt: iso(changedAt) });

async function detail(deps: Deps, ctx: Ctx, id: number, needs: SegmentNeeds) {
  const { view, versions } = await deps.db.readProgram(ctx.programId, async (tx) => {
    const row = await store.findSegment(tx, id) ?? refuse('not_found');
    return {
      view: { ...segmentView(deps, ctx, tx, row), rules: [...await needs.rulesNaming(tx, row.name)] },
      versions: (await store.listVersions(tx, id)).map((one) => ({ ...one, sentence: sentenceOf(ctx, tx, one.condition) })),
    };
  });
  const names = await actorNames(deps, ctx, versions.map(({ madeBy }) => {
    const [kind = '', actor] = madeBy.split(':');
    return { kind, id: actor ? Number(actor) : null };
  }));
  return { ...view, versions: versions.map(({ version, sentence, madeAt }, at) => ({ version, sentence, madeAt: iso(madeAt), madeBy: names[at]! })) };
}

export const segmentRoutes = (needs: SegmentNeeds): readonly Route[] => [
  route('listSegments', (deps, { ctx }) => deps.db.readProgram(ctx.programId, async (tx) => ({ items: (await store.listSegments(tx)).map((row) => segmentView(deps, ctx, tx, row)) }))),
  route('createSegment', async (deps, { ctx, body }) => detail(deps, ctx, await createSegment(deps, ctx, body.name, body.condition as Condition), needs)),
  route('countSegment', async (deps, { ctx, body }) => {
    const counted = await countSegment(deps, ctx, body.condition as Condition, afterOf(deps, body.after), needs);
    return { ...counted, next: cursorOf(deps, counted.next) };
  }),
  route('getSegment', (deps, { ctx, params }) => detail(deps, ctx, idOf(deps, params.segment), needs)),
  route('changeSegment', async (deps, { ctx, params, body }) => detail(deps, ctx, await changeSegment(deps, ctx, idOf(deps, params.segment), { version: body.version, condition: body.condition as Condition, despiteNotice: body.despiteNotice ?? false }, needs), needs)),
  route('archiveSegment', async (deps, { ctx, params }) => detail(deps, ctx, await archiveSegment(deps, ctx, idOf(deps, params.segment), true, needs), needs)),
  route('restoreSegment', async (deps, { ctx, params }) => detail(deps, ctx, await archiveSegment(deps, ctx, idOf(deps, params.segment), false, needs), needs)),
  route('listSegmentMembers', async (deps, { ctx, params, query }) => {
    const found = await listMembersOf(deps, ctx, idOf(deps, params.segment), afterOf(deps, query.cursor), query.limit ?? PAGE, needs);
    return { ...found, next: cursorOf(deps, found.next) };
  }),
];
