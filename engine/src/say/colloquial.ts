import type { LocalDate } from '../calendar.ts';
import type { Condition, ConditionLeaf } from '../conditions.ts';
import type { OperatorValue } from '../operators.ts';
import type { Effect } from '../rules.ts';
import type { Cap } from '../trace.ts';
import type { UnitWords } from '../words.ts';
import { multiplierOf, pointsReader } from './gives.ts';
import { dateReader, moneyReader, numberReader, pattern, quoted, type Reader } from './scan.ts';
import type { Tongue } from './test-phrases.ts';
import type { Part } from './told-rule.ts';

/** Names that the program knows: what a sentence calls "kawę" is then the category "Kawa". */
export type KnownNames = { readonly categories: readonly string[]; readonly brands: readonly string[]; readonly stores: readonly string[] };

const END = '(?![\\p{L}\\d])';
const leaf = (attribute: string, operator: string, value: OperatorValue): ConditionLeaf => ({ attribute, operator, value });
const when = (condition: Condition): Part => ({ kind: 'when', when: condition });
const lines = (condition: Condition): Part => ({ kind: 'lines', lines: condition });
const given = (effect: Effect): Part => ({ kind: 'given', given: { trigger: null, effect, lines: null } });
const cap = (which: Cap, points: number): Part => ({ kind: 'cap', cap: which, points });
const perAmount = (points: number, perMinor: number): Effect => ({ kind: 'perAmount', points, perMinor, rounding: 'down', per: 'transaction' });

/** Reads one thing after another; the values of all, or null. */
function sequence(parts: readonly (string | Reader<unknown>)[], make: (values: readonly unknown[]) => Part | null): Reader<Part> {
  const readers = parts.map((part) => (typeof part === 'string' ? { reader: pattern(part, () => true), kept: false } : { reader: part, kept: true }));
  return (spoken, at) => {
    const values: unknown[] = [];
    let end = at;
    for (const { reader, kept } of readers) {
      const read = reader(spoken, end);
      if (read === null) return null;
      if (kept) values.push(read.value);
      ({ end } = read);
    }
    const value = make(values);
    return value && { value, end };
  };
}

/** A word of the list, as its place in it. */
const oneOf = (words: readonly string[]): Reader<number> => pattern(`(${words.join('|')})${END}`, ([, found]) => words.findIndex((word) => new RegExp(`^(?:${word})$`, 'u').test(found!)));

const WEEKDAYS = ['w poniedziałk?(?:ek|i)', 'we? wtor(?:ek|ki)', 'w środ[ęy]', 'w? ?czwart(?:ek|ki)', 'w piąt(?:ek|ki)', 'w sobot[ęy]', 'w niedziel[ęe]'];
const DAY_NAMES = ['poniedziałku?', 'wtor(?:ek|ku)', 'środ[ya]', 'czwart(?:ek|ku)', 'piąt(?:ek|ku)', 'sobot[ya]', 'niedziel[ai]'];
const daysFromTo = (from: number, to: number): number[] => (from <= to ? [1, 2, 3, 4, 5, 6, 7].filter((day) => day >= from && day <= to) : [1, 2, 3, 4, 5, 6, 7].filter((day) => day >= from || day <= to));

const weekdays: Reader<Part>[] = [
  sequence([oneOf(WEEKDAYS)], ([day]) => when(leaf('calendar.weekday', 'is', (day as number) + 1))),
  sequence([oneOf(WEEKDAYS), ',? (?:i|oraz|a także) ', oneOf(WEEKDAYS)], ([a, b]) => when(leaf('calendar.weekday', 'oneOf', [(a as number) + 1, (b as number) + 1]))),
  sequence(['od ', oneOf(DAY_NAMES), ' do ', oneOf(DAY_NAMES)], ([from, to]) => when(leaf('calendar.weekday', 'oneOf', daysFromTo((from as number) + 1, (to as number) + 1)))),
  sequence([`w (?:każdy )?weekendy?${END}`], () => when(leaf('calendar.weekday', 'oneOf', [6, 7]))),
  sequence([`w (?:dni robocze|tygodniu)${END}`], () => when(leaf('calendar.weekday', 'oneOf', [1, 2, 3, 4, 5]))),
  sequence([`w wakacje${END}`], () => when(leaf('calendar.month', 'oneOf', [7, 8]))),
];

