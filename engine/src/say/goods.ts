import type { Condition } from '../conditions.ts';
import { RETURN_EVENT } from '../event-types.ts';
import type { RuleTrigger } from '../rules.ts';
import { inWords } from './amounts.ts';
import { END, leaf, oneOf, sequence, several } from './piece.ts';
import { numberReader, pattern, quoted, type Reader } from './scan.ts';
import { stem } from './stem.ts';
import type { Tongue } from './test-phrases.ts';
import type { Part } from './told-rule.ts';

/** Names that the program knows: what a sentence calls "kawę" is then the category "Kawa". Levels by code and name, segments by name. */
export type KnownNames = {
  readonly categories: readonly string[]; readonly brands: readonly string[]; readonly stores: readonly string[]; readonly channels: readonly string[];
  readonly levels: readonly { readonly code: string; readonly name: string }[]; readonly segments: readonly string[];
};

export type Name = { readonly name: string; /** The program knows nothing of this name. */ readonly guessed: boolean };

/** What a noun is called in the nominative, when the program knows nothing like it: "kawę" is "kawa", "ciastka" stay. */
const nominative = (word: string): string => word.replace(/[ęą]$/, 'a');

/** Words that stand after "za" and "na" and name no goods. */
export const NO_GOODS = /^(?:kazd\p{L}*|osob\p{L}*|klient\p{L}*|uczestni\p{L}*|glow\p{L}*|dzien|tydzien|miesiac|rok|raz|start|zl\p{L}*|pln|gr|grosz\p{L}*|pkt|punkt\p{L}*|zakup\p{L}*|paragon\p{L}*|rachun\p{L}*|min\p{L}*|max\p{L}*|maks\p{L}*|ponad|powyzej|ponizej|okolo|pierwsz\p{L}*|drug\p{L}*|trzeci\p{L}*|czwart\p{L}*|piat\p{L}*|kolejn\p{L}*|nastepn\p{L}*|wszystk\p{L}*|nic|co|darmo|sztuk\p{L}*|szt|kilogram\p{L}*|litr\p{L}*|produkt\p{L}*|towar\p{L}*|artykul\p{L}*|rzecz\p{L}*|firm\p{L}*|rodzin\p{L}*|dom|gospodarstw\p{L}*|kart\p{L}*|gotowk\p{L}*|blik\p{L}*|swiet\p{L}*|kilometr\p{L}*|aplikacj\p{L}*|internet\p{L}*|program\p{L}*|akcj\p{L}*|promocj\p{L}*|powrot\p{L}*|aktywnosc|lojalnosc|rekomendacj\p{L}*|udostepnienie|polubienie|wpisanie|zeskanowanie|podanie|wypelnienie|ukonczenie|w|we|z|ze|od|do|na|za|po|przy|dla|bez|nie|oprocz|poza|i|a|to|te|ten|ta|jak|jesli|jezeli|gdy)$/u;

export const word = pattern('\\p{L}[\\p{L}\\d-]*', ([text]) => text!);
/** A shop is often called by its street and number: "Krucza 12", "Długa 3a". */
export const words = pattern('\\p{L}[\\p{L}\\d-]*(?: [\\p{L}\\d][\\p{L}\\d-]*){0,3}', ([text]) => text!);

/** A name that the program knows, in whatever case it stands, or one in quotation marks. `stemOf`: how the language ends its words. */
export function knownReader(known: readonly string[], stemOf = stem): Reader<Name> {
  const stems = (words: string): string => words.split(' ').map(stemOf).join(' ');
  const byStems = new Map(known.toReversed().map((name) => [stems(name), name]));
  return (spoken, at) => {
    const quote = quoted(spoken, at);
    if (quote !== null) return { value: { name: quote.value, guessed: !known.includes(quote.value) }, end: quote.end };
    const found = words(spoken, at);
    if (found === null) return null;
    const all = found.value.split(' ');
    for (let count = all.length; count > 0; count -= 1) {
      const said = all.slice(0, count).join(' ');
      const name = byStems.get(stems(said));
      if (name !== undefined) return { value: { name, guessed: false }, end: at + said.length };
    }
    return null;
  };
}

