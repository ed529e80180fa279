import { localDate } from '@wracam/engine/calendar';
import { runJobs } from './run-jobs.ts';
import { PROGRAM, type Site } from './start-site.ts';

/** A repair of the shop's history by the draft of a rule, counted and waiting for a decision. */
export async function addRepair(site: Site, rule: string): Promise<string> {
  const params = { program: PROGRAM };
  // Days of the program's time zone: near midnight they are not those of UTC.
  const day = (back: number) => localDate('Europe/Warsaw', Date.now() - back * 86_400_000);
  const { id } = await site.api.startRepair({ params, body: { rule, from: day(60), until: day(0) } });
  await runJobs(site);
  const { state } = await site.api.getRepair({ params: { ...params, repair: id } });
  if (state !== 'ready') throw new Error(`the repair is ${state}`);
  return id;
}
