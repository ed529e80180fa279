import { attributeOf } from './attributes.ts';
import { polishEffects } from './effect-phrases-pl.ts';
import { dayRun, documentFact, listOf, plainTest, timeText, valuesOf, wantedAttribute, type Demand, type Phrases, type Seeing } from './phrase-parts.ts';
import { badgeDaysClause, pastClause, pastSeen } from './phrases-history.ts';
import { formatDate, formatMoneyShort, NBSP } from './words.ts';

const IN_MONTH = ['w styczniu', 'w lutym', 'w marcu', 'w kwietniu', 'w maju', 'w czerwcu', 'w lipcu', 'w sierpniu', 'we wrześniu', 'w październiku', 'w listopadzie', 'w grudniu'];
const ON_WEEKDAYS = ['w poniedziałki', 'we wtorki', 'w środy', 'w czwartki', 'w piątki', 'w soboty', 'w niedziele'];
const FROM_WEEKDAY = ['od poniedziałku', 'od wtorku', 'od środy', 'od czwartku', 'od piątku'];
const TO_WEEKDAY = ['', '', 'do środy', 'do czwartku', 'do piątku', 'do soboty', 'do niedzieli'];
const ON_WEEKDAY = ['w poniedziałek', 'we wtorek', 'w środę', 'w czwartek', 'w piątek', 'w sobotę', 'w niedzielę'];

const PAID: Readonly<Record<string, string>> = { cash: 'gotówką', card: 'kartą', transfer: 'przelewem', blik: 'BLIKIEM', voucher: 'bonem', points: 'punktami', other: 'w inny sposób' };

const textsIn = (demand: Demand): string[] => (Array.isArray(demand.value) ? demand.value : [demand.value]).map(String);
const paid = (kinds: readonly string[], last: string): string => listOf([...new Set(kinds)].map((kind) => PAID[kind] ?? kind), last);
const numbersIn = (demand: Demand): number[] => (Array.isArray(demand.value) ? demand.value : [demand.value]).map(Number);

/** "co najmniej 5", "mniej niż 5", "od 5 do 9", "5". */
function compared(demand: Demand, currency: string): string {
  const [first = '', second = ''] = valuesOf(demand, 'pl', currency);
  switch (demand.operator) {
    case 'atLeast': return `co najmniej ${first}`;
    case 'below': return `mniej niż ${first}`;
    case 'between': return `od ${first} do ${second}`;
    default: return first;
  }
}

const days = (n: number): string => (n === 1 ? `1${NBSP}dzień` : `${n}${NBSP}dni`);

function comparedDays(demand: Demand): string {
  const [first = 0, second = 0] = numbersIn(demand);
  switch (demand.operator) {
    case 'atLeast': return `co najmniej ${days(first)}`;
    case 'below': return `mniej niż ${days(first)}`;
    case 'between': return `od ${first} do ${days(second)}`;
    default: return days(first);
  }
}

function hours(demand: Demand): string {
  const [first = 0, second = 0] = numbersIn(demand);
  switch (demand.operator) {
    case 'atLeast': return `od godziny ${first}:00`;
    case 'below': return `przed godziną ${first}:00`;
    case 'between': return `w godzinach ${first}:00–${second}:59`;
    default: return `w godzinach ${first}:00–${first}:59`;
  }
}

function times(demand: Demand): string {
  const [first = 0, second = 0] = numbersIn(demand);
  switch (demand.operator) {
    case 'atLeast': return `od godziny ${timeText(first)}`;
    case 'below': return `przed godziną ${timeText(first)}`;
    default: return `w godzinach ${timeText(first)}–${timeText(second)}`;
  }
}

function daysOfMonth(demand: Demand): string {
  const [first = 0, second = 0] = numbersIn(demand);
  switch (demand.operator) {
    case 'atLeast': return `od ${first}. dnia miesiąca`;
    case 'below': return `przed ${first}. dniem miesiąca`;
    case 'between': return `od ${first}. do ${second}. dnia miesiąca`;
    default: return `${first}. dnia miesiąca`;
  }
}

