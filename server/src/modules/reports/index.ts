export { getHome, recountDays } from './actions.ts';
export { reportJobs, scheduleReportJobs } from './jobs.ts';
