export { repairJobs } from './jobs.ts';
