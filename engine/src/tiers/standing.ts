import { sumBetween, type Buckets } from './activity.ts';
import type { CompiledLadder } from './ladder.ts';

/** A level that is not held, and one that never ends; between them: the last day on which it is sure. */
export const NOT_HELD = -1;
/** Beyond the year 9999. */
export const FOREVER = 3_000_000;

/**
 * Where a member stands by the measure alone, in day numbers. Each level is held for itself until its own day (grace comes after), so whoever
 * falls from one stands on the next that is still good. `since`: when the highest of them changed last.
 */
export type TierState = { readonly ladderNo: number; readonly untils: readonly number[]; readonly since: number; readonly checkedOn: number };

/** The highest level held; -1: none. */
export function levelOf(state: Pick<TierState, 'untils'>): number {
  let level = state.untils.length - 1;
  while (level >= 0 && state.untils[level] === NOT_HELD) level -= 1;
  return level;
}

/** Days whose measure decides, and how long what it gives is sure. */
export type Span = { readonly from: number; readonly to: number; readonly sum: number; readonly until: (level: number) => number };

const BEGINNING = -1_000_000;
/** No member has so many days that could change a level between two looks; a longer walk is a fault in the arithmetic. */
const STEPS_MAX = 100_000;

/** The spans that count on a day: the present period, and the one before where its measure gives or keeps a level now. */
export function spansOn({ ladder, days, keeps }: CompiledLadder, buckets: Buckets, on: number): Span[] {
  const { period, promotion, lasts } = ladder;
  const span = (from: number, to: number, until: Span['until']): Span => ({ from, to, sum: sumBetween(buckets, from, to), until });
  const before = days.startOf(on) - 1;
  if (period.kind !== 'calendar') {
    const to = promotion === 'atOnce' ? on : before;
    if (period.kind === 'lifetime') return [span(BEGINNING, to, () => FOREVER)];
    const from = days.windowStart(to);
    return [span(from, to, lasts === 'nextPeriod' ? () => days.later(promotion === 'atOnce' ? lastDay(buckets, from, to) : to) : (level) => carriesUntil(days.leaves, buckets, from, to, keeps[level]!))];
  }
  const end = days.endOf(on);
  const last = () => span(days.startOf(before), before, () => end);
  if (promotion === 'periodEnd') return [last()];
  const current = span(before + 1, on, lasts === 'nextPeriod' ? () => days.endOf(end + 1) : () => end);
  return lasts === 'nextPeriod' ? [current, last()] : [current];
}

/** In the grace after a calendar period that was to keep a level, its measure still grows. */
export function graceSpan({ ladder, days }: CompiledLadder, buckets: Buckets, until: number, on: number): Span | null {
  if (ladder.period.kind !== 'calendar' || ladder.lasts !== 'nextPeriod' || on <= until || on > until + ladder.graceDays) return null;
  const from = days.startOf(until);
  return { from, to: on, sum: sumBetween(buckets, from, on), until: () => days.endOf(until + 1) };
}

/** The last day in the span on which something was measured. */
function lastDay({ days }: Buckets, from: number, to: number): number {
  let last = from;
  for (const day of days) if (day <= to && day > last) last = day;
  return last;
}

/** The last day whose window still carries `need`, if nothing more is added. */
function carriesUntil(leaves: (day: number) => number, buckets: Buckets, from: number, to: number, need: number): number {
  let left = sumBetween(buckets, from, to);
  for (let i = 0; i < buckets.days.length; i += 1) {
    const day = buckets.days[i]!;
    if (day < from || day > to) continue;
    left -= buckets.values[i]!;
    if (left < need) return leaves(day) - 1;
  }
  return to;
}

/** One day: the night before anything happened, when something ran out, and then what the day brought. */
function evaluate(ladder: CompiledLadder, buckets: Buckets, before: TierState, on: number): TierState {
  const lost = before.untils.some((until) => until !== NOT_HELD && on > until + ladder.ladder.graceDays);
  return look(ladder, buckets, lost ? look(ladder, daysBefore(buckets, on), before, on) : before, on);
}

/** What ran out is lost, what is kept is prolonged, what is reached is given. */
function look(ladder: CompiledLadder, buckets: Buckets, before: TierState, on: number): TierState {
  const { graceDays, demotion } = ladder.ladder;
  const untils = before.untils.map((until) => (on > until + graceDays ? NOT_HELD : until));
  const level = levelOf(before);
  if (demotion === 'oneLevel' && level > 0 && untils[level] === NOT_HELD) untils[level - 1] = Math.max(untils[level - 1]!, nextEnd(ladder, before.untils[level]!));
  const spans = spansOn(ladder, buckets, on);
  for (let at = 0; at < untils.length; at += 1) {
    const held = untils[at]!;
    const need = held === NOT_HELD ? ladder.thresholds[at]! : ladder.keeps[at]!;
    // Nothing is needed to keep it, so it never ends.
    if (held !== NOT_HELD && need === 0) { untils[at] = FOREVER; continue; }
    for (const span of spans) if (span.sum >= need) untils[at] = Math.max(untils[at]!, ladder.keeps[at] === 0 ? FOREVER : span.until(at));
    const grace = held === NOT_HELD ? null : graceSpan(ladder, buckets, held, on);
    if (grace && grace.sum >= need) untils[at] = Math.max(untils[at]!, grace.until(at));
  }
  return { ladderNo: ladder.no, untils, since: levelOf({ untils }) === level ? before.since : on, checkedOn: on };
}

