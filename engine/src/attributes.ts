import { daysBetween } from './calendar.ts';
import { linesOf, LINE_KINDS, type Attributes, type Facts, type Line } from './facts.ts';
import type { OperatorCode, Seen } from './operators.ts';

export type AttributeScope = 'document' | 'line' | 'member' | 'history' | 'calendar';

/** money: minor units; quantity: thousandths; choice: one of `options`; custom: an organiser's own, its type is seen at run time. */
export type AttributeType = 'money' | 'number' | 'quantity' | 'text' | 'date' | 'flag' | 'choice' | 'custom';

export type AttributeOption = { readonly value: string | number; readonly words: { readonly pl: string; readonly en: string } };

/** A fact a condition may test. The form, the validator, the interpreter, the closure and the segment's SQL read the same row. */
export type Attribute = {
  readonly code: string;
  readonly type: AttributeType;
  readonly scope: AttributeScope;
  readonly words: { readonly pl: string; readonly en: string };
  /** What a number counts. */
  readonly unit: 'days' | 'lines' | 'sales' | 'hour' | 'day' | null;
  /** True when the fact lives outside the document and is known only at booking: a return needs its answer frozen. */
  readonly frozen: boolean;
  readonly options: readonly AttributeOption[] | null;
  readonly min: number | null;
  readonly max: number | null;
  /** Only line attributes look at `line`. */
  readonly read: (facts: Facts, line: Line) => Seen;
  /** Its name in SQL, where it has one. */
  readonly column: string | null;
  readonly operators: readonly OperatorCode[];
};

type Row = Pick<Attribute, 'code' | 'type' | 'scope' | 'words' | 'read' | 'column' | 'operators'> & Partial<Attribute>;

const attribute = (row: Row): Attribute => ({
  unit: null, options: null, min: null, max: null, frozen: row.scope === 'member' || row.scope === 'history', ...row,
});

const AMOUNTS = ['atLeast', 'below', 'between'] as const satisfies readonly OperatorCode[];
const COUNTS = ['is', 'atLeast', 'below', 'between'] as const satisfies readonly OperatorCode[];
const CODES = ['is', 'isNot', 'oneOf', 'noneOf', 'startsWith'] as const satisfies readonly OperatorCode[];
const NAMES = [...CODES, 'contains'] as const satisfies readonly OperatorCode[];
const CHOICES = ['is', 'isNot', 'oneOf', 'noneOf'] as const satisfies readonly OperatorCode[];
const DATES = ['is', 'onOrAfter', 'before', 'within'] as const satisfies readonly OperatorCode[];
const FLAGS = ['isTrue', 'isFalse'] as const satisfies readonly OperatorCode[];
const ANY = [...NAMES, ...AMOUNTS, ...FLAGS] as const satisfies readonly OperatorCode[];

const options = (pl: readonly string[], en: readonly string[], from: number): AttributeOption[] =>
  pl.map((words, i) => ({ value: from + i, words: { pl: words, en: en[i]! } }));

const KIND_WORDS = {
  goods: { pl: 'towar', en: 'goods' }, service: { pl: 'usługa', en: 'service' },
  shipping: { pl: 'dostawa', en: 'shipping' }, gift_card: { pl: 'karta podarunkowa', en: 'gift card' },
} as const;

