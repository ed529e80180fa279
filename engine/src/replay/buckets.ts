import { dateOf } from '../calendar.ts';
import type { Period } from '../facts.ts';
import type { History } from './history.ts';
import { STEP } from './history.ts';

/** For every step the number of its stretch of its member's time, and how many such numbers there are: where the use of a cap is counted. */
export type Buckets = { readonly of: Uint32Array; readonly count: number };

/** Numbers every (member, stretch) that documents occurred in, so that a counter is found without a search, however late a document came. */
export function bucketsOf(history: History, period: Period): Buckets {
  let known = numbered.get(history);
  if (known === undefined) numbered.set(history, known = new Map());
  let buckets = known.get(period);
  if (buckets === undefined) known.set(period, buckets = numberBuckets(history, period));
  return buckets;
}

// They follow from the history alone: every side of a replay counts in the same ones.
const numbered = new WeakMap<History, Map<Period, Buckets>>();

function numberBuckets(history: History, period: Period): Buckets {
  const { from, steps, rows, members } = history;
  const of = new Uint32Array(steps.count);
  const stretchOf = stretches(history, period);
  let count = 0;
  const known = new Map<number, number>();
  for (let member = 0; member < members.count; member += 1) {
    let last = NaN;
    let number = 0;
    known.clear();
    for (let at = from[member]!; at < from[member + 1]!; at += 1) {
      if (steps.kind[at] !== STEP.document) continue;
      const stretch = stretchOf(rows.day[steps.row[at]!]!);
      if (stretch !== last) {
        last = stretch;
        const found = known.get(stretch);
        number = found ?? count;
        if (found === undefined) {
          known.set(stretch, count);
          count += 1;
        }
      }
      of[at] = number;
    }
  }
  return { of, count };
}

/** A number for the stretch that a day lies in; weeks begin on Monday, and the 1st of January 1970 was a Thursday. */
function stretches({ firstDay, lastDay }: History, period: Period): (day: number) => number {
  switch (period) {
    case 'day': return (day) => day;
    case 'week': return (day) => Math.floor((day + 3) / 7);
    case 'ever': return () => 0;
    case 'month':
    case 'year': {
      const table = Int32Array.from({ length: lastDay - firstDay + 1 }, (_, i) => {
        const date = dateOf(firstDay + i);
        return Number(period === 'year' ? date.slice(0, 4) : date.slice(0, 4) + date.slice(5, 7));
      });
      return (day) => table[day - firstDay]!;
    }
  }
}
