import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { OperationId } from '@wracam/contract';
import type { DepsInput } from './make-deps.ts';
import { openAnsweringThread, type AnsweringThread } from './platform/answering-thread.ts';
import { giveThreadsNurseries } from './platform/heap.ts';
import type { Aside } from './platform/http.ts';

/** What tills ask for all day. Everything else is answered where it came in. */
const BOOKING: ReadonlySet<OperationId> = new Set<OperationId>(['recordTransaction', 'recordTransactions', 'previewTransaction', 'recordEvent', 'previewEvent']);

export type BookingThread = AnsweringThread & Aside;

/** The thread that books, beside the built server. From source there is none: then everything is answered on this thread. */
export function openBookingThread(input: DepsInput): BookingThread | null {
  const file = new URL('./booking-thread.js', import.meta.url);
  if (!existsSync(fileURLToPath(file))) return null;
  giveThreadsNurseries();
  return bookingThread(file, input);
}

/** The built thread in this file. */
export const bookingThread = (file: URL, { log: _log, ...input }: DepsInput): BookingThread => ({ answers: BOOKING, ...openAnsweringThread(file, input) });
