import type { Instant } from '@wracam/engine/calendar';
import type { Origin, Transfer } from '@wracam/engine/ledger/book';
import { capture, refund, release, reserve, sliceDraws } from '@wracam/engine/ledger/moves';
import { act, audit } from '../../../platform/act.ts';
import type { ProgramTx } from '../../../platform/db.ts';
import type { Ctx, Deps } from '../../../platform/deps.ts';
import { refuse } from '../../../platform/refusal.ts';
import { isoOrNull } from '../../../platform/iso.ts';
import { assertSpendable, walletByCode, walletsOf, type Wallet } from '../../programs/index.ts';
import { balanceOf } from '../core.ts';
import { keepUsed } from '../keep-alive.ts';
import { saveWorkingSet } from '../store.ts';
import { findHold, type Hold, type HoldState } from '../store/holds.ts';
import { accountKey, newWorkingSet, type WorkingSet } from '../working-set.ts';
import { assertActive, findAccount, openMember } from './open-member.ts';

const MINUTE_MS = 60_000;

type Reservation = { readonly memberId: number; readonly walletNo: number; readonly points: number; readonly origin: Origin; readonly expiresAt: Instant | null };

/**
 * Reserves points of an open member in the working set: lots are drawn now. Returns the hold's id; it is written with the set.
 * Refuses `account_suspended` and `points_not_enough`.
 */
export async function holdPoints(deps: Pick<Deps, 'ids'>, set: WorkingSet, wanted: Reservation): Promise<number> {
  if (set.members.get(wanted.memberId)!.suspended) refuse('account_suspended');
  const account = findAccount(set, wanted.memberId, wanted.walletNo);
  const draws = account && reserve(account, wanted.points);
  if (!draws) refuse('points_not_enough', { missing: wanted.points - (account?.available ?? 0) });
  const [id] = await deps.ids.take(1);
  set.holds.push({ id: id!, ...wanted, draws });
  return id!;
}

/** The hold under its member's lock. Refuses `not_found`. */
export const getHold = async (tx: ProgramTx, id: number): Promise<Hold> => (await findHold(tx, id)) ?? refuse('not_found');

/** Lots that releasing or refunding this hold fills again; `openMember` takes them as `seqs`. */
export const seqsOf = (hold: Pick<Hold, 'draws'>): number[] => hold.draws.map((one) => one.seq);

/** Spends what the hold reserved, which is a use of the account. Refuses `hold_resolved`, also when its time is over and nobody noticed yet. */
export async function captureHold(tx: ProgramTx, set: WorkingSet, hold: Hold): Promise<Transfer> {
  assertOpen(set, hold);
  const account = accountOfHold(set, hold);
  const transfer = capture(set.book, account, hold.draws, hold.origin.kind === 'hold' ? { kind: 'hold', id: hold.id } : hold.origin);
  keepUsed(account, (await walletsOf(tx)).find((wallet) => wallet.no === hold.walletNo)!.expiry, tx.program.timeZone, set.book.now);
  set.resolutions.push({ holdId: hold.id, transferSeq: transfer.seq, hadExpiry: hold.expiresAt !== null });
  return transfer;
}

/** Gives what the hold reserved back to its lots; what expired meanwhile expires now. Refuses `hold_resolved`. */
export function releaseHold(set: WorkingSet, hold: Hold): void {
  assertOpen(set, hold);
  release(set.book, accountOfHold(set, hold), hold.draws);
  set.resolutions.push({ holdId: hold.id, transferSeq: null, hadExpiry: hold.expiresAt !== null });
}

/**
 * Gives back points of a captured hold to the lots they came from: all of them, or `points` after the first `skip` that earlier refunds
 * gave back. The caller knows what was refunded before.
 */
export function refundHold(set: WorkingSet, hold: Hold, origin: Origin, part: { skip: number; points: number } = { skip: 0, points: hold.points }): Transfer {
  if (hold.state !== 'captured') throw new Error('only a captured hold is refunded');
  return refund(set.book, accountOfHold(set, hold), sliceDraws(hold.draws, part.skip, part.points), origin);
}

