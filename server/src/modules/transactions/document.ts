import { hash } from 'node:crypto';
import type { Instant } from '@wracam/engine/calendar';
import { LINE_KINDS, linesOf, type AttributeValue, type Line, type SaleDocument } from '@wracam/engine/facts';
import { iso } from '../../platform/iso.ts';

export type DocumentKind = 'sale' | 'return' | 'correction' | 'event';
export type DocumentRef = { readonly source: string; readonly externalId: string };
export type LineRef = DocumentRef & { readonly lineId: string | null };
export type DocumentLine = Line & { readonly of: LineRef | null };
export type Payment = { readonly kind: string; readonly amountMinor: number; readonly points: number | null; readonly wallet: string | null; readonly holdId: number | null };
/** Whom a document names: a member's id, or an identifier as `members` keeps it (personal ones as a keyed hash). */
export type Pointer = { readonly id: number } | { readonly kind: number; readonly key: string };
/** A document as it came, checked for shape; amounts in minor units, quantities in thousandths. */
export type NewDocument = DocumentRef & {
  readonly kind: DocumentKind; readonly occurredAt: Instant; readonly pointer: Pointer | null; readonly totalMinor: number; readonly lines: readonly DocumentLine[];
  readonly payments: readonly Payment[]; readonly currency: string; readonly store: string | null; readonly till: string | null; readonly cashier: string | null;
  readonly channel: string | null; readonly attributes: Readonly<Record<string, AttributeValue>>; readonly of: DocumentRef | null;
  /** Code of the event type; there on events (and on what undoes one) alone. */
  readonly event?: string;
};

/** Sales and documents that a document refers to. */
export function refsOf(document: NewDocument): DocumentRef[] {
  if (document.kind === 'sale' || document.kind === 'event') return [];
  const refs = new Map<string, DocumentRef>();
  if (document.of) refs.set(refKey(document.of), document.of);
  for (const line of document.lines) if (line.of) refs.set(refKey(line.of), line.of);
  return [...refs.values()];
}

export type DocumentFault = { readonly code: 'currency_wrong' | 'occurred_in_future' | 'occurred_too_long_ago' | 'lines_differ_from_total' | 'line_repeated' | 'payments_exceed_total' | 'payment_incomplete'; readonly pointer: string; readonly params: Record<string, string | number> };

/** A till's clock may run ahead by this much. */
const CLOCK_AHEAD_MS = 10 * 60_000;
/** Older documents come by import, in the order of their dates, where nothing is decided "late". */
export const LATE_DAYS_MAX = 800;
const DAY_MS = 86_400_000;

export const sumOf = (values: readonly { readonly amountMinor: number }[]) => values.reduce((sum, one) => sum + one.amountMinor, 0);
export const refKey = (ref: DocumentRef) => `${ref.source}\u0000${ref.externalId}`;

/** All that is wrong with a document besides its shape. `history`: loaded with now = its own date, so any age is right. */
export function documentFaults(document: NewDocument, context: { now: Instant; currency: string; history: boolean }): DocumentFault[] {
  const faults: DocumentFault[] = [];
  const add = (code: DocumentFault['code'], pointer: string, params: DocumentFault['params'] = {}) => faults.push({ code, pointer, params });
  if (document.currency !== context.currency) add('currency_wrong', '/currency', { expected: context.currency });
  if (document.occurredAt > context.now + CLOCK_AHEAD_MS) add('occurred_in_future', '/occurredAt');
  const earliest = context.now - LATE_DAYS_MAX * DAY_MS;
  if (!context.history && document.occurredAt < earliest) add('occurred_too_long_ago', '/occurredAt', { earliest: iso(earliest).slice(0, 10) });
  const lineIds = new Set<string>();
  document.lines.forEach((line, at) => {
    if (lineIds.has(line.lineId)) add('line_repeated', `/lines/${at}/lineId`, { lineId: line.lineId });
    lineIds.add(line.lineId);
  });
  if (document.lines.length > 0 && sumOf(document.lines) !== document.totalMinor) add('lines_differ_from_total', '/totalMinor');
  if (sumOf(document.payments) > document.totalMinor) add('payments_exceed_total', '/payments');
  document.payments.forEach((payment, at) => {
    if (payment.kind !== 'points') return;
    if (payment.points === null) add('payment_incomplete', `/payments/${at}/points`);
    if (document.pointer === null || document.kind !== 'sale') add('payment_incomplete', `/payments/${at}`);
  });
  return faults;
}

