import type { Instant } from '@wracam/engine/calendar';

/** A line that somebody bought, with the part of it that was returned now. Quantity in thousandths. */
export type Taken = { readonly source: string; readonly externalId: string; readonly lineId: string; readonly quantity: number };
/** A line that a member still has from before this file. */
export type EarlierLine = { readonly source: string; readonly externalId: string; readonly lineId: string; readonly occurredAt: Instant; left: number };
/** By article, newest first. */
export type EarlierLines = ReadonlyMap<string, readonly EarlierLine[]>;

export type Purchases = {
  add(member: string, sku: string, externalId: string, line: number, quantity: number): void;
  /** Takes up to `quantity` of the article from what the member bought, newest first: this file's lines, then `earlier` ones. */
  take(member: string, sku: string, quantity: number, earlier: readonly EarlierLine[]): Taken[];
  /** How much of the article the member still has from this file. */
  left(member: string, sku: string): number;
};

const FIRST_LINES = 1024;
const GROWTH = 1.25;
/** Of one line, beside what is left of it: the line of the same article before it (0: none), its document, its number there. */
const FIELDS = 3;
const [BEFORE, DOCUMENT, LINE] = [0, 1, 2] as const;

/**
 * What each member bought of each article in this file and still has. A file has half a million lines and more, so a line is four numbers and
 * not an object: they are most of what a load keeps in memory.
 */
export function purchases(source: string): Purchases {
  let places = new Int32Array(FIELDS * FIRST_LINES);
  let quantities = new Float64Array(FIRST_LINES);
  let count = 1; // 0 is "none"
  const documents: string[] = [];
  const articles = new Map<string, number>();
  const newest = new Map<string, Map<number, number>>();
  const articleOf = (sku: string) => articles.get(sku) ?? 0;
  const at = (line: number, field: number) => places[line * FIELDS + field]!;
  const grow = () => {
    const [fewer, less] = [places, quantities];
    quantities = new Float64Array(Math.ceil(less.length * GROWTH));
    places = new Int32Array(quantities.length * FIELDS);
    places.set(fewer);
    quantities.set(less);
  };
  return {
    add(member, sku, externalId, line, quantity) {
      if (documents.at(-1) !== externalId) documents.push(externalId);
      let article = articles.get(sku);
      if (article === undefined) articles.set(sku, article = articles.size + 1);
      let own = newest.get(member);
      if (!own) newest.set(member, own = new Map());
      if (count === quantities.length) grow();
      places.set([own.get(article) ?? 0, documents.length - 1, line], count * FIELDS);
      quantities[count] = quantity;
      own.set(article, count);
      count += 1;
    },
    take(member, sku, quantity, earlier) {
      const found: Taken[] = [];
      let wanted = quantity;
      const own = newest.get(member);
      for (let line = own?.get(articleOf(sku)) ?? 0; wanted > 0 && line > 0; line = at(line, BEFORE)) {
        const part = Math.min(quantities[line]!, wanted);
        found.push({ source, externalId: documents[at(line, DOCUMENT)]!, lineId: String(at(line, LINE)), quantity: part });
        wanted -= part;
        quantities[line]! -= part;
        if (quantities[line] === 0) own!.set(articleOf(sku), at(line, BEFORE));
      }
      for (const line of earlier) {
        const part = Math.min(line.left, wanted);
        if (part === 0) continue;
        found.push({ source: line.source, externalId: line.externalId, lineId: line.lineId, quantity: part });
        wanted -= part;
        line.left -= part;
      }
      return found;
    },
    left(member, sku) {
      let sum = 0;
      for (let line = newest.get(member)?.get(articleOf(sku)) ?? 0; line > 0; line = at(line, BEFORE)) sum += quantities[line]!;
      return sum;
    },
  };
}
