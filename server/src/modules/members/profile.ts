import type { ProgramTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import type { ProgramKeys } from '../../platform/keyring.ts';
import { NO_PROFILE, beginningsOf, displayName, type Profile } from './core.ts';
import * as store from './store.ts';
import type { MemberRow } from './store.ts';

const sealedAt = (id: number) => `member|sealed|${id}`;
export const sealProfile = (keys: ProgramKeys, id: number, profile: Profile): Buffer => keys.seal(sealedAt(id), profile);
export const openProfile = (keys: ProgramKeys, row: Pick<MemberRow, 'id' | 'sealed'>): Profile => (row.sealed ? keys.open<Profile>(sealedAt(row.id), row.sealed) : NO_PROFILE);

/** 'MM-DD': all that rules ever see of a date of birth. */
export const monthDayOf = (birthDate: string | null): string | null => birthDate?.slice(5) ?? null;

export const tokenOf = (keys: ProgramKeys, beginning: string): Buffer => keys.index('name', beginning);
export const nameTokens = (keys: ProgramKeys, memberId: number, profile: Profile) =>
  beginningsOf(displayName(profile) ?? '').map((one) => ({ memberId, token: tokenOf(keys, one) }));

/** Where members are written to, and in which language; those without an e-mail are left out. */
export async function contactsOf(deps: Pick<Deps, 'keyring'>, tx: ProgramTx, ids: readonly number[]): Promise<Map<number, { email: string; language: 'pl' | 'en' }>> {
  if (ids.length === 0) return new Map();
  const keys = await deps.keyring.forProgram(tx.program.id);
  return new Map((await store.membersByIds(tx, ids)).flatMap((row) => {
    const { email } = openProfile(keys, row);
    return email === null ? [] : [[row.id, { email, language: row.language }] as const];
  }));
}

/** How a message speaks to members: by which name, in which language, and where to; `email` is null for those who did not agree, have none, or left. */
export async function addresseesOf(deps: Pick<Deps, 'keyring'>, tx: ProgramTx, ids: readonly number[]): Promise<Map<number, { firstName: string | null; language: 'pl' | 'en'; email: string | null }>> {
  const keys = await deps.keyring.forProgram(tx.program.id);
  return new Map((await store.membersByIds(tx, ids)).map((row) => {
    const { firstName, email } = openProfile(keys, row);
    return [row.id, { firstName, language: row.language, email: row.emailConsentAt === null || row.closedAt !== null ? null : email }] as const;
  }));
}

/** Names of members for lists, by id; null for those who gave none. Members who are not there are left out. */
export async function displayNames(tx: ProgramTx, keys: ProgramKeys, ids: readonly number[]): Promise<Map<number, string | null>> {
  if (ids.length === 0) return new Map();
  const rows = await store.membersByIds(tx, [...new Set(ids)]);
  return new Map(rows.map((row) => [row.id, displayName(openProfile(keys, row))]));
}