const hour: Reader<number> = pattern(`(\\d{1,2})(?::00|\\.00)?(?: ?h)?${END}`, ([, text]) => (Number(text) <= 24 ? Number(text) : null));
const TO = ' ?(?:do|a|–|-) ?';
const hoursBetween = (from: number, to: number): Part | null => (from < to ? when(leaf('calendar.hour', 'between', [from, to - 1])) : null);
const hours: Reader<Part>[] = [
  sequence([`(?:w godzinach|od godz(?:iny|\\.)?|między(?: godziną)?) `, hour, TO, hour], ([from, to]) => hoursBetween(from as number, to as number)),
  sequence(['(?:po|od) godz(?:inie|iny|\\.) ', hour], ([from]) => when(leaf('calendar.hour', 'atLeast', from as number))),
  sequence(['po ', pattern(`(\\d{1,2})(?::00)?${END}(?! ?zł)`, ([, text]) => (Number(text) <= 23 ? Number(text) : null))], ([from]) => when(leaf('calendar.hour', 'atLeast', from as number))),
  sequence(['przed (?:godz(?:iną|\\.) )?', hour], ([to]) => when(leaf('calendar.hour', 'below', to as number))),
  sequence([`rano${END}`], () => when(leaf('calendar.hour', 'below', 11))),
];

/** What people call the built-in events. */
const EVENTS: readonly (readonly [words: string, type: string])[] = [
  ['rejestracj[ęi]|założenie konta|dołączenie|zapisanie się|przystąpienie do programu', 'registration'], ['(?:uzupełnienie|wypełnienie) profilu', 'profile-completed'],
  ['(?:polecenie|zaproszenie|przyprowadzenie)(?: znajomego| znajomej| przyjaciela)?', 'referral'], ['ankiet[ęy]', 'survey'], ['quiz', 'quiz'], ['szkolenie', 'training'],
  ['(?:opini[ęe]|recenzj[ęe])', 'review'], ['(?:wizyt[ęy]|odwiedziny)', 'check-in'], ['kod(?: z opakowania)?', 'code'], ['(?:opłaconą |zapłaconą )?faktur[ęy]', 'invoice-paid'],
];
const events: Reader<Part>[] = EVENTS.map(([words, type]) => sequence([`za (?:każd(?:ą|y|e) )?(?:${words})${END}`], () => ({ kind: 'trigger', trigger: { kind: 'event', type } })));

const occasions: Reader<Part>[] = [
  sequence([`(?:za|na|przy) pierwsz(?:y|ym|e|ych) zakup(?:y|ie|ów|ach)?${END}`], () => when(leaf('history.isFirstSale', 'isTrue', null))),
  sequence([`w (?:dniu urodzin|urodziny)${END}`], () => when(leaf('calendar.isBirthday', 'isTrue', null))),
  sequence([`(?:tylko )?dla firm${END}`], () => when(leaf('member.kind', 'is', 'company'))),
  sequence([`(?:tylko )?dla osób(?: prywatnych)?${END}`], () => when(leaf('member.kind', 'is', 'person'))),
];

const PURCHASE = '(?:(?:gdy|jeśli|jeżeli|przy|za|na|od) )?(?:każd(?:y|ym|e|ych) )?(?:zakup(?:y|ie|ów|ach|em)?|paragon(?:ie|y|ach)?|rachun(?:ek|ku)) ';
const spending = (tongue: Tongue): Reader<Part>[] => {
  const money = moneyReader(tongue.lang, tongue.currency);
  const total = (operator: string, shift: number) => ([minor]: readonly unknown[]) => when(leaf('transaction.total', operator, (minor as number) + shift));
  return [
    sequence([`${PURCHASE}(?:za )?(?:co najmniej|minimum|min\\.|od|za) `, money], total('atLeast', 0)),
    sequence([`(?:${PURCHASE})?(?:powyżej|ponad|większ(?:ych|e|y) niż) `, money], total('atLeast', 1)),
    sequence([`(?:${PURCHASE})?(?:poniżej|mniej niż) `, money], total('below', 0)),
  ];
};

const amount = (tongue: Tongue): Reader<number> => {
  const money = moneyReader(tongue.lang, tongue.currency);
  const one = pattern(`(?:każd(?:ą|ego) )?(?:wydan(?:ą|ego) )?złotówk[ęi]${END}`, () => 100);
  return (spoken, at) => one(spoken, at) ?? money(spoken, at);
};

