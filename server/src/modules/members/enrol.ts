import { hash, randomInt } from 'node:crypto';
import { localDate, type Instant, type LocalDate } from '@wracam/engine/calendar';
import type { Language } from '@wracam/contract';
import type { ProgramTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import type { ProgramKeys } from '../../platform/keyring.ts';
import { schedule } from '../../platform/jobs.ts';
import { refuse } from '../../platform/refusal.ts';
import { insertMemberLedgers } from '../ledger/index.ts';
import { getProgram } from '../programs/index.ts';
import { IDENTIFIERS, MEMBER_JOINED, RANDOM_NUMBERS, isBirthDate, nameOfKind, withCheckDigit, type Profile } from './core.ts';
import { emailKey, normalEmail, normalPhone, phoneKey } from './identifiers.ts';
import { nameTokens, sealProfile } from './profile.ts';
import * as store from './store.ts';
import type { Attributes, IdentifierRow } from './store.ts';

const KINDS = { person: 1, company: 2 } as const;
const NUMBER_TRIES = 5;
const WORDS = {
  pl: { number: 'numer', card: 'karta', externalId: 'identyfikator zewnętrzny', phone: 'telefon', email: 'e-mail' },
  en: { number: 'number', card: 'card', externalId: 'external id', phone: 'phone', email: 'e-mail' },
} as const;

/** A member to be made. Personal data as it was typed; `termsVersion` null only for history that knows of no terms. */
export type MemberToInsert = {
  readonly id: number; readonly kind?: 'person' | 'company' | undefined; readonly number?: string | undefined; readonly card?: string | undefined; readonly externalId?: string | null | undefined;
  readonly firstName?: string | null | undefined; readonly lastName?: string | null | undefined; readonly phone?: string | null | undefined; readonly email?: string | null | undefined; readonly birthDate?: LocalDate | null | undefined;
  readonly language?: Language | undefined; readonly attributes?: Attributes | undefined; readonly joinedAt: Instant; readonly termsVersion: number | null;
};
export type NewMember = Omit<MemberToInsert, 'id' | 'joinedAt' | 'termsVersion'> & { readonly termsVersion: number; /** The code of the member who invited this one. */ readonly invitation?: string | undefined; readonly emailConsent?: boolean | undefined };
export type Channel = 'portal' | 'counter' | 'api';

/** The phone in E.164. Refuses `phone_invalid`. */
export const requirePhone = (text: string): string => normalPhone(text) ?? refuse('phone_invalid', {}, [{ pointer: '/phone', detail: 'phone' }]);

/** Says which identifier is taken, in the language of the one who asks. */
export function refuseTaken(kind: number, language: Language): never {
  const name = nameOfKind(kind);
  refuse('identifier_taken', { field: WORDS[language][name] }, [{ pointer: `/${name}`, detail: WORDS[language][name] }]);
}

export function profileOf(input: Pick<MemberToInsert, 'firstName' | 'lastName' | 'phone' | 'email' | 'birthDate'>, today: LocalDate): Profile {
  const birthDate = input.birthDate ?? null;
  if (birthDate !== null && !isBirthDate(birthDate, today)) refuse('invalid_request', {}, [{ pointer: '/birthDate', detail: birthDate }]);
  return {
    firstName: input.firstName ?? null, lastName: input.lastName ?? null, birthDate,
    phone: input.phone ? requirePhone(input.phone) : null, email: input.email ? normalEmail(input.email) : null,
  };
}

function identifiersOf(keys: ProgramKeys, member: MemberToInsert, number: string, { phone, email }: Profile): IdentifierRow[] {
  const found = [
    { kind: IDENTIFIERS.number, key: number },
    ...(member.card ? [{ kind: IDENTIFIERS.card, key: member.card }] : []),
    ...(member.externalId ? [{ kind: IDENTIFIERS.externalId, key: member.externalId }] : []),
    ...(phone ? [phoneKey(keys, phone)] : []), ...(email ? [emailKey(keys, email)] : []),
  ];
  return found.map((one) => ({ ...one, memberId: member.id, active: true, since: member.joinedAt }));
}

const randomNumber = () => withCheckDigit(randomInt(RANDOM_NUMBERS.from, RANDOM_NUMBERS.to));

/**
 * Writes members with identifiers, name index and their row in the ledger, a few statements for all of them. Own numbers are made where
 * none is given. Refuses `identifier_taken` and `phone_invalid`; then nothing is written. Announces nothing and sends nothing: for the
 * import and the demo this is all, `createMember` adds the rest.
 */
export async function insertMembers(deps: Deps, tx: ProgramTx, members: readonly MemberToInsert[], language: Language = 'pl'): Promise<void> {
  const keys = await deps.keyring.forProgram(tx.program.id);
  const today = localDate(tx.program.timeZone, tx.program.now);
  let left = members.map((member) => ({ member, profile: profileOf(member, today), number: member.number ?? randomNumber() }));
  const all = left;
  for (let attempt = 1; left.length > 0; attempt += 1) {
    const written = await store.insertMembers(tx, left.map(({ member, profile, number }) => ({
      id: member.id, number, kind: KINDS[member.kind ?? 'person'], language: member.language ?? 'pl', joinedAt: member.joinedAt, termsVersion: member.termsVersion,
      attributes: JSON.stringify(member.attributes ?? {}), sealed: sealProfile(keys, member.id, profile),
    })));
    left = left.filter(({ member }) => !written.has(member.id));
    if (left.some(({ member }) => member.number !== undefined)) refuseTaken(IDENTIFIERS.number, language);
    if (left.length > 0 && attempt === NUMBER_TRIES) throw new Error('no free member number was found');
    for (const one of left) one.number = randomNumber();
  }
  const [taken] = await store.insertIdentifiers(tx, all.flatMap(({ member, profile, number }) => identifiersOf(keys, member, number, profile)));
  if (taken) refuseTaken(taken.kind, language);
  await store.insertNameTokens(tx, all.flatMap(({ member, profile }) => nameTokens(keys, member.id, profile)));
  await insertMemberLedgers(tx, all.map(({ member }) => ({ memberId: member.id, kind: KINDS[member.kind ?? 'person'], joinedOn: localDate(tx.program.timeZone, member.joinedAt) })));
}

/** The code by which a member invites others: the public id without its prefix, so there is nothing to store and nothing to guess. */
export const invitationCode = (deps: Pick<Deps, 'publicIds'>, memberId: number): string => deps.publicIds.encode('mem', memberId).slice('mem_'.length);
const inviterIn = (deps: Pick<Deps, 'publicIds'>, code: string): number | null => deps.publicIds.decode('mem', `mem_${code}`);

/** Makes one member who accepts the terms in force now. Refuses `terms_version_unknown` for any other version, and as `insertMembers` does. */
export async function enrol(deps: Deps, tx: ProgramTx, input: NewMember, channel: Channel, language: Language): Promise<number> {
  const { termsVersion, termsText } = await getProgram(tx);
  if (input.termsVersion !== termsVersion) refuse('terms_version_unknown', { current: termsVersion }, [{ pointer: '/termsVersion', detail: String(termsVersion) }]);
  if (!input.phone && !input.email && !input.card && !input.number && !input.externalId) refuse('identifier_needed');
  const id = (await deps.ids.take(1))[0]!;
  await insertMembers(deps, tx, [{ ...input, id, joinedAt: tx.program.now }], language);
  await store.insertTerms(tx, { memberId: id, version: termsVersion, at: tx.program.now, channel, textHash: hash('sha256', termsText, 'buffer') });
  if (input.emailConsent) await store.saveEmailConsent(tx, id, true);
  const inviter = input.invitation === undefined ? null : inviterIn(deps, input.invitation);
  // A code of nobody, or of a member who left, stops nobody from joining.
  if (inviter !== null) await store.saveInviter(tx, id, inviter);
  await schedule(tx, tx.program.id, MEMBER_JOINED, id, tx.program.now);
  return id;
}