function dates(demand: Demand): string {
  const [first = '', second = ''] = valuesOf(demand, 'pl', '');
  switch (demand.operator) {
    case 'onOrAfter': return `od ${first}`;
    case 'before': return `przed ${first}`;
    case 'within': return `od ${first} do ${second}`;
    default: return `w dniu ${first}`;
  }
}

const paidBy = (demand: Demand): string => PAID[demand.attribute.slice('transaction.paidWith.'.length)] ?? '';

/** "w sklepie „Rynek” albo „Dworzec”", "w sklepie o kodzie od „R”". */
function coded(place: string, demand: Demand): string {
  const values = listOf(valuesOf(demand, 'pl', ''), 'albo');
  if (demand.operator === 'startsWith') return `${place}, którego oznaczenie zaczyna się od ${values}`;
  return `${place} ${values}`;
}

/** "od poniedziałku do piątku", "w soboty i w niedziele". */
function weekdays(days: readonly number[]): string {
  const run = dayRun(days);
  return run ? `${FROM_WEEKDAY[run[0] - 1]} ${TO_WEEKDAY[run[1] - 1]}` : listOf(days.map((day) => ON_WEEKDAYS[day - 1] ?? ''), 'i');
}

/** An attribute without a phrase of its own. */
function tested(demand: Demand, currency: string): string {
  const wanted = wantedAttribute(demand);
  if (wanted !== null) return `zakup ma cechę „${wanted}”`;
  const isCompared = demand.operator === 'atLeast' || demand.operator === 'below' || demand.operator === 'between';
  return isCompared ? `${attributeOf(demand.attribute)?.words.pl ?? demand.attribute} to ${compared(demand, currency)}` : plainTest(demand, 'pl', currency, 'albo');
}

function when(demand: Demand, currency: string): string {
  switch (demand.attribute) {
    case 'transaction.total': return demand.operator === 'between' ? `przy zakupie ${compared(demand, currency)}` : `przy zakupie za ${compared(demand, currency)}`;
    case 'transaction.lineCount': return `gdy pozycji jest ${compared(demand, currency)}`;
    case 'transaction.paidWithPoints': return `gdy punktami zapłacono ${compared(demand, currency)}`;
    case 'transaction.store': return coded('w sklepie', demand);
    case 'transaction.till': return demand.operator === 'startsWith' ? `gdy ${tested(demand, currency)}` : coded('na kasie', demand);
    case 'transaction.cashier': return coded('u kasjera', demand);
    case 'transaction.channel': return coded('w kanale', demand);
    case 'transaction.currency': return `gdy waluta to ${listOf(valuesOf(demand, 'pl', ''), 'albo')}`;
    case 'transaction.paymentKind': return `przy płatności ${demand.operator === 'includesAll' ? paid(textsIn(demand), 'i') : paid(textsIn(demand), 'albo')}`;
    case 'transaction.paidWith.cash':
    case 'transaction.paidWith.card':
    case 'transaction.paidWith.transfer':
    case 'transaction.paidWith.blik':
    case 'transaction.paidWith.voucher':
      return `gdy ${paidBy(demand)} zapłacono ${compared(demand, currency)}`;
    case 'member.tier': return `na poziomie ${listOf(valuesOf(demand, 'pl', ''), 'albo')}`;
    case 'member.group': return `dla uczestników z ${demand.operator === 'includesAll' ? `każdej z grup: ${listOf(valuesOf(demand, 'pl', ''), 'i')}` : `grupy ${listOf(valuesOf(demand, 'pl', ''), 'albo')}`}`;
    case 'member.badge': return `gdy ma ${demand.operator === 'includesAll' ? `każdą z odznak: ${listOf(valuesOf(demand, 'pl', ''), 'i')}` : `odznakę ${listOf(valuesOf(demand, 'pl', ''), 'albo')}`}`;
    case 'member.company': return `dla uczestników z firmy ${listOf(valuesOf(demand, 'pl', ''), 'albo')}`;
    case 'member.segment': return `dla uczestników z segmentu ${valuesOf(demand, 'pl', '').join('')}`;
    case 'member.kind': return demand.value === 'company' ? 'dla firm' : 'dla osób';
    case 'member.daysSinceJoining': return `gdy od dołączenia minęło ${comparedDays(demand)}`;
    case 'history.salesCount': return `gdy wcześniejszych zakupów jest ${compared(demand, currency)}`;
    case 'history.spent': return `gdy wcześniejsze zakupy są warte ${compared(demand, currency)}`;
    case 'history.daysSinceLastSale': return `gdy od ostatniego zakupu minęło ${comparedDays(demand)}`;
    case 'history.isFirstSale': return 'przy pierwszym zakupie';
    case 'event.field.onTime': return demand.operator === 'isTrue' ? 'w terminie' : `gdy ${tested(demand, currency)}`;
    case 'calendar.weekday': return weekdays(numbersIn(demand));
    case 'calendar.month': return listOf(numbersIn(demand).map((month) => IN_MONTH[month - 1] ?? ''), 'i');
    case 'calendar.date': return dates(demand);
    case 'calendar.hour': return hours(demand);
    case 'calendar.dayOfMonth': return daysOfMonth(demand);
    case 'calendar.isBirthday': return 'w dniu urodzin';
    case 'calendar.isAnniversary': return 'w rocznicę dołączenia do programu';
    case 'calendar.isHoliday': return 'w święta';
    case 'calendar.time': return times(demand);
    default: return badgeDaysClause(demand, 'pl', comparedDays(demand)) ?? pastClause(demand, 'pl', compared(demand, currency)) ?? `gdy ${tested(demand, currency)}`;
  }
}

