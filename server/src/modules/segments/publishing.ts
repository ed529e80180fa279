import type { Instant } from '@wracam/engine/calendar';
import type { Condition } from '@wracam/engine/conditions';
import { diffSegment, type SegmentUser } from '@wracam/engine/segment-difference';
import type { ProgramTx } from '../../platform/db.ts';
import { refuse } from '../../platform/refusal.ts';
import type { NamedKind } from '../programs/index.ts';
import { versionsOfSegment, type SegmentNaming } from './actions.ts';
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

/** A segment, as everything with a name that a program publishes. It refuses `segment_archived` and `segment_badge_for_goal` besides. */
export const segmentKind = (needs: SegmentNeeds): NamedKind<store.SegmentRow, store.SegmentVersionRow> => ({
  noun: 'segment', prefix: 'sgm',
  find: store.findSegment, findForUpdate: store.findSegmentForUpdate, versionsOf: versionsOfSegment,
  hasDraft: ({ draft }) => draft !== null,
  lock: needs.lock,
  differing: async (tx, ctx, segment, versions) => {
    const users = await ofAll(needs, (reader) => reader.usersOf(tx, segment.name));
    const saying = (version: number | null) => conditionSaid(segment, versions, version);
    return (before, after) => diffSegment(saying(before), saying(after), users, { lang: ctx.language, currency: tx.program.currency });
  },
  check: async (tx, segment, versions, version) => {
    if (segment.archived) refuse('segment_archived');
    // Conditions were looked at when they were saved; what asks for the segment may have come since.
    for (const reader of needs.readers) await reader.assertFits?.(tx, segment.name, conditionSaid(segment, versions, version));
  },
  writeVersion: async (tx, segment, versions, from, written) => {
    await store.insertVersion(tx, { segmentId: segment.id, condition: conditionSaid(segment, versions, from), ...written });
    return {};
  },
  save: (tx, segment, draft) => store.saveSegment(tx, draft === 'gone' ? { ...segment, draft: null } : segment),
  follow: async (tx, { name }, from) => { for (const reader of needs.readers) await reader.follow(tx, name, from); },
  told: ({ name }) => ({ name }),
});
