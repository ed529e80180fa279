import { attributeOf } from '../attributes.ts';
import { dateOf, calendarParts, startOfLocalDay, type CalendarParts } from '../calendar.ts';
import { comparandOf, NO_LINE, type ConditionLeaf, type ProductSets } from '../conditions.ts';
import { impliedLine, NO_CAPS_USED, NO_DOCUMENT, UNKNOWN_MEMBER, type Facts, type Line, type MemberFacts, type SaleDocument } from '../facts.ts';
import { findOperator } from '../operators.ts';
import type { History } from './history.ts';

/** Where a row of facts is told apart: the code of that place is looked up in a table of answers. */
export type Place = 'row.store' | 'row.till' | 'row.cashier' | 'row.channel' | 'row.currency' | 'row.payments' | 'row.attributes' | 'line.kind' | 'line.sku' | 'line.name' | 'line.category' | 'line.brand' | 'line.attributes' | 'member.shape' | 'day' | 'minute';
/** Numbers that are compared as they stand. */
export type NumberPlace = 'row.total' | 'row.paid' | 'lineCount' | 'line.quantity' | 'line.amount' | 'daysSinceJoining' | 'salesCount' | 'spent' | 'daysSinceLastSale';

/** A test of a condition over columns: an answer by code, a number between two, or a flag of the member on a day. */
export type ColumnTest =
  | { readonly kind: 'table'; readonly place: Place; readonly answers: Uint8Array; /** Added to the code before it is looked up. */ readonly shift: number; /** Of a field that only events have: the answer of a purchase. */ readonly ofPurchase: boolean | null }
  | { readonly kind: 'between'; readonly place: NumberPlace; readonly from: number; readonly to: number }
  | { readonly kind: 'flag'; readonly place: 'birthday' | 'anniversary' | 'firstSale'; readonly wanted: boolean };

const NUMBERS: Readonly<Record<string, NumberPlace>> = {
  'transaction.total': 'row.total', 'transaction.paidWithPoints': 'row.paid', 'transaction.lineCount': 'lineCount', 'line.quantity': 'line.quantity', 'line.amount': 'line.amount',
  'member.daysSinceJoining': 'daysSinceJoining', 'history.salesCount': 'salesCount', 'history.spent': 'spent', 'history.daysSinceLastSale': 'daysSinceLastSale',
};
const FLAGS = { 'calendar.isBirthday': 'birthday', 'calendar.isAnniversary': 'anniversary', 'history.isFirstSale': 'firstSale' } as const;
const CODED: Readonly<Record<string, Place>> = {
  'transaction.store': 'row.store', 'transaction.till': 'row.till', 'transaction.cashier': 'row.cashier', 'transaction.channel': 'row.channel', 'transaction.currency': 'row.currency',
  'line.kind': 'line.kind', 'line.sku': 'line.sku', 'line.name': 'line.name', 'line.category': 'line.category', 'line.brand': 'line.brand',
  'member.kind': 'member.shape', 'member.tier': 'member.shape', 'member.company': 'member.shape', 'member.group': 'member.shape',
  'calendar.weekday': 'day', 'calendar.date': 'day', 'calendar.month': 'day', 'calendar.dayOfMonth': 'day', 'calendar.isHoliday': 'day', 'calendar.hour': 'minute', 'calendar.time': 'minute',
};
const FAMILIES: readonly (readonly [string, Place])[] = [
  ['transaction.paidWith.', 'row.payments'], ['transaction.paymentKind', 'row.payments'], ['transaction.attribute.', 'row.attributes'], ['line.attribute.', 'line.attributes'], ['member.attribute.', 'member.shape'],
];

/** Where columns tell the fact of an attribute; null: they do not. */
export const placeOf = (code: string): 'number' | 'flag' | 'event' | Place | null =>
  (Object.hasOwn(NUMBERS, code) ? 'number' : Object.hasOwn(FLAGS, code) ? 'flag' : code.startsWith('event.field.') ? 'event' : CODED[code] ?? FAMILIES.find(([start]) => code.startsWith(start))?.[1] ?? null);

/** A test made ready for a history. Throws RangeError for a fact that columns do not tell. */
export function columnTest(leaf: ConditionLeaf, history: History, sets: ProductSets): ColumnTest {
  const place = placeOf(leaf.attribute);
  const operator = findOperator(leaf.operator);
  if (place === null || operator === null) throw new RangeError(`columns do not tell ${leaf.attribute} ${leaf.operator}`);
  if (place === 'number') return betweenOf(leaf);
  if (place === 'flag') return flagOf(leaf);
  const test = operator.compile(comparandOf(leaf, operator, sets));
  const { read } = attributeOf(leaf.attribute)!;
  // A field of an event is looked up by attributes where there is an event at all.
  const at: Place = place === 'event' ? 'row.attributes' : place;
  const { size, shift, factsAt } = codesOf(at, history, place === 'event');
  const answers = new Uint8Array(size);
  for (let code = 0; code < size; code += 1) {
    const { facts, line } = factsAt(code);
    answers[code] = test(read(facts, line)) ? 1 : 0;
  }
  return { kind: 'table', place: at, answers, shift, ofPurchase: place === 'event' ? test(null) : null };
}

