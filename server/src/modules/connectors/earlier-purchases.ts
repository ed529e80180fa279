import type { Deps } from '../../platform/deps.ts';
import { findMembersByKeys, IDENTIFIERS, keyText } from '../members/index.ts';
import { hasOtherSales, keptLines } from '../transactions/index.ts';
import type { EarlierPurchases } from './file-documents.ts';
import type { Mapping } from './mapping.ts';
import type { EarlierLine } from './purchases.ts';

/**
 * What members have from sales that earlier files brought: their returns may stand in this one. A member's lines are read once, at the first
 * return that needs them, and what this file returns is then taken off here, so that no two rows get the same piece. Documents of this very
 * batch count as not there: a load that was cut off matches the same lines when it runs again.
 */
export async function earlierPurchases(deps: Deps, programId: number, mapping: Mapping, { sources, batchNo }: { sources: readonly string[]; batchNo: number }): Promise<EarlierPurchases> {
  const none = new Map<string, EarlierLine[]>();
  if (mapping.matchReturns === 'never' || !await deps.db.readProgram(programId, (tx) => hasOtherSales(tx, sources, batchNo))) return async () => none;
  const known = new Map<string, Map<string, EarlierLine[]>>();
  return async (member) => {
    let lines = known.get(member);
    if (!lines) known.set(member, lines = await readLines(member));
    return lines;
  };

  async function readLines(member: string): Promise<Map<string, EarlierLine[]>> {
    const key = { kind: IDENTIFIERS[mapping.memberIdentifier], key: member };
    const bySku = new Map<string, EarlierLine[]>();
    const found = await deps.db.readProgram(programId, async (tx) => {
      const memberId = (await findMembersByKeys(tx, programId, [key])).get(keyText(key));
      return memberId === undefined ? [] : keptLines(tx, memberId, sources, batchNo);
    });
    for (const { sku, ...line } of found) {
      const list = bySku.get(sku);
      if (list) list.push(line); else bySku.set(sku, [line]);
    }
    return bySku;
  }
}
