import { localDate } from '@wracam/engine/calendar';
import { runJobs } from './run-jobs.ts';
import { PROGRAM, type Site } from './start-site.ts';

/** A replay of the shop's history by the draft of a rule, levels that are harder to reach, points that end sooner, and returns that leave no debt, counted to its end. */
export async function addReplay(site: Site, rule: string): Promise<string> {
  const params = { program: PROGRAM };
  // Days of the program's time zone: near midnight they are not those of UTC.
  const day = (back: number) => localDate('Europe/Warsaw', Date.now() - back * 86_400_000);
  const { definition } = (await site.api.getTiers({ params })).current!;
  const ladder = { ...definition, levels: definition.levels.map((one) => ({ ...one, threshold: 3 * one.threshold, keep: null })) };
  const wallets = [{ wallet: 'punkty', expiry: { kind: 'months' as const, months: 1, roundTo: 'day' as const }, debtPolicy: 'refuse' as const }];
  const { id } = await site.api.startReplay({ params, body: { from: day(60), until: day(0), costPer100Minor: 150, changes: [{ rule }], ladder, wallets } });
  await runJobs(site);
  const { state } = await site.api.getReplay({ params: { ...params, replay: id } });
  if (state !== 'done') throw new Error(`the replay is ${state}`);
  return id;
}
