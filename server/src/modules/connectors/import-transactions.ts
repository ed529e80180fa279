import type { NewDocument } from '../transactions/index.ts';
import { documentFaults, isDenied } from '../transactions/index.ts';
import type { ProgramTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { startProblem } from '../../platform/start-problem.ts';
import { findMembersByKeys, insertMembers, keyText } from '../members/index.ts';
import { hashOfFile, openCsv, type CsvRow } from './csv-file.ts';
import { earlierPurchases } from './earlier-purchases.ts';
import { documentsOf, type FileNotes } from './file-documents.ts';
import { loadHistory, OutOfOrder, type HistoryFigures } from './history.ts';
import type { Mapping } from './mapping.ts';
import { makeReport } from './report.ts';
import { rowReader, type ReadRow, type RefusedRow, type SaleRow } from './sale-rows.ts';
import * as store from './store.ts';

/** Documents whose members are made together, ahead of booking them; fewer when they are long, for they wait in memory. */
const MEMBERS_AHEAD = 1000;
const LINES_AHEAD = 10_000;

type Sum = { rows: number; minor: number };
export type ImportFigures = {
  readonly batch: number; readonly repeated: boolean; readonly resumedAt: number;
  /** Rows without the header; amounts signed, in minor units. Received = booked + refused, in rows and in amounts. */
  readonly received: Sum; readonly booked: Sum; readonly refused: Sum; readonly refusedBy: Readonly<Record<string, Sum>>;
  readonly documents: HistoryFigures; readonly sales: number; readonly returns: number; readonly withoutMember: number; readonly newMembers: number;
  readonly returnedRows: number; readonly unmatched: Sum; readonly points: { readonly earned: number; readonly takenBack: number }; readonly report: string | null;
};
export type ImportOptions = {
  readonly file: string; readonly mapping: Mapping; readonly programId: number;
  /** Where the report of rows that were not taken, or taken without points, is written; null: nowhere. */
  readonly report: string | null; readonly onProgress?: (share: number, at: string) => void;
};

/**
 * Brings a file of sales and returns in as history. The same file again books nothing new; a load that was cut off goes on from where it
 * stopped when the same command runs again.
 */
export async function importTransactions(deps: Deps, { file, mapping, programId, report, onProgress = () => undefined }: ImportOptions): Promise<ImportFigures> {
  const fileHash = await hashOfFile(file);
  const opened = await deps.db.inProgram(programId, (tx) => openBatch(tx, fileHash, mapping));
  if (opened.state === 'done') return repeatOf(opened.figures as ImportFigures);
  let share = 0;
  const csv = await openCsv(file, mapping.file.delimiter, (read) => { share = read; });
  const readRow = rowReader(mapping, csv.header);
  const tally = makeTally();
  const written = await makeReport(report, csv.header);
  const notes: FileNotes = {
    refused: (row: RefusedRow) => {
      tally.refuse(row.reason, 1, row.signedMinor);
      written.write('refused', row.no, row.document, row.reason, row.fields);
    },
    unmatched: (row: SaleRow, amountMinor: number) => {
      tally.unmatched.rows += 1;
      tally.unmatched.minor += amountMinor;
      written.write('recorded without points', row.no, row.document, row.member === null ? 'a return without a member' : 'no earlier purchase of this article by the member', row.fields);
    },
  };
  async function* rows(): AsyncGenerator<ReadRow> {
    for await (const row of csv.rows as AsyncIterable<CsvRow>) {
      const read = readRow(row);
      tally.receive(read);
      yield read;
    }
  }
  const head = await deps.db.readProgram(programId, async ({ program }) => program);
  async function* sound(documents: AsyncIterable<NewDocument>): AsyncGenerator<NewDocument> {
    for await (const document of documents) {
      const [fault] = documentFaults(document, { now: head.now, currency: head.currency, history: true });
      if (fault) tally.refuseDocument(document, fault.code, written);
      else yield document;
    }
  }
  const earlier = await earlierPurchases(deps, programId, mapping, { sources: opened.sources, batchNo: opened.no });
  try {
    const documents = await loadHistory(deps, programId, withMembers(deps, programId, mapping, sound(documentsOf(mapping, opened.source, rows(), notes, earlier)), (count) => { tally.newMembers += count; }), {
      batchNo: opened.no, skip: opened.position,
      onOutcome: (document, outcome) => {
        if (outcome === null || isDenied(outcome)) return tally.refuseDocument(document, outcome === null ? 'internal' : outcome.refusal, written);
        if (outcome.duplicate) return;
        for (const award of outcome.awards) tally.points.earned += award.points;
        for (const effect of outcome.effects) for (const wallet of effect.wallets) tally.points.takenBack += wallet.moved;
      },
      onProgress: async (position, figures) => {
        onProgress(share, `${position} documents`);
        await deps.db.inProgram(programId, (tx) => store.saveProgress(tx, opened.no, { rowsRead: tally.received.rows, booked: figures.booked, refused: figures.refused, position }));
      },
    });
    const figures: ImportFigures = { batch: opened.no, repeated: false, resumedAt: opened.position, ...tally.figures(), documents, report: await written.end() };
    await deps.db.inProgram(programId, async (tx) => {
      await store.saveProgress(tx, opened.no, { rowsRead: figures.received.rows, booked: figures.booked.rows, refused: figures.refused.rows, position: opened.position + documents.documents });
      await store.endBatch(tx, opened.no, 'done', figures);
    });
    return figures;
  } catch (error) {
    await written.end();
    throw error instanceof OutOfOrder ? startProblem(`The file is not in the order of its dates (${error.message}): sort it by date and run the command again.`) : error;
  }
}

/** The figures of a load that was done before: all is known, nothing is new. */
const repeatOf = (before: ImportFigures): ImportFigures => ({ ...before, repeated: true, newMembers: 0, documents: { ...before.documents, booked: 0, duplicates: before.documents.booked + before.documents.duplicates } });

/** The batch of this file: the one that was done or cut off, or a new one. Documents of an undone load keep their keys, so the next has a source of its own. */
async function openBatch(tx: ProgramTx, fileHash: Buffer, mapping: Mapping) {
  const name = `transactions:${mapping.name}`;
  await store.lockBatches(tx); // or two would both find none and both begin one
  const known = await store.findBatchOfFile(tx, fileHash, name);
  const undone = await store.undoneBatches(tx, name);
  const sources = Array.from({ length: undone + 1 }, (_, at) => (at === 0 ? mapping.source : `${mapping.source}/${at + 1}`));
  const source = sources.at(-1)!;
  if (known && known.state !== 'undone') return { no: known.no, state: known.state, position: known.position, figures: known.figures as unknown, source, sources };
  return { no: await store.insertBatch(tx, { fileHash, mapping: name, figures: {} }), state: 'running' as const, position: 0, figures: {} as unknown, source, sources };
}

/** Passes documents on once their members are there; a member joined with the first document. */
async function* withMembers(deps: Deps, programId: number, mapping: Mapping, documents: AsyncIterable<NewDocument>, onNew: (count: number) => void): AsyncGenerator<NewDocument> {
  const sure = new Set<string>();
  let waiting: NewDocument[] = [];
  const make = async () => {
    const firsts = new Map<string, { kind: number; key: string; joinedAt: number }>();
    for (const { pointer, occurredAt } of waiting) if (pointer && 'key' in pointer && !sure.has(pointer.key) && !firsts.has(pointer.key)) firsts.set(pointer.key, { ...pointer, joinedAt: occurredAt });
    const wanted = [...firsts.values()];
    if (wanted.length === 0) return;
    const ids = await deps.ids.take(wanted.length);
    const made = await deps.db.inProgram(programId, async (tx) => {
      const there = await findMembersByKeys(tx, tx.program.id, wanted);
      const missing = wanted.map((one, at) => ({ ...one, id: ids[at]! })).filter((one) => !there.has(keyText(one)));
      await insertMembers(deps, tx, missing.map(({ id, key, joinedAt }) => ({ id, [mapping.memberIdentifier]: key, joinedAt, termsVersion: null })));
      return missing.length;
    });
    for (const { key } of wanted) sure.add(key);
    onNew(made);
  };
  let lines = 0;
  for await (const document of documents) {
    waiting.push(document);
    lines += document.lines.length;
    if (waiting.length < MEMBERS_AHEAD && lines < LINES_AHEAD) continue;
    await make();
    yield* waiting;
    waiting = [];
    lines = 0;
  }
  await make();
  yield* waiting;
}

function makeTally() {
  const received: Sum = { rows: 0, minor: 0 };
  const refused: Sum = { rows: 0, minor: 0 };
  const refusedBy: Record<string, Sum> = {};
  const seen = new Set<string>();
  const counts = { sales: 0, returns: 0, withoutMember: 0, returnedRows: 0 };
  const refuse = (reason: string, rows: number, minor: number) => {
    const sum = (refusedBy[reason] ??= { rows: 0, minor: 0 });
    for (const one of [refused, sum]) { one.rows += rows; one.minor += minor; }
  };
  return {
    received, unmatched: { rows: 0, minor: 0 } as Sum, points: { earned: 0, takenBack: 0 }, newMembers: 0, refuse,
    receive({ row, refused: no }: ReadRow) {
      received.rows += 1;
      received.minor += row === null ? no.signedMinor : row.kind === 'sale' ? row.amountMinor : -row.amountMinor;
      if (row === null) return;
      if (row.kind === 'return') counts.returnedRows += 1;
      if (seen.has(row.document)) return;
      seen.add(row.document);
      counts[row.kind === 'sale' ? 'sales' : 'returns'] += 1;
      if (row.member === null) counts.withoutMember += 1;
    },
    refuseDocument(document: NewDocument, reason: string, report: { write: (outcome: string, no: number, document: string, reason: string, fields: readonly string[]) => void }) {
      const rows = new Set(document.lines.map((line) => line.lineId.split('.')[0])).size;
      refuse(`document refused: ${reason}`, rows, document.kind === 'sale' ? document.totalMinor : -document.totalMinor);
      report.write('refused', 0, document.externalId, `document refused: ${reason}`, [document.externalId]);
    },
    figures() {
      return { received, refused, refusedBy, booked: { rows: received.rows - refused.rows, minor: received.minor - refused.minor }, ...counts, newMembers: this.newMembers, unmatched: this.unmatched, points: this.points };
    },
  };
}
