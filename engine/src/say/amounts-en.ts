import type { Rounding } from '../points.ts';
import type { Cap } from '../trace.ts';
import type { UnitWords } from '../words.ts';
import { given, rate, share, times } from './amounts.ts';
import { multiplierOf, pointsReader } from './gives.ts';
import { englishCount } from './names-en.ts';
import { END, sequence } from './piece.ts';
import { first, moneyReader, numberReader, pattern, type Reader } from './scan.ts';
import type { Tongue } from './test-phrases.ts';
import type { Part } from './told-rule.ts';

const ROUNDED: readonly (readonly [words: string, rounding: Rounding])[] = [['down', 'down'], ['up', 'up'], ['to the nearest(?: whole)?(?: point| number)?', 'nearest']];

/** What a rule gives: points for money, a number of points, so many times as much. */
export function englishEffects(tongue: Tongue, unit: UnitWords): Reader<Part>[] {
  const word = `(?:${[...new Set([unit.one, unit.few, unit.many, unit.fraction])].join('|')}|pts?\\.?)`;
  const [points, size] = [pointsReader(tongue, unit), numberReader('en', 2)];
  const worded = sequence([englishCount, ` ${word}${END}`], ([n]) => n as number);
  const single = pattern(`(?:an? )?${unit.one}${END}`, () => 1);
  const some: Reader<number> = (spoken, at) => first([points, worded, single], spoken, at);
  const parted = sequence([size, ` ?${word}${END}`], ([hundredths]) => hundredths as number);
  const hundredths: Reader<number> = (spoken, at) => { const whole = some(spoken, at); return whole ? { value: whole.value * 100, end: whole.end } : parted(spoken, at); };
  const sign = tongue.currency === 'PLN' ? '(?:zloty|zlotys|zlotych|złoty|zł|pln)' : tongue.currency.toLowerCase();
  const money: Reader<number> = (spoken, at) => first([moneyReader('en', tongue.currency), pattern(`${sign}${END}`, () => 100), sequence([englishCount, ` ${sign}${END}`], ([n]) => (n as number) * 100)], spoken, at);
  const each = '(?: (?:per each|per|for each|for every|for|on|each|every) | ?[/=] ?)';
  const spent = '(?: spent)?';
  const gets = '(?: ?[=–-] ?|,? (?:(?:(?:every |each |a )?(?:customers?|members?|guests?|you) )?(?:gets?|receives?|earns?|collects?|gives?) )?)';
  return [
    sequence([hundredths, each, money, spent], ([n, minor]) => rate(n as number, minor as number)),
    sequence([hundredths, ' (?:per|for)(?: each| every)? (?:full|whole) ', money, spent], ([n, minor]) => rate(n as number, minor as number, true)),
    sequence(['(?:for )?(?:each|every) (?:full|whole) ', money, spent, gets, hundredths], ([minor, n]) => rate(n as number, minor as number, true)),
    sequence(['(?:for )?(?:each |every )?', money, spent, gets, hundredths], ([minor, n]) => rate(n as number, minor as number)),
    sequence(['(?:an? )?(?:extra |additional |bonus (?:of )?)?', some], ([n]) => given({ kind: 'fixed', points: n as number })),
    sequence([`(?:${word} (?:are |count )?)?(?:doubled?|twice (?:as many|the)|two times (?:as many|the))(?: ${word})?${END}`], () => given(multiplierOf(200))),
    sequence([`(?:${word} (?:are |count )?)?(?:tripled?|treble|three times (?:as many|the))(?: ${word})?${END}`], () => given(multiplierOf(300))),
    sequence([`(?:${word} )?(?:×|x|times) ?`, size, `(?: ${word})?${END}`], ([n]) => times(n as number)),
    sequence([`${word} times `, englishCount], ([n]) => times((n as number) * 100)),
    sequence([size, ` ?(?:×|x|times)(?: (?:the|as many))?(?: ${word})?${END}`], ([n]) => times(n as number)),
    sequence([numberReader('en'), ` ?(?:%|per ?cent) more(?: ${word})?${END}`], ([percent]) => times(100 + (percent as number))),
    sequence([size, ` ?(?:%|per ?cent) (?:back|cashback|(?:of )?(?:the )?(?:amount(?: spent)?|purchases?|bill))(?: in ${word})?${END}`], ([percent]) => share(percent as number)),
    sequence(['(?:cashback|refund) (?:of )?', size, ` ?(?:%|per ?cent)${END}`], ([percent]) => share(percent as number)),
    sequence([`half as many ${word} again${END}`], () => given(multiplierOf(150))),
    ...ROUNDED.map(([words, rounding]) => sequence([`\\(?round(?:ed|ing)? ${words}${END}\\)?`], (): Part => ({ kind: 'rounding', rounding }))),
  ];
}

