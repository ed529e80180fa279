import type { Condition } from '../conditions.ts';
import { RETURN_EVENT } from '../event-types.ts';
import type { RuleTrigger } from '../rules.ts';
import { END, leaf, sequence, several } from './piece.ts';
import { numberReader, pattern, quoted, type Reader } from './scan.ts';
import { stem } from './stem.ts';
import type { Tongue } from './test-phrases.ts';
import type { Part } from './told-rule.ts';

/** Names that the program knows: what a sentence calls "kawę" is then the category "Kawa". Levels by code and name, segments by name. */
export type KnownNames = {
  readonly categories: readonly string[]; readonly brands: readonly string[]; readonly stores: readonly string[]; readonly channels: readonly string[];
  readonly levels: readonly { readonly code: string; readonly name: string }[]; readonly segments: readonly string[];
};

type Name = { readonly name: string; /** The program knows nothing of this name. */ readonly guessed: boolean };

const stems = (words: string): string => words.split(' ').map(stem).join(' ');

/** What a noun is called in the nominative, when the program knows nothing like it: "kawę" is "kawa", "ciastka" stay. */
const nominative = (word: string): string => word.replace(/[ęą]$/, 'a');

/** Words that stand after "za" and "na" and name no goods. */
const NO_GOODS = /^(?:kazd\p{L}*|osob\p{L}*|klient\p{L}*|uczestni\p{L}*|glow\p{L}*|dzien|tydzien|miesiac|rok|raz|start|zl\p{L}*|pln|gr|grosz\p{L}*|pkt|punkt\p{L}*|zakup\p{L}*|paragon\p{L}*|rachun\p{L}*|min\p{L}*|max\p{L}*|maks\p{L}*|ponad|powyzej|ponizej|okolo|pierwsz\p{L}*|drug\p{L}*|trzeci\p{L}*|czwart\p{L}*|piat\p{L}*|kolejn\p{L}*|nastepn\p{L}*|wszystk\p{L}*|nic|co|darmo|sztuk\p{L}*|szt|kilogram\p{L}*|litr\p{L}*|produkt\p{L}*|towar\p{L}*|artykul\p{L}*|rzecz\p{L}*|firm\p{L}*|rodzin\p{L}*|dom|gospodarstw\p{L}*|kart\p{L}*|gotowk\p{L}*|blik\p{L}*|swiet\p{L}*|kilometr\p{L}*|aplikacj\p{L}*|internet\p{L}*|program\p{L}*|akcj\p{L}*|promocj\p{L}*|powrot\p{L}*|aktywnosc|lojalnosc|rekomendacj\p{L}*|udostepnienie|polubienie|wpisanie|zeskanowanie|podanie|wypelnienie|ukonczenie|w|we|z|ze|od|do|na|za|po|przy|dla|bez|nie|oprocz|poza|i|a|to|te|ten|ta|jak|jesli|jezeli|gdy)$/u;

const word = pattern('\\p{L}[\\p{L}\\d-]*', ([text]) => text!);
/** A shop is often called by its street and number: "Krucza 12", "Długa 3a". */
const words = pattern('\\p{L}[\\p{L}\\d-]*(?: [\\p{L}\\d][\\p{L}\\d-]*){0,3}', ([text]) => text!);

/** A name that the program knows, in whatever case it stands, or one in quotation marks. */
function knownReader(known: readonly string[]): Reader<Name> {
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

/** One word that may name goods although the program knows nothing like it: it stands alone, and something that is understood follows, or nothing. */
function guessReader(understood: (text: Parameters<Reader<unknown>>[0], at: number) => boolean): Reader<Name> {
  return (spoken, at) => {
    const found = word(spoken, at);
    if (found === null || NO_GOODS.test(found.value) || understood(spoken, at)) return null;
    const rest = spoken.text.slice(found.end);
    if (!/^(?:$|[,.;:!)])/.test(rest) && !(rest.startsWith(' ') && understood(spoken, found.end + 1))) return null;
    return { value: { name: nominative(spoken.typed.slice(at, found.end)), guessed: true }, end: found.end };
  };
}

const either = (one: Reader<Name>, other: Reader<Name>): Reader<Name> => (spoken, at) => one(spoken, at) ?? other(spoken, at);
const test = (attribute: string, names: readonly Name[]): Condition => {
  const unlike = [...new Set(names.map(({ name }) => name))];
  return unlike.length === 1 ? leaf(attribute, 'is', unlike[0]!) : leaf(attribute, 'oneOf', unlike);
};
const guessesIn = (names: readonly Name[]): string[] => names.filter(({ guessed }) => guessed).map(({ name }) => name);
const lines = (attribute: string, names: readonly Name[]): Part => ({ kind: 'lines', lines: test(attribute, names), guessed: guessesIn(names) });
const each = (names: readonly Name[], pieces: number): Part => ({ kind: 'each', lines: test('line.category', names), perThousandths: pieces * 1000, guessed: guessesIn(names) });

