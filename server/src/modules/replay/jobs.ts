import { DatabaseAway } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import type { JobHandlers } from '../../platform/jobs.ts';
import { listOffered } from '../rewards/index.ts';
import type { ReplayResult } from './figures.ts';
import { planOf } from './plan.ts';
import * as store from './store.ts';
import { runWatched } from './watched-run.ts';

export const REPLAY = 'replay.run';
/** Prices that members save for; more lines would not be read. */
const THRESHOLDS_MAX = 5;
/** Members in one statement. */
const MEMBERS_AT_ONCE = 10_000;

export const replayJobs: JobHandlers = {
  [REPLAY]: {
    // It moves nothing in the program, so nobody who moves a test clock waits for it.
    outward: true,
    run: async (deps, job) => {
      await replayNow(deps, job.programId, job.ref);
      return null;
    },
  },
};

/** Runs a replay to its end, whichever that is. A database that is away leaves it for the next try. */
async function replayNow(deps: Deps, programId: number, id: number): Promise<void> {
  const row = await deps.db.inProgram(programId, async (tx) => (await store.startRunning(tx, id) ? store.findReplay(tx, id) : null));
  if (!row) return;
  try {
    const plan = await deps.db.readProgram(programId, async (tx) => planOf(tx, row.wish, await pricesOf(deps, tx, row.wish.wallet)));
    const result = await runWatched(deps, plan, (done, total) => deps.db.inProgram(programId, (tx) => store.saveProgress(tx, id, done, total)));
    if (result !== null) await saveResult(deps, programId, id, result);
  } catch (error) {
    if (error instanceof DatabaseAway) throw error;
    deps.log.error({ programId, replay: id, error: error instanceof Error ? error.message : String(error) }, 'a replay failed');
    await deps.db.inProgram(programId, (tx) => store.endReplay(tx, id, 'failed', null));
  }
}


async function pricesOf(deps: Deps, tx: Parameters<typeof listOffered>[1], wallet: string | null): Promise<number[]> {
  const prices = (await listOffered(deps, tx)).filter((reward) => wallet === null || reward.wallet === wallet).map((reward) => reward.pricePoints);
  return [...new Set(prices)].sort((a, b) => a - b).slice(0, THRESHOLDS_MAX);
}

/** The result and its members in one commit, unless somebody cancelled at the last moment. */
const saveResult = (deps: Deps, programId: number, id: number, { changes, accounts: _, grants: __, leftOut: ___, ...result }: ReplayResult): Promise<void> => deps.db.inProgram(programId, async (tx) => {
  if (!await store.endReplay(tx, id, 'done', result)) return;
  for (let at = 0; at < changes.length; at += MEMBERS_AT_ONCE) await store.insertMembers(tx, id, changes.slice(at, at + MEMBERS_AT_ONCE));
});
