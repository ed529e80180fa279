import type { Instant } from '@wracam/engine/calendar';
import type { SetChange } from '@wracam/engine/product-sets';
import type { Verdict } from '@wracam/engine/rule-difference';
import { differentCodes, tellCodes } from '@wracam/engine/set-difference';
import type { ProgramTx } from '../../platform/db.ts';
import { refuse } from '../../platform/refusal.ts';
import type { NamedKind } from '../programs/index.ts';
import { versionsOfSet } from './actions.ts';
import * as store from './store.ts';

/** What a set needs from the room above: the rules that name it. */
export type SetNeeds = {
  /** Every publisher takes this lock, so that no rule is published beside it. */
  readonly lock: (tx: ProgramTx) => Promise<unknown>;
  /** What a change of the set may do to members, by the rules that run and are in force or planned; `same` where none names it. */
  readonly verdictsOf: (tx: ProgramTx, name: string) => Promise<(change: SetChange) => Verdict>;
  /** Writes the rulesets that follow from an instant on, where a running rule names the set. */
  readonly republishFor: (tx: ProgramTx, name: string, from: Instant) => Promise<void>;
};

const codesSaid = async (tx: ProgramTx, id: number, version: number | null): Promise<string[]> => (version === null ? await store.readDraft(tx, id) : await store.readCodes(tx, id, version)) ?? refuse('not_found');

/** A set, as everything with a name that a program publishes. */
export const setKind = ({ lock, verdictsOf, republishFor }: SetNeeds): NamedKind<store.SetRow, store.SetVersion> => ({
  noun: 'product_set', prefix: 'pst',
  find: store.findSet, findForUpdate: store.findSetForUpdate, versionsOf: versionsOfSet,
  hasDraft: ({ draftSize }) => draftSize !== null,
  lock,
  differing: async (tx, ctx, { id, name }) => {
    const verdictOf = await verdictsOf(tx, name);
    return async (before, after) => tellCodes(differentCodes(await codesSaid(tx, id, before), await codesSaid(tx, id, after)), verdictOf, ctx.language);
  },
  // Codes were looked at when they were saved.
  check: async () => undefined,
  writeVersion: async (tx, { id }, _versions, from, written) => {
    const codes = await codesSaid(tx, id, from);
    await store.insertVersion(tx, { setId: id, ...written }, codes);
    return { size: codes.length };
  },
  save: async (tx, set, draft) => {
    await store.saveSet(tx, set);
    if (draft === 'gone') await store.saveDraft(tx, set.id, null);
  },
  follow: (tx, { name }, from) => republishFor(tx, name, from),
  told: () => ({}),
});