export type Understands = (text: Parameters<Reader<unknown>>[0], at: number) => boolean;

/** One word that may name goods although the program knows nothing like it: it stands alone, and something that is understood follows, or nothing. */
export function guessReader(understood: Understands, noGoods = NO_GOODS, called = nominative): Reader<Name> {
  return (spoken, at) => {
    const found = word(spoken, at);
    if (found === null || noGoods.test(found.value) || understood(spoken, at)) return null;
    const rest = spoken.text.slice(found.end);
    if (!/^(?:$|[,.;:!)])/.test(rest) && !(rest.startsWith(' ') && understood(spoken, found.end + 1))) return null;
    return { value: { name: called(spoken.typed.slice(at, found.end)), guessed: true }, end: found.end };
  };
}

export const either = (one: Reader<Name>, other: Reader<Name>): Reader<Name> => (spoken, at) => one(spoken, at) ?? other(spoken, at);
export const test = (attribute: string, names: readonly Name[]): Condition => {
  const unlike = [...new Set(names.map(({ name }) => name))];
  return unlike.length === 1 ? leaf(attribute, 'is', unlike[0]!) : leaf(attribute, 'oneOf', unlike);
};
export const guessesIn = (names: readonly Name[]): string[] => names.filter(({ guessed }) => guessed).map(({ name }) => name);
export const lines = (attribute: string, names: readonly Name[]): Part => ({ kind: 'lines', lines: test(attribute, names), guessed: guessesIn(names) });
export const each = (names: readonly Name[] | null, pieces: number, once = false): Part => ({ kind: 'each', lines: names && test('line.category', names), perThousandths: pieces * 1000, once, guessed: names === null ? [] : guessesIn(names) });

/** A name in quotation marks may be of anything: it needs a word that says of what. */
export const unquoted = (name: Reader<Name>): Reader<Name> => (spoken, at) => (quoted(spoken, at) === null ? name(spoken, at) : null);

const WHAT = '(?:(?:za|na|od) )?(?:wszystkie |każd[eąy] )?(?:produkty|towary|artykuły|rzeczy|zakupy|zakup|produktów|towarów|artykułów|rzeczy)? ?';

/** Ways of selling as people call them, what tills may call them, and what is guessed where no document has said yet. */
const CHANNELS = ([
  ['(?:zakup(?:y|ów)? )?(?:w|przez|z) (?:naszej |naszą )?(?:aplikacj(?:i|ę)|apce|apkę|apki)(?: mobilnej| mobilną)?|(?:only )?(?:in|through|via) (?:the |our )?(?:mobile )?app', /^(?:app|apk|aplikac|mobil)/i, 'app'],
  ['(?:zakup(?:y|ów)? |only )?(?:online|on-line|przez internet|w internecie|w (?:sklepie internetowym|e-sklepie|esklepie)|na stronie(?: internetowej)?|in (?:the |our )?(?:online|web|internet) (?:shop|store)|on (?:the |our )?website)', /^(?:web|www|online|internet|sklep internet|e-?shop|e-?sklep|e-?commerce)/i, 'web'],
] as const).map(([words, called, guess]) => ({ said: pattern(`(?:tylko )?(?:${words})${END}`, () => true), called, guess }));

/** In which way the purchase is made. */
export const channels = (known: KnownNames): Reader<Part>[] => CHANNELS.map(({ said, called, guess }) => {
  const name = known.channels.find((channel) => called.test(channel));
  return sequence([said], (): Part => ({ kind: 'when', when: leaf('transaction.channel', 'is', name ?? guess), ...(name === undefined && { guessed: [guess] }) }));
});

export const RETURNED: RuleTrigger = { kind: 'event', type: RETURN_EVENT };
/** Any goods at all. */
const GOODS = pattern('(?:towarów|towaru|zakupów|zakupu|produktów|produktu)(?![\\p{L}\\d])', () => true);

