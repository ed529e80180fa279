import { addDays, localDate, startOfLocalDay, type Instant } from '@wracam/engine/calendar';
import { inForceBetween, withdrawnFrom } from '@wracam/engine/in-force';
import { mayWorsen, worseSentence, worst, type RuleChangeLine } from '@wracam/engine/rule-difference';
import { formatDate } from '@wracam/engine/words';
import { makerOf } from '../../platform/act.ts';
import { readActor, writeActor } from '../../platform/actor.ts';
import type { ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { refuse } from '../../platform/refusal.ts';
import { iso } from '../../platform/iso.ts';
import { getProgram } from './store.ts';

/** A minute of grace: the panel's "now" was read before the request travelled. */
const GRACE_MS = 60_000;

/** What is to be published: a version that comes back as a new one, or the draft (null); from when (null: at once). */
export type Wish = { readonly version: number | null; readonly inForceFrom: Instant | null; readonly despiteNotice: boolean };
/** A publication that waits for another person. */
export type Proposal = Wish & { readonly by: string; readonly at: Instant };
/** As a request asks for it. */
export type AskedPublication = { readonly revision: number; readonly version?: number | undefined; readonly inForceFrom?: string | undefined; readonly despiteNotice?: boolean | undefined };

/** Something with one draft and numbered versions that a program changes with notice and, where it asks for it, by two people. Read under its lock. */
export type Publishable = {
  readonly revision: number;
  readonly hasDraft: boolean;
  readonly proposal: Proposal | null;
  /** In the order of publication. */
  readonly versions: readonly { readonly version: number; readonly inForceFrom: Instant }[];
  /** May members get less when a version gives way to another, or to the draft (null)? */
  readonly mayWorsen: (before: number, after: number | null) => Promise<boolean>;
  /** Refuses what cannot be published now: an older version, or the draft (null), was right in its day. */
  readonly check: (version: number | null) => Promise<void>;
  /** Keeps or drops what waits for another person, under the next revision. */
  readonly keepProposal: (proposal: Proposal | null) => Promise<void>;
  /** Makes the draft or an older version the newest version, under the next revision. */
  readonly publish: (wish: Wish, from: Instant, by: string) => Promise<void>;
  /** Writes the audit trail. */
  readonly tell: (step: 'proposed' | 'approved' | 'declined', wish: Wish) => Promise<void>;
};

/** How many days before it a program gives notice of what may take something from members, and the first instant that keeps it. */
export async function noticeOf(tx: ProgramTx): Promise<{ noticeDays: number; earliest: Instant; earliestOn: string }> {
  const { noticeDays } = await getProgram(tx);
  const { timeZone, now } = tx.program;
  const earliestOn = addDays(localDate(timeZone, now), noticeDays);
  return { noticeDays, earliestOn, earliest: noticeDays > 0 ? startOfLocalDay(timeZone, earliestOn) : now };
}

/** Refuses `notice_too_short` for a change that may take something from members and begins before the program's notice is over. */
export async function assertNotice(tx: ProgramTx, ctx: Pick<Ctx, 'language'>, from: Instant): Promise<void> {
  const { noticeDays, earliest, earliestOn } = await noticeOf(tx);
  if (from < earliest) refuse('notice_too_short', { days: noticeDays, earliest: formatDate(earliestOn, ctx.language) });
}

/** Refuses a beginning that is over: `rule_starts_in_past`. */
export function assertNotPast(tx: ProgramTx, inForceFrom: Instant | null): void {
  if (inForceFrom !== null && inForceFrom < tx.program.now - GRACE_MS) refuse('rule_starts_in_past');
}

/** Refuses the very person who proposed, also by way of a key that this person made, and keys: `approval_not_yours`. */
export async function assertOtherPerson(deps: Pick<Deps, 'publicIds'>, tx: ProgramTx, ctx: Ctx, by: string): Promise<void> {
  if (ctx.actor.kind !== 'staff' || writeActor(await makerOf(deps, tx, readActor(by))) === writeActor(ctx.actor)) refuse('approval_not_yours');
}

export const wishOf = (asked: AskedPublication): Wish => ({ version: asked.version ?? null, inForceFrom: asked.inForceFrom === undefined ? null : Date.parse(asked.inForceFrom), despiteNotice: asked.despiteNotice ?? false });

export const beginningOf = (tx: ProgramTx, { inForceFrom }: Pick<Wish, 'inForceFrom'>): Instant => Math.max(inForceFrom ?? 0, tx.program.now);

function assertRevision(thing: Publishable, revision: number): void {
  if (thing.revision !== revision) refuse('rule_changed_meanwhile');
}

async function assertPossible(tx: ProgramTx, ctx: Ctx, thing: Publishable, wish: Wish): Promise<void> {
  if (wish.version === null && !thing.hasDraft) refuse('nothing_to_publish');
  if (wish.version !== null && !thing.versions.some((one) => one.version === wish.version)) refuse('not_found');
  await thing.check(wish.version);
  if (wish.despiteNotice) return;
  await assertNoticeOfAll(tx, ctx, thing.versions, beginningOf(tx, wish), (before) => thing.mayWorsen(before.version, wish.version));
}

/** Refuses `notice_too_short` also against what was promised for the days to come: a planned change for the better cannot be taken back without notice. */
export async function assertNoticeOfAll<V extends { readonly inForceFrom: Instant }>(tx: ProgramTx, ctx: Pick<Ctx, 'language'>, versions: readonly V[], from: Instant, worse: (before: V) => boolean | Promise<boolean>): Promise<void> {
  for (const before of inForceBetween(versions, from, (await noticeOf(tx)).earliest)) {
    if (await worse(before)) await assertNotice(tx, ctx, from);
  }
}

/**
 * Publishes the draft or an older version, or keeps the wish for another person where the program asks for two. Refuses `rule_changed_meanwhile`,
 * `rule_starts_in_past`, `nothing_to_publish`, `not_found` (the version), `notice_too_short` and what the thing itself refuses.
 */
export async function publishOrPropose(tx: ProgramTx, ctx: Ctx, thing: Publishable, asked: AskedPublication): Promise<void> {
  assertRevision(thing, asked.revision);
  const wish = wishOf(asked);
  assertNotPast(tx, wish.inForceFrom);
  await assertPossible(tx, ctx, thing, wish);
  const by = writeActor(ctx.actor);
  if (!(await getProgram(tx)).secondPerson) return thing.publish(wish, beginningOf(tx, wish), by);
  await thing.keepProposal({ ...wish, by, at: tx.program.now });
  await thing.tell('proposed', wish);
}

/** Publishes what another person proposed, in that person's name. Refuses `approval_not_yours` and what publishing refuses. */
export async function approveProposed(deps: Pick<Deps, 'publicIds'>, tx: ProgramTx, ctx: Ctx, thing: Publishable, revision: number): Promise<void> {
  assertRevision(thing, revision);
  const proposal = thing.proposal ?? refuse('nothing_to_approve');
  await assertOtherPerson(deps, tx, ctx, proposal.by);
  await assertPossible(tx, ctx, thing, proposal);
  await thing.tell('approved', proposal);
  await thing.publish(proposal, beginningOf(tx, proposal), proposal.by);
}

/** Drops what waits for another person; the draft stays. */
export async function declineProposed(thing: Publishable, revision: number): Promise<void> {
  assertRevision(thing, revision);
  const proposal = thing.proposal ?? refuse('nothing_to_approve');
  await thing.keepProposal(null);
  await thing.tell('declined', proposal);
}

/** Which versions to compare (`from`: none, what will be in force from `inForceFrom`; `to`: none, the draft). */
export type Comparison = { readonly from?: number | undefined; readonly to?: number | undefined; readonly inForceFrom?: string | undefined };
type Dated = { readonly version: number; readonly inForceFrom: Instant };

/**
 * What is published from an instant on would change for members, and which planned versions it would withdraw. Compared as publishing compares: with
 * what is in force then and with what is promised for the days of the notice; of several differences the one by which somebody may lose is told.
 */
export async function differenceFrom<V extends Dated>(tx: ProgramTx, ctx: Pick<Ctx, 'language'>, versions: readonly V[], asked: string | undefined, diff: (before: V) => RuleChangeLine[] | Promise<RuleChangeLine[]>) {
  const from = beginningOf(tx, { inForceFrom: asked === undefined ? null : Date.parse(asked) });
  const differences: RuleChangeLine[][] = [];
  for (const before of inForceBetween(versions, from, (await noticeOf(tx)).earliest)) differences.push(await diff(before));
  const changes = worst(differences);
  return { ...await differenceView(tx, ctx, changes), withdraws: withdrawnFrom(versions, from, tx.program.now).map(({ version, inForceFrom }) => ({ version, inForceFrom: iso(inForceFrom) })) };
}

/** A difference as the contract shows it; `earliest`: when it may be in force with the program's notice. */
export async function differenceView(tx: ProgramTx, ctx: Pick<Ctx, 'language'>, changes: RuleChangeLine[]) {
  const { noticeDays, earliest } = await noticeOf(tx);
  return { changes, worse: worseSentence(changes, ctx.language), noticeDays, earliest: iso(mayWorsen(changes) ? earliest : tx.program.now), withdraws: [] as { version: number; inForceFrom: string }[] };
}

