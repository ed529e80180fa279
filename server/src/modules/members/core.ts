import { isLocalDate, type LocalDate } from '@wracam/engine/calendar';

/** Kinds of identifiers; the numbers are the database's. */
export const IDENTIFIERS = { number: 1, card: 2, externalId: 3, phone: 4, email: 5 } as const;
export type IdentifierName = keyof typeof IDENTIFIERS;
export type IdentifierKind = (typeof IDENTIFIERS)[IdentifierName];
export const nameOfKind = (kind: number) => (Object.keys(IDENTIFIERS) as IdentifierName[]).find((name) => IDENTIFIERS[name] === kind)!;
/** How a member is found: the kind, and the value itself or, for phone and e-mail, its keyed hash. */
export type Key = { readonly kind: number; readonly key: string };
export const keyText = ({ kind, key }: Key) => `${kind}:${key}`;

/** Personal data of a member; sealed as a whole. The phone is in E.164, the e-mail in small letters. */
export type Profile = { readonly firstName: string | null; readonly lastName: string | null; readonly phone: string | null; readonly email: string | null; readonly birthDate: LocalDate | null };
export const NO_PROFILE: Profile = { firstName: null, lastName: null, phone: null, email: null, birthDate: null };

export const displayName = ({ firstName, lastName }: Profile): string | null => [firstName, lastName].filter(Boolean).join(' ') || null;

/** Nothing that the program may ask of a person is missing. Of a company there is no first name and no birthday. */
export const isComplete = ({ firstName, lastName, phone, email, birthDate }: Profile, kind: 'person' | 'company'): boolean =>
  lastName !== null && phone !== null && email !== null && (kind === 'company' || (firstName !== null && birthDate !== null));

/** Due work that others do about a member: right after joining, and after every change of the profile. `ref` is the member. */
export const MEMBER_JOINED = 'members.joined';
export const MEMBER_CHANGED = 'members.changed';

const NUMBER_DIGITS = 9;
/** Member numbers have ten digits: nine at random and one that proves the others. */
export const RANDOM_NUMBERS = { from: 10 ** (NUMBER_DIGITS - 1), to: 10 ** NUMBER_DIGITS } as const;

/** The number with its check digit (Luhn, ISO/IEC 7812-1): one wrong digit or two neighbours swapped are noticed before any look-up. */
export function withCheckDigit(number: number): string {
  const digits = [...String(number)].reverse().map((digit, at) => (at % 2 === 0 ? Number(digit) * 2 : Number(digit)));
  const sum = digits.reduce((total, digit) => total + (digit > 9 ? digit - 9 : digit), 0);
  return `${number}${(10 - (sum % 10)) % 10}`;
}

/** Words of a name as they are compared: small letters without accents, at least two letters each. */
export const wordsOf = (text: string): string[] =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/ł/g, 'l').split(/[^\p{L}\p{N}]+/u).filter((word) => word.length >= WORD_MIN);

/** One letter would find half of the members; beyond ten the beginnings only make the index grow. */
const WORD_MIN = 2;
const WORD_MAX = 10;
export const beginning = (word: string) => word.slice(0, WORD_MAX);

/** Every beginning of every word of the name, each once. */
export function beginningsOf(name: string): string[] {
  const found = new Set<string>();
  for (const word of wordsOf(name)) for (let length = WORD_MIN; length <= Math.min(WORD_MAX, word.length); length += 1) found.add(word.slice(0, length));
  return [...found];
}

/** Does every word begin some word of the name. */
export function matchesName(name: string, words: readonly string[]): boolean {
  const own = wordsOf(name);
  return words.every((word) => own.some((one) => one.startsWith(word)));
}

const OLDEST_BIRTH = '1900-01-01';
/** A day between 1900 and `today`. */
export const isBirthDate = (date: LocalDate, today: LocalDate) => isLocalDate(date) && date >= OLDEST_BIRTH && date <= today;

/** Enough to know somebody again, too little to tell who it is: "Anna Nowak" is "A… N…". */
export const maskedName = (name: string | null): string | null => name && name.split(/\s+/).map((part) => `${[...part][0] ?? ''}…`).join(' ');
