import { hash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

const TOKEN_BYTES = 32;
const ID_BYTES = 8;
/** 160 random bits. */
const KEY_CHARACTERS = 32;
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const CODE_DIGITS = 6;

/** Random 256 bits for a cookie. Only `hashOf` it is stored. */
export const newToken = () => randomBytes(TOKEN_BYTES).toString('base64url');

/** Only what could be one of ours is looked up and remembered for a second: a made-up one may be as long as a header. */
export const isToken = (text: string) => /^[\w-]{43}$/.test(text);

/** SHA-256: enough for secrets of 160 random bits and more, which nobody can guess through. */
export const hashOf = (secret: string | Uint8Array): Buffer => hash('sha256', secret, 'buffer');

/** Six digits, each as likely as the other. */
export const newCode = () => String(randomInt(10 ** CODE_DIGITS)).padStart(CODE_DIGITS, '0');

/** An API key tells by its beginning whether it can touch live points, and by its shape to a leak scanner what it is. */
export const newApiSecret = (test: boolean) =>
  `wk_${test ? 'test' : 'live'}_${Array.from({ length: KEY_CHARACTERS }, () => ALPHABET[randomInt(ALPHABET.length)]!).join('')}`;
export const isApiSecret = (text: string) => /^wk_(live|test)_[0-9a-hjkmnp-tv-z]{32}$/.test(text);
export const hintOf = (secret: string) => secret.slice(-4);

/** A one-time link names its row, so that the secret is compared with one hash and never searched for. */
export function newLinkToken(id: number): { token: string; secretHash: Buffer } {
  const bytes = Buffer.concat([Buffer.alloc(ID_BYTES), randomBytes(TOKEN_BYTES)]);
  bytes.writeBigInt64BE(BigInt(id));
  return { token: bytes.toString('base64url'), secretHash: hashOf(bytes.subarray(ID_BYTES)) };
}

/** Null for a text that no link of ours carries. */
export function readLinkToken(token: string): { id: number; secretHash: Buffer } | null {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== ID_BYTES + TOKEN_BYTES) return null;
  const id = Number(bytes.readBigInt64BE());
  return Number.isSafeInteger(id) ? { id, secretHash: hashOf(bytes.subarray(ID_BYTES)) } : null;
}

export const sameSecret = (a: Buffer, b: Buffer) => a.length === b.length && timingSafeEqual(a, b);
