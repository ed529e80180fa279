import { attributeOf } from './attributes.ts';
import { englishEffects } from './effect-phrases-en.ts';
import { dayRun, documentFact, listOf, plainTest, timeText, valuesOf, wantedAttribute, type Demand, type Phrases, type Seeing } from './phrase-parts.ts';
import { badgeDaysClause, pastClause, pastSeen } from './phrases-history.ts';
import { formatDate, formatMoneyShort, NBSP } from './words.ts';

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

const PAID: Readonly<Record<string, string>> = { cash: 'in cash', card: 'by card', transfer: 'by bank transfer', blik: 'by BLIK', voucher: 'with a voucher', points: 'with points', other: 'another way' };

const textsIn = (demand: Demand): string[] => (Array.isArray(demand.value) ? demand.value : [demand.value]).map(String);
const paid = (kinds: readonly string[], last: string): string => listOf([...new Set(kinds)].map((kind) => PAID[kind] ?? kind), last);
const paidBy = (demand: Demand): string => PAID[demand.attribute.slice('transaction.paidWith.'.length)] ?? '';
const numbersIn = (demand: Demand): number[] => (Array.isArray(demand.value) ? demand.value : [demand.value]).map(Number);
const days = (n: number): string => (n === 1 ? `1${NBSP}day` : `${n}${NBSP}days`);

/** "at least 5", "less than 5", "from 5 to 9", "5". */
function compared(demand: Demand, values: readonly string[]): string {
  const [first = '', second = ''] = values;
  switch (demand.operator) {
    case 'atLeast': return `at least ${first}`;
    case 'below': return `less than ${first}`;
    case 'between': return `from ${first} to ${second}`;
    default: return first;
  }
}

function hours(demand: Demand): string {
  const [first = 0, second = 0] = numbersIn(demand);
  switch (demand.operator) {
    case 'atLeast': return `from ${first}:00`;
    case 'below': return `before ${first}:00`;
    case 'between': return `between ${first}:00 and ${second}:59`;
    default: return `between ${first}:00 and ${first}:59`;
  }
}

function times(demand: Demand): string {
  const [first = 0, second = 0] = numbersIn(demand);
  switch (demand.operator) {
    case 'atLeast': return `from ${timeText(first)}`;
    case 'below': return `before ${timeText(first)}`;
    default: return `between ${timeText(first)} and ${timeText(second)}`;
  }
}

function daysOfMonth(demand: Demand): string {
  const [first = 0, second = 0] = numbersIn(demand);
  switch (demand.operator) {
    case 'atLeast': return `from day ${first} of the month`;
    case 'below': return `before day ${first} of the month`;
    case 'between': return `on days ${first} to ${second} of the month`;
    default: return `on day ${first} of the month`;
  }
}

function dates(demand: Demand): string {
  const [first = '', second = ''] = valuesOf(demand, 'en', '');
  switch (demand.operator) {
    case 'onOrAfter': return `from ${first}`;
    case 'before': return `before ${first}`;
    case 'within': return `from ${first} to ${second}`;
    default: return `on ${first}`;
  }
}

const PLACES: Readonly<Record<string, string>> = {
  'transaction.store': 'in store', 'transaction.till': 'at till', 'transaction.cashier': 'with cashier', 'transaction.channel': 'in channel',
};

/** An attribute without a phrase of its own. */
function tested(demand: Demand, currency: string): string {
  const wanted = wantedAttribute(demand);
  if (wanted !== null) return `the purchase has the attribute “${wanted}”`;
  const isCompared = demand.operator === 'atLeast' || demand.operator === 'below' || demand.operator === 'between';
  return isCompared ? `${attributeOf(demand.attribute)?.words.en ?? demand.attribute} is ${compared(demand, valuesOf(demand, 'en', currency))}` : plainTest(demand, 'en', currency, 'or');
}

/** "from Monday to Friday", "on Saturdays and Sundays". */
function weekdays(days: readonly number[]): string {
  const run = dayRun(days);
  return run ? `from ${WEEKDAYS[run[0] - 1]} to ${WEEKDAYS[run[1] - 1]}` : `on ${listOf(days.map((day) => `${WEEKDAYS[day - 1]}s`), 'and')}`;
}

