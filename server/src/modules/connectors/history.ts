import { localDate, startOfLocalDay, type Instant, type LocalDate } from '@wracam/engine/calendar';
import { DatabaseAway } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { sql } from '../../platform/sql.ts';
import { isDueBetween, settleBetween } from '../ledger/index.ts';
import { bookDocuments, isDenied, requestOf, type BookingRequest, type Companion, type NewDocument, type Outcome } from '../transactions/index.ts';

/** Documents that are prepared and shared out together: 500 a transaction. Measured on two cores: larger ones gain nothing but memory. */
const CHUNK = 1500;
/** Lines in a chunk: receipts of twenty lines and more are most of a load's memory while they wait for their turn. */
const CHUNK_LINES = 12_000;
/** Transactions in flight at once: while PostgreSQL writes, this process decides the next. Each member stays on one lane. Measured: three are a quarter faster than two, four are not. */
const LANES = 3;
/** Chunks handed to the lanes before the source is asked for more. */
const CHUNKS_AHEAD = 2;
/** Before any document. */
const BEGINNING: Instant = Date.UTC(1980, 0, 1);

export type HistoryFigures = { readonly documents: number; readonly booked: number; readonly duplicates: number; readonly refused: number };
export type HistoryOptions = {
  /** The batch that the documents belong to, so that it can be undone as a whole. */
  readonly batchNo: number | null;
  /** Documents at the beginning that an earlier run is known to have booked: passed over unseen. */
  readonly skip?: number;
  /** What else happened beside the documents. */
  readonly companion?: Companion;
  /** Told each document's outcome; null: it made its transaction fail and was left out. */
  readonly onOutcome?: (document: NewDocument, outcome: Outcome | null) => void;
  /** Told after each chunk how many documents, from the first on, are settled for good: where a later run may start. */
  readonly onProgress?: (position: number, figures: HistoryFigures) => Promise<void> | void;
};

/** Documents that did not come in the order of their dates. */
export class OutOfOrder extends Error {}

const laneOf = ({ pointer }: NewDocument): number => {
  if (pointer === null) return 0;
  if ('id' in pointer) return pointer.id % LANES;
  let sum = pointer.kind;
  for (let at = 0; at < pointer.key.length; at += 1) sum = (sum * 31 + pointer.key.charCodeAt(at)) >>> 0;
  return sum % LANES;
};

/**
 * Books documents of the past, each with now = its own `occurredAt`: rules, expiry and maturity are those of its day, and nobody is sent a
 * message. They come in the order of `occurredAt`, a member always under the same identifier. A document that is known already counts as a
 * duplicate, so a load that was cut off may run again from any earlier place. At the end everything is booked that fell due until now.
 * Throws OutOfOrder, and DatabaseAway when the connection is lost.
 */
export async function loadHistory(deps: Deps, programId: number, documents: AsyncIterable<NewDocument> | Iterable<NewDocument>, options: HistoryOptions): Promise<HistoryFigures> {
  const { timeZone, now } = await deps.db.readProgram(programId, async ({ program }) => program);
  const mode = { history: true, batchNo: options.batchNo, ...(options.companion ? { companion: options.companion } : {}) };
  const figures = { documents: 0, booked: 0, duplicates: 0, refused: 0 };
  const lanes: Promise<void>[] = Array.from({ length: LANES }, () => Promise.resolve());
  const ahead: Promise<void>[] = [];
  let position = options.skip ?? 0;
  // Plans follow the size of the tables: asked again each time four times as much was loaded.
  let knownAt = position + 1;
  let sweptTo = BEGINNING;
  let sweptDay: LocalDate = '';

  const write = async (batch: readonly BookingRequest[]): Promise<void> => {
    if (batch.length === 0) return;
    let outcomes: readonly (Outcome | null)[];
    try {
      outcomes = await bookDocuments(deps, programId, batch, mode);
    } catch (error) {
      if (error instanceof DatabaseAway) throw error;
      if (batch.length > 1) {
        const middle = batch.length >> 1;
        await write(batch.slice(0, middle));
        return write(batch.slice(middle));
      }
      deps.log.error({ error: error instanceof Error ? error.message : String(error) }, 'a document of the past could not be booked');
      outcomes = [null];
    }
    outcomes.forEach((outcome, at) => {
      if (outcome === null || isDenied(outcome)) figures.refused += 1;
      else if (outcome.duplicate) figures.duplicates += 1;
      else figures.booked += 1;
      options.onOutcome?.(batch[at]!.document, outcome);
    });
  };
  const sweep = async (day: LocalDate) => {
    const until = startOfLocalDay(timeZone, day);
    if (await isDueBetween(deps, programId, sweptTo, until)) {
      await Promise.all(lanes);
      await settleBetween(deps, programId, sweptTo, until);
    }
    [sweptTo, sweptDay] = [until, day];
  };
  const share = async (chunk: readonly NewDocument[]): Promise<void> => {
    if (chunk.length === 0) return;
    const day = localDate(timeZone, chunk[0]!.occurredAt);
    if (day > sweptDay) await sweep(day);
    const ids = await deps.ids.take(chunk.length);
    const parts: BookingRequest[][] = Array.from({ length: LANES }, () => []);
    chunk.forEach((document, at) => parts[laneOf(document)]!.push(requestOf(document, ids[at]!)));
    parts.forEach((part, lane) => {
      lanes[lane] = lanes[lane]!.then(() => write(part));
      lanes[lane].catch(() => undefined); // thrown where the chunk is waited for
    });
    position += chunk.length;
    figures.documents += chunk.length;
    const upTo = position;
    const asksAgain = position >= knownAt;
    if (asksAgain) knownAt = position * 4;
    // Rows are known once they are committed; what is on the lanes meanwhile goes on.
    const done = Promise.all(lanes).then(async () => {
      if (asksAgain) await deps.db.onPlatform((tx) => tx.run(sql`select know_hot_rows()`));
      await options.onProgress?.(upTo, { ...figures });
    });
    done.catch(() => undefined);
    ahead.push(done);
    if (ahead.length >= CHUNKS_AHEAD) await ahead.shift();
  };

  let skip = options.skip ?? 0;
  let last = BEGINNING;
  let chunk: NewDocument[] = [];
  let lines = 0;
  for await (const document of documents) {
    if (document.occurredAt < last) throw new OutOfOrder(`${document.source} ${document.externalId} is earlier than the document before it`);
    last = document.occurredAt;
    if (skip > 0) { skip -= 1; continue; }
    chunk.push(document);
    lines += document.lines.length;
    if (chunk.length === CHUNK || lines >= CHUNK_LINES) { await share(chunk); chunk = []; lines = 0; }
  }
  await share(chunk);
  await Promise.all([...ahead, ...lanes]);
  if (await isDueBetween(deps, programId, sweptTo, now)) await settleBetween(deps, programId, sweptTo, now);
  return figures;
}
