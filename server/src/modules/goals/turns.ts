import type { JobHandlers } from '../../platform/jobs.ts';
import { systemCtx } from '../../platform/deps.ts';
import { countAnew, goalJobs as counting, TURN } from './jobs.ts';
import { endNow, turnOf } from './publishing.ts';
import * as store from './store.ts';

/** Everything that goals do by themselves: count, and on the day of what was planned begin to count by it, or end. */
export const goalJobs: JobHandlers = {
  ...counting,
  [TURN]: {
    run: (deps, job) => deps.db.inProgram(job.programId, async (tx) => {
      const goal = await store.findGoalForUpdate(tx, job.ref);
      if (goal?.state !== 'active') return null;
      if (goal.endsAt !== null && goal.endsAt <= tx.program.now) {
        await endNow(deps, tx, systemCtx(job.programId), goal);
        return null;
      }
      await countAnew(tx);
      const next = await turnOf(tx, goal);
      return next === null ? null : { dueAt: next };
    }),
  },
};
