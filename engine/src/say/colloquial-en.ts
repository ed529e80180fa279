import { endOfMonth, endOfYear, type LocalDate } from '../calendar.ts';
import type { Condition } from '../conditions.ts';
import type { RuleExpiry } from '../rules.ts';
import type { Cap } from '../trace.ts';
import type { UnitWords } from '../words.ts';
import { pointsReader } from './gives.ts';
import { END, leaf, oneOf, sequence, several, when } from './piece.ts';
import { dateReader, first, moneyReader, numberReader, pattern, type Reader } from './scan.ts';
import type { Tongue } from './test-phrases.ts';
import type { Part } from './told-rule.ts';

const DAYS = ['mondays?', 'tuesdays?', 'wednesdays?', 'thursdays?', 'fridays?', 'saturdays?', 'sundays?'];
const PERIODS: readonly (readonly [words: string, cap: Cap])[] = [['(?:a|per|each|every) day|daily', 'perMemberDay'], ['(?:a|per|each|every) week|weekly', 'perMemberWeek'], ['(?:a|per|each|every) month|monthly', 'perMemberMonth'], ['(?:a|per|each|every) year|yearly', 'perMemberYear']];
const MOST = '(?:at most|max\\.?|maximum|up to|no more than|not more than|only)';
const PERSON = '(?: (?:per|a|for each) (?:person|member|customer))?';
const onDays = (days: readonly number[]): Condition => { const unlike = [...new Set(days)].sort((a, b) => a - b); return unlike.length === 1 ? leaf('calendar.weekday', 'is', unlike[0]!) : leaf('calendar.weekday', 'oneOf', unlike); };

/** How people say it in English, beside the ways that the product itself says it. */
export function colloquialEnglish(tongue: Tongue, unit: UnitWords, today: LocalDate | null): Reader<Part>[] {
  const [points, number, money] = [pointsReader(tongue, unit), numberReader('en'), moneyReader('en', tongue.currency)];
  const fixed = (n: unknown): Part => ({ kind: 'given', given: { trigger: null, effect: { kind: 'fixed', points: n as number }, lines: null } });
  const rate = ([n, minor]: readonly unknown[]): Part | null => ((minor as number) > 0 ? { kind: 'given', given: { trigger: null, effect: { kind: 'perAmount', points: n as number, perMinor: minor as number, rounding: 'down', per: 'transaction' }, lines: null } } : null);
  const often: Reader<number> = (spoken, at) => first([pattern(`once${END}`, () => 1), pattern(`twice${END}`, () => 2), sequence([number, ` times${END}`], ([n]) => n as number)], spoken, at);
  const day = oneOf(DAYS);
  const refused: Reader<Condition> = (spoken, at) => first([sequence([day], ([place]) => leaf('calendar.weekday', 'isNot', (place as number) + 1)), pattern(`(?:public |bank )?holidays${END}`, () => leaf('calendar.isHoliday', 'isFalse', null)), pattern(`weekends${END}`, () => leaf('calendar.weekday', 'noneOf', [6, 7]))], spoken, at);
  const until = (words: string, last: LocalDate): Reader<Part> => sequence([`(?:until|till|by) (?:${words})${END}`], () => ({ kind: 'schedule', from: null, until: last }));
  const expiry = (of: RuleExpiry): Part => ({ kind: 'expiry', expiry: of });
  const length: Reader<number> = (spoken, at) => first([sequence([number, ` months?${END}`], ([n]) => n as number), sequence([number, ` years?${END}`], ([n]) => (n as number) * 12), pattern(`a month${END}`, () => 1), pattern(`a year${END}`, () => 12)], spoken, at);
  const good = `(?:(?:${unit.many} )?(?:are |that are |which are )?(?:valid|good)|(?:${unit.many} )?(?:that |which )?expir(?:e|ing))`;
  return [
    sequence([points], ([n]) => fixed(n)),
    sequence([points, ' (?:per|for|for each|for every|each|every) ', money, '(?: spent)?'], rate),
    sequence([`(?:only )?(?:for )?(?:each |every |all )?new (?:customers?|members?|clients?)${END}`], (): Part => ({ kind: 'when', when: leaf('history.isFirstSale', 'isTrue', null), newcomers: true })),
    sequence(['(?:for |per )?(?:each|every) ', number, ` (?:pieces|items|articles|products)${END}`], ([pieces]): Part | null => ((pieces as number) > 0 ? { kind: 'each', lines: null, perThousandths: (pieces as number) * 1000 } : null)),
    sequence([`(?:for |per )?(?:each|every) (?:piece|item|article|product)${END}`], (): Part => ({ kind: 'each', lines: null, perThousandths: 1000 })),
    sequence(['(?:but )?(?:not|except|except for|excluding|without) (?:on )?', several(refused, sequence(['(?:on )?', refused], ([one]) => one as Condition))], ([found]) => { const all = found as Condition[]; return when(all.length === 1 ? all[0]! : { all }); }),
    sequence([`on weekends${END}`], () => when(onDays([6, 7]))),
    sequence([`on (?:weekdays|working days)${END}`], () => when(onDays([1, 2, 3, 4, 5]))),
    sequence(['(?:from )?', day, ' ?(?:to|-|–) ?', day], ([from, to]) => ((from as number) < (to as number) ? when(onDays([1, 2, 3, 4, 5, 6, 7].slice(from as number, (to as number) + 1))) : null)),
    ...(today === null ? [] : [until('the end of (?:the |this )?year', endOfYear(today)), until('the end of (?:the |this )?month', endOfMonth(today)), sequence([`${good} until the end of (?:the|this) year${END}`], () => expiry({ kind: 'on', date: endOfYear(today) }))]),
    ...PERIODS.flatMap(([words, cap]) => [
      sequence([`(?:${MOST} )?`, often, ` (?:${words})${PERSON}${END}`], ([times]): Part => ({ kind: 'times', cap, times: times as number })),
      sequence([`${MOST} `, points, ` (?:${words})${PERSON}${END}`], ([n]): Part => ({ kind: 'cap', cap, points: n as number })),
    ]),
    sequence([`only once${END}`], (): Part => ({ kind: 'times', cap: 'perMemberEver', times: 1 })),
    sequence([`${good} (?:for |after |in )?`, length], ([months]) => expiry({ kind: 'months', months: months as number, roundTo: 'day' })),
    sequence([`${good} (?:until |on )`, dateReader('en', today)], ([date]) => expiry({ kind: 'on', date: date as LocalDate })),
    sequence([`(?:${unit.many} )?(?:that |which )?never (?:expire|end)${END}`], () => expiry({ kind: 'never' })),
  ];
}
