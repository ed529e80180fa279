import { prorate } from '@wracam/engine/points';
import type { Instant } from '@wracam/engine/calendar';
import type { DocumentLine, NewDocument, Pointer } from '../transactions/index.ts';
import type { ReadRow, RefusedRow, SaleRow } from './sale-rows.ts';
import type { Mapping } from './mapping.ts';
import { purchases, type EarlierLines, type Purchases } from './purchases.ts';

/** A document waits this long for rows that stand further down in the file. */
const WINDOW_MS = 3_600_000;
const IDENTIFIER_KINDS = { number: 1, card: 2, externalId: 3 } as const;

/** What the file's rows came to besides documents. */
export type FileNotes = {
  refused(row: RefusedRow): void;
  /** The part of a returned row for which no earlier purchase was found: recorded, without points. */
  unmatched(row: SaleRow, amountMinor: number): void;
};

/** What a member has from before this file; asked only when this file has too little. */
export type EarlierPurchases = (member: string) => Promise<EarlierLines>;
const NOTHING_EARLIER: EarlierPurchases = async () => new Map();

type Open = { readonly rows: SaleRow[]; readonly occurredAt: Instant };

/**
 * Puts rows together into documents, in the order of their dates; the file is nearly in that order. Rows of a document that is gone already,
 * or earlier than what is gone, are refused: the file has to be sorted then.
 */
export async function* documentsOf(mapping: Mapping, source: string, rows: AsyncIterable<ReadRow>, notes: FileNotes, earlier: EarlierPurchases = NOTHING_EARLIER): AsyncGenerator<NewDocument> {
  const open = new Map<string, Open>();
  const gone = new Set<string>();
  const bought = purchases(source);
  let latest = -Infinity;
  let emitted = -Infinity;
  async function* ready(until: Instant): AsyncGenerator<NewDocument> {
    const done = [...open].filter(([, one]) => one.occurredAt < until).sort(([, a], [, b]) => a.occurredAt - b.occurredAt);
    for (const [number, one] of done) {
      open.delete(number);
      gone.add(number);
      emitted = one.occurredAt;
      yield await documentOf(mapping, one, { source, bought, earlier, notes });
    }
  }
  let swept = -Infinity;
  for await (const { row, refused } of rows) {
    if (refused) { notes.refused(refused); continue; }
    const known = open.get(row.document);
    if (known && known.rows[0]!.member === row.member && known.rows[0]!.kind === row.kind) { known.rows.push(row); continue; }
    if (known || gone.has(row.document) || row.occurredAt < emitted) {
      notes.refused({ no: row.no, document: row.document, signedMinor: row.kind === 'sale' ? row.amountMinor : -row.amountMinor, fields: [row.sku, row.name],
        reason: known ? 'the rows of this document name different members' : 'far from the other rows of its date: sort the file by date' });
      continue;
    }
    open.set(row.document, { rows: [row], occurredAt: row.occurredAt });
    latest = Math.max(latest, row.occurredAt);
    // Looking through all that waits costs; once a minute of the file's time is often enough.
    if (latest - swept >= 60_000) { swept = latest; yield* ready(latest - WINDOW_MS); }
  }
  yield* ready(Infinity);
}

type Matching = { readonly source: string; readonly bought: Purchases; readonly earlier: EarlierPurchases; readonly notes: FileNotes };

async function documentOf(mapping: Mapping, { rows, occurredAt }: Open, matching: Matching): Promise<NewDocument> {
  const { document: externalId, member, kind, attributes } = rows[0]!;
  const lines: DocumentLine[] = [];
  for (const [at, row] of rows.entries()) {
    if (kind === 'return') { lines.push(...await returnLines(mapping, row, String(at + 1), matching)); continue; }
    lines.push(lineOf(row, String(at + 1), row.quantity, row.amountMinor));
    if (member !== null) matching.bought.add(member, row.sku, externalId, at + 1, row.quantity);
  }
  const pointer: Pointer | null = member === null ? null : { kind: IDENTIFIER_KINDS[mapping.memberIdentifier], key: member };
  return {
    source: matching.source, externalId, kind, occurredAt, pointer, lines, totalMinor: lines.reduce((sum, line) => sum + line.amountMinor, 0), payments: [], currency: mapping.program.currency, store: null, till: null, cashier: null,
    channel: mapping.channel, attributes, of: null,
  };
}

const lineOf = (row: SaleRow, lineId: string, quantity: number, amountMinor: number): DocumentLine => ({
  lineId, kind: row.lineKind, sku: row.sku, name: row.name, category: '', brand: null, quantity, unit: null, amountMinor, discountMinor: 0, taxRateBps: null, attributes: {}, of: null,
});

/** A returned row as lines that each name one purchase; what nobody bought stays a line that names none. */
async function returnLines(mapping: Mapping, row: SaleRow, lineId: string, { bought, earlier, notes }: Matching): Promise<DocumentLine[]> {
  const matched = async (member: string) => {
    const enough = bought.left(member, row.sku) >= row.quantity;
    const before = enough ? [] : ((await earlier(member)).get(row.sku) ?? []).filter((line) => line.occurredAt <= row.occurredAt);
    return bought.take(member, row.sku, row.quantity, before);
  };
  const found = row.member === null || mapping.matchReturns === 'never' ? [] : await matched(row.member);
  const missing = row.quantity - found.reduce((sum, one) => sum + one.quantity, 0);
  const quantities = [...found.map((one) => one.quantity), ...(missing > 0 ? [missing] : [])];
  const amounts = prorate(row.amountMinor, quantities);
  if (missing > 0) notes.unmatched(row, amounts.at(-1)!);
  return quantities.map((quantity, at) => {
    const from = found[at];
    const line = lineOf(row, at === 0 ? lineId : `${lineId}.${at + 1}`, quantity, amounts[at]!);
    return from ? { ...line, of: { source: from.source, externalId: from.externalId, lineId: from.lineId } } : line;
  });
}
