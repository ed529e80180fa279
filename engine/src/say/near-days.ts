import { addDays, dayNumberOf, endOfMonth, endOfYear, type LocalDate } from '../calendar.ts';
import { END, oneOf, sequence } from './piece.ts';
import { pattern, type Reader } from './scan.ts';
import { spell } from './spell.ts';
import type { Part } from './told-rule.ts';
import { OF_WEEKDAYS, WEEKDAYS } from './weekday-words.ts';

export const SUNDAY = 7;
/** Day number 0, 1 January 1970, was a Thursday. */
const weekdayOf = (date: LocalDate): number => ((dayNumberOf(date) + 3) % 7) + 1;
/** That day of the week, `from` itself or the next one after it. */
export const nextWeekday = (from: LocalDate, weekday: number): LocalDate => addDays(from, (weekday - weekdayOf(from) + 7) % 7);
export const later = (a: LocalDate, b: LocalDate): LocalDate => (a > b ? a : b);

const OF_MONTHS = ['stycznia', 'lutego', 'marca', 'kwietnia', 'maja', 'czerwca', 'lipca', 'sierpnia', 'września', 'października', 'listopada', 'grudnia'];
export const AUGUST = 8;
/** The last day of that month, of this year or, when it is over, of the next. */
export function endOfNext(today: LocalDate, month: number): LocalDate {
  const inYear = (year: number): LocalDate => endOfMonth(`${year}-${String(month).padStart(2, '0')}-01`);
  const year = Number(today.slice(0, 4));
  return inYear(year) >= today ? inYear(year) : inYear(year + 1);
}

const THIS = '(?:ten|tę|najbliższ[yąe]|nadchodząc[yąe])';

/** Days told from today: "jutro", "w ten weekend", "do końca miesiąca", "przez dwa tygodnie". */
export function nearDays(today: LocalDate): Reader<Part>[] {
  const days = (from: LocalDate | null, until: LocalDate | null): Part => ({ kind: 'schedule', from, until });
  const onlyOn = (date: LocalDate): Part => days(date, date);
  const said = (words: string, part: Part): Reader<Part> => sequence([`(?:${words})${END}`], () => part);
  const sunday = nextWeekday(today, SUNDAY);
  return [
    said('od (?:dziś|dzisiaj|teraz)', days(today, null)),
    said('od jutra', days(addDays(today, 1), null)),
    said('(?:tylko )?(?:dziś|dzisiaj)', onlyOn(today)),
    said('(?:tylko )?jutro', onlyOn(addDays(today, 1))),
    said('(?:tylko )?pojutrze', onlyOn(addDays(today, 2))),
    said(`(?:tylko )?w ${THIS} weekend`, days(later(today, addDays(sunday, -1)), sunday)),
    sequence([`(?:tylko )?we? ${THIS} `, oneOf(WEEKDAYS)], ([place]) => onlyOn(nextWeekday(today, (place as number) + 1))),
    sequence(['do (?:najbliższ(?:ego|ej) )?', oneOf(OF_WEEKDAYS)], ([place]) => days(null, nextWeekday(today, (place as number) + 1))),
    said('w tym tygodniu|do końca (?:tego )?tygodnia', days(null, sunday)),
    said('w tym miesiącu|do końca (?:tego )?miesiąca', days(null, endOfMonth(today))),
    said('w tym roku|do końca (?:tego )?roku', days(null, endOfYear(today))),
    sequence(['do końca ', pattern('20\\d\\d', ([year]) => Number(year)), `(?: roku| r\\.)?${END}`], ([year]) => days(null, `${String(year)}-12-31`)),
    sequence(['do końca ', oneOf(OF_MONTHS), `(?! \\d)${END}`], ([place]) => days(null, endOfNext(today, (place as number) + 1))),
    said('do końca wakacji', days(null, endOfNext(today, AUGUST))),
    sequence(['przez (?:(?:najbliższ|następn|kolejn)(?:e|y|ych|ą) |cał(?:y|e) )?', spell], ([length]) => ((length as number) > 0 ? days(today, addDays(today, (length as number) - 1)) : null)),
  ];
}
