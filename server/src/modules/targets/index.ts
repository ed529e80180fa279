export { startTarget } from './actions.ts';
export { noteTouched, sweepTargets, targetJobs } from './jobs.ts';
export { hasActive as hasTargets } from './store.ts';
