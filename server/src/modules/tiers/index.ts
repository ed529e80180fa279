export { bringLevel, carriedDays, carriedLevel, carryLevels, carryMember, followLadders, grantLevel, type CarriedLevels, type PublishedLadder } from './carried.ts';
export { correctDays, correctLevel, levelsWith, type DaysOf, type LevelStep } from './corrected.ts';
export { publishTiers, saveTierDraft, startTiers } from './publishing.ts';
export { scheduleRecount, tierJobs } from './jobs.ts';
export { ladderDraft, laddersOf, publishedLadders } from './ladders.ts';
export { levelNames, levelNow, type LevelNow } from './views.ts';
export { recountTiers, type Recount } from './recount.ts';
export { BOOKED, countDay, dayOf, heldOn, openStandings, type ActivityOf, type Standings } from './standings.ts';
export { writesOfStandings } from './writes.ts';
