import type { LocalDate } from '@wracam/engine/calendar';

/** Local dates that the member's row remembers; an older date is added up from its documents. */
export const DATES_KEPT = 3;

/** Points by rule on one local date. */
export type DayUse = { readonly date: LocalDate; readonly used: Map<number, number> };

/** The latest dates with their points by rule, newest first. */
export function parseCaps(text: string | null): DayUse[] {
  if (text === null) return [];
  return (JSON.parse(text) as [LocalDate, number[]][]).map(([date, flat]) => {
    const used = new Map<number, number>();
    for (let at = 0; at < flat.length; at += 2) used.set(flat[at]!, flat[at + 1]!);
    return { date, used };
  });
}

export const packCaps = (days: readonly DayUse[]): string | null =>
  (days.length === 0 ? null : JSON.stringify(days.map(({ date, used }) => [date, [...used].flat()])));

/** The date's use as the row remembers it; null when the date fell off the row, and its documents must tell. */
export function useOn(days: readonly DayUse[], date: LocalDate): ReadonlyMap<number, number> | null {
  const found = days.find((day) => day.date === date);
  if (found) return found.used;
  const oldest = days.at(-1);
  return days.length === DATES_KEPT && oldest !== undefined && date < oldest.date ? null : new Map();
}

/** The row after a document gave (or a return freed) points on a date. Dates older than the row's do not push a newer one out. */
export function addUse(days: readonly DayUse[], date: LocalDate, changes: readonly { ruleId: number; points: number }[]): DayUse[] {
  if (changes.length === 0 || (days.length === DATES_KEPT && date < days.at(-1)!.date)) return [...days];
  const day = days.find((one) => one.date === date) ?? { date, used: new Map<number, number>() };
  const used = new Map(day.used);
  for (const { ruleId, points } of changes) used.set(ruleId, Math.max(0, (used.get(ruleId) ?? 0) + points));
  return [{ date, used }, ...days.filter((one) => one.date !== date)].sort((a, b) => (a.date < b.date ? 1 : -1)).slice(0, DATES_KEPT);
}
