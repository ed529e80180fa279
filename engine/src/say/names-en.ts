import type { Condition } from '../conditions.ts';
import { each, either, guessesIn, guessReader, knownReader, lines, RETURNED, test, unquoted, type KnownNames, type Name, type Understands } from './goods.ts';
import { END, leaf, oneOf, sequence, several, when } from './piece.ts';
import { numberReader, pattern, quoted, type Reader } from './scan.ts';
import { either as eitherShop, guessed, guessedTown, inShops, knownShops } from './shops.ts';
import { englishStem } from './stem.ts';
import type { Part } from './told-rule.ts';
import { named, type KnownName } from './who.ts';

/** Words that stand after "for" and "on" and name no goods. */
const NO_GOODS = /^(?:an?|the|all|any|each|every|new|old|first|second|third|fourth|next|last|another|other|same|one|two|three|someone|somebody|everyone|everybody|everything|anything|nothing|whoever|who|people|persons?|customers?|clients?|members?|guests?|users?|compan(?:y|ies)|business(?:es)?|famil(?:y|ies)|households?|friends?|purchases?|sales?|buying|spending|returns?|returning|receipts?|transactions?|orders?|visits?|visiting|reviews?|surveys?|quiz(?:zes)?|trainings?|referrals?|referring|joining|signing|registering|registration|birthdays?|anniversar(?:y|ies)|codes?|invoices?|paying|payments?|cash|cards?|blik|points?|pts?|pieces?|items?|articles?|products?|goods|free|now|today|tomorrow|ever|once|twice|day|week|month|year|weekends?|weekdays?|holidays?|loyalty|activity|sharing|liking|promotions?|program|programme|at|by|from|in|of|on|per|to|with|without|not|and|or|but|when|if|only|more|less|over|under|above|below|least|most)$/u;

/** People come in plural after "for", as goods may: a word that the program does not know is then nobody's guess. */
const PEOPLE_OR_GOODS = /(?:s|men|women|people|children|staff|youth)$/u;

const COUNTS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const numbers = COUNTS.map((word, place) => pattern(`${word}${END}`, () => place + 1));
const number = numberReader('en');
/** "2", "two". */
export const englishCount: Reader<number> = (spoken, at) => number(spoken, at) ?? numbers.reduce<ReturnType<Reader<number>>>((read, reader) => read ?? reader(spoken, at), null);

const SECOND_ON = ['second|2nd', 'third|3rd', 'fourth|4th', 'fifth|5th', 'sixth|6th', 'seventh|7th', 'eighth|8th', 'ninth|9th', 'tenth|10th'];
const PIECES = '(?:pieces?|items?|articles?|products?)';
const MEASURE = '(?:(?:piece|item|kilogram|kilo|kg|litre|liter|metre) of )?';
const WHAT = '(?:(?:for|on|of|spent on) )?(?:(?:all|any) )?(?:(?:the )?(?:purchases?|products?|articles?|goods|items?) (?:of |from |by )?)?';
const AFTER = '(?: (?:products?|articles?|goods|items?))?';
const BUYS = '(?:(?:when|if|whenever) (?:(?:somebody|someone|a (?:customer|member|guest)|customers|members|you) )?buys?|buy|buying|(?:for|on) (?:the |a )?(?:purchase|buying) of|(?:for|on) buying)';
const IN_ONE = `,? (?:in|on) (?:one|a|the same|a single) (?:transaction|purchase|sale|receipt|bill)${END}`;

