import type { LocalDate } from '../calendar.ts';
import { nearDays } from './near-days.ts';
import { END, leaf, oneOf, sequence, several, TO, when } from './piece.ts';
import { OF_WEEKDAYS, SHORT_WEEKDAYS, WEEKDAYS } from './weekday-words.ts';
import { dateReader, pattern, type Reader } from './scan.ts';
import type { Tongue } from './test-phrases.ts';
import type { Part } from './told-rule.ts';

const MONTHS = ['styczniu', 'lutym', 'marcu', 'kwietniu', 'maju', 'czerwcu', 'lipcu', 'sierpniu', 'wrześniu', 'październiku', 'listopadzie', 'grudniu'];
export const daysFromTo = (from: number, to: number): number[] => (from <= to ? [1, 2, 3, 4, 5, 6, 7].filter((day) => day >= from && day <= to) : [1, 2, 3, 4, 5, 6, 7].filter((day) => day >= from || day <= to));

export const choice = (attribute: string, values: readonly number[]): Part => {
  const unlike = [...new Set(values)].sort((a, b) => a - b);
  return when(unlike.length === 1 ? leaf(attribute, 'is', unlike[0]!) : leaf(attribute, 'oneOf', unlike));
};
export const places = (found: unknown): number[] => (found as number[]).map((place) => place + 1);

/** Days of the week, however they are named. */
export const weekdays: readonly Reader<Part>[] = [
  sequence([several(sequence(['(?:we? (?:każd[ąye] )?|każd[ąye] )', oneOf(WEEKDAYS)], ([day]) => day as number), sequence(['(?:we? )?(?:każd[ąye] )?', oneOf(WEEKDAYS)], ([day]) => day as number))], ([days]) => choice('calendar.weekday', places(days))),
  sequence(['od ', oneOf(OF_WEEKDAYS), ' do ', oneOf(OF_WEEKDAYS)], ([from, to]) => choice('calendar.weekday', daysFromTo((from as number) + 1, (to as number) + 1))),
  sequence(['(?:od |w )?', oneOf(SHORT_WEEKDAYS), ' ?(?:-|–|do) ?', oneOf(SHORT_WEEKDAYS)], ([from, to]) => choice('calendar.weekday', daysFromTo((from as number) + 1, (to as number) + 1))),
  sequence([`w (?:każdy |każde )?weekend(?:y|owe dni)?${END}`], () => choice('calendar.weekday', [6, 7])),
  sequence([`w (?:dni robocze|dni powszednie|tygodniu|tygodniu roboczym)${END}`], () => choice('calendar.weekday', [1, 2, 3, 4, 5])),
];

const ORDINALS = ['pierwsz(?:y|ą|ej|ego)', 'drug(?:i|ą|iej|iego)', 'trzeci(?:ą|ej|ego)?', 'czwart(?:y|ą|ej|ego)'];
/** "w pierwszy piątek miesiąca": the Friday among its first seven days. */
const nthOfMonth: Reader<Part> = sequence(['we? (?:każd[ąye] )?', oneOf(ORDINALS), ' ', oneOf(WEEKDAYS), ` (?:każdego )?miesiąca${END}`], ([place, day]) => {
  const last = ((place as number) + 1) * 7;
  return when({ all: [leaf('calendar.weekday', 'is', (day as number) + 1), leaf('calendar.dayOfMonth', 'between', [last - 6, last])] });
});

const friday13: Reader<Part> = sequence([`we? (?:każd[ąy] )?piątek (?:trzynastego|13\\.?(?:-?go)?)${END}`], () => when({ all: [leaf('calendar.weekday', 'is', 5), leaf('calendar.dayOfMonth', 'is', 13)] }));

const months: readonly Reader<Part>[] = [
  sequence([several(sequence(['we? ', oneOf(MONTHS)], ([month]) => month as number), sequence(['(?:we? )?', oneOf(MONTHS)], ([month]) => month as number))], ([found]) => choice('calendar.month', places(found))),
  sequence([`w wakacje${END}`], () => choice('calendar.month', [7, 8])),
];

/** What a rule is not for, after "oprócz" or "nie": days as they are named there. */
export const refusedDays: readonly Reader<Part>[] = [
  ...weekdays,
  sequence([several(oneOf(OF_WEEKDAYS), oneOf(OF_WEEKDAYS))], ([days]) => choice('calendar.weekday', places(days))),
  sequence([`weekend(?:ów|ami|u)${END}`], () => choice('calendar.weekday', [6, 7])),
  sequence([`(?:w )?(?:święta|świąt|dni świąteczne)${END}`], () => when(leaf('calendar.isHoliday', 'isTrue', null))),
];

