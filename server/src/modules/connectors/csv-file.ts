import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { PassThrough, pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { startProblem } from '../../platform/start-problem.ts';

const GZIP = Buffer.of(0x1f, 0x8b);

/** One row with its number (the header is row 1) and its fields in the order of the header. */
export type CsvRow = { readonly no: number; readonly fields: readonly string[] };
export type CsvFile = { readonly header: readonly string[]; readonly rows: AsyncIterable<CsvRow> };

/** SHA-256 of the file as it lies on the disk. */
export async function hashOfFile(file: string): Promise<Buffer> {
  const sum = createHash('sha256');
  for await (const chunk of createReadStream(file)) sum.update(chunk as Buffer);
  return sum.digest();
}

/** Reads a CSV file, plain or gzip, as a stream; `onRead` is told which share of the file is behind. Throws a start problem for a file that cannot be read. */
export async function openCsv(file: string, delimiter: string, onRead: (share: number) => void = () => undefined): Promise<CsvFile> {
  const size = await stat(file).then((found) => found.size, () => { throw startProblem(`The file ${file} cannot be read.`); });
  const handle = await open(file);
  const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
  await handle.close();
  let read = 0;
  const raw = createReadStream(file, { highWaterMark: 256 * 1024 });
  raw.on('data', (chunk) => { read += chunk.length; onRead(read / size); });
  const parser = parse({ delimiter, bom: true, skip_empty_lines: true, relax_column_count: true });
  // An error of any part ends the parser, which is what is read from.
  pipeline(raw, buffer.equals(GZIP) ? createGunzip() : new PassThrough(), parser, () => undefined);
  const records = parser[Symbol.asyncIterator]() as AsyncIterator<string[]>;
  const first = await records.next();
  if (first.done) throw startProblem(`The file ${file} is empty.`);
  async function* rows(): AsyncGenerator<CsvRow> {
    for (let no = 2; ; no += 1) {
      const { done, value } = await records.next();
      if (done) return;
      yield { no, fields: value };
    }
  }
  return { header: first.value, rows: rows() };
}
