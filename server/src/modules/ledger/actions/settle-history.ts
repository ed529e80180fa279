import type { Instant } from '@wracam/engine/calendar';
import type { ProgramTx } from '../../../platform/db.ts';
import type { Deps } from '../../../platform/deps.ts';
import { loadAccounts, loadLots, lockMembers, saveWorkingSet } from '../store.ts';
import { membersDueBetween } from '../store/due-lots.ts';
import { newWorkingSet, settleInTurn } from '../working-set.ts';

/** Members in one transaction. */
const BATCH = 500;

/** Is anything due after `from` and not later than `until`. Cheap: it looks at the lots of that stretch alone. */
export const isDueBetween = (deps: Deps, programId: number, from: Instant, until: Instant): Promise<boolean> =>
  deps.db.readProgram(programId, async (tx) => (await membersDueBetween(tx, from, until, 1)).length > 0);

/**
 * Books maturities and expiries that fell due in a stretch of history, each at its own instant, as the nightly work would have done at the
 * time. Nothing else may book for these members meanwhile with an earlier now. Returns how many members it touched.
 */
export async function settleBetween(deps: Deps, programId: number, from: Instant, until: Instant): Promise<number> {
  const ids = await deps.db.readProgram(programId, (tx) => membersDueBetween(tx, from, until, null));
  for (let at = 0; at < ids.length; at += BATCH) await deps.db.inProgram(programId, (tx) => settleAtTheirTime(tx, ids.slice(at, at + BATCH), until));
  return ids.length;
}

async function settleAtTheirTime(tx: ProgramTx, memberIds: readonly number[], until: Instant): Promise<void> {
  const set = newWorkingSet(tx.program.id, tx.program.purgeable, until);
  await lockMembers(tx, set, memberIds);
  await loadAccounts(tx, set, memberIds);
  await loadLots(tx, tx.program.id, [...set.accounts.values()].filter((account) => account.nextDueAt !== null && account.nextDueAt <= until));
  for (const account of set.accounts.values()) settleInTurn(set, account);
  await saveWorkingSet(tx, set);
}
