import { isLocalDate, type LocalDate } from '../calendar.ts';
import type { Minor } from '../points.ts';
import { formatDate, minorDigits, type Lang } from '../words.ts';

/** A sentence as it is read: one length with what was typed, small letters, plain spaces. `typed` keeps the letters of names. */
export type Spoken = { readonly text: string; readonly typed: string };

/** What was read at a place, and where reading goes on. */
export type Read<T> = { readonly value: T; readonly end: number };
/** Reads at a place; null when something else stands there. */
export type Reader<T> = (spoken: Spoken, at: number) => Read<T> | null;

const PLAIN: Readonly<Record<string, string>> = { ą: 'a', ć: 'c', ę: 'e', ł: 'l', ń: 'n', ó: 'o', ś: 's', ź: 'z', ż: 'z' };

/** Small letters without Polish marks, for many type "kazde 10 zl". As long as what was given. */
export const withoutMarks = (text: string): string => text.replace(/[ąćęłńóśźż]/g, (letter) => PLAIN[letter]!);

/** Case, Polish marks and kinds of spaces mean nothing; letters whose small form is longer stay as they are, so that places agree with what was typed. */
export function spokenOf(typed: string): Spoken {
  const text = [...typed.replace(/\s/gu, ' ')].map((letter) => (letter.toLowerCase().length === letter.length ? letter.toLowerCase() : letter)).join('');
  return { text: withoutMarks(text), typed };
}

/** Reads what a sticky pattern finds. */
export const pattern = <T>(source: string, make: (found: readonly string[]) => T | null): Reader<T> => {
  const regexp = new RegExp(withoutMarks(source), 'uy');
  return (spoken, at) => {
    regexp.lastIndex = at;
    const found = regexp.exec(spoken.text);
    const value = found === null ? null : make(found);
    return found === null || value === null ? null : { value, end: at + found[0].length };
  };
};

const NUMBER = { pl: '(\\d{1,3}(?: \\d{3})+|\\d+)(?:,(\\d{1,3}))?', en: '(\\d{1,3}(?:,\\d{3})+|\\d+)(?:\\.(\\d{1,3}))?' } as const;
const LETTER_NEXT = '(?![\\p{L}\\d])';

/** A decimal as a whole number of its last place: "1,5" with two decimals is 150. Null when it is finer than that or too large. */
function scaled(whole: string, rest: string | undefined, decimals: number): number | null {
  if (rest !== undefined && rest.length > decimals) return null;
  const value = Number(whole.replace(/[ ,]/g, '') + (rest ?? '').padEnd(decimals, '0'));
  return Number.isSafeInteger(value) ? value : null;
}

/** "12 345", "1,5": in units of the last of `decimals` places. */
export const numberReader = (lang: Lang, decimals = 0): Reader<number> => pattern(`${NUMBER[lang]}(?!\\d)`, ([, whole, rest]) => scaled(whole!, rest, decimals));

const SIGNS: Readonly<Record<string, string>> = { PLN: '(?:zł(?:otych|ote|oty)?|pln)', EUR: '(?:€|eur(?:o)?)', USD: '(?:\\$|usd)', GBP: '(?:£|gbp)', CZK: '(?:kč|czk)' };

/** "57,40 zł", "12 345 zł", "€12.50": minor units. */
export function moneyReader(lang: Lang, currency: string): Reader<Minor> {
  const sign = SIGNS[currency] ?? currency.toLowerCase();
  const decimals = minorDigits(currency);
  const after = pattern(`${NUMBER[lang]} ?${sign}${LETTER_NEXT}`, ([, whole, rest]) => scaled(whole!, rest, decimals));
  const before = pattern(`${sign} ?${NUMBER[lang]}(?!\\d)`, ([, whole, rest]) => scaled(whole!, rest, decimals));
  return (spoken, at) => after(spoken, at) ?? before(spoken, at);
}

const MONTH_NAMES: Readonly<Record<Lang, readonly string[]>> = { pl: months('pl'), en: months('en') };
function months(lang: Lang): readonly string[] {
  return Array.from({ length: 12 }, (_, i) => withoutMarks(formatDate(`2026-${String(i + 1).padStart(2, '0')}-01`, lang).split(/\s/u)[1]!.toLowerCase()));
}

const dateOfParts = (year: number, month: number, day: number): LocalDate | null => {
  const date = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return isLocalDate(date) ? date : null;
};

