import { dateOf, type LocalDate } from '../calendar.ts';
import { sumBetween, type Buckets } from './activity.ts';
import type { CompiledLadder, TierLevel } from './ladder.ts';
import type { HeldLevel } from './held.ts';
import { FOREVER, type TierState } from './standing.ts';

/** What is missing to reach or keep something: `by` is the last day for it; null: no last day. */
export type TierGoal = { readonly need: number; readonly value: number; readonly missing: number; readonly by: LocalDate | null };

/** Where a member stands and what is missing, in numbers. */
export type TierProgress = {
  readonly level: TierLevel | null;
  readonly since: LocalDate | null;
  /** Last day on which the level is sure; null: no end. */
  readonly until: LocalDate | null;
  readonly granted: boolean;
  /** The measure of the present period. */
  readonly value: number;
  readonly next: (TierGoal & { readonly level: TierLevel }) | null;
  /** Null: the level has no end, or nothing can be done for it yet. */
  readonly keep: TierGoal | null;
  /** The level changes only when the period is over. */
  readonly atPeriodEnd: boolean;
};

const dateOrNull = (day: number | null): LocalDate | null => (day === null || day >= FOREVER ? null : dateOf(day));

/** The days that fill up now, and the last day on which what is in them counts together. */
function collecting({ ladder, days }: CompiledLadder, buckets: Buckets, on: number): { value: number; by: number | null } {
  if (ladder.period.kind === 'calendar') return { value: sumBetween(buckets, days.startOf(on), on), by: days.endOf(on) };
  if (ladder.period.kind === 'lifetime') return { value: sumBetween(buckets, -Infinity, on), by: null };
  const from = days.windowStart(on);
  const oldest = buckets.days.find((day) => day >= from && day <= on);
  return { value: sumBetween(buckets, from, on), by: oldest === undefined ? null : days.leaves(oldest) - 1 };
}

function keepGoal(ladder: CompiledLadder, buckets: Buckets, level: number, until: number, value: number, on: number): TierGoal | null {
  const { days } = ladder;
  const need = ladder.keeps[level]!;
  const { period, graceDays, lasts } = ladder.ladder;
  const goal = (sum: number): TierGoal | null => (sum < need ? { need, value: sum, missing: need - sum, by: dateOf(until + graceDays) } : null);
  if (period.kind === 'calendar') return on < days.startOf(until) || ladder.ladder.promotion === 'periodEnd' && on > until ? null : goal(sumBetween(buckets, days.startOf(until), on));
  // What leaves the window before the last day must be replaced.
  return goal(lasts === 'thisPeriod' ? sumBetween(buckets, days.windowStart(until + 1), on) : value);
}

/** Progress of a member whose standing was brought to `on`. */
export function progressOf(held: HeldLevel, state: TierState, buckets: Buckets, on: number): TierProgress {
  const { ladder, level, given } = held;
  const granted = given?.by === 'hand';
  const { levels, promotion } = ladder.ladder;
  const { value, by } = collecting(ladder, buckets, on);
  const until = given ? given.until : level < 0 ? null : state.untils[level]!;
  const next = levels[level + 1];
  return {
    level: levels[level] ?? null, since: level < 0 || granted ? null : dateOf(given?.from ?? state.since), until: dateOrNull(until), granted, value,
    next: next === undefined ? null : { level: next, need: next.threshold, value, missing: Math.max(0, next.threshold - value), by: dateOrNull(by) },
    keep: given || level < 0 || until === null || until >= FOREVER ? null : keepGoal(ladder, buckets, level, until, value, on),
    atPeriodEnd: promotion === 'periodEnd',
  };
}
