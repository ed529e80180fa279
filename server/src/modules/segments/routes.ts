import type { Condition } from '@wracam/engine/conditions';
import { describeSegment } from '@wracam/engine/describe';
import type { ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { route, type Route } from '../../platform/http.ts';
import { refuse } from '../../platform/refusal.ts';
import { iso } from '../../platform/iso.ts';
import { withPublishers } from '../access/index.ts';
import { approveNamed, compareNamed, declineNamed, discardNamed, proposalView, publishNamed, versionView } from '../programs/index.ts';
import { archiveSegment, createSegment, saveSegmentDraft, segmentVersionAt, versionsOfSegment } from './actions.ts';
import { countSegment, listMembersOf } from './membership.ts';
import { namingOf, segmentKind, type SegmentNeeds } from './publishing.ts';
import * as store from './store.ts';

const PAGE = 50;
const idOf = (deps: Deps, text: string) => deps.publicIds.decode('sgm', text) ?? refuse('not_found');
/** Where a list goes on; nobody's id is the beginning. */
const afterOf = (deps: Deps, cursor: string | undefined) => (cursor === undefined ? 0 : deps.publicIds.decode('mem', cursor) ?? 0);
const cursorOf = (deps: Deps, next: number | null) => (next === null ? null : deps.publicIds.encode('mem', next));

/** A condition as the contract shows it. */
const saidOf = (ctx: Ctx, tx: ProgramTx, condition: Condition) => ({ condition: condition as never, sentence: describeSegment(condition, { lang: ctx.language, currency: tx.program.currency }) });

/** A segment as it is now. */
function segmentView(deps: Deps, ctx: Ctx, tx: ProgramTx, { id, name, archived, revision, draft, proposal, changedAt }: store.SegmentRow, all: readonly store.SegmentVersionRow[]) {
  const now = segmentVersionAt(all.filter((one) => one.segmentId === id), tx.program.now)!;
  return { id: deps.publicIds.encode('sgm', id), name, archived, version: now.version, ...saidOf(ctx, tx, now.condition), revision, draft: draft && saidOf(ctx, tx, draft), proposal: proposal && proposalView(proposal), changedAt: iso(changedAt) };
}

async function detail(deps: Deps, ctx: Ctx, id: number, needs: SegmentNeeds) {
  const view = await deps.db.readProgram(ctx.programId, async (tx) => {
    const row = await store.findSegment(tx, id) ?? refuse('not_found');
    const own = await versionsOfSegment(tx, id);
    return {
      ...segmentView(deps, ctx, tx, row, own), rules: [...await namingOf(needs)(tx, row.name)],
      versions: own.map((one) => ({ ...versionView(one, own), ...saidOf(ctx, tx, one.condition) })),
    };
  });
  return (await withPublishers(deps, ctx, [view]))[0]!;
}

export function segmentRoutes(needs: SegmentNeeds): readonly Route[] {
  const kind = segmentKind(needs);
  const after = async (deps: Deps, ctx: Ctx, done: Promise<number>) => detail(deps, ctx, await done, needs);
  return [
    route('listSegments', async (deps, { ctx }) => {
      const views = await deps.db.readProgram(ctx.programId, async (tx) => {
        const versions = await store.listVersions(tx);
        return (await store.listSegments(tx)).map((row) => ({ ...segmentView(deps, ctx, tx, row, versions), versions: [] }));
      });
      return { items: (await withPublishers(deps, ctx, views)).map(({ versions: _, ...segment }) => segment) };
    }),
    route('createSegment', (deps, { ctx, body }) => after(deps, ctx, createSegment(deps, ctx, body.name, body.condition as Condition))),
    route('countSegment', async (deps, { ctx, body }) => {
      const counted = await countSegment(deps, ctx, { condition: body.condition as Condition, except: body.except as Condition | undefined }, afterOf(deps, body.after), needs.factsOfMembers);
      return { ...counted, next: cursorOf(deps, counted.next) };
    }),
    route('getSegment', (deps, { ctx, params }) => detail(deps, ctx, idOf(deps, params.segment), needs)),
    route('changeSegment', (deps, { ctx, params, body }) => after(deps, ctx, saveSegmentDraft(deps, ctx, idOf(deps, params.segment), { revision: body.revision, condition: body.condition as Condition }))),
    route('compareSegment', (deps, { ctx, params, query }) => deps.db.readProgram(ctx.programId, (tx) => compareNamed(tx, ctx, kind, idOf(deps, params.segment), query))),
    route('publishSegment', (deps, { ctx, params, body }) => after(deps, ctx, publishNamed(deps, ctx, kind, idOf(deps, params.segment), body))),
    route('rollbackSegment', (deps, { ctx, params, body }) => after(deps, ctx, publishNamed(deps, ctx, kind, idOf(deps, params.segment), body))),
    route('approveSegment', (deps, { ctx, params, body }) => after(deps, ctx, approveNamed(deps, ctx, kind, idOf(deps, params.segment), body.revision))),
    route('declineSegment', (deps, { ctx, params, body }) => after(deps, ctx, declineNamed(deps, ctx, kind, idOf(deps, params.segment), body.revision))),
    route('discardSegment', (deps, { ctx, params, body }) => after(deps, ctx, discardNamed(deps, ctx, kind, idOf(deps, params.segment), body.revision))),
    route('archiveSegment', (deps, { ctx, params }) => after(deps, ctx, archiveSegment(deps, ctx, idOf(deps, params.segment), true, namingOf(needs)))),
    route('restoreSegment', (deps, { ctx, params }) => after(deps, ctx, archiveSegment(deps, ctx, idOf(deps, params.segment), false, namingOf(needs)))),
    route('listSegmentMembers', async (deps, { ctx, params, query }) => {
      const found = await listMembersOf(deps, ctx, idOf(deps, params.segment), afterOf(deps, query.cursor), query.limit ?? PAGE, needs.factsOfMembers);
      return { ...found, next: cursorOf(deps, found.next) };
    }),
  ];
}
