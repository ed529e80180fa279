import type { Instant } from '@wracam/engine/calendar';
import type { ProgramTx } from '../../platform/db.ts';
import { int8Array, textArray } from '../../platform/binary-arrays.ts';
import type { ReturnEffect } from './decision.ts';
import { readDocuments } from './store.ts';

/** A line of a booked sale that its member still has, or a part of it. Quantity in thousandths. */
export type KeptLine = { readonly source: string; readonly externalId: string; readonly lineId: string; readonly sku: string; readonly occurredAt: Instant; readonly left: number };

/**
 * What a member still has of sales from these sources, newest first. Documents of `exceptBatch` count as not there,
 * so that a load that is run again sees what its first run saw.
 */
export async function keptLines(tx: ProgramTx, memberId: number, sources: readonly string[], exceptBatch: number): Promise<KeptLine[]> {
  const { rows } = await tx.hot('sales_of_member', `select id from transaction where program_id = $1 and member_id = $2 and kind = 1 and state = 1 and source = any($3::text[]) and batch_no is distinct from $4`,
    [tx.program.id, memberId, textArray([...sources]), exceptBatch]);
  const sales = (await readDocuments(tx, (rows as [number][]).map(([id]) => id))).sort((a, b) => b.document.occurredAt - a.document.occurredAt || b.id - a.id);
  const { rows: returns } = await tx.hot('returns_of_others', `select r.sale_id, r.details from sale_return r join transaction t on t.program_id = r.program_id and t.id = r.return_id
    where r.program_id = $1 and r.sale_id = any($2::int8[]) and r.applied and t.batch_no is distinct from $3`, [tx.program.id, int8Array(sales.map((sale) => sale.id)), exceptBatch]);
  const taken = new Map<string, number>();
  for (const [saleId, { taken: lines }] of returns as [number, ReturnEffect][]) for (const line of lines) taken.set(`${saleId}:${line.lineId}`, (taken.get(`${saleId}:${line.lineId}`) ?? 0) + line.quantity);
  return sales.flatMap(({ id, document: { source, externalId, occurredAt, lines } }) => lines.toReversed().flatMap(({ lineId, sku, quantity }) => {
    const left = quantity - (taken.get(`${id}:${lineId}`) ?? 0);
    return left > 0 ? [{ source, externalId, lineId, sku, occurredAt, left }] : [];
  }));
}

/** Is there any sale from these sources besides those of a batch: only then is looking for one worth a question. */
export const hasOtherSales = async (tx: ProgramTx, sources: readonly string[], exceptBatch: number): Promise<boolean> =>
  (await tx.hot('has_other_sales', 'select 1 from transaction where program_id = $1 and source = any($2::text[]) and kind = 1 and batch_no is distinct from $3 limit 1', [tx.program.id, textArray([...sources]), exceptBatch])).rows.length > 0;