/** The document as the engine sees it. */
export function saleDocument(document: NewDocument): SaleDocument {
  return {
    kind: document.kind === 'correction' ? 'correction' : 'sale', event: document.event ?? null, occurredAt: document.occurredAt, totalMinor: document.totalMinor, lines: document.lines, currency: document.currency, store: document.store,
    till: document.till, cashier: document.cashier, channel: document.channel, attributes: document.attributes,
    paidWithPointsMinor: sumOf(document.payments.filter((payment) => payment.kind === 'points')), payments: document.payments,
  };
}

export const linesOrImplied = (document: NewDocument): readonly Line[] => linesOf(saleDocument(document));

const FORMAT = 1;
const orZero = (values: object) => (Object.keys(values).length === 0 ? 0 : values);
type PackedLine = [string, number, string, string, string, string | null, number, string | null, number, number, number | null, Record<string, AttributeValue> | 0, [string, string, string | null] | 0];
type Packed = [number, PackedLine[], [string, number, number | null, string | null, number | null][], string, string | null, string | null, string | null, string | null, Record<string, AttributeValue> | 0, [string, string] | 0, (string | number)[] | 0, string?];

/** The document's content without its key, kind, date and total (columns of their own): positional JSON, a third of the named kind. */
export function packDocument(document: NewDocument): Buffer {
  const lines: PackedLine[] = document.lines.map((line) => [line.lineId, LINE_KINDS.indexOf(line.kind), line.sku, line.name, line.category, line.brand, line.quantity, line.unit, line.amountMinor, line.discountMinor, line.taxRateBps,
    orZero(line.attributes) as PackedLine[11], line.of === null ? 0 : [line.of.source, line.of.externalId, line.of.lineId]]);
  const packed: Packed = [FORMAT, lines, document.payments.map((payment) => [payment.kind, payment.amountMinor, payment.points, payment.wallet, payment.holdId]), document.currency, document.store, document.till, document.cashier,
    document.channel, orZero(document.attributes) as Packed[8], document.of === null ? 0 : [document.of.source, document.of.externalId], document.pointer === null ? 0 : 'id' in document.pointer ? [document.pointer.id] : [document.pointer.kind, document.pointer.key],];
  // A sale carries not a byte of it.
  if (document.event !== undefined) packed.push(document.event);
  return Buffer.from(JSON.stringify(packed));
}

export function unpackDocument(head: DocumentRef & { kind: DocumentKind; occurredAt: Instant; totalMinor: number }, bytes: Uint8Array): NewDocument {
  const [format, lines, payments, currency, store, till, cashier, channel, attributes, of, pointer, event] = JSON.parse(Buffer.from(bytes).toString('utf8')) as Packed;
  if (format !== FORMAT) throw new Error('a document packed in an unknown format');
  return {
    source: head.source, externalId: head.externalId, kind: head.kind, occurredAt: head.occurredAt, totalMinor: head.totalMinor, currency, store, till, cashier, channel, attributes: attributes || {}, of: of ? { source: of[0], externalId: of[1] } : null,
    pointer: !pointer ? null : pointer.length === 1 ? { id: pointer[0] as number } : { kind: pointer[0] as number, key: pointer[1] as string },
    lines: lines.map(([lineId, kind, sku, name, category, brand, quantity, unit, amountMinor, discountMinor, taxRateBps, own, ref]) => ({
      lineId, kind: LINE_KINDS[kind]!, sku, name, category, brand, quantity, unit, amountMinor, discountMinor, taxRateBps, attributes: own || {}, of: ref ? { source: ref[0], externalId: ref[1], lineId: ref[2] } : null,
    })),
    payments: payments.map(([kind, amountMinor, points, wallet, holdId]) => ({ kind, amountMinor, points, wallet, holdId })),
    ...(event === undefined ? {} : { event }),
  };
}

/** What makes two sendings of one document the same: everything in it. */
export const contentHash = (document: NewDocument, packed: Uint8Array): Buffer =>
  hash('sha256', Buffer.concat([Buffer.from(`${document.kind}|${document.occurredAt}|${document.totalMinor}|`), packed]), 'buffer').subarray(0, 16);
