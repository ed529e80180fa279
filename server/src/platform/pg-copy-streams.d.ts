declare module 'pg-copy-streams' {
  import type { Submittable } from 'pg';
  import type { Readable, Writable } from 'node:stream';

  /** Rows of COPY … TO STDOUT. `rowCount` is known at the end. */
  export function to(text: string): Submittable & Readable & { rowCount: number };
  /** Takes rows for COPY … FROM STDIN. `rowCount` is known once finished. */
  export function from(text: string): Submittable & Writable & { rowCount: number };
}
