import { jobHandlers } from '@wracam/server/app';
import { runNextJob } from '@wracam/server/platform/jobs';
import type { Site } from './start-site.ts';

const JOBS_MAX = 1_000;

/** Does all work that is due, as a worker beside the pages would. */
export async function runJobs(site: Site): Promise<void> {
  for (let ran = 0; ran < JOBS_MAX && await runNextJob(site.deps, jobHandlers); ran += 1);
}
