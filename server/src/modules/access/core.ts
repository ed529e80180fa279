import type { Instant } from '@wracam/engine/calendar';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** OWASP ASVS 5.0, 6.5.5: a code lives 10 minutes at most. Five tries of a million make a guess a 1 in 200,000 chance. */
export const CODE_MINUTES = 10;
export const CODE_TRIES = 5;
/** For one address, over all its codes. */
export const CODES_AN_HOUR = 5;
export const TRIES_AN_HOUR = 10;
/**
 * For one network, over all the people behind it. A mobile operator puts many behind one address, so it is far above what one of them needs,
 * and far below what guessing needs: two hundred tries an hour meet one code of a million once in 200 days.
 */
export const NETWORK_CODES_AN_HOUR = 100;
export const NETWORK_TRIES_AN_HOUR = 200;
export const LINK_HOURS = 24;

export type SessionKind = 'staff' | 'member';
/** A session ends after this long without use, and at the latest after this long from its start. */
export const SESSION = {
  staff: { idleMs: 12 * HOUR_MS, absoluteDays: 7 },
  member: { idleMs: 14 * DAY_MS, absoluteDays: 90 },
} as const satisfies Record<SessionKind, { idleMs: number; absoluteDays: number }>;

export const codeEnd = (now: Instant) => now + CODE_MINUTES * MINUTE_MS;
export const linkEnd = (now: Instant) => now + LINK_HOURS * HOUR_MS;
export const sessionEnd = (kind: SessionKind, now: Instant) => now + SESSION[kind].absoluteDays * DAY_MS;

type Session = { readonly seenAt: Instant; readonly expiresAt: Instant };
export const isSessionOpen = (kind: SessionKind, { seenAt, expiresAt }: Session, now: Instant) => now < expiresAt && now < seenAt + SESSION[kind].idleMs;

/** How precisely "last seen" is kept: a row written by every click would be the busiest row of the database. */
const SEEN_STEP_MS = 5 * MINUTE_MS;
export const isSeenStale = (seenAt: Instant | null, now: Instant) => seenAt === null || now - seenAt >= SEEN_STEP_MS;

/** Seconds until an address may ask again; 0: now. `times`: when it asked within the last hour. */
export function waitSeconds(times: readonly Instant[], most: number, now: Instant): number {
  const recent = times.filter((at) => at > now - HOUR_MS).sort((a, b) => a - b);
  if (recent.length < most) return 0;
  return Math.max(1, Math.ceil((recent[recent.length - most]! + HOUR_MS - now) / 1000));
}
export const hourBefore = (now: Instant) => now - HOUR_MS;

const V4_IN_V6 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/;
/** Groups of the part of an IPv6 address that a customer is given as a whole (RFC 6177): whoever has one address has all of them. */
const NETWORK_GROUPS = 4;

/** The network that a limit counts: an IPv4 address, or the first 64 bits of an IPv6 one. */
export function networkOf(address: string): string {
  const plain = address.split('%')[0]!.toLowerCase();
  const inside = V4_IN_V6.exec(plain)?.[1];
  if (inside !== undefined || !plain.includes(':')) return inside ?? plain;
  const [head = '', tail] = plain.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = !tail ? [] : tail.split(':');
  const groups = tail === undefined ? before : [...before, ...Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0'), ...after];
  return `${groups.slice(0, NETWORK_GROUPS).map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::/64`;
}

/** An address as it is compared: one spelling for all. */
export const plainEmail = (email: string) => email.trim().normalize('NFKC').toLowerCase();

export type Person = {
  readonly email: string; readonly name: string;
  /** The name by program: what one program calls a person is none of another's business. */
  readonly names: Readonly<Record<string, string>>;
};
export const nameIn = (person: Person, programId: number) => person.names[programId] ?? person.name;
