import { startApp } from './app.ts';
import type { Order, Said } from './serving.ts';
import { startProblemOf, startProcess, type Running } from './start-process.ts';

// A process that serves beside others at one port. It is started and stopped by the one in front, and ends by itself when that is gone.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined); // these reach the one in front too
let running: Promise<Running> | undefined;

process.on('message', (order: Order) => void (order === 'start' ? start() : stop()));
process.send!({ hears: true } satisfies Said);

async function start(): Promise<void> {
  try {
    running = startProcess({ ...process.env, WRACAM_ROLE: 'api', WRACAM_PROCESSES: '1' }, (options) => startApp({ ...options, announces: false }), () => undefined);
    process.send!({ listening: (await running).app.address! } satisfies Said);
  } catch (error) {
    process.send!({ problem: startProblemOf(error) } satisfies Said, () => process.exit(1));
  }
}

async function stop(): Promise<void> {
  await (await running)?.close();
  process.exit(0);
}
