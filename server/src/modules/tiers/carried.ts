import type { Instant } from '@wracam/engine/calendar';
import { compileLadders, type CompiledLadder, type TierVersion } from '@wracam/engine/tiers/ladder';
import { levelCode, type TierGrant, type TierState } from '@wracam/engine/tiers/standing';
import { heldOn, isAsStored, isIdle, standingFrom, stateOn, type Standing, type Standings } from './standings.ts';

/** A ladder as it was published: from that instant on bookings know of it. */
export type PublishedLadder = TierVersion & { readonly publishedAt: Instant };

/**
 * Levels carried through history in memory, document by document, by the very code that keeps them live: what stands as stored of a member is
 * the state after their last document. Days of members are kept from the start, as they are told from documents when a ladder comes.
 */
export type CarriedLevels = { readonly carried: true; ladders: readonly CompiledLadder[]; readonly byMember: Map<number, Standing> };

export const carryLevels = (): CarriedLevels => ({ carried: true, ladders: [], byMember: new Map() });

export const carryMember = ({ byMember }: Standings, memberId: number): void => { byMember.set(memberId, standingFrom(memberId, true, null, null)); };

type Wallets = Parameters<typeof compileLadders>[1];
/** From now on these versions are all that were published. */
export function followLadders(levels: CarriedLevels, versions: readonly PublishedLadder[], wallets: Wallets): void {
  levels.ladders = compileLadders(versions, wallets);
}

/**
 * Brings what stands as stored to a day: before a document, as the nights before it did, and after it, as its commit did. As there, a state
 * that says nothing new is not stored, so a late document is decided by the level of its own day.
 */
export function bringLevel(levels: Standings, memberId: number, day: number): void {
  const standing = levels.byMember.get(memberId);
  if (!standing || (standing.stored === null && standing.grant === null && isIdle(standing))) return;
  const grantEnd = standing.grant?.until ?? null;
  // The night after a grant writes that it is over.
  if (!standing.replay && grantEnd !== null && standing.stored !== null && standing.stored.state.checkedOn <= grantEnd && grantEnd < day) lookUntil(levels, standing, grantEnd + 1);
  lookUntil(levels, standing, day);
  // A grant that is over is forgotten, also for documents of its days that come late.
  if (grantEnd !== null && grantEnd < day) standing.grant = null;
  standing.replay = standing.lowered = false;
}

function lookUntil(levels: Standings, standing: Standing, day: number): void {
  // Told from the beginning, only the outcome is new.
  const state = stateOn(levels, standing, day, false, standing.replay ? undefined : (look) => store(standing, look));
  if (state) store(standing, state);
}

function store(standing: Standing, state: TierState): void {
  const { memberId, stored } = standing;
  const grant = standing.grant !== null && standing.grant.until !== null && standing.grant.until < state.checkedOn ? null : standing.grant;
  if (stored === null || !isAsStored(stored, state, grant)) standing.stored = { memberId, state, level: null, until: null, grant, changes: 0 };
}

/** A level is given by hand on a day, or (null) taken back. */
export function grantLevel(levels: Standings, memberId: number, grant: TierGrant | null, day: number): void {
  const standing = levels.byMember.get(memberId);
  if (!standing) return;
  bringLevel(levels, memberId, day);
  standing.grant = grant;
  bringLevel(levels, memberId, day);
}

/** Code of the level a member has on a day; null: none. */
export function carriedLevel(levels: CarriedLevels, memberId: number, day: number): string | null {
  const standing = levels.byMember.get(memberId);
  return standing ? levelCode(heldOn(levels, standing, day)) : null;
}
