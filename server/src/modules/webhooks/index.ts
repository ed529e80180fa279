export { webhookJobs } from './jobs.ts';