/** What was given back: "za zwrot opakowania", "za każdą oddaną butelkę", which counts them. */
function givenBack(many: Reader<Name[]>): Reader<Part>[] {
  const back = (pieces: number | null) => ([names]: readonly unknown[]): Part => ({
    kind: 'trigger', trigger: RETURNED, lines: test('line.category', names as Name[]), guessed: guessesIn(names as Name[]), ...(pieces !== null && { perThousandths: pieces * 1000 }),
  });
  // "30 punktów za zwrot" is read as one piece already.
  const after: Reader<Part> = (spoken, at) => {
    if (!/(?:zwrot|oddanie) $/.test(spoken.text.slice(0, at))) return null;
    const nothing = GOODS(spoken, at);
    const names = nothing === null ? many(spoken, at) : null;
    return nothing !== null ? { value: { kind: 'trigger', trigger: RETURNED }, end: nothing.end } : names && { value: back(null)([names.value]), end: names.end };
  };
  return [
    after,
    sequence(['za (?:każdy )?(?:zwrot|oddanie) ', many], back(null)),
    sequence(['za każd(?:ą|y|e) (?:zwrócon|oddan)(?:ą|y|e) (?:sztukę )?', many], back(1)),
  ];
}

/** "50 punktów za zakup" is read as one piece already; "3 kaw" after it are what they are for. */
const bought = (counted: Reader<Part>): Reader<Part> => (spoken, at) => (/za (?:kazdy )?zakup $/.test(spoken.text.slice(0, at)) ? counted(spoken, at) : null);

/** Feminine, masculine and neuter: "drugą kawę", "drugi sok", "drugie ciastko". */
const SECOND_ON = ['drug(?:ą|i|ie)', 'trzeci(?:ą|e)?', 'czwart(?:ą|y|e)', 'piąt(?:ą|y|e)', 'szóst(?:ą|y|e)', 'siódm(?:ą|y|e)', 'ósm(?:ą|y|e)', 'dziewiąt(?:ą|y|e)', 'dziesiąt(?:ą|y|e)'];
const PIECES = '(?:sztuk(?:i|ę|a)?|szt\\.?|produkt(?:y|ów|u)?|towar(?:y|ów|u)?|artykuł(?:y|ów|u)?|rzecz(?:y)?)';
const LEAST = '(?:co najmniej|przynajmniej|minimum|min\\.?)';
const BUYS = '(?:gdy|jeśli|jeżeli|jak|kiedy) (?:ktoś |klient(?:ka)? |uczestni(?:k|czka) |gość |osoba )?kup(?:i|uje) ';

