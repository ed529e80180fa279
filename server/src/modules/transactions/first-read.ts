import type { Tx } from '../../platform/db.ts';
import { budgetsUsed } from '../earning/index.ts';
import { lockNamedMembers, type WorkingSet } from '../ledger/index.ts';
import { findMembersByKeys, nameMembersByKeys } from '../members/index.ts';
import { refsOf, type NewDocument, type Pointer } from './document.ts';
import * as store from './store.ts';
import type { SeenDocument } from './store.ts';

/** What the first packet of a booking brings. `keepLocked`: puts the members, locked already, into the working set. */
export type FirstRead = { readonly known: readonly SeenDocument[]; readonly pointers: Map<string, number>; readonly keepLocked: ((set: WorkingSet) => void) | null; readonly budgets: ReadonlyMap<number, number> };
type Key = Extract<Pointer, { key: string }>;

/** Larger batches are history: they have all the time, and one look at the identifiers is cheaper than three. */
const AT_ONCE_MAX = 256;

export const pointerText = (pointer: Pointer) => ('id' in pointer ? `id:${pointer.id}` : `${pointer.kind}:${pointer.key}`);

/**
 * Everything that can be asked before any answer is there. Sales that name their members by an identifier, which is nearly all of them, lock
 * and read these right here; members that only another document names are locked in a second packet, all of them together in the order of their ids.
 */
export async function readFirst(tx: Tx, programId: number, requests: readonly { readonly document: NewDocument }[], memberIds: readonly number[] = []): Promise<FirstRead> {
  const refs = requests.flatMap(({ document }) => refsOf(document));
  const pointers = requests.flatMap(({ document }) => (document.pointer ? [document.pointer] : []));
  const keys = pointers.filter((pointer): pointer is Key => 'key' in pointer);
  const atOnce = keys.length > 0 && keys.length === pointers.length && refs.length === 0 && memberIds.length === 0 && requests.length <= AT_ONCE_MAX;
  const [known, found, keepLocked, budgets] = await Promise.all([
    store.seenDocuments(tx, programId, [...requests.map(({ document }) => document), ...refs]),
    (atOnce ? nameMembersByKeys : findMembersByKeys)(tx, programId, keys),
    atOnce ? lockNamedMembers(tx, programId) : null,
    budgetsUsed(tx, programId, false),
  ]);
  for (const pointer of pointers) if ('id' in pointer) found.set(pointerText(pointer), pointer.id);
  return { known, pointers: found, keepLocked, budgets };
}
