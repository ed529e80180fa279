import type { Instant } from '@wracam/engine/calendar';

/** The kind of due work that sends one message. */
export const SEND_JOB = 'message.send';
/** A message is tried this often before it is given up. */
export const TRIES_MAX = 8;
const MINUTE_MS = 60_000;
/** A greylisting server wants to be asked again after some minutes, a broken one after hours; the waits add up to about 13 hours. */
const WAITS_MINUTES = [1, 5, 10, 30, 60, 180, 480] as const;
const HIDDEN = '••••••';

/** When a message that could not be delivered is tried again; null: it is given up. `tries` counts those that are over. */
export const nextTryAt = (tries: number, now: Instant): Instant | null =>
  (tries >= TRIES_MAX ? null : now + WAITS_MINUTES[Math.min(tries, WAITS_MINUTES.length) - 1]! * MINUTE_MS);

/** What is sealed in a message's row. */
export type Content = {
  readonly to: string; readonly subject: string; readonly body: string;
  /** A one-time code inside the body, and whose: it opens a session, so not everybody who sees messages may read it. `staffOfMany`: of somebody who works in other programs too. */
  readonly code?: { readonly text: string; readonly of: 'staff' | 'staffOfMany' | 'member' };
  /** After this instant nobody can use the message any more, so it is not sent. */
  readonly until?: Instant;
};

/**
 * The text as the outbox page may show it. A code that was really sent belongs to its reader alone; one that is kept, because no mail
 * server is set, can only be read here: a member's by whoever sees messages, a staff member's by those who manage access, who could let
 * themselves in anyway. But not into other programs: who works in several is let in by `wracam staff link`.
 */
export function shownBody(content: Content, state: string, managesAccess: boolean): string {
  const { code, body } = content;
  if (!code || (state === 'kept' && (code.of === 'member' || (code.of === 'staff' && managesAccess)))) return body;
  return body.replaceAll(code.text, HIDDEN);
}
