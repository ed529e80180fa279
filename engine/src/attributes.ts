import { attribute, AMOUNTS, ARTICLES, CHOICES, CODES, COUNTS, DATES, FLAGS, NAMES, options, SEGMENTS, SEVERAL, TIMES, type Attribute } from './attribute-rows.ts';
import { familyOf } from './attribute-families.ts';
import { addDays, daysBetween } from './calendar.ts';
import { linesOf, LINE_KINDS, PAYMENT_KINDS, type Facts } from './facts.ts';
import { isPolishHoliday } from './holidays.ts';
import { boughtIn, EVER } from './past.ts';

export { CUSTOM_KEY, families, familyOf, type Family } from './attribute-families.ts';
export type { Attribute, AttributeOption, AttributeScope, AttributeType } from './attribute-rows.ts';

const KIND_WORDS = {
  goods: { pl: 'towar', en: 'goods' }, service: { pl: 'usługa', en: 'service' },
  shipping: { pl: 'dostawa', en: 'shipping' }, gift_card: { pl: 'karta podarunkowa', en: 'gift card' },
} as const;

const PAYMENT_WORDS = {
  cash: { pl: 'gotówka', en: 'cash' }, card: { pl: 'karta', en: 'card' }, transfer: { pl: 'przelew', en: 'bank transfer' }, blik: { pl: 'BLIK', en: 'BLIK' },
  voucher: { pl: 'bon', en: 'voucher' }, points: { pl: 'punkty', en: 'points' }, other: { pl: 'inna płatność', en: 'another way' },
} as const;

const paidWith = (kind: string, pl: string, en: string): Attribute => attribute({
  code: `transaction.paidWith.${kind}`, type: 'money', scope: 'document', words: { pl: `kwota zapłacona ${pl}`, en: `amount paid ${en}` }, column: null, operators: AMOUNTS,
  read: (f) => f.document.payments.reduce((sum, one) => (one.kind === kind ? sum + one.amountMinor : sum), 0),
});

/** Who joined on 29 February has an anniversary on the 28th of a common year. */
const isAnniversary = ({ member, calendar }: Facts): boolean => {
  const [joined, today] = [member.joinedOn, calendar.date];
  if (joined.slice(0, 4) >= today.slice(0, 4)) return false;
  return joined.slice(5) === today.slice(5) || (joined.slice(5) === '02-29' && today.slice(5) === '02-28' && addDays(today, 1).slice(5) === '03-01');
};

