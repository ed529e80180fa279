import type { ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { refuse } from '../../platform/refusal.ts';
import { staffEmail } from '../access/index.ts';
import { IDENTIFIERS, beginning, displayName, keyText, matchesName, wordsOf, type Key, maskedName } from './core.ts';
import { emailKey, normalPhone, phoneKey, pointerKey, type Pointer } from './identifiers.ts';
import { displayNames, openProfile, tokenOf } from './profile.ts';
import * as store from './store.ts';

const REF_KINDS = { number: 'number', card: 'card', external: 'externalId' } as const;

/** The member that `mem_…`, `number:…`, `card:…` or `external:…` names. Refuses `member_unknown`; a lost card names nobody. */
export async function resolveMember(deps: Deps, tx: ProgramTx, ref: string): Promise<number> {
  const id = deps.publicIds.decode('mem', ref);
  if (id !== null) return (await store.findMember(tx, id))?.id ?? refuse('member_unknown');
  const [, name, key] = /^(number|card|external):(.+)$/s.exec(ref) ?? [];
  const kind = name && IDENTIFIERS[REF_KINDS[name as keyof typeof REF_KINDS]];
  if (!kind || !key) refuse('member_unknown');
  return (await store.findMembersByKeys(tx, tx.program.id, [{ kind, key }])).get(keyText({ kind, key })) ?? refuse('member_unknown');
}

/** The member with exactly this identifier. Refuses `member_unknown` and `phone_invalid`. */
export async function lookUpMember(deps: Deps, tx: ProgramTx, pointer: Pointer): Promise<number> {
  const key = pointerKey(await deps.keyring.forProgram(tx.program.id), pointer) ?? refuse('member_unknown');
  return (await store.findMembersByKeys(tx, tx.program.id, [key])).get(keyText(key)) ?? refuse('member_unknown');
}

/** The member with exactly this identifier, or null. Refuses `phone_invalid`. */
export async function findByPointer(deps: Deps, tx: ProgramTx, pointer: Pointer): Promise<number | null> {
  const key = pointerKey(await deps.keyring.forProgram(tx.program.id), pointer);
  return key === null ? null : (await store.findMembersByKeys(tx, tx.program.id, [key])).get(keyText(key)) ?? null;
}

/** More than fit the list are read, because names are compared in full only after they are opened. */
const READ_AHEAD = 4;

/** Ids of members that one line of text may mean: a number, card, external id, phone or e-mail exactly, or beginnings of names. */
export async function searchMembers(deps: Deps, tx: ProgramTx, text: string, limit: number): Promise<number[]> {
  const keys = await deps.keyring.forProgram(tx.program.id);
  const phone = normalPhone(text);
  const exact: Key[] = [
    ...[text, text.replace(/\s+/g, '')].flatMap((key) => [IDENTIFIERS.number, IDENTIFIERS.card, IDENTIFIERS.externalId].map((kind) => ({ kind, key }))),
    ...(phone ? [phoneKey(keys, phone)] : []), ...(text.includes('@') ? [emailKey(keys, text)] : []),
  ];
  const byKey = (await store.membersByAnyKey(tx, exact)).map(({ memberId }) => memberId);
  const words = [...new Set(wordsOf(text))];
  if (words.length === 0 || text.includes('@')) return byKey.slice(0, limit);
  const tokens = [...new Set(words.map(beginning))].map((one) => tokenOf(keys, one));
  const candidates = (await store.membersByTokens(tx, tokens, limit * READ_AHEAD)).map(({ memberId }) => memberId);
  const names = new Map((await store.membersByIds(tx, candidates)).map((row) => [row.id, displayName(openProfile(keys, row)) ?? '']));
  return [...new Set([...byKey, ...candidates.filter((id) => matchesName(names.get(id) ?? '', words))])].slice(0, limit);
}

/** The account of the very person who asks, as far as we can tell: a member with the e-mail address that the person signs in with. Null for keys. */
export async function ownAccount(deps: Deps, ctx: Ctx): Promise<number | null> {
  if (ctx.actor.kind !== 'staff' || ctx.actor.id === null) return null;
  const key = emailKey(await deps.keyring.forProgram(ctx.programId), await staffEmail(deps, ctx.actor.id));
  return deps.db.readProgram(ctx.programId, async (tx) => (await store.findMembersByKeys(tx, tx.program.id, [key])).get(keyText(key)) ?? null);
}

/** The member with this e-mail address, or null. */
export async function findByEmail(deps: Deps, tx: ProgramTx, email: string): Promise<number | null> {
  const key = emailKey(await deps.keyring.forProgram(tx.program.id), email);
  return (await store.findMembersByKeys(tx, tx.program.id, [key])).get(keyText(key)) ?? null;
}

/** Enough of a number to know it again. */
const NUMBER_END = 4;

/** A member as another one may see: initials, and the end of the number. */
export async function showMasked(deps: Deps, tx: ProgramTx, id: number): Promise<{ name: string | null; numberEnd: string }> {
  const names = await displayNames(tx, await deps.keyring.forProgram(tx.program.id), [id]);
  const number = (await store.memberNumbers(tx, [id])).get(id)!;
  return { name: maskedName(names.get(id) ?? null), numberEnd: number.slice(-NUMBER_END) };
}