function when(demand: Demand, currency: string): string {
  const values = valuesOf(demand, 'en', currency);
  switch (demand.attribute) {
    case 'transaction.total': return `on purchases of ${compared(demand, values).replace(/^from /, '')}`;
    case 'transaction.lineCount': return `when there are ${compared(demand, values)} lines`;
    case 'transaction.paidWithPoints': return `when ${compared(demand, values)} was paid with points`;
    case 'transaction.store':
    case 'transaction.till':
    case 'transaction.cashier':
    case 'transaction.channel':
      return `${PLACES[demand.attribute]} ${demand.operator === 'startsWith' ? 'starting with ' : ''}${listOf(values, 'or')}`;
    case 'transaction.currency': return `when the currency is ${listOf(values, 'or')}`;
    case 'transaction.paymentKind': return `when paid ${demand.operator === 'includesAll' ? paid(textsIn(demand), 'and') : paid(textsIn(demand), 'or')}`;
    case 'transaction.paidWith.cash':
    case 'transaction.paidWith.card':
    case 'transaction.paidWith.transfer':
    case 'transaction.paidWith.blik':
    case 'transaction.paidWith.voucher':
      return `when ${compared(demand, values)} was paid ${paidBy(demand)}`;
    case 'member.tier': return `on level ${listOf(values, 'or')}`;
    case 'member.group': return `for members of group ${listOf(values, demand.operator === 'includesAll' ? 'and' : 'or')}`;
    case 'member.badge': return `when holding ${demand.operator === 'includesAll' ? 'each of the badges' : 'badge'} ${listOf(values, demand.operator === 'includesAll' ? 'and' : 'or')}`;
    case 'member.company': return `for members from company ${listOf(values, 'or')}`;
    case 'member.segment': return `for members of segment ${values.join('')}`;
    case 'member.kind': return demand.value === 'company' ? 'for companies' : 'for people';
    case 'member.daysSinceJoining': return `when ${compared(demand, numbersIn(demand).map(days))} have passed since joining`;
    case 'history.salesCount': return `when there are ${compared(demand, values)} earlier purchases`;
    case 'history.spent': return `when earlier purchases are worth ${compared(demand, values)}`;
    case 'history.daysSinceLastSale': return `when ${compared(demand, numbersIn(demand).map(days))} have passed since the last purchase`;
    case 'history.isFirstSale': return 'on the first purchase';
    case 'event.field.onTime': return demand.operator === 'isTrue' ? 'on time' : `when ${tested(demand, currency)}`;
    case 'calendar.weekday': return weekdays(numbersIn(demand));
    case 'calendar.month': return `in ${listOf(values, 'and')}`;
    case 'calendar.date': return dates(demand);
    case 'calendar.hour': return hours(demand);
    case 'calendar.dayOfMonth': return daysOfMonth(demand);
    case 'calendar.isBirthday': return 'on the birthday';
    case 'calendar.isAnniversary': return 'on the anniversary of joining';
    case 'calendar.isHoliday': return 'on public holidays';
    case 'calendar.time': return times(demand);
    default: return badgeDaysClause(demand, 'en', compared(demand, numbersIn(demand).map(days))) ?? pastClause(demand, 'en', compared(demand, values)) ?? `when ${tested(demand, currency)}`;
  }
}

function line(demand: Demand, currency: string): string {
  const values = valuesOf(demand, 'en', currency);
  const list = listOf(values, 'or');
  const part = demand.operator === 'startsWith' ? 'starting with ' : demand.operator === 'contains' ? 'containing ' : '';
  if (demand.operator === 'inSet') return `from the set ${list}`;
  switch (demand.attribute) {
    case 'line.category': return `with category ${part}${list}`;
    case 'line.brand': return `with brand ${part}${list}`;
    case 'line.sku': return `with code ${part}${list}`;
    case 'line.name': return `with name ${part}${list}`;
    case 'line.kind': return `of kind ${list}`;
    case 'line.quantity': return `in a quantity of ${compared(demand, values)}`;
    case 'line.amount': return `worth ${compared(demand, values)}`;
    default: return `where ${tested(demand, currency)}`;
  }
}

