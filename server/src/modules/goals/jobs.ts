import type { ProgramTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { dailyDue, nextToCome, schedule, wake, type JobHandlers } from '../../platform/jobs.ts';
import { DOCUMENTS_TOUCHED, membersAfter, touchedMembers } from '../ledger/index.ts';
import { hasTargets } from '../targets/index.ts';
import { settleMembers } from './settle.ts';
import { goalsAsReader, SEGMENT_BEGINS, segmentBegins } from './segments.ts';
import * as store from './store.ts';

const SWEEP = 'goals.sweep';
const NIGHTLY = 'goals.nightly';
/** By the goal: what was planned of it comes to be. */
export const TURN = 'goals.turn';
const NIGHTLY_HOUR = 2;
/** Members in one transaction: a till waits for a lock as long as this takes. */
const BATCH = 50;
/** Members in one run of a job: between runs other work has its turn. */
const RUN = 400;
/** How often a live program looks whether documents touched members: "at once" to a person, and nothing to the database. */
const LOOK_EVERY_MS = 1_000;

/** Settles members batch by batch. One whose batch fails is tried alone, so that a member's fault never keeps others' rewards. */
export async function settleAllOf(deps: Deps, programId: number, memberIds: readonly number[]): Promise<void> {
  for (let at = 0; at < memberIds.length; at += BATCH) {
    const batch = memberIds.slice(at, at + BATCH);
    try {
      await settleMembers(deps, programId, batch);
    } catch {
      for (const id of batch) {
        await settleMembers(deps, programId, [id]).catch((error: unknown) => deps.log.error({ programId, memberId: id, error: error instanceof Error ? error.message : String(error) }, 'a member’s goals could not be counted'));
      }
    }
  }
}

/** Looks at touched members from now on, and counts everybody once: something else is counted now. */
export async function countAnew(tx: ProgramTx): Promise<void> {
  const { id, now } = tx.program;
  await wake(tx, id, DOCUMENTS_TOUCHED, 0, now);
  await wake(tx, id, SWEEP, 0, now);
}

/** After a goal was published: looks at touched members from now on, counts everybody once, and again every night. */
export async function startCounting(tx: ProgramTx): Promise<void> {
  const { id, now } = tx.program;
  await countAnew(tx);
  const { ref, dueAt } = dailyDue(tx.program.timeZone, Math.floor(now / 86_400_000) + 1, NIGHTLY_HOUR);
  await schedule(tx, id, NIGHTLY, ref, dueAt);
}

/** Counts every member of the program, from the first to the last. */
export async function sweepGoals(deps: Deps, programId: number): Promise<void> {
  for (let after = 0; ;) {
    const ids = await deps.db.readProgram(programId, (tx) => membersAfter(tx, after, RUN));
    if (ids.length === 0) return;
    await settleAllOf(deps, programId, ids);
    after = ids.at(-1)!;
  }
}

/** What segments ask of goals. */
export const goalSegmentReader = goalsAsReader(countAnew);

const nextTime = (timeZone: string, ref: number) => dailyDue(timeZone, ref + 1, NIGHTLY_HOUR);
/** Nights go on as long as there is a goal that runs or is planned. */
const isCounting = (deps: Deps, programId: number) => deps.db.readProgram(programId, async (tx) => (await store.listGoals(tx, null)).some((goal) => goal.state === 'active'));

export const goalJobs: JobHandlers = {
  [SEGMENT_BEGINS]: segmentBegins(countAnew),
  [DOCUMENTS_TOUCHED]: {
    async run(deps, { programId, now }) {
      const { ids, test, counting } = await deps.db.readProgram(programId, async (tx) => ({ ids: await touchedMembers(tx, RUN), test: tx.program.test, counting: (await store.runningVersions(tx)).length > 0 || await hasTargets(tx) }));
      await settleAllOf(deps, programId, ids);
      // A test program's clock runs over months in one step: there each booking wakes this job itself.
      if (ids.length < RUN && (test || !counting)) return null;
      return { dueAt: ids.length === RUN ? now : now + LOOK_EVERY_MS };
    },
  },
  [SWEEP]: {
    async run(deps, { programId, ref, now }) {
      const ids = await deps.db.readProgram(programId, (tx) => membersAfter(tx, ref, RUN));
      await settleAllOf(deps, programId, ids);
      return ids.length < RUN ? null : { dueAt: now, ref: ids.at(-1)! };
    },
  },
  [NIGHTLY]: {
    nextTime,
    async run(deps, job) {
      if (!await isCounting(deps, job.programId)) return null;
      await sweepGoals(deps, job.programId);
      return deps.db.readProgram(job.programId, async ({ program }) => nextToCome(nextTime, program.timeZone, job));
    },
  },
};
