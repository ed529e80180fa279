import { addDays, dayNumberOf, type LocalDate } from '../calendar.ts';
import { easterSunday } from '../holidays.ts';
import { END } from './piece.ts';
import { longest, pattern, type Reader } from './scan.ts';
import type { Part } from './told-rule.ts';

/** A day, or the first and the last of several, in a year. */
type Feast = readonly [words: string, from: (year: number) => LocalDate, days?: number];

const on = (monthAndDay: string) => (year: number): LocalDate => `${year}-${monthAndDay}`;
const afterEaster = (days: number) => (year: number): LocalDate => addDays(easterSunday(year), days);
/** The day after the fourth Thursday of November: Thanksgiving of the United States (5 U.S.C. § 6103). */
function blackFriday(year: number): LocalDate {
  const first = on('11-01')(year);
  // Day number 0, 1 January 1970, was a Thursday.
  const firstThursday = addDays(first, (7 - (dayNumberOf(first) % 7)) % 7);
  return addDays(firstThursday, 22);
}

/** Days that shops keep, as they are called. */
const FEASTS: readonly Feast[] = [
  ['w nowy rok|(?:on|for) new year(?:[’\']?s)? day', on('01-01')], ['(?:w|na) dzień babci', on('01-21')], ['(?:w|na) dzień dziadka', on('01-22')], ['(?:w|na) dzień babci i dziadka', on('01-21'), 2], ['(?:w|na) walentynki|(?:on|for) (?:saint |st\\.? )?valentine(?:[’\']?s)?(?: day)?', on('02-14')],
  ['(?:w|na) dzień kobiet|(?:on|for) (?:international )?women(?:[’\']?s)? day', on('03-08')], ['(?:w|na) dzień chłopaka', on('09-30')], ['(?:w|na) dzień (?:matki|mamy)|(?:on|for) mother(?:[’\']?s)? day', on('05-26')], ['(?:w|na) dzień (?:ojca|taty)|(?:on|for) father(?:[’\']?s)? day', on('06-23')],
  ['(?:w|na) dzień dziecka|(?:on|for) children(?:[’\']?s)? day', on('06-01')], ['(?:w|na) (?:pierwszy dzień wiosny)', on('03-21')], ['(?:w|na) (?:majówkę|długi weekend majowy)|(?:on|over|for) the (?:long )?may weekend', on('05-01'), 3], ['(?:w|na) dzień (?:nauczyciela|edukacji narodowej)', on('10-14')],
  ['(?:w|na) halloween|(?:on|for|at) halloween', on('10-31')], ['(?:w|na) mikołajki|w mikołaja|(?:on|for) (?:saint|st\\.?) nicholas(?:[’\']?s?)? day', on('12-06')], ['(?:w|na) wigilię|(?:on|for) christmas eve', on('12-24')], ['(?:w|na) (?:boże narodzenie)|(?:at|on|for|over) christmas(?: day)?(?! eve)', on('12-25'), 2], ['(?:w|na) sylwestra|(?:on|for) new year(?:[’\']?s)? eve', on('12-31')],
  ['(?:w|na) tłusty czwartek|(?:on|for) fat thursday', afterEaster(-52)], ['(?:w|na) (?:śledzika|ostatki)', afterEaster(-47)], ['(?:w|na) wielkanoc|(?:at|for|over) easter(?! monday)', afterEaster(0), 2], ['w (?:lany poniedziałek|śmigus-dyngus)|(?:on|for) easter monday', afterEaster(1)],
  ['(?:w|na) black friday|(?:w|na) czarny piątek|(?:on|for) black friday', blackFriday], ['(?:w|na) black week|(?:in|during|for|on) black week', (year) => addDays(blackFriday(year), -4), 7], ['(?:w|na) cyber monday|(?:on|for) cyber monday', (year) => addDays(blackFriday(year), 3)],
];

const readers = FEASTS.map(([words, from, days = 1]) => pattern(`(?:${words})${END}`, () => ({ from, days })));

/** The next such day from `today` on; days that have begun are still theirs. */
export const feasts = (today: LocalDate | null): Reader<Part> => (spoken, at) => {
  const read = today === null ? null : longest(readers, spoken, at);
  if (read === null || today === null) return null;
  const { from, days } = read.value;
  const year = Number(today.slice(0, 4));
  const first = addDays(from(year), days - 1) >= today ? from(year) : from(year + 1);
  return { value: { kind: 'schedule', from: first, until: addDays(first, days - 1) }, end: read.end };
};
