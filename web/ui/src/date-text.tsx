import { useLang, type Lang } from './lang.tsx';

const bcp = { pl: 'pl-PL', en: 'en-GB' } as const;

/** A calendar date ('2026-11-21') as "21 listopada 2026". */
export function writeDate(on: string, lang: Lang, style: 'long' | 'short' = 'long'): string {
  const [year = 0, month = 1, day = 1] = on.split('-').map(Number);
  return new Intl.DateTimeFormat(bcp[lang], {
    timeZone: 'UTC', day: 'numeric', month: style, ...(style === 'long' ? { year: 'numeric' } : {}),
  }).format(Date.UTC(year, month - 1, day));
}

/** A calendar month ('2026-11') as "lis 2026". */
export function writeMonth(month: string, lang: Lang): string {
  return new Intl.DateTimeFormat(bcp[lang], { timeZone: 'UTC', month: 'short', year: 'numeric' }).format(Date.parse(`${month}-01`));
}

/** An instant (ISO 8601 with offset) as "21 lis 2026, 14:05" in the program's time zone. */
export function writeInstant(at: string, timeZone: string, lang: Lang): string {
  return new Intl.DateTimeFormat(bcp[lang], {
    timeZone, day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit',
  }).format(Date.parse(at));
}

export function DateText({ on }: { on: string }) {
  return <time dateTime={on} style={{ whiteSpace: 'nowrap' }}>{writeDate(on, useLang())}</time>;
}

export function InstantText({ at, timeZone }: { at: string; timeZone: string }) {
  return <time dateTime={at} style={{ whiteSpace: 'nowrap' }}>{writeInstant(at, timeZone, useLang())}</time>;
}
