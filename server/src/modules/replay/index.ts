export { replayJobs } from './jobs.ts';
export { makeMachine, type ReplayPlan } from './machine.ts';
export { planOf } from './plan.ts';
export { runReplay } from './run.ts';
export { openThread, openWorker, type ReplayThread } from './thread.ts';
