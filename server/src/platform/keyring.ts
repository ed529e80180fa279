import { randomBytes } from 'node:crypto';
import type { Db } from './db.ts';
import { blindIndex, deriveKey, open, openJson, seal, sealJson } from './seal.ts';
import { sql } from './sql.ts';

/** Keys of one program: its data key seals, a key derived from it makes blind indexes. */
export type ProgramKeys = {
  seal(place: string, value: unknown): Buffer;
  open<T>(place: string, sealed: Uint8Array): T;
  index(kind: string, value: string): Buffer;
};
export type Keyring = {
  forProgram(programId: number): Promise<ProgramKeys>;
  /** For what stands above programs: staff addresses, one-time codes. */
  readonly platform: ProgramKeys;
  /** A new program's data key, wrapped by the master key. */
  newDataKey(programId: number): Buffer;
};

const wrapPlace = (programId: number) => `program|data_key|${programId}`;

function keysOf(dataKey: Uint8Array): ProgramKeys {
  const indexKey = deriveKey(dataKey, 'blind index');
  return {
    seal: (place, value) => sealJson(dataKey, place, value),
    open: (place, sealed) => openJson(dataKey, place, sealed),
    index: (kind, value) => blindIndex(indexKey, kind, value),
  };
}

/** Opens data keys with the master key (32 bytes, outside the database) and keeps them in memory. */
export function makeKeyring(db: Db, masterKey: Uint8Array): Keyring {
  if (masterKey.length !== 32) throw new Error('the master key has 32 bytes');
  const wrapKey = deriveKey(masterKey, 'wrap data keys');
  const known = new Map<number, Promise<ProgramKeys>>();
  const load = async (programId: number) => {
    const row = await db.onPlatform((tx) => tx.maybe<{ dataKey: Buffer }>(sql`select data_key from program where id = ${programId}`));
    if (!row) throw new Error(`program ${programId} is not there`);
    return keysOf(open(wrapKey, wrapPlace(programId), row.dataKey));
  };
  return {
    platform: keysOf(deriveKey(masterKey, 'platform data')),
    newDataKey: (programId) => seal(wrapKey, wrapPlace(programId), randomBytes(32)),
    forProgram(programId) {
      let keys = known.get(programId);
      if (!keys) {
        keys = load(programId);
        known.set(programId, keys);
        keys.catch(() => known.delete(programId));
      }
      return keys;
    },
  };
}
