import { diffBase } from '@wracam/engine/base-difference';
import { inForceAt } from '@wracam/engine/in-force';
import { mayWorsen } from '@wracam/engine/rule-difference';
import { checkBase } from '@wracam/engine/rules';
import { act, announce, audit } from '../../platform/act.ts';
import type { ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { refuse } from '../../platform/refusal.ts';
import { approveProposed, declineProposed, differenceFrom, differenceView, publishOrPropose, type AskedPublication, type Comparison, type Publishable } from '../programs/index.ts';
import { writeRulesets } from './actions.ts';
import { FIRST_BASE, type BaseSettings, type BaseVersion } from './core.ts';
import * as store from './store.ts';

const NOBODY_YET: store.BaseRow = { revision: 0, draft: null, proposal: null };

/** What earns, all its versions: the first is what every program begins with. */
export async function baseVersions(tx: ProgramTx): Promise<readonly BaseVersion[]> {
  const versions = await store.listBaseVersions(tx);
  return versions.length === 0 ? [FIRST_BASE] : versions;
}

/** What earns at this moment. */
export const baseNow = async (tx: ProgramTx): Promise<BaseVersion> => inForceAt(await baseVersions(tx), tx.program.now) ?? FIRST_BASE;

/** The draft that is worked on; null: there is none. */
export const baseDraft = async (tx: ProgramTx): Promise<BaseSettings | null> => (await store.findBase(tx))?.draft ?? null;

/** Refuses settings that the engine would not run, with every fault and where it is. */
export function assertBase(ctx: Ctx, { multipliers: _, ...earns }: BaseSettings, under = ''): void {
  const faults = checkBase(earns);
  if (faults.length > 0) refuse('invalid_request', {}, faults.map((fault) => ({ pointer: under + fault.pointer, detail: fault.words[ctx.language] })));
}

async function rowAt(tx: ProgramTx, revision: number): Promise<store.BaseRow> {
  const row = await store.findBase(tx) ?? NOBODY_YET;
  if (row.revision !== revision) refuse('rule_changed_meanwhile');
  return row;
}

/** Keeps a draft; what is published goes on as it is, and what waited for another person ends. Refuses `rule_changed_meanwhile`. */
export const saveBaseDraft = (deps: Deps, ctx: Ctx, draft: BaseSettings, revision: number) => act(deps, ctx, async (tx) => {
  await store.lockProgram(tx);
  await rowAt(tx, revision);
  assertBase(ctx, draft);
  await store.saveBase(tx, { revision: revision + 1, draft, proposal: null });
  await audit(deps, tx, ctx, 'earning_base.drafted', null, { fields: diffBase((await baseNow(tx)).base, draft, ctx.language).map((one) => one.field) });
});

/** Throws the draft away, and with it what waited for another person. Refuses `nothing_to_publish` where there is none. */
export const discardBaseDraft = (deps: Deps, ctx: Ctx, revision: number) => act(deps, ctx, async (tx) => {
  await store.lockProgram(tx);
  const { draft } = await rowAt(tx, revision);
  if (draft === null) refuse('nothing_to_publish');
  await store.saveBase(tx, { revision: revision + 1, draft: null, proposal: null });
  await audit(deps, tx, ctx, 'earning_base.discarded', null);
});

/** What earns, as everything that a program publishes; under the program's lock. */
async function publishable(deps: Deps, tx: ProgramTx, ctx: Ctx): Promise<Publishable> {
  const rulesetNo = await store.lockProgram(tx);
  const row = await store.findBase(tx) ?? NOBODY_YET;
  const versions = await baseVersions(tx);
  const settingsOf = (version: number | null) => (version === null ? row.draft : versions.find((one) => one.version === version)?.base) ?? refuse('not_found');
  return {
    revision: row.revision, hasDraft: row.draft !== null, proposal: row.proposal, versions,
    // Where no rule runs nobody earns anything, so nobody can lose.
    mayWorsen: async (before, after) => mayWorsen(diffBase(settingsOf(before), settingsOf(after), ctx.language)) && (await store.listRules(tx)).some((rule) => rule.state === 'active'),
    check: async (version) => assertBase(ctx, settingsOf(version)),
    keepProposal: async (proposal) => { await store.saveBase(tx, { ...row, revision: row.revision + 1, proposal }); },
    publish: async ({ version: from }, inForceFrom, publishedBy) => {
      const base = settingsOf(from);
      if ((await store.listBaseVersions(tx)).length === 0) await store.insertBaseVersion(tx, FIRST_BASE);
      const version = versions.at(-1)!.version + 1;
      await store.insertBaseVersion(tx, { version, base, publishedAt: tx.program.now, publishedBy, inForceFrom });
      await store.saveBase(tx, { revision: row.revision + 1, draft: from === null ? null : row.draft, proposal: null });
      await writeRulesets(tx, rulesetNo, inForceFrom, ctx.language);
      await audit(deps, tx, ctx, from === null ? 'earning_base.published' : 'earning_base.rolledBack', null, { version, ...(from === null ? {} : { from }) });
      await announce(deps, tx, ctx.programId, 'earning_base.changed', deps.publicIds.encode('prg', ctx.programId));
    },
    tell: (step) => audit(deps, tx, ctx, `earning_base.${step}`, null),
  };
}

export const publishBase = (deps: Deps, ctx: Ctx, asked: AskedPublication) => act(deps, ctx, async (tx) => publishOrPropose(tx, ctx, await publishable(deps, tx, ctx), asked));
export const approveBase = (deps: Deps, ctx: Ctx, revision: number) => act(deps, ctx, async (tx) => approveProposed(deps, tx, ctx, await publishable(deps, tx, ctx), revision));
export const declineBase = (deps: Deps, ctx: Ctx, revision: number) => act(deps, ctx, async (tx) => declineProposed(await publishable(deps, tx, ctx), revision));

/** The difference between two versions, or what publishing the draft (or the version `to`) would change. */
export async function compareBase(tx: ProgramTx, ctx: Ctx, query: Comparison) {
  const versions = await baseVersions(tx);
  const settingsOf = (version: number) => versions.find((one) => one.version === version)?.base ?? refuse('not_found');
  const after = query.to === undefined ? await baseDraft(tx) ?? refuse('not_found') : settingsOf(query.to);
  if (query.from !== undefined) return differenceView(tx, ctx, diffBase(settingsOf(query.from), after, ctx.language));
  return differenceFrom(tx, ctx, versions, query.inForceFrom, (before) => diffBase(before.base, after, ctx.language));
}