/** So many pieces of goods: "za każde 3 sztuki", "przy zakupie co najmniej 2 herbat", "za drugą kawę na paragonie", "za co trzecią herbatę". */
function countedPieces(many: Reader<Name[]>, lang: Tongue['lang']): Reader<Part>[] {
  const number = numberReader(lang);
  const count: Reader<number> = (spoken, at) => number(spoken, at) ?? inWords(spoken, at);
  const some = (once: boolean) => ([pieces, names]: readonly unknown[]) => ((pieces as number) > 0 ? each(names as Name[], pieces as number, once) : null);
  const any = (once: boolean) => ([pieces]: readonly unknown[]) => ((pieces as number) > 0 ? each(null, pieces as number, once) : null);
  const nth = (once: boolean) => ([place, names]: readonly unknown[]) => each((names as Name[] | undefined) ?? null, (place as number) + 2, once);
  const inOne = ` (?:w (?:jednej |jednym |tej samej |tym samym )?(?:transakcji|zakupie)|na (?:jednym |tym samym )?(?:paragonie|rachunku))${END}`;
  const times = `(?:za|od|co|kup(?:isz)?|przy (?:zakupie|kupnie)|${BUYS.trimEnd()}) (?:każde |każdych )?`;
  const least = `(?:za|od|kup(?:isz)?|przy (?:zakupie|kupnie)|${BUYS.trimEnd()}) ${LEAST} `;
  const of = `(?:${PIECES} )?`;
  return [
    sequence([times, count, ` ${of}`, many], some(false)),
    sequence([times, count, ` ${PIECES}${END}`], any(false)),
    sequence([least, count, ` ${of}`, many], some(true)),
    sequence([least, count, ` ${PIECES}${END}`], any(true)),
    sequence([`(?:na|za|od) każd(?:ą|y|e) ${PIECES}${END}`], () => each(null, 1)),
    // "za dziesiątą kawę" without them is of any visit, and a rule does not count those.
    sequence(['(?:za|przy) ', oneOf(SECOND_ON.slice(0, 2)), ` ${of}`, many], nth(true)),
    sequence(['(?:za|przy) ', oneOf(SECOND_ON.slice(0, 2)), ` ${PIECES}${END}`], nth(true)),
    sequence(['(?:za|przy) ', oneOf(SECOND_ON), ` ${of}`, many, inOne], nth(true)),
    sequence(['(?:za|przy) ', oneOf(SECOND_ON), ` ${PIECES}${inOne}`], nth(true)),
    sequence(['(?:za |na |przy )?co ', oneOf(SECOND_ON), ` ${of}`, many, inOne], nth(false)),
    sequence(['(?:za |na |przy )?co ', oneOf(SECOND_ON), ` ${PIECES}${inOne}`], nth(false)),
    bought(sequence([count, ` ${of}`, many], some(false))),
    bought(sequence([`${LEAST} `, count, ` ${of}`, many], some(true))),
  ];
}

/** Which lines: categories, brands, codes; and for which a rule is not. `understood`: whether anything else reads there. */
export function goods(known: KnownNames, { lang }: Tongue, understood: Understands): Reader<Part>[] {
  const category = knownReader(known.categories);
  const brand = knownReader(known.brands);
  const guess = guessReader(understood);
  const next = sequence(['(?:za |na )?', category], ([name]) => name as Name);
  const categories = several(either(category, guess), either(next, (spoken, at) => (/^[\p{L}-]+ę(?![\p{L}])/u.test(spoken.typed.slice(at)) ? guess(spoken, at) : null)));
  const many = several(category, next);
  const of = (attribute: string) => ([names]: readonly unknown[]) => lines(attribute, names as Name[]);
  return [
    ...givenBack(several(either(category, guess), next)),
    sequence([`${WHAT}z kategorii `, several(either(category, guess), next)], of('line.category')),
    sequence([`${WHAT}(?:marki|firmy) `, several(either(brand, guess), brand)], of('line.brand')),
    sequence([`${WHAT}`, several(unquoted(brand), unquoted(brand))], of('line.brand')),
    sequence([`${WHAT}o kodzie `, quoted], ([sku]): Part => ({ kind: 'lines', lines: leaf('line.sku', 'is', sku as string) })),
    sequence(['(?:na|za) (?:wszystkie )?', categories], of('line.category')),
    // "za każdą kawę" counts them; "za kawę" asks whether there is one.
    sequence(['(?:na|za|od) każd(?:ą|y|e) (?:sztukę |kilogram |kg |litr )?', several(either(category, guess), next)], ([names]) => each(names as Name[], 1)),
    sequence(['(?:za|od) (?:jedną )?(?:sztukę|szt\\.?) ', many], ([names]) => each(names as Name[], 1)),
    sequence(['(?:za|od) (?:jeden )?(?:litr|kilogram|kg|metr) ', several(either(category, guess), next)], ([names]) => each(names as Name[], 1)),
    ...countedPieces(many, lang),
    sequence([`${WHAT}`, many], of('line.category')),
  ];
}

/** Goods that a rule is not for. Only names that are known: what "oprócz" leaves out must not be guessed. */
export const refusedGoods = (known: KnownNames): Reader<Condition> => {
  const category = knownReader(known.categories);
  const next = sequence(['(?:na |za |od )?', category], ([name]) => name as Name);
  return sequence([`${WHAT}(?:z kategorii )?`, several(category, next)], ([names]) => test('line.category', names as Name[]));
};
