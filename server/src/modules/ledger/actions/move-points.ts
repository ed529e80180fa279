import { localDate } from '@wracam/engine/calendar';
import { moveBack, movePoints } from '@wracam/engine/ledger/between-members';
import type { Origin } from '@wracam/engine/ledger/book';
import { formatPoints } from '@wracam/engine/words';
import { act, announce, audit } from '../../../platform/act.ts';
import type { ProgramTx } from '../../../platform/db.ts';
import type { Ctx, Deps } from '../../../platform/deps.ts';
import { refuse } from '../../../platform/refusal.ts';
import { iso } from '../../../platform/iso.ts';
import { assertSpendable, unitOf, walletByCode, walletsOf, type Wallet } from '../../programs/index.ts';
import { balanceOf } from '../core.ts';
import { keepUsed } from '../keep-alive.ts';
import { loadAccounts, lockMembers, readMembers, saveWorkingSet } from '../store.ts';
import { findTransfer, type TransferRow } from '../store/history.ts';
import { findMemberTransfer, insertMemberTransfer, movedOn, saveReversed } from '../store/member-transfers.ts';
import { accountKey, accountOf, newWorkingSet, type WorkingSet } from '../working-set.ts';
import { assertWithinDay } from './by-hand.ts';
import { assertActive, findAccount, releaseExpiredHolds } from './open-member.ts';

export type Gift = { readonly wallet?: string | undefined; readonly points: number };

/** Both members under lock, in the order of their ids, with everything due booked. */
async function openBoth(tx: ProgramTx, memberIds: readonly [number, number], seqs: readonly number[] = []): Promise<WorkingSet> {
  const set = newWorkingSet(tx.program.id, tx.program.purgeable, tx.program.now);
  await lockMembers(tx, set, memberIds);
  await loadAccounts(tx, set, memberIds);
  await releaseExpiredHolds(tx, set, memberIds, { seqs });
  return set;
}

function assertPolicy(wallet: Wallet, points: number, today: { points: number; times: number }, language: Ctx['language']): void {
  assertSpendable(wallet);
  const { transfers } = wallet;
  if (!transfers) refuse('transfers_not_allowed');
  const written = (count: number) => formatPoints(count, unitOf(wallet, language), language);
  if (points < transfers.minPoints) refuse('transfer_below_minimum', { minimum: written(transfers.minPoints) });
  const left = Math.max(0, transfers.dayPoints - today.points);
  if (points > left || today.times >= transfers.dayTimes) refuse('transfer_limit_reached', { left: written(left), times: Math.max(0, transfers.dayTimes - today.times) });
}

/**
 * Moves points from one member to another in one commit: points keep their end, both chains name each other. Who cannot have points, is
 * unknown (null) or is the giver is refused alike, so that a refusal tells nothing about a phone. Refusals as in the contract.
 */
export const moveMemberPoints = (deps: Deps, ctx: Ctx, fromId: number, receiver: (tx: ProgramTx) => Promise<number | null>, { wallet: code, points }: Gift) => act(deps, ctx, async (tx) => {
  await assertWithinDay(tx, ctx, points);
  const wallets = await walletsOf(tx);
  const wallet = walletByCode(wallets, code);
  // Asked before anything is told of the giver's own limits: the order of refusals is the same for a known and an unknown receiver.
  const found = await receiver(tx);
  const toId = found ?? fromId;
  const set = await openBoth(tx, [fromId, toId]);
  const giver = set.members.get(fromId) ?? refuse('member_unknown');
  assertActive(giver);
  if (giver.suspended) refuse('account_suspended');
  const day = localDate(tx.program.timeZone, tx.program.now);
  assertPolicy(wallet, points, await movedOn(tx, fromId, wallet.no, day), ctx.language);
  const from = accountOf(set, fromId, wallet);
  if (from.available < points) refuse('points_not_enough', { missing: points - from.available });
  const taker = set.members.get(toId);
  if (toId === fromId || !taker || taker.state !== 'active' || taker.suspended) refuse('transfer_recipient_wrong');
  const to = accountOf(set, toId, wallet);
  const [id] = await deps.ids.take(1);
  const pairs = movePoints(set.book, from, to, points, { kind: 'member', id: id! })!;
  for (const account of [from, to]) keepUsed(account, wallet.expiry, tx.program.timeZone, tx.program.now);
  await saveWorkingSet(tx, set);
  await insertMemberTransfer(tx, { id: id!, walletNo: wallet.no, fromMemberId: fromId, toMemberId: toId, points, pairs }, day);
  const publicId = deps.publicIds.encode('mvt', id!);
  await announce(deps, tx, ctx.programId, 'points.moved', publicId, { wallet: wallet.code, points });
  await audit(deps, tx, ctx, 'points.moved', deps.publicIds.encode('mem', fromId), { wallet: wallet.code, points, to: deps.publicIds.encode('mem', toId) });
  return {
    id: publicId, wallet: wallet.code, points, at: iso(tx.program.now),
    balances: wallets.map((one) => balanceOf(one, set.accounts.get(accountKey(fromId, one.no)), tx.program.timeZone)),
  };
});

/**
 * Who may get points of this member: asked before they are moved, so that the giver sees whom a number means. Whoever may not is refused as
 * one who is not there. Refuses `transfers_not_allowed` where no wallet lets points be moved.
 */
export async function assertReceiver(tx: ProgramTx, fromId: number, toId: number | null): Promise<number> {
  if (!(await walletsOf(tx)).some((wallet) => wallet.transfers !== null)) refuse('transfers_not_allowed');
  const set = newWorkingSet(tx.program.id, tx.program.purgeable, tx.program.now);
  await readMembers(tx, set, toId === null ? [fromId] : [fromId, toId]);
  assertActive(set.members.get(fromId) ?? refuse('member_unknown'));
  const taker = toId === null ? undefined : set.members.get(toId);
  if (toId === fromId || !taker || taker.state !== 'active' || taker.suspended) refuse('transfer_recipient_wrong');
  return taker.memberId;
}

/** Takes a gift back whole, once, as long as the receiver has the points. Returns the transfer on the side that was asked about. */
export async function takeGiftBack(tx: ProgramTx, found: TransferRow, origin: Origin, reason: string): Promise<{ set: WorkingSet; seq: number }> {
  const first = (await findMemberTransfer(tx, found.origin.id!)) ?? refuse('not_found');
  const { walletNo, fromMemberId, toMemberId, pairs } = first;
  const given = await Promise.all(pairs.map(async ({ from }) => (await findTransfer(tx, { memberId: fromMemberId, walletNo, seq: from }))!));
  const set = await openBoth(tx, [fromMemberId, toMemberId], given.flatMap((one) => one.draws!.map((drawn) => drawn.seq)));
  if ((await findMemberTransfer(tx, first.id))!.reversedAt !== null) refuse('transfer_not_reversible');
  const [from, to] = [findAccount(set, fromMemberId, walletNo)!, findAccount(set, toMemberId, walletNo)!];
  const back = moveBack(set.book, from, to, pairs.map((pair, at) => ({ ...pair, points: given[at]!.points, draws: given[at]!.draws! })), origin, reason) ?? refuse('transfer_not_reversible');
  await saveWorkingSet(tx, set);
  await saveReversed(tx, first.id);
  return { set, seq: found.memberId === fromMemberId ? back[0]!.from : back[0]!.to };
}
