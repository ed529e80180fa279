import { endOfYear, type LocalDate } from '../calendar.ts';
import { describeRuleExpiry, span } from '../expiry-words.ts';
import type { RuleExpiry } from '../rules.ts';
import { formatDate, type Lang, type UnitWords } from '../words.ts';
import { inWords } from './amounts.ts';
import { END, sequence } from './piece.ts';
import { dateReader, first, longest, numberReader, pattern, type Reader } from './scan.ts';
import { readTemplate, templateOf, type Sample } from './template.ts';
import type { Tongue } from './test-phrases.ts';
import type { Part } from './told-rule.ts';

const MONTHS: Readonly<Record<Lang, string>> = { pl: 'miesi(?:ąc|ące|ęcy|ąca|ącu|ącach)', en: 'months?' };
const YEARS: Readonly<Record<Lang, string>> = { pl: '(?:rok|roku|lata|lat|latach)', en: 'years?' };

/** "18 miesięcy", "2 lata", "three months": in months. */
function spanReader(lang: Lang): Reader<number> {
  const number = numberReader(lang);
  const count: Reader<number> = (spoken, at) => number(spoken, at) ?? (lang === 'pl' ? inWords(spoken, at) : null);
  const readers = ([[MONTHS[lang], 1], [YEARS[lang], 12]] as const).map(([words, length]) => sequence([count, ` ${words}${END}`], ([n]) => ((n as number) > 0 ? (n as number) * length : null)));
  return (spoken, at) => first(readers, spoken, at);
}

/** Any leap year: the day of a month is told without its year. */
const LEAP = '2024-01-01';
const SAMPLE_DATE = '2033-09-23';
const SAMPLE_MONTHS = 7;
const SAMPLE_DAY = { month: 9, day: 23 };

/** When a rule's own points end, as its sentence tells it. */
export function expiryReader({ lang }: Tongue, unit: UnitWords): Reader<Part> {
  const months: Sample = { words: span(SAMPLE_MONTHS, lang), read: spanReader(lang) };
  const date: Sample = { words: formatDate(SAMPLE_DATE, lang), read: dateReader(lang) };
  const day: Sample = { words: formatDate(`2024-${SAMPLE_DATE.slice(5)}`, lang).replace(/,? \d{4}$/, ''), read: dateReader(lang, LEAP) };
  const yearly = (read: unknown, afterMonths: number): RuleExpiry => ({ kind: 'yearly', month: Number(String(read).slice(5, 7)), day: Number(String(read).slice(8)), afterMonths });
  const form = (sample: RuleExpiry, samples: readonly Sample[], make: (read: readonly unknown[]) => RuleExpiry): Reader<Part> => {
    const template = templateOf(describeRuleExpiry(sample, unit, lang) ?? '', samples);
    return (spoken, at) => {
      const read = template && readTemplate(template, spoken, at);
      return read && { value: { kind: 'expiry', expiry: make(read.value) }, end: read.end };
    };
  };
  const forms = [
    form({ kind: 'never' }, [], () => ({ kind: 'never' })),
    form({ kind: 'on', date: SAMPLE_DATE }, [date], ([read]) => ({ kind: 'on', date: read as LocalDate })),
    ...(['day', 'monthEnd', 'quarterEnd', 'yearEnd'] as const).map((roundTo) => form({ kind: 'months', months: SAMPLE_MONTHS, roundTo }, [months], ([read]) => ({ kind: 'months', months: read as number, roundTo }))),
    form({ kind: 'yearly', ...SAMPLE_DAY, afterMonths: 0 }, [day], ([read]) => yearly(read, 0)),
    form({ kind: 'yearly', ...SAMPLE_DAY, afterMonths: SAMPLE_MONTHS }, [day, months], ([read, after]) => yearly(read, after as number)),
  ];
  return (spoken, at) => longest(forms, spoken, at);
}

/** "ważne 3 miesiące", "które wygasają po roku", "ważne do końca roku", "bezterminowo". Days are no length that points may have. */
export function validities({ lang }: Tongue, unit: UnitWords, today: LocalDate | null): Reader<Part>[] {
  const single = pattern(`(?:pół roku|półrocze)${END}`, () => 6);
  const year = pattern(`rok(?:u)?${END}`, () => 12);
  const quarter = pattern(`kwarta(?:ł|łu|le)${END}`, () => 3);
  const month = pattern(`miesi(?:ąc|ąca|ącu)${END}`, () => 1);
  const some = spanReader(lang);
  const length: Reader<number> = (spoken, at) => first([some, single, year, quarter, month], spoken, at);
  const points = `(?:(?:te |z |a )?(?:${unit.few}|${unit.many}|pkt) )?`;
  const good = `${points}(?:(?:które )?(?:są |będą )?ważn(?:e|ych)|z (?:terminem )?ważności(?:ą)?|(?:które )?(?:wygasają|przepadają|tracą ważność))`;
  const of = (expiry: RuleExpiry): Part => ({ kind: 'expiry', expiry });
  return [
    sequence([`${good} (?:przez |po |na )?`, length, '(?: od (?:zdobycia|zakupu|naliczenia|przyznania|otrzymania))?'], ([months]) => of({ kind: 'months', months: months as number, roundTo: 'day' })),
    sequence([`${good} (?:do |z dniem )?(?:dnia )?`, dateReader(lang, today)], ([date]) => of({ kind: 'on', date: date as LocalDate })),
    ...(today === null ? [] : [sequence([`${good} (?:do końca|z końcem) (?:tego )?roku${END}`], () => of({ kind: 'on', date: endOfYear(today) }))]),
    sequence([`${points}(?:(?:które )?(?:nigdy )?nie (?:wygasają|przepadają|tracą ważności)|(?:są |ważne )?bezterminow(?:o|e|ych)|bez (?:terminu|daty) ważności)${END}`], () => of({ kind: 'never' })),
  ];
}
