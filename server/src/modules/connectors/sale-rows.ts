import { calendarParts, isLocalDate, startOfLocalDay, type Instant } from '@wracam/engine/calendar';
import { LINE_KINDS, type LineKind } from '@wracam/engine/facts';
import { startProblem } from '../../platform/start-problem.ts';
import type { CsvRow } from './csv-file.ts';
import type { Mapping } from './mapping.ts';

/** A row that became a line. Quantity in thousandths, above 0; amount in minor units. */
export type SaleRow = {
  readonly no: number; readonly document: string; readonly kind: 'sale' | 'return'; readonly occurredAt: Instant; readonly member: string | null; readonly sku: string; readonly name: string;
  readonly lineKind: LineKind; readonly quantity: number; readonly amountMinor: number; readonly attributes: Readonly<Record<string, string>>;
  /** As it stood in the file, for the report of returns that match nothing. */
  readonly fields: readonly string[];
};
/** `signedMinor`: what the row says it moved, as far as its numbers can be read. */
export type RefusedRow = { readonly no: number; readonly document: string; readonly reason: string; readonly signedMinor: number; readonly fields: readonly string[] };
export type ReadRow = { readonly row: SaleRow; readonly refused: null } | { readonly row: null; readonly refused: RefusedRow };

/** Digits after the decimal sign that quantities and prices may have. */
const QUANTITY_DIGITS = 3;
const PRICE_DIGITS = 4;
const MINOR_DIGITS = 2;

/** A decimal text as a whole number of 10^-digits; null when it is no such number. No float is involved. */
export function scaledInteger(text: string, decimal: '.' | ',', digits: number): number | null {
  const [, sign, whole, rest = ''] = new RegExp(`^([+-]?)(\\d{1,12})(?:\\${decimal}(\\d*))?$`).exec(text.trim()) ?? [];
  if (whole === undefined || rest.length > digits) return null;
  const value = Number(whole + rest.padEnd(digits, '0'));
  return Number.isSafeInteger(value) ? (sign === '-' && value !== 0 ? -value : value) : null;
}

/** Half a grosz goes up, away from zero, as on a receipt. */
function amountOf(quantity: number, price: number): number {
  const scale = 10n ** BigInt(QUANTITY_DIGITS + PRICE_DIGITS - MINOR_DIGITS);
  const product = BigInt(quantity) * BigInt(price);
  const size = product < 0n ? -product : product;
  const minor = Number((size + scale / 2n) / scale);
  return product < 0n && minor !== 0 ? -minor : minor;
}

/** Reads rows of a file with this header by a mapping. A start problem names columns that are missing. */
export function rowReader(mapping: Mapping, header: readonly string[]): (row: CsvRow) => ReadRow {
  const { columns, file } = mapping;
  const at = (name: string) => header.indexOf(name);
  const wanted = [columns.document, columns.occurredAt, columns.member, columns.sku, columns.name, columns.quantity, columns.unitPrice, ...Object.values(columns.attributes)];
  const missing = wanted.filter((name) => at(name) < 0);
  if (missing.length > 0) throw startProblem(`The file has no column ${missing.join(', ')}; its columns are: ${header.join(', ')}.`);
  const empty = new Set(file.empty);
  const place = { document: at(columns.document), occurredAt: at(columns.occurredAt), member: at(columns.member), sku: at(columns.sku), name: at(columns.name), quantity: at(columns.quantity), price: at(columns.unitPrice) };
  const attributes = Object.entries(columns.attributes).map(([key, name]) => [key, at(name)] as const);
  const instantOf = instantReader(file.timeZone);

  return ({ no, fields }) => {
    const text = (index: number) => { const value = (fields[index] ?? '').trim(); return empty.has(value) ? '' : value; };
    const document = text(place.document);
    const quantity = scaledInteger(text(place.quantity), file.decimal, QUANTITY_DIGITS);
    const price = scaledInteger(text(place.price), file.decimal, PRICE_DIGITS);
    const signedMinor = quantity === null || price === null ? 0 : amountOf(quantity, price);
    const refuse = (reason: string): ReadRow => ({ row: null, refused: { no, document, reason, signedMinor, fields } });

    const kind = mapping.kinds.find((one) => document.startsWith(one.prefix));
    const occurredAt = instantOf(text(place.occurredAt));
    const member = text(place.member) || null;
    if (document === '') return refuse('the document has no number');
    if (kind?.kind === 'refuse') return refuse(kind.reason ?? 'a kind of document that is not taken');
    if (quantity === null || price === null) return refuse('quantity or price is no number');
    if (occurredAt === null) return refuse('the date cannot be read');
    if (price < 0) return refuse('negative price: a correction of the books, not of a sale');
    if (kind === undefined && quantity <= 0) return refuse('negative quantity outside a cancellation: written off or counted anew, nobody bought it');
    if (kind !== undefined && quantity >= 0) return refuse('a cancellation without a negative quantity');
    if (price === 0 && member === null) return refuse('no price and no member: a note about stock, not a sale');
    const sku = text(place.sku);
    return {
      refused: null,
      row: {
        no, document, kind: kind === undefined ? 'sale' : 'return', occurredAt, member, sku, name: text(place.name), lineKind: lineKindOf(mapping, sku), quantity: Math.abs(quantity), amountMinor: Math.abs(signedMinor),
        attributes: Object.fromEntries(attributes.map(([key, index]) => [key, text(index)] as const).filter(([, value]) => value !== '')),
        fields: kind === undefined ? [] : fields,
      },
    };
  };
}

function lineKindOf({ lineKinds, lineKindPrefixes }: Mapping, sku: string): LineKind {
  const known = Object.hasOwn(lineKinds, sku) ? lineKinds[sku] : undefined;
  return known ?? Object.entries(lineKindPrefixes).find(([prefix]) => sku.startsWith(prefix))?.[1] ?? LINE_KINDS[0];
}

/** Instants of local dates and times; rows of one document repeat their text, so the last one is remembered. */
function instantReader(timeZone: string): (text: string) => Instant | null {
  let last: { text: string; instant: Instant | null } = { text: '', instant: null };
  const read = (text: string): Instant | null => {
    const [, date, hour, minute, second = '0'] = /^(\d{4}-\d{2}-\d{2})[ T](\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text) ?? [];
    if (date === undefined || !isLocalDate(date) || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
    const guess = startOfLocalDay(timeZone, date) + Number(hour) * 3_600_000 + Number(minute) * 60_000 + Number(second) * 1000;
    // On the day when clocks change the distance from midnight is an hour more or less.
    return guess + (Number(hour) - calendarParts(timeZone, guess).hour) * 3_600_000;
  };
  return (text) => {
    if (text !== last.text) last = { text, instant: read(text) };
    return last.instant;
  };
}
