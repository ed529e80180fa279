import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { makeMachine, type ReplayMachine, type ReplayPlan } from './machine.ts';

type Named<K extends keyof ReplayMachine> = ReplayMachine[K] extends (...given: infer A) => infer R ? (...given: A) => Promise<R> : never;
/** The machine at arm's length: each answer is a promise, wherever it computes. */
export type ReplayThread = { readonly [K in 'feed' | 'start' | 'next' | 'book' | 'finish']: Named<K> } & { close(): Promise<void> };

export type Asked = { readonly no: number; readonly name: keyof Omit<ReplayThread, 'close'>; readonly given: readonly unknown[] };
export type Answered = { readonly no: number; readonly answer?: unknown; readonly error?: string };

/** Beside the built server stands the machine as a file of its own. From source there is none: then it runs here. */
export function openThread(plan: ReplayPlan): ReplayThread {
  const file = new URL('./replay-worker.js', import.meta.url);
  return existsSync(fileURLToPath(file)) ? openWorker(plan, file) : openHere(plan);
}

/** The machine on a thread of its own: a long replay holds up no request. */
export function openWorker(plan: ReplayPlan, file: URL): ReplayThread {
  const worker = new Worker(file, { workerData: plan });
  const waiting = new Map<number, { resolve: (answer: never) => void; reject: (error: Error) => void }>();
  let count = 0;
  let broken: Error | null = null;
  const breakOff = (error: Error) => {
    broken ??= error;
    for (const one of waiting.values()) one.reject(error);
    waiting.clear();
  };
  worker.on('message', ({ no, answer, error }: Answered) => {
    const one = waiting.get(no);
    waiting.delete(no);
    if (error === undefined) one?.resolve(answer as never);
    else one?.reject(new Error(error));
  });
  worker.on('error', breakOff);
  worker.on('exit', () => breakOff(new Error('the thread of the replay ended')));
  const ask = (name: Asked['name']) => (...given: readonly unknown[]) => new Promise<never>((resolve, reject) => {
    if (broken) { reject(broken); return; }
    count += 1;
    waiting.set(count, { resolve, reject });
    worker.postMessage({ no: count, name, given } satisfies Asked);
  });
  return { feed: ask('feed'), start: ask('start'), next: ask('next'), book: ask('book'), finish: ask('finish'), close: async () => { await worker.terminate(); } };
}

/** The machine on this very thread, one turn of the event loop a piece. */
export function openHere(plan: ReplayPlan): ReplayThread {
  const machine = makeMachine(plan);
  const turn = <T>(work: () => T) => new Promise<T>((resolve, reject) => setImmediate(() => { try { resolve(work()); } catch (error) { reject(error as Error); } }));
  return {
    feed: (part) => turn(() => machine.feed(part)), start: () => turn(() => machine.start()), next: (count) => turn(() => machine.next(count)),
    book: (rows) => turn(() => machine.book(rows)), finish: () => turn(() => machine.finish()), close: async () => undefined,
  };
}
