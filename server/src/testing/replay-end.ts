import { jobHandlers } from '../app.ts';
import { runNextJob } from '../platform/jobs.ts';
import type { TestApp, TestProgram } from './app.ts';

const TURNS_MAX = 50;

/** Runs what is due until the replay is over, and gives what came of it. */
export async function replayEnd(app: TestApp, shop: TestProgram, replay: string) {
  for (let turn = 0; turn < TURNS_MAX; turn += 1) {
    const view = await shop.api.getReplay({ params: { program: shop.code, replay } });
    if (view.state !== 'waiting' && view.state !== 'running') return view;
    await runNextJob(app.deps, jobHandlers);
  }
  throw new Error('the replay did not end');
}
