import { addDays, dayNumberOf, endOfMonth, endOfYear, type LocalDate } from '../calendar.ts';
import { END, oneOf, sequence } from './piece.ts';
import type { Reader } from './scan.ts';
import { spell } from './spell.ts';
import type { Part } from './told-rule.ts';
import { OF_WEEKDAYS, WEEKDAYS } from './weekday-words.ts';

const SUNDAY = 7;
/** Day number 0, 1 January 1970, was a Thursday. */
const weekdayOf = (date: LocalDate): number => ((dayNumberOf(date) + 3) % 7) + 1;
/** That day of the week, `from` itself or the next one after it. */
const nextWeekday = (from: LocalDate, weekday: number): LocalDate => addDays(from, (weekday - weekdayOf(from) + 7) % 7);
const later = (a: LocalDate, b: LocalDate): LocalDate => (a > b ? a : b);

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
    sequence(['przez (?:(?:najbliższ|następn|kolejn)(?:e|y|ych|ą) |cał(?:y|e) )?', spell], ([length]) => ((length as number) > 0 ? days(today, addDays(today, (length as number) - 1)) : null)),
  ];
}
