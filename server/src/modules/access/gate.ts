import { rolePermissions } from '@wracam/contract';
import type { Deps } from '../../platform/deps.ts';
import type { Gate } from '../../platform/http.ts';
import { programIdOf } from '../programs/index.ts';
import { isSeenStale, isSessionOpen } from './core.ts';
import { hashOf, isApiSecret, isToken } from './secrets.ts';
import * as store from './store.ts';

/** How long an answer may be remembered. A key that is revoked or a role that is taken away stops working within it. */
const TRUST_MS = 1_000;
/** Strangers with made-up secrets must not fill the memory. */
const REMEMBERED_MAX = 5_000;

/** Remembers what `load` found, and shares one load among those who ask at the same time. A failure is not remembered. */
function remembering<T>(trustMs: number, now: () => number) {
  const known = new Map<string, { until: number; value: Promise<T> }>();
  return (name: string, load: () => Promise<T>): Promise<T> => {
    const found = known.get(name);
    if (found && found.until > now()) return found.value;
    if (known.size >= REMEMBERED_MAX) known.clear();
    const value = load();
    known.set(name, { until: now() + trustMs, value });
    value.catch(() => known.delete(name));
    return value;
  };
}

/** Tells who stands behind a key or a cookie. Every answer is at most a second old. */
export function makeGate(deps: Deps, clock: () => number = Date.now): Gate {
  const programs = remembering<number | null>(TRUST_MS, clock);
  const keys = remembering<Awaited<ReturnType<Gate['key']>>>(TRUST_MS, clock);
  const staff = remembering<Awaited<ReturnType<Gate['staff']>>>(TRUST_MS, clock);
  const members = remembering<Awaited<ReturnType<Gate['member']>>>(TRUST_MS, clock);
  return {
    programId: (ref) => programs(ref, () => programIdOf(deps, ref)),
    key: (secret) => (isApiSecret(secret) ? keys(secret, () => keyBehind(deps, secret)) : Promise.resolve(null)),
    staff: (token, programId) => (isToken(token) ? staff(`${programId}:${token}`, () => staffBehind(deps, token, programId)) : Promise.resolve(null)),
    member: (token, programId) => (isToken(token) ? members(`${programId}:${token}`, () => memberBehind(deps, token, programId)) : Promise.resolve(null)),
  };
}

const keyBehind = (deps: Deps, secret: string): ReturnType<Gate['key']> => deps.db.onPlatform(async (tx) => {
  const key = await store.findApiKey(tx, hashOf(secret));
  if (!key) return null;
  const now = await store.realNow(tx);
  if (isSeenStale(key.lastUsedAt, now)) await store.saveKeyUsed(tx, key.programId, key.id, now);
  return { programId: key.programId, actor: { kind: 'key', id: key.id }, permissions: new Set(key.scopes), adjustLimit: null, adjustDayLimit: null, memberId: null };
});

const staffBehind = (deps: Deps, token: string, programId: number | null): ReturnType<Gate['staff']> => deps.db.onPlatform(async (tx) => {
  const tokenHash = hashOf(token);
  const session = await store.findSession(tx, tokenHash);
  const now = await store.realNow(tx);
  if (!session || session.staffId === null || !isSessionOpen('staff', session, now)) return null;
  if (isSeenStale(session.seenAt, now)) await store.saveSessionSeen(tx, tokenHash, now);
  const actor = { kind: 'staff', id: session.staffId } as const;
  if (programId === null) return { actor, permissions: new Set(), adjustLimit: null, adjustDayLimit: null, memberId: null };
  const role = await store.findRole(tx, programId, session.staffId);
  if (!role) return null;
  if (isSeenStale(role.lastSeenAt, now)) await store.saveRoleSeen(tx, programId, session.staffId, now);
  return { actor, permissions: new Set(rolePermissions[role.role]), adjustLimit: role.adjustLimit, adjustDayLimit: role.adjustDayLimit, memberId: null };
});

const memberBehind = (deps: Deps, token: string, programId: number): ReturnType<Gate['member']> => deps.db.onPlatform(async (tx) => {
  const tokenHash = hashOf(token);
  const session = await store.findSession(tx, tokenHash);
  const now = await store.realNow(tx);
  if (!session || session.memberId === null || session.programId !== programId || !isSessionOpen('member', session, now)) return null;
  if (isSeenStale(session.seenAt, now)) await store.saveSessionSeen(tx, tokenHash, now);
  return { actor: { kind: 'member', id: session.memberId }, permissions: new Set(), adjustLimit: null, adjustDayLimit: null, memberId: session.memberId };
});
