import { addDays, endOfMonth, endOfYear, type LocalDate } from '../calendar.ts';
import type { Condition } from '../conditions.ts';
import { choice, daysFromTo, places, since, span, timed, until } from './moments.ts';
import { AUGUST, endOfNext, later, nextWeekday, SUNDAY } from './near-days.ts';
import { END, leaf, oneOf, sequence, several, when } from './piece.ts';
import { dateReader, first, numberReader, pattern, type Reader } from './scan.ts';
import type { Part } from './told-rule.ts';

const DAYS = ['mondays?', 'tuesdays?', 'wednesdays?', 'thursdays?', 'fridays?', 'saturdays?', 'sundays?'];
const SHORT_DAYS = ['mon\\.?', 'tues?\\.?', 'wed\\.?', 'thu(?:rs?)?\\.?', 'fri\\.?', 'sat\\.?', 'sun\\.?'];
const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];
const NTH = ['(?:first|1st)', '(?:second|2nd)', '(?:third|3rd)', '(?:fourth|4th)'];
const EACH = '(?:each |every |all )?';
const [day, short, month, number] = [oneOf(DAYS), oneOf(SHORT_DAYS), oneOf(MONTHS), numberReader('en')];
/** From a day to an earlier one: over the end of the week. */
const fromTo = ([from, to]: readonly unknown[]): Part => choice('calendar.weekday', daysFromTo((from as number) + 1, (to as number) + 1));

const weekdays: readonly Reader<Part>[] = [
  sequence([several(sequence([`(?:only )?(?:on )?${EACH}`, day], ([one]) => one as number), sequence([`(?:on )?${EACH}`, day], ([one]) => one as number))], ([days]) => choice('calendar.weekday', places(days))),
  sequence(['(?:from )?', day, ' ?(?:to|till|until|through|-|–) ?', day], fromTo),
  sequence(['(?:from |on )?', short, ' ?(?:to|-|–) ?', short], fromTo),
  sequence([`(?:on|at|over) (?:the |every )?weekends?${END}`], () => choice('calendar.weekday', [6, 7])),
  sequence([`(?:on|during) (?:weekdays|working days|work days|business days)${END}`], () => choice('calendar.weekday', [1, 2, 3, 4, 5])),
  sequence(['on (?:the |each |every )?', oneOf(NTH), ' ', day, ` of (?:the|each|every|a) month${END}`], ([place, found]) => {
    const last = ((place as number) + 1) * 7;
    return when({ all: [leaf('calendar.weekday', 'is', (found as number) + 1), leaf('calendar.dayOfMonth', 'between', [last - 6, last])] });
  }),
  sequence([`on (?:every )?friday (?:the )?(?:13th|thirteenth)${END}`], () => when({ all: [leaf('calendar.weekday', 'is', 5), leaf('calendar.dayOfMonth', 'is', 13)] })),
  // "in May 2027" is of one year, and "in May 20" of one day.
  sequence([several(sequence(['(?:only )?in ', month, '(?! ?\\d)'], ([one]) => one as number), sequence(['(?:in )?', month, '(?! ?\\d)'], ([one]) => one as number))], ([found]) => choice('calendar.month', places(found))),
  sequence([`(?:in|during|over) the (?:summer )?holidays${END}`], () => choice('calendar.month', [7, 8])),
];

const HALF = ' ?(a\\.?m\\.?|p\\.?m\\.?)(?![\\p{L}\\d])';
/** Hours of the twelve as minutes since midnight: 12 am is midnight. */
const ofHalf = (hour: string, minutes: string | undefined, half: string): number | null => {
  const [h, m] = [Number(hour), Number(minutes ?? 0)];
  return h < 1 || h > 12 ? null : ((h % 12) + (half.startsWith('p') ? 12 : 0)) * 60 + m;
};
const halved = pattern(`(\\d{1,2})(?:[:.]([0-5]\\d))?${HALF}`, ([, hour, minutes, half]) => ofHalf(hour!, minutes, half!));
const noon = pattern(`(?:12 )?(?:noon|midday)${END}`, () => 720);
/** An hour without "am" or "pm" that cannot be of the other half of the day. */
const late = pattern('(1[3-9]|2[0-4])(?![\\p{L}\\d]|[.,:]\\d)(?! ?(?:[€$£%]|pln|zł|eur|usd|gbp|czk|times|days?|weeks?|months?|years?|points?|pts?|pieces?|items?|purchases?))', ([, hour]) => Number(hour) * 60);
const clock: Reader<number> = (spoken, at) => first([halved, noon, timed, late], spoken, at);
/** "from 2 to 4 pm": the first hour is of the half that the second names, or of the one before when it would be later than that. */
const bothHalves: Reader<readonly [number, number]> = pattern(`(\\d{1,2})(?:[:.]([0-5]\\d))? ?(?:to|and|till|until|-|–) ?(\\d{1,2})(?:[:.]([0-5]\\d))?${HALF}`, ([, hour, minutes, last, lastMinutes, half]) => {
  const to = ofHalf(last!, lastMinutes, half!);
  const same = ofHalf(hour!, minutes, half!);
  const from = to !== null && same !== null && same >= to ? ofHalf(hour!, minutes, 'am') : same;
  return from === null || to === null ? null : [from, to];
});
/** "from 8 to 17": whoever counts on to twenty-four means the morning by 8. */
const ofTwentyFour = pattern('(\\d{1,2}) ?(?:to|and|till|until|-|–) ?(?=1[3-9]|2[0-4])', ([, hour]) => (Number(hour) <= 24 ? Number(hour) * 60 : null));
const AT = '(?:only )?(?:from |between |at |in the hours (?:of |from )?)';
const hours: readonly Reader<Part>[] = [
  sequence([`(?:${AT})?`, bothHalves], ([found]) => span(...found as [number, number])),
  sequence([AT, clock, ' ?(?:to|and|till|until|-|–) ?', clock], ([from, to]) => span(from as number, to as number)),
  sequence([AT, ofTwentyFour, late], ([from, to]) => span(from as number, to as number)),
  sequence([timed, ' ?[–-] ?', timed], ([from, to]) => span(from as number, to as number)),
  sequence(['(?:after|from|since) ', clock], ([from]) => since(from as number)),
  sequence(['(?:before|until|till|by) ', clock], ([to]) => until(to as number)),
  sequence([`in the mornings?${END}`], () => until(660)),
  sequence([`in the afternoons?${END}`], () => since(720)),
];

