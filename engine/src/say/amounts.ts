import type { Rounding } from '../points.ts';
import type { Effect } from '../rules.ts';
import { CAPS, type Cap } from '../trace.ts';
import type { UnitWords } from '../words.ts';
import { multiplierOf, pointsReader } from './gives.ts';
import { END, sequence } from './piece.ts';
import { first, longest, moneyReader, numberReader, pattern, type Reader } from './scan.ts';
import type { Tongue } from './test-phrases.ts';
import type { Part } from './told-rule.ts';

export const given = (effect: Effect): Part => ({ kind: 'given', given: { trigger: null, effect, lines: null } });

const NUMBERS: readonly (readonly [words: string, value: number])[] = [
  ['jed(?:en|ną|na|no)', 1], ['dw(?:a|ie|óch)', 2], ['trz(?:y|ech)', 3], ['czter(?:y|ech)', 4], ['pięć', 5], ['sześć', 6], ['siedem', 7], ['osiem', 8], ['dziewięć', 9], ['dziesięć', 10], ['piętnaście', 15], ['dwadzieścia', 20],
  ['dwadzieścia pięć', 25], ['trzydzieści', 30], ['czterdzieści', 40], ['pięćdziesiąt', 50], ['sto', 100], ['dwieście', 200], ['trzysta', 300], ['pięćset', 500], ['tysiąc', 1000],
];
const numberWords = NUMBERS.map(([words, value]) => pattern(`${words}${END}`, () => value));
/** A whole number in words: "dwa", "sto". */
export const inWords: Reader<number> = (spoken, at) => longest(numberWords, spoken, at);

const formsOf = (unit: UnitWords): string => `(?:${[...new Set([unit.one, `${unit.one.slice(0, -1)}ę`, unit.few, unit.many, unit.fraction])].join('|')}|pkt\\.?)`;

/** "10 zł", "złotówkę", "100 groszy". */
function amountReader({ lang, currency }: Tongue): Reader<number> {
  const money = moneyReader(lang, currency);
  const whole = numberReader(lang);
  const one = pattern(`(?:wydan(?:ą|ego|y) )?(?:złotówk[ęi]|zł(?:oty|otego)?)${END}`, () => 100);
  const small = sequence([whole, ` ?gr(?:osz[ey]?)?${END}`], ([minor]) => minor as number);
  const worded = sequence([inWords, ` złot(?:e|ych)${END}`], ([n]) => (n as number) * 100);
  return (spoken, at) => first(currency === 'PLN' ? [money, one, small, worded] : [money], spoken, at);
}

const greatest = (a: number, b: number): number => (b === 0 ? a : greatest(b, a % b));

/** A rate in hundredths of a point as whole points: 1,5 for 10 zł is 3 for 20 zł. */
export function rate(hundredths: number, minor: number, full = false): Part | null {
  if (!(minor > 0) || !(hundredths > 0)) return null;
  // A part of a point for a full step has no whole steps that say the same.
  if (full) return hundredths % 100 === 0 ? given({ kind: 'perAmount', points: hundredths / 100, perMinor: minor, rounding: 'steps', per: 'transaction' }) : null;
  const divisor = greatest(hundredths, 100);
  return given({ kind: 'perAmount', points: hundredths / divisor, perMinor: minor * (100 / divisor), rounding: 'down', per: 'transaction' });
}

export const times = (hundredths: number): Part | null => (hundredths > 100 ? given(multiplierOf(hundredths)) : null);

/** A part of what was spent, in hundredths of a per cent. */
export const share = (basisPoints: number): Part | null => (basisPoints > 0 && basisPoints <= 10_000 ? given({ kind: 'percent', basisPoints, rounding: 'down', per: 'transaction' }) : null);

const ROUNDED: readonly (readonly [words: string, rounding: Rounding])[] = [['w dół', 'down'], ['w górę', 'up'], ['do (?:najbliższej|najbliższego|pełnych|całych|całkowitych|jednego)(?: punktów| punktu| liczby)?|matematycznie', 'nearest']];
/** "zaokrąglaj w dół". */
export const roundings: readonly Reader<Part>[] = ROUNDED.map(([words, rounding]) => sequence([`\\(?zaokrągl(?:aj|ane|any|ając|amy|one|ony)? (?:${words})${END}\\)?`], () => ({ kind: 'rounding', rounding })));

