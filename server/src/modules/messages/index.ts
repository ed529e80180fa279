export { queueMessage, type NewMessage } from './actions.ts';
export { deliverMessages, messageJobs } from './jobs.ts';
export { codeMail, contactChangedMail } from './words.ts';