export const WEEKDAYS = options(
  ['poniedziałek', 'wtorek', 'środa', 'czwartek', 'piątek', 'sobota', 'niedziela'],
  ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'], 1);
export const MONTHS = options(
  ['styczeń', 'luty', 'marzec', 'kwiecień', 'maj', 'czerwiec', 'lipiec', 'sierpień', 'wrzesień', 'październik', 'listopad', 'grudzień'],
  ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'], 1);

/** Attributes with a code of their own; families join by `attributeOf`. */
export const attributes: readonly Attribute[] = [
  attribute({ code: 'transaction.total', type: 'money', scope: 'document', words: { pl: 'wartość zakupu', en: 'purchase total' }, read: (f) => f.document.totalMinor, column: 'total_minor', operators: AMOUNTS }),
  attribute({ code: 'transaction.lineCount', type: 'number', scope: 'document', unit: 'lines', words: { pl: 'liczba pozycji', en: 'number of lines' }, read: (f) => linesOf(f.document).length, column: 'line_count', operators: COUNTS }),
  attribute({ code: 'transaction.paidWithPoints', type: 'money', scope: 'document', words: { pl: 'kwota zapłacona punktami', en: 'amount paid with points' }, read: (f) => f.document.paidWithPointsMinor, column: 'paid_with_points_minor', operators: AMOUNTS }),
  attribute({ code: 'transaction.store', type: 'text', scope: 'document', words: { pl: 'sklep', en: 'store' }, read: (f) => f.document.store, column: 'store', operators: CODES }),
  attribute({ code: 'transaction.till', type: 'text', scope: 'document', words: { pl: 'kasa', en: 'till' }, read: (f) => f.document.till, column: 'till', operators: CODES }),
  attribute({ code: 'transaction.cashier', type: 'text', scope: 'document', words: { pl: 'kasjer', en: 'cashier' }, read: (f) => f.document.cashier, column: 'cashier', operators: CODES }),
  attribute({ code: 'transaction.channel', type: 'text', scope: 'document', words: { pl: 'kanał sprzedaży', en: 'sales channel' }, read: (f) => f.document.channel, column: 'channel', operators: CODES }),
  attribute({ code: 'transaction.currency', type: 'text', scope: 'document', words: { pl: 'waluta', en: 'currency' }, read: (f) => f.document.currency, column: 'currency', operators: CHOICES }),

  attribute({ code: 'transaction.paymentKind', type: 'choice', scope: 'document', words: { pl: 'sposób płatności', en: 'way of paying' }, options: PAYMENT_KINDS.map((value) => ({ value, words: PAYMENT_WORDS[value] })), read: (f) => f.document.payments.map((one) => one.kind), column: 'payment_kinds', operators: SEVERAL }),
  paidWith('cash', 'gotówką', 'in cash'), paidWith('card', 'kartą', 'by card'), paidWith('transfer', 'przelewem', 'by bank transfer'), paidWith('blik', 'BLIKIEM', 'by BLIK'), paidWith('voucher', 'bonem', 'with vouchers'),

  attribute({ code: 'line.sku', type: 'text', scope: 'line', words: { pl: 'kod towaru', en: 'article code' }, read: (_, l) => l.sku, column: 'sku', operators: ARTICLES }),
  attribute({ code: 'line.name', type: 'text', scope: 'line', words: { pl: 'nazwa towaru', en: 'article name' }, read: (_, l) => l.name, column: 'name', operators: NAMES }),
  attribute({ code: 'line.category', type: 'text', scope: 'line', words: { pl: 'kategoria', en: 'category' }, read: (_, l) => l.category, column: 'category', operators: NAMES }),
  attribute({ code: 'line.brand', type: 'text', scope: 'line', words: { pl: 'marka', en: 'brand' }, read: (_, l) => l.brand, column: 'brand', operators: NAMES }),
  attribute({ code: 'line.kind', type: 'choice', scope: 'line', words: { pl: 'rodzaj pozycji', en: 'kind of line' }, options: LINE_KINDS.map((value) => ({ value, words: KIND_WORDS[value] })), read: (_, l) => l.kind, column: 'kind', operators: CHOICES }),
  attribute({ code: 'line.quantity', type: 'quantity', scope: 'line', words: { pl: 'ilość', en: 'quantity' }, read: (_, l) => l.quantity, column: 'quantity', operators: AMOUNTS }),
  attribute({ code: 'line.amount', type: 'money', scope: 'line', words: { pl: 'wartość pozycji', en: 'line amount' }, read: (_, l) => l.amountMinor, column: 'amount_minor', operators: AMOUNTS }),

  attribute({ code: 'member.kind', type: 'choice', scope: 'member', words: { pl: 'rodzaj uczestnika', en: 'kind of member' }, options: [{ value: 'person', words: { pl: 'osoba', en: 'person' } }, { value: 'company', words: { pl: 'firma', en: 'company' } }], read: (f) => f.member.kind, column: 'kind', operators: ['is', 'isNot'] }),
  attribute({ code: 'member.tier', type: 'text', scope: 'member', words: { pl: 'poziom', en: 'level' }, read: (f) => f.member.tier, column: 'tier', operators: CHOICES }),
  attribute({ code: 'member.company', type: 'text', scope: 'member', words: { pl: 'firma uczestnika', en: 'company of the member' }, read: (f) => f.member.company, column: 'company', operators: CHOICES }),
  attribute({ code: 'member.group', type: 'text', scope: 'member', words: { pl: 'grupa', en: 'group' }, read: (f) => f.member.groups, column: 'groups', operators: SEVERAL }),
  attribute({ code: 'member.badge', type: 'text', scope: 'badge', words: { pl: 'odznaka', en: 'badge' }, read: (f) => f.member.badges.map((badge) => badge.code), column: null, operators: SEVERAL }),
  attribute({ code: 'member.segment', type: 'text', scope: 'segment', frozen: true, words: { pl: 'segment uczestników', en: 'segment of members' }, read: () => null, column: null, operators: SEGMENTS }),
  attribute({ code: 'member.daysSinceJoining', type: 'number', scope: 'member', unit: 'days', words: { pl: 'dni od dołączenia', en: 'days since joining' }, read: (f) => Math.max(0, daysBetween(f.member.joinedOn, f.calendar.date)), column: 'days_since_joining', operators: COUNTS }),

  attribute({ code: 'history.salesCount', type: 'number', scope: 'history', unit: 'sales', words: { pl: 'liczba wcześniejszych zakupów', en: 'number of earlier purchases' }, read: (f) => f.member.salesCount, column: 'sales_count', operators: COUNTS }),
  attribute({ code: 'history.spent', type: 'money', scope: 'history', words: { pl: 'wartość wcześniejszych zakupów', en: 'amount spent before' }, read: (f) => f.member.spentMinor, column: 'spent_minor', operators: AMOUNTS }),
  attribute({ code: 'history.daysSinceLastSale', type: 'number', scope: 'history', unit: 'days', words: { pl: 'dni od ostatniego zakupu', en: 'days since the last purchase' }, read: (f) => (f.member.lastSaleOn === null ? null : Math.max(0, daysBetween(f.member.lastSaleOn, f.calendar.date))), column: 'days_since_last_sale', operators: COUNTS }),
  attribute({ code: 'history.isFirstSale', type: 'flag', scope: 'history', words: { pl: 'pierwszy zakup', en: 'first purchase' }, read: (f) => f.member.salesCount === 0, column: 'is_first_sale', operators: FLAGS }),

  attribute({ code: 'history.category', type: 'text', scope: 'history', pastDays: EVER, words: { pl: 'kategorie kupione wcześniej', en: 'categories bought before' }, read: (f) => boughtIn(f, EVER, 'category'), column: null, operators: SEVERAL }),
  attribute({ code: 'history.sku', type: 'text', scope: 'history', pastDays: EVER, words: { pl: 'kody towarów kupionych wcześniej', en: 'codes of articles bought before' }, read: (f) => boughtIn(f, EVER, 'sku'), column: null, operators: SEVERAL }),

  attribute({ code: 'calendar.weekday', type: 'choice', scope: 'calendar', words: { pl: 'dzień tygodnia', en: 'day of the week' }, options: WEEKDAYS, read: (f) => f.calendar.weekday, column: 'weekday', operators: CHOICES }),
  attribute({ code: 'calendar.date', type: 'date', scope: 'calendar', words: { pl: 'data zakupu', en: 'date of purchase' }, read: (f) => f.calendar.date, column: 'occurred_on', operators: DATES }),
  attribute({ code: 'calendar.hour', type: 'number', scope: 'calendar', unit: 'hour', min: 0, max: 23, words: { pl: 'godzina zakupu', en: 'hour of purchase' }, read: (f) => f.calendar.hour, column: 'hour', operators: COUNTS }),
  attribute({ code: 'calendar.time', type: 'time', scope: 'calendar', min: 0, max: 1440, words: { pl: 'godzina i minuta zakupu', en: 'time of purchase' }, read: (f) => f.calendar.hour * 60 + f.calendar.minute, column: 'minute_of_day', operators: TIMES }),
  attribute({ code: 'calendar.month', type: 'choice', scope: 'calendar', words: { pl: 'miesiąc', en: 'month' }, options: MONTHS, read: (f) => f.calendar.month, column: 'month', operators: CHOICES }),
  attribute({ code: 'calendar.dayOfMonth', type: 'number', scope: 'calendar', unit: 'day', min: 1, max: 31, words: { pl: 'dzień miesiąca', en: 'day of the month' }, read: (f) => f.calendar.day, column: 'day_of_month', operators: COUNTS }),
  attribute({ code: 'calendar.isBirthday', type: 'flag', scope: 'calendar', frozen: true, words: { pl: 'dzień urodzin', en: 'birthday' }, read: (f) => f.member.birthday, column: 'is_birthday', operators: FLAGS }),
  attribute({ code: 'calendar.isAnniversary', type: 'flag', scope: 'calendar', frozen: true, words: { pl: 'rocznica dołączenia', en: 'anniversary of joining' }, read: isAnniversary, column: 'is_anniversary', operators: FLAGS }),
  attribute({ code: 'calendar.isHoliday', type: 'flag', scope: 'calendar', words: { pl: 'święto (dzień ustawowo wolny)', en: 'public holiday (Polish)' }, read: (f) => isPolishHoliday(f.calendar.date), column: 'is_holiday', operators: FLAGS }),
];

const byCode = new Map(attributes.map((one) => [one.code, one]));

/** The attribute of a code, a family's (such as `member.attribute.KEY`) included; null when there is none. */
export function attributeOf(code: string): Attribute | null {
  const known = byCode.get(code);
  if (known !== undefined) return known;
  const found = familyOf(code);
  return found === null ? null : found.family.of(found.parameter);
}
