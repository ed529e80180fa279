import { refKey, type DocumentRef, type NewDocument } from './document.ts';
import type { SaleReturn } from './decision.ts';
import type { SaleRecord, Workspace } from './workspace.ts';

/** Keeps a place for a sale that is not there yet, under the sale's own key: its arrival meets the place and fills it. */
export function park(work: Workspace, ref: DocumentRef, returnId: number): void {
  let place = work.sales.get(refKey(ref));
  if (!place) {
    const id = Math.min(0, ...work.inserts.map((one) => one.id)) - 1; // given its own id when it is written, or the sale's when that comes before
    const row = { id, state: 'awaited' as const, memberId: null, bookedAt: work.set.book.now, rulesetNo: null };
    const document: NewDocument = { ...ref, kind: 'sale', occurredAt: work.set.book.now, pointer: null, totalMinor: 0, lines: [], payments: [], currency: '', store: null, till: null, cashier: null, channel: null, attributes: {}, of: null };
    place = { row: { ...row, document, decision: null, frozen: null }, returns: [] };
    work.sales.set(refKey(ref), place);
    work.inserts.push({ ...row, document, contentHash: Buffer.alloc(0), body: Buffer.alloc(0), decision: null, frozen: null });
    work.seen.set(refKey(ref), { ...ref, id, state: 'awaited', memberId: null, contentHash: Buffer.alloc(0) });
  }
  place.returns.push({ returnId, applied: false, effect: null });
  work.returns.set(`${place.row.id}:${returnId}`, { saleId: place.row.id, returnId, effect: null });
}

/** A document that comes in the same batch as the one that kept a place for it takes the place away and has an id of its own. */
export function takePlace(work: Workspace, place: SaleRecord, id: number): void {
  work.inserts.splice(work.inserts.findIndex((row) => row.id === place.row.id), 1);
  for (const { returnId } of place.returns) {
    work.returns.delete(`${place.row.id}:${returnId}`);
    work.returns.set(`${id}:${returnId}`, { saleId: id, returnId, effect: null });
  }
}

/** Documents that waited for one sale, in the turn in which they change it: what a correction names comes before the correction, which may have been sent first. */
export function inTurn({ waiting }: Pick<Workspace, 'waiting'>, late: readonly SaleReturn[]): readonly SaleReturn[] {
  if (late.length < 2) return late;
  const keys = new Map(late.map((one) => [refKey(waiting.get(one.returnId)!.document), one]));
  const ordered = new Set<SaleReturn>();
  const add = (one: SaleReturn): void => {
    const { kind, of } = waiting.get(one.returnId)!.document;
    const named = kind === 'correction' && of !== null ? keys.get(refKey(of)) : undefined;
    if (named && named !== one && !ordered.has(named)) add(named);
    ordered.add(one);
  };
  late.forEach(add);
  return [...ordered];
}
