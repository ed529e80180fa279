import { roundDown, roundUp } from '../points.ts';

/** What a member gained on a local day: points or minor units, returns taken off. */
export type DayGain = { readonly dayNumber: number; readonly amount: number };

export type Forecast =
  | { readonly kind: 'unknown'; /** fewDays: too little is known; quiet: nothing for long; far: beyond a year. */ readonly why: 'fewDays' | 'quiet' | 'far' }
  /** About that day; as a rule between the two others. */
  | { readonly kind: 'expected'; readonly day: number; readonly earliest: number; readonly latest: number };

const WEEK = 7;
/** Weeks that are looked at, the newest first. */
const WEEKS_MAX = 26;
/** The newest weeks tell more: habits change. */
const RECENT_WEEKS = 4;
const RECENT_WEIGHT = 2;
/** Fewer weeks with anything in them tell no pace. */
const ACTIVE_WEEKS_MIN = 4;
const SPAN_WEEKS_MIN = 5;
/** Who has not come for so long may never come again. */
const QUIET_DAYS = 42;
/** One week counts at most for so many usual ones: one big purchase is no habit. */
const USUAL_MAX = 3;
const HORIZON_DAYS = 365;

/**
 * Purchases come when they come: a way of n usual weeks strays by about 1/√n of its length. How many of that are taken off and added, in per mille,
 * and days that are always added; set so that on held-back months of the demo seven ways in ten end between the two.
 */
const EARLIER = 1100;
const LATER = 2200;
const EARLIEST_MIN = 100;
const LATER_DAYS = 3;

/** Weeks back from `today` (the newest first), from the member's first gain in sight on. */
function weeksBack(gains: readonly DayGain[], today: number): number[] {
  const seen = gains.filter((one) => one.dayNumber <= today && one.dayNumber > today - WEEKS_MAX * WEEK);
  if (seen.length === 0) return [];
  const first = seen.reduce((least, one) => Math.min(least, one.dayNumber), today);
  const weeks: number[] = Array.from({ length: Math.floor((today - first) / WEEK) + 1 }, () => 0);
  for (const one of seen) weeks[Math.floor((today - one.dayNumber) / WEEK)]! += one.amount;
  return weeks.map((sum) => Math.max(0, sum));
}

/**
 * When a member reaches something that is `missing` away, from the member's own pace. The pace is the weighted mean of the last weeks, each
 * cut off at three usual ones; the newest weigh double. Whole numbers only; says that it does not know rather than guess.
 */
export function forecastReach(gains: readonly DayGain[], missing: number, today: number): Forecast {
  if (missing <= 0) return { kind: 'expected', day: today, earliest: today, latest: today };
  const weeks = weeksBack(gains, today);
  const active = weeks.filter((sum) => sum > 0).sort((a, b) => a - b);
  if (weeks.length < SPAN_WEEKS_MIN || active.length < ACTIVE_WEEKS_MIN) return { kind: 'unknown', why: 'fewDays' };
  const last = gains.reduce((latest, one) => (one.amount > 0 && one.dayNumber <= today ? Math.max(latest, one.dayNumber) : latest), -Infinity);
  if (today - last > QUIET_DAYS) return { kind: 'unknown', why: 'quiet' };
  const usual = active[Math.floor((active.length - 1) / 2)]!;
  let gained = 0;
  let weight = 0;
  weeks.forEach((sum, back) => {
    const counts = back < RECENT_WEEKS ? RECENT_WEIGHT : 1;
    gained += Math.min(sum, usual * USUAL_MAX) * counts;
    weight += counts;
  });
  const days = roundUp(missing, weight * WEEK, gained);
  if (days > HORIZON_DAYS) return { kind: 'unknown', why: 'far' };
  const stray = Math.floor(Math.sqrt(roundDown(Math.min(usual, missing), 1_000_000, missing)));
  const earliest = roundDown(days, Math.max(EARLIEST_MIN, 1000 - roundDown(stray, EARLIER, 1000)), 1000);
  return { kind: 'expected', day: today + days, earliest: today + Math.max(1, earliest), latest: today + days + roundDown(days, roundDown(stray, LATER, 1000), 1000) + LATER_DAYS };
}
