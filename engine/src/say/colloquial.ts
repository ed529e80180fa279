import type { LocalDate } from '../calendar.ts';
import type { Condition } from '../conditions.ts';
import { RETURN_EVENT } from '../event-types.ts';
import { minorDigits, type Lang, type UnitWords } from '../words.ts';
import { effects, limits, roundings } from './amounts.ts';
import { colloquialEnglish, ENGLISH_GLUE, englishNames, goodsInEnglish } from './colloquial-en.ts';
import { feasts } from './feasts.ts';
import { channels, goods, refusedGoods, type KnownNames } from './goods.ts';
import { moments, refusedDays } from './moments.ts';
import { END, leaf, oneOf, sequence, several, when } from './piece.ts';
import { longest, moneyReader, numberReader, pattern, remembering, type Reader, type Spoken } from './scan.ts';
import { negated, type Tongue } from './test-phrases.ts';
import type { Part } from './told-rule.ts';
import { refusedStores, stores } from './shops.ts';
import { validities } from './validity.ts';
import { newOrAway, ofLevelOrSegment } from './who.ts';

export type { KnownNames } from './goods.ts';

/** What people call the built-in events. */
const EVENTS: readonly (readonly [words: string, type: string])[] = [
  ['za (?:rejestracj[ęi]|założenie konta|dołączenie|zapisanie się|zapis|przystąpienie|założenie karty|wyrobienie karty)(?: do programu)?|na (?:start|powitanie|dzień dobry)', 'registration'],
  ['za (?:uzupełnienie|wypełnienie) profilu', 'profile-completed'],
  ['za (?:każde )?(?:polecenie|zaproszenie|przyprowadzenie)(?: znajomego| znajomej| przyjaciela| koleżanki| kolegi)?', 'referral'],
  ['(?:za |na |z okazji )(?:imieniny|imienin)(?: klienta| uczestnika)?', 'name-day'], ['(?:na |z okazji )(?:urodziny|urodzin)(?: klienta| uczestnika)?', 'birthday'],
  ['(?:za |na |w |z okazji )(?:każd(?:ą|ej) )?rocznic[ęy](?: dołączenia| członkostwa| w programie)?', 'anniversary'],
  ['za (?:każdą )?(?:wypełnienie )?ankiet[ęy]|za wypełnienie ankiety', 'survey'], ['za (?:każdy )?quiz|za rozwiązanie quizu', 'quiz'], ['za (?:każde )?(?:ukończenie szkolenia|ukończone szkolenie|szkolenie)', 'training'],
  ['za (?:każdą )?(?:wystawienie )?(?:opini[ęei]|recenzj[ęei])', 'review'], ['za (?:każd(?:ą|e|y) )?(?:wizyt[ęy]|odwiedziny|check-in|zameldowanie)', 'check-in'],
  ['za (?:każdy |wpisanie |podanie )?kodu?(?: z opakowania| z paczki| z etykiety)?', 'code'], ['za (?:każdą )?(?:terminowo )?(?:opłaconą |zapłaconą |opłacenie |zapłacenie |zapłatę )?faktur[ęy]', 'invoice-paid'],
  ['za (?:każdy )?(?:zwrot|oddanie)(?: towaru| towarów| zakupu| zakupów| produktu| produktów)?', RETURN_EVENT],
];
const events: Reader<Part>[] = EVENTS.map(([words, type]) => sequence([`(?:${words})${END}`], () => ({ kind: 'trigger', trigger: { kind: 'event', type } })));

/** Of a paid invoice: on its day at the latest. */
const inTime = sequence([`(?:w terminie|na czas|przed terminem|terminowo)${END}`], () => when(leaf('event.field.onTime', 'isTrue', null)));

const ORDINALS = ['pierwsz[yeaą](?:m|ch)?', 'drug(?:i|im|ie)', 'trzeci(?:m|e)?', 'czwart(?:y|ym|e)', 'piąt(?:y|ym|e)', 'szóst(?:y|ym|e)', 'siódm(?:y|ym|e)', 'ósm(?:y|ym|e)', 'dziewiąt(?:y|ym|e)', 'dziesiąt(?:y|ym|e)'];
/** A purchase counts those before it. */
const nth = (n: number): Part | null => (n < 1 ? null : when(n === 1 ? leaf('history.isFirstSale', 'isTrue', null) : leaf('history.salesCount', 'is', n - 1)));

