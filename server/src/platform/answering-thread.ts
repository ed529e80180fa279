import { Worker, type MessagePort } from 'node:worker_threads';
import { DatabaseAway } from './db.ts';
import type { Aside, Call } from './http.ts';
import { Refusal } from './refusal.ts';

type Numbered = { readonly no: number; readonly call: Call };
/** Calls made in one turn of the event loop with their bodies one after another: a message for each would cost as much as reading its sale. `bytes`: -1 without a body. */
type Asked = { readonly calls: readonly (Omit<Call, 'raw'> & { readonly no: number; readonly bytes: number })[]; readonly bodies: Uint8Array };
type Failure = { readonly refusal: ConstructorParameters<typeof Refusal> } | { readonly away: string } | { readonly bug: Pick<Error, 'message' | 'stack'> };
type Said = { readonly nos: readonly number[]; readonly texts: readonly string[]; readonly failed: readonly { readonly no: number; readonly failure: Failure }[] };
const READY = 'ready';
const CLOSE = 'close';

export type AnsweringThread = Pick<Aside, 'ask'> & {
  /** Rejects when it ends before it can answer. */
  readonly ready: Promise<void>;
  /** Ends it, once nothing is asked any more. */
  readonly close: () => Promise<void>;
};

/** A thread that answers calls, so that one core reads and sends while another decides. One that ends by itself ends the process, as its fault would have here. */
export function openAnsweringThread(file: URL, input: unknown): AnsweringThread {
  const worker = new Worker(file, { workerData: input });
  const asking = new Map<number, { readonly resolve: (text: string) => void; readonly reject: (error: Error) => void }>();
  let calls: Numbered[] = [];
  let count = 0;
  let isReady = false;
  let isClosing = false;
  let fault = new Error('the thread that answers calls has ended');
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const ready = new Promise<void>((resolve, reject) => {
    worker.once('message', () => { isReady = true; resolve(); });
    worker.once('exit', () => {
      reject(fault);
      if (isReady && !isClosing) throw fault;
    });
  });
  const settled = (no: number) => {
    const one = asking.get(no)!;
    asking.delete(no);
    return one;
  };
  const flush = () => {
    const asked = packed(calls);
    calls = [];
    worker.postMessage(asked, [asked.bodies.buffer as ArrayBuffer]);
  };
  worker.on('message', (said: Said | typeof READY) => {
    if (said === READY) return;
    said.nos.forEach((no, at) => settled(no).resolve(said.texts[at]!));
    for (const { no, failure } of said.failed) settled(no).reject(errorOf(failure));
  });
  worker.on('error', (error) => { fault = error; });
  return {
    ready,
    ask: (call) => new Promise((resolve, reject) => {
      count += 1;
      asking.set(count, { resolve, reject });
      if (calls.push({ no: count, call }) === 1) setImmediate(flush);
    }),
    close: () => {
      isClosing = true;
      worker.postMessage(CLOSE);
      return ended;
    },
  };
}

function packed(calls: readonly Numbered[]): Asked {
  const bodies = Buffer.allocUnsafeSlow(calls.reduce((sum, { call: { raw } }) => sum + (raw?.length ?? 0), 0));
  let at = 0;
  return {
    bodies,
    calls: calls.map(({ no, call: { id, ctx, params, query, raw } }) => {
      if (raw) at += raw.copy(bodies, at);
      return { no, id, ctx, params, query, bytes: raw?.length ?? -1 };
    }),
  };
}

/** Answers leave when these many are there: the first are sent on while the others are written. */
const TOGETHER = 16;

/** The thread's side: answers calls until it is told to close. */
export function answerCalls(port: MessagePort, answer: (call: Call) => Promise<string>, close: () => Promise<void>): void {
  let said = nothingSaid();
  const flush = () => {
    if (said.nos.length + said.failed.length === 0) return;
    port.postMessage(said satisfies Said);
    said = nothingSaid();
  };
  const soon = () => {
    const many = said.nos.length + said.failed.length;
    if (many >= TOGETHER) flush();
    else if (many === 1) setImmediate(flush);
  };
  port.on('message', (asked: Asked | typeof CLOSE) => {
    if (asked === CLOSE) return void close().finally(() => port.close());
    let from = asked.bodies.byteOffset;
    for (const { no, bytes, ...call } of asked.calls) {
      const raw = bytes < 0 ? undefined : Buffer.from(asked.bodies.buffer, from, bytes);
      from += Math.max(bytes, 0);
      answer({ ...call, raw }).then(
        (text) => { said.nos.push(no); said.texts.push(text); soon(); },
        (error: unknown) => { said.failed.push({ no, failure: failureOf(error) }); soon(); },
      );
    }
  });
  port.postMessage(READY);
}

const nothingSaid = () => ({ nos: [] as number[], texts: [] as string[], failed: [] as { no: number; failure: Failure }[] });

function failureOf(error: unknown): Failure {
  if (error instanceof Refusal) return { refusal: [error.code, error.params, error.faults] };
  if (error instanceof DatabaseAway) return { away: error.cause instanceof Error ? error.cause.message : error.message };
  return { bug: error instanceof Error ? { message: error.message, ...(error.stack ? { stack: error.stack } : {}) } : { message: String(error) } };
}

function errorOf(failure: Failure): Error {
  if ('refusal' in failure) return new Refusal(...failure.refusal);
  if ('away' in failure) return new DatabaseAway('the database is away', { cause: new Error(failure.away) });
  return Object.assign(new Error(failure.bug.message), failure.bug);
}
