import { END, sequence } from './piece.ts';
import { first, numberReader, pattern, type Reader } from './scan.ts';

const number = numberReader('pl');
const spells = ([['dni|dnia|dniach|dzień', 1], ['tydzień|tygodni(?:e|a|ach)?', 7], ['miesiąc(?:e|a|ach)?|miesięcy', 30]] as const).flatMap(([words, length]) => [
  sequence([number, ` (?:${words})${END}`], ([n]) => (n as number) * length), ...(length === 1 ? [] : [pattern(`(?:${words})${END}`, () => length)]),
]);

/** "30 dni", "2 tygodnie", "miesiąc" of thirty days, in days: the sentence that is said back tells the days. */
export const spell: Reader<number> = (spoken, at) => first(spells, spoken, at);
