import type { Instant } from '@wracam/engine/calendar';
import { int8Array } from '../../../platform/binary-arrays.ts';
import type { ProgramTx } from '../../../platform/db.ts';
import { sql } from '../../../platform/sql.ts';
import { COLUMNS, kindNo, rowOf, type Columns } from '../store.ts';

export { rowOf };
/** A document's row as the database gives it: `rowOf` unpacks it, on whatever thread that is. */
export type RawDocument = Columns;
/** Where a document stands in time: `turn` tells which of one instant was booked first, and is mostly the id. */
export type DocumentPlace = { readonly id: number; readonly bookedAt: Instant; readonly turn: number };

/** Places of all documents but those that only keep a place for a sale, by id; nothing is locked. */
export async function documentIndex(tx: ProgramTx, afterId: number, limit: number): Promise<DocumentPlace[]> {
  const { rows } = await tx.hot('document_index', 'select id, booked_at, coalesce(filled_as, id) from transaction where program_id = $1 and id > $2 and state <> 5 order by id limit $3', [tx.program.id, afterId, limit]);
  return (rows as [number, Instant, number][]).map(([id, bookedAt, turn]) => ({ id, bookedAt, turn }));
}

/** Rows of these documents in no order, packed as they are stored. */
export async function documentRows(tx: ProgramTx, ids: readonly number[]): Promise<RawDocument[]> {
  if (ids.length === 0) return [];
  const { rows } = await tx.hot('document_rows', `select ${COLUMNS} from transaction where program_id = $1 and id = any($2::int8[])`, [tx.program.id, int8Array(ids)]);
  return rows as RawDocument[];
}

/** Sales that returns and corrections refer to, by id. */
export const referredSales = async (tx: ProgramTx, afterId: number, limit: number): Promise<number[]> => (await tx.rows<{ saleId: number }>(sql`
  select distinct sale_id from sale_return where program_id = ${tx.program.id} and sale_id > ${afterId} order by sale_id limit ${limit}`)).map((row) => row.saleId);

/** Documents that were booked after an instant: returns of purchases of a stretch of time, and purchases of it that came late. */
export const cameSince = async (tx: ProgramTx, bookedAfter: Instant, from: Instant, until: Instant): Promise<{ returned: number; late: number }> => (await tx.maybe<{ returned: number; late: number }>(sql`
  select (count(*) filter (where exists (select 1 from sale_return r join transaction s on s.program_id = ${tx.program.id} and s.id = r.sale_id
      where r.program_id = ${tx.program.id} and r.return_id = t.id and r.applied and s.occurred_at >= ${new Date(from)} and s.occurred_at < ${new Date(until)})))::int8 as returned,
    (count(*) filter (where t.kind <> ${kindNo('return')} and t.ruleset_no is not null and t.occurred_at < ${new Date(until)}))::int8 as late
  from transaction t where t.program_id = ${tx.program.id} and t.occurred_at >= ${new Date(from)} and t.booked_at > ${new Date(bookedAfter)}`))!;