function line(demand: Demand, currency: string): string {
  const values = listOf(valuesOf(demand, 'pl', currency), 'albo');
  const part = demand.operator === 'startsWith' ? 'zaczynającą się od' : demand.operator === 'contains' ? 'zawierającą' : null;
  if (demand.operator === 'inSet') return `z zestawu ${values}`;
  switch (demand.attribute) {
    case 'line.category': return part === null ? `z kategorii ${values}` : `z kategorią ${part} ${values}`;
    case 'line.brand': return part === null ? `marki ${values}` : `z marką ${part} ${values}`;
    case 'line.sku': return part === null ? `o kodzie ${values}` : `o kodzie, który zaczyna się od ${values}`;
    case 'line.name': return part === null ? `o nazwie ${values}` : `z nazwą ${part} ${values}`;
    case 'line.kind': return `rodzaju: ${values}`;
    case 'line.quantity': return `w ilości ${compared(demand, currency)}`;
    case 'line.amount': return `o wartości ${compared(demand, currency)}`;
    default: return `dla których ${tested(demand, currency)}`;
  }
}

function seen(demand: Demand, seeing: Seeing): string | null {
  const { calendar } = seeing;
  const fact = documentFact(demand, seeing, 'pl');
  const number = seeing.seen;
  switch (demand.attribute) {
    case 'transaction.total': return `zakup był za ${fact}`;
    case 'transaction.lineCount': return `pozycji było ${fact}`;
    case 'transaction.paidWithPoints': return `punktami zapłacono ${fact}`;
    case 'transaction.store': return fact === null ? 'zakup nie ma podanego sklepu' : `zakup był w sklepie ${fact}`;
    case 'transaction.till': return fact === null ? 'zakup nie ma podanej kasy' : `zakup był na kasie ${fact}`;
    case 'transaction.cashier': return fact === null ? 'zakup nie ma podanego kasjera' : `zakup był u kasjera ${fact}`;
    case 'transaction.channel': return fact === null ? 'zakup nie ma podanego kanału' : `zakup był w kanale ${fact}`;
    case 'transaction.currency': return `zakup był w ${fact}`;
    case 'transaction.paymentKind': return seeing.document.payments.length === 0 ? 'zakup nie ma podanego sposobu płatności' : `zapłacono ${paid(seeing.document.payments.map((one) => one.kind), 'i')}`;
    case 'transaction.paidWith.cash':
    case 'transaction.paidWith.card':
    case 'transaction.paidWith.transfer':
    case 'transaction.paidWith.blik':
    case 'transaction.paidWith.voucher':
      return `zapłacono tak ${fact}`;
    case 'member.segment': return demand.negated ? 'uczestnik do niego należał' : 'uczestnik do niego nie należał';
    case 'member.daysSinceJoining': return number === null ? null : `minęło ${days(number)}`;
    case 'history.salesCount': return number === null ? null : `było ich ${number}`;
    case 'history.spent': return number === null ? null : `były warte ${formatMoneyShort(number, seeing.currency, 'pl')}`;
    case 'history.daysSinceLastSale': return number === null ? null : `minęło ${days(number)}`;
    case 'history.isFirstSale': return demand.negated ? 'to był pierwszy zakup' : 'to był kolejny zakup';
    case 'event.field.onTime': return demand.negated ? 'zapłacono w terminie' : 'zapłacono po terminie';
    case 'calendar.weekday': return `zakup był ${ON_WEEKDAY[calendar.weekday - 1]}`;
    case 'calendar.month': return `zakup był ${IN_MONTH[calendar.month - 1]}`;
    case 'calendar.date': return `zakup był ${formatDate(calendar.date, 'pl')}`;
    case 'calendar.hour':
    case 'calendar.time':
      return `zakup był o ${timeText(calendar.hour * 60 + calendar.minute)}`;
    case 'calendar.isHoliday': return demand.negated ? 'zakup był w święto' : 'zakup był w dniu, który nie jest świętem';
    case 'calendar.isAnniversary': return demand.negated ? 'zakup był w rocznicę' : 'zakup był w innym dniu';
    case 'calendar.dayOfMonth': return `zakup był ${calendar.day}. dnia miesiąca`;
    case 'calendar.isBirthday': return demand.negated ? 'zakup był w dniu urodzin' : 'zakup był w innym dniu';
    default: return fact === null ? pastSeen(demand, seeing, 'pl') : `tutaj to ${fact}`;
  }
}

