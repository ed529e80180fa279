export { publishTiers, saveTierDraft, startTiers } from './actions.ts';
export { scheduleRecount, tierJobs } from './jobs.ts';
export { laddersOf } from './ladders.ts';
export { levelNames, levelNow, type LevelNow } from './views.ts';
export { recountTiers, type Recount } from './recount.ts';
export { BOOKED, countDay, dayOf, heldOn, openStandings, type ActivityOf, type Standings } from './standings.ts';
export { writesOfStandings } from './writes.ts';
