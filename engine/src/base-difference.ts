import type { Verdict, RuleChangeLine } from './rule-difference.ts';
import type { EarningBase } from './rules.ts';
import type { Lang } from './words.ts';

/** What earns, as a program settles it: each setting said. */
type Base = Required<EarningBase> & { readonly multipliers: 'add' | 'multiply' };
type Field = 'kinds' | 'excludedCategories' | 'excludedBrands' | 'excludedSkus' | 'amounts' | 'netRounding' | 'discount' | 'paidWithPointsEarns' | 'multipliers';

const FIELDS: readonly Field[] = ['kinds', 'excludedCategories', 'excludedBrands', 'excludedSkus', 'discount', 'amounts', 'netRounding', 'paidWithPointsEarns', 'multipliers'];

const WORDS: Readonly<Record<Lang, { readonly names: Readonly<Record<Field, string>>; readonly values: Readonly<Record<string, string>>; readonly none: string }>> = {
  pl: {
    names: {
      kinds: 'rodzaje pozycji, które się liczą', excludedCategories: 'kategorie bez punktów', excludedBrands: 'marki bez punktów', excludedSkus: 'towary bez punktów', amounts: 'podatek', netRounding: 'końcówki groszy',
      discount: 'rabat', paidWithPointsEarns: 'kwota zapłacona punktami', multipliers: 'kilka mnożników naraz',
    },
    values: {
      goods: 'towary', service: 'usługi', shipping: 'dostawa', gift_card: 'karty podarunkowe', gross: 'kwoty brutto', net: 'kwoty netto', nearest: 'do najbliższego grosza', down: 'w dół', up: 'w górę',
      after: 'cena po rabacie', before: 'cena sprzed rabatu', true: 'daje punkty', false: 'nie daje punktów', add: 'dodatki się sumują', multiply: 'mnożniki się mnożą',
    },
    none: 'brak',
  },
  en: {
    names: {
      kinds: 'kinds of lines that count', excludedCategories: 'categories without points', excludedBrands: 'brands without points', excludedSkus: 'articles without points', amounts: 'tax', netRounding: 'fractions of the smallest coin',
      discount: 'discount', paidWithPointsEarns: 'what is paid with points', multipliers: 'several multipliers at once',
    },
    values: {
      goods: 'goods', service: 'services', shipping: 'shipping', gift_card: 'gift cards', gross: 'gross amounts', net: 'net amounts', nearest: 'to the nearest', down: 'down', up: 'up',
      after: 'price after the discount', before: 'price before the discount', true: 'earns points', false: 'earns nothing', add: 'bonuses add up', multiply: 'multipliers multiply one another',
    },
    none: 'none',
  },
};

/** Entries shown of a list; the rest are counted. */
const LISTED = 30;

function textOf(field: Field, base: Base, lang: Lang): string {
  const { values, none } = WORDS[lang];
  const value = base[field];
  if (!Array.isArray(value)) return values[String(value)] ?? String(value);
  const names = (value as readonly string[]).map((one) => (field === 'kinds' ? values[one] ?? one : one));
  return names.length === 0 ? none : names.slice(0, LISTED).join(', ') + (names.length > LISTED ? ` (+${names.length - LISTED})` : '');
}

const ROUNDINGS = ['down', 'nearest', 'up'];
const lacksOne = (of: readonly string[], all: readonly string[]): boolean => all.some((one) => !of.includes(one));

function verdictOf(field: Field, before: Base, after: Base): Verdict {
  switch (field) {
    case 'kinds': return lacksOne(after.kinds, before.kinds) ? 'worse' : 'better';
    case 'excludedCategories': case 'excludedBrands': case 'excludedSkus': return lacksOne(before[field], after[field]) ? 'worse' : 'better';
    case 'amounts': return after.amounts === 'net' ? 'worse' : 'better';
    // Where amounts count gross nothing is rounded; where they become net, that is the change.
    case 'netRounding': return before.amounts !== 'net' || after.amounts !== 'net' ? 'same' : ROUNDINGS.indexOf(after.netRounding) < ROUNDINGS.indexOf(before.netRounding) ? 'worse' : 'better';
    case 'discount': return after.discount === 'after' ? 'worse' : 'better';
    case 'paidWithPointsEarns': return after.paidWithPointsEarns ? 'better' : 'worse';
    // Multipliers that multiply round down after each, so a small purchase may get less either way.
    case 'multipliers': return 'worse';
  }
}

/** What differs between two settlements of what earns, in words, and whether members may get less by it; order and doubles in a list say nothing. */
export function diffBase(before: Base, after: Base, lang: Lang): RuleChangeLine[] {
  const said = (base: Base, field: Field) => JSON.stringify(Array.isArray(base[field]) ? [...new Set<string>(base[field])].sort() : base[field]);
  return FIELDS.filter((field) => said(before, field) !== said(after, field))
    .map((field) => ({ field, name: WORDS[lang].names[field], before: textOf(field, before, lang), after: textOf(field, after, lang), verdict: verdictOf(field, before, after) }));
}
