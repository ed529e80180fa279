import type { Deps } from '../../platform/deps.ts';
import { sql } from '../../platform/sql.ts';
import { settleAll } from '../ledger/index.ts';
import { applyToSale } from './book-return.ts';
import { requestOf, save } from './booking.ts';
import { sumOf, type NewDocument } from './document.ts';
import { remainingNow } from './remaining.ts';
import { kindNo, stateNo } from './store.ts';
import { LIVE, openWorkspace } from './workspace.ts';

/** Sales in one transaction. */
const PAGE = 200;

export type UndoneBatch = { readonly sales: number; readonly returns: number; readonly pointsTaken: number; readonly pointsOwed: number; readonly pointsForgiven: number; /** Returns of sales that are not of this batch: they stay. */ readonly keptReturns: readonly string[] };

/**
 * Undoes the documents of an import, newest first: each sale goes back in full by a return of our own and is marked as voided, so it keeps no
 * points; its returns have nothing left to move and are marked too. Running it again goes on where it stopped.
 */
export async function undoDocuments(deps: Deps, programId: number, batchNo: number, onProgress: (sales: number) => void = () => undefined): Promise<UndoneBatch> {
  const done = { sales: 0, pointsTaken: 0, pointsOwed: 0, pointsForgiven: 0 };
  for (let before = Number.MAX_SAFE_INTEGER; ;) {
    const rows = await deps.db.readProgram(programId, (tx) => tx.rows<{ id: number; memberId: number | null }>(sql`
      select id, member_id from transaction where program_id = ${programId} and batch_no = ${batchNo} and kind <> ${kindNo('return')} and state in (${stateNo('booked')}, ${stateNo('unclaimed')}) and id < ${before} order by id desc limit ${PAGE}`));
    if (rows.length === 0) break;
    before = rows.at(-1)!.id;
    const part = await undoSales(deps, programId, batchNo, rows);
    done.sales += part.sales;
    done.pointsTaken += part.taken;
    done.pointsOwed += part.owed;
    done.pointsForgiven += part.forgiven;
    onProgress(done.sales);
  }
  return { ...done, ...await deps.db.inProgram(programId, async (tx) => {
    const returns = await tx.run(sql`update transaction t set state = ${stateNo('voided')}
      where t.program_id = ${programId} and t.batch_no = ${batchNo} and t.kind = ${kindNo('return')} and t.state in (${stateNo('booked')}, ${stateNo('parked')})
        and not exists (select from sale_return r join transaction s on s.program_id = ${programId} and s.id = r.sale_id where r.program_id = ${programId} and r.return_id = t.id and s.state <> ${stateNo('voided')})`);
    const kept = await tx.rows<{ externalId: string }>(sql`select external_id from transaction
      where program_id = ${programId} and batch_no = ${batchNo} and kind = ${kindNo('return')} and state <> ${stateNo('voided')} order by id`);
    return { returns, keptReturns: kept.map((row) => row.externalId) };
  }) };
}

async function undoSales(deps: Deps, programId: number, batchNo: number, rows: readonly { id: number; memberId: number | null }[]): Promise<{ sales: number; taken: number; owed: number; forgiven: number }> {
  const ids = await deps.ids.take(rows.length);
  return deps.db.inProgram(programId, async (tx) => {
    const work = await openWorkspace(deps, tx, [], LIVE, { saleIds: rows.map((row) => row.id), memberIds: rows.flatMap((row) => (row.memberId === null ? [] : [row.memberId])) });
    settleAll(work.set);
    const sales = new Map([...work.sales.values()].map((sale) => [sale.row.id, sale]));
    const sum = { sales: 0, taken: 0, owed: 0, forgiven: 0 };
    for (const [at, { id }] of rows.entries()) {
      const sale = sales.get(id)!;
      if (!['booked', 'unclaimed'].includes(sale.row.state)) continue; // voided meanwhile, by hand or by another who undoes it
      const totalMinor = sumOf(remainingNow(sale));
      // What is worth nothing may have earned too; of what went back already there is nothing left.
      if (totalMinor > 0 || sale.returns.length === 0) {
        const returnId = ids[at]!;
        const { source, externalId } = sale.row.document;
        const document: NewDocument = { ...sale.row.document, source: 'wracam', externalId: `undo:${batchNo}:${id}`, kind: 'return', occurredAt: tx.program.now, totalMinor, lines: [], payments: [], of: { source, externalId } };
        const request = requestOf(document, returnId);
        work.inserts.push({ id: returnId, state: 'booked', memberId: sale.row.memberId, bookedAt: tx.program.now, document, contentHash: request.contentHash, body: request.packed, decision: null, frozen: null, rulesetNo: null });
        for (const wallet of applyToSale(work, sale, document, returnId, []).wallets) {
          sum.taken += wallet.moved;
          sum.owed += wallet.owed;
          sum.forgiven += wallet.forgiven;
        }
      }
      work.states.set(id, 'voided');
      sum.sales += 1;
    }
    await save(work);
    return sum;
  });
}
