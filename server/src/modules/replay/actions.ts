import { validateRuleset, type RuleDefinition } from '@wracam/engine/rules';
import { validateLadder, type TierLadder } from '@wracam/engine/tiers/ladder';
import { writeActor } from '../../platform/actor.ts';
import { act, audit } from '../../platform/act.ts';
import { isTaken, type ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { schedule } from '../../platform/jobs.ts';
import { refuse } from '../../platform/refusal.ts';
import { assertBase, baseDraft, checkDefinition, findRule, type BaseSettings } from '../earning/index.ts';
import { walletsOf, type Wallet } from '../programs/index.ts';
import { setDrafts } from '../product-sets/index.ts';
import { segmentDrafts } from '../segments/index.ts';
import { ladderDraft } from '../tiers/index.ts';
import { REPLAY } from './jobs.ts';
import type { MembersAs } from './machine.ts';
import { planOf, type DraftChange, type ReplayWish, type WalletTerms } from './plan.ts';
import * as store from './store.ts';

/** `definition` undefined: the rule's saved draft; null: without the rule. */
export type AskedChange = { readonly ruleId: number | null; readonly definition: RuleDefinition | null | undefined };
export type AskedReplay = { readonly from: string; readonly until: string; readonly wallet: string | null; readonly costPer100Minor: number; readonly changes: readonly AskedChange[];
  /** 'draft': the draft of levels that is worked on; null: levels as they are. */
  readonly ladder: TierLadder | 'draft' | null; /** 'draft': the draft of what earns; null: as it is. */ readonly base: BaseSettings | 'draft' | null; /** Sets of articles and segments by their drafts. */ readonly sets: readonly number[]; readonly segments: readonly number[]; readonly wallets: readonly WalletTerms[]; readonly membersAs: MembersAs;
};

/**
 * Asks for a replay of a period with changed rules; a worker takes it up. The drafts are kept as they stand now. Refuses `replay_running`
 * while another of the program is not over.
 */
export const startReplay = (deps: Deps, ctx: Ctx, asked: AskedReplay) => act(deps, ctx, async (tx) => {
  if (asked.from > asked.until) refuse('invalid_request', {}, [{ pointer: '/until', detail: PERIOD[ctx.language] }]);
  const wallets = await walletsOf(tx);
  const wallet = asked.wallet === null ? wallets[0]! : wallets.find((one) => one.code === asked.wallet) ?? refuse('wallet_unknown', { wallet: asked.wallet });
  for (const one of asked.wallets) checkTerms(one, wallets);
  const changes: DraftChange[] = [];
  for (const change of asked.changes) changes.push(await draftChange(tx, ctx, change));
  const wish: ReplayWish = { from: asked.from, until: asked.until, wallet: wallet.code, costPer100Minor: asked.costPer100Minor, changes, ladder: await askedLadder(tx, ctx, asked.ladder, wallets), base: await askedBase(tx, ctx, asked.base), sets: (await setDrafts(tx, asked.sets)).map(({ id, name }) => ({ id, name })), segments: await segmentDrafts(tx, asked.segments), wallets: asked.wallets, membersAs: asked.membersAs };

  const [fault] = validateRuleset((await planOf(tx, wish, [])).draft);
  if (fault) refuse('invalid_request', {}, [{ pointer: fault.pointer.startsWith('/wallets') ? '/wallets' : '/changes', detail: fault.words[ctx.language] }]);
  const [id] = await deps.ids.take(1);
  try {
    await store.insertReplay(tx, id!, wish, writeActor(ctx.actor));
  } catch (error) {
    if (isTaken(error)) refuse('replay_running');
    throw error;
  }
  await schedule(tx, tx.program.id, REPLAY, id!, tx.program.now);
  await audit(deps, tx, ctx, 'replay.asked', deps.publicIds.encode('rpl', id!), { from: wish.from, until: wish.until });
  return id!;
});

async function askedLadder(tx: ProgramTx, ctx: Ctx, asked: AskedReplay['ladder'], wallets: readonly Wallet[]): Promise<TierLadder | null> {
  if (asked === null) return null;
  const ladder = asked === 'draft' ? await ladderDraft(tx) ?? refuse('nothing_to_publish') : asked;
  const faults = validateLadder(ladder, { wallets: wallets.map((one) => one.code) });
  if (faults.length > 0) refuse('invalid_request', {}, faults.map((fault) => ({ pointer: `/ladder${fault.pointer}`, detail: fault.words[ctx.language] })));
  return ladder;
}

async function askedBase(tx: ProgramTx, ctx: Ctx, asked: AskedReplay['base']): Promise<BaseSettings | null> {
  if (asked === 'draft') return await baseDraft(tx) ?? refuse('nothing_to_publish');
  if (asked !== null) assertBase(ctx, asked, '/base');
  return asked;
}

/** Points of a wallet that did not end by inactivity from the start never will, so nobody can plan for it. */
function checkTerms({ wallet: code, expiry }: WalletTerms, wallets: readonly Wallet[]): void {
  const wallet = wallets.find((one) => one.code === code) ?? refuse('wallet_unknown', { wallet: code });
  if (expiry?.kind === 'inactivity' && wallet.expiry.kind !== 'inactivity') refuse('wallet_in_use');
}

const PERIOD = { pl: 'Koniec okresu jest przed jego początkiem.', en: 'The period ends before it begins.' };

async function draftChange(tx: ProgramTx, ctx: Ctx, { ruleId, definition }: AskedChange): Promise<DraftChange> {
  const rule = ruleId === null ? null : await findRule(tx, ruleId) ?? refuse('not_found');
  const wanted = definition === undefined ? rule?.draft ?? refuse('rule_state_wrong', { state: rule?.state ?? '' }) : definition;
  if (wanted !== null) await checkDefinition(tx, ctx, wanted);
  return { ruleId, definition: wanted };
}

/** Stops a replay; one that is over stays as it is. */
export const cancelReplay = (deps: Deps, ctx: Ctx, id: number) => act(deps, ctx, async (tx) => {
  if (!await store.findReplay(tx, id)) refuse('not_found');
  if (await store.endReplay(tx, id, 'cancelled', null)) await audit(deps, tx, ctx, 'replay.cancelled', deps.publicIds.encode('rpl', id));
  return id;
});