/** What a rule gives: points for money, a number of points, so many times as much. */
export function effects(tongue: Tongue, unit: UnitWords): Reader<Part>[] {
  const points = pointsReader(tongue, unit);
  const word = formsOf(unit);
  const worded = sequence([inWords, ` ${word}${END}`], ([n]) => n as number);
  const single = pattern(`(?:${unit.one}|${unit.one.slice(0, -1)}ę)${END}`, () => 1);
  const some: Reader<number> = (spoken, at) => first([points, worded, single], spoken, at);
  const parted = sequence([numberReader(tongue.lang, 2), ` ?${word}${END}`], ([hundredths]) => hundredths as number);
  const hundredths: Reader<number> = (spoken, at) => {
    const whole = some(spoken, at);
    return whole ? { value: whole.value * 100, end: whole.end } : parted(spoken, at);
  };
  const amount = amountReader(tongue);
  const each = '(?: (?:za|na|od|co) (?:każd(?:e|ą|ego|ych|y) )?(?:wydan(?:e|ą|ych|y) )?| ?[/=] ?)';
  const size = numberReader(tongue.lang, 2);
  return [
    sequence([hundredths, each, amount], ([n, minor]) => rate(n as number, minor as number)),
    sequence([hundredths, ' (?:za|na|od|co) (?:każd(?:e|ą|ego|ych|y) )?(?:wydan(?:e|ą|ych|y) )?pełn(?:e|ą|ych|y) (?:wydan(?:e|ą|ych|y) )?', amount], ([n, minor]) => rate(n as number, minor as number, true)),
    sequence(['(?:za |na |co )?każd(?:e|ą|ego|y) pełn(?:e|ą|ych|y) (?:wydan(?:e|ą|ych|y) )?', amount, ',? ', hundredths], ([minor, n]) => rate(n as number, minor as number, true)),
    sequence(['(?:za |na |co )?(?:każd(?:e|ą|ego|y) )?(?:wydan(?:e|ą|y) )?', amount, '(?: ?[=–-] ?|,? (?:to |(?:(?:każdy )?(?:klient(?:ka)?|uczestni(?:k|czka)|gość) )?(?:daje(?:my)?|dosta(?:je(?:sz)?|nie(?:sz)?)|otrzymuje(?:sz)?|zbiera(?:sz)?) )?)', hundredths], ([minor, n]) => rate(n as number, minor as number)),
    sequence(['(?:dodatkow[eoy]\\w* |bonus |premia )?', some], ([n]) => given({ kind: 'fixed', points: n as number })),
    sequence([`(?:(?:${word} )?(?:licz(?:y|ą|ymy) (?:się )?)?podwójn(?:[aey]|ie)|podw(?:ajamy|ajaj|oimy|ój) ${word}|dwa razy (?:więcej|tyle)|dwukrotn(?:ie|e))(?: ${word})?${END}`], () => given(multiplierOf(200))),
    sequence([`(?:(?:${word} )?(?:licz(?:y|ą|ymy) (?:się )?)?potrójn(?:[aey]|ie)|potr(?:ajamy|ajaj|oimy|ój) ${word}|trzy razy (?:więcej|tyle)|trzykrotn(?:ie|e))(?: ${word})?${END}`], () => given(multiplierOf(300))),
    sequence([`(?:${word} )?(?:×|x|razy) ?`, size, `(?: ${word})?${END}`], ([n]) => times(n as number)),
    sequence([`(?:${word} )?razy `, inWords], ([n]) => times((n as number) * 100)),
    sequence([size, ` ?(?:×|x|razy)(?: więcej)?(?: ${word})?${END}`], ([n]) => times(n as number)),
    sequence(['(?:o )?', numberReader(tongue.lang), ` ?(?:%|procent) (?:${word} )?więcej(?: ${word})?${END}`], ([percent]) => times(100 + (percent as number))),
    sequence([size, ` ?(?:%|procent) (?:zwrotu|cashbacku?|z powrotem|(?:od |wydanej )?kwoty|(?:od |wartości )?(?:zakup(?:u|ów)|rachunku))(?: w ${word}ach)?${END}`], ([rate]) => share(rate as number)),
    sequence(['(?:zwrot|cashback|zwracamy) ', size, ` ?(?:%|procent)(?: (?:(?:wydanej )?kwoty|zakupów))?${END}`], ([rate]) => share(rate as number)),
    sequence([`o połowę więcej(?: ${word})?${END}`], () => times(150)),
  ];
}

