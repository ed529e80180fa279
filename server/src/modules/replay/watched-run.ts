import type { Deps } from '../../platform/deps.ts';
import type { ReplayResult } from './figures.ts';
import type { ReplayPlan } from './machine.ts';
import { runReplay, type OnProgress } from './run.ts';
import { openThread } from './thread.ts';

const PROGRESS_EVERY_MS = 500;

/**
 * Runs a plan on a thread of its own, which is closed whatever comes, and has its progress kept now and then, at its beginning and at its end.
 * `keep` answers whether anybody waits for it still; the result is null where nobody does.
 */
export async function runWatched(deps: Deps, plan: ReplayPlan, keep: OnProgress): Promise<ReplayResult | null> {
  const thread = openThread(plan);
  let keptAt = 0;
  try {
    return await runReplay(deps, plan, thread, async (done, total) => {
      const now = performance.now();
      if (done > 0 && done < total && now - keptAt < PROGRESS_EVERY_MS) return true;
      keptAt = now;
      return keep(done, total);
    });
  } finally {
    await thread.close();
  }
}
