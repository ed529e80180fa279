import type { Deps } from '../../platform/deps.ts';
import { Refusal, refuse } from '../../platform/refusal.ts';
import * as store from './code-store.ts';
import { TRIES_AN_HOUR, hourBefore, waitSeconds } from './core.ts';
import { realNow } from './store.ts';

/**
 * Runs work whose refusal `tells` something about others, such as that a phone is unknown: after ten such refusals in an hour the same person
 * has to wait. A guess counts before it is made, so a burst of them counts like a queue, and is forgotten when it tells nothing.
 */
export async function withFewGuesses<T>(deps: Deps, who: { readonly programId: number; readonly memberId: number }, tells: Refusal['code'], work: () => Promise<T>): Promise<T> {
  const subject = (await deps.keyring.forProgram(who.programId)).index('guesses', String(who.memberId));
  const counted = await deps.db.onPlatform(async (tx) => {
    await store.lockSubject(tx, subject);
    const now = await realNow(tx);
    const seconds = waitSeconds(await store.attemptsSince(tx, subject, 'guess', hourBefore(now)), TRIES_AN_HOUR, now);
    if (seconds === 0) await store.insertAttempt(tx, subject, 'guess', now);
    return { seconds, at: now };
  });
  if (counted.seconds > 0) refuse('too_many_requests', { seconds: counted.seconds });
  const forget = () => deps.db.onPlatform((tx) => store.removeAttempt(tx, subject, 'guess', counted.at));
  try {
    const answer = await work();
    await forget();
    return answer;
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== tells) await forget();
    throw error;
  }
}
