import { addDays, dayNumberOf, localDate, startOfLocalDay, type Instant } from '@wracam/engine/calendar';
import type { PastPurchase } from '@wracam/engine/past';
import type { CompiledRuleset } from '@wracam/engine/rules';
import { isNobodys } from './decision.ts';
import { refKey, sumOf } from './document.ts';
import { remainingNow } from './remaining.ts';
import * as store from './store.ts';
import type { SaleRecord, Workspace } from './workspace.ts';

/** Earlier sales of members by the sale's key; empty unless a ruleset in use looks back. */
export type PastSales = Map<number, Map<string, SaleRecord>>;

/** Reads, under the members' locks, the documents that rules of these rulesets look back at. Called only when one does. */
export async function readPast(work: Workspace, used: readonly Pick<CompiledRuleset, 'pastDays'>[], instants: readonly Instant[]): Promise<void> {
  const days = used.reduce((most, one) => Math.max(most, one.pastDays), 0);
  const { timeZone } = work.tx.program;
  const first = instants.reduce((least, one) => Math.min(least, one), Infinity);
  const last = instants.reduce((most, one) => Math.max(most, one), 0);
  const from = days === Infinity ? 0 : startOfLocalDay(timeZone, addDays(localDate(timeZone, first), 1 - days));
  const rows = await store.purchasesBetween(work.tx, [...work.set.members.keys()], from, last + 1);
  const returns = await store.returnsOf(work.tx, rows.map((row) => row.id));
  for (const row of rows) {
    const own = work.past.get(row.memberId!) ?? new Map<string, SaleRecord>();
    own.set(refKey(row.document), { row, returns: returns.get(row.id) ?? [] });
    work.past.set(row.memberId!, own);
  }
}

/** What the member bought before, with what this very transaction has booked, returned and corrected so far. */
export function pastOf(work: Workspace, memberId: number): PastPurchase[] {
  const sales = new Map(work.past.get(memberId));
  // A record in hand is newer than the one that was read; one that went to another member is theirs.
  for (const [key, sale] of work.sales) if (sales.has(key) || sale.row.memberId === memberId) sales.set(key, sale);
  return [...sales.values()].flatMap((sale) => (sale.row.memberId === memberId ? purchaseOf(sale, work.tx.program.timeZone) : []));
}

function purchaseOf(sale: SaleRecord, timeZone: string): PastPurchase[] {
  const { state, document, decision } = sale.row;
  const counts = document.kind === 'sale' || (document.kind === 'correction' && document.totalMinor > 0 && !isNobodys(document.kind, decision));
  if (state !== 'booked' || !counts) return [];
  const left = remainingNow(sale);
  const taken = sale.returns.reduce((sum, one) => sum + sumOf(one.effect?.taken ?? []), 0);
  // A gift for nothing was a purchase; what came back in full was not.
  if (taken > 0 && sumOf(left) === 0) return [];
  const kept = new Map(left.map((line) => [line.lineId, line]));
  const lines = document.lines.flatMap(({ lineId, kind, sku, category }) => {
    const line = kept.get(lineId);
    return line === undefined || (line.quantity <= 0 && line.amountMinor <= 0) ? [] : [{ kind, sku, category, quantity: line.quantity }];
  });
  return [{ occurredAt: document.occurredAt, dayNumber: dayNumberOf(localDate(timeZone, document.occurredAt)), amountMinor: document.totalMinor - taken, lines }];
}
