import type { Instant } from '@wracam/engine/calendar';
import type { Condition } from '@wracam/engine/conditions';
import { inForceBetween } from '@wracam/engine/in-force';
import { validateSegment, type SegmentVersion } from '@wracam/engine/segments';
import { act, audit } from '../../platform/act.ts';
import { writeActor } from '../../platform/actor.ts';
import type { ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { refuse } from '../../platform/refusal.ts';
import { atRevision } from '../programs/index.ts';
import * as store from './store.ts';

const sgm = (deps: Deps, id: number) => deps.publicIds.encode('sgm', id);

/** Refuses a condition that the engine would not decide by, with every fault and where it is. */
export function checkSegment(ctx: Ctx, condition: Condition, pointer = '/condition'): void {
  const faults = validateSegment(condition, pointer);
  if (faults.length > 0) refuse('invalid_request', {}, faults.map((fault) => ({ pointer: fault.pointer, detail: fault.words[ctx.language] })));
}

/** Makes a segment with its first version, in force at once: no rule can name it yet. Refuses `segment_exists`. */
export const createSegment = (deps: Deps, ctx: Ctx, name: string, condition: Condition) => act(deps, ctx, async (tx) => {
  checkSegment(ctx, condition);
  const [id] = await deps.ids.take(1);
  const { now } = tx.program;
  if (!await store.insertSegment(tx, id!, name)) refuse('segment_exists', {}, [{ pointer: '/name', detail: name }]);
  await store.insertVersion(tx, { segmentId: id!, version: 1, condition, publishedAt: now, publishedBy: writeActor(ctx.actor), inForceFrom: now });
  await audit(deps, tx, ctx, 'segment.created', sgm(deps, id!), { name });
  return id!;
});

/** Keeps another condition as a draft; what is published goes on, and what waited for another person ends. Refuses `rule_changed_meanwhile` and `segment_archived`. */
export const saveSegmentDraft = (deps: Deps, ctx: Ctx, id: number, input: { revision: number; condition: Condition }) => act(deps, ctx, async (tx) => {
  checkSegment(ctx, input.condition);
  const segment = atRevision(await store.findSegmentForUpdate(tx, id), input.revision);
  if (segment.archived) refuse('segment_archived');
  await store.saveSegment(tx, { ...segment, revision: segment.revision + 1, draft: input.condition, proposal: null });
  await audit(deps, tx, ctx, 'segment.drafted', sgm(deps, id), { name: segment.name });
  return id;
});

/** Names of rules and goals that ask for a segment and have not ended, drafts included. */
export type SegmentNaming = (tx: ProgramTx, name: string) => Promise<readonly string[]>;

/** Takes a segment off the list, or puts it back. Refuses `segment_in_use` while a rule or a goal asks for it. Nothing happens where it stands so already. */
export const archiveSegment = (deps: Deps, ctx: Ctx, id: number, archived: boolean, naming: SegmentNaming) => act(deps, ctx, async (tx) => {
  const segment = await store.findSegmentForUpdate(tx, id) ?? refuse('not_found');
  if (segment.archived === archived) return id;
  const [rule] = archived ? await naming(tx, segment.name) : [];
  if (rule !== undefined) refuse('segment_in_use', { rule });
  await store.saveSegment(tx, { ...segment, archived });
  await audit(deps, tx, ctx, archived ? 'segment.archived' : 'segment.restored', sgm(deps, id), { name: segment.name });
  return id;
});

export const versionsOfSegment = async (tx: ProgramTx, id: number): Promise<store.SegmentVersionRow[]> => (await store.listVersions(tx)).filter((one) => one.segmentId === id);

/** The version in force at an instant; the first one is from the very beginning of its segment. */
export const segmentVersionAt = <V extends { readonly inForceFrom: Instant }>(versions: readonly V[], at: Instant): V | null => inForceBetween(versions, at, Infinity)[0] ?? null;

/** A version of a segment from the day on which it is in force. */
export type DatedSegment = SegmentVersion & { readonly inForceFrom: Instant };
/** Versions in the order of publication. */
export type KnownSegment = { readonly id: number; readonly archived: boolean; readonly versions: readonly DatedSegment[] };

/** Every segment by its name, archived ones too: rules of the past name them. */
export async function segmentsByName(tx: ProgramTx): Promise<ReadonlyMap<string, KnownSegment>> {
  const versions = await store.listVersions(tx);
  return new Map((await store.listSegments(tx)).map(({ id, name, archived }) => [name, { id, archived, versions: versions.filter((one) => one.segmentId === id) }]));
}

export type SegmentDraft = { readonly id: number; readonly name: string; readonly condition: Condition };

/** The drafts of these segments. Refuses `not_found` and, where one has no draft, `nothing_to_publish`. */
export async function segmentDrafts(tx: ProgramTx, ids: readonly number[]): Promise<SegmentDraft[]> {
  const found: SegmentDraft[] = [];
  for (const id of new Set(ids)) {
    const { name, draft } = await store.findSegment(tx, id) ?? refuse('not_found');
    found.push({ id, name, condition: draft ?? refuse('nothing_to_publish') });
  }
  return found;
}
