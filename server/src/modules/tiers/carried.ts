import type { Instant } from '@wracam/engine/calendar';
import { compileLadders, type CompiledLadder, type TierVersion } from '@wracam/engine/tiers/ladder';
import { giveByHand, levelCode, type TierGrant } from '@wracam/engine/tiers/held';
import { addUp, unpackActivity, type DayActivity } from '@wracam/engine/tiers/activity';
import { heldOn, isIdle, standingFrom, stateOn, type Standing, type Standings } from './standings.ts';

/** A ladder as it was published: from that instant on bookings know of it. */
export type PublishedLadder = TierVersion & { readonly publishedAt: Instant };

/**
 * Levels carried through history in memory, document by document, by the very code that keeps them live. Days of members are kept from the start,
 * as they are told from documents when a ladder comes.
 */
export type CarriedLevels = { readonly carried: true; ladders: readonly CompiledLadder[]; readonly byMember: Map<number, Standing> };

export const carryLevels = (): CarriedLevels => ({ carried: true, ladders: [], byMember: new Map() });

export const carryMember = ({ byMember }: Standings, memberId: number): void => { byMember.set(memberId, standingFrom(memberId, true, null, null)); };

type Wallets = Parameters<typeof compileLadders>[1];
/** From now on these versions are all that were published. */
export function followLadders(levels: CarriedLevels, versions: readonly PublishedLadder[], wallets: Wallets): void {
  levels.ladders = compileLadders(versions, wallets);
}

/** Remembers the standing of a day, after a document or a change of what was given, so that the next day need not be told from the beginning. */
export function bringLevel(levels: Standings, memberId: number, day: number): void {
  const standing = levels.byMember.get(memberId);
  if (!standing || (standing.stored === null && isIdle(standing))) return;
  const state = stateOn(levels, standing, day);
  if (state) standing.stored = { memberId, state, level: null, until: null, given: standing.given, changes: 0 };
  standing.replay = standing.lowered = false;
}

/** A level is given by hand on a day, or (null) taken back. */
export function grantLevel(levels: Standings, memberId: number, grant: TierGrant | null, day: number): void {
  const standing = levels.byMember.get(memberId);
  if (standing) standing.given = giveByHand(standing.given, grant, day);
}

/** Code of the level a member has on a day; null: none. */
export function carriedLevel(levels: CarriedLevels, memberId: number, day: number): string | null {
  const standing = levels.byMember.get(memberId);
  return standing ? levelCode(heldOn(levels, standing, day)) : null;
}

/** What a member did by day, all of it. */
export function carriedDays(levels: CarriedLevels, memberId: number): DayActivity[] {
  const standing = levels.byMember.get(memberId);
  return standing ? addUp(unpackActivity(standing.packed), standing.added) : [];
}
