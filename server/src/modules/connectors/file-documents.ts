import { prorate } from '@wracam/engine/points';
import type { Instant } from '@wracam/engine/calendar';
import type { DocumentLine, NewDocument, Pointer } from '../transactions/index.ts';
import type { ReadRow, RefusedRow, SaleRow } from './sale-rows.ts';
import type { Mapping } from './mapping.ts';

/** A document waits this long for rows that stand further down in the file. */
const WINDOW_MS = 3_600_000;
const IDENTIFIER_KINDS = { number: 1, card: 2, externalId: 3 } as const;

/** What the file's rows came to besides documents. */
export type FileNotes = {
  refused(row: RefusedRow): void;
  /** The part of a returned row for which no earlier purchase was found: recorded, without points. */
  unmatched(row: SaleRow, amountMinor: number): void;
};

type Open = { readonly rows: SaleRow[]; readonly occurredAt: Instant };

/**
 * Puts rows together into documents, in the order of their dates; the file is nearly in that order. Rows of a document that is gone already,
 * or earlier than what is gone, are refused: the file has to be sorted then.
 */
export async function* documentsOf(mapping: Mapping, source: string, rows: AsyncIterable<ReadRow>, notes: FileNotes): AsyncGenerator<NewDocument> {
  const open = new Map<string, Open>();
  const gone = new Set<string>();
  const lines = purchases();
  let latest = -Infinity;
  let emitted = -Infinity;
  function* ready(until: Instant): Generator<NewDocument> {
    const done = [...open].filter(([, one]) => one.occurredAt < until).sort(([, a], [, b]) => a.occurredAt - b.occurredAt);
    for (const [number, one] of done) {
      open.delete(number);
      gone.add(number);
      emitted = one.occurredAt;
      yield documentOf(mapping, source, one, lines, notes);
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

function documentOf(mapping: Mapping, source: string, { rows, occurredAt }: Open, bought: Purchases, notes: FileNotes): NewDocument {
  const [first] = rows;
  const { document: externalId, member, kind, attributes } = first!;
  const lines = rows.flatMap((row, at) => (kind === 'return' ? returnLines(mapping, source, row, String(at + 1), bought, notes) : [lineOf(row, String(at + 1), row.quantity, row.amountMinor)]));
  if (kind === 'sale' && member !== null) for (const line of lines) bought.add(member, line.sku, { externalId, lineId: line.lineId, left: line.quantity });
  const pointer: Pointer | null = member === null ? null : { kind: IDENTIFIER_KINDS[mapping.memberIdentifier], key: member };
  return {
    source, externalId, kind, occurredAt, pointer, lines, totalMinor: lines.reduce((sum, line) => sum + line.amountMinor, 0), payments: [], currency: mapping.program.currency, store: null, till: null, cashier: null,
    channel: mapping.channel, attributes, of: null,
  };
}

const lineOf = (row: SaleRow, lineId: string, quantity: number, amountMinor: number): DocumentLine => ({
  lineId, kind: row.lineKind, sku: row.sku, name: row.name, category: '', brand: null, quantity, unit: null, amountMinor, discountMinor: 0, taxRateBps: null, attributes: {}, of: null,
});

/** A returned row as lines that each name one purchase; what nobody bought stays a line that names none. */
function returnLines(mapping: Mapping, source: string, row: SaleRow, lineId: string, bought: Purchases, notes: FileNotes): DocumentLine[] {
  const found = row.member === null || mapping.matchReturns === 'never' ? [] : bought.take(row.member, row.sku, row.quantity);
  const missing = row.quantity - found.reduce((sum, one) => sum + one.quantity, 0);
  const quantities = [...found.map((one) => one.quantity), ...(missing > 0 ? [missing] : [])];
  const amounts = prorate(row.amountMinor, quantities);
  if (missing > 0) notes.unmatched(row, amounts.at(-1)!);
  return quantities.map((quantity, at) => {
    const from = found[at];
    const line = lineOf(row, at === 0 ? lineId : `${lineId}.${at + 1}`, quantity, amounts[at]!);
    return from ? { ...line, of: { source, externalId: from.externalId, lineId: from.lineId } } : line;
  });
}

type Purchase = { readonly externalId: string; readonly lineId: string; left: number };
type Purchases = { add(member: string, sku: string, purchase: Purchase): void; take(member: string, sku: string, quantity: number): { externalId: string; lineId: string; quantity: number }[] };

/** What each member bought of each article and still has. */
function purchases(): Purchases {
  const all = new Map<string, Purchase[]>();
  const keyOf = (member: string, sku: string) => `${member}\u0000${sku}`;
  return {
    add(member, sku, purchase) {
      const list = all.get(keyOf(member, sku));
      if (list) list.push(purchase); else all.set(keyOf(member, sku), [purchase]);
    },
    take(member, sku, quantity) {
      const list = all.get(keyOf(member, sku)) ?? [];
      const found: { externalId: string; lineId: string; quantity: number }[] = [];
      let wanted = quantity;
      while (wanted > 0 && list.length > 0) {
        const newest = list.at(-1)!;
        const part = Math.min(newest.left, wanted);
        found.push({ externalId: newest.externalId, lineId: newest.lineId, quantity: part });
        newest.left -= part;
        wanted -= part;
        if (newest.left === 0) list.pop();
      }
      return found;
    },
  };
}