/** "21 listopada 2026", "21.11.2026", "2026-11-21"; without a year the next such day from `today` on, when it is given. */
export function dateReader(lang: Lang, today: LocalDate | null = null): Reader<LocalDate> {
  const names = MONTH_NAMES[lang];
  const soon = (month: number, day: number) => {
    if (today === null) return null;
    const year = Number(today.slice(0, 4));
    const date = dateOfParts(year, month, day);
    return date !== null && date >= today ? date : dateOfParts(year + 1, month, day);
  };
  const readers = [
    pattern(`(\\d{1,2}) (${names.join('|')})(?: (\\d{4}))?${LETTER_NEXT}`, ([, day, month, year]) => (year === undefined ? soon(names.indexOf(month!) + 1, Number(day)) : dateOfParts(Number(year), names.indexOf(month!) + 1, Number(day)))),
    pattern('(\\d{4})-(\\d{2})-(\\d{2})(?!\\d)', ([, year, month, day]) => dateOfParts(Number(year), Number(month), Number(day))),
    pattern('(\\d{1,2})\\.(\\d{1,2})(?:\\.(\\d{4}))?(?![\\d.])', ([, day, month, year]) => (year === undefined ? soon(Number(month), Number(day)) : dateOfParts(Number(year), Number(month), Number(day)))),
  ];
  // English also says "24th of December" and "December 24".
  const dated = (day: string, month: string, year: string | undefined) => (year === undefined ? soon(names.indexOf(month) + 1, Number(day)) : dateOfParts(Number(year), names.indexOf(month) + 1, Number(day)));
  const english = lang === 'pl' ? [] : [
    pattern(`(?:the )?(\\d{1,2})(?:st|nd|rd|th)(?: of)? (${names.join('|')})(?:,? (\\d{4}))?${LETTER_NEXT}`, ([, day, month, year]) => dated(day!, month!, year)),
    pattern(`(${names.join('|')}) (\\d{1,2})(?:st|nd|rd|th)?(?:,? (\\d{4}))?${LETTER_NEXT}`, ([, month, day, year]) => dated(day!, month!, year)),
  ];
  return (spoken, at) => first([...readers, ...english], spoken, at);
}

/** "17:05": minutes since midnight. */
export const timeReader: Reader<number> = pattern('(\\d{1,2}):([0-5]\\d)(?!\\d)', ([, hour, minute]) => (Number(hour) <= 23 ? Number(hour) * 60 + Number(minute) : null));

/** A name in quotation marks, as it was typed. */
export const quoted: Reader<string> = (spoken, at) => {
  const closing = { '„': '”', '“': '”', '"': '"' }[spoken.typed[at] ?? ''];
  const end = closing === undefined ? -1 : spoken.typed.indexOf(closing, at + 1);
  return end <= at + 1 ? null : { value: spoken.typed.slice(at + 1, end), end: end + 1 };
};

/** The same reader, asked once at each place of a sentence: many phrases begin alike and go on with the same conditions. */
export function remembering<T>(reader: Reader<T>): Reader<T> {
  const known = new WeakMap<Spoken, Map<number, Read<T> | null>>();
  return (spoken, at) => {
    let places = known.get(spoken);
    if (!places) known.set(spoken, places = new Map());
    let read = places.get(at);
    if (read === undefined) places.set(at, read = reader(spoken, at));
    return read;
  };
}

/** The first reader that reads. */
export function first<T>(readers: readonly Reader<T>[], spoken: Spoken, at: number): Read<T> | null {
  for (const reader of readers) {
    const read = reader(spoken, at);
    if (read !== null) return read;
  }
  return null;
}

/** The reader that reads furthest. */
export function longest<T>(readers: readonly Reader<T>[], spoken: Spoken, at: number): Read<T> | null {
  let best: Read<T> | null = null;
  for (const reader of readers) {
    const read = reader(spoken, at);
    if (read !== null && (best === null || read.end > best.end)) best = read;
  }
  return best;
}

/** "a, b albo c": one or more of the same, with the last joined by one of the words. */
export function listReader<T>(one: Reader<T>, last: readonly string[]): Reader<T[]> {
  return (spoken, at) => {
    const start = one(spoken, at);
    if (start === null) return null;
    const values = [start.value];
    let whole: Read<T[]> = { value: [start.value], end: start.end };
    for (let end = start.end; ;) {
      const comma = spoken.text.startsWith(', ', end) ? one(spoken, end + 2) : null;
      const word = comma === null ? last.find((joiner) => spoken.text.startsWith(` ${joiner} `, end)) : undefined;
      const next = comma ?? (word === undefined ? null : one(spoken, end + word.length + 2));
      if (next === null) return whole;
      values.push(next.value);
      end = next.end;
      if (word !== undefined) return { value: values, end };
      // A list that ends with a comma is no list: its last comma belongs to the sentence.
      whole = { value: whole.value, end: whole.end };
    }
  };
}
