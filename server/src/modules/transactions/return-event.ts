import { daysBetween, localDate } from '@wracam/engine/calendar';
import { RETURN_EVENT } from '@wracam/engine/event-types';
import { linesOf, type AttributeValue, type Line } from '@wracam/engine/facts';
import type { ReturnEffect } from './decision.ts';
import { returnedBySale } from './book-return.ts';
import { refKey, saleDocument, sumOf, type DocumentLine, type NewDocument } from './document.ts';
import { OWN_SOURCE } from './store.ts';
import type { SaleRecord } from './workspace.ts';

/** Key of the event that tells a return: made of the return's own, so that there is one for ever. */
export const eventKeyOf = ({ source, externalId }: Pick<NewDocument, 'source' | 'externalId'>): string => `${RETURN_EVENT}:${encodeURIComponent(source)}:${externalId}`;

/** Articles in general and the till's word on this return: what a rule for "faulty" asks for stands on the return's own line. */
const lineBack = (line: Line, { quantity, amountMinor }: { quantity: number; amountMinor: number }, own: Line['attributes'], lineId: string): DocumentLine => ({
  lineId, kind: line.kind, sku: line.sku, name: line.name, category: line.category, brand: line.brand, quantity, unit: line.unit, amountMinor, discountMinor: 0, taxRateBps: line.taxRateBps,
  attributes: Object.keys(own).length === 0 ? line.attributes : Object.fromEntries<AttributeValue>([...Object.entries(line.attributes), ...Object.entries(own)]), of: null,
});

/** What a return really brought back: of sales what it took from them, with the articles' own facts; what names no sale, or one that is not here, as it was told. */
function linesBack(document: NewDocument, returnId: number, saleOf: (key: string) => SaleRecord | undefined): DocumentLine[] {
  const found: DocumentLine[] = [];
  const add = (line: Line, back: { quantity: number; amountMinor: number }, own: Line['attributes']) => { found.push(lineBack(line, back, own, String(found.length + 1))); };
  const applied = new Map<string, { sale: SaleRecord; effect: ReturnEffect }>();
  for (const key of returnedBySale(document).keys()) {
    const sale = saleOf(key);
    const effect = sale?.returns.find((one) => one.returnId === returnId)?.effect;
    if (sale && effect) applied.set(key, { sale, effect });
  }
  for (const [key, { sale, effect }] of applied) {
    const bought = new Map(linesOf(saleDocument(sale.row.document)).map((line) => [line.lineId, line]));
    const told = document.lines.filter((line) => keyOf(document, line) === key);
    for (const taken of effect.taken) {
      const line = bought.get(taken.lineId);
      if (line) add(line, taken, told.find((one) => (one.of?.lineId ?? one.lineId) === taken.lineId)?.attributes ?? {});
    }
  }
  for (const line of document.lines) if (!applied.has(keyOf(document, line) ?? '')) add(line, line, {});
  return found;
}

const keyOf = (document: NewDocument, line: DocumentLine): string | null => { const ref = line.of ?? document.of; return ref && refKey(ref); };

/**
 * The event that tells a return to the rules: once for each return, as of its own moment, with what it brought back as lines and its attributes
 * as fields. Null when nothing came back: a receipt that is given back twice brings nothing the second time.
 */
export function eventOfReturn(document: NewDocument, returnId: number, memberId: number, timeZone: string, saleOf: (key: string) => SaleRecord | undefined): NewDocument | null {
  const lines = linesBack(document, returnId, saleOf);
  const sales = [...returnedBySale(document).keys()].flatMap((key) => saleOf(key) ?? []).filter((sale) => sale.row.state !== 'awaited');
  if (lines.length === 0 && (document.lines.length > 0 || document.of !== null)) return null;
  const boughtOn = sales.map((sale) => localDate(timeZone, sale.row.document.occurredAt)).sort()[0];
  return {
    source: OWN_SOURCE, externalId: eventKeyOf(document), kind: 'event', event: RETURN_EVENT, occurredAt: document.occurredAt, pointer: { id: memberId }, totalMinor: lines.length === 0 ? document.totalMinor : sumOf(lines), lines,
    payments: [], currency: document.currency, store: document.store, till: document.till, cashier: document.cashier, channel: document.channel,
    attributes: Object.fromEntries<AttributeValue>([...Object.entries(document.attributes), ['ofPurchase', sales.length > 0], ...(boughtOn === undefined ? [] : [['daysSincePurchase', Math.max(0, daysBetween(boughtOn, localDate(timeZone, document.occurredAt)))] as const])]),
    of: { source: document.source, externalId: document.externalId },
  };
}
