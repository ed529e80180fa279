import type { Db } from './db.ts';
import { sql } from './sql.ts';

/** Ids in one block of the sequence. A process that stops leaves the rest of its block unused; 64 bits bear that. */
const BLOCK = 4096;
const HALF = 2 ** 24;
const ROUNDS = 6;
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const PUBLIC_LENGTH = 10;
/** A wallet's number has 16 bits in the database, a place in a chain 32; both signed. */
const WALLET_MAX = 2 ** 15 - 1;
const SEQ_MAX = 2 ** 31 - 1;
/** Public ids permute 48 bits. */
export const ID_MAX = 2 ** 48 - 1;

export type Ids = {
  /** Distinct ids, growing within this process, whichever of its threads takes them: what is newer has the greater one. */
  take(count: number): Promise<number[]>;
};

/** The next id, shared by the threads of a process. At a multiple of `BLOCK` the block is used up, so no block gives its first. */
export type IdCounter = BigInt64Array<SharedArrayBuffer>;
export const idCounter = (): IdCounter => new BigInt64Array(new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT));

const isUsedUp = (next: bigint) => next % BigInt(BLOCK) === 0n;

/** Hands out ids from blocks, one round trip to the database every few thousand. */
export function makeIds(db: Db, counter: IdCounter = idCounter()): Ids {
  let filling: Promise<void> | null = null;
  const refill = async () => {
    const row = await db.onPlatform((tx) => tx.maybe<{ block: number }>(sql`select nextval('id_block') as block`));
    const first = BigInt(row!.block * BLOCK + 1);
    // Where another thread has filled it meanwhile, this block is left: ids would go back.
    const now = Atomics.load(counter, 0);
    if (isUsedUp(now) && now < first) Atomics.compareExchange(counter, 0, now, first);
  };
  return {
    async take(count) {
      const ids: number[] = [];
      while (ids.length < count) {
        const next = Atomics.load(counter, 0);
        if (isUsedUp(next)) {
          filling ??= refill().finally(() => { filling = null; });
          await filling;
        } else if (Atomics.compareExchange(counter, 0, next, next + 1n) === next) ids.push(Number(next));
      }
      return ids;
    },
  };
}

export type Prefix = 'cbt' | 'crc' | 'wrp' | 'prg' | 'mem' | 'txn' | 'trf' | 'rul' | 'pst' | 'sgm' | 'rwd' | 'ord' | 'hld' | 'key' | 'stf' | 'msg' | 'aud' | 'rpl' | 'rpr' | 'gol' | 'bdg' | 'ldb' | 'mvt' | 'tgt' | 'whk' | 'evt';
export type PublicIds = {
  encode(prefix: Prefix, id: number): string;
  /** Null for anything that is not a public id of this kind. */
  decode(prefix: Prefix, text: string): number | null;
  encodeTransfer(memberId: number, walletNo: number, seq: number): string;
  decodeTransfer(text: string): { memberId: number; walletNo: number; seq: number } | null;
};

const mix = (value: number, key: number): number => {
  let h = Math.imul(value ^ key, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca77);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae3d);
  return ((h ^ (h >>> 16)) >>> 0) & (HALF - 1);
};

/**
 * Ids as the outside world sees them: a keyed permutation of 48 bits (a balanced Feistel network) in Crockford's base 32, so that nobody
 * counts members or sales by them. It hides volumes, it protects nothing: every read checks its program. `key`: 16 bytes.
 */
export function makePublicIds(key: Uint8Array): PublicIds {
  const words = new DataView(key.buffer, key.byteOffset, 16);
  const keysOf = (tweak: string) => {
    let spice = 0x811c9dc5;
    for (const letter of tweak) spice = Math.imul(spice ^ letter.charCodeAt(0), 0x01000193);
    return Array.from({ length: ROUNDS }, (_, round) => (words.getUint32((round % 4) * 4) ^ Math.imul(spice, round + 1)) >>> 0);
  };
  const roundKeys = new Map<string, number[]>();
  const keys = (tweak: string) => {
    let found = roundKeys.get(tweak);
    if (!found) roundKeys.set(tweak, found = keysOf(tweak));
    return found;
  };
  const permute = (tweak: string, id: number): number => {
    if (id < 0 || id > ID_MAX) throw new RangeError('id out of range');
    let left = Math.floor(id / HALF);
    let right = id % HALF;
    for (const k of keys(tweak)) [left, right] = [right, left ^ mix(right, k)];
    return left * HALF + right;
  };
  const restore = (tweak: string, value: number): number => {
    let left = Math.floor(value / HALF);
    let right = value % HALF;
    for (const k of keys(tweak).toReversed()) [left, right] = [right ^ mix(left, k), left];
    return left * HALF + right;
  };
  const write = (value: number): string => {
    let text = '';
    for (let rest = value, digit = 0; digit < PUBLIC_LENGTH; digit += 1, rest = Math.floor(rest / 32)) text = ALPHABET[rest % 32]! + text;
    return text;
  };
  const read = (text: string): number | null => {
    let value = 0;
    for (const letter of text) {
      const digit = ALPHABET.indexOf(letter);
      if (digit < 0) return null;
      value = value * 32 + digit;
    }
    return value <= ID_MAX ? value : null;
  };
  const readPart = (tweak: string, text: string) => {
    const value = read(text);
    return value === null ? null : restore(tweak, value);
  };
  return {
    encode: (prefix, id) => `${prefix}_${write(permute(prefix, id))}`,
    decode: (prefix, text) => (text.length === prefix.length + 1 + PUBLIC_LENGTH && text.startsWith(`${prefix}_`) ? readPart(prefix, text.slice(prefix.length + 1)) : null),
    encodeTransfer: (memberId, walletNo, seq) => `trf_${write(permute('trf', memberId))}${write(permute('seq', walletNo * 2 ** 32 + seq))}`,
    decodeTransfer(text) {
      if (text.length !== 4 + 2 * PUBLIC_LENGTH || !text.startsWith('trf_')) return null;
      const memberId = readPart('trf', text.slice(4, 4 + PUBLIC_LENGTH));
      if (memberId === null) return null;
      const place = readPart('seq', text.slice(4 + PUBLIC_LENGTH));
      if (place === null) return null;
      const [walletNo, seq] = [Math.floor(place / 2 ** 32), place % 2 ** 32];
      // Made-up ids may decode to numbers that no column holds.
      return walletNo > WALLET_MAX || seq > SEQ_MAX ? null : { memberId, walletNo, seq };
    },
  };
}
