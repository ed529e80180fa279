import { expiryDate } from './expiry.ts';
import type { LocalDate } from './calendar.ts';
import type { RuleExpiry } from './rules.ts';
import { formatDate, NBSP, plural, POINT_WORDS, type Lang, type UnitWords } from './words.ts';

const MONTHS: Readonly<Record<Lang, UnitWords>> = {
  pl: { one: 'miesiąc', few: 'miesiące', many: 'miesięcy', fraction: 'miesiąca' },
  en: { one: 'month', few: 'months', many: 'months', fraction: 'months' },
};
const YEARS: Readonly<Record<Lang, UnitWords>> = {
  pl: { one: 'rok', few: 'lata', many: 'lat', fraction: 'roku' },
  en: { one: 'year', few: 'years', many: 'years', fraction: 'years' },
};
const ENDS = {
  pl: { day: '', monthEnd: ', z końcem miesiąca', quarterEnd: ', z końcem kwartału', yearEnd: ', z końcem roku' },
  en: { day: '', monthEnd: ', at the end of the month', quarterEnd: ', at the end of the quarter', yearEnd: ', at the end of the year' },
} as const;

/** "18 miesięcy", "2 lata": whole years are told as years. */
export function span(months: number, lang: Lang): string {
  const [count, words] = months % 12 === 0 ? [months / 12, YEARS] : [months, MONTHS];
  return `${count}${NBSP}${plural(count, words[lang], lang)}`;
}

/** Any leap year: the day of a month is told without its year. */
const dayOfYear = (month: number, day: number, lang: Lang): string =>
  formatDate(`2024-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`, lang).replace(/ \d{4}$/, '');

/** When points end, beginning small: "po 12 miesiącach" is said as "12 miesięcy po zdobyciu, z końcem miesiąca". */
export function describeExpiry(expiry: RuleExpiry | { readonly kind: 'inactivity'; readonly months: number }, lang: Lang): string {
  const pl = lang === 'pl';
  switch (expiry.kind) {
    case 'wallet': return pl ? 'tak jak w portfelu' : 'as the wallet says';
    case 'never': return pl ? 'bezterminowo' : 'never';
    case 'on': return `${pl ? 'do' : 'until'} ${formatDate(expiry.date, lang)}`;
    case 'months': return `${span(expiry.months, lang)} ${pl ? 'po zdobyciu' : 'after earning'}${ENDS[lang][expiry.roundTo]}`;
    case 'inactivity': return `${span(expiry.months, lang)} ${pl ? 'po ostatnim zdobyciu lub wydaniu' : 'after the last earning or spending'}`;
    case 'yearly': {
      const day = dayOfYear(expiry.month, expiry.day, lang);
      if (expiry.afterMonths === 0) return pl ? `co roku ${day}` : `every ${day}`;
      return pl ? `co roku ${day}, najwcześniej ${span(expiry.afterMonths, lang)} po zdobyciu` : `every ${day}, at least ${span(expiry.afterMonths, lang)} after earning`;
    }
  }
}

const GOOD_UNTIL = {
  pl: { day: '', monthEnd: ' i do końca miesiąca', quarterEnd: ' i do końca kwartału', yearEnd: ' i do końca roku' },
  en: { day: '', monthEnd: ' and until the end of the month', quarterEnd: ' and until the end of the quarter', yearEnd: ' and until the end of the year' },
} as const;

/** What a rule's own points are good for, at the end of its sentence: "punkty ważne przez 3 miesiące". Null: as the wallet says, which the wallet tells. */
export function describeRuleExpiry(expiry: RuleExpiry, { few, many }: UnitWords, lang: Lang): string | null {
  const pl = lang === 'pl';
  switch (expiry.kind) {
    case 'wallet': return null;
    case 'never': return pl ? `${few} bez terminu ważności` : `${many} that never end`;
    case 'on': return pl ? `${few} ważne do ${formatDate(expiry.date, lang)}` : `${many} good until ${formatDate(expiry.date, lang)}`;
    case 'months': return `${pl ? `${few} ważne przez` : `${many} good for`} ${span(expiry.months, lang)}${GOOD_UNTIL[lang][expiry.roundTo]}`;
    case 'yearly': return pl ? `${few} wygasają ${describeExpiry(expiry, lang)}` : `${many} end ${describeExpiry(expiry, lang)}`;
  }
}

/** "Punkty z 5 marca 2026 wygasną 31 marca 2027." The last day on which they are good, in the words of the wallet's unit. */
export function exampleOfExpiry(expiry: Parameters<typeof expiryDate>[0], earnedOn: LocalDate, lang: Lang, { few } = POINT_WORDS[lang]): string {
  const end = expiryDate(expiry, earnedOn);
  const what = `${few.charAt(0).toUpperCase()}${few.slice(1)} ${lang === 'pl' ? 'z' : 'of'} ${formatDate(earnedOn, lang)}`;
  if (end === null) return lang === 'pl' ? `${what} nie wygasną.` : `${what} never end.`;
  if (end < earnedOn) return lang === 'pl' ? `${what} wygasną od razu: ${formatDate(end, lang)} już minął.` : `${what} end at once: ${formatDate(end, lang)} is over.`;
  const unless = expiry.kind !== 'inactivity' ? '' : lang === 'pl' ? ', jeśli do tego dnia nic więcej się nie wydarzy' : ' unless the member earns or spends before';
  return lang === 'pl' ? `${what} wygasną ${formatDate(end, lang)}${unless}.` : `${what} end on ${formatDate(end, lang)}${unless}.`;
}
