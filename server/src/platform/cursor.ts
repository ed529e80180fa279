import type { Instant } from '@wracam/engine/calendar';
import { refuse } from './refusal.ts';

/** Where a page of a list ended: lists go by instant, then id, newest first. */
export type Place = { readonly at: Instant; readonly id: number };

// The last instant that a Date can hold has one digit more; no list of ours reaches the year 10000.
const INSTANT_MAX = 253_402_300_799_999;

/** The place as an opaque text for the address of the next page. */
export const writeCursor = ({ at, id }: Place): string => Buffer.from(`${at}:${id}`).toString('base64url');

/** The place a cursor names; null for the first page. Refuses anything that `writeCursor` did not make. */
export function readCursor(cursor: string | undefined): Place | null {
  if (cursor === undefined) return null;
  const found = /^(\d{1,15}):(\d{1,16})$/.exec(Buffer.from(cursor, 'base64url').toString('latin1'));
  const [at, id] = [Number(found?.[1]), Number(found?.[2])];
  if (!found || !Number.isSafeInteger(id) || at > INSTANT_MAX) return refuse('invalid_request', {}, [{ pointer: '/cursor', detail: 'not a cursor of this list' }]);
  return { at, id };
}