const MORNING = '(?: rano)?';
/** "8", "8:30", "8.30", "8 rano": minutes since midnight. No date, no amount and no other number goes on from it. */
const clock = (minutes: string): Reader<number> =>
  pattern(`(\\d{1,2})(?:${minutes}([0-5]\\d))?(?: ?h)?(?![\\p{L}\\d]|[.,:]\\d)(?! ?(?:zł|gr|dób|dob|tyg|mies|lat|rok|pkt|punkt|%|proc|szt|dni|raz|zakup|kaw))${MORNING}`, ([, hour, minute]) => (Number(hour) * 60 + Number(minute ?? 0) <= 1440 ? Number(hour) * 60 + Number(minute ?? 0) : null));
const named = clock('[:.]');
const bare = clock(':');
/** "14:00": with its minutes it needs no word before it. */
export const timed = pattern('(\\d{1,2}):([0-5]\\d)(?!\\d)', ([, hour, minute]) => (Number(hour) <= 24 ? Number(hour) * 60 + Number(minute) : null));

/** Whole hours are told as hours; a span that begins or ends between them, as times. */
export function span(from: number, to: number): Part | null {
  if (from >= to) return null;
  return from % 60 === 0 && to % 60 === 0 ? when(leaf('calendar.hour', 'between', [from / 60, to / 60 - 1])) : when(leaf('calendar.time', 'timeWithin', [from, to]));
}
export const since = (from: number): Part | null => (from >= 1440 ? null : when(from % 60 === 0 ? leaf('calendar.hour', 'atLeast', from / 60) : leaf('calendar.time', 'atLeast', from)));
export const until = (to: number): Part | null => (to <= 0 || to >= 1440 ? null : when(to % 60 === 0 ? leaf('calendar.hour', 'below', to / 60) : leaf('calendar.time', 'below', to)));

const HOUR = 'godz(?:inach|iny|iną|inie|\\.)?';
const hours: readonly Reader<Part>[] = [
  sequence([`(?:w ${HOUR} (?:od |między )?|od ${HOUR} |między (?:${HOUR} )?|pomiędzy (?:${HOUR} )?)`, named, `(?:${TO}| i )(?:${HOUR} )?`, named], ([from, to]) => span(from as number, to as number)),
  sequence([timed, ' ?[–-] ?', timed], ([from, to]) => span(from as number, to as number)),
  sequence(['od ', bare, TO, bare], ([from, to]) => span(from as number, to as number)),
  sequence([`(?:po|od) ${HOUR} `, named], ([from]) => since(from as number)),
  sequence(['po ', bare], ([from]) => since(from as number)),
  sequence([`(?:przed|do) ${HOUR} `, named], ([to]) => until(to as number)),
  sequence(['przed ', bare], ([to]) => until(to as number)),
  sequence([`(?:rano|z rana)${END}`], () => until(660)),
  sequence([`po południu${END}`], () => since(720)),
];

/** First and last days, today and the ends of its month and year among them. */
function schedules(tongue: Tongue, today: LocalDate | null): Reader<Part>[] {
  const date = dateReader(tongue.lang, today);
  const day = pattern(`\\d{1,2}(?=${TO}\\d{1,2} \\p{L})`, ([text]) => Number(text));
  const part = (from: LocalDate | null, last: LocalDate | null): Part | null => (from !== null && last !== null && from > last ? null : { kind: 'schedule', from, until: last });
  return [
    sequence(['(?:od|między|w dniach) ', date, TO, date], ([from, last]) => part(from as LocalDate, last as LocalDate)),
    // "od 1 do 24 grudnia": the month and year are the second day's.
    sequence(['(?:od|w dniach) ', day, TO, date], ([from, last]) => part(`${(last as LocalDate).slice(0, 8)}${String(from).padStart(2, '0')}`, last as LocalDate)),
    sequence(['od (?:dnia )?', date], ([from]) => part(from as LocalDate, null)),
    sequence(['do (?:dnia )?', date], ([last]) => part(null, last as LocalDate)),
    sequence(['(?:w dniu |dnia |tylko )?', date], ([only]) => part(only as LocalDate, only as LocalDate)),
    ...(today === null ? [] : nearDays(today)),
  ];
}

/** When a rule works: days, months, hours, dates. */
export const moments = (tongue: Tongue, today: LocalDate | null): readonly Reader<Part>[] => [...weekdays, nthOfMonth, friday13, ...months, ...schedules(tongue, today), ...hours];
