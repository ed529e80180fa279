import { localDate, startOfLocalDay, type Instant } from '@wracam/engine/calendar';
import { inForceBetween, SINCE_ALWAYS } from '@wracam/engine/in-force';
import { mayWorsen, worst, type RuleChangeLine } from '@wracam/engine/rule-difference';
import { diffWallet } from '@wracam/engine/wallet-difference';
import { readActor, writeActor, wroteIt } from '../../platform/actor.ts';
import { act, audit } from '../../platform/act.ts';
import type { ProgramTx } from '../../platform/db.ts';
import { systemCtx, type Ctx, type Deps } from '../../platform/deps.ts';
import { wake, type JobHandlers } from '../../platform/jobs.ts';
import { refuse } from '../../platform/refusal.ts';
import { iso } from '../../platform/iso.ts';
import { assertNoticeOfAll, assertOtherPerson } from './publications.ts';
import * as store from './store.ts';
import type { ProposedWallet, Wallet, WalletProposal } from './store.ts';
import { assertSound, tidyWallet, type WalletChange, type WalletDrop, type WalletNeeds } from './wallets.ts';

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

/** The change that members were promised: it waits for its day alone. */
const promiseOf = ({ proposal }: ProposedWallet): WalletProposal | null => (proposal?.waits === true ? proposal.over ?? null : proposal);

type Dated = { readonly wallet: Wallet; readonly inForceFrom: Instant };

/** The wallet as it is and as it was promised to be, as everything that a program publishes. */
function versionsOf(present: ProposedWallet): Dated[] {
  const promise = promiseOf(present);
  const { proposal: _, ...wallet } = present;
  return [{ wallet, inForceFrom: SINCE_ALWAYS }, ...(promise === null ? [] : [{ wallet: tidyWallet({ ...wallet, ...promise.change }), inForceFrom: promise.from! }])];
}

type Wish = { readonly change: Partial<Wallet>; readonly from: Instant; readonly despiteNotice: boolean };

/**
 * May members who have points or were promised some get less by a change? One that may keeps the notice or is said to be despite it. A newer change ends the
 * planned one, so it also takes what was promised for the days before its own. Refuses `notice_too_short`.
 */
async function harmsAsAnnounced(tx: ProgramTx, ctx: Ctx, present: ProposedWallet, after: Wallet, { from, despiteNotice }: Omit<Wish, 'change'>, needs: WalletNeeds): Promise<boolean> {
  const versions = versionsOf(present);
  const planned = versions[1];
  const steps = [{ wallet: after, from }, ...(planned && planned.inForceFrom < from ? [{ wallet: versions[0]!.wallet, from: planned.inForceFrom }] : [])];
  const worse = (wallet: Wallet) => (before: Dated) => mayWorsen(differenceOf(tx, ctx, before.wallet, wallet));
  const harmful = steps.some((step) => inForceBetween(versions, step.from, Infinity).some(worse(step.wallet))) && await needs.isInUse(tx, present);
  if (harmful && !despiteNotice) for (const step of steps) await assertNoticeOfAll(tx, ctx, versions, step.from, worse(step.wallet));
  return harmful;
}

/** Whatever harms members waits for another person where the program asks for two; what was promised stays promised until then. */
async function waitsForSecond(tx: ProgramTx, ctx: Ctx, present: ProposedWallet, { change, from, despiteNotice }: Wish, harmful: boolean): Promise<boolean> {
  if (!harmful || !(await store.getProgram(tx)).secondPerson) return false;
  const { now } = tx.program;
  await store.saveProposal(tx, present.no, present.revision + 1, { change, from: from === now ? null : from, waits: true, by: writeActor(ctx.actor), at: now, despiteNotice, over: promiseOf(present) });
  return true;
}

/**
 * Changes a wallet that nobody else changed since it was read. Later documents are booked by it; lots keep the dates they were given. What may
 * harm members waits for another person where the program asks for two, and every change waits for its day if it has one; a newer change takes
 * the place of one that waits. Refuses `rule_changed_meanwhile`, `wallet_policy_wrong`, `wallet_in_use` and `notice_too_short`.
 */
export const changeWallet = (deps: Deps, ctx: Ctx, code: string, { revision, inForceOn, despiteNotice = false, ...input }: WalletChange, needs: WalletNeeds) => act(deps, ctx, async (tx) => {
  const present = await walletAt(tx, code, revision);
  const change = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as Partial<Wallet>;
  const after = await changed(tx, ctx, present, change, needs);
  const { timeZone, now } = tx.program;
  const from = inForceOn === undefined ? now : Math.max(now, startOfLocalDay(timeZone, inForceOn));
  const wish = { change, from, despiteNotice };
  const fields = Object.keys(change);
  if (await waitsForSecond(tx, ctx, present, wish, await harmsAsAnnounced(tx, ctx, present, after, wish, needs))) return audit(deps, tx, ctx, 'wallet.proposed', code, { fields });
  if (from === now) return apply(deps, tx, ctx, after, fields, needs);
  await store.saveProposal(tx, present.no, after.revision, { change, from, waits: false, by: writeActor(ctx.actor), at: now });
  await wake(tx, tx.program.id, CHANGE, present.no, from);
  await audit(deps, tx, ctx, 'wallet.planned', code, { fields });
});

