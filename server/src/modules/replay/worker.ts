import { parentPort, workerData } from 'node:worker_threads';
import { makeMachine, type ReplayPlan } from './machine.ts';
import type { Answered, Asked } from './thread.ts';

// The entry of the replay's thread: the machine, asked by messages, one after another.
const machine = makeMachine(workerData as ReplayPlan);
parentPort!.on('message', ({ no, name, given }: Asked) => {
  let said: Answered;
  try {
    said = { no, answer: (machine[name] as (...given: readonly unknown[]) => unknown)(...given) };
  } catch (error) {
    said = { no, error: error instanceof Error ? error.message : String(error) };
  }
  parentPort!.postMessage(said);
});
