import { localDate, startOfLocalDay } from '@wracam/engine/calendar';
import { mayWorsen, type RuleChangeLine } from '@wracam/engine/rule-difference';
import { diffWallet } from '@wracam/engine/wallet-difference';
import { readActor, writeActor } from '../../platform/actor.ts';
import { act, audit } from '../../platform/act.ts';
import type { ProgramTx } from '../../platform/db.ts';
import { systemCtx, type Ctx, type Deps } from '../../platform/deps.ts';
import { wake, type JobHandlers } from '../../platform/jobs.ts';
import { refuse } from '../../platform/refusal.ts';
import { assertNotice, assertOtherPerson } from './publications.ts';
import * as store from './store.ts';
import type { ProposedWallet, Wallet } from './store.ts';
import { assertSound, tidyWallet, type WalletChange, type WalletNeeds } from './wallets.ts';

const CHANGE = 'wallet.change';

export const differenceOf = (tx: ProgramTx, ctx: Pick<Ctx, 'language'>, before: Wallet, after: Wallet): RuleChangeLine[] =>
  diffWallet(before, after, { lang: ctx.language, today: localDate(tx.program.timeZone, tx.program.now) });

async function walletAt(tx: ProgramTx, code: string, revision: number): Promise<ProposedWallet> {
  const present = await store.findWalletForUpdate(tx, code) ?? refuse('not_found');
  if (present.revision !== revision) refuse('rule_changed_meanwhile');
  return present;
}

/** The wallet after the change. Refuses `wallet_policy_wrong` and `wallet_in_use`. */
async function changed(tx: ProgramTx, ctx: Ctx, { proposal: _, ...present }: ProposedWallet, change: Partial<Wallet>, needs: WalletNeeds): Promise<Wallet> {
  const after = tidyWallet({ ...present, ...change, revision: present.revision + 1 });
  assertSound(after, ctx.language);
  if (after.expiry.kind === 'inactivity' && present.expiry.kind !== 'inactivity' && await needs.isInUse(tx, present)) refuse('wallet_in_use');
  return after;
}

/** May members who have points or were promised some get less by it. */
const harms = async (tx: ProgramTx, ctx: Ctx, present: Wallet, after: Wallet, needs: WalletNeeds): Promise<boolean> => mayWorsen(differenceOf(tx, ctx, present, after)) && needs.isInUse(tx, present);

/**
 * Changes a wallet that nobody else changed since it was read. Later documents are booked by it; lots keep the dates they were given. What may
 * harm members waits for another person where the program asks for two, and every change waits for its day if it has one; a newer change takes
 * the place of one that waits. Refuses `rule_changed_meanwhile`, `wallet_policy_wrong`, `wallet_in_use` and `notice_too_short`.
 */
export const changeWallet = (deps: Deps, ctx: Ctx, code: string, { revision, inForceOn, despiteNotice, ...input }: WalletChange, needs: WalletNeeds) => act(deps, ctx, async (tx) => {
  const present = await walletAt(tx, code, revision);
  const change = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as Partial<Wallet>;
  const after = await changed(tx, ctx, present, change, needs);
  const { timeZone, now } = tx.program;
  const from = inForceOn === undefined ? now : Math.max(now, startOfLocalDay(timeZone, inForceOn));
  const harmful = await harms(tx, ctx, present, after, needs);
  if (harmful && despiteNotice !== true) await assertNotice(tx, ctx, from);
  const waits = harmful && (await store.getProgram(tx)).secondPerson;
  if (!waits && from === now) return apply(deps, tx, ctx, after, Object.keys(change), needs);
  await store.saveProposal(tx, present.no, after.revision, { change, from: from === now ? null : from, waits, by: writeActor(ctx.actor), at: now });
  if (!waits) await wake(tx, tx.program.id, CHANGE, present.no, from);
  await audit(deps, tx, ctx, waits ? 'wallet.proposed' : 'wallet.planned', code, { fields: Object.keys(change) });
});

