import { calendarParts } from '@wracam/engine/calendar';
import { addUp, NO_BUCKETS, packActivity, readBuckets, unpackActivity, type Buckets, type DayActivity } from '@wracam/engine/tiers/activity';
import { ladderOn, levelAt, type CompiledLadder } from '@wracam/engine/tiers/ladder';
import { progressOf } from '@wracam/engine/tiers/progress';
import { leaveLevels, levelCode, levelHeld, shortened, type GivenLevel, type HeldLevel } from '@wracam/engine/tiers/held';
import { standingOn, type TierState } from '@wracam/engine/tiers/standing';
import type { ProgramTx } from '../../platform/db.ts';
import * as store from './store.ts';
import type { ChangeReason, NewChange, TierRow } from './store.ts';

/** What one transaction knows of a member's level: what is stored, and what it adds. */
export type Standing = {
  readonly memberId: number;
  /** Is what the member does kept by day already. */
  readonly counted: boolean;
  packed: Uint8Array;
  /** Its state is only remembered: told from the beginning it would be the same. */
  stored: TierRow | null;
  /** Levels besides what the measure gives: by hand, or left by returns. */
  given: readonly GivenLevel[];
  added: DayActivity[];
  /** The past changed, so the standing is told from the beginning. */
  replay: boolean;
  activityChanged: boolean;
  /** Something was taken back. */
  lowered: boolean;
  buckets: Map<number, Buckets>;
};
export type Standings = { readonly ladders: readonly CompiledLadder[]; readonly byMember: Map<number, Standing>; /** Carried through history in memory: what is stored of a member stands where history does. */ readonly carried?: true };

/** What members did, from their documents: asked once a member, when the program gets its ladder or the member their first purchase. */
export type ActivityOf = (tx: ProgramTx, memberIds: readonly number[]) => Promise<ReadonlyMap<number, readonly DayActivity[]>>;

const EMPTY = packActivity([]);

/** Reads what is known of members. To change anything the caller holds their locks. */
export async function openStandings(tx: ProgramTx, ladders: readonly CompiledLadder[], members: readonly { readonly memberId: number; readonly counted: boolean }[], activityOf: ActivityOf): Promise<Standings> {
  const byMember = new Map<number, Standing>();
  if (members.length === 0) return { ladders, byMember };
  const rows = await store.readStandings(tx, members.map((one) => one.memberId));
  const fresh = members.filter((one) => !one.counted).map((one) => one.memberId);
  const told = fresh.length === 0 ? new Map<number, readonly DayActivity[]>() : await activityOf(tx, fresh);
  for (const { memberId, counted } of members) {
    const row = rows.get(memberId);
    const days = told.get(memberId);
    byMember.set(memberId, standingFrom(memberId, counted, counted ? row?.days ?? null : days === undefined || days.length === 0 ? null : packActivity(days), row?.tier ?? null));
  }
  return { ladders, byMember };
}

export const standingFrom = (memberId: number, counted: boolean, days: Uint8Array | null, tier: TierRow | null): Standing => ({
  memberId, counted, packed: days ?? EMPTY, stored: tier, given: tier?.given ?? [], added: [], replay: false, activityChanged: !counted && days !== null, lowered: false, buckets: new Map(),
});

/** Something happened on a day, or, with minus signs, was taken back. `today` tells whether it changes the past. */
export function countDay(standings: Standings, memberId: number, activity: DayActivity, today: number): void {
  const standing = standings.byMember.get(memberId);
  if (!standing) return;
  const lowers = activity.spentMinor < 0 || activity.sales < 0 || activity.points.some(([, points]) => points < 0);
  const ladder = ladderOn(standings.ladders, today);
  const before = lowers && ladder?.ladder.returns === 'keepLevel' ? stateOn(standings, standing, today) : null;
  standing.added.push(activity);
  standing.buckets.clear();
  if (lowers) standing.lowered = true;
  // What the measure gives is always what is left of the purchases gives: so the order in which documents come does not matter.
  const looked = standing.stored?.state.checkedOn ?? today;
  if (lowers || activity.day < Math.max(today, looked) || standings.ladders.some((one) => one.sharesDay && one.from === activity.day)) standing.replay = true;
  if (before) standing.given = leaveLevels(ladder!, standing.given, before, stateOn(standings, standing, today)!);
}

