import type { Condition } from '@wracam/engine/conditions';
import type { MemberFacts } from '@wracam/engine/facts';
import { segmentTest, validateSegment, type SegmentVersion } from '@wracam/engine/segments';
import { act, audit } from '../../platform/act.ts';
import { writeActor } from '../../platform/actor.ts';
import type { ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { refuse } from '../../platform/refusal.ts';
import { countMembers, memberPage } from '../ledger/index.ts';
import { memberRows, shownTo } from '../members/index.ts';
import { getProgram } from '../programs/index.ts';
import * as store from './store.ts';

/** What this room needs from those above. */
export type SegmentNeeds = {
  /** Rules and goals in force that name the segment go by its new version from now on. The name of one; null: there is none. */
  readonly republish: (tx: ProgramTx, name: string) => Promise<string | null>;
  /** Names of rules and goals that ask for the segment and have not ended, drafts included. */
  readonly rulesNaming: (tx: ProgramTx, name: string) => Promise<readonly string[]>;
  /** Members as a purchase of this very moment would find them, as far as a condition asks; without locks. */
  readonly factsOfMembers: (deps: Deps, tx: ProgramTx, ids: readonly number[], asked: Condition) => Promise<readonly MemberFacts[]>;
};

const sgm = (deps: Deps, id: number) => deps.publicIds.encode('sgm', id);

/** Refuses a condition that the engine would not decide by, with every fault and where it is. */
function checkSegment(ctx: Ctx, condition: Condition): void {
  const faults = validateSegment(condition);
  if (faults.length > 0) refuse('invalid_request', {}, faults.map((fault) => ({ pointer: fault.pointer, detail: fault.words[ctx.language] })));
}

/** Makes a segment with its first version. Refuses `segment_exists`. */
export const createSegment = (deps: Deps, ctx: Ctx, name: string, condition: Condition) => act(deps, ctx, async (tx) => {
  checkSegment(ctx, condition);
  const [id] = await deps.ids.take(1);
  if (!await store.insertSegment(tx, id!, name)) refuse('segment_exists', {}, [{ pointer: '/name', detail: name }]);
  await store.insertVersion(tx, id!, 1, condition, writeActor(ctx.actor));
  await audit(deps, tx, ctx, 'segment.created', sgm(deps, id!), { name });
  return id!;
});

/**
 * A change works at once in rules that run, and who fell out of the segment gets less by it: so it keeps the program's notice unless somebody
 * confirms it (`despite`), and never goes past the second person who approves rules.
 */
async function assertMayChangeRule(tx: ProgramTx, rule: string, despite: boolean): Promise<void> {
  const { secondPerson, noticeDays } = await getProgram(tx);
  if (secondPerson) refuse('segment_needs_approval', { rule });
  if (noticeDays > 0 && !despite) refuse('segment_unannounced', { rule, days: noticeDays });
}

/** A new version with another condition. Refuses when somebody changed the segment since `version` was read, and what `assertMayChangeRule` does. */
export const changeSegment = (deps: Deps, ctx: Ctx, id: number, input: { version: number; condition: Condition; despiteNotice: boolean }, needs: SegmentNeeds) => act(deps, ctx, async (tx) => {
  checkSegment(ctx, input.condition);
  const segment = await store.findSegmentForUpdate(tx, id) ?? refuse('not_found');
  if (segment.version !== input.version) refuse('rule_changed_meanwhile');
  if (segment.archived) refuse('segment_archived');
  const version = segment.version + 1;
  await store.insertVersion(tx, id, version, input.condition, writeActor(ctx.actor));
  await store.saveSegment(tx, { ...segment, version });
  const rule = await needs.republish(tx, segment.name);
  if (rule !== null) await assertMayChangeRule(tx, rule, input.despiteNotice);
  await audit(deps, tx, ctx, 'segment.changed', sgm(deps, id), { name: segment.name, version });
  return id;
});

/** Takes a segment off the list, or puts it back. Refuses `segment_in_use` while a rule or a goal asks for it. Nothing happens where it stands so already. */
export const archiveSegment = (deps: Deps, ctx: Ctx, id: number, archived: boolean, needs: SegmentNeeds) => act(deps, ctx, async (tx) => {
  const segment = await store.findSegmentForUpdate(tx, id) ?? refuse('not_found');
  if (segment.archived === archived) return id;
  const [rule] = archived ? await needs.rulesNaming(tx, segment.name) : [];
  if (rule !== undefined) refuse('segment_in_use', { rule });
  await store.saveSegment(tx, { ...segment, archived });
  await audit(deps, tx, ctx, archived ? 'segment.archived' : 'segment.restored', sgm(deps, id), { name: segment.name });
  return id;
});

/** Every segment by its name, archived ones too: rules of the past name them. */
export const segmentsByName = async (tx: ProgramTx): Promise<ReadonlyMap<string, SegmentVersion & { readonly archived: boolean }>> =>
  new Map((await store.listSegments(tx)).map((one) => [one.name, one]));

/** Members looked at in one request: a fraction of a second where only their own rows are read. */
const EXAMINED = 5_000;
/** Where a condition looks back at purchases, each with its lines. */
const EXAMINED_WITH_PAST = 1_000;
/** Rows of one statement. */
const PAGE = 1_000;

type Part = { readonly found: readonly number[]; readonly examined: number; /** The last member looked at; null: that was everybody. */ readonly next: number | null };

/** Members in a segment, in the order of ids, among the next ones; no more than `most` of them. Closed accounts are nobody's. */
async function lookThrough(deps: Deps, tx: ProgramTx, condition: Condition, after: number, most: number, needs: SegmentNeeds): Promise<Part> {
  const isIn = segmentTest(condition, tx.program.timeZone, tx.program.now);
  const end = /"history\.(days\.|category"|sku")/.test(JSON.stringify(condition)) ? EXAMINED_WITH_PAST : EXAMINED;
  const found: number[] = [];
  let examined = 0;
  for (let last = after; examined < end;) {
    const ids = (await memberPage(tx, last, PAGE, Infinity)).map((one) => one.memberId);
    const facts = await needs.factsOfMembers(deps, tx, ids, condition);
    for (const [at, id] of ids.entries()) {
      examined += 1;
      if (isIn(facts[at]!)) found.push(id);
      if (found.length === most) return { found, examined, next: id };
    }
    if (ids.length < PAGE) return { found, examined, next: null };
    last = ids.at(-1)!;
    if (examined >= end) return { found, examined, next: last };
  }
  return { found, examined, next: null };
}

/** How many of the next members a condition holds for. */
export async function countSegment(deps: Deps, ctx: Ctx, condition: Condition, after: number, needs: SegmentNeeds) {
  checkSegment(ctx, condition);
  return deps.db.readProgram(ctx.programId, async (tx) => {
    const { found, examined, next } = await lookThrough(deps, tx, condition, after, Infinity, needs);
    return { members: found.length, examined, next, total: after === 0 ? await countMembers(tx) : null };
  });
}

/** Members in a segment, among the next ones. */
export const listMembersOf = (deps: Deps, ctx: Ctx, id: number, after: number, limit: number, needs: SegmentNeeds) => deps.db.readProgram(ctx.programId, async (tx) => {
  const { condition } = await store.findSegment(tx, id) ?? refuse('not_found');
  const { found, examined, next } = await lookThrough(deps, tx, condition, after, limit, needs);
  return { items: (await memberRows(tx, deps, found)).map((one) => shownTo(ctx, one)), examined, next };
});
