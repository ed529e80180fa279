import { DatabaseAway } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { Refusal } from '../../platform/refusal.ts';
import { bookDocuments, requestOf, type Outcome } from './booking.ts';
import type { NewDocument } from './document.ts';
import type { Request } from './workspace.ts';

/** Documents in one booking transaction. */
const BATCH_MAX = 64;
/** Booking transactions of one program at once in this process; measured: two keep two cores busy, three gain nothing. */
const WRITERS = 2;
/** So many have to wait before a second writer starts: fewer rows a transaction cost more, and a first writer is soon free again. */
const SECOND_WRITER_AT = (BATCH_MAX * 3) / 4;
/** Documents that may wait in one program, a few seconds of work: 128 lines with 50 documents each fit. Beyond it the till is told to try again, with the same document. */
const WAITING_MAX = 10_000;

type Waiting = { readonly request: Request; readonly resolve: (outcome: Outcome) => void; readonly reject: (error: unknown) => void };
type Line = { readonly waiting: Waiting[]; writing: number };
export type BookingQueue = { book(programId: number, documents: readonly NewDocument[]): Promise<PromiseSettledResult<Outcome>[]> };

/**
 * Takes documents that are in flight together: no timer, a writer takes what waits when it is free, so batches fill themselves under load.
 * A document that makes its transaction fail is found by halving, so its neighbours never fail with it.
 */
export function makeBookingQueue(deps: Deps): BookingQueue {
  const lines = new Map<number, Line>();

  const write = async (programId: number, batch: readonly Waiting[]): Promise<void> => {
    try {
      const outcomes = await bookDocuments(deps, programId, batch.map((one) => one.request));
      batch.forEach((one, at) => one.resolve(outcomes[at]!));
    } catch (error) {
      if (batch.length === 1 || error instanceof DatabaseAway) return batch.forEach((one) => one.reject(error));
      const middle = batch.length >> 1;
      await write(programId, batch.slice(0, middle));
      await write(programId, batch.slice(middle));
    }
  };
  const run = async (programId: number, line: Line): Promise<void> => {
    line.writing += 1;
    // A second writer that has caught up leaves the few that wait to the first: a transaction of five documents costs nearly that of thirty.
    while (line.waiting.length >= (line.writing === 1 ? 1 : SECOND_WRITER_AT)) await write(programId, line.waiting.splice(0, BATCH_MAX));
    line.writing -= 1;
    if (line.writing === 0) lines.delete(programId);
  };

  return {
    async book(programId, documents) {
      const ids = await deps.ids.take(documents.length);
      let line = lines.get(programId);
      if (!line) lines.set(programId, line = { waiting: [], writing: 0 });
      if (line.waiting.length + documents.length > WAITING_MAX) throw new Refusal('busy');
      const { waiting } = line;
      const outcomes = documents.map((document, at) => new Promise<Outcome>((resolve, reject) => { waiting.push({ request: requestOf(document, ids[at]!), resolve, reject }); }));
      // Two documents of one key in one batch must be told apart by their content, so they go one after the other as they came.
      if (line.writing === 0 || (line.writing < WRITERS && line.waiting.length >= SECOND_WRITER_AT)) void run(programId, line);
      return Promise.allSettled(outcomes);
    },
  };
}