const PERIODS: readonly (readonly [words: string, cap: Cap])[] = [
  ['dziennie|na dzień|w ciągu dnia|jednego dnia|każdego dnia', 'perMemberDay'],
  ['tygodniowo|na tydzień|w tygodniu', 'perMemberWeek'], ['miesięcznie|na miesiąc|w miesiącu', 'perMemberMonth'], ['rocznie|na rok|w roku', 'perMemberYear'],
];
const PERSON = '(?:na|dla) (?:jedn(?:ą|ego|ej) |każd(?:ą|ego|ej) )?(?:osob[ęy]|klienta|klientkę|klientki|uczestnika|uczestniczkę|głowę)';
const OTHERS: readonly (readonly [words: string, cap: Cap])[] = [
  ...([['gospodarstwo(?: domowe)?|rodzinę|dom', 'perHousehold'], ['firmę', 'perCompany']] as const).flatMap(([whom, of]) => [
    [`(?:dziennie|w ciągu dnia) na (?:${whom})`, `${of}Day`], [`(?:miesięcznie|w miesiącu) na (?:${whom})`, `${of}Month`], [`(?:łącznie |w sumie )?na (?:${whom})`, `${of}Ever`],
  ] as const),
  ['za (?:jeden )?(?:zakup|paragon)|na (?:jeden )?(?:zakup|paragon)|w jednym zakupie', 'perTransaction'],
  ['w (?:całym|całej|ramach) (?:programie|programu|akcji|promocji)|łącznie w programie|w sumie w programie|na całą (?:akcję|promocję)|na cały program', 'perProgram'],
  [`(?:łącznie |w sumie )?${PERSON}|(?:łącznie|w sumie) (?:jednej osobie|jednemu klientowi)`, 'perMemberEver'],
];
/** Whom a period's limit is for may be said before it, after it, or not at all. */
const WHERE: readonly (readonly [words: string, cap: Cap])[] = [...PERIODS.map(([words, cap]) => [`(?:${PERSON} )?(?:${words})(?: ${PERSON})?`, cap] as const), ...OTHERS];

/** The most that a rule gives, in points or in how often. */
export function limits(tongue: Tongue, unit: UnitWords): Reader<Part>[] {
  const points = pointsReader(tongue, unit);
  const number = numberReader(tongue.lang);
  const money = amountReader(tongue);
  // "budżet 5000 zł" is none of points: how much a point is worth, a sentence like that does not say.
  const some: Reader<number> = (spoken, at) => points(spoken, at) ?? (money(spoken, at) === null ? number(spoken, at) : null);
  const most = '(?:ale )?(?:nie więcej niż|do|max\\.?|maks\\.?|maksymalnie|maksimum|najwyżej|limit|co najwyżej)(?: do)? ';
  const cap = (which: Cap) => ([n]: readonly unknown[]): Part => ({ kind: 'cap', cap: which, points: n as number });
  const often: Reader<number> = (spoken, at) => first([pattern(`(?:jeden )?raz${END}`, () => 1), sequence([numberReader(tongue.lang), ` razy${END}`], ([n]) => n as number), sequence([inWords, ` razy${END}`], ([n]) => n as number)], spoken, at);
  return [
    ...WHERE.flatMap(([words, which]) => [
      sequence([most, some, ` (?:${words})${END}`], cap(which)),
      sequence([`(?:${words}) ${most}`, some], cap(which)),
      ...(CAPS.includes(which) && which !== 'perTransaction' && which !== 'perProgram' ? [sequence([`(?:(?:${most})|tylko |(?:ale )?nie częściej niż )?`, often, ` (?:${words})${END}`], ([n]): Part => ({ kind: 'times', cap: which, times: n as number }))] : []),
    ]),
    sequence([`(?:(?:tylko|najwyżej|maksymalnie) (?:jeden )?raz|jednorazowo)${END}(?! (?:w|na|dziennie|tygodniowo|miesięcznie|rocznie))`], (): Part => ({ kind: 'times', cap: 'perMemberEver', times: 1 })),
    sequence(['(?:pula|budżet) ', some], cap('perProgram')),
  ];
}