async function apply(deps: Deps, tx: ProgramTx, ctx: Ctx, after: Wallet, fields: readonly string[], needs: WalletNeeds): Promise<void> {
  await store.saveWallet(tx, after);
  await needs.republish(tx);
  await audit(deps, tx, ctx, 'wallet.changed', after.code, { fields });
}

/** Approves what another person proposed, which kept the notice or was said to be despite it: it is in force at once, or from its day. Refuses `approval_not_yours` and what the change itself refuses. */
export const approveWallet = (deps: Deps, ctx: Ctx, code: string, revision: number, needs: WalletNeeds) => act(deps, ctx, async (tx) => {
  const present = await walletAt(tx, code, revision);
  const { proposal } = present;
  if (!proposal?.waits) refuse('rule_state_wrong', { state: '' });
  await assertOtherPerson(deps, tx, ctx, proposal.by);
  const after = await changed(tx, ctx, present, proposal.change, needs);
  const { now } = tx.program;
  const from = Math.max(now, proposal.from ?? now);
  await audit(deps, tx, ctx, 'wallet.approved', code);
  if (from === now) return apply(deps, tx, ctx, after, Object.keys(proposal.change), needs);
  await store.saveProposal(tx, present.no, after.revision, { ...proposal, waits: false });
  await wake(tx, tx.program.id, CHANGE, present.no, from);
});

/** Drops a change that is not in force yet; the wallet stays as it is. */
export const declineWallet = (deps: Deps, ctx: Ctx, code: string, revision: number) => act(deps, ctx, async (tx) => {
  const present = await walletAt(tx, code, revision);
  if (!present.proposal) refuse('rule_state_wrong', { state: '' });
  await store.saveProposal(tx, present.no, present.revision + 1, null);
  await audit(deps, tx, ctx, 'wallet.declined', code);
});

/** The day of a planned change: whoever dropped it or changed the wallet meanwhile left nothing to do. */
export const walletJobs = (needs: WalletNeeds): JobHandlers => ({
  [CHANGE]: {
    run: (deps, job) => deps.db.inProgram(job.programId, async (tx) => {
      const code = (await store.walletsOf(tx)).find((one) => one.no === job.ref)?.code;
      const present = code === undefined ? null : await store.findWalletForUpdate(tx, code);
      const proposal = present?.proposal;
      if (!present || !proposal || proposal.waits || proposal.from === null) return null;
      if (proposal.from > tx.program.now) return { dueAt: proposal.from };
      const ctx = systemCtx(job.programId);
      await apply(deps, tx, ctx, await changed(tx, ctx, present, proposal.change, needs), Object.keys(proposal.change), needs);
      return null;
    }),
  },
});

async function walletsInUse(tx: ProgramTx, needs: WalletNeeds): Promise<(ProposedWallet & { readonly inUse: boolean })[]> {
  const found = [];
  for (const wallet of await store.proposedWallets(tx)) found.push({ ...wallet, inUse: await needs.isInUse(tx, wallet) });
  return found;
}

/** Wallets as the contract shows them, with what is not in force yet. */
export async function walletDetails(deps: Deps, ctx: Ctx, needs: WalletNeeds) {
  const found = await deps.db.readProgram(ctx.programId, async (tx) => (await walletsInUse(tx, needs)).map(({ proposal, no: _, ...wallet }) => ({
    ...wallet, noticeDays: [...wallet.noticeDays], by: proposal?.by ?? null,
    proposal: proposal && {
      changes: differenceOf(tx, ctx, { ...wallet, no: 0 }, tidyWallet({ ...wallet, ...proposal.change, no: 0 })).map(({ name, before, after, verdict }) => ({ name, before, after, verdict })),
      inForceOn: proposal.from === null ? null : localDate(tx.program.timeZone, proposal.from), waits: proposal.waits, at: new Date(proposal.at).toISOString(),
    },
  })));
  const names = await needs.actorNames(deps, ctx, found.map(({ by }) => readActor(by ?? 'system:')));
  return found.map(({ by: _, proposal, ...wallet }, at) => ({ ...wallet, proposal: proposal && { ...proposal, by: names[at]! } }));
}
