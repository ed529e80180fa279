import { Temporal } from 'temporal-polyfill';

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

/** A calendar date 'YYYY-MM-DD', years 0001 to 9999. Dates compare as strings. */
export type LocalDate = string;

/** An instant as a wall calendar and clock in some time zone show it. */
export type CalendarParts = {
  readonly date: LocalDate;
  /** Days since 1970-01-01. */
  readonly dayNumber: number;
  /** 1 = Monday … 7 = Sunday (ISO 8601). */
  readonly weekday: number;
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
};

const DAY_MS = 86_400_000;

// 0001-01-02 … 9999-12-30, so that every time zone shows a four-digit year.
const FIRST_INSTANT = -62_135_510_400_000;
const LAST_INSTANT = 253_402_128_000_000;

/** A stretch of time in which a zone keeps one distance from UTC. */
type Stretch = { readonly from: Instant; readonly to: Instant; readonly offsetMs: number };

// Offsets never change for a zone within one version of the time zone data, so the cache needs no end but a size.
const STRETCHES_MAX = 512;
const zones = new Map<string, { last: Stretch; known: Stretch[] }>();

/** The calendar of a time zone at an instant. Throws RangeError for an unknown zone or an instant outside the years 1–9999. */
export function calendarParts(timeZone: string, instant: Instant): CalendarParts {
  const local = instant + stretchAt(timeZone, instant).offsetMs;
  const dayNumber = Math.floor(local / DAY_MS);
  const ofDay = local - dayNumber * DAY_MS;
  const hour = Math.floor(ofDay / 3_600_000);
  const civil = civilDay(dayNumber);
  return {
    date: civil.date, dayNumber, weekday: civil.weekday, year: civil.year, month: civil.month, day: civil.day,
    hour, minute: Math.floor((ofDay - hour * 3_600_000) / 60_000),
  };
}

/** The local date of an instant. */
export function localDate(timeZone: string, instant: Instant): LocalDate {
  return civilDay(Math.floor((instant + stretchAt(timeZone, instant).offsetMs) / DAY_MS)).date;
}

/** First instant of the local day; where clocks skip midnight, the first instant that exists. */
export function startOfLocalDay(timeZone: string, date: LocalDate): Instant {
  const midnight = dayNumberOf(date) * DAY_MS;
  const stretch = stretchAt(timeZone, midnight);
  const guess = midnight - stretch.offsetMs;
  // A day away from any change of clocks on either side there is only one answer.
  if (guess >= stretch.from + DAY_MS && guess < stretch.to - DAY_MS) return guess;
  return Temporal.PlainDate.from(date).toZonedDateTime({ timeZone }).epochMilliseconds;
}

/** First instant after the local day: what is good on `date` ends here (exclusive). */
export function endOfLocalDay(timeZone: string, date: LocalDate): Instant {
  return startOfLocalDay(timeZone, addDays(date, 1));
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return dateOf(dayNumberOf(date) + days);
}

/** The same day of a later (or earlier) month, or that month's last day when it is shorter. */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const { year, month, day } = civilDay(dayNumberOf(date));
  const count = year * 12 + (month - 1) + months;
  const toYear = Math.floor(count / 12);
  const toMonth = count - toYear * 12 + 1;
  return writeDate(toYear, toMonth, Math.min(day, daysInMonth(toYear, toMonth)));
}

/** Last day of the date's month. */
export function endOfMonth(date: LocalDate): LocalDate {
  const { year, month } = civilDay(dayNumberOf(date));
  return writeDate(year, month, daysInMonth(year, month));
}

/** Last day of the date's calendar quarter. */
export function endOfQuarter(date: LocalDate): LocalDate {
  const { year, month } = civilDay(dayNumberOf(date));
  const last = Math.ceil(month / 3) * 3;
  return writeDate(year, last, daysInMonth(year, last));
}

/** The 31st of December of the date's year. */
export function endOfYear(date: LocalDate): LocalDate {
  return writeDate(civilDay(dayNumberOf(date)).year, 12, 31);
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: LocalDate, to: LocalDate): number => dayNumberOf(to) - dayNumberOf(from);