/** So many pieces of goods: "for every 3 pieces", "for at least 2 teas", "for the second coffee on one receipt". */
function countedPieces(many: Reader<Name[]>): Reader<Part>[] {
  const some = (once: boolean) => ([pieces, names]: readonly unknown[]) => ((pieces as number) > 0 ? each((names as Name[] | undefined) ?? null, pieces as number, once) : null);
  const nth = (once: boolean) => ([place, names]: readonly unknown[]) => each((names as Name[] | undefined) ?? null, (place as number) + 2, once);
  const times = `(?:for|per|${BUYS}) (?:each |every )?`;
  const least = `(?:for|${BUYS}) (?:purchases? of |buying )?(?:at least|a minimum of|minimum|min\\.?) `;
  const of = `(?:${PIECES} of )?`;
  const place = '(?:for|on) (?:the |a )?';
  const bought = (counted: Reader<Part>): Reader<Part> => (spoken, at) => (/for (?:a|each|every|the) purchase $/.test(spoken.text.slice(0, at)) ? counted(spoken, at) : null);
  return [
    sequence([times, englishCount, ` ${of}`, many], some(false)), sequence([times, englishCount, ` ${PIECES}${END}`], some(false)),
    sequence([least, englishCount, ` ${of}`, many], some(true)), sequence([least, englishCount, ` ${PIECES}${END}`], some(true)),
    sequence([`(?:for |per )?(?:each|every) ${PIECES}${END}`], () => each(null, 1)), sequence([`(?:for|per) (?:a |one )?${PIECES}${END}(?! of )`], () => each(null, 1)),
    // "for the tenth coffee" without them is of any visit, and a rule does not count those.
    sequence([place, oneOf(SECOND_ON.slice(0, 2)), ` ${of}`, many], nth(true)), sequence([place, oneOf(SECOND_ON.slice(0, 2)), ` ${PIECES}${END}`], nth(true)),
    sequence([place, oneOf(SECOND_ON), ` ${of}`, many, IN_ONE], nth(true)), sequence([place, oneOf(SECOND_ON), ` ${PIECES}${IN_ONE}`], nth(true)),
    sequence(['(?:for |on )?every ', oneOf(SECOND_ON), ` ${of}`, many, IN_ONE], nth(false)), sequence(['(?:for |on )?every ', oneOf(SECOND_ON), ` ${PIECES}${IN_ONE}`], nth(false)),
    bought(sequence(['of ', englishCount, ` ${of}`, many], some(false))), bought(sequence(['of (?:at least|a minimum of|min\\.?) ', englishCount, ` ${of}`, many], some(true))),
  ];
}

/** What was given back: "for returning packaging", "for every returned bottle", which counts them. */
function givenBack(many: Reader<Name[]>): Reader<Part>[] {
  const back = (pieces: number | null) => ([names]: readonly unknown[]): Part => ({
    kind: 'trigger', trigger: RETURNED, lines: test('line.category', names as Name[]), guessed: guessesIn(names as Name[]), ...(pieces !== null && { perThousandths: pieces * 1000 }),
  });
  // "30 points for a return" is read as one piece already.
  const after: Reader<Part> = (spoken, at) => (/for a return $/.test(spoken.text.slice(0, at)) ? sequence(['of ', many], back(null))(spoken, at) : null);
  return [
    after, sequence([`for (?:a |every |each )?(?:returning|return)(?: of)?(?: goods| articles)?${END}`], (): Part => ({ kind: 'trigger', trigger: RETURNED })),
    sequence(['for (?:returning|(?:a |each |every )?return of|giving back) (?:the )?', many], back(null)), sequence(['for (?:each|every) returned ', many], back(1)),
  ];
}

/** Which lines: categories, brands, codes. `understood`: whether anything else reads there. */
export function englishGoods(known: KnownNames, understood: Understands): Reader<Part>[] {
  const [category, brand] = [knownReader(known.categories, englishStem), knownReader(known.brands, englishStem)];
  const guess = guessReader(understood, NO_GOODS, (name) => name);
  const ofOne: Reader<Name> = (spoken, at) => { const read = guess(spoken, at); return read !== null && PEOPLE_OR_GOODS.test(read.value.name.toLowerCase()) ? null : read; };
  const next = sequence(['(?:for |on )?', category], ([name]) => name as Name);
  const many = several(category, next);
  const guessable = several(either(category, guess), next);
  const of = (attribute: string) => ([names]: readonly unknown[]) => lines(attribute, names as Name[]);
  return [
    ...givenBack(guessable),
    sequence([`${WHAT}(?:from|in|with|of) (?:the )?categor(?:y|ies) `, guessable], of('line.category')),
    sequence([`${WHAT}(?:of|by|from|with) (?:the )?brand `, several(either(brand, guess), brand)], of('line.brand')),
    sequence([`${WHAT}(?:from |by )?`, several(unquoted(brand), unquoted(brand)), AFTER], of('line.brand')),
    sequence([`${WHAT}(?:with|of) (?:the )?code `, quoted], ([sku]): Part => ({ kind: 'lines', lines: leaf('line.sku', 'is', sku as string) })),
    sequence(['on (?:all )?', guessable], of('line.category')),
    sequence(['for (?:all )?', several(either(category, ofOne), next)], of('line.category')),
    // "for every coffee" counts them; "for coffee" asks whether there is one.
    sequence([`(?:(?:for |on )(?:each|every)|per|for (?:a|an|one)) ${MEASURE}`, guessable], ([names]) => each(names as Name[], 1)),
    sequence([`(?:each|every) ${MEASURE}`, many], ([names]) => each(names as Name[], 1)),
    ...countedPieces(many),
    sequence([WHAT, many, AFTER], of('line.category')),
  ];
}