function seen(demand: Demand, seeing: Seeing): string | null {
  const { calendar } = seeing;
  const fact = documentFact(demand, seeing, 'en');
  const number = seeing.seen;
  switch (demand.attribute) {
    case 'transaction.total': return `the purchase was ${fact}`;
    case 'transaction.lineCount': return `there were ${fact}`;
    case 'transaction.paidWithPoints': return `${fact} was paid with points`;
    case 'transaction.store':
    case 'transaction.till':
    case 'transaction.cashier':
    case 'transaction.channel':
      return fact === null ? `the purchase names no ${attributeOf(demand.attribute)?.words.en}` : `the purchase was ${PLACES[demand.attribute]} ${fact}`;
    case 'transaction.currency': return `the purchase was in ${fact}`;
    case 'transaction.paymentKind': return seeing.document.payments.length === 0 ? 'the purchase names no way of paying' : `it was paid ${paid(seeing.document.payments.map((one) => one.kind), 'and')}`;
    case 'transaction.paidWith.cash':
    case 'transaction.paidWith.card':
    case 'transaction.paidWith.transfer':
    case 'transaction.paidWith.blik':
    case 'transaction.paidWith.voucher':
      return `${fact} was paid so`;
    case 'member.segment': return demand.negated ? 'the member was in it' : 'the member was not in it';
    case 'member.daysSinceJoining':
    case 'history.daysSinceLastSale':
      return number === null ? null : `${days(number)} had passed`;
    case 'history.salesCount': return number === null ? null : `there were ${number}`;
    case 'history.spent': return number === null ? null : `they were worth ${formatMoneyShort(number, seeing.currency, 'en')}`;
    case 'history.isFirstSale': return demand.negated ? 'this was the first purchase' : 'this was a later purchase';
    case 'event.field.onTime': return demand.negated ? 'it was paid on time' : 'it was paid late';
    case 'calendar.weekday': return `the purchase was on a ${WEEKDAYS[calendar.weekday - 1]}`;
    case 'calendar.month':
    case 'calendar.date':
      return `the purchase was on ${formatDate(calendar.date, 'en')}`;
    case 'calendar.hour':
    case 'calendar.time':
      return `the purchase was at ${timeText(calendar.hour * 60 + calendar.minute)}`;
    case 'calendar.isHoliday': return demand.negated ? 'the purchase was on a public holiday' : 'the purchase was on another day';
    case 'calendar.isAnniversary': return demand.negated ? 'the purchase was on the anniversary' : 'the purchase was on another day';
    case 'calendar.dayOfMonth': return `the purchase was on day ${calendar.day} of the month`;
    case 'calendar.isBirthday': return demand.negated ? 'the purchase was on the birthday' : 'the purchase was on another day';
    default: return fact === null ? pastSeen(demand, seeing, 'en') : `here it is ${fact}`;
  }
}

/** How English says what rules do and why they did not. */
export const englishPhrases: Phrases = {
  ...englishEffects,
  when, line, seen,
  and: 'and', or: 'or',
  not: (clause) => `not ${clause}`,
  lines: (clause) => `articles ${clause}`,
  works: (clause, negated, instead) => `The rule ${negated ? 'does not work' : 'works'} ${clause}${instead === null ? (negated ? '.' : ', and that was not so.') : `, and ${instead}.`}`,
  noneOfSeveral: (clause) => `None of the conditions held, of which one is enough. The first of them: ${clause}.`,
  outside: (which, limit, date) => (which === 'notYet' ? `The rule works from ${limit}, and the purchase was on ${date}.` : `The rule worked until ${limit}, and the purchase was on ${date}.`),
  noEarningLines: 'The document has no lines that earn points.',
  noMatchingLines: (lines) => (lines === null ? 'The document has no lines that the rule counts.' : `The document has no ${lines}.`),
  lostGroup: (winner, giver) => (giver === null ? `The rule “${winner}” worked instead; it goes first.` : `The rule “${winner}” goes first, and “${giver}” worked in its place because it gave more.`),
  lostInVain: (winner) => `The rule “${winner}” goes first, though it gave nothing this time.`,
  nothingToMultiply: 'This purchase has no points that the rule could multiply.',
  schedule: (from, until) => (from !== null && from === until ? `on ${from} only` : from !== null && until !== null ? `from ${from} to ${until}` : from !== null ? `from ${from}` : until !== null ? `until ${until}` : null),
};
