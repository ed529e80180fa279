import { DatabaseAway } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { Refusal } from '../../platform/refusal.ts';
import { bookDocuments, requestOf, type Outcome } from './booking.ts';
import type { NewDocument } from './document.ts';
import type { Request } from './workspace.ts';

/** Documents in one booking transaction. What a transaction costs by itself is that of twenty documents; measured: 256 are a quarter cheaper than 64, 512 gain nothing. */
const BATCH_MAX = 256;
/** Booking transactions of one program at once in this process; measured: two keep two cores busy, three gain nothing. */
const WRITERS = 2;
/**
 * A second writer starts when as many wait as the first carries, and no fewer than these. Two of few documents each get in each other's way on two cores;
 * measured against 16: at half load p99 to p50 of 3.3 instead of 4.2, at saturation a twentieth more documents.
 */
const SECOND_WRITER_LEAST = 64;
/** Documents that may wait in one program, a few seconds of work: 128 lines with 50 documents each fit. Beyond it the till is told to try again, with the same document. */
const WAITING_MAX = 10_000;

type Settled = PromiseSettledResult<Outcome>;
type Waiting = { readonly request: Request; readonly settle: (settled: Settled) => void };
/** `carried`: documents of each transaction that is being written. */
type Line = { readonly waiting: Waiting[]; readonly carried: number[] };
export type BookingQueue = { book(programId: number, documents: readonly NewDocument[]): Promise<Settled[]> };

/**
 * Takes documents that are in flight together: no timer, a writer takes what waits when it is free, so batches fill themselves under load.
 * A document that makes its transaction fail is found by halving, so its neighbours never fail with it.
 */
export function makeBookingQueue(deps: Deps): BookingQueue {
  const lines = new Map<number, Line>();

  const write = async (programId: number, batch: readonly Waiting[]): Promise<void> => {
    try {
      const outcomes = await bookDocuments(deps, programId, batch.map((one) => one.request));
      batch.forEach((one, at) => one.settle({ status: 'fulfilled', value: outcomes[at]! }));
    } catch (error) {
      if (batch.length === 1 || error instanceof DatabaseAway) return batch.forEach((one) => one.settle({ status: 'rejected', reason: error }));
      const middle = batch.length >> 1;
      await write(programId, batch.slice(0, middle));
      await write(programId, batch.slice(middle));
    }
  };
  const mayStart = ({ waiting, carried }: Line) => (carried.length === 0 ? waiting.length > 0 : carried.length < WRITERS && waiting.length >= Math.max(SECOND_WRITER_LEAST, ...carried));
  const run = async (programId: number, line: Line): Promise<void> => {
    while (mayStart(line)) {
      const batch = line.waiting.splice(0, BATCH_MAX);
      line.carried.push(batch.length);
      await write(programId, batch);
      line.carried.splice(line.carried.indexOf(batch.length), 1);
    }
    if (line.carried.length === 0) lines.delete(programId);
  };

  return {
    async book(programId, documents) {
      const ids = await deps.ids.take(documents.length);
      let line = lines.get(programId);
      if (!line) lines.set(programId, line = { waiting: [], carried: [] });
      if (line.waiting.length + documents.length > WAITING_MAX) throw new Refusal('busy');
      const { waiting } = line;
      const settled = documents.map((document, at) => new Promise<Settled>((settle) => { waiting.push({ request: requestOf(document, ids[at]!), settle }); }));
      // Two documents of one key in one batch must be told apart by their content, so they go one after the other as they came.
      if (mayStart(line)) void run(programId, line);
      return Promise.all(settled);
    },
  };
}