export const WEEKDAYS = options(
  ['poniedziałek', 'wtorek', 'środa', 'czwartek', 'piątek', 'sobota', 'niedziela'],
  ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'], 1);
export const MONTHS = options(
  ['styczeń', 'luty', 'marzec', 'kwiecień', 'maj', 'czerwiec', 'lipiec', 'sierpień', 'wrzesień', 'październik', 'listopad', 'grudzień'],
  ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'], 1);

/** The first set. Organisers' own attributes join by `attributeOf`. */
export const attributes: readonly Attribute[] = [
  attribute({ code: 'transaction.total', type: 'money', scope: 'document', words: { pl: 'wartość zakupu', en: 'purchase total' }, read: (f) => f.document.totalMinor, column: 'total_minor', operators: AMOUNTS }),
  attribute({ code: 'transaction.lineCount', type: 'number', scope: 'document', unit: 'lines', words: { pl: 'liczba pozycji', en: 'number of lines' }, read: (f) => linesOf(f.document).length, column: 'line_count', operators: COUNTS }),
  attribute({ code: 'transaction.paidWithPoints', type: 'money', scope: 'document', words: { pl: 'kwota zapłacona punktami', en: 'amount paid with points' }, read: (f) => f.document.paidWithPointsMinor, column: 'paid_with_points_minor', operators: AMOUNTS }),
  attribute({ code: 'transaction.store', type: 'text', scope: 'document', words: { pl: 'sklep', en: 'store' }, read: (f) => f.document.store, column: 'store', operators: CODES }),
  attribute({ code: 'transaction.till', type: 'text', scope: 'document', words: { pl: 'kasa', en: 'till' }, read: (f) => f.document.till, column: 'till', operators: CODES }),
  attribute({ code: 'transaction.cashier', type: 'text', scope: 'document', words: { pl: 'kasjer', en: 'cashier' }, read: (f) => f.document.cashier, column: 'cashier', operators: CODES }),
  attribute({ code: 'transaction.channel', type: 'text', scope: 'document', words: { pl: 'kanał sprzedaży', en: 'sales channel' }, read: (f) => f.document.channel, column: 'channel', operators: CODES }),
  attribute({ code: 'transaction.currency', type: 'text', scope: 'document', words: { pl: 'waluta', en: 'currency' }, read: (f) => f.document.currency, column: 'currency', operators: CHOICES }),

  attribute({ code: 'line.sku', type: 'text', scope: 'line', words: { pl: 'kod towaru', en: 'article code' }, read: (_, l) => l.sku, column: 'sku', operators: CODES }),
  attribute({ code: 'line.name', type: 'text', scope: 'line', words: { pl: 'nazwa towaru', en: 'article name' }, read: (_, l) => l.name, column: 'name', operators: NAMES }),
  attribute({ code: 'line.category', type: 'text', scope: 'line', words: { pl: 'kategoria', en: 'category' }, read: (_, l) => l.category, column: 'category', operators: NAMES }),
  attribute({ code: 'line.brand', type: 'text', scope: 'line', words: { pl: 'marka', en: 'brand' }, read: (_, l) => l.brand, column: 'brand', operators: NAMES }),
  attribute({ code: 'line.kind', type: 'choice', scope: 'line', words: { pl: 'rodzaj pozycji', en: 'kind of line' }, options: LINE_KINDS.map((value) => ({ value, words: KIND_WORDS[value] })), read: (_, l) => l.kind, column: 'kind', operators: CHOICES }),
  attribute({ code: 'line.quantity', type: 'quantity', scope: 'line', words: { pl: 'ilość', en: 'quantity' }, read: (_, l) => l.quantity, column: 'quantity', operators: AMOUNTS }),
  attribute({ code: 'line.amount', type: 'money', scope: 'line', words: { pl: 'wartość pozycji', en: 'line amount' }, read: (_, l) => l.amountMinor, column: 'amount_minor', operators: AMOUNTS }),

  attribute({ code: 'member.kind', type: 'choice', scope: 'member', words: { pl: 'rodzaj uczestnika', en: 'kind of member' }, options: [{ value: 'person', words: { pl: 'osoba', en: 'person' } }, { value: 'company', words: { pl: 'firma', en: 'company' } }], read: (f) => f.member.kind, column: 'kind', operators: ['is', 'isNot'] }),
  attribute({ code: 'member.daysSinceJoining', type: 'number', scope: 'member', unit: 'days', words: { pl: 'dni od dołączenia', en: 'days since joining' }, read: (f) => Math.max(0, daysBetween(f.member.joinedOn, f.calendar.date)), column: 'days_since_joining', operators: COUNTS }),

  attribute({ code: 'history.salesCount', type: 'number', scope: 'history', unit: 'sales', words: { pl: 'liczba wcześniejszych zakupów', en: 'number of earlier purchases' }, read: (f) => f.member.salesCount, column: 'sales_count', operators: COUNTS }),
  attribute({ code: 'history.spent', type: 'money', scope: 'history', words: { pl: 'wartość wcześniejszych zakupów', en: 'amount spent before' }, read: (f) => f.member.spentMinor, column: 'spent_minor', operators: AMOUNTS }),
  attribute({ code: 'history.daysSinceLastSale', type: 'number', scope: 'history', unit: 'days', words: { pl: 'dni od ostatniego zakupu', en: 'days since the last purchase' }, read: (f) => (f.member.lastSaleOn === null ? null : Math.max(0, daysBetween(f.member.lastSaleOn, f.calendar.date))), column: 'days_since_last_sale', operators: COUNTS }),
  attribute({ code: 'history.isFirstSale', type: 'flag', scope: 'history', words: { pl: 'pierwszy zakup', en: 'first purchase' }, read: (f) => f.member.salesCount === 0, column: 'is_first_sale', operators: FLAGS }),

  attribute({ code: 'calendar.weekday', type: 'choice', scope: 'calendar', words: { pl: 'dzień tygodnia', en: 'day of the week' }, options: WEEKDAYS, read: (f) => f.calendar.weekday, column: 'weekday', operators: CHOICES }),
  attribute({ code: 'calendar.date', type: 'date', scope: 'calendar', words: { pl: 'data zakupu', en: 'date of purchase' }, read: (f) => f.calendar.date, column: 'occurred_on', operators: DATES }),
  attribute({ code: 'calendar.hour', type: 'number', scope: 'calendar', unit: 'hour', min: 0, max: 23, words: { pl: 'godzina zakupu', en: 'hour of purchase' }, read: (f) => f.calendar.hour, column: 'hour', operators: COUNTS }),
  attribute({ code: 'calendar.month', type: 'choice', scope: 'calendar', words: { pl: 'miesiąc', en: 'month' }, options: MONTHS, read: (f) => f.calendar.month, column: 'month', operators: CHOICES }),
  attribute({ code: 'calendar.dayOfMonth', type: 'number', scope: 'calendar', unit: 'day', min: 1, max: 31, words: { pl: 'dzień miesiąca', en: 'day of the month' }, read: (f) => f.calendar.day, column: 'day_of_month', operators: COUNTS }),
  attribute({ code: 'calendar.isBirthday', type: 'flag', scope: 'calendar', frozen: true, words: { pl: 'dzień urodzin', en: 'birthday' }, read: (f) => f.member.birthday, column: 'is_birthday', operators: FLAGS }),
];

const byCode = new Map(attributes.map((one) => [one.code, one]));

/** Keys an organiser's own attribute may have: they stand in codes, forms and SQL parameters. */
export const CUSTOM_KEY = /^[A-Za-z][A-Za-z0-9_-]{0,39}$/;

/** The attribute of a code, the organiser's own (`transaction.attribute.KEY`, `line.attribute.KEY`, `member.attribute.KEY`) included; null when there is none. */
export function attributeOf(code: string): Attribute | null {
  const known = byCode.get(code);
  if (known !== undefined) return known;
  const [, place, key] = /^(transaction|line|member)\.attribute\.(.+)$/.exec(code) ?? [];
  if (place === undefined || key === undefined || !CUSTOM_KEY.test(key)) return null;
  const words = { pl: `cecha „${key}”`, en: `attribute “${key}”` };
  const row = { code, type: 'custom', words, column: null, operators: ANY } as const;
  if (place === 'transaction') return attribute({ ...row, scope: 'document', read: (f) => own(f.document.attributes, key) });
  if (place === 'line') return attribute({ ...row, scope: 'line', read: (_, l) => own(l.attributes, key) });
  return attribute({ ...row, scope: 'member', read: (f) => own(f.member.attributes, key) });
}

// Never a property that every object inherits: keys come from the organiser.
const own = (values: Attributes, key: string): Seen => (Object.hasOwn(values, key) ? values[key]! : null);
