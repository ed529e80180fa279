import { endOfYear, type LocalDate } from '../calendar.ts';
import type { Condition } from '../conditions.ts';
import type { RuleExpiry } from '../rules.ts';
import { minorDigits, type UnitWords } from '../words.ts';
import { englishEffects, englishLimits } from './amounts-en.ts';
import { feasts } from './feasts.ts';
import { channels, type KnownNames, type Understands } from './goods.ts';
import { englishMoments, englishSpell, refusedMoments } from './moments-en.ts';
import { englishCircles, englishGoods, englishStores, refusedEnglishGoods, refusedEnglishStores } from './names-en.ts';
import { END, leaf, oneOf, sequence, several, when } from './piece.ts';
import { dateReader, first, moneyReader, numberReader, pattern, type Reader } from './scan.ts';
import { negated, type Tongue } from './test-phrases.ts';
import type { Part } from './told-rule.ts';

/** What people call the built-in events. */
const EVENTS: readonly (readonly [words: string, type: string])[] = [
  ['(?:for|on) (?:registering|registration|signing up|sign-up|joining|opening an account|getting (?:a|the) card)(?: (?:to |in |with )?(?:the )?(?:program|programme))?|to start with|as a welcome|for a start', 'registration'],
  ['for (?:completing|filling in) (?:the|a|their|your) profile', 'profile-completed'], ['for (?:each |every |a )?(?:referral|referring|recommending|inviting|bringing)(?: of)?(?: (?:a|the) friend| friends)?', 'referral'],
  ['(?:for|on) (?:the|a|their|your) name ?day', 'name-day'], ['for (?:the|a|their|your) birthday', 'birthday'], ['(?:for|on) (?:the|each|every|their|your) anniversary(?: of joining)?', 'anniversary'],
  ['for (?:each |every |a |the )?(?:filling in (?:a|the) |completing (?:a|the) |completed )?surveys?', 'survey'], ['for (?:each |every |a |the )?(?:solving (?:a|the) )?quiz', 'quiz'],
  ['for (?:each |every |a |the )?(?:finishing (?:a|the) |completing (?:a|the) |completed |finished )?training', 'training'], ['for (?:each |every |a |the )?(?:writing (?:a|the) )?reviews?', 'review'],
  ['for (?:each |every |a |the )?(?:visits?|check-ins?|checking in)', 'check-in'], ['for (?:each |every |a |the )?(?:entering (?:a|the) )?code(?: from (?:a|the) (?:package|pack|label))?', 'code'],
  ['for (?:paying (?:an|the|each|every) |(?:each |every |a |an )?paid )invoice', 'invoice-paid'],
];
const events: readonly Reader<Part>[] = EVENTS.map(([words, type]) => sequence([`(?:${words})${END}`], () => ({ kind: 'trigger', trigger: { kind: 'event', type } })));

const ORDINALS = ['first|1st', 'second|2nd', 'third|3rd', 'fourth|4th', 'fifth|5th', 'sixth|6th', 'seventh|7th', 'eighth|8th', 'ninth|9th', 'tenth|10th'];
const PAID: readonly (readonly [words: string, kind: string])[] = [['cash', 'cash'], ['cards?', 'card'], ['blik', 'blik']];
const WHO = '(?:somebody|someone|a (?:customer|member|guest|person)|customers|members|guests|people|those|you)';

