import { dateOf, dayNumberOf, localDate, type LocalDate } from '@wracam/engine/calendar';
import { giveByHand, grantOn, type TierGrant } from '@wracam/engine/tiers/held';
import { ladderOn, validateLadder, type TierLadder } from '@wracam/engine/tiers/ladder';
import { writeActor } from '../../platform/actor.ts';
import { announce, act, audit } from '../../platform/act.ts';
import type { ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { refuse } from '../../platform/refusal.ts';
import { assertActive, lockMembers, newWorkingSet } from '../ledger/index.ts';
import { walletsOf } from '../programs/index.ts';
import { scheduleRecount } from './jobs.ts';
import { laddersOf } from './ladders.ts';
import { dayOf, openStandings, type ActivityOf } from './standings.ts';
import * as store from './store.ts';
import { writesOfStandings } from './writes.ts';

/** A ladder may be planned this far ahead. */
const PLAN_DAYS_MAX = 730;

async function checkLadder(tx: ProgramTx, ctx: Ctx, definition: TierLadder): Promise<void> {
  const faults = validateLadder(definition, { wallets: (await walletsOf(tx)).map((wallet) => wallet.code) });
  if (faults.length > 0) refuse('invalid_request', {}, faults.map((fault) => ({ pointer: `/definition${fault.pointer}`, detail: fault.words[ctx.language] })));
}

/** Keeps a draft; what is published goes on as it is. `revision`: 0 for the first. Refuses `rule_changed_meanwhile`. */
export const saveTierDraft = (deps: Deps, ctx: Ctx, revision: number, definition: TierLadder) => act(deps, ctx, async (tx) => {
  const before = await store.findLadderForUpdate(tx);
  if ((before?.revision ?? 0) !== revision) refuse('rule_changed_meanwhile');
  await checkLadder(tx, ctx, definition);
  await store.saveLadder(tx, { revision: revision + 1, draft: definition });
  await audit(deps, tx, ctx, 'tiers.drafted', null, { levels: definition.levels.map((level) => level.code) });
});

/** Publishes the draft, in force from the start of a local day, and has everybody looked at. `republish` writes the ruleset by which every process sees it. */
export const publishTiers = (deps: Deps, ctx: Ctx, input: { revision: number; effectiveOn?: LocalDate | undefined }, republish: (tx: ProgramTx) => Promise<void>) => act(deps, ctx, async (tx) => {
  const before = await store.findLadderForUpdate(tx) ?? refuse('not_found');
  if (before.revision !== input.revision) refuse('rule_changed_meanwhile');
  if (before.draft === null) refuse('tiers_nothing_to_publish');
  await checkLadder(tx, ctx, before.draft);
  await publishLadder(tx, before.draft, input.effectiveOn, writeActor(ctx.actor), before.revision, republish);
  await audit(deps, tx, ctx, 'tiers.published', null, { levels: before.draft.levels.map((level) => level.code) });
  await announce(deps, tx, ctx.programId, 'tiers.published', '');
});

async function publishLadder(tx: ProgramTx, definition: TierLadder, from: LocalDate | undefined, by: string, revision: number, republish: (tx: ProgramTx) => Promise<void>): Promise<void> {
  const today = localDate(tx.program.timeZone, tx.program.now);
  const effectiveOn = from ?? today;
  if (effectiveOn < today || dayNumberOf(effectiveOn) > dayNumberOf(today) + PLAN_DAYS_MAX) refuse('rule_starts_in_past');
  const versions = await store.listVersions(tx);
  await store.insertVersion(tx, { no: versions.length + 1, effectiveOn, publishedAt: tx.program.now, publishedBy: by, definition });
  await store.saveLadder(tx, { revision: revision + 1, draft: null });
  await republish(tx);
  await scheduleRecount(tx);
}

/** The ladder a program starts with: the demo's. In force from its first day. */
export async function startTiers(tx: ProgramTx, definition: TierLadder, republish: (tx: ProgramTx) => Promise<void>): Promise<void> {
  await store.saveLadder(tx, { revision: 1, draft: null });
  await publishLadder(tx, definition, undefined, 'system:', 1, republish);
}

async function changeGrant(deps: Deps, tx: ProgramTx, ctx: Ctx, memberId: number, activityOf: ActivityOf, reason: string, grant: TierGrant | null): Promise<void> {
  const ladders = await laddersOf(deps.db, tx) ?? refuse('tiers_none');
  const set = newWorkingSet(tx.program.id, tx.program.purgeable, tx.program.now);
  await lockMembers(tx, set, [memberId]);
  const member = set.members.get(memberId) ?? refuse('member_unknown');
  assertActive(member);
  const today = dayOf(tx.program.timeZone, tx.program.now);
  const ladder = ladderOn(ladders, today) ?? refuse('tiers_none');
  if (grant && !ladder.ladder.levels.some((one) => one.code === grant.level)) refuse('tier_unknown', { tier: grant.level });
  const standings = await openStandings(tx, ladders, [member], activityOf);
  const standing = standings.byMember.get(memberId)!;
  if (grant === null && grantOn(standing.given, today) === null) refuse('tier_not_granted');
  standing.given = giveByHand(standing.given, grant, today);
  const kind = grant ? 'granted' : 'revoked';
  const { writes } = await writesOfStandings(deps, tx, standings, today, { up: kind, down: kind, actor: ctx.actor, note: reason });
  await tx.send(writes);
  await audit(deps, tx, ctx, `tier.${kind}`, deps.publicIds.encode('mem', memberId), { level: grant?.level ?? null, until: grant === null || grant.until === null ? null : dateOf(grant.until) });
}

type GrantInput = { readonly level: string; readonly until?: LocalDate | null | undefined; readonly reason: string };

/** Gives a level by hand through a day, or without an end. A better level that the measure gives stays. */
export const grantTier = (deps: Deps, ctx: Ctx, resolve: (tx: ProgramTx) => Promise<number>, activityOf: ActivityOf, input: GrantInput) => act(deps, ctx, async (tx) => {
  const until = typeof input.until === 'string' ? dayNumberOf(input.until) : null;
  if (until !== null && until < dayOf(tx.program.timeZone, tx.program.now)) refuse('tier_grant_ended', {}, [{ pointer: '/until', detail: input.until! }]);
  const memberId = await resolve(tx);
  await changeGrant(deps, tx, ctx, memberId, activityOf, input.reason, { level: input.level, until });
  return memberId;
});

/** Takes the grant back: the level is what the measure gives. Refuses `tier_not_granted`. */
export const revokeTier = (deps: Deps, ctx: Ctx, resolve: (tx: ProgramTx) => Promise<number>, activityOf: ActivityOf, reason: string) => act(deps, ctx, async (tx) => {
  const memberId = await resolve(tx);
  await changeGrant(deps, tx, ctx, memberId, activityOf, reason, null);
  return memberId;
});
