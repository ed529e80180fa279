import type { Deps } from '../../platform/deps.ts';
import type { ProgramTx } from '../../platform/db.ts';
import { SESSION, sessionEnd, type SessionKind } from './core.ts';
import { hashOf, newToken } from './secrets.ts';
import * as store from './store.ts';

export type NewSession = { readonly token: string; readonly days: number };

/** Opens a session with a new token and ends the one that the browser came with: a token planted before signing in is worth nothing. */
export function openSession(deps: Deps, kind: SessionKind, owner: { staffId: number } | { programId: number; memberId: number }, previous: string | null): Promise<NewSession> {
  return deps.db.onPlatform(async (tx) => {
    const now = await store.realNow(tx);
    const token = newToken();
    if (previous) await store.deleteSession(tx, hashOf(previous));
    await store.insertSession(tx, hashOf(token), owner, now, sessionEnd(kind, now));
    return { token, days: SESSION[kind].absoluteDays };
  });
}

/** Ends the session of this token; processes that have just seen it stop within a second. */
export const endSession = async (deps: Deps, token: string): Promise<void> => {
  await deps.db.onPlatform((tx) => store.deleteSession(tx, hashOf(token)));
};

/** Ends every session of a member in the caller's transaction, but the one of the token `but`: the account was closed, or its address changed. */
export async function endMemberSessions(tx: ProgramTx, memberId: number, but: string | null = null): Promise<void> {
  await store.seePlatform(tx);
  await store.deleteMemberSessions(tx, memberId, but === null ? null : hashOf(but));
}
