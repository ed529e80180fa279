import { dateOf, dayNumberOf, type LocalDate } from '@wracam/engine/calendar';
import { giveByHand, grantOn, type TierGrant } from '@wracam/engine/tiers/held';
import { ladderOn } from '@wracam/engine/tiers/ladder';
import { act, audit } from '../../platform/act.ts';
import type { ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { refuse } from '../../platform/refusal.ts';
import { assertActive, lockMembers, newWorkingSet, touchingMembers } from '../ledger/index.ts';
import { isFollowed } from '../programs/index.ts';
import { laddersOf } from './ladders.ts';
import { dayOf, openStandings, type ActivityOf } from './standings.ts';
import { writesOfStandings } from './writes.ts';

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
  await tx.send([...writes, ...(await isFollowed(tx) ? touchingMembers(tx.program, [memberId]) : [])]);
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