/** Who buys, how new they are, how they pay and which purchase it is. */
function occasions(): Reader<Part>[] {
  const away = (more: number) => ([n]: readonly unknown[]) => ((n as number) > 0 ? when(leaf('history.daysSinceLastSale', 'atLeast', (n as number) + more)) : null);
  const absent = `(?:(?:when|if|for) )?(?:${WHO} )?(?:(?:who|that) )?(?:has not|hasn[’']t|have not|haven[’']t|had not|did not|didn[’']t)(?: bought| buy| been here| been with us| come| been)(?: anything)?`;
  const newcomers: Part = { kind: 'when', when: leaf('history.isFirstSale', 'isTrue', null), newcomers: true };
  return [
    sequence([`(?:only )?(?:for )?(?:each |every |all )?new (?:customers?|members?|clients?|guests?|people)${END}`], () => newcomers),
    sequence(['(?:for |on |with )(?:the |each |every |their |your )?', oneOf(ORDINALS), ` purchases?${END}`], ([place]) => when((place as number) === 0 ? leaf('history.isFirstSale', 'isTrue', null) : leaf('history.salesCount', 'is', place as number))),
    sequence([`(?:on|for purchases on) (?:the |their |your |a )?birthdays?${END}`], () => when(leaf('calendar.isBirthday', 'isTrue', null))),
    sequence([`(?:only )?(?:for|to) (?:companies|businesses)${END}`], () => when(leaf('member.kind', 'is', 'company'))),
    sequence([`(?:only )?(?:for|to) (?:people|private persons|individuals)${END}(?! (?:who|that))`], () => when(leaf('member.kind', 'is', 'person'))),
    sequence([`(?:for new ${WHO.replace('(?:', '(?:members|')} )?(?:for|in|within|during) (?:the |their |your )?first `, englishSpell, `(?: (?:after|of|from) (?:joining|signing up|registration))?${END}`], ([n]) => ((n as number) > 0 ? when(leaf('member.daysSinceJoining', 'below', n as number)) : null)),
    sequence([`${absent} (?:for |in |since )?(?:at least )?`, englishSpell, END], away(0)),
    sequence([`${absent} (?:for |in )?(?:over|more than|longer than) `, englishSpell, END], away(1)),
    sequence(['(?:for (?:coming back|a return visit|a purchase) )?after (?:a break of |an absence of )?', englishSpell, `(?: (?:away|of absence|of not buying|without (?:a )?purchases?|break))${END}`], away(0)),
    ...PAID.map(([words, kind]) => sequence([`(?:(?:when|if) (?:${WHO} )?pay(?:s|ing)? |when paid |paid |for paying |paying |for payments? |for )(?:in |by |with )?${words}${END}`], () => when(leaf('transaction.paymentKind', 'includesAny', [kind])))),
    sequence([`(?:on time|in time|before (?:it is|it[’']s) due)${END}`], () => when(leaf('event.field.onTime', 'isTrue', null))),
    sequence([`(?:on|at|during) (?:public |bank )holidays${END}`], () => when(leaf('calendar.isHoliday', 'isTrue', null))),
  ];
}

/** How much the purchase is worth. */
function spending(currency: string): Reader<Part>[] {
  const [money, whole] = [moneyReader('en', currency), numberReader('en')];
  const total = (operator: string, shift: number) => ([minor]: readonly unknown[]) => when(leaf('transaction.total', operator, (minor as number) + shift));
  /** "from 10 to 50 PLN": the first amount without its currency. */
  const moneyOrNumber: Reader<number> = (spoken, at) => { const bare = whole(spoken, at); return money(spoken, at) ?? (bare && { value: bare.value * 10 ** minorDigits(currency), end: bare.end }); };
  const purchase = '(?:(?:when|if|on|for|with) )?(?:(?:a|an|each|every|all) )?(?:purchases?|receipts?|bills?|transactions?|orders?) (?:worth |of |for )?';
  const spends = `(?:(?:when|if|whenever) (?:${WHO} )?(?:spends?|pays?|buys?)|for spending) (?:for )?`;
  const start = `(?:${purchase}|${spends})`;
  const least = '(?:at least|a minimum of|minimum|min\\.?|from)';
  return [
    sequence([`(?:${start})?(?:worth |of )?${least} `, money, '(?: (?:or more|upwards))?'], total('atLeast', 0)),
    sequence([`(?:${spends}|${purchase})`, money, '(?: or more)?'], total('atLeast', 0)),
    sequence([`(?:${start})?(?:worth )?(?:from|between|of) `, moneyOrNumber, ' ?(?:to|and|-|–) ?', money], ([from, to]) => ((from as number) < (to as number) ? when(leaf('transaction.total', 'between', [from as number, to as number])) : null)),
    sequence([`${start}(?:up to|at most|no more than) `, money], total('below', 1)),
    sequence([`(?:${start})?(?:of |worth )?(?:over|above|more than|greater than) `, money], total('atLeast', 1)),
    sequence([`(?:${start})?(?:of |worth )?(?:under|below|less than) `, money], total('below', 0)),
  ];
}

