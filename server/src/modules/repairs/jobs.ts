import { DatabaseAway, type ProgramTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import type { JobHandlers } from '../../platform/jobs.ts';
import { membersWithGrants } from '../earning/index.ts';
import { settleAllOf } from '../goals/index.ts';
import { repairPlanOf, runWatched } from '../replay/index.ts';
import { membersToRepair, planRepaired } from '../transactions/index.ts';
import { BOOK, COUNT, UNDO } from './actions.ts';
import { bookPage, undoPage } from './book.ts';
import { effectsOf } from './effects.ts';
import { planGrants } from './grants.ts';
import { insertEffects } from './effects-store.ts';
import * as store from './store.ts';

/** Differences in one statement. */
const ENTRIES_AT_ONCE = 10_000;
/** Members in one transaction: their locks are held as long as it takes. */
const MEMBERS = 200;

// Whoever moves a test clock does not wait for these; workers do them in test programs too.
export const repairJobs: JobHandlers = {
  [COUNT]: { outward: true, run: async (deps, job) => { await count(deps, job.programId, job.ref); return null; } },
  [BOOK]: { outward: true, run: async (deps, job) => { await takeStep(deps, job.programId, job.ref, 'booking'); return null; } },
  [UNDO]: { outward: true, run: async (deps, job) => { await takeStep(deps, job.programId, job.ref, 'undoing'); return null; } },
};

/** Counts a repair to its end, whichever that is. A database that is away leaves it for the next try. */
async function count(deps: Deps, programId: number, id: number): Promise<void> {
  const row = await deps.db.inProgram(programId, async (tx) => (await store.startCounting(tx, id) ? store.findRepair(tx, id) : null));
  if (!row) return;
  try {
    const plan = await deps.db.readProgram(programId, async (tx) => repairPlanOf(tx, [...await store.bookedRepairs(tx), row].map(({ fromOn, untilOn, ruleId, definition }) => ({ from: fromOn, until: untilOn, ruleId, definition }))));
    const result = await runWatched(deps, plan, (done, total) => deps.db.inProgram(programId, (tx) => store.saveProgress(tx, id, done, total)));
    if (result === null) return;
    await deps.db.inProgram(programId, async (tx) => {
      const { documents, difference, accounts, days, grants, leftOut } = result;
      const effects = leftOut === null ? [] : await effectsOf(deps, tx, days);
      if (!await store.endCounting(tx, id, 'ready', { documents, checked: difference.checked, differing: difference.documents, first: difference.first, leftOut })) return;
      for (let at = 0; at < accounts.length; at += ENTRIES_AT_ONCE) await store.insertEntries(tx, id, at, accounts.slice(at, at + ENTRIES_AT_ONCE));
      for (let at = 0; at < days.length; at += ENTRIES_AT_ONCE) await planRepaired(tx, id, days.slice(at, at + ENTRIES_AT_ONCE));
      if (leftOut !== null) await planGrants(tx, row, grants, new Set(leftOut.map((one) => one.memberId)));
      for (let at = 0; at < effects.length; at += ENTRIES_AT_ONCE) await insertEffects(tx, id, at, effects.slice(at, at + ENTRIES_AT_ONCE));
    });
  } catch (error) {
    if (error instanceof DatabaseAway) throw error;
    deps.log.error({ programId, repair: id, error: error instanceof Error ? error.message : String(error) }, 'a repair could not be counted');
    await deps.db.inProgram(programId, (tx) => store.endCounting(tx, id, 'failed', null));
  }
}

/** Books or undoes what is left of a repair, a page of members in one commit: a worker that died is followed by another that goes on there. */
async function takeStep(deps: Deps, programId: number, id: number, step: 'booking' | 'undoing'): Promise<void> {
  const repair = await deps.db.readProgram(programId, (tx) => store.findRepair(tx, id));
  if (repair?.state !== step) return;
  for (let after = 0; ;) {
    const memberIds = await deps.db.readProgram(programId, (tx) => membersLeft(tx, id, step, after));
    if (memberIds.length === 0) break;
    after = memberIds.at(-1)!;
    await deps.db.inProgram(programId, (tx) => (step === 'booking' ? bookPage(deps, tx, repair, memberIds) : undoPage(deps, tx, repair, memberIds)));
    // Whoever dies here is followed by the job that counts touched members.
    await settleAllOf(deps, programId, memberIds);
  }
  await deps.db.inProgram(programId, (tx) => store.endStep(tx, id, step, step === 'booking' ? 'booked' : 'undone'));
}

/** Members with whom a step has still to do, by id: by their accounts, by the days that levels and thresholds count, or by what rules gave besides points. */
async function membersLeft(tx: ProgramTx, id: number, step: 'booking' | 'undoing', after: number): Promise<number[]> {
  const ids = new Set([...await store.membersLeft(tx, id, step, after, MEMBERS), ...await membersToRepair(tx, id, step === 'booking' ? 'stand' : 'lift', after, MEMBERS), ...await membersWithGrants(tx, id, step === 'booking' ? 'stand' : 'lift', after, MEMBERS)]);
  return [...ids].sort((a, b) => a - b).slice(0, MEMBERS);
}
