export { eventJobs, scheduleEventJobs } from './jobs.ts';