const isInteger = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value);

/** All these facts are whole numbers, so every comparison is a stretch of them. */
function betweenOf({ attribute, operator, value }: ConditionLeaf): ColumnTest {
  const place = NUMBERS[attribute]!;
  const pair: readonly unknown[] = Array.isArray(value) ? value : [];
  const stretch = operator === 'is' ? [value, value] : operator === 'atLeast' ? [value, Number.MAX_SAFE_INTEGER] : operator === 'below' ? [Number.MIN_SAFE_INTEGER, isInteger(value) ? value - 1 : null] : operator === 'between' ? pair : [];
  const [from, to] = stretch;
  if (!isInteger(from) || !isInteger(to)) throw new RangeError(`columns do not compare ${attribute} ${operator}`);
  return { kind: 'between', place, from, to };
}

function flagOf({ attribute, operator }: ConditionLeaf): ColumnTest {
  if (operator !== 'isTrue' && operator !== 'isFalse') throw new RangeError(`columns do not compare ${attribute} ${operator}`);
  return { kind: 'flag', place: FLAGS[attribute as keyof typeof FLAGS], wanted: operator === 'isTrue' };
}

const MIDNIGHT: CalendarParts = { date: '1970-01-01', dayNumber: 0, weekday: 4, year: 1970, month: 1, day: 1, hour: 0, minute: 0 };

type Codes = { readonly size: number; readonly shift: number; readonly factsAt: (code: number) => { readonly facts: Facts; readonly line: Line } };

/** Every code of a place, with facts that differ in that place alone. */
function codesOf(place: Place, { words, firstDay, lastDay, timeZone }: History, ofEvent: boolean): Codes {
  const facts = (document: Partial<SaleDocument>, member: Partial<MemberFacts> = {}, calendar: CalendarParts = MIDNIGHT) => ({ facts: { document: { ...NO_DOCUMENT, ...document }, member: { ...UNKNOWN_MEMBER, ...member }, calendar, caps: NO_CAPS_USED }, line: NO_LINE });
  const ofLine = (line: Partial<Line>) => ({ facts: facts({}).facts, line: { ...impliedLine(0), ...line } });
  const texts = words.texts.values;
  switch (place) {
    case 'row.store': return { size: texts.length, shift: 0, factsAt: (code) => facts({ store: texts[code]! }) };
    case 'row.till': return { size: texts.length, shift: 0, factsAt: (code) => facts({ till: texts[code]! }) };
    case 'row.cashier': return { size: texts.length, shift: 0, factsAt: (code) => facts({ cashier: texts[code]! }) };
    case 'row.channel': return { size: texts.length, shift: 0, factsAt: (code) => facts({ channel: texts[code]! }) };
    case 'row.currency': return { size: texts.length, shift: 0, factsAt: (code) => facts({ currency: texts[code]! }) };
    case 'row.payments': return { size: words.payments.values.length, shift: 0, factsAt: (code) => facts({ payments: words.payments.values[code]! }) };
    case 'row.attributes': return { size: words.attributes.values.length, shift: 0, factsAt: (code) => facts({ attributes: words.attributes.values[code]!, event: ofEvent ? '' : null }) };
    case 'line.kind': return { size: words.kinds.length, shift: 0, factsAt: (code) => ofLine({ kind: words.kinds[code]! }) };
    case 'line.sku': return { size: texts.length, shift: 0, factsAt: (code) => ofLine({ sku: texts[code]! }) };
    case 'line.name': return { size: texts.length, shift: 0, factsAt: (code) => ofLine({ name: texts[code]! }) };
    case 'line.category': return { size: texts.length, shift: 0, factsAt: (code) => ofLine({ category: texts[code]! }) };
    case 'line.brand': return { size: texts.length, shift: 0, factsAt: (code) => ofLine({ brand: texts[code]! }) };
    case 'line.attributes': return { size: words.attributes.values.length, shift: 0, factsAt: (code) => ofLine({ attributes: words.attributes.values[code]! }) };
    case 'member.shape': return { size: words.shapes.values.length, shift: 0, factsAt: (code) => facts({}, words.shapes.values[code]!) };
    case 'day': return { size: lastDay - firstDay + 1, shift: -firstDay, factsAt: (code) => facts({}, {}, { ...calendarOf(timeZone, firstDay + code) }) };
    case 'minute': return { size: 1440, shift: 0, factsAt: (code) => facts({}, {}, { ...MIDNIGHT, hour: Math.floor(code / 60), minute: code % 60 }) };
  }
}

/** The calendar of a local day, at its first minute. */
export const calendarOf = (timeZone: string, dayNumber: number): CalendarParts => calendarParts(timeZone, startOfLocalDay(timeZone, dateOf(dayNumber)));