const PERIODS: readonly (readonly [words: string, cap: Cap])[] = [
  ['(?:a|per|each|every|in one|in a) day|daily', 'perMemberDay'], ['(?:a|per|each|every|in one|in a) week|weekly', 'perMemberWeek'],
  ['(?:a|per|each|every|in one|in a) month|monthly', 'perMemberMonth'], ['(?:a|per|each|every|in one|in a) year|yearly', 'perMemberYear'],
];
const PERSON = '(?:(?:a|per|for each|for every|to one|to each) (?:person|member|customer|guest))';
const OTHERS: readonly (readonly [words: string, cap: Cap])[] = [
  ...([['household|family', 'perHousehold'], ['company', 'perCompany']] as const).flatMap(([whom, of]) => { const to = `(?:a|per|for each|to one|to a) (?:${whom})`; return [
    [`(?:a day|daily|per day) ${to}|${to} (?:a day|daily|per day)`, `${of}Day`], [`(?:a month|monthly|per month) ${to}|${to} (?:a month|monthly|per month)`, `${of}Month`], [`(?:in total |altogether )?${to}`, `${of}Ever`],
  ] as const; }),
  ['(?:a|per|for one|for each|in one) (?:purchase|transaction|receipt)', 'perTransaction'], ['in (?:the )?(?:whole|entire|all the) (?:program|programme|promotion)|for the whole (?:program|programme|promotion)', 'perProgram'],
  [`(?:in total |altogether )?${PERSON}|${PERSON} (?:in total|altogether)`, 'perMemberEver'],
];
const WHERE: readonly (readonly [words: string, cap: Cap])[] = [...PERIODS.map(([words, cap]) => [`(?:${PERSON} )?(?:${words})(?: ${PERSON})?`, cap] as const), ...OTHERS];

/** The most that a rule gives, in points or in how often. */
export function englishLimits(tongue: Tongue, unit: UnitWords): Reader<Part>[] {
  const [points, number, money] = [pointsReader(tongue, unit), numberReader('en'), moneyReader('en', tongue.currency)];
  const some: Reader<number> = (spoken, at) => points(spoken, at) ?? (money(spoken, at) === null ? number(spoken, at) : null);
  const most = '(?:but )?(?:at most|max\\.?|maximum(?: of)?|a maximum of|up to|no more than|not more than|only|limit(?:ed to)?(?: of)?|capped at) ';
  const often: Reader<number> = (spoken, at) => first([pattern(`(?:once|one time)${END}`, () => 1), pattern(`twice${END}`, () => 2), sequence([englishCount, ` times${END}`], ([n]) => n as number)], spoken, at);
  const cap = (which: Cap) => ([n]: readonly unknown[]): Part => ({ kind: 'cap', cap: which, points: n as number });
  return [
    ...WHERE.flatMap(([words, which]) => [
      sequence([most, some, ` (?:${words})${END}`], cap(which)),
      ...(which === 'perTransaction' || which === 'perProgram' ? [] : [sequence([`(?:${most}|(?:but )?not more often than )?`, often, ` (?:${words})${END}`], ([n]): Part => ({ kind: 'times', cap: which, times: n as number }))]),
    ]),
    sequence([`(?:only once|once only|(?:at most|max\\.?) once)${END}(?! (?:a|per|each|every|in|daily|weekly|monthly|yearly))`], (): Part => ({ kind: 'times', cap: 'perMemberEver', times: 1 })),
    sequence(['(?:pool|budget) of ', some], cap('perProgram')),
  ];
}