/** Is the text a real date 'YYYY-MM-DD'. */
export function isLocalDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < '0001-01-01') return false;
  const month = Number(text.slice(5, 7));
  const day = Number(text.slice(8, 10));
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(Number(text.slice(0, 4)), month);
}

/** Is the text a time zone this runtime knows. */
export function isTimeZone(text: string): boolean {
  try {
    stretchAt(text, 0);
    return true;
  } catch {
    return false;
  }
}

/** Days since 1970-01-01. Throws RangeError for a text that is not a date. */
export function dayNumberOf(date: LocalDate): number {
  if (lastDay !== null && lastDay.date === date) return lastDay.dayNumber;
  const digit = (at: number): number => date.charCodeAt(at) - 48;
  const year = digit(0) * 1000 + digit(1) * 100 + digit(2) * 10 + digit(3);
  const month = digit(5) * 10 + digit(6);
  const day = digit(8) * 10 + digit(9);
  if (date.length !== 10 || !(year >= 1 && year <= 9999) || !(month >= 1 && month <= 12) || !(day >= 1 && day <= daysInMonth(year, month))) {
    throw new RangeError(`not a date: ${date}`);
  }
  // Days from civil, Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": years begin in March, so leap days come last.
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const ofEra = y - era * 400;
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468;
}

/** The date of a day number. */
export const dateOf = (dayNumber: number): LocalDate => civilDay(dayNumber).date;

type CivilDay = { readonly dayNumber: number; readonly date: LocalDate; readonly year: number; readonly month: number; readonly day: number; readonly weekday: number };

// Documents come in runs of one day; remembering the last one spares writing its text again.
let lastDay: CivilDay | null = null;

function civilDay(dayNumber: number): CivilDay {
  if (lastDay !== null && lastDay.dayNumber === dayNumber) return lastDay;
  // Civil from days, same source.
  const z = dayNumber + 719_468;
  const era = Math.floor(z / 146_097);
  const ofEra = z - era * 146_097;
  const yearOfEra = Math.floor((ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365);
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const m = Math.floor((5 * ofYear + 2) / 153);
  const month = m < 10 ? m + 3 : m - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const day = ofYear - Math.floor((153 * m + 2) / 5) + 1;
  const weekday = ((((dayNumber + 3) % 7) + 7) % 7) + 1; // 1970-01-01 was a Thursday
  lastDay = { dayNumber, date: writeDate(year, month, day), year, month, day, weekday };
  return lastDay;
}

function writeDate(year: number, month: number, day: number): LocalDate {
  if (!(year >= 1 && year <= 9999)) throw new RangeError(`year outside 1–9999: ${year}`);
  return `${String(year).padStart(4, '0')}-${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}`;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function stretchAt(timeZone: string, instant: Instant): Stretch {
  const zone = zones.get(timeZone);
  if (zone !== undefined) {
    const { last } = zone;
    if (instant >= last.from && instant < last.to) return last;
    const found = zone.known.find((one) => instant >= one.from && instant < one.to);
    if (found !== undefined) {
      zone.last = found;
      return found;
    }
  }
  const stretch = findStretch(timeZone, instant);
  if (zone === undefined) zones.set(timeZone, { last: stretch, known: [stretch] });
  else {
    if (zone.known.length >= STRETCHES_MAX) zone.known.length = 0;
    zone.known.push(stretch);
    zone.last = stretch;
  }
  return stretch;
}

function findStretch(timeZone: string, instant: Instant): Stretch {
  if (!(instant >= FIRST_INSTANT && instant <= LAST_INSTANT)) throw new RangeError(`instant outside the years 1–9999: ${instant}`);
  const at = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone);
  const before = at.add({ milliseconds: 1 }).getTimeZoneTransition('previous');
  const after = at.getTimeZoneTransition('next');
  return {
    from: before?.epochMilliseconds ?? FIRST_INSTANT,
    to: after?.epochMilliseconds ?? LAST_INSTANT,
    offsetMs: Math.round(at.offsetNanoseconds / 1_000_000),
  };
}
