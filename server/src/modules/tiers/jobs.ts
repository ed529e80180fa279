import type { ProgramTx } from '../../platform/db.ts';
import { dailyDue, schedule, type JobHandlers } from '../../platform/jobs.ts';
import { recountTiers } from './recount.ts';
import { dayOf, type ActivityOf } from './standings.ts';
import * as store from './store.ts';
import { dateOf } from '@wracam/engine/calendar';

const RECOUNT = 'tiers.recount';
/** With the day itself: periods end at midnight. */
const RECOUNT_HOUR = 0;

/** Looks at everybody now, and from then on every night. */
export async function scheduleRecount(tx: ProgramTx): Promise<void> {
  const today = dayOf(tx.program.timeZone, tx.program.now);
  await store.startRun(tx, dateOf(today));
  await store.restartRun(tx, dateOf(today));
  await schedule(tx, tx.program.id, RECOUNT, today, tx.program.now);
}

/** `activityOf`: what members did, told by the room that keeps their documents. */
export const tierJobs = (activityOf: ActivityOf): JobHandlers => ({
  [RECOUNT]: {
    run: async (deps, job) => {
      await recountTiers(deps, job.programId, activityOf);
      // Nights that were missed are made up by one look.
      return deps.db.readProgram(job.programId, async ({ program }) => dailyDue(program.timeZone, Math.max(job.ref, dayOf(program.timeZone, job.now)) + 1, RECOUNT_HOUR));
    },
  },
});
