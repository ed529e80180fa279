import type { Deps } from '../../platform/deps.ts';
import { refuse } from '../../platform/refusal.ts';
import * as store from './code-store.ts';
import { hourBefore, waitSeconds } from './core.ts';
import { realNow } from './store.ts';

/** Somebody who may guess, and how many wrong guesses an hour are let pass. */
export type Guesser = { readonly subject: string; readonly most: number };

/**
 * Counts a guess for each of them before it is made, so that a burst is counted like a queue; `giveBack` is called when the guess was right.
 * Refuses `too_many_requests` when one of them has none left, and counts nothing then.
 */
export async function reserveTries(deps: Deps, guessers: readonly Guesser[]): Promise<{ giveBack(): Promise<void> }> {
  const known = guessers.map(({ subject, most }) => ({ subject: deps.keyring.platform.index('guess', subject), most })).sort((a, b) => Buffer.compare(a.subject, b.subject));
  const { wait, at } = await deps.db.onPlatform(async (tx) => {
    for (const { subject } of known) await store.lockSubject(tx, subject);
    const now = await realNow(tx);
    let longest = 0;
    for (const { subject, most } of known) longest = Math.max(longest, waitSeconds(await store.attemptsSince(tx, subject, 'guess', hourBefore(now)), most, now));
    if (longest === 0) for (const { subject } of known) await store.insertAttempt(tx, subject, 'guess', now);
    return { wait: longest, at: now };
  });
  if (wait > 0) refuse('too_many_requests', { seconds: wait });
  return { giveBack: () => deps.db.onPlatform(async (tx) => { for (const { subject } of known) await store.removeAttempt(tx, subject, 'guess', at); }) };
}