function refusals(known: KnownNames): Reader<Part>[] {
  const not = '(?:(?:but|only|and) )?(?:not |except(?: for)? |excluding |without |other than |apart from )';
  const turned = (condition: Condition): Condition => ('attribute' in condition ? negated(condition) : { none: [condition] });
  return [
    sequence([not, refusedEnglishGoods(known)], ([found]): Part => ({ kind: 'lines', lines: turned(found as Condition) })),
    sequence([not, refusedEnglishStores(known.stores)], ([found]) => when(turned(found as Condition))),
    sequence([`${not}(?:on |at )?`, several(refusedMoments, sequence(['(?:on )?', refusedMoments], ([one]) => one as Condition))], ([found]) => { const all = found as Condition[]; return when(all.length === 1 ? all[0]! : { all }); }),
  ];
}

/** How long the points are good. */
function validities(unit: UnitWords, today: LocalDate | null): Reader<Part>[] {
  const number = numberReader('en');
  const expiry = (of: RuleExpiry): Part => ({ kind: 'expiry', expiry: of });
  const length: Reader<number> = (spoken, at) => first([sequence([number, ` months?${END}`], ([n]) => n as number), sequence([number, ` years?${END}`], ([n]) => (n as number) * 12), pattern(`(?:half a year|six months)${END}`, () => 6), pattern(`a quarter${END}`, () => 3), pattern(`a month${END}`, () => 1), pattern(`a year${END}`, () => 12)], spoken, at);
  const good = `(?:(?:${unit.many} )?(?:are |that are |which are )?(?:valid|good)|(?:${unit.many} )?(?:that |which )?expir(?:e|ing))`;
  return [
    ...(today === null ? [] : [sequence([`${good} (?:until|till|at) the end of (?:the|this) year${END}`], () => expiry({ kind: 'on', date: endOfYear(today) }))]),
    sequence([`${good} (?:for |after |in )?`, length], ([months]) => expiry({ kind: 'months', months: months as number, roundTo: 'day' })),
    sequence([`${good} (?:until |till |on )`, dateReader('en', today)], ([date]) => expiry({ kind: 'on', date: date as LocalDate })),
    sequence([`(?:${unit.many} )?(?:that |which )?never (?:expire|end)${END}`], () => expiry({ kind: 'never' })),
  ];
}

/** How people say it in English, beside the ways that the product itself says it. */
export const colloquialEnglish = (tongue: Tongue, unit: UnitWords, known: KnownNames, today: LocalDate | null): Reader<Part>[] =>
  [...englishEffects(tongue, unit), ...englishLimits(tongue, unit), ...validities(unit, today), ...events, ...englishMoments(today), feasts(today), ...occasions(), ...spending(tongue.currency), ...refusals(known)];

/** Shops, channels, levels and segments by the names that the program gives them. */
export const englishNames = (known: KnownNames): Reader<Part>[] => [...englishStores(known.stores), ...channels(known), ...englishCircles(known)];

/** Goods come last: any word can be their name. */
export const goodsInEnglish = (known: KnownNames, understood: Understands): Reader<Part>[] => englishGoods(known, understood);

/** Words that add nothing to a rule. */
export const ENGLISH_GLUE: Reader<true> = pattern('(?:[\\s,.;:!()–]+|(?:(?:for |on |with )(?:all |every |each |any |a )?purchases?|(?:for|on) (?:everything|anything|everyone|everybody|all (?:customers|members|guests))|(?:(?:each |every |a |all )?(?:customers?|members?|guests?|you|we|people) )?(?:gets?|receives?|earns?|collects?|gives?)|(?:(?:you|they|we|customers|members) )?spen[dt]|happy hours?|every day|the|and|but|only|also|then|program|programme|points are)(?![\\p{L}\\d]))', () => true);
