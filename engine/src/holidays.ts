import { addDays, type LocalDate } from './calendar.ts';

/** Since which year a date 'MM-DD' is a holiday; 0: in every year from 1990 on. */
const FIXED: Readonly<Record<string, number>> = {
  '01-01': 0, '01-06': 2011, '05-01': 0, '05-03': 0, '08-15': 0, '11-01': 0, '11-11': 0, '12-24': 2025, '12-25': 0, '12-26': 0,
};

/** Days after Easter Sunday: Easter itself and Monday, Pentecost (Zielone Świątki), Corpus Christi (Boże Ciało). */
const AFTER_EASTER = [0, 1, 49, 60] as const;

/**
 * Is the date a public holiday in Poland: ustawa z dnia 18 stycznia 1951 r. o dniach wolnych od pracy (Dz.U. 1951 nr 4 poz. 28, with changes), art. 1 pkt 1,
 * with 6 January since 2011 (Dz.U. 2010 nr 224 poz. 1459) and 24 December since 2025 (Dz.U. 2024 poz. 1965). The Sundays of pkt 2 are a
 * day of the week, not a holiday here. Right for the years from 1990 on.
 */
export function isPolishHoliday(date: LocalDate): boolean {
  const year = Number(date.slice(0, 4));
  return year >= (FIXED[date.slice(5)] ?? Infinity) || AFTER_EASTER.some((days) => movable(year)[days] === date);
}

let lastYear: { year: number; days: Readonly<Record<number, LocalDate>> } | null = null;

// Documents come in runs of one year.
function movable(year: number): Readonly<Record<number, LocalDate>> {
  if (lastYear?.year === year) return lastYear.days;
  const easter = easterSunday(year);
  lastYear = { year, days: Object.fromEntries(AFTER_EASTER.map((days) => [days, addDays(easter, days)])) };
  return lastYear.days;
}

/** Easter Sunday of a Gregorian year: the "anonymous Gregorian algorithm" (Nature, 20 April 1876; Meeus, Astronomical Algorithms, ch. 8). */
export function easterSunday(year: number): LocalDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const sum = h + l - 7 * m + 114;
  const two = (n: number) => String(n).padStart(2, '0');
  return `${String(year).padStart(4, '0')}-${two(Math.floor(sum / 31))}-${two((sum % 31) + 1)}`;
}
