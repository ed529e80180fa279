import type { Instant } from './calendar.ts';
import type { Facts, LineKind } from './facts.ts';
import type { Minor } from './points.ts';

/** A line of an earlier purchase as it stands after returns. Quantity in thousandths. */
export type PastLine = { readonly kind: LineKind; readonly sku: string; readonly category: string; readonly quantity: number };

/** A purchase of the member booked before this document, less what was returned; one returned in full is not among them. */
export type PastPurchase = { readonly occurredAt: Instant; /** Days since 1970-01-01 in the program's zone. */ readonly dayNumber: number; readonly amountMinor: Minor; readonly lines: readonly PastLine[] };

/** How far back a window may look: as far as a document may be late. */
export const WINDOW_DAYS_MAX = 800;

/** All that was ever bought. */
export const EVER = Infinity;

/**
 * Adds up over the purchases of the last `days` local dates, the document's own among them (1: the same day), that occurred no later than the
 * document. What is booked late counts from then on, as with all history.
 */
function over<T>(facts: Facts, days: number, start: T, add: (sum: T, one: PastPurchase) => T): T {
  const { document: { occurredAt }, calendar: { dayNumber }, member: { past } } = facts;
  let sum = start;
  for (const one of past) if (one.occurredAt <= occurredAt && one.dayNumber > dayNumber - days) sum = add(sum, one);
  return sum;
}

export const spentIn = (facts: Facts, days: number): Minor => over(facts, days, 0, (sum, one) => sum + one.amountMinor);
export const salesIn = (facts: Facts, days: number): number => over(facts, days, 0, (sum) => sum + 1);

/** Of goods and services; parcels and gift cards are not counted as articles. */
export const quantityIn = (facts: Facts, days: number): number => over(facts, days, 0, (sum, { lines }) => {
  for (const line of lines) if (line.kind === 'goods' || line.kind === 'service') sum += line.quantity;
  return sum;
});

/** Categories or article codes bought, each once; lines that name none are left out. */
export const boughtIn = (facts: Facts, days: number, what: 'category' | 'sku'): readonly string[] => [...over(facts, days, new Set<string>(), (seen, { lines }) => {
  for (const line of lines) if (line[what] !== '') seen.add(line[what]);
  return seen;
})];
