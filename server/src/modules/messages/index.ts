export { queueMessage, type NewMessage } from './actions.ts';
export { messageJobs } from './jobs.ts';
export { withdrawMessage } from './store.ts';
export { messageRoutes } from './routes.ts';
export { codeMail, contactChangedMail } from './words.ts';