async function apply(deps: Deps, tx: ProgramTx, ctx: Ctx, after: Wallet, fields: readonly string[], needs: WalletNeeds): Promise<void> {
  await store.saveWallet(tx, after);
  await needs.republish(tx);
  await audit(deps, tx, ctx, 'wallet.changed', after.code, { fields });
}

/** Approves what another person proposed: it is in force at once, or from its day. Refuses `nothing_to_approve`, `approval_not_yours` and what the change itself refuses. */
export const approveWallet = (deps: Deps, ctx: Ctx, code: string, revision: number, needs: WalletNeeds) => act(deps, ctx, async (tx) => {
  const present = await walletAt(tx, code, revision);
  const { proposal } = present;
  if (!proposal?.waits) refuse('nothing_to_approve');
  await assertOtherPerson(deps, tx, ctx, proposal.by);
  const after = await changed(tx, ctx, present, proposal.change, needs);
  const { now } = tx.program;
  const from = Math.max(now, proposal.from ?? now);
  await harmsAsAnnounced(tx, ctx, present, after, { from, despiteNotice: proposal.despiteNotice ?? false }, needs); // days may have passed since it was proposed
  await audit(deps, tx, ctx, 'wallet.approved', code);
  if (from === now) return apply(deps, tx, ctx, after, Object.keys(proposal.change), needs);
  await store.saveProposal(tx, present.no, after.revision, { ...proposal, waits: false, over: null });
  await wake(tx, tx.program.id, CHANGE, present.no, from);
});

/**
 * Drops a change that is not in force yet; the wallet stays as it is. Who drops what waits for another person takes nothing from members; what was
 * promised them goes as by any other change. Refuses `nothing_to_approve` and `notice_too_short`.
 */
export const declineWallet = (deps: Deps, ctx: Ctx, code: string, { revision, despiteNotice = false }: WalletDrop, needs: WalletNeeds) => act(deps, ctx, async (tx) => {
  const present = await walletAt(tx, code, revision);
  const { proposal } = present;
  if (!proposal) refuse('nothing_to_approve');
  const wish = { change: {}, from: tx.program.now, despiteNotice };
  if (!proposal.waits && await waitsForSecond(tx, ctx, present, wish, await harmsAsAnnounced(tx, ctx, present, present, wish, needs))) return audit(deps, tx, ctx, 'wallet.proposed', code, { fields: [] });
  await store.saveProposal(tx, present.no, present.revision + 1, proposal.waits ? promiseOf(present) : null);
  await audit(deps, tx, ctx, 'wallet.declined', code);
});

/** The day of a planned change: whoever dropped it or changed the wallet meanwhile left nothing to do. */
export const walletJobs = (needs: WalletNeeds): JobHandlers => ({
  [CHANGE]: {
    run: (deps, job) => deps.db.inProgram(job.programId, async (tx) => {
      const code = (await store.walletsOf(tx)).find((one) => one.no === job.ref)?.code;
      const present = code === undefined ? null : await store.findWalletForUpdate(tx, code);
      const promise = present && promiseOf(present);
      if (!present || !promise || promise.from === null) return null;
      if (promise.from > tx.program.now) return { dueAt: promise.from };
      const ctx = systemCtx(job.programId);
      const after = await changed(tx, ctx, present, promise.change, needs);
      await apply(deps, tx, ctx, after, Object.keys(promise.change), needs);
      if (present.proposal?.waits === true) await store.saveProposal(tx, present.no, after.revision, { ...present.proposal, over: null }); // another person still decides
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
      changes: worst((proposal.waits ? versionsOf({ ...wallet, no: 0, proposal }).map((one) => one.wallet) : [{ ...wallet, no: 0 }])
        .map((before) => differenceOf(tx, ctx, before, tidyWallet({ ...wallet, ...proposal.change, no: 0 })))).map(({ name, before, after, verdict }) => ({ name, before, after, verdict })),
      inForceOn: proposal.from === null ? null : localDate(tx.program.timeZone, proposal.from), waits: proposal.waits, at: iso(proposal.at),
    },
  })));
  const names = await needs.actorNames(deps, ctx, found.map(({ by }) => readActor(by ?? 'system:')));
  return found.map(({ by, proposal, ...wallet }, at) => ({ ...wallet, proposal: proposal && { ...proposal, by: names[at]!, yours: wroteIt(ctx.actor, by!) } }));
}