const daysBefore = ({ days, values }: Buckets, on: number): Buckets => ({ days: days.filter((day) => day < on), values: values.filter((_, at) => days[at]! < on) });

/** A whole period after another one's end. */
const nextEnd = ({ ladder, days }: CompiledLadder, end: number): number =>
  (ladder.period.kind === 'lifetime' ? FOREVER : ladder.period.kind === 'rolling' ? days.later(end) : days.endOf(end + 1));

/** A member's first standing under a ladder: where the measure puts them on its first day. */
const startStanding = (ladder: CompiledLadder, buckets: Buckets): TierState =>
  evaluate(ladder, buckets, { ladderNo: ladder.no, untils: ladder.thresholds.map(() => NOT_HELD), since: ladder.from, checkedOn: ladder.from }, ladder.from);

/** The next day after the state's own on which a look could change it. */
function nextEvent({ ladder, days }: CompiledLadder, buckets: Buckets, state: TierState): number {
  const after = state.checkedOn;
  let next = ladder.promotion === 'periodEnd' ? days.endOf(after) + 1 : Infinity;
  for (const until of state.untils) {
    if (until === NOT_HELD || until === FOREVER) continue;
    const lost = until + ladder.graceDays + 1;
    if (lost > after && lost < next) next = lost;
    // Until its last day what is measured may keep it, although it was not enough to reach it.
    if (until > after && until < next) next = until;
  }
  for (const day of buckets.days) if (day > after && day < next) next = day;
  return next;
}

/** Brings a standing to a day, by everything that happened on the way. Looking oftener changes nothing. */
function advanceUnder(ladder: CompiledLadder, buckets: Buckets, state: TierState, to: number): TierState {
  let now = state;
  for (let steps = 0; ; steps += 1) {
    if (steps > STEPS_MAX) throw new Error('a standing does not come to rest');
    const next = nextEvent(ladder, buckets, now);
    if (next >= to) return evaluate(ladder, buckets, now, to);
    now = evaluate(ladder, buckets, now, next);
  }
}

/** The state under a newer version: levels keep their days by their codes; who stood on one that is gone stands on the nearest below. Nothing is taken away at once. */
function moveTo(from: CompiledLadder, to: CompiledLadder, state: TierState): TierState {
  const untils = to.thresholds.map(() => NOT_HELD);
  let carried = NOT_HELD;
  for (let at = from.thresholds.length - 1; at >= 0; at -= 1) {
    carried = Math.max(carried, state.untils[at]!);
    const there = to.ladder.levels.findIndex((level) => level.code === from.ladder.levels[at]!.code);
    if (there >= 0) untils[there] = Math.max(untils[there]!, carried);
  }
  for (let at = untils.length - 2; at >= 0; at -= 1) untils[at] = Math.max(untils[at]!, untils[at + 1]!);
  // Levels of a lifetime have no end; under a ladder with periods they get one.
  const ends = untils.map((until, at) => (until === FOREVER && to.keeps[at] !== 0 && to.ladder.period.kind !== 'lifetime' ? nextEnd(to, to.days.endOf(to.from)) : until));
  const codeOf = (ladder: CompiledLadder, level: number) => ladder.ladder.levels[level]?.code;
  const same = codeOf(from, levelOf(state)) === codeOf(to, levelOf({ untils: ends }));
  return { ladderNo: to.no, untils: ends, since: same ? state.since : to.from, checkedOn: to.from - 1 };
}

/** What a version measures of a member. */
export type BucketsOf = (ladder: CompiledLadder) => Buckets;

/**
 * The standing on a day, from an earlier standing or (null) from the first ladder's first day, through every version in force on the way.
 * Null before the first ladder. A state newer than `to` stays as it is.
 */
export function standingOn(ladders: readonly CompiledLadder[], bucketsOf: BucketsOf, earlier: TierState | null, to: number): TierState | null {
  let at = earlier === null ? 0 : ladders.findIndex((one) => one.no === earlier.ladderNo);
  // A version that was replaced on its first day is as though it had never been: the beginning is the only truth.
  if (at < 0) return standingOn(ladders, bucketsOf, null, to);
  const first = ladders[at];
  if (first === undefined || first.from > to) return null;
  let state = earlier ?? startStanding(first, bucketsOf(first));
  for (;;) {
    const ladder = ladders[at]!;
    const next = ladders[at + 1];
    const last = next === undefined || next.from > to;
    // On a day that both share nobody loses what the morning gave: the earlier one looks at the whole of it first.
    const until = last ? to : next.sharesDay ? next.from : next.from - 1;
    if (until >= state.checkedOn) state = advanceUnder(ladder, bucketsOf(ladder), state, until);
    if (last) return state;
    state = evaluate(next, bucketsOf(next), moveTo(ladder, next, state), next.from);
    at += 1;
  }
}