const joined = (before: string, clause: string): string => (clause.startsWith('gdy ') ? `${before}, ${clause}` : `${before} ${clause}`);

/** How Polish says what rules do and why they did not. */
export const polishPhrases: Phrases = {
  ...polishEffects,
  when, line, seen,
  and: 'i', or: 'albo',
  not: (clause) => (clause.startsWith('gdy ') ? `nie wtedy, ${clause}` : `nie ${clause}`),
  lines: (clause) => `towarów ${clause}`,
  works: (clause, negated, instead) => `${joined(negated ? 'Zasada nie działa' : 'Zasada działa', clause)}${instead === null ? (negated ? '.' : ', a ten warunek nie był spełniony.') : `, a ${instead}.`}`,
  noneOfSeveral: (clause) => `Nie był spełniony żaden z warunków, z których wystarczy jeden. Pierwszy z nich: ${clause}.`,
  outside: (which, limit, date) => (which === 'notYet' ? `Zasada działa od ${limit}, a zakup był ${date}.` : `Zasada działała do ${limit}, a zakup był ${date}.`),
  noEarningLines: 'Na dokumencie nie ma pozycji, za które są punkty.',
  noMatchingLines: (lines) => (lines === null ? 'Na dokumencie nie ma pozycji, które zasada liczy.' : `Na dokumencie nie ma ${lines}.`),
  lostGroup: (winner, giver) => (giver === null ? `Zamiast tej zasady zadziałała zasada „${winner}”, która ma pierwszeństwo.` : `Pierwszeństwo miała zasada „${winner}”, a w jej miejsce zadziałała „${giver}”, bo dała więcej.`),
  lostInVain: (winner) => `Pierwszeństwo miała zasada „${winner}”, choć tym razem nic nie dała.`,
  nothingToMultiply: 'Za ten zakup nie ma punktów, które zasada mogłaby pomnożyć.',
  schedule: (from, until) => (from !== null && from === until ? `tylko ${from}` : from !== null && until !== null ? `od ${from} do ${until}` : from !== null ? `od ${from}` : until !== null ? `do ${until}` : null),
};
