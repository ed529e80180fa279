import { remainingOf, type RemainingLine } from '@wracam/engine/returns';
import { saleDocument } from './document.ts';
import type { SaleRecord } from './workspace.ts';

/** What is left of a sale after the returns booked so far. */
export function remainingNow(sale: SaleRecord): RemainingLine[] {
  const left = new Map(remainingOf(saleDocument(sale.row.document)).map((line) => [line.lineId, { ...line }]));
  for (const one of sale.returns) for (const taken of one.effect?.taken ?? []) {
    const line = left.get(taken.lineId);
    if (line) left.set(taken.lineId, { ...line, quantity: line.quantity - taken.quantity, amountMinor: line.amountMinor - taken.amountMinor });
  }
  return [...left.values()];
}
