import { isDeepStrictEqual } from 'node:util';
import { setsIn } from '@wracam/engine/product-sets';
import type { TargetDefinition } from '@wracam/engine/targets/definition';
import { targetPeriodOf } from '@wracam/engine/targets/period';
import { validateTarget } from '@wracam/engine/targets/validation';
import { act, announce, audit } from '../../platform/act.ts';
import type { ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { refuse, Refusal } from '../../platform/refusal.ts';
import { republish } from '../earning/index.ts';
import { findCompanies, resolveMember } from '../members/index.ts';
import { versionsNow } from '../product-sets/index.ts';
import { followDocuments } from '../programs/index.ts';
import { participantKey, targetAfter, type TargetStep } from './core.ts';
import { countSoon, startFollowing } from './jobs.ts';
import * as store from './store.ts';
import type { AmountRow, TargetRow } from './store.ts';

const tgt = (deps: Deps, id: number) => deps.publicIds.encode('tgt', id);

/** Refuses a definition that could not be counted, with every fault and where it is. */
async function checkTarget(tx: ProgramTx, ctx: Ctx, definition: TargetDefinition): Promise<void> {
  const faults = validateTarget(definition);
  if (faults.length > 0) refuse('invalid_request', {}, faults.map((fault) => ({ pointer: `/definition${fault.pointer}`, detail: fault.words[ctx.language] })));
  const named = setsIn(definition);
  const known = named.length === 0 ? new Map<string, number>() : await versionsNow(tx);
  for (const name of named) if (!known.has(name)) refuse('product_set_unknown', { name }, [{ pointer: '/definition/lines', detail: name }]);
}

/** Writes a target. Refuses `target_code_taken`: a rule could not tell two of one code apart. */
async function writing(write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (store.isCodeTaken(error)) refuse('target_code_taken', {}, [{ pointer: '/code', detail: 'code' }]);
    throw error;
  }
}

async function targetToChange(tx: ProgramTx, id: number, revision: number): Promise<TargetRow> {
  const row = await store.findTargetForUpdate(tx, id) ?? refuse('not_found');
  if (row.revision !== revision) refuse('rule_changed_meanwhile');
  if (row.state === 'ended') refuse('goal_state_wrong', { state: row.state });
  return row;
}

export const createTarget = (deps: Deps, ctx: Ctx, code: string, definition: TargetDefinition) => act(deps, ctx, async (tx) => {
  await checkTarget(tx, ctx, definition);
  const [id] = await deps.ids.take(1);
  await writing(() => store.insertTarget(tx, { id: id!, code, definition }));
  await audit(deps, tx, ctx, 'target.drafted', tgt(deps, id!), { name: definition.name });
  return id!;
});

/** What a started target keeps for good: who works for it was told what counts, for whom and when. */
const termsOf = ({ side, counts, when, lines, window, settle, returnDays }: TargetDefinition) => [side, counts, when, lines, window.every, window.from, settle, returnDays];

/** Changes a target; a running one keeps its terms, and a change of amounts takes nothing from anybody. */
export const changeTarget = (deps: Deps, ctx: Ctx, id: number, { revision, code, definition }: { revision: number; code: string; definition: TargetDefinition }) => act(deps, ctx, async (tx) => {
  const row = await targetToChange(tx, id, revision);
  if (row.state === 'active' && (code !== row.code || !isDeepStrictEqual(termsOf(definition), termsOf(row.definition)))) refuse('target_terms_fixed');
  await checkTarget(tx, ctx, definition);
  // A period that is settled for good ends when it ended.
  const endOf = ({ window }: TargetDefinition, period: number) => targetPeriodOf(window, period)?.until;
  if ((await store.settledPeriods(tx, id)).some(({ period }) => endOf(definition, period) !== endOf(row.definition, period))) refuse('target_terms_fixed');
  // Amounts of their own belong to whose sum it was.
  if (definition.side !== row.definition.side) await store.replaceAmounts(tx, id, []);
  await writing(() => store.saveTarget(tx, { ...row, code, definition }));
  if (row.state === 'active') await countSoon(tx, id);
  await audit(deps, tx, ctx, 'target.changed', tgt(deps, id), { name: definition.name });
  return id;
});

/** Drafts and starts a target in the caller's transaction, as the demo has one from its first day. */
export async function startTarget(deps: Deps, tx: ProgramTx, code: string, definition: TargetDefinition): Promise<void> {
  const [id] = await deps.ids.take(1);
  await store.insertTarget(tx, { id: id!, code, definition });
  await begin(tx, (await store.findTargetForUpdate(tx, id!))!);
}

async function begin(tx: ProgramTx, row: TargetRow): Promise<void> {
  await store.saveTarget(tx, { ...row, state: 'active', startedAt: tx.program.now });
  // Every process that books sees the new ruleset number, and from then on leaves a note of whom it touched.
  if (await followDocuments(tx)) await republish(tx);
  await startFollowing(tx, row.id);
}

/** Starts a target, or ends it for good: it counts no longer, and what it gave stays. */
export const stepTarget = (deps: Deps, ctx: Ctx, id: number, step: TargetStep, revision: number) => act(deps, ctx, async (tx) => {
  const row = await targetToChange(tx, id, revision);
  const state = targetAfter(row.state, step) ?? refuse('goal_state_wrong', { state: row.state });
  if (step === 'start') await begin(tx, row);
  else await store.saveTarget(tx, { ...row, state });
  const done = step === 'start' ? 'target.started' : 'target.ended';
  await audit(deps, tx, ctx, done, tgt(deps, id), { name: row.definition.name });
  await announce(deps, tx, ctx.programId, done, tgt(deps, id));
  return id;
});

export type OwnAmount = { readonly participant: string; readonly amount: number };

/** The row of who is named; refuses `target_participant_unknown` with the row's place. */
async function amountRow(deps: Deps, tx: ProgramTx, { side, groups }: TargetDefinition, { participant: name, amount }: OwnAmount, at: number): Promise<AmountRow> {
  const unknown = (): never => refuse('target_participant_unknown', { name }, [{ pointer: `/items/${at}/participant`, detail: name }]);
  const nobody = { memberId: null, circleId: null, groupName: null };
  if (side === 'group') return groups.includes(name) ? { ...nobody, participant: participantKey(side, name), groupName: name, amount } : unknown();
  if (side === 'company') {
    const [company] = await findCompanies(tx, [], [name]);
    return company ? { ...nobody, participant: participantKey(side, company.id), circleId: company.id, amount } : unknown();
  }
  const memberId = await resolveMember(deps, tx, name).catch((error: unknown) => (error instanceof Refusal ? unknown() : Promise.reject(error as Error)));
  return { ...nobody, participant: participantKey(side, memberId), memberId, amount };
}

/** Sets the amounts of single participants anew; the last row of one that is named twice counts. */
export const replaceAmounts = (deps: Deps, ctx: Ctx, id: number, revision: number, items: readonly OwnAmount[]) => act(deps, ctx, async (tx) => {
  const row = await targetToChange(tx, id, revision);
  const rows = new Map<string, AmountRow>();
  for (const [at, item] of items.entries()) {
    const found = await amountRow(deps, tx, row.definition, item, at);
    rows.set(found.participant, found);
  }
  await store.replaceAmounts(tx, id, [...rows.values()]);
  await store.saveTarget(tx, row);
  if (row.state === 'active') await countSoon(tx, id);
  await audit(deps, tx, ctx, 'target.amounts_changed', tgt(deps, id), { participants: rows.size });
  return id;
});
