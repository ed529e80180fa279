export { answered, bookOwnTogether } from './automatic.ts';
export { eventJobs, scheduleEventJobs } from './jobs.ts';
