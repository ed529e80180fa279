import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const VERSION = 1;

/** Seals bytes with AES-256-GCM. `place` (table, column, row) is authenticated: a sealed value moved to another row does not open. */
export function seal(key: Uint8Array, place: string, plain: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), body]);
}

/** Opens what `seal` made; throws when the key, the place or a byte differs. */
export function open(key: Uint8Array, place: string, sealed: Uint8Array): Buffer {
  if (sealed[0] !== VERSION) throw new Error('sealed with an unknown version');
  const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
  const tag = sealed.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place)).setAuthTag(tag);
  return Buffer.concat([decipher.update(sealed.subarray(1 + NONCE_BYTES + TAG_BYTES)), decipher.final()]);
}

export const sealJson = (key: Uint8Array, place: string, value: unknown): Buffer => seal(key, place, Buffer.from(JSON.stringify(value)));
export const openJson = <T>(key: Uint8Array, place: string, sealed: Uint8Array): T => JSON.parse(open(key, place, sealed).toString('utf8')) as T;

/** A key for one purpose, derived by HKDF-SHA-256. */
export const deriveKey = (key: Uint8Array, purpose: string): Buffer => Buffer.from(hkdfSync('sha256', key, '', purpose, 32));

/** A keyed hash by which a value is found without being stored: 16 bytes of HMAC-SHA-256. */
export const blindIndex = (key: Uint8Array, kind: string, value: string): Buffer =>
  createHmac('sha256', key).update(`${kind}\u0000${value}`).digest().subarray(0, 16);
