import { END, leaf, sequence, when } from './piece.ts';
import { pattern, type Reader } from './scan.ts';
import { spell } from './spell.ts';
import { stem } from './stem.ts';
import type { Part } from './told-rule.ts';

/** A level or a segment as it is called, and the code that rules know it by. */
export type KnownName = { readonly name: string; readonly code: string };

const PEOPLE = '(?:klient(?:ów|ki|ek|a|owi)?|uczestni(?:ków|czki|czek|ka|kowi)|osób|członków|gości)';

/** New to the program, or long away. */
export const newOrAway: readonly Reader<Part>[] = makeNewOrAway();
function makeNewOrAway(): Reader<Part>[] {
  const since = '(?: (?:od|po) (?:dołączeni[ua]|zapisani[ua] się|zapis(?:u|ie)|rejestracji|założeni[ua] konta|przystąpieni[ua]))?';
  const young = ([n]: readonly unknown[]) => ((n as number) > 0 ? when(leaf('member.daysSinceJoining', 'below', n as number)) : null);
  const away = (more: number) => ([n]: readonly unknown[]) => ((n as number) > 0 ? when(leaf('history.daysSinceLastSale', 'atLeast', (n as number) + more)) : null);
  const absent = `(?:(?:gdy|jeśli|jeżeli|jak|kiedy|dla) )?(?:(?:ktoś|klient(?:ka|a|ów)?|uczestni(?:k|czka|ka|ków)|tych|osób)(?:,)? )?(?:któr(?:y|a|zy|e) )?nie (?:był[aoy]?(?: u nas)?|byli(?: u nas)?|kupował[ay]?|kupowali|kupił[ay]?|kupili|przychodził[ay]?|zaglądał[ay]?)`;
  const joined = '(?:klien(?:tów|tki|tek|ta|towi|tce|tom|tkom|ci|t|tka)|uczestni(?:ków|czki|czek|ka|kowi|kom|cy|k)|osób|osobom|członk(?:ów|om|owie)|gośc?i?(?:om|e)?)';
  const newcomers: Part = { kind: 'when', when: leaf('history.isFirstSale', 'isTrue', null), newcomers: true };
  return [
    // Who is new has bought nothing yet.
    sequence([`(?:tylko )?(?:dla )?(?:każd(?:ego|ej|emu) )?now(?:ych|ego|ej|ym|emu|i|y|a) ${joined}${END}`], () => newcomers),
    sequence(['(?:tylko )?dla (?:nowych|nowego|nowej)(?=$|[,.;:!)]| \\d)'], () => newcomers),
    sequence([`(?:dla nowych ${PEOPLE} )?(?:przez|w ciągu|w) pierwsz(?:e|ych|ym|y) `, spell, `${since}${END}`], young),
    sequence([`${absent} (?:przez|od|co najmniej|przynajmniej)? ?`, spell, END], away(0)),
    sequence([`${absent} (?:przez |od )?(?:ponad|więcej niż|dłużej niż) `, spell, END], away(1)),
    sequence(['(?:za (?:powrót|zakup) )?po ', spell, ` (?:przerwy|nieobecności|bez zakup(?:u|ów))${END}`], away(0)),
  ];
}

/** "srebrnych" is of "Srebro", "brązowych" of "Brąz". */
const SUFFIX_MAX = 2;
const sameStem = (said: string, known: string): boolean => said === known || (known.length >= 3 && said.startsWith(known) && said.length - known.length <= SUFFIX_MAX);

const words = pattern('[\\p{L}\\d][\\p{L}\\d-]*(?: [\\p{L}\\d][\\p{L}\\d-]*){0,3}', ([text]) => text!);

/** A known name in whatever case it stands; null when two names are as near. `stemOf`: how the language ends its words. */
export function named(known: readonly KnownName[], stemOf = stem): Reader<KnownName> {
  const stems = known.map((one) => ({ one, stems: one.name.split(/\s+/).map(stemOf) }));
  return (spoken, at) => {
    const quote = /^[„“"]/.test(spoken.typed[at] ?? '') ? 1 : 0;
    const found = words(spoken, at + quote);
    if (found === null) return null;
    const said = found.value.split(' ');
    const fits = (exactly: boolean) => stems.filter(({ stems: own }) => own.length <= said.length && own.every((word, place) => (exactly ? stemOf(said[place]!) === word : sameStem(stemOf(said[place]!), word))));
    const [match, ...others] = fits(true).length > 0 ? fits(true) : fits(false);
    if (match === undefined || others.length > 0) return null;
    const end = at + quote + said.slice(0, match.stems.length).join(' ').length;
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
