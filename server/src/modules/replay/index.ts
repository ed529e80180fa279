export { replayJobs } from './jobs.ts';
export { makeMachine, type ReplayPlan } from './machine.ts';
export { planOf, repairPlanOf, type ReplayWish, type RightRule } from './plan.ts';
export type { AccountChange } from './account-changes.ts';
export { runWatched } from './watched-run.ts';
export type { RightGrant } from './grant-changes.ts';
export type { LeftOut } from './figures.ts';
export type { LevelFigures } from './level-figures.ts';
export { levelsView } from './views.ts';
