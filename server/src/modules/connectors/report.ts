import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { csvCell } from '../../platform/csv-cell.ts';

export type Report = {
  write(outcome: string, rowNo: number, document: string, reason: string, fields: readonly string[]): void;
  /** Waits until all is on the disk; the path, or null when nothing was written. */
  end(): Promise<string | null>;
};

const OWNER_ONLY = 0o600;

/** A CSV of rows that were not taken, or not as a whole, and why. It may hold what the file holds, so only its owner reads it. */
export async function makeReport(file: string | null, header: readonly string[]): Promise<Report> {
  if (file === null) return { write: () => undefined, end: async () => null };
  await mkdir(path.dirname(file), { recursive: true });
  const stream = createWriteStream(file, { mode: OWNER_ONLY });
  const done = finished(stream);
  done.catch(() => undefined); // thrown by `end`
  stream.write(`${['outcome', 'row', 'document', 'reason', ...header].map(csvCell).join(',')}\n`);
  return {
    write: (outcome, rowNo, document, reason, fields) => { stream.write(`${[outcome, rowNo === 0 ? '' : String(rowNo), document, reason, ...fields].map(csvCell).join(',')}\n`); },
    end: async () => { stream.end(); await done; return file; },
  };
}
