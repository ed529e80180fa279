import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { ProgramKeys } from '../../platform/keyring.ts';
import { refuse } from '../../platform/refusal.ts';
import { IDENTIFIERS, type Key } from './core.ts';

/** One identifier as the contract names it; `id` is not one of these: it needs no look-up. */
export type Pointer = { readonly number?: string | undefined; readonly card?: string | undefined; readonly externalId?: string | undefined; readonly phone?: string | undefined; readonly email?: string | undefined };

/**
 * A phone number in E.164, from any spelling used in Poland: spaces, hyphens, brackets, 00 or + before the country, 48 without either,
 * and the zero that was dialled before area codes until 2010. Null when it is no number that can be called.
 */
export function normalPhone(text: string): string | null {
  const found = parsePhoneNumberFromString(text, 'PL');
  if (found?.isValid()) return found.number;
  if (found?.countryCallingCode !== '48' || !found.nationalNumber.startsWith('0')) return null;
  const withoutZero = parsePhoneNumberFromString(`+48${found.nationalNumber.slice(1)}`);
  return withoutZero?.isValid() ? withoutZero.number : null;
}

/** An e-mail address as it is compared. */
export const normalEmail = (text: string) => text.trim().normalize('NFKC').toLowerCase();

export const phoneKey = (keys: ProgramKeys, e164: string): Key => ({ kind: IDENTIFIERS.phone, key: keys.index('phone', e164).toString('base64url') });
export const emailKey = (keys: ProgramKeys, email: string): Key => ({ kind: IDENTIFIERS.email, key: keys.index('email', normalEmail(email)).toString('base64url') });

/** How this pointer is looked up. Refuses `phone_invalid`, with the field under `at`. */
export function pointerKey(keys: ProgramKeys, pointer: Pointer, at = ''): Key | null {
  if (pointer.number !== undefined) return { kind: IDENTIFIERS.number, key: pointer.number };
  if (pointer.card !== undefined) return { kind: IDENTIFIERS.card, key: pointer.card };
  if (pointer.externalId !== undefined) return { kind: IDENTIFIERS.externalId, key: pointer.externalId };
  if (pointer.phone !== undefined) return phoneKey(keys, normalPhone(pointer.phone) ?? refuse('phone_invalid', {}, [{ pointer: `${at}/phone`, detail: 'phone' }]));
  return pointer.email === undefined ? null : emailKey(keys, pointer.email);
}
