import { addDays, calendarParts, startOfLocalDay, type Instant, type LocalDate } from '@wracam/engine/calendar';

export const TIME_ZONE = 'Europe/Warsaw';
/** Two years, the last day included. */
export const DAYS = 731;

export type CafeDay = {
  readonly date: LocalDate; readonly weekday: number; readonly month: number;
  /** Hours of opening; equal on days when the café is closed. */
  readonly opens: number; readonly closes: number;
  /** How busy, in percent of an ordinary weekday. */
  readonly busyPercent: number; readonly freeDay: boolean;
};

/** Easter Sunday by the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, ch. 8). */
export function easterOf(year: number): LocalDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7;
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114;
  return `${year}-0${Math.floor(f / 31)}-${String((f % 31) + 1).padStart(2, '0')}`;
}

const FIXED_HOLIDAYS = ['01-06', '05-01', '05-03', '08-15', '11-01', '11-11', '12-24', '12-26'];
const CLOSED = ['01-01', '12-25'];
/** January to December: people sit in the garden in early summer, Warsaw is empty in August, December is busy. */
const MONTH_PERCENT = [92, 94, 98, 102, 108, 107, 97, 92, 103, 105, 100, 112];
const WEEKDAY_PERCENT = [94, 97, 104, 100, 112, 128, 106];

export function cafeDay(date: LocalDate): CafeDay {
  const { weekday, month, year } = calendarParts(TIME_ZONE, startOfLocalDay(TIME_ZONE, date));
  const easter = easterOf(year);
  const day = date.slice(5);
  const closed = CLOSED.includes(day) || date === easter;
  const holiday = FIXED_HOLIDAYS.includes(day) || date === addDays(easter, 1) || date === addDays(easter, 60); // Easter Monday, Corpus Christi
  const freeDay = weekday >= 6 || holiday;
  const [opens, closes] = closed ? [0, 0] : holiday ? [10, 18] : weekday === 7 ? [9, 19] : weekday === 6 ? [8, 21] : [7, 20];
  const busyPercent = closed ? 0 : Math.floor((holiday ? 70 : WEEKDAY_PERCENT[weekday - 1]!) * MONTH_PERCENT[month - 1]! / 100);
  return { date, weekday, month, opens, closes, busyPercent, freeDay };
}

/** The instant when local clocks show this minute of the day; the café is closed when clocks change. */
export function atMinute(date: LocalDate, minute: number): Instant {
  const start = startOfLocalDay(TIME_ZONE, date);
  const shown = calendarParts(TIME_ZONE, start + 12 * 3_600_000).hour;
  return start + (12 - shown) * 3_600_000 + minute * 60_000;
}

/** People by hour of the day: before work, at noon, after work; at weekends late breakfast and cake. */
const WORKDAY_HOURS: readonly (readonly [number, number])[] = [[12, 7], [17, 8], [12, 9], [7, 10], [7, 11], [10, 12], [9, 13], [7, 14], [8, 15], [10, 16], [9, 17], [6, 18], [4, 19]];
const FREE_HOURS: readonly (readonly [number, number])[] = [[4, 8], [9, 9], [14, 10], [16, 11], [13, 12], [10, 13], [10, 14], [13, 15], [13, 16], [9, 17], [6, 18], [4, 19], [2, 20]];

export const hoursOf = (day: CafeDay) => (day.freeDay ? FREE_HOURS : WORKDAY_HOURS).filter(([, hour]) => hour >= day.opens && hour < day.closes);