/** Goods that a rule is not for. Only names that are known: what "except" leaves out must not be guessed. */
export const refusedEnglishGoods = (known: KnownNames): Reader<Condition> => {
  const category = knownReader(known.categories, englishStem);
  const next = sequence(['(?:for |on )?', category], ([name]) => name as Name);
  return sequence([`${WHAT}(?:(?:from|in|with) )?(?:(?:the )?categor(?:y|ies) )?`, several(category, next), AFTER], ([names]) => test('line.category', names as Name[]));
};

const KIND = '(?:shops?|stores?|cafés?|cafes?|coffee shops?|restaurants?|outlets?|branch(?:es)?|salons?|points?)';
const KIND_AFTER = `(?: ${KIND})?${END}`;

/** Shops by their names or by their towns. */
export function englishStores(known: readonly string[]): Reader<Part>[] {
  const shop = knownShops(known);
  const bare: Reader<Name[]> = (spoken, at) => (quoted(spoken, at) === null ? shop(spoken, at) : null);
  const next = (one: Reader<Name[]>): Reader<Name[]> => sequence([`(?:(?:in|at|on) )?(?:the )?(?:${KIND} )?(?:(?:in|at|on) )?`, one], ([name]) => name as Name[]);
  return [
    sequence(['(?:only )?(?:in|at|on) (?:the )?', several(bare, next(bare)), KIND_AFTER], inShops),
    sequence([`(?:only )?(?:in|at) (?:the |our )?${KIND} (?:in|of) `, several(eitherShop(shop, guessedTown), next(eitherShop(bare, guessedTown)))], inShops),
    sequence([`(?:only )?(?:in|at) (?:the |our )?${KIND} (?:(?:on|at|called|named) )?`, several(eitherShop(shop, guessed), next(shop))], inShops),
  ];
}

/** Shops that a rule is not for; only those that are known. */
export const refusedEnglishStores = (known: readonly string[]): Reader<Condition> => {
  const shop = knownShops(known);
  const next: Reader<Name[]> = sequence(['(?:(?:in|at) )?(?:the )?', shop], ([name]) => name as Name[]);
  return sequence([`(?:in|at) (?:the )?(?:${KIND} )?(?:(?:in|at|on) )?`, several(shop, next), KIND_AFTER], ([shops]) => test('transaction.store', (shops as Name[][]).flat()));
};

const PEOPLE = '(?:members|customers|clients|people|guests|level|tier)';
/** Members of a level or of a segment, by the name that the program gives it. */
export function englishCircles({ levels, segments }: KnownNames): Reader<Part>[] {
  const [level, segment] = [named(levels, englishStem), named(segments.map((name) => ({ name, code: name })), englishStem)];
  const on = ([found]: readonly unknown[]) => when(leaf('member.tier', 'is', (found as KnownName).code));
  const within = ([found]: readonly unknown[]) => when(leaf('member.segment', 'inSegment', (found as KnownName).code));
  return [
    sequence([`(?:only )?(?:for )?(?:${PEOPLE} )?(?:on|of|at|with) (?:the )?(?:level|tier|status) `, level], on),
    sequence(['(?:only )?for (?:the )?', level, `(?: ${PEOPLE})?${END}`], on),
    sequence([`(?:only )?(?:for )?(?:${PEOPLE} )?(?:of|in|from) (?:the )?segment `, segment], within),
    sequence(['(?:only )?for (?:the )?', segment, `(?: ${PEOPLE})?${END}`], within),
  ];
}
