import type { Instant } from '@wracam/engine/calendar';
import type { SetChange } from '@wracam/engine/product-sets';
import { mayWorsen, type RuleChangeLine, type Verdict } from '@wracam/engine/rule-difference';
import { differentCodes, tellCodes } from '@wracam/engine/set-difference';
import { act, announce, audit } from '../../platform/act.ts';
import type { ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { refuse } from '../../platform/refusal.ts';
import { approveProposed, declineProposed, differenceFrom, differenceView, publishOrPropose, type AskedPublication, type Comparison, type Publishable } from '../programs/index.ts';
import { setAt, versionsOfSet } from './actions.ts';
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

/** What differs between versions of a set (null: the draft), in words. */
async function differing(tx: ProgramTx, ctx: Pick<Ctx, 'language'>, { id, name }: store.SetRow, needs: SetNeeds): Promise<(before: number, after: number | null) => Promise<RuleChangeLine[]>> {
  const verdictOf = await needs.verdictsOf(tx, name);
  return async (before, after) => tellCodes(differentCodes(await codesSaid(tx, id, before), await codesSaid(tx, id, after)), verdictOf, ctx.language);
}

/** A set, as everything that a program publishes. */
async function publishable(deps: Deps, tx: ProgramTx, ctx: Ctx, id: number, revision: number, needs: SetNeeds): Promise<Publishable> {
  const set = await setAt(tx, id, revision);
  await needs.lock(tx);
  const versions = await versionsOfSet(tx, id);
  const diff = await differing(tx, ctx, set, needs);
  const publicId = deps.publicIds.encode('pst', id);
  return {
    revision: set.revision, hasDraft: set.draftSize !== null, proposal: set.proposal, versions,
    mayWorsen: async (before, after) => mayWorsen(await diff(before, after)),
    // Codes were looked at when they were saved.
    check: async () => undefined,
    keepProposal: async (proposal) => { await store.saveSet(tx, { ...set, revision: set.revision + 1, proposal }); },
    publish: async ({ version: from }, inForceFrom, publishedBy) => {
      const codes = await codesSaid(tx, id, from);
      const version = set.version + 1;
      await store.insertVersion(tx, { setId: id, version, publishedAt: tx.program.now, publishedBy, inForceFrom }, codes);
      await store.saveSet(tx, { ...set, version, size: codes.length, revision: set.revision + 1, proposal: null });
      if (from === null) await store.saveDraft(tx, id, null);
      await needs.republishFor(tx, set.name, inForceFrom);
      await audit(deps, tx, ctx, from === null ? 'product_set.published' : 'product_set.rolledBack', publicId, { version, size: codes.length, ...(from === null ? {} : { from }) });
      await announce(deps, tx, ctx.programId, 'product_set.published', publicId);
    },
    tell: (step) => audit(deps, tx, ctx, `product_set.${step}`, publicId),
  };
}

/** Publishes the draft or an older version, for sales of its days, or keeps the wish for another person where the program asks for two. Refuses what `publishOrPropose` does. */
export const publishSet = (deps: Deps, ctx: Ctx, id: number, asked: AskedPublication, needs: SetNeeds) => act(deps, ctx, async (tx) => {
  await publishOrPropose(tx, ctx, await publishable(deps, tx, ctx, id, asked.revision, needs), asked);
  return id;
});
export const approveSet = (deps: Deps, ctx: Ctx, id: number, revision: number, needs: SetNeeds) => act(deps, ctx, async (tx) => {
  await approveProposed(deps, tx, ctx, await publishable(deps, tx, ctx, id, revision, needs), revision);
  return id;
});
export const declineSet = (deps: Deps, ctx: Ctx, id: number, revision: number, needs: SetNeeds) => act(deps, ctx, async (tx) => {
  await declineProposed(await publishable(deps, tx, ctx, id, revision, needs), revision);
  return id;
});

/** The difference between two versions, or what publishing the draft (or the version `to`) would change. */
export async function compareSet(tx: ProgramTx, ctx: Ctx, id: number, query: Comparison, needs: SetNeeds) {
  const set = await store.findSet(tx, id) ?? refuse('not_found');
  const versions = await versionsOfSet(tx, id);
  const diff = await differing(tx, ctx, set, needs);
  const to = query.to ?? null;
  if (query.from !== undefined) return differenceView(tx, ctx, await diff(query.from, to));
  return differenceFrom(tx, ctx, versions, query.inForceFrom, ({ version }) => diff(version, to));
}
