import { familyOf } from './attributes.ts';
import { listOf, valuesOf, type Demand, type Seeing } from './phrase-parts.ts';
import { formatMoneyShort, formatQuantity, NBSP, type Lang } from './words.ts';

type What = 'spent' | 'sales' | 'quantity' | 'category' | 'sku';

/** What a test on earlier purchases looks at and how far back; null for another test. Days null: as far as they go. */
function windowOf(demand: Demand): { readonly what: What; readonly days: number | null } | null {
  if (demand.attribute === 'history.category') return { what: 'category', days: null };
  if (demand.attribute === 'history.sku') return { what: 'sku', days: null };
  const found = familyOf(demand.attribute);
  return found?.family.parameter === 'days' ? { what: found.family.after.slice(1) as What, days: Number(found.parameter) } : null;
}

/** "w ostatnich 30 dniach"; of one day: the very day of the purchase. */
function period(days: number | null, lang: Lang): string {
  if (lang === 'pl') return days === null ? 'wcześniej' : days === 1 ? 'wcześniej tego samego dnia' : `w ostatnich ${days}${NBSP}dniach`;
  return days === null ? 'before' : days === 1 ? 'earlier on the same day' : `in the last ${days}${NBSP}days`;
}

/** "gdy w ostatnich 30 dniach wydano co najmniej 200 zł"; null for a test on something else. `compared`: "co najmniej 200 zł". */
export function pastClause(demand: Demand, lang: Lang, compared: string): string | null {
  const window = windowOf(demand);
  if (window === null) return null;
  const when = period(window.days, lang);
  const every = demand.operator === 'includesAll';
  const values = listOf(valuesOf(demand, lang, ''), lang === 'pl' ? (every ? 'i' : 'albo') : every ? 'and' : 'or');
  if (lang === 'pl') {
    switch (window.what) {
      case 'spent': return `gdy ${when} wydano ${compared}`;
      case 'sales': return `gdy liczba zakupów ${when} to ${compared}`;
      case 'quantity': return `gdy ${when} kupiono towary w ilości ${compared}`;
      case 'category': return `gdy ${when} kupiono coś z ${every ? 'każdej z kategorii:' : 'kategorii'} ${values}`;
      case 'sku': return `gdy ${when} kupiono ${every ? 'każdy z towarów o kodach:' : 'towar o kodzie'} ${values}`;
    }
  }
  switch (window.what) {
    case 'spent': return `when ${compared} was spent ${when}`;
    case 'sales': return `when the number of purchases ${when} is ${compared}`;
    case 'quantity': return `when the quantity of articles bought ${when} is ${compared}`;
    case 'category': return `when something with category ${values} was bought ${when}`;
    case 'sku': return `when ${every ? 'every article' : 'an article'} with code ${values} was bought ${when}`;
  }
}

const daysPassed = (n: number, lang: Lang): string =>
  (lang === 'pl' ? (n === 1 ? `minął 1${NBSP}dzień` : `minęło ${n}${NBSP}dni`) : n === 1 ? `1${NBSP}day had passed` : `${n}${NBSP}days had passed`);

const BADGE_DAYS = 'member.badgeDays.';

/** "gdy od otrzymania odznaki „kawosz” minęło co najmniej 30 dni"; null for a test on something else. `passed`: "co najmniej 30 dni". */
export function badgeDaysClause({ attribute }: Demand, lang: Lang, passed: string): string | null {
  if (!attribute.startsWith(BADGE_DAYS)) return null;
  const code = attribute.slice(BADGE_DAYS.length);
  return lang === 'pl' ? `gdy od otrzymania odznaki „${code}” minęło ${passed}` : `when ${passed} have passed since getting badge “${code}”`;
}

/** What there was instead, where the trace keeps the number; null when it does not, or for a test on something else. */
export function pastSeen(demand: Demand, seeing: Seeing, lang: Lang): string | null {
  const number = seeing.seen;
  if (number !== null && demand.attribute.startsWith(BADGE_DAYS)) return daysPassed(number, lang);
  const window = windowOf(demand);
  if (window === null || number === null) return null;
  switch (window.what) {
    case 'spent': return lang === 'pl' ? `wydano ${formatMoneyShort(number, seeing.currency, lang)}` : `${formatMoneyShort(number, seeing.currency, lang)} was spent`;
    case 'sales': return lang === 'pl' ? `było ich ${number}` : `there were ${number}`;
    case 'quantity': return lang === 'pl' ? `ta ilość to ${formatQuantity(number, lang)}` : `the quantity was ${formatQuantity(number, lang)}`;
    default: return null;
  }
}
