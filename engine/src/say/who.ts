import { END, leaf, sequence, when } from './piece.ts';
import { first, numberReader, pattern, withoutMarks, type Reader } from './scan.ts';
import type { Part } from './told-rule.ts';

/** A level or a segment as it is called, and the code that rules know it by. */
export type KnownName = { readonly name: string; readonly code: string };

const PEOPLE = '(?:klient(?:ów|ki|ek|a|owi)?|uczestni(?:ków|czki|czek|ka|kowi)|osób|członków|gości)';

const number = numberReader('pl');
const spells = ([['dni|dnia|dniach|dzień', 1], ['tydzień|tygodni(?:e|a|ach)?', 7], ['miesiąc(?:e|a|ach)?|miesięcy', 30]] as const).flatMap(([words, length]) => [
  sequence([number, ` (?:${words})${END}`], ([n]) => (n as number) * length), ...(length === 1 ? [] : [pattern(`(?:${words})${END}`, () => length)]),
]);
/** "30 dni", "2 tygodnie", "miesiąc" of thirty days: the sentence that is said back tells the days. */
const days: Reader<number> = (spoken, at) => first(spells, spoken, at);

/** New to the program, or long away. */
export const newOrAway: readonly Reader<Part>[] = makeNewOrAway();
function makeNewOrAway(): Reader<Part>[] {
  const since = '(?: (?:od|po) (?:dołączeni[ua]|zapisani[ua] się|zapis(?:u|ie)|rejestracji|założeni[ua] konta|przystąpieni[ua]))?';
  const young = ([n]: readonly unknown[]) => ((n as number) > 0 ? when(leaf('member.daysSinceJoining', 'below', n as number)) : null);
  const away = (more: number) => ([n]: readonly unknown[]) => ((n as number) > 0 ? when(leaf('history.daysSinceLastSale', 'atLeast', (n as number) + more)) : null);
  const absent = `(?:(?:gdy|jeśli|jeżeli|jak|kiedy|dla) )?(?:(?:ktoś|klient(?:ka|a|ów)?|uczestni(?:k|czka|ka|ków)|tych|osób)(?:,)? )?(?:któr(?:y|a|zy|e) )?nie (?:był[aoy]?(?: u nas)?|byli(?: u nas)?|kupował[ay]?|kupowali|kupił[ay]?|kupili|przychodził[ay]?|zaglądał[ay]?)`;
  return [
    sequence([`(?:dla nowych ${PEOPLE} )?(?:przez|w ciągu|w) pierwsz(?:e|ych|ym|y) `, days, `${since}${END}`], young),
    sequence([`${absent} (?:przez|od|co najmniej|przynajmniej)? ?`, days, END], away(0)),
    sequence([`${absent} (?:przez |od )?(?:ponad|więcej niż|dłużej niż) `, days, END], away(1)),
    sequence(['(?:za (?:powrót|zakup) )?po ', days, ` (?:przerwy|nieobecności|bez zakup(?:u|ów))${END}`], away(0)),
  ];
}

const BARE = /(?:ymi|imi|ego|iego|ego|emu|ych|ich|ym|im|ej|ami|ach|ow|om|ie|ia|-|[aeiouy])$/;
/** Vowels that come and go: "Bywalec" and "bywalców", "Przyjaciel" and "przyjaciół". */
const MOVABLE = /^(.{4,})[eo]([^aeiouy])$/;
/** A word without the ending of a noun or an adjective: "złotych", "złota" and "Złoty" are one. */
const root = (word: string): string => withoutMarks(word.toLowerCase()).replace(BARE, '').replace(/-$/, '').replace(MOVABLE, '$1$2');
/** "srebrnych" is of "Srebro", "brązowych" of "Brąz". */
const SUFFIX_MAX = 2;
const sameRoot = (said: string, known: string): boolean => said === known || (known.length >= 3 && said.startsWith(known) && said.length - known.length <= SUFFIX_MAX);

const words = pattern('[\\p{L}\\d][\\p{L}\\d-]*(?: [\\p{L}\\d][\\p{L}\\d-]*){0,3}', ([text]) => text!);

/** A known name in whatever case it stands; null when two names are as near. */
function named(known: readonly KnownName[]): Reader<KnownName> {
  const roots = known.map((one) => ({ one, roots: one.name.split(/\s+/).map(root) }));
  return (spoken, at) => {
    const quote = /^[„“"]/.test(spoken.typed[at] ?? '') ? 1 : 0;
    const found = words(spoken, at + quote);
    if (found === null) return null;
    const said = found.value.split(' ');
    const fits = (exactly: boolean) => roots.filter(({ roots: own }) => own.length <= said.length && own.every((word, place) => (exactly ? root(said[place]!) === word : sameRoot(root(said[place]!), word))));
    const [match, ...others] = fits(true).length > 0 ? fits(true) : fits(false);
    if (match === undefined || others.length > 0) return null;
    const end = at + quote + said.slice(0, match.roots.length).join(' ').length;
    return { value: match.one, end: end + (quote && /[”"]/.test(spoken.typed[end] ?? '') ? 1 : 0) };
  };
}

const OF_LEVEL = [`(?:tylko )?(?:dla |u )(?:${PEOPLE} )?(?:z |na |o )?(?:poziom(?:u|ie|em)|statusu|statusie) `, '(?:na|z|od) (?:poziom(?:u|ie)|statusu|statusie) ', '(?:tylko )?dla '].map((words) => pattern(words, () => true));
const OF_SEGMENT = [`(?:tylko )?(?:dla )?(?:${PEOPLE} )?(?:z )?segment(?:u|ie) `, '(?:tylko )?dla '].map((words) => pattern(words, () => true));
const AFTER = pattern(`(?: (?:${PEOPLE}|poziomu|statusu))?${END}`, () => true);

/** Members of a level or of a segment, by the name that the program gives it. */
export function ofLevelOrSegment(levels: readonly KnownName[], segments: readonly string[]): Reader<Part>[] {
  const [level, segment] = [named(levels), named(segments.map((name) => ({ name, code: name })))];
  const on = ([, found]: readonly unknown[]) => when(leaf('member.tier', 'is', (found as KnownName).code));
  const within = ([, found]: readonly unknown[]) => when(leaf('member.segment', 'inSegment', (found as KnownName).code));
  return [...OF_LEVEL.map((before) => sequence([before, level, AFTER], on)), ...OF_SEGMENT.map((before) => sequence([before, segment, AFTER], within))];
}