/** A name in quotation marks may be of anything: it needs a word that says of what. */
const unquoted = (name: Reader<Name>): Reader<Name> => (spoken, at) => (quoted(spoken, at) === null ? name(spoken, at) : null);

const WHAT = '(?:(?:za|na|od) )?(?:wszystkie |każd[eąy] )?(?:produkty|towary|artykuły|rzeczy|zakupy|zakup|produktów|towarów|artykułów|rzeczy)? ?';

/** Shops by name. */
export const stores = (known: KnownNames): Reader<Part>[] => {
  const store = knownReader(known.stores);
  const any = either(store, (spoken, at) => {
    const found = word(spoken, at);
    return found && !NO_GOODS.test(found.value) ? { value: { name: spoken.typed.slice(at, found.end), guessed: true }, end: found.end } : null;
  });
  const at = ([name]: readonly unknown[]): Part => ({ kind: 'when', when: leaf('transaction.store', 'is', (name as Name).name), guessed: guessesIn([name as Name]) });
  return [sequence([`(?:tylko )?(?:we?|na|przy) (?:ulicy |ul\\. ?)?`, unquoted(store)], at), sequence([`(?:tylko )?(?:w|na) (?:sklepie|punkcie|lokalu|kawiarni|restauracji|salonie)(?: przy ulicy| przy ul\\.| na ulicy| na ul\\.)? `, any], at)];
};

/** Ways of selling as people call them, what tills may call them, and what is guessed where no document has said yet. */
const CHANNELS = ([
  ['(?:zakup(?:y|ów)? )?(?:w|przez|z) (?:naszej |naszą )?(?:aplikacj(?:i|ę)|apce|apkę|apki)(?: mobilnej| mobilną)?', /^(?:app|apk|aplikac|mobil)/i, 'app'],
  ['(?:zakup(?:y|ów)? )?(?:online|on-line|przez internet|w internecie|w (?:sklepie internetowym|e-sklepie|esklepie)|na stronie(?: internetowej)?)', /^(?:web|www|online|internet|sklep internet|e-?shop|e-?sklep|e-?commerce)/i, 'web'],
] as const).map(([words, called, guess]) => ({ said: pattern(`(?:tylko )?(?:${words})${END}`, () => true), called, guess }));

/** In which way the purchase is made. */
export const channels = (known: KnownNames): Reader<Part>[] => CHANNELS.map(({ said, called, guess }) => {
  const name = known.channels.find((channel) => called.test(channel));
  return sequence([said], (): Part => ({ kind: 'when', when: leaf('transaction.channel', 'is', name ?? guess), ...(name === undefined && { guessed: [guess] }) }));
});

const RETURNED: RuleTrigger = { kind: 'event', type: RETURN_EVENT };
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

/** Which lines: categories, brands, codes; and for which a rule is not. `understood`: whether anything else reads there. */
export function goods(known: KnownNames, { lang }: Tongue, understood: (text: Parameters<Reader<unknown>>[0], at: number) => boolean): Reader<Part>[] {
  const category = knownReader(known.categories);
  const brand = knownReader(known.brands);
  const guess = guessReader(understood);
  const next = sequence(['(?:za |na )?', category], ([name]) => name as Name);
  const categories = several(either(category, guess), either(next, (spoken, at) => (/^[\p{L}-]+ę(?![\p{L}])/u.test(spoken.typed.slice(at)) ? guess(spoken, at) : null)));
  const many = several(category, next);
  const of = (attribute: string) => ([names]: readonly unknown[]) => lines(attribute, names as Name[]);
  const counted = sequence([numberReader(lang), ' (?:sztuki |sztuk |szt\\.? )?', many], ([pieces, names]) => ((pieces as number) > 0 ? each(names as Name[], pieces as number) : null));
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
    sequence(['(?:za|od|co|kup(?:isz)?|przy zakupie) (?:każde |każdych )?', counted], ([part]) => part as Part),
    bought(counted),
    sequence([`${WHAT}`, many], of('line.category')),
  ];
}

/** Goods that a rule is not for. Only names that are known: what "oprócz" leaves out must not be guessed. */
export const refusedGoods = (known: KnownNames): Reader<Condition> => {
  const category = knownReader(known.categories);
  const next = sequence(['(?:na |za |od )?', category], ([name]) => name as Name);
  return sequence([`${WHAT}(?:z kategorii )?`, several(category, next)], ([names]) => test('line.category', names as Name[]));
};

export const refusedStores = (known: KnownNames): Reader<Condition> =>
  sequence([`w (?:sklepie|punkcie|lokalu|kawiarni|restauracji|salonie) `, knownReader(known.stores)], ([name]) => leaf('transaction.store', 'is', (name as Name).name));

