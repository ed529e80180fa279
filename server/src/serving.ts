import cluster, { type Worker } from 'node:cluster';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Logger } from './platform/log.ts';
import { startProblem } from './platform/start-problem.ts';

/** What the process in front says to one that serves. */
export type Order = 'start' | 'stop';
/** What one that serves says: that it hears (what was said before is lost), then where it listens, or why it cannot. */
export type Said = { readonly hears: true } | { readonly listening: string } | { readonly problem: string };

/** Processes that serve the API and the pages at one port. */
export interface Serving {
  /** Lets them open the database and listen, once the database is there. Gives where they listen; rejects when one ends instead. */
  readonly start: (log: Logger) => Promise<string>;
  /** Answers what is in flight, then ends them. */
  readonly close: () => Promise<void>;
}

/** One that ends again so soon has something wrong that starting it anew does not mend; the pause keeps it from taking a core. */
const RESTART_PAUSE_MS = 1000;

/**
 * Forks processes that serve, each an ordinary one of role `api`; they load while the database starts. One that dies is replaced. They live as long
 * as this process: when it is gone, killed too, they go at once. All listen at the same port. Null from source, where they have no file of their own to be started from.
 */
export function forkServing(count: number, port: number): Serving | null {
  const file = fileURLToPath(new URL('./serving-process.js', import.meta.url));
  if (!existsSync(file)) return null;
  cluster.setupPrimary({ exec: file, args: [], execArgv: [...new Set([...process.execArgv, '--enable-source-maps'])] });
  const children = new Set<Child>();
  let closing = false;
  const fork = (): Child => {
    const worker = cluster.fork({ PORT: String(port) });
    worker.on('error', () => undefined); // a message to one that has just died
    const hears = new Promise<void>((resolve) => worker.once('message', () => resolve()));
    const child = { worker, hears, ended: new Promise<void>((resolve) => worker.once('exit', () => { children.delete(child); resolve(); })) };
    children.add(child);
    return child;
  };
  const replaced = (child: Child, log: Logger): void => {
    child.worker.once('exit', (code, signal) => {
      if (closing) return;
      log.error({ code, signal }, 'a process that serves ended; another takes its place');
      void sleep(RESTART_PAUSE_MS).then(() => {
        if (closing) return;
        const next = fork();
        replaced(next, log);
        started(next).catch(() => undefined); // it has ended, and its own replacement is on its way
      });
    });
  };
  for (let i = 0; i < count; i += 1) fork();
  return {
    start: async (log) => {
      const [address] = await Promise.all(Array.from(children, started));
      for (const child of children) replaced(child, log);
      return address!;
    },
    close: async () => {
      closing = true;
      await Promise.all(Array.from(children, (child) => { tell(child, 'stop'); return child.ended; }));
    },
  };
}

type Child = { readonly worker: Worker; readonly hears: Promise<void>; readonly ended: Promise<void> };

const tell = ({ worker, hears }: Child, order: Order) => void hears.then(() => worker.send(order));

const started = (child: Child) => new Promise<string>((resolve, reject) => {
  child.worker.on('message', (said: Said) => {
    if ('listening' in said) resolve(said.listening);
    else if ('problem' in said) reject(startProblem(said.problem));
  });
  child.worker.once('exit', () => reject(startProblem('A process that was to serve ended while it started.')));
  tell(child, 'start');
});
