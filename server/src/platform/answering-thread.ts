import { Worker, type MessagePort } from 'node:worker_threads';
import { DatabaseAway } from './db.ts';
import type { Ctx } from './deps.ts';
import type { Aside, Call } from './http.ts';
import { Refusal } from './refusal.ts';

type Numbered = { readonly no: number; readonly call: Call };
type Asking = { readonly resolve: (text: string) => void; readonly reject: (error: Error) => void };
/** A call without the names of its fields, which a message would carry again for each. `who`: the place of its context, whose own request's id may be another call's. `bytes`: of its body; -1 without one. */
type Row = readonly [no: number, id: Call['id'], who: number, requestId: string, params: unknown, query: unknown, bytes: number];
/** Calls made in one turn of the event loop with their bodies one after another: a message for each would cost as much as reading its sale. */
type Asked = { readonly who: readonly Ctx[]; readonly calls: readonly Row[]; readonly bodies: Uint8Array };
type Failure = { readonly refusal: ConstructorParameters<typeof Refusal> } | { readonly away: string } | { readonly bug: Pick<Error, 'message' | 'stack'> };
/** Answers in ASCII one after another in `texts`, each of so many bytes. */
type Said = { readonly nos: readonly number[]; readonly bytes: readonly number[]; readonly texts: Uint8Array; readonly failed: readonly { readonly no: number; readonly failure: Failure }[] };
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
  // Places that are used again, not a map from growing numbers: each time V8 makes such a map anew the old one points to it, and once one of them has grown old all answers do.
  const asking: (Asking | null)[] = [];
  const free: number[] = [];
  let calls: Numbered[] = [];
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
    const one = asking[no]!;
    asking[no] = null;
    free.push(no);
    return one;
  };
  const flush = () => {
    const asked = packed(calls);
    calls = [];
    worker.postMessage(asked, [asked.bodies.buffer as ArrayBuffer]);
  };
  worker.on('message', (said: Said | typeof READY) => {
    if (said === READY) return;
    const texts = Buffer.from(said.texts.buffer, said.texts.byteOffset, said.texts.byteLength);
    let from = 0;
    said.nos.forEach((no, at) => {
      settled(no).resolve(texts.toString('latin1', from, from + said.bytes[at]!));
      from += said.bytes[at]!;
    });
    for (const { no, failure } of said.failed) settled(no).reject(errorOf(failure));
  });
  worker.on('error', (error) => { fault = error; });
  return {
    ready,
    ask: (call) => new Promise((resolve, reject) => {
      const no = free.pop() ?? asking.length;
      asking[no] = { resolve, reject };
      if (calls.push({ no, call }) === 1) setImmediate(flush);
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
  const who: Ctx[] = [];
  let at = 0;
  return {
    bodies, who,
    calls: calls.map(({ no, call: { id, ctx, params, query, raw } }) => {
      if (raw) at += raw.copy(bodies, at);
      if (who.length === 0 || !isSameCaller(ctx, who.at(-1)!)) who.push(ctx);
      return [no, id, who.length - 1, ctx.requestId, params, query, raw?.length ?? -1];
    }),
  };
}

/** A till posts one sale after another: most calls of a turn differ in nothing but the request's id. */
function isSameCaller(one: Ctx, other: Ctx): boolean {
  for (const name in one) if (name !== 'requestId' && one[name as keyof Ctx] !== other[name as keyof Ctx]) return false;
  return true;
}

/** Answers leave when these many are there: the first are sent on while the others are written. */
const TOGETHER = 16;

/** The thread's side: answers calls until it is told to close. */
export function answerCalls(port: MessagePort, answer: (call: Call) => Promise<string>, close: () => Promise<void>): void {
  let ready = nothingReady();
  const count = () => ready.texts.length + ready.failed.length;
  const flush = () => {
    if (count() === 0) return;
    const said = written(ready);
    port.postMessage(said, [said.texts.buffer as ArrayBuffer]);
    ready = nothingReady();
  };
  const soon = () => {
    if (count() >= TOGETHER) flush();
    else if (count() === 1) setImmediate(flush);
  };
  port.on('message', (asked: Asked | typeof CLOSE) => {
    if (asked === CLOSE) return void close().finally(() => port.close());
    let from = asked.bodies.byteOffset;
    for (const [no, id, who, requestId, params, query, bytes] of asked.calls) {
      const raw = bytes < 0 ? undefined : Buffer.from(asked.bodies.buffer, from, bytes);
      from += Math.max(bytes, 0);
      answer({ id, ctx: contextOf(asked.who[who]!, requestId), params, query, raw }).then(
        (text) => { ready.nos.push(no); ready.texts.push(text); soon(); },
        (error: unknown) => { ready.failed.push({ no, failure: failureOf(error) }); soon(); },
      );
    }
  });
  port.postMessage(READY);
}

const contextOf = ({ programId, actor, permissions, language, adjustLimit, adjustDayLimit, memberId, idempotency }: Ctx, requestId: string): Ctx =>
  ({ programId, actor, permissions, language, requestId, adjustLimit, adjustDayLimit, memberId, idempotency });

type Ready = { readonly nos: number[]; readonly texts: string[]; readonly failed: { no: number; failure: Failure }[] };
const nothingReady = (): Ready => ({ nos: [], texts: [], failed: [] });

function written({ nos, texts, failed }: Ready): Said {
  const bytes = texts.map((text) => text.length);
  const room = Buffer.allocUnsafeSlow(bytes.reduce((sum, one) => sum + one, 0));
  let at = 0;
  for (const text of texts) at += room.write(text, at, 'latin1');
  return { nos, bytes, texts: room, failed };
}

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
