import type { Instant } from '@wracam/engine/calendar';

/** The work of sending one delivery out. */
export const DELIVER = 'webhooks.deliver';
/** An event goes to each of them, so they are few. */
export const WEBHOOKS_MAX = 10;
/** Trials of one address in an hour: somebody who sets it up needs a few, and ours is no tool to flood another's server with. */
export const TRIALS_AN_HOUR = 20;
const MINUTE_MS = 60_000;
/** Ten tries in about two days: a weekend without anybody at the other system loses nothing. */
const WAITS_MINUTES = [1 / 6, 1, 5, 30, 120, 360, 720, 720, 720] as const;
/** While a webhook fails, all its other events wait this long for the next try. */
const HELD_UP_MS = MINUTE_MS;

/** When an event that did not arrive is tried again; null: it is given up. `tries` counts those that are over. */
export const nextTryAt = (tries: number, now: Instant): Instant | null => {
  const wait = WAITS_MINUTES[tries - 1];
  return wait === undefined ? null : now + wait * MINUTE_MS;
};
export const heldUpUntil = (now: Instant): Instant => now + HELD_UP_MS;

/** What an event is about, under the name that its receiver knows: a document, or a member whose points changed beside documents. */
export const dataOf = (type: string, ref: string, body: Record<string, unknown>): Record<string, unknown> =>
  (type.startsWith('points.') ? { member: ref, ...body } : { transaction: ref, ...body });
