import type { Lang } from '@wracam/ui/lang.tsx';

const bcp = { pl: 'pl-PL', en: 'en-GB' } as const;

/** The day of an instant (ISO 8601) in the program's time zone: "21 listopada 2026". */
export const writeDay = (at: string, timeZone: string, lang: Lang): string =>
  new Intl.DateTimeFormat(bcp[lang], { timeZone, day: 'numeric', month: 'long', year: 'numeric' }).format(Date.parse(at));

/** The day and the hour, for one line of a list: "21 lis, 14:05". */
export const writeMoment = (at: string, timeZone: string, lang: Lang): string =>
  new Intl.DateTimeFormat(bcp[lang], { timeZone, day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }).format(Date.parse(at));

/** The month that groups a list: "listopad 2026". */
export const writeMonth = (at: string, timeZone: string, lang: Lang): string =>
  new Intl.DateTimeFormat(bcp[lang], { timeZone, month: 'long', year: 'numeric' }).format(Date.parse(at));

/** Entries in the order given, cut into months of the program's time zone. */
export function byMonth<T extends { at: string }>(entries: readonly T[], timeZone: string, lang: Lang): { month: string; entries: T[] }[] {
  const months: { month: string; entries: T[] }[] = [];
  for (const entry of entries) {
    const month = writeMonth(entry.at, timeZone, lang);
    const last = months.at(-1);
    if (last?.month === month) last.entries.push(entry);
    else months.push({ month, entries: [entry] });
  }
  return months;
}
