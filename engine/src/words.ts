import { calendarParts, dayNumberOf, dateOf, type Instant, type LocalDate } from './calendar.ts';
import type { Minor, Points } from './points.ts';

export type Lang = 'pl' | 'en';

/**
 * Forms of a wallet's unit: 1 punkt, 3 punkty, 5 punktów, 1,5 punktu. English uses `one` and `many`. `decimals`: how many of the last digits
 * of the smallest unit stand behind the comma, so that a wallet counted in grosze shows złote. `en`: the organiser's own unit in English.
 */
export type UnitWords = { readonly one: string; readonly few: string; readonly many: string; readonly fraction: string; readonly decimals?: number | undefined; readonly en?: { readonly one: string; readonly many: string } | undefined };

/** The unit of a wallet that has no name of its own. */
export const POINT_WORDS: Readonly<Record<Lang, UnitWords>> = {
  pl: { one: 'punkt', few: 'punkty', many: 'punktów', fraction: 'punktu' },
  en: { one: 'point', few: 'points', many: 'points', fraction: 'points' },
};

/** A wallet's unit in a language. Organisers write Polish forms, and English ones if they like; plain points have English ones of their own. */
export function unitIn<U extends UnitWords>(forms: U, lang: Lang): U {
  if (lang !== 'en') return forms;
  if (forms.en) return { ...forms, one: forms.en.one, few: forms.en.many, many: forms.en.many, fraction: forms.en.many };
  return forms.one === POINT_WORDS.pl.one ? { ...forms, ...POINT_WORDS.en } : forms;
}

/** No-break space: a number never parts with its unit at the end of a line. */
export const NBSP = '\u00a0';
const MINUS = '\u2212';

/** The form of a unit that goes with a number: CLDR plural rules of Polish and English; a number that is not whole takes `fraction`. */
export function plural(n: number, words: UnitWords, lang: Lang): string {
  if (!Number.isInteger(n)) return words.fraction;
  const size = Math.abs(n);
  if (size === 1) return words.one;
  if (lang === 'en') return words.many;
  const tens = size % 100;
  const ones = size % 10;
  return ones >= 2 && ones <= 4 && (tens < 12 || tens > 14) ? words.few : words.many;
}

/** "12 345 punktów", "1,5 punktu" (`decimals`: how many of the last digits stand behind the comma; as the unit says). */
export function formatPoints(points: Points, unit: UnitWords, lang: Lang, decimals = unit.decimals ?? 0): string {
  const scale = 10 ** decimals;
  if (points % scale !== 0) return `${formatDecimal(points, decimals, lang)}${NBSP}${unit.fraction}`;
  return `${formatDecimal(points / scale, 0, lang)}${NBSP}${plural(points / scale, unit, lang)}`;
}

// ISO 4217, list one: currencies whose minor unit is not a hundredth.
const MINOR_DIGITS: Readonly<Record<string, number>> = {
  BHD: 3, BIF: 0, CLP: 0, DJF: 0, GNF: 0, IQD: 3, ISK: 0, JOD: 3, JPY: 0, KMF: 0, KRW: 0, KWD: 3, LYD: 3, OMR: 3, PYG: 0,
  RWF: 0, TND: 3, UGX: 0, UYI: 0, VND: 0, VUV: 0, XAF: 0, XOF: 0, XPF: 0,
};
const SYMBOLS: Readonly<Record<string, string>> = { PLN: 'zł', EUR: '€', USD: '$', GBP: '£', CZK: 'Kč' };

/** How many digits of the currency's minor unit stand behind the comma. */
export const minorDigits = (currency: string): number => MINOR_DIGITS[currency] ?? 2;

/** "12 345,60 zł", "PLN 12,345.60", "€12.50". */
export function formatMoney(minor: Minor, currency: string, lang: Lang): string {
  return withCurrency(formatDecimal(minor, minorDigits(currency), lang), currency, lang);
}

/** As formatMoney, but round sums lose their zeros: "10 zł", "57,40 zł". For sentences, not for columns. */
export function formatMoneyShort(minor: Minor, currency: string, lang: Lang): string {
  const digits = minorDigits(currency);
  const whole = minor % 10 ** digits === 0;
  return withCurrency(whole ? formatDecimal(minor / 10 ** digits, 0, lang) : formatDecimal(minor, digits, lang), currency, lang);
}

function withCurrency(number: string, currency: string, lang: Lang): string {
  if (lang === 'pl') return `${number}${NBSP}${SYMBOLS[currency] ?? currency}`;
  const sign = number.startsWith(MINUS) ? MINUS : '';
  const size = number.slice(sign.length);
  const symbol = currency === 'EUR' || currency === 'USD' || currency === 'GBP' ? SYMBOLS[currency] : undefined;
  return symbol === undefined ? `${sign}${currency}${NBSP}${size}` : `${sign}${symbol}${size}`;
}

/** A whole number of the smallest unit with its last `decimals` digits behind the comma; groups of three from five digits in Polish, from four in English. */
export function formatDecimal(value: number, decimals: number, lang: Lang): string {
  const digits = String(Math.abs(value)).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const rest = digits.slice(digits.length - decimals);
  const grouped = whole.length >= (lang === 'pl' ? 5 : 4) ? whole.replace(/\B(?=(\d{3})+$)/g, lang === 'pl' ? NBSP : ',') : whole;
  return `${value < 0 ? MINUS : ''}${grouped}${rest === '' ? '' : (lang === 'pl' ? ',' : '.') + rest}`;
}

/** Thousandths as a quantity without idle zeros: 347 is "0,347", 2000 is "2". */
export function formatQuantity(thousandths: number, lang: Lang): string {
  for (let decimals = 0; decimals < 3; decimals += 1) {
    const unit = 10 ** (3 - decimals);
    if (thousandths % unit === 0) return formatDecimal(thousandths / unit, decimals, lang);
  }
  return formatDecimal(thousandths, 3, lang);
}

const MONTHS: Readonly<Record<Lang, readonly string[]>> = {
  pl: ['stycznia', 'lutego', 'marca', 'kwietnia', 'maja', 'czerwca', 'lipca', 'sierpnia', 'września', 'października', 'listopada', 'grudnia'],
  en: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
};

/** "21 listopada 2026", "21 November 2026". Throws RangeError for a text that is not a date. */
export function formatDate(date: LocalDate, lang: Lang): string {
  const [year, month, day] = dateOf(dayNumberOf(date)).split('-').map(Number);
  return `${day}${NBSP}${MONTHS[lang][month! - 1]} ${year}`;
}

/** "21 listopada 2026, 14:05" in the time zone. */
export function formatDateTime(instant: Instant, timeZone: string, lang: Lang): string {
  const { date, hour, minute } = calendarParts(timeZone, instant);
  return `${formatDate(date, lang)}, ${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