const spells = ([['days?', 1], ['weeks?', 7], ['months?', 30]] as const).flatMap(([words, length]) => [
  sequence([number, ` (?:${words})${END}`], ([n]) => (n as number) * length), pattern(`(?:a |one )?(?:${words.replace('s?', '')})${END}`, () => length),
]);
/** "30 days", "2 weeks", "a month" of thirty days, in days. */
export const englishSpell: Reader<number> = (spoken, at) => first(spells, spoken, at);

/** Days told from today: "tomorrow", "this weekend", "until the end of the month", "for the next two weeks". */
function nearDays(today: LocalDate): Reader<Part>[] {
  const days = (from: LocalDate | null, last: LocalDate | null): Part => ({ kind: 'schedule', from, until: last });
  const said = (words: string, part: Part): Reader<Part> => sequence([`(?:${words})${END}`], () => part);
  const sunday = nextWeekday(today, SUNDAY);
  const by = '(?:until|till|by|to)';
  return [
    said('(?:from|starting|as of) (?:today|now)', days(today, null)), said('(?:from|starting|as of) tomorrow', days(addDays(today, 1), null)),
    said('(?:only )?today', days(today, today)), said('(?:only )?tomorrow', days(addDays(today, 1), addDays(today, 1))), said('(?:only )?the day after tomorrow', days(addDays(today, 2), addDays(today, 2))),
    said('(?:only )?(?:on )?this (?:coming )?weekend', days(later(today, addDays(sunday, -1)), sunday)),
    sequence(['(?:only )?(?:on )?this (?:coming )?', day], ([place]) => { const date = nextWeekday(today, (place as number) + 1); return days(date, date); }),
    sequence([`${by} (?:this )?`, day], ([place]) => days(null, nextWeekday(today, (place as number) + 1))),
    said(`this week|${by} the end of (?:the|this) week`, days(null, sunday)),
    said(`this month|${by} the end of (?:the|this) month`, days(null, endOfMonth(today))),
    said(`this year|${by} the end of (?:the|this) year`, days(null, endOfYear(today))),
    sequence([`${by} the end of `, pattern('20\\d\\d(?!\\d)', ([year]) => Number(year))], ([year]) => days(null, `${String(year)}-12-31`)),
    sequence([`${by} the end of `, month, '(?! \\d)'], ([place]) => days(null, endOfNext(today, (place as number) + 1))),
    said(`${by} the end of the (?:summer )?holidays`, days(null, endOfNext(today, AUGUST))),
    sequence(['for (?:the )?(?:next |coming |whole )?', englishSpell], ([length]) => ((length as number) > 0 ? days(today, addDays(today, (length as number) - 1)) : null)),
  ];
}

function schedules(today: LocalDate | null): Reader<Part>[] {
  const date = dateReader('en', today);
  const part = (from: LocalDate | null, last: LocalDate | null): Part | null => (from !== null && last !== null && from > last ? null : { kind: 'schedule', from, until: last });
  const bare = pattern('\\d{1,2}(?= ?(?:to|-|–) ?\\d{1,2}(?:st|nd|rd|th)? \\p{L})', ([text]) => Number(text));
  const to = ' ?(?:to|till|until|and|-|–) ?';
  return [
    sequence(['(?:from |between )?', date, to, date], ([from, last]) => part(from as LocalDate, last as LocalDate)),
    // "from 1 to 24 December": the month and year are the second day's.
    sequence(['(?:from )?', bare, to, date], ([from, last]) => part(`${(last as LocalDate).slice(0, 8)}${String(from).padStart(2, '0')}`, last as LocalDate)),
    sequence(['(?:from|starting|as of) ', date], ([from]) => part(from as LocalDate, null)),
    sequence(['(?:until|till|by) ', date], ([last]) => part(null, last as LocalDate)),
    sequence(['(?:only )?(?:on )?', date, '(?: only)?'], ([only]) => part(only as LocalDate, only as LocalDate)),
    ...(today === null ? [] : nearDays(today)),
  ];
}

/** When a rule works: days, months, hours, dates. */
export const englishMoments = (today: LocalDate | null): readonly Reader<Part>[] => [...weekdays, ...schedules(today), ...hours];

/** What a rule is not for, after "except" or "not": days as they are named there. */
export const refusedMoments: Reader<Condition> = (spoken, at) => first([
  sequence([`${EACH}`, day], ([place]) => leaf('calendar.weekday', 'isNot', (place as number) + 1)), pattern(`(?:public |bank )?holidays${END}`, () => leaf('calendar.isHoliday', 'isFalse', null)), pattern(`(?:the )?weekends?${END}`, () => leaf('calendar.weekday', 'noneOf', [6, 7])),
], spoken, at);
