import type { ProgramTx } from '../../platform/db.ts';
import { dailyDue, nextToCome, scheduleDaily, type JobHandlers } from '../../platform/jobs.ts';
import { recountDays } from './actions.ts';

const RECOUNT = 'reports.recount';
const RECOUNT_HOUR = 4;

/** Starts the nightly recount of a new program. */
export const scheduleReportJobs = (tx: ProgramTx): Promise<void> => scheduleDaily(tx, RECOUNT, RECOUNT_HOUR);

const nextTime = (timeZone: string, ref: number) => dailyDue(timeZone, ref + 1, RECOUNT_HOUR);

export const reportJobs: JobHandlers = {
  [RECOUNT]: {
    nextTime,
    run: async (deps, job) => {
      await recountDays(deps, job.programId);
      return deps.db.readProgram(job.programId, async ({ program }) => nextToCome(nextTime, program.timeZone, job));
    },
  },
};