function assertOpen(set: WorkingSet, hold: Hold): void {
  const resolved = set.resolutions.find((one) => one.holdId === hold.id);
  const state: HoldState = hold.state !== 'held' ? hold.state : !resolved ? 'held' : resolved.transferSeq === null ? 'released' : 'captured';
  if (state !== 'held') refuse('hold_resolved', { state });
}

const accountOfHold = (set: WorkingSet, hold: Hold) => set.accounts.get(accountKey(hold.memberId, hold.walletNo))!;

type HoldView = { id: string; wallet: string; points: number; state: HoldState; expiresAt: string | null; balances: ReturnType<typeof balanceOf>[] };

function viewOf(deps: Deps, tx: ProgramTx, set: WorkingSet, wallets: readonly Wallet[], hold: Pick<Hold, 'id' | 'memberId' | 'walletNo' | 'points' | 'expiresAt'>, state: HoldState): HoldView {
  return {
    id: deps.publicIds.encode('hld', hold.id), wallet: wallets.find((one) => one.no === hold.walletNo)!.code, points: hold.points, state,
    expiresAt: isoOrNull(hold.expiresAt),
    balances: wallets.map((wallet) => balanceOf(wallet, set.accounts.get(accountKey(hold.memberId, wallet.no)), tx.program.timeZone)),
  };
}

/** Reserves points for a payment; with `minutes` the reservation ends by itself. */
export const makeHold = (deps: Deps, ctx: Ctx, memberOf: (tx: ProgramTx) => Promise<number>, input: { wallet?: string | undefined; points: number; minutes?: number | undefined }) => act(deps, ctx, async (tx) => {
  const memberId = await memberOf(tx);
  const wallets = await walletsOf(tx);
  const wallet = walletByCode(wallets, input.wallet);
  assertSpendable(wallet);
  const set = newWorkingSet(ctx.programId, tx.program.purgeable, tx.program.now);
  assertActive(await openMember(tx, set, memberId));
  const expiresAt = input.minutes === undefined ? null : tx.program.now + input.minutes * MINUTE_MS;
  const id = await holdPoints(deps, set, { memberId, walletNo: wallet.no, points: input.points, origin: { kind: 'hold', id: null }, expiresAt });
  await saveWorkingSet(tx, set);
  await audit(deps, tx, ctx, 'hold.made', deps.publicIds.encode('hld', id), { wallet: wallet.code, points: input.points });
  return viewOf(deps, tx, set, wallets, { id, memberId, walletNo: wallet.no, points: input.points, expiresAt }, 'held');
});

/** Ends a hold made by `makeHold`; holds of orders and sales end with their own document. */
export const endHold = (deps: Deps, ctx: Ctx, publicId: string, as: 'captured' | 'released') => act(deps, ctx, async (tx) => {
  const id = deps.publicIds.decode('hld', publicId) ?? refuse('not_found');
  const found = await getHold(tx, id);
  const set = newWorkingSet(ctx.programId, tx.program.purgeable, tx.program.now);
  await openMember(tx, set, found.memberId, { seqs: seqsOf(found) });
  const hold = await getHold(tx, id); // again: its state is final only under the lock
  if (hold.origin.kind !== 'hold') refuse('hold_resolved', { state: hold.origin.kind });
  if (as === 'captured') await captureHold(tx, set, hold); else releaseHold(set, hold);
  await saveWorkingSet(tx, set);
  await audit(deps, tx, ctx, as === 'captured' ? 'hold.captured' : 'hold.released', publicId, { points: hold.points });
  return viewOf(deps, tx, set, await walletsOf(tx), hold, as);
});

/** Releases a hold whose time is over, unless somebody was faster. */
export const releaseExpired = (deps: Deps, programId: number, holdId: number): Promise<void> => deps.db.inProgram(programId, async (tx) => {
  const hold = await findHold(tx, holdId);
  if (!hold || hold.state !== 'held') return;
  const set = newWorkingSet(programId, tx.program.purgeable, tx.program.now);
  await openMember(tx, set, hold.memberId);
  await saveWorkingSet(tx, set);
});
