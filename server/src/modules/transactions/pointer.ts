import type { memberPointer } from '@wracam/contract/transactions';
import type { z } from 'zod';
import type { Deps } from '../../platform/deps.ts';
import type { ProgramKeys } from '../../platform/keyring.ts';
import { refuse } from '../../platform/refusal.ts';
import { pointerKey } from '../members/index.ts';
import type { Pointer } from './document.ts';

/** The contract's pointer as members keep identifiers; personal ones become keyed hashes here, at the edge. */
export function pointerOf(deps: Deps, keys: ProgramKeys, pointer: z.output<typeof memberPointer> | null | undefined): Pointer | null {
  if (!pointer) return null;
  if (pointer.id !== undefined) return { id: deps.publicIds.decode('mem', pointer.id) ?? refuse('member_unknown') };
  return pointerKey(keys, pointer, '/member');
}
