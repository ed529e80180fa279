import { decodeNumbers, encodeNumbers } from '../codec.ts';
import type { TierMeasure } from './ladder.ts';

/** What a member did on one local day: sales that stand, what they came to after returns, points they gave by wallet number. */
export type DayActivity = { readonly day: number; readonly spentMinor: number; readonly sales: number; readonly points: readonly (readonly [walletNo: number, points: number])[] };

/** A measure by day, ascending: two arrays side by side, because a night reads millions. */
export type Buckets = { readonly days: readonly number[]; readonly values: readonly number[] };

export const NO_BUCKETS: Buckets = { days: [], values: [] };

const FORMAT = 1;

/** Adds days up: entries may come in any order, several for one day, and with minus signs for what was returned. Days on which nothing is left go. */
export function addUp(...parts: readonly (readonly DayActivity[])[]): DayActivity[] {
  const byDay = new Map<number, { spentMinor: number; sales: number; points: Map<number, number> }>();
  for (const part of parts) for (const one of part) {
    let sum = byDay.get(one.day);
    if (sum === undefined) byDay.set(one.day, sum = { spentMinor: 0, sales: 0, points: new Map() });
    sum.spentMinor += one.spentMinor;
    sum.sales += one.sales;
    for (const [walletNo, points] of one.points) sum.points.set(walletNo, (sum.points.get(walletNo) ?? 0) + points);
  }
  return [...byDay].map(([day, { spentMinor, sales, points }]) => ({ day, spentMinor, sales, points: [...points].filter(([, count]) => count !== 0).sort(([a], [b]) => a - b) }))
    .filter((one) => one.spentMinor !== 0 || one.sales !== 0 || one.points.length > 0).sort((a, b) => a.day - b.day);
}

/** Days as a few bytes each; they must be ascending, as `addUp` leaves them. */
export function packActivity(days: readonly DayActivity[]): Uint8Array {
  const numbers = [FORMAT];
  let before = 0;
  for (const { day, spentMinor, sales, points } of days) {
    numbers.push(day - before, spentMinor, sales, points.length);
    for (const [walletNo, count] of points) numbers.push(walletNo, count);
    before = day;
  }
  return encodeNumbers(numbers);
}

/** The reverse of `packActivity`. Throws RangeError for bytes that are something else. */
export function unpackActivity(bytes: Uint8Array): DayActivity[] {
  const days: DayActivity[] = [];
  walk(bytes, (day, spentMinor, sales, numbers, from, count) => {
    const points: [number, number][] = [];
    for (let i = 0; i < count; i += 1) points.push([numbers[from + i * 2]!, numbers[from + i * 2 + 1]!]);
    days.push({ day, spentMinor, sales, points });
  });
  return days;
}

/** One measure of packed days, without making the days. Days that measure nothing are left out. */
export function readBuckets(bytes: Uint8Array, measure: TierMeasure['kind'], walletNo: number | null): Buckets {
  const days: number[] = [];
  const values: number[] = [];
  walk(bytes, (day, spentMinor, sales, numbers, from, count) => {
    let value = 0;
    if (measure === 'spent') value = spentMinor;
    else if (measure === 'sales') value = sales;
    else if (measure === 'visits') value = sales > 0 ? 1 : 0;
    else for (let i = 0; i < count; i += 1) if (numbers[from + i * 2] === walletNo) value += numbers[from + i * 2 + 1]!;
    if (value !== 0) { days.push(day); values.push(value); }
  });
  return { days, values };
}

function walk(bytes: Uint8Array, visit: (day: number, spentMinor: number, sales: number, numbers: readonly number[], pointsFrom: number, pointsCount: number) => void): void {
  const numbers = decodeNumbers(bytes);
  if (numbers[0] !== FORMAT) throw new RangeError('not a packed activity');
  let day = 0;
  for (let at = 1; at < numbers.length;) {
    const count = numbers[at + 3];
    if (count === undefined || at + 4 + count * 2 > numbers.length) throw new RangeError('a packed activity is cut');
    day += numbers[at]!;
    visit(day, numbers[at + 1]!, numbers[at + 2]!, numbers, at + 4, count);
    at += 4 + count * 2;
  }
}

/** The measure of the days from one to the other, both included. */
export function sumBetween({ days, values }: Buckets, from: number, to: number): number {
  let sum = 0;
  for (let i = 0; i < days.length; i += 1) if (days[i]! >= from && days[i]! <= to) sum += values[i]!;
  return sum;
}
