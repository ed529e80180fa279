import { announcing } from '../../platform/act.ts';
import type { ProgramTx, Write } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { countingMembers } from '../ledger/index.ts';
import { settle, type Cause, type Settled, type Standing, type Standings } from './standings.ts';
import * as store from './store.ts';

export type SettledAll = { readonly writes: readonly Write[]; /** Whose level is another one. */ readonly changed: readonly number[] };

/**
 * What a transaction did to its members' days and levels, as a few statements in the order in which they must run: days, levels, the history of
 * changes and their announcements. The caller holds the members' locks.
 */
export async function writesOfStandings(deps: Deps, tx: ProgramTx, standings: Standings, today: number, cause: Cause): Promise<SettledAll> {
  const { id: programId, now } = tx.program;
  const all = [...standings.byMember.values()].sort((a, b) => a.memberId - b.memberId);
  const settled = all.map((standing) => settle(standings, standing, today, cause)).filter((one): one is Settled => one !== null);
  const changes = settled.flatMap(({ change }) => (change === null ? [] : [change]));
  const active = all.filter((one: Standing) => one.activityChanged);
  const fresh = all.filter((one) => !one.counted).map((one) => one.memberId);
  const ids = changes.length > 0 ? await deps.ids.take(changes.length) : [];
  return {
    changed: changes.map((change) => change.memberId),
    writes: [
      ...(active.length > 0 ? [store.savingActivity(programId, active)] : []),
      ...(fresh.length > 0 ? [countingMembers(programId, fresh)] : []),
      ...(settled.length > 0 ? [store.savingTiers(programId, settled.map(({ row }) => row))] : []),
      ...(changes.length > 0 ? [
        store.insertingChanges(programId, changes, now),
        announcing(programId, now, changes.map((change, at) => ({ id: ids[at]!, type: 'tier.changed', ref: deps.publicIds.encode('mem', change.memberId), body: { from: change.from, to: change.to, reason: change.reason, until: change.until } }))),
      ] : []),
    ],
  };
}