function effects(tongue: Tongue, unit: UnitWords): Reader<Part>[] {
  const points = pointsReader(tongue, unit);
  const single = pattern(`(?:${unit.one}|${unit.one.slice(0, -1)}ę)${END}`, () => 1);
  const some: Reader<number> = (spoken, at) => points(spoken, at) ?? single(spoken, at);
  const each = ' (?:za|na|od) (?:każd(?:e|ą|ego|ych) )?(?:pełne )?(?:wydan(?:e|ą|ych) )?';
  return [
    sequence([some, each, amount(tongue)], ([n, minor]) => ((minor as number) > 0 ? given(perAmount(n as number, minor as number)) : null)),
    sequence(['(?:za |na )(?:każd(?:e|ą|ego) )?(?:wydan(?:e|ą) )?', amount(tongue), ' ', some], ([minor, n]) => ((minor as number) > 0 ? given(perAmount(n as number, minor as number)) : null)),
    sequence(['(?:dodatkow[eoy]\\w* |bonus |premia )?', some], ([n]) => given({ kind: 'fixed', points: n as number })),
    sequence([`(?:podwójn[aey]|dwa razy więcej)(?: ${unitWord(unit)})?${END}`], () => given(multiplierOf(200))),
    sequence([`(?:potrójn[aey]|trzy razy więcej)(?: ${unitWord(unit)})?${END}`], () => given(multiplierOf(300))),
    sequence(['(?:×|x|razy) ?', numberReader(tongue.lang, 2), `(?: ${unitWord(unit)})?${END}`], ([size]) => times(size as number)),
    sequence([numberReader(tongue.lang, 2), ` ?(?:×|x|razy)(?: więcej)?(?: ${unitWord(unit)})?${END}`], ([size]) => times(size as number)),
  ];
}

const unitWord = (unit: UnitWords): string => `(?:${[unit.one, unit.few, unit.many, unit.fraction].join('|')}|pkt\\.?)`;
const times = (hundredths: number): Part | null => (hundredths > 100 ? given(multiplierOf(hundredths)) : null);

const PERIODS: readonly (readonly [words: string, cap: Cap])[] = [
  ['dziennie|na dzień|w ciągu dnia|jednego dnia', 'perMemberDay'],
  ['(?:tygodniowo|na tydzień|w tygodniu)', 'perMemberWeek'], ['(?:miesięcznie|na miesiąc|w miesiącu)', 'perMemberMonth'], ['(?:rocznie|na rok|w roku)', 'perMemberYear'],
  ...([['gospodarstwo(?: domowe)?|rodzinę|dom', 'perHousehold'], ['firmę', 'perCompany']] as const).flatMap(([whom, of]) => [
    [`(?:dziennie|w ciągu dnia) na (?:${whom})`, `${of}Day`], [`(?:miesięcznie|w miesiącu) na (?:${whom})`, `${of}Month`], [`(?:łącznie |w sumie )?na (?:${whom})`, `${of}Ever`],
  ] as const),
  ['za (?:jeden )?(?:zakup|paragon)|na (?:jeden )?(?:zakup|paragon)|w jednym zakupie', 'perTransaction'],
  ['w całym programie|łącznie w programie|w sumie w programie', 'perProgram'],
];
function caps(tongue: Tongue, unit: UnitWords): Reader<Part>[] {
  const points = pointsReader(tongue, unit);
  const number = numberReader(tongue.lang);
  const some: Reader<number> = (spoken, at) => points(spoken, at) ?? number(spoken, at);
  const most = '(?:do|max\\.?|maks\\.?|maksymalnie|najwyżej|nie więcej niż|limit|co najwyżej) ';
  return [
    ...PERIODS.map(([words, which]) => sequence([most, some, ` (?:${words})${END}`], ([n]) => cap(which, n as number))),
    ...PERIODS.map(([words, which]) => sequence([`(?:${words}) ${most}`, some], ([n]) => cap(which, n as number))),
    sequence(['(?:pula|budżet) ', some], ([n]) => cap('perProgram', n as number)),
  ];
}

