export { namedThresholds, thresholdsAfter, type ThresholdStep } from './after-repair.ts';
export { followGoals, layGoals, startGoals } from './actions.ts';
export { goalsInPast } from './past.ts';
export { createBoard } from './boards.ts';
export { goalSegmentReader, settleAllOf, sweepGoals } from './jobs.ts';
export { hasGoals } from './store.ts';
export { goalJobs } from './turns.ts';
export { whyOfGrant } from './why.ts';
