import { setTimeout as sleep } from 'node:timers/promises';
import type { Deps } from '../../platform/deps.ts';
import type { ProgramKeys } from '../../platform/keyring.ts';
import { refuse } from '../../platform/refusal.ts';
import * as store from './code-store.ts';
import type { Purpose } from './code-store.ts';
import { CODES_AN_HOUR, CODE_TRIES, TRIES_AN_HOUR, codeEnd, hourBefore, plainEmail, waitSeconds } from './core.ts';
import { newCode, sameSecret } from './secrets.ts';
import { realNow } from './store.ts';

/** Whom a code is for: staff of the installation, or a member of one program. */
export type Audience = { readonly programId: number | null };
export type NewCode = Audience & { readonly purpose: Exclude<Purpose, 'staff_link'>; readonly email: string; readonly payload?: unknown };

const AUDIENCE_PURPOSES = { staff: ['staff_code'], member: ['member_code', 'member_join'] } as const satisfies Record<string, readonly Purpose[]>;
const purposesOf = ({ programId }: Audience) => AUDIENCE_PURPOSES[programId === null ? 'staff' : 'member'];
const keysOf = async (deps: Deps, { programId }: Audience): Promise<ProgramKeys> => (programId === null ? deps.keyring.platform : deps.keyring.forProgram(programId));
const sealedAt = (id: number) => `one_time_code|sealed|${id}`;
/** Keyed by the master key, so that six digits cannot be guessed from a stolen table. */
const codeHash = (deps: Deps, id: number, code: string) => deps.keyring.platform.index('one-time code', `${id}:${code}`);

/**
 * Makes a code for an address and ends the older one. It is made for unknown addresses too, where nobody ever learns it, so that both
 * cost the same. Refuses `too_many_requests` from the sixth in an hour on.
 */
export async function issueCode(deps: Deps, { purpose, programId, email, payload }: NewCode): Promise<string> {
  const keys = await keysOf(deps, { programId });
  const subject = keys.index('one-time code', plainEmail(email));
  const id = (await deps.ids.take(1))[0]!;
  const code = newCode();
  const wait = await deps.db.onPlatform(async (tx) => {
    await store.lockSubject(tx, subject);
    const now = await realNow(tx);
    const seconds = waitSeconds(await store.attemptsSince(tx, subject, 'code', hourBefore(now)), CODES_AN_HOUR, now);
    if (seconds > 0) return seconds;
    await store.insertAttempt(tx, subject, 'code', now);
    await store.endCodes(tx, subject, purposesOf({ programId }), now);
    const sealed = payload === undefined ? null : keys.seal(sealedAt(id), payload);
    await store.insertCode(tx, { id, purpose, programId, subject, secretHash: codeHash(deps, id, code), sealed, tries: CODE_TRIES, expiresAt: codeEnd(now) }, now);
    return 0;
  });
  if (wait > 0) refuse('too_many_requests', { seconds: wait });
  return code;
}

/**
 * Uses a code up and gives what it was made for. A wrong try is counted and stays counted: the try commits before the refusal is thrown.
 * Refuses `code_wrong` for a code that is wrong, used, over, replaced or out of tries, and `too_many_requests` after ten tries in an hour.
 */
export async function takeCode(deps: Deps, { programId, email, code }: Audience & { email: string; code: string }): Promise<{ purpose: Purpose; payload: unknown }> {
  const keys = await keysOf(deps, { programId });
  const subject = keys.index('one-time code', plainEmail(email));
  const taken = await deps.db.onPlatform(async (tx) => {
    await store.lockSubject(tx, subject);
    const now = await realNow(tx);
    const wait = waitSeconds(await store.attemptsSince(tx, subject, 'try', hourBefore(now)), TRIES_AN_HOUR, now);
    if (wait > 0) return { wait };
    await store.insertAttempt(tx, subject, 'try', now);
    const row = await store.takeTry(tx, subject, purposesOf({ programId }), now);
    if (!row || !sameSecret(row.secretHash, codeHash(deps, row.id, code))) return { wait: 0 };
    await store.endCode(tx, row.id, now);
    return { row };
  });
  if (!taken.row) return taken.wait > 0 ? refuse('too_many_requests', { seconds: taken.wait }) : refuse('code_wrong');
  const { id, purpose, sealed } = taken.row;
  return { purpose, payload: sealed ? keys.open(sealedAt(id), sealed) : undefined };
}

// Longer than the work for a known address takes, so that the time tells nothing about it.
const STEADY_MS = 120;

/** Runs the work and answers, or refuses, not before a fixed time has passed. */
export async function steadily<T>(work: () => Promise<T>): Promise<T> {
  const [result] = await Promise.allSettled([work(), sleep(STEADY_MS)]);
  if (result.status === 'rejected') throw result.reason;
  return result.value;
}

const KEEP_MS = 24 * 3_600_000;

/** Daily work: forgets attempts, codes and sessions that have run out. Gives how many rows went. */
export const sweepAccess = (deps: Deps) => deps.db.onPlatform(async (tx) => store.sweep(tx, await realNow(tx), KEEP_MS));
