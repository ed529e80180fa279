import { parentPort, workerData } from 'node:worker_threads';
import { makeDeps, type DepsInput } from './make-deps.ts';
import { eventRoutes } from './modules/events/routes.ts';
import { whyOfGrant } from './modules/goals/index.ts';
import { makeBookingQueue } from './modules/transactions/index.ts';
import { transactionRoutes } from './modules/transactions/routes.ts';
import { answerCalls } from './platform/answering-thread.ts';
import { writeAnswer } from './platform/http.ts';
import { makeLog } from './platform/log.ts';

// The entry of the thread that books. For the database it is one more process of role `api`; with its own it shares the counter of ids alone.
process.setSourceMapsEnabled(true); // a thread does not have it from its process
const { deps, close } = await makeDeps({ ...(workerData as Omit<DepsInput, 'log'>), log: makeLog() });
const queue = makeBookingQueue(deps);
const routes = new Map([...transactionRoutes(queue, { whyOfGrant }), ...eventRoutes(queue)].map((one) => [one.id, one]));
answerCalls(parentPort!, (call) => writeAnswer(deps, routes.get(call.id)!, call), close);
