import { open, readFile } from 'node:fs/promises';

/** What a client of the bank set out to do; its `id` is the document's number, the Idempotency-Key, and the note or reason that the server keeps. */
export type Operation =
  | { id: string; kind: 'sale'; card: string; totalMinor: number }
  | { id: string; kind: 'return'; card: string; sale: string; amountMinor: number }
  | { id: string; kind: 'adjust'; card: string; points: number }
  | { id: string; kind: 'order'; card: string; reward: string; points: number }
  | { id: string; kind: 'confirm' | 'cancel'; card: string; order: string }
  | { id: string; kind: 'hold'; card: string; points: number }
  | { id: string; kind: 'capture' | 'release'; card: string; hold: string };

/** One line of the file: what was meant, and what came of it. `made`: the public id of an order or a hold. */
export type Entry =
  | { at: 'intent'; operation: Operation }
  | { at: 'ok'; id: string; made?: string; points?: number }
  | { at: 'fail'; id: string; code: string }
  | { at: 'unknown'; id: string };

export interface BankLog {
  /** Resolves when the line is on the disk. */
  write: (entry: Entry) => Promise<void>;
  close: () => Promise<void>;
}

/** The clients' own file. Lines that come while the disk is busy go together in the next write. */
export async function openLog(file: string): Promise<BankLog> {
  const handle = await open(file, 'a');
  let waiting: { line: string; done: () => void; failed: (error: unknown) => void }[] = [];
  let busy: Promise<void> | null = null;
  const flush = async () => {
    while (waiting.length > 0) {
      const lines = waiting;
      waiting = [];
      try {
        await handle.write(lines.map((one) => one.line).join(''));
        await handle.datasync();
        for (const one of lines) one.done();
      } catch (error) {
        for (const one of lines) one.failed(error);
      }
    }
    busy = null;
  };
  return {
    write: (entry) => new Promise((resolve, reject) => {
      waiting.push({ line: `${JSON.stringify(entry)}\n`, done: resolve, failed: reject });
      busy ??= flush();
    }),
    close: async () => { await busy; await handle.close(); },
  };
}

/** All lines of a file, in order. */
export const readLog = async (file: string): Promise<Entry[]> =>
  (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Entry);