const PAID: readonly (readonly [words: string, kind: string])[] = [['gotówk[ąę]', 'cash'], ['kart[ąę]', 'card'], ['blik(?:iem)?', 'blik']];
const payments: readonly Reader<Part>[] = PAID.map(([words, kind]) => sequence([`(?:za (?:płatność )?|płatn(?:e|y) |płacąc |gdy (?:ktoś |klient )?(?:płaci|zapłaci) )${words}${END}`], () => when(leaf('transaction.paymentKind', 'includesAny', [kind]))));

const occasions = (tongue: Tongue): Reader<Part>[] => [
  sequence(['(?:za |na |przy )', oneOf(ORDINALS), ` zakup(?:y|ie|ów|ach)?${END}`], ([place]) => nth((place as number) + 1)),
  sequence(['(?:za |na |przy )', numberReader(tongue.lang), `\\.? zakup(?:ie)?${END}`], ([n]) => nth(n as number)),
  sequence([`w (?:dniu |dzień )?urodzin(?:y)?(?: klienta| uczestnika)?${END}`], () => when(leaf('calendar.isBirthday', 'isTrue', null))),
  sequence([`(?:tylko )?dla firm${END}`], () => when(leaf('member.kind', 'is', 'company'))),
  sequence([`(?:tylko )?dla osób prywatnych${END}`], () => when(leaf('member.kind', 'is', 'person'))),
];

const PURCHASE = '(?:(?:gdy|jeśli|jeżeli|przy|za|na|od) )?(?:każd(?:y|ym|e|ych) )?(?:zakup(?:y|ie|ów|ach|em)?|paragon(?:ie|y|ach)?|rachun(?:ek|ku)) ';
/** "gdy ktoś wyda", "jeśli klient kupi": of one purchase, as the sentence that is said back tells. */
const SPENDS = '(?:gdy|jeśli|jeżeli|jak|kiedy) (?:się |(?:ktoś|klient(?:ka)?|uczestni(?:k|czka)|gość|osoba) )?(?:wyda(?:je)?|zapłaci|kupi|zostawi) (?:co najmniej )?(?:jednorazowo )?';
const spending = (tongue: Tongue): Reader<Part>[] => {
  const money = moneyReader(tongue.lang, tongue.currency);
  const total = (operator: string, shift: number) => ([minor]: readonly unknown[]) => when(leaf('transaction.total', operator, (minor as number) + shift));
  const whole = numberReader(tongue.lang);
  /** "od 10 do 50 zł": the first amount without its currency. */
  const moneyOrNumber: Reader<number> = (spoken, at) => { const bare = whole(spoken, at); return money(spoken, at) ?? (bare && { value: bare.value * 10 ** minorDigits(tongue.currency), end: bare.end }); };
  const least = '(?:co najmniej|minimum|min\\.?|przynajmniej)';
  return [
    sequence([`${PURCHASE}(?:(?:za )?(?:${least}|od) |za )`, money], total('atLeast', 0)),
    sequence([`(?:${PURCHASE})?(?:za )?(?:od|między|pomiędzy) `, moneyOrNumber, '(?: zł)?(?: do | a | i | ?[–-] ?)', money], ([from, to]) => ((from as number) < (to as number) ? when(leaf('transaction.total', 'between', [from as number, to as number])) : null)),
    sequence([`(?:za |od )?(?:${least}|za|od) `, money], total('atLeast', 0)),
    sequence([`${PURCHASE}(?:za )?(?:do|najwyżej|maksymalnie|co najwyżej) `, money], total('below', 1)),
    sequence([`${SPENDS}(?:(?:za )?(?:${least}|za) )?`, money], total('atLeast', 0)),
    sequence([`${SPENDS}(?:za )?(?:powyżej|ponad|więcej niż) `, money], total('atLeast', 1)),
    sequence([`${SPENDS}(?:za )?(?:poniżej|mniej niż) `, money], total('below', 0)),
    sequence([`(?:${PURCHASE})?(?:za )?(?:powyżej|ponad|większ(?:ych|e|y) niż|więcej niż) `, money], total('atLeast', 1)),
    sequence([`(?:${PURCHASE})?(?:za )?(?:poniżej|mniej niż) `, money], total('below', 0)),
  ];
};

