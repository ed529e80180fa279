import type { Instant } from '@wracam/engine/calendar';
import type { SaleDocument } from '@wracam/engine/facts';
import { keptDocument } from '@wracam/engine/returns';
import type { ProgramTx } from '../../platform/db.ts';
import { remainingNow } from './remaining.ts';
import { refKey, refsOf, saleDocument, type NewDocument } from './document.ts';
import { eventKeyOf } from './return-event.ts';
import { OWN_SOURCE, readMemberDocuments, returnsOf, type DocumentRow } from './store.ts';
import { isNobodys, type SaleReturn } from './decision.ts';
import type { Workspace } from './workspace.ts';

/** What stands of a member's document after its returns. `document` null: nothing of it; its points may still be there. */
export type KeptOf = {
  readonly id: number; readonly memberId: number; readonly occurredAt: Instant; readonly bookedAt: Instant; readonly document: SaleDocument | null;
  /** Points of its awards less what returns moved, by wallet. */
  readonly earned: ReadonlyMap<number, number>;
};

/** The members' sales, corrections and events since an instant (null: all), each less its returns, in the order in which they were booked. */
export async function keptDocuments(tx: ProgramTx, memberIds: readonly number[], since: Instant | null): Promise<KeptOf[]> {
  const rows = await readMemberDocuments(tx, memberIds, since);
  const returns = await returnsOf(tx, rows.map((row) => row.id));
  return rows.map((row) => keptOf(row, returns.get(row.id) ?? []));
}

/** What stands of the documents of members that booking `document` has just written or changed. */
export const keptNow = ({ sales }: Workspace, document: NewDocument): KeptOf[] => [...new Set([document, ...refsOf(document), eventOf(document)].map(refKey))].flatMap((key) => {
  const sale = sales.get(key);
  // A return stands there for corrections that name it: it is no deed of its own, as it is none where documents are read.
  return sale && sale.row.memberId !== null && sale.row.document.kind !== 'return' ? [keptOf(sale.row, sale.returns)] : [];
});

/** A return's event is booked with it. */
const eventOf = (document: NewDocument) => ({ source: OWN_SOURCE, externalId: eventKeyOf(document) });

function keptOf(row: DocumentRow, returns: SaleReturn[]): KeptOf {
  const earned = new Map<number, number>();
  const add = (walletNo: number, points: number) => earned.set(walletNo, (earned.get(walletNo) ?? 0) + points);
  for (const award of row.decision?.awards ?? []) add(award.walletNo, award.points);
  for (const { effect } of returns) for (const { walletNo, moved } of effect?.wallets ?? []) add(walletNo, -moved);
  // A correction to nothing is no purchase either.
  const nothing = row.document.kind === 'correction' && (row.document.totalMinor === 0 || isNobodys(row.document.kind, row.decision));
  const document = nothing ? null : returns.length === 0 ? saleDocument(row.document) : keptDocument(saleDocument(row.document), remainingNow({ row, returns }));
  return { id: row.id, memberId: row.memberId!, occurredAt: row.document.occurredAt, bookedAt: row.bookedAt, document, earned };
}
