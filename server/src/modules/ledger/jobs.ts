import type { Instant } from '@wracam/engine/calendar';
import type { ProgramTx } from '../../platform/db.ts';
import { audit } from '../../platform/act.ts';
import { systemCtx, type Deps } from '../../platform/deps.ts';
import { dailyDue, nextToCome, scheduleDaily, type Job, type JobHandlers, type NextJob } from '../../platform/jobs.ts';
import { releaseExpired } from './actions/holds.ts';
import { verifyProgram, type Verification } from './jobs/verify.ts';
import { loadAccounts, loadLots, lockMembers, saveWorkingSet } from './store.ts';
import { scheduleNotices } from './notices.ts';
import { membersWithDueLots, suspend } from './store/audit.ts';
import { HOLD_EXPIRY } from './store/holds.ts';
import { newWorkingSet, settleAll } from './working-set.ts';

const EXPIRY = 'ledger.expire';
const AUDIT = 'ledger.audit';
const AUDIT_HOUR = 3;
/** Members in one transaction: large enough to be fast, small enough that a till waits milliseconds for a lock. */
const EXPIRY_BATCH = 500;
/** How far behind its last run the nightly expiry looks again: nothing is lost when a run was cut off. */
const LOOK_BACK_MS = 3 * 86_400_000;

/** Starts the ledger's nightly work of a new program: expiry just after local midnight, the auditor at three. */
export async function scheduleProgramJobs(tx: ProgramTx): Promise<void> {
  await scheduleDaily(tx, EXPIRY, 0);
  await scheduleDaily(tx, AUDIT, AUDIT_HOUR);
}

/**
 * Books every maturity and expiry that is due; `since` spares looking at lots that an earlier run has seen (null: all, after history was
 * loaded). A member whose batch fails is tried alone, so that one member's fault never keeps others' points. Returns members seen and failed.
 */
export async function expireDue(deps: Deps, programId: number, since: Instant | null = null): Promise<{ members: number; failed: number }> {
  const ids = await deps.db.readProgram(programId, (tx) => membersWithDueLots(tx, since));
  return { members: ids.length, failed: await settleInBatches(deps, programId, ids) };
}

/** Books what is due of these members; returns how many could not be. */
async function settleInBatches(deps: Deps, programId: number, ids: readonly number[]): Promise<number> {
  let failed = 0;
  for (let at = 0; at < ids.length; at += EXPIRY_BATCH) {
    const batch = ids.slice(at, at + EXPIRY_BATCH);
    try {
      await settleMembers(deps, programId, batch);
    } catch {
      for (const id of batch) {
        await settleMembers(deps, programId, [id]).catch((error: unknown) => {
          failed += 1;
          deps.log.error({ programId, memberId: id, error: error instanceof Error ? error.message : String(error) }, 'a member’s due points could not be booked');
        });
      }
    }
  }
  return failed;
}

const settleMembers = (deps: Deps, programId: number, memberIds: readonly number[]) => deps.db.inProgram(programId, async (tx) => {
  const set = newWorkingSet(programId, tx.program.purgeable, tx.program.now);
  await lockMembers(tx, set, memberIds);
  await loadAccounts(tx, set, memberIds);
  await loadLots(tx, programId, [...set.accounts.values()].filter((account) => account.nextDueAt !== null && account.nextDueAt <= tx.program.now));
  settleAll(set);
  await saveWorkingSet(tx, set);
});

/** The nightly auditor: proves the ledger and stops spending where figures disagree. Repairs nothing. */
export async function auditProgram(deps: Deps, programId: number): Promise<Verification> {
  const result = await verifyProgram(deps.db, programId);
  for (const difference of result.differences) {
    deps.log.error({ programId, memberId: difference.memberId, walletNo: difference.walletNo, details: difference.details }, 'the ledger disagrees with itself: spending is stopped for this member');
    await deps.db.inProgram(programId, async (tx) => {
      if (await suspend(tx, difference, difference.details)) await audit(deps, tx, systemCtx(programId), 'member.suspended', deps.publicIds.encode('mem', difference.memberId), { found: difference.details });
    });
  }
  return result;
}

const nightly = (hour: number) => (timeZone: string, ref: number) => dailyDue(timeZone, ref + 1, hour);
const tomorrow = (deps: Deps, job: Job, hour: number): Promise<NextJob> => deps.db.readProgram(job.programId, async ({ program }) => nextToCome(nightly(hour), program.timeZone, job));

export const ledgerJobs: JobHandlers = {
  [EXPIRY]: {
    run: async (deps, job) => {
      const { ids, next } = await deps.db.readProgram(job.programId, async (tx) => ({
        ids: await membersWithDueLots(tx, dailyDue(tx.program.timeZone, job.ref, 0).dueAt - LOOK_BACK_MS), next: nightly(0)(tx.program.timeZone, job.ref),
      }));
      await settleInBatches(deps, job.programId, ids);
      await scheduleNotices(deps, job.programId, job.ref);
      return next;
    },
  },
  [AUDIT]: { nextTime: nightly(AUDIT_HOUR), run: async (deps, job) => { await auditProgram(deps, job.programId); return tomorrow(deps, job, AUDIT_HOUR); } },
  [HOLD_EXPIRY]: { run: async (deps, job) => { await releaseExpired(deps, job.programId, job.ref); return null; } },
};
