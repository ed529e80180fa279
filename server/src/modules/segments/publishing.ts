import type { Instant } from '@wracam/engine/calendar';
import type { Condition } from '@wracam/engine/conditions';
import { mayWorsen, type RuleChangeLine } from '@wracam/engine/rule-difference';
import { diffSegment, type SegmentUser } from '@wracam/engine/segment-difference';
import { act, announce, audit } from '../../platform/act.ts';
import type { ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { refuse } from '../../platform/refusal.ts';
import { approveProposed, declineProposed, differenceFrom, differenceView, publishOrPropose, type AskedPublication, type Comparison, type Publishable } from '../programs/index.ts';
import { segmentAt, versionsOfSegment, type SegmentNaming } from './actions.ts';
import type { FactsOfMembers } from './membership.ts';
import * as store from './store.ts';

/** What asks for segments in a room above: rules, goals. */
export type SegmentReader = {
  /** Those that ask for the segment and run, in force or planned. */
  readonly usersOf: (tx: ProgramTx, name: string) => Promise<readonly SegmentUser[]>;
  /** Names of those that ask for it and have not ended, drafts included. */
  readonly naming: SegmentNaming;
  /** Refuses a condition that those which run may not ask for. */
  readonly assertFits?: (tx: ProgramTx, name: string, condition: Condition) => Promise<void>;
  /** Has those which run go by what is published for the segment from an instant on. */
  readonly follow: (tx: ProgramTx, name: string, from: Instant) => Promise<void>;
};
export type SegmentNeeds = {
  /** Every publisher takes this lock, so that no rule is published beside it. */
  readonly lock: (tx: ProgramTx) => Promise<unknown>;
  readonly readers: readonly SegmentReader[];
  readonly factsOfMembers: FactsOfMembers;
};

const ofAll = async <T>(needs: SegmentNeeds, ask: (reader: SegmentReader) => Promise<readonly T[]>): Promise<T[]> => {
  const found: T[] = [];
  for (const reader of needs.readers) found.push(...await ask(reader));
  return found;
};
/** Names of all that asks for a segment and has not ended. */
export const namingOf = (needs: SegmentNeeds): SegmentNaming => (tx, name) => ofAll(needs, (reader) => reader.naming(tx, name));

/** What a segment says in its draft or in a version (null: the draft). Refuses `not_found`. */
const conditionSaid = ({ draft }: store.SegmentRow, versions: readonly store.SegmentVersionRow[], version: number | null): Condition =>
  (version === null ? draft : versions.find((one) => one.version === version)?.condition) ?? refuse('not_found');

/** What differs between two conditions of a segment in words, and which rules and goals may give less by it. */
async function differing(tx: ProgramTx, ctx: Pick<Ctx, 'language'>, name: string, needs: SegmentNeeds): Promise<(before: Condition, after: Condition) => RuleChangeLine[]> {
  const users = await ofAll(needs, (reader) => reader.usersOf(tx, name));
  return (before, after) => diffSegment(before, after, users, { lang: ctx.language, currency: tx.program.currency });
}

/** A segment, as everything that a program publishes. */
async function publishable(deps: Deps, tx: ProgramTx, ctx: Ctx, id: number, revision: number, needs: SegmentNeeds): Promise<Publishable> {
  const segment = await segmentAt(tx, id, revision);
  await needs.lock(tx);
  const versions = await versionsOfSegment(tx, id);
  const diff = await differing(tx, ctx, segment.name, needs);
  const saying = (version: number | null) => conditionSaid(segment, versions, version);
  const publicId = deps.publicIds.encode('sgm', id);
  return {
    revision: segment.revision, hasDraft: segment.draft !== null, proposal: segment.proposal, versions,
    mayWorsen: async (before, after) => mayWorsen(diff(saying(before), saying(after))),
    check: async (version) => {
      if (segment.archived) refuse('segment_archived');
      // Conditions were looked at when they were saved; what asks for the segment may have come since.
      if (version !== null || segment.draft !== null) for (const reader of needs.readers) await reader.assertFits?.(tx, segment.name, saying(version));
    },
    keepProposal: async (proposal) => { await store.saveSegment(tx, { ...segment, revision: segment.revision + 1, proposal }); },
    publish: async ({ version: from }, inForceFrom, publishedBy) => {
      const version = segment.version + 1;
      await store.insertVersion(tx, { segmentId: id, version, condition: saying(from), publishedAt: tx.program.now, publishedBy, inForceFrom });
      await store.saveSegment(tx, { ...segment, version, revision: segment.revision + 1, draft: from === null ? null : segment.draft, proposal: null });
      for (const reader of needs.readers) await reader.follow(tx, segment.name, inForceFrom);
      await audit(deps, tx, ctx, from === null ? 'segment.published' : 'segment.rolledBack', publicId, { name: segment.name, version, ...(from === null ? {} : { from }) });
      await announce(deps, tx, ctx.programId, 'segment.published', publicId);
    },
    tell: (step) => audit(deps, tx, ctx, `segment.${step}`, publicId, { name: segment.name }),
  };
}

/** Publishes the draft or an older version, for documents of its days, or keeps the wish for another person where the program asks for two. Refuses what `publishOrPropose` does, `segment_archived` and `segment_badge_for_goal`. */
export const publishSegment = (deps: Deps, ctx: Ctx, id: number, asked: AskedPublication, needs: SegmentNeeds) => act(deps, ctx, async (tx) => {
  await publishOrPropose(tx, ctx, await publishable(deps, tx, ctx, id, asked.revision, needs), asked);
  return id;
});
export const approveSegment = (deps: Deps, ctx: Ctx, id: number, revision: number, needs: SegmentNeeds) => act(deps, ctx, async (tx) => {
  await approveProposed(deps, tx, ctx, await publishable(deps, tx, ctx, id, revision, needs), revision);
  return id;
});
export const declineSegment = (deps: Deps, ctx: Ctx, id: number, revision: number, needs: SegmentNeeds) => act(deps, ctx, async (tx) => {
  await declineProposed(await publishable(deps, tx, ctx, id, revision, needs), revision);
  return id;
});

/** The difference between two versions, or what publishing the draft (or the version `to`) would change. */
export async function compareSegment(tx: ProgramTx, ctx: Ctx, id: number, query: Comparison, needs: SegmentNeeds) {
  const segment = await store.findSegment(tx, id) ?? refuse('not_found');
  const versions = await versionsOfSegment(tx, id);
  const diff = await differing(tx, ctx, segment.name, needs);
  const after = conditionSaid(segment, versions, query.to ?? null);
  if (query.from !== undefined) return differenceView(tx, ctx, diff(conditionSaid(segment, versions, query.from), after));
  return differenceFrom(tx, ctx, versions, query.inForceFrom, (before) => diff(before.condition, after));
}
