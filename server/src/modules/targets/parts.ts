import { startOfLocalDay } from '@wracam/engine/calendar';
import { countTarget } from '@wracam/engine/targets/count';
import type { TargetPeriod } from '@wracam/engine/targets/period';
import type { ProgramTx } from '../../platform/db.ts';
import { keptDocuments } from '../transactions/index.ts';
import { knownParts, saveParts, type PartRow } from './parts-store.ts';
import type { RunningTarget } from './running.ts';

/** By member and period: what a member's documents add to a target. */
export type Parts = Map<number, Map<number, number>>;

/** Members whose documents are in memory at a time. */
const READ = 200;

/** Each member's part of a target, by period, added up from what the documents are at this instant. */
export async function partsOf(tx: ProgramTx, target: RunningTarget, memberIds: readonly number[], periods: readonly TargetPeriod[]): Promise<Parts> {
  const parts: Parts = new Map();
  if (periods.length === 0) return parts;
  const { timeZone } = tx.program;
  const since = startOfLocalDay(timeZone, periods.reduce((first, one) => (one.from < first ? one.from : first), periods[0]!.from));
  for (let at = 0; at < memberIds.length; at += READ) {
    const ids = memberIds.slice(at, at + READ);
    const documents = new Map<number, { document: NonNullable<Awaited<ReturnType<typeof keptDocuments>>[number]['document']> }[]>(ids.map((id) => [id, []]));
    for (const { memberId, document } of await keptDocuments(tx, ids, since)) if (document !== null) documents.get(memberId)?.push({ document });
    for (const [memberId, own] of documents) parts.set(memberId, countTarget(target.compiled, timeZone, own));
  }
  return parts;
}

/**
 * The same, but only members of `changed` are added up anew (null: everybody), and who was never counted in one of the open periods or by these
 * sets of articles. Others have the part of their last count: whoever changes a member's documents leaves a note of the member. Under the target's lock.
 */
export async function countParts(tx: ProgramTx, target: RunningTarget, memberIds: readonly number[], changed: ReadonlySet<number> | null): Promise<Parts> {
  const nos = target.open.map((period) => period.no);
  const known: Parts = new Map();
  for (const { memberId, period, value } of await knownParts(tx, target.id, nos, target.sets, memberIds)) {
    const own = known.get(memberId) ?? new Map<number, number>();
    known.set(memberId, own.set(period, value));
  }
  const again = memberIds.filter((id) => changed === null || changed.has(id) || known.get(id)?.size !== nos.length);
  const counted = await partsOf(tx, target, again, target.open);
  await saveParts(tx, target.id, target.sets, [...counted].flatMap(([memberId, parts]) => nos.flatMap((period): PartRow[] => {
    const value = parts.get(period) ?? 0;
    return known.get(memberId)?.get(period) === value ? [] : [{ memberId, period, value }];
  })));
  return new Map([...known, ...counted]);
}
