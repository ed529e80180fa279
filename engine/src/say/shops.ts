import type { Condition } from '../conditions.ts';
import { guessesIn, NO_GOODS, test, word, words, type Name } from './goods.ts';
import { sequence, several } from './piece.ts';
import { quoted, type Reader } from './scan.ts';
import { stem } from './stem.ts';
import type { Part } from './told-rule.ts';

/** The largest towns of Poland: a shop that the program does not know yet is called by them in the nominative. */
const TOWNS = ['Warszawa', 'Kraków', 'Wrocław', 'Łódź', 'Poznań', 'Gdańsk', 'Szczecin', 'Lublin', 'Bydgoszcz', 'Białystok', 'Katowice', 'Gdynia', 'Częstochowa', 'Rzeszów', 'Radom', 'Toruń', 'Sosnowiec', 'Kielce', 'Gliwice', 'Olsztyn', 'Zabrze', 'Bytom', 'Opole', 'Tychy', 'Sopot', 'Zakopane'];

/** "Krakowie", "Kraków" and "Krakowa"; "Poznaniu" and "Poznań": places end in more ways than goods, and "ów" may be of the name itself. */
const placeStems = (name: string): readonly string[] => [stem(name), stem(name.replace(/(?:ie|iu|em|a)$/, ''))];
const alike = (said: string, known: string): boolean => { const other = placeStems(known); return placeStems(said).some((one) => other.includes(one)); };
/** What a town is called from when it names each of its shops: "Kraków Rynek", "Kraków Galeria". */
const TOWN_MIN = 4;

/** The shops that a name means: the one that is called so or, of a town, all whose names begin with it. */
export function knownShops(stores: readonly string[]): Reader<Name[]> {
  const split = stores.map((name) => ({ name, words: name.split(/\s+/) }));
  const known = (name: string): Name => ({ name, guessed: false });
  return (spoken, at) => {
    const quote = quoted(spoken, at);
    if (quote !== null) return { value: [{ name: quote.value, guessed: !stores.includes(quote.value) }], end: quote.end };
    const found = words(spoken, at);
    if (found === null) return null;
    const said = found.value.split(' ');
    for (let count = said.length; count > 0; count -= 1) {
      const same = split.find((one) => one.words.length === count && one.words.every((part, place) => alike(said[place]!, part)));
      if (same) return { value: [known(same.name)], end: at + said.slice(0, count).join(' ').length };
    }
    const inTown = said[0]!.length < TOWN_MIN ? [] : split.filter((one) => alike(said[0]!, one.words[0]!));
    return inTown.length === 0 ? null : { value: inTown.map(({ name }) => known(name)), end: at + said[0]!.length };
  };
}

/** One word for a shop of which the program knows nothing. */
export const guessed: Reader<Name[]> = (spoken, at) => {
  const found = word(spoken, at);
  if (found === null || NO_GOODS.test(found.value)) return null;
  return { value: [{ name: spoken.typed.slice(at, found.end), guessed: true }], end: found.end };
};
export const guessedTown: Reader<Name[]> = (spoken, at) => {
  const found = word(spoken, at);
  const town = found && TOWNS.find((one) => alike(found.value, one));
  return found && town ? { value: [{ name: town, guessed: true }], end: found.end } : null;
};

const KIND = '(?:sklepie|sklepach|punkcie|punktach|lokalu|lokalach|kawiarni|kawiarniach|restauracji|restauracjach|salonie|salonach)';
const STREET = '(?:(?:przy|na) (?:ulicy |ul\\. ?)?)?';
export const either = <T>(...readers: readonly Reader<T>[]): Reader<T> => (spoken, at) => readers.reduce<ReturnType<Reader<T>>>((read, reader) => read ?? reader(spoken, at), null);
/** The test of what was read of shops, one after another. */
export const inShops = ([shops]: readonly unknown[]): Part => { const named = (shops as Name[][]).flat(); return { kind: 'when', when: test('transaction.store', named), guessed: guessesIn(named) }; };

/** Shops by their names or by their towns. */
export function stores(known: readonly string[]): Reader<Part>[] {
  const shop = knownShops(known);
  const unquoted: Reader<Name[]> = (spoken, at) => (quoted(spoken, at) === null ? shop(spoken, at) : null);
  const next = (one: Reader<Name[]>): Reader<Name[]> => sequence([`(?:we? |na |przy )?(?:${KIND} )?(?:we? )?${STREET}`, one], ([name]) => name as Name[]);
  return [
    sequence(['(?:tylko )?(?:we?|na|przy) (?:ulicy |ul\\. ?)?', several(unquoted, next(unquoted))], inShops),
    sequence([`(?:tylko )?(?:w|na) ${KIND} we? `, several(either(shop, guessedTown), next(either(unquoted, guessedTown)))], inShops),
    sequence([`(?:tylko )?(?:w|na) ${KIND} ${STREET}`, several(either(shop, guessed), next(shop))], inShops),
  ];
}

/** Shops that a rule is not for; only those that are known. */
export const refusedStores = (known: readonly string[]): Reader<Condition> => {
  const shop = knownShops(known);
  const next: Reader<Name[]> = sequence([`(?:we? )?(?:${KIND} )?(?:we? )?${STREET}`, shop], ([name]) => name as Name[]);
  return sequence([`w ${KIND} (?:we? )?${STREET}`, several(shop, next)], ([shops]) => test('transaction.store', (shops as Name[][]).flat()));
};
