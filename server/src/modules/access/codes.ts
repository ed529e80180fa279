import { setTimeout as sleep } from 'node:timers/promises';
import type { Instant } from '@wracam/engine/calendar';
import type { Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import type { ProgramKeys } from '../../platform/keyring.ts';
import { refuse } from '../../platform/refusal.ts';
import * as store from './code-store.ts';
import type { Purpose } from './code-store.ts';
import { CODES_AN_HOUR, CODE_TRIES, NETWORK_CODES_AN_HOUR, NETWORK_TRIES_AN_HOUR, TRIES_AN_HOUR, codeEnd, hourBefore, networkOf, plainEmail, waitSeconds } from './core.ts';
import { newCode, sameSecret } from './secrets.ts';
import { realNow } from './store.ts';

/** Whom a code is for: staff of the installation, or a member of one program; and the IP address from which it is asked for or tried. */
export type Audience = { readonly programId: number | null; readonly from: string };
export type NewCode = Audience & { readonly purpose: Exclude<Purpose, 'staff_link'>; readonly email: string; readonly payload?: unknown };

const AUDIENCE_PURPOSES = { staff: ['staff_code'], member: ['member_code', 'member_join', 'member_email'] } as const satisfies Record<string, readonly Purpose[]>;
const purposesOf = ({ programId }: Pick<Audience, 'programId'>) => AUDIENCE_PURPOSES[programId === null ? 'staff' : 'member'];
const keysOf = async (deps: Deps, { programId }: Pick<Audience, 'programId'>): Promise<ProgramKeys> => (programId === null ? deps.keyring.platform : deps.keyring.forProgram(programId));
const sealedAt = (id: number) => `one_time_code|sealed|${id}`;
/** Keyed by the master key, so that six digits cannot be guessed from a stolen table. */
const codeHash = (deps: Deps, id: number, code: string) => deps.keyring.platform.index('one-time code', `${id}:${code}`);

const MOST = { code: { subject: CODES_AN_HOUR, network: NETWORK_CODES_AN_HOUR }, try: { subject: TRIES_AN_HOUR, network: NETWORK_TRIES_AN_HOUR } } as const;

/** Counts one more for the person and for the network it comes from, unless either has had enough: then nothing is counted, and the seconds to wait are given. */
async function countAttempt(deps: Deps, tx: Tx, subject: Buffer, from: string, kind: keyof typeof MOST, now: Instant): Promise<number> {
  const network = networkSubject(deps, from);
  const seconds = Math.max(
    waitSeconds(await store.attemptsSince(tx, network, kind, hourBefore(now)), MOST[kind].network, now), waitSeconds(await store.attemptsSince(tx, subject, kind, hourBefore(now)), MOST[kind].subject, now),
  );
  if (seconds > 0) return seconds;
  for (const one of [network, subject]) await store.insertAttempt(tx, one, kind, now);
  return 0;
}

/** Keyed as the rest: who asked from where cannot be read from the table. */
const networkSubject = (deps: Deps, from: string) => deps.keyring.platform.index('network', networkOf(from));

/** The network first, in both: whoever waits for a person's turn holds a network's already. */
async function takeTurn(deps: Deps, tx: Tx, subject: Buffer, from: string): Promise<Instant> {
  await store.lockSubject(tx, networkSubject(deps, from));
  await store.lockSubject(tx, subject);
  return realNow(tx);
}

/**
 * Makes a code for an address and ends the older one. It is made for unknown addresses too, where nobody ever learns it, so that both
 * cost the same. Refuses `too_many_requests` from the sixth in an hour on, and when too many were asked for from the same network.
 */
export async function issueCode(deps: Deps, { purpose, programId, from, email, payload }: NewCode): Promise<string> {
  const keys = await keysOf(deps, { programId });
  const subject = keys.index('one-time code', plainEmail(email));
  const id = (await deps.ids.take(1))[0]!;
  const code = newCode();
  const wait = await deps.db.onPlatform(async (tx) => {
    const now = await takeTurn(deps, tx, subject, from);
    const seconds = await countAttempt(deps, tx, subject, from, 'code', now);
    if (seconds > 0) return seconds;
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
 * Refuses `code_wrong` for a code that is wrong, used, over, replaced or out of tries, and `too_many_requests` after ten tries in an hour,
 * or two hundred from one network.
 */
export async function takeCode(deps: Deps, { programId, from, email, code }: Audience & { email: string; code: string }): Promise<{ purpose: Purpose; payload: unknown }> {
  const keys = await keysOf(deps, { programId });
  const subject = keys.index('one-time code', plainEmail(email));
  const taken = await deps.db.onPlatform(async (tx) => {
    const now = await takeTurn(deps, tx, subject, from);
    const wait = await countAttempt(deps, tx, subject, from, 'try', now);
    if (wait > 0) return { wait };
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
