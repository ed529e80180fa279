import type { CompiledLadder } from './ladder.ts';
import { FOREVER, levelOf, NOT_HELD, type TierState } from './standing.ts';

/**
 * A level that a member has besides what the measure gives, from one local day through another, in day numbers; `until` null: without an end. It
 * never takes a better level away. Those that are over stay, for a sale of their days may come late.
 */
export type GivenLevel = { readonly level: string; readonly from: number; readonly until: number | null; /** A person gave it, or a return left it. */ readonly by: 'hand' | 'return' };

/** What is given by hand, good through a day; null: without an end. */
export type TierGrant = { readonly level: string; readonly until: number | null };

/** A sale may come this late. Only goals ask for levels of older days, and of those which level it was, not when it was given. */
const DAYS_APART = 800;

const isGood = (one: GivenLevel, on: number) => one.from <= on && (one.until === null || one.until >= on);

/** What was given by hand and is good on a day. */
export const grantOn = (given: readonly GivenLevel[], on: number): GivenLevel | null => given.find((one) => one.by === 'hand' && isGood(one, on)) ?? null;

/** Gives a level by hand from a day on, or (null) takes back what was given: that ends the day before. */
export function giveByHand(given: readonly GivenLevel[], grant: TierGrant | null, on: number): GivenLevel[] {
  const ended = given.flatMap((one) => (one.by === 'hand' && isGood(one, on) ? (one.from < on ? [{ ...one, until: on - 1 }] : []) : [one]));
  return grant === null ? ended : [...ended, { ...grant, from: on, by: 'hand' }];
}

/**
 * The same levels of every day, written shorter: of what has long been over, one level through days in a row is one row. It is read with each of the
 * member's sales, so a level that is renewed every month for years must not make it grow.
 */
export function shortened(given: readonly GivenLevel[], on: number): readonly GivenLevel[] {
  if (given.length < 2) return given; // as of almost everybody, at each of their sales
  const isLongOver = ({ until }: GivenLevel) => until !== null && until < on - DAYS_APART;
  const old = given.filter(isLongOver);
  if (old.length < 2) return given;
  const joined: GivenLevel[] = [];
  for (const one of old.toSorted((a, b) => a.from - b.from)) {
    const at = joined.findIndex((other) => other.level === one.level && other.by === one.by && one.from <= other.until! + 1);
    if (at < 0) joined.push(one); else joined[at] = { ...joined[at]!, until: Math.max(joined[at]!.until!, one.until!) };
  }
  return joined.length === old.length ? given : [...joined, ...given.filter((one) => !isLongOver(one))];
}

/** Leaves a member the levels that a return would take or shorten: each from the day on which the standing began to the end it had. Both standings are of one day. */
export function leaveLevels({ ladder }: CompiledLadder, given: readonly GivenLevel[], before: TierState, after: TierState): GivenLevel[] {
  let left = [...given];
  let above = NOT_HELD;
  for (let at = before.untils.length - 1; at >= 0; at -= 1) {
    const until = before.untils[at]!;
    if (until <= Math.max(after.untils[at]!, above)) continue;
    above = until;
    const one: GivenLevel = { level: ladder.levels[at]!.code, from: before.since, until: until === FOREVER ? null : until + ladder.graceDays, by: 'return' };
    if (!left.some((other) => covers(other, one))) left = [...left.filter((other) => !covers(one, other)), one];
  }
  return left;
}

const endOf = ({ until }: GivenLevel) => until ?? Infinity;
const covers = (one: GivenLevel, other: GivenLevel) => one.by === 'return' && other.by === 'return' && one.level === other.level && one.from <= other.from && endOf(one) >= endOf(other);

export type HeldLevel = { readonly ladder: CompiledLadder; readonly level: number; readonly measured: number; /** What decides in the place of the measure. */ readonly given: GivenLevel | null };

/** The level a member has: the highest of what the measure gives and what was given. Null when no ladder is in force. */
export function levelHeld(ladders: readonly CompiledLadder[], state: TierState | null, given: readonly GivenLevel[], on: number): HeldLevel | null {
  const ladder = state === null ? null : ladders.find((one) => one.no === state.ladderNo);
  if (!state || !ladder) return null;
  const measured = levelOf(state);
  let held: HeldLevel = { ladder, level: measured, measured, given: null };
  let end = measured < 0 ? NOT_HELD : state.untils[measured]! + ladder.ladder.graceDays;
  for (const one of given) {
    if (!isGood(one, on)) continue;
    const level = placeOf(ladders, ladder, one.level);
    if (level < held.level || (level === held.level && endOf(one) <= end)) continue;
    // A grant that gives no more than the measure does decides nothing.
    if (level === measured && one.by === 'hand') continue;
    held = { ladder, level, measured, given: one };
    end = endOf(one);
  }
  return held;
}

/** Where a level stands in a ladder; one that is gone stands for the nearest below it in the last ladder that had it. -1: nowhere. */
function placeOf(ladders: readonly CompiledLadder[], { ladder }: CompiledLadder, code: string): number {
  const here = (wanted: string) => ladder.levels.findIndex((one) => one.code === wanted);
  if (here(code) >= 0) return here(code);
  const old = ladders.findLast((one) => one.ladder.levels.some((level) => level.code === code))?.ladder.levels ?? [];
  return old.slice(0, old.findIndex((one) => one.code === code)).map((one) => here(one.code)).findLast((at) => at >= 0) ?? -1;
}

export const levelCode = (held: HeldLevel | null): string | null => held?.ladder.ladder.levels[held.level]?.code ?? null;