const NOT = '(?:(?:ale|lecz|tylko|jednak) )?(?:nie (?:dotyczy |obejmuje |liczy się |działa )?|oprócz |prócz |poza |z wyjątkiem |bez |za wyjątkiem |wyłączając )';
/** Where something is left out and what it is could not be read: to the next comma nothing is believed, for it would say the opposite. */
export const refusal: Reader<true> = pattern('(?:nie|oprócz|prócz|poza|z wyjątkiem|za wyjątkiem|bez|wyłączając|chyba że|not|except|excluding|without|unless|other than|apart from)(?![\\p{L}\\d])[^,.;!)]*', () => true);

function refusals(known: KnownNames): Reader<Part>[] {
  const products = refusedGoods(known);
  const shops = refusedStores(known.stores);
  const anyDay: Reader<Part> = (spoken, at) => longest(refusedDays, spoken, at);
  const turned = (condition: Condition): Condition => ('attribute' in condition ? negated(condition) : { none: [condition] });
  return [
    sequence([NOT, products], ([found]): Part => ({ kind: 'lines', lines: turned(found as Condition) })),
    sequence([NOT, shops], ([found]) => when(turned(found as Condition))),
    sequence([NOT, several(anyDay, anyDay)], ([days]) => {
      const not = (days as Part[]).flatMap((day) => (day.kind === 'when' ? [turned(day.when)] : []));
      return when(not.length === 1 ? not[0]! : { all: not });
    }),
  ];
}

/** How people say it, beside the ways that the product itself says it; later ones are asked only where no earlier one reads. */
export function colloquial(tongue: Tongue, unit: UnitWords, known: KnownNames, today: LocalDate | null, told: readonly Reader<Part>[]): readonly (readonly Reader<Part>[])[] {
  const english = tongue.lang === 'en';
  const common = english ? colloquialEnglish(tongue, unit, known, today) : [...effects(tongue, unit), ...limits(tongue, unit), ...roundings, ...validities(tongue, unit, today), ...events, ...moments(tongue, today), feasts(today), ...occasions(tongue), ...payments, ...newOrAway, inTime, ...spending(tongue), ...refusals(known)];
  const shops = english ? englishNames(known) : [...stores(known.stores), ...channels(known), ...ofLevelOrSegment(known.levels, known.segments)];
  const others = [...told, ...common, ...shops, glueOf(tongue.lang)];
  const any = remembering<true>((spoken, at) => (others.some((reader) => reader(spoken, at) !== null) ? { value: true, end: at } : null));
  const understood = (spoken: Spoken, at: number): boolean => any(spoken, at) !== null;
  // Names come last: any word can be one.
  return [common, [...shops, ...(english ? goodsInEnglish(known, understood) : goods(known, tongue, understood))]];
}

const POLISH_GLUE: Reader<true> = pattern('(?:[\\s,.;:!()–]+|(?:(?:za |przy |na )(?:wszystkie |każde )?zakup(?:y|ach)|(?:na|za) wszystko|(?:klient |klienci )?(?:dostanie(?:sz)?|otrzyma(?:sz)?|otrzymuj(?:e|esz|ą)|zbiera(?:sz)?|zyskuj(?:e|esz))|klient dostaje|klienci dostają|uczestnik dostaje|uczestnicy dostają|dla (?:wszystkich|każdego)(?: klientów| klienta| uczestników| uczestnika)?|codziennie|happy hours?|po(?= \\d)|i|oraz|ale|lecz|tylko|a|też|także|wtedy|gdy|wydan(?:ą|e|y|ych|ego)|w punktach|program|daje|dajemy|dostaje|dostajesz|dostają|przyznaj|punkty są)(?![\\p{L}\\d]))', () => true);
/** Words that add nothing to a rule. */
export const glueOf = (lang: Lang): Reader<true> => (lang === 'pl' ? POLISH_GLUE : ENGLISH_GLUE);