function schedules(tongue: Tongue, today: LocalDate | null): Reader<Part>[] {
  const date = dateReader(tongue.lang, today);
  const day = pattern(`\\d{1,2}(?=${TO}\\d{1,2} \\p{L})`, ([text]) => Number(text));
  const part = (from: LocalDate | null, until: LocalDate | null): Part | null => (from !== null && until !== null && from > until ? null : { kind: 'schedule', from, until });
  return [
    sequence(['(?:od|między|w dniach) ', date, TO, date], ([from, until]) => part(from as LocalDate, until as LocalDate)),
    // "od 1 do 24 grudnia": the month and year are the second day's.
    sequence(['(?:od|w dniach) ', day, TO, date], ([from, until]) => part(`${(until as LocalDate).slice(0, 8)}${String(from).padStart(2, '0')}`, until as LocalDate)),
    sequence(['od (?:dnia )?', date], ([from]) => part(from as LocalDate, null)),
    sequence(['do (?:dnia )?', date], ([until]) => part(null, until as LocalDate)),
    sequence(['(?:w dniu|dnia|tylko) ', date], ([only]) => part(only as LocalDate, only as LocalDate)),
  ];
}

const FOLD: Readonly<Record<string, string>> = { ą: 'a', ć: 'c', ę: 'e', ł: 'l', ń: 'n', ó: 'o', ś: 's', ź: 'z', ż: 'z' };
/** A word without its ending: cases of a Polish noun change little else. */
const stem = (word: string): string => word.toLowerCase().replace(/[ąćęłńóśźż]/g, (letter) => FOLD[letter]!).replace(/(?:ami|ach|ow|om|ie|ia|[aeiouy])$/, '');
const sameStem = (a: string, b: string): boolean => a.split(' ').length === b.split(' ').length && a.split(' ').every((word, i) => stem(word) === stem(b.split(' ')[i]!));

/** What a noun is called in the nominative, when the program knows nothing like it: "kawę" is "kawa", "ciastka" stay. */
const nominative = (word: string): string => word.replace(/ę$/, 'a').replace(/ą$/, 'a');

/** Up to three words that may be a name. The longest that the program knows; otherwise the first word. */
function nameReader(known: readonly string[]): Reader<string> {
  const words = pattern('\\p{L}[\\p{L}\\d-]*(?: \\p{L}[\\p{L}\\d-]*){0,2}', ([text]) => text!);
  return (spoken, at) => {
    const quote = quoted(spoken, at);
    if (quote !== null) return quote;
    const found = words(spoken, at);
    if (found === null) return null;
    const all = found.value.split(' ');
    for (let count = all.length; count > 0; count -= 1) {
      const said = all.slice(0, count).join(' ');
      const name = known.find((one) => sameStem(one.toLowerCase(), said));
      if (name !== undefined) return { value: name, end: at + said.length };
    }
    const [first = ''] = all;
    return { value: nominative(spoken.typed.slice(at, at + first.length)), end: at + first.length };
  };
}

function goods(known: KnownNames): Reader<Part>[] {
  const category = nameReader(known.categories);
  const one = (attribute: string) => ([value]: readonly unknown[]) => lines(leaf(attribute, 'is', value as string));
  const two = (attribute: string) => (values: readonly unknown[]) => lines(leaf(attribute, 'oneOf', values as string[]));
  const what = '(?:(?:za|na|od) )?(?:wszystkie |każd[eąy] )?(?:produkty|towary|artykuły|rzeczy|zakupy)? ?';
  return [
    sequence([`${what}z kategorii `, category], one('line.category')),
    sequence([`${what}(?:marki|firmy) `, nameReader(known.brands)], one('line.brand')),
    sequence([`${what}o kodzie `, quoted], one('line.sku')),
    sequence(['(?:na|za) (?:każd[eąy] )?', category], one('line.category')),
    sequence(['(?:na|za) ', category, ' (?:i|oraz|albo|lub) ', category], two('line.category')),
    sequence(['(?:w sklepie|w punkcie|w lokalu|w kawiarni) ', nameReader(known.stores)], ([value]) => when(leaf('transaction.store', 'is', value as string))),
  ];
}

/** How people say it, beside the ways that the product itself says it. Polish only. */
export function colloquial(tongue: Tongue, unit: UnitWords, known: KnownNames, today: LocalDate | null): readonly (readonly Reader<Part>[])[] {
  if (tongue.lang !== 'pl') return [];
  // Names come last: any word can be one.
  return [[...effects(tongue, unit), ...caps(tongue, unit), ...events, ...weekdays, ...hours, ...occasions, ...spending(tongue), ...schedules(tongue, today)], goods(known)];
}