function bucketsOf(standing: Standing, ladder: CompiledLadder): Buckets {
  if (standing.added.length > 0) {
    standing.packed = packActivity(addUp(unpackActivity(standing.packed), standing.added));
    standing.added = [];
    standing.activityChanged = true;
  }
  let found = standing.buckets.get(ladder.no);
  if (!found) standing.buckets.set(ladder.no, found = standing.packed.length === EMPTY.length ? NO_BUCKETS : readBuckets(standing.packed, ladder.ladder.measure.kind, ladder.walletNo));
  return found;
}

/** The measured standing on a day; one before the day that is remembered is told from the beginning, as a late document asks for its own day. */
export const stateOn = ({ ladders }: Standings, standing: Standing, day: number): TierState | null => {
  const stored = standing.stored?.state ?? null;
  return standingOn(ladders, (ladder) => bucketsOf(standing, ladder), standing.replay || (stored !== null && day < stored.checkedOn) ? null : stored, day);
};

/** Did the member never do anything. */
export const isIdle = (standing: Standing): boolean => standing.added.length === 0 && standing.packed.length === EMPTY.length;

export const heldOn = (standings: Standings, standing: Standing, day: number): HeldLevel | null =>
  levelHeld(standings.ladders, stateOn(standings, standing, day), standing.given, day);

export const dayOf = (timeZone: string, now: number): number => calendarParts(timeZone, now).dayNumber;

/** Numbers for people: where the member stands on a day and what is missing. Null: no ladder is in force. */
export function progressNow(standings: Standings, standing: Standing, day: number) {
  const state = stateOn(standings, standing, day);
  const held = levelHeld(standings.ladders, state, standing.given, day);
  return state && held ? { held, progress: progressOf(held, state, bucketsOf(standing, held.ladder), day) } : null;
}

export type Cause = { readonly up: ChangeReason; readonly down: ChangeReason; readonly actor?: { readonly kind: string; readonly id: number | null }; readonly note?: string };
export const BOOKED: Cause = { up: 'reached', down: 'returned' };
export const NIGHT: Cause = { up: 'reached', down: 'ended' };

/** Where somebody stands who never did anything. */
const baseLevel = (ladders: readonly CompiledLadder[], day: number): string | null => {
  const ladder = ladderOn(ladders, day);
  return ladder?.ladder.levels[levelAt(ladder.thresholds, 0)]?.code ?? null;
};

export type Settled = { readonly row: TierRow; readonly change: NewChange | null };

/** What is to be written of a standing on a day; null: it is as it was. */
export function settle(standings: Standings, standing: Standing, day: number, cause: Cause): Settled | null {
  const { ladders } = standings;
  const { stored } = standing;
  const state = stateOn(standings, standing, day);
  if (!state) return null;
  const given = shortened(standing.given, day);
  const held = levelHeld(ladders, state, given, day)!;
  const level = levelCode(held);
  const before = stored ? stored.level : baseLevel(ladders, day);
  const same = stored !== null && level === before && isAsStored(stored, state, given);
  if (same || (stored === null && given.length === 0 && standing.packed.length === EMPTY.length)) return null;
  const { progress } = progressNow(standings, standing, day)!;
  const row: TierRow = { memberId: standing.memberId, state, level, until: progress.until, given, changes: (stored?.changes ?? 0) + (level === before && !cause.note ? 0 : 1) };
  if (level === before && !cause.note) return { row, change: null };
  const rank = (code: string | null) => held.ladder.ladder.levels.findIndex((one) => one.code === code);
  const reason = stored === null && cause === NIGHT ? 'started' : rank(level) >= rank(before) ? cause.up : cause === BOOKED && !standing.lowered ? NIGHT.down : cause.down;
  return { row, change: { memberId: standing.memberId, no: row.changes, reason, from: before, to: level, ladderNo: state.ladderNo, value: progress.value, until: progress.until, actor: cause.actor ?? { kind: 'system', id: null }, note: cause.note ?? null } };
}

/** Would storing a state on a later day say the same as the row that is there. */
const isAsStored = (stored: TierRow, state: TierState, given: readonly GivenLevel[]): boolean =>
  stored.state.ladderNo === state.ladderNo && stored.state.since === state.since && sameGiven(stored.given, given)
  && stored.state.untils.length === state.untils.length && stored.state.untils.every((until, at) => until === state.untils[at]);

const sameGiven = (a: readonly GivenLevel[], b: readonly GivenLevel[]) =>
  a === b || (a.length === b.length && a.every((one, at) => { const other = b[at]!; return one.level === other.level && one.from === other.from && one.until === other.until && one.by === other.by; }));
