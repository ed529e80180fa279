import type { memberPointer } from '@wracam/contract/transactions';
import type { z } from 'zod';
import type { Ctx, Deps } from '../../platform/deps.ts';
import type { ProgramKeys } from '../../platform/keyring.ts';
import { refuse } from '../../platform/refusal.ts';
import { findMembersByKeys, keyText, memberNumbers, ownAccount, pointerKey } from '../members/index.ts';
import type { Pointer } from './document.ts';

/** The contract's pointer as members keep identifiers; personal ones become keyed hashes here, at the edge. */
export function pointerOf(deps: Deps, keys: ProgramKeys, pointer: z.output<typeof memberPointer> | null | undefined): Pointer | null {
  if (!pointer) return null;
  if (pointer.id !== undefined) return { id: deps.publicIds.decode('mem', pointer.id) ?? refuse('member_unknown') };
  return pointerKey(keys, pointer, '/member');
}

/** The member whom a pointer names, however it names one. Refuses `member_unknown`. */
export const memberNamed = (deps: Deps, ctx: Ctx, pointer: Pointer): Promise<number> => deps.db.readProgram(ctx.programId, async (tx) => {
  if ('id' in pointer) return (await memberNumbers(tx, [pointer.id])).has(pointer.id) ? pointer.id : refuse('member_unknown');
  return (await findMembersByKeys(tx, ctx.programId, [pointer])).get(keyText(pointer)) ?? refuse('member_unknown');
});

/** Refuses `adjust_own_account` when whoever works here names the own account: such points are somebody else's to give. */
export async function refuseOwnAccount(deps: Deps, ctx: Ctx, pointer: Pointer): Promise<void> {
  const own = await ownAccount(deps, ctx);
  if (own === null) return;
  const named = 'id' in pointer ? pointer.id : await deps.db.readProgram(ctx.programId, async (tx) => (await findMembersByKeys(tx, ctx.programId, [pointer])).get(keyText(pointer)));
  if (named === own) refuse('adjust_own_account');
}
