import type { LocalDate } from '@wracam/engine/calendar';
import type { LongPeriod, Period } from '@wracam/engine/facts';
import { firstDay } from '@wracam/engine/periods';

/**
 * Buckets that the member's row remembers of each kind; an older one is added up from its documents. A sale may come 800 days late, so
 * years never fall off; weeks and months reach past the days in which a sale may be claimed.
 */
const KEPT: Readonly<Record<Period, number>> = { day: 3, week: 6, month: 3, year: 4, ever: 1 };
const LETTERS: Readonly<Record<LongPeriod, string>> = { week: 'w', month: 'm', year: 'y', ever: 'e' };

/** Points by rule in one bucket: a local date, 'w' with a week's Monday, 'm' with a month, 'y' with a year, or 'e' for ever. */
export type BucketUse = { readonly bucket: string; readonly used: Map<number, number> };

/** The bucket that a local date falls into. Of one kind, a later bucket is the greater text. */
export function bucketOf(period: Period, date: LocalDate): string {
  switch (period) {
    case 'day': return date;
    case 'week': return `w${firstDay('week', date)}`;
    case 'month': return `m${date.slice(0, 7)}`;
    case 'year': return `y${date.slice(0, 4)}`;
    case 'ever': return 'e';
  }
}

const isOf = (period: Period, bucket: string): boolean => (period === 'day' ? bucket >= '0' && bucket < ':' : bucket.startsWith(LETTERS[period]));

/** The buckets of a member's row, of each kind the newest first. */
export function parseCaps(text: string | null): BucketUse[] {
  if (text === null) return [];
  return (JSON.parse(text) as [string, number[]][]).map(([bucket, flat]) => {
    const used = new Map<number, number>();
    for (let at = 0; at < flat.length; at += 2) used.set(flat[at]!, flat[at + 1]!);
    return { bucket, used };
  });
}

export const packCaps = (uses: readonly BucketUse[]): string | null =>
  (uses.length === 0 ? null : JSON.stringify(uses.map(({ bucket, used }) => [bucket, [...used].flat()])));

/** The bucket's use as the row remembers it; null when the bucket fell off the row, and its documents must tell. */
export function useIn(uses: readonly BucketUse[], period: Period, date: LocalDate): ReadonlyMap<number, number> | null {
  const bucket = bucketOf(period, date);
  const own = uses.filter((one) => isOf(period, one.bucket));
  const found = own.find((one) => one.bucket === bucket);
  if (found) return found.used;
  const oldest = own.at(-1);
  return own.length === KEPT[period] && oldest !== undefined && bucket < oldest.bucket ? null : new Map();
}

/** The row after a document gave (or a return freed) points on a date. Buckets older than the row's do not push a newer one out. */
export function addUse(uses: readonly BucketUse[], period: Period, date: LocalDate, changes: readonly { ruleId: number; points: number }[]): BucketUse[] {
  const own = uses.filter((one) => isOf(period, one.bucket));
  const bucket = bucketOf(period, date);
  if (changes.length === 0 || (own.length === KEPT[period] && bucket < own.at(-1)!.bucket)) return [...uses];
  const used = new Map(own.find((one) => one.bucket === bucket)?.used);
  for (const { ruleId, points } of changes) used.set(ruleId, Math.max(0, (used.get(ruleId) ?? 0) + points));
  const kept = [{ bucket, used }, ...own.filter((one) => one.bucket !== bucket)].sort((a, b) => (a.bucket < b.bucket ? 1 : -1)).slice(0, KEPT[period]);
  return [...uses.filter((one) => !isOf(period, one.bucket)), ...kept];
}
