import type { ProgramTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { dailyDue, nextToCome, scheduleDaily, wake, type JobHandlers } from '../../platform/jobs.ts';
import { DOCUMENTS_TOUCHED } from '../ledger/index.ts';
import { countNoted, countWhole } from './count.ts';
import { bookOwed } from './book-owed.ts';
import * as store from './store.ts';

const NOTED = 'targets.noted';
const WHOLE = 'targets.whole';
const NIGHTLY = 'targets.nightly';
/** After the goals' count, before people get up. */
const NIGHTLY_HOUR = 3;

/** Hands members on whose documents changed, in the transaction that forgets them otherwise. */
export async function noteTouched(tx: ProgramTx, memberIds: readonly number[]): Promise<void> {
  if (await store.noteMembers(tx, memberIds)) await wake(tx, tx.program.id, NOTED, 0, tx.program.now);
}

/** Counts a target for everybody at once; what is counted every night and follows documents goes on by itself. */
export const countSoon = (tx: ProgramTx, targetId: number): Promise<unknown> => wake(tx, tx.program.id, WHOLE, targetId, tx.program.now);

/** After a target was started. */
export async function startFollowing(tx: ProgramTx, targetId: number): Promise<void> {
  await wake(tx, tx.program.id, DOCUMENTS_TOUCHED, 0, tx.program.now);
  await countSoon(tx, targetId);
  await scheduleDaily(tx, NIGHTLY, NIGHTLY_HOUR);
}

/** Counts every running target of a program for everybody. Returns how many there are. */
export async function sweepTargets(deps: Deps, programId: number): Promise<number> {
  const ids = await deps.db.readProgram(programId, async (tx) => (await store.activeTargets(tx)).map((row) => row.id));
  for (const id of ids) await countWhole(deps, programId, id);
  await bookOwed(deps, programId);
  return ids.length;
}

const nextTime = (timeZone: string, ref: number) => dailyDue(timeZone, ref + 1, NIGHTLY_HOUR);

export const targetJobs: JobHandlers = {
  [NOTED]: {
    async run(deps, { programId, now }) {
      const counted = await countNoted(deps, programId);
      await bookOwed(deps, programId);
      return counted === 0 ? null : { dueAt: now };
    },
  },
  [WHOLE]: {
    async run(deps, { programId, ref }) {
      await countWhole(deps, programId, ref);
      await bookOwed(deps, programId);
      return null;
    },
  },
  [NIGHTLY]: {
    // A clock that moves over months settles each period on its own night.
    async run(deps, job) {
      return await sweepTargets(deps, job.programId) === 0 ? null : deps.db.readProgram(job.programId, async ({ program }) => nextToCome(nextTime, program.timeZone, job));
    },
  },
};
