import { endOfLocalDay, localDate, type LocalDate } from '@wracam/engine/calendar';
import { expiryDate } from '@wracam/engine/expiry';
import type { Origin } from '@wracam/engine/ledger/book';
import { credit, reverseAdjustment, spend } from '@wracam/engine/ledger/moves';
import { act, audit } from '../../../platform/act.ts';
import type { ProgramTx } from '../../../platform/db.ts';
import type { Ctx, Deps } from '../../../platform/deps.ts';
import { refuse } from '../../../platform/refusal.ts';
import { walletByCode, walletsOf, type Wallet } from '../../programs/index.ts';
import { balanceOf } from '../core.ts';
import { saveWorkingSet } from '../store.ts';
import { findTransfer, type TransferId } from '../store/history.ts';
import { findMemberTransfer } from '../store/member-transfers.ts';
import { accountKey, accountOf, newWorkingSet, type WorkingSet } from '../working-set.ts';
import { assertWithinDay, assertWithinLimit } from './by-hand.ts';
import { assertActive, findAccount, openMember } from './open-member.ts';
import { takeGiftBack } from './move-points.ts';
import { entryOf } from './read-points.ts';
import { byHandMail, type Change } from '../telling.ts';

const BY_HAND: Origin = { kind: 'adjustment', id: null };

export type Adjustment = { readonly wallet?: string | undefined; readonly points: number; readonly reason: string; readonly expiresOn?: LocalDate | null | undefined };

/** Tells of a change whom whoever makes it wants told, in its commit. */
export type Tell = (tx: ProgramTx, change: Change) => Promise<void>;
const tellNobody: Tell = async () => {};

/** Adds or takes points by hand. New points end as the wallet says, or on `expiresOn` (null: never). Refusals as in the contract. */
export const adjustPoints = (deps: Deps, ctx: Ctx, memberOf: (tx: ProgramTx) => Promise<number>, input: Adjustment, tell: Tell = tellNobody) => act(deps, ctx, async (tx) => {
  const memberId = await memberOf(tx);
  assertWithinLimit(ctx, input.points);
  await assertWithinDay(tx, ctx, input.points);
  const wallets = await walletsOf(tx);
  const wallet = walletByCode(wallets, input.wallet);
  const expiresAt = input.points > 0 ? expiryOf(tx, wallet, input.expiresOn) : null;
  const set = newWorkingSet(ctx.programId, tx.program.purgeable, tx.program.now);
  assertActive(await openMember(tx, set, memberId));
  const account = accountOf(set, memberId, wallet);
  const transfer = input.points > 0
    ? credit(set.book, account, input.points, { usableAt: null, expiresAt }, { kind: 'adjust', origin: BY_HAND, note: input.reason })
    : spend(set.book, account, -input.points, { kind: 'adjust', origin: BY_HAND, note: input.reason });
  if (!transfer) refuse('points_not_enough', { missing: -input.points - account.available });
  await saveWorkingSet(tx, set);
  const answer = await answerOf(deps, tx, ctx, set, wallets, transfer, 'points.adjusted', { wallet: wallet.code, points: input.points });
  const moved = [{ memberId, walletNo: wallet.no, points: input.points }];
  await tell(tx, { moved, reason: input.reason, expiresOn: answer.transfer.expiresOn, origin: { transfer: answer.transfer.id }, mail: byHandMail('adjusted') });
  return answer;
});

/**
 * Takes an adjustment or a gift between members back, once, while its points are still there; nothing that touches the account `own`. Refuses
 * `transfer_not_reversible`, `adjust_limit_exceeded`, `adjust_day_limit_reached`, `adjust_own_account`.
 */
export const reverseTransfer = (deps: Deps, ctx: Ctx, publicId: string, reason: string, own: number | null = null, tell: Tell = tellNobody) => act(deps, ctx, async (tx) => {
  const id = deps.publicIds.decodeTransfer(publicId) ?? refuse('not_found');
  const tellReversed = (...moved: Change['moved']) => tell(tx, { moved, reason, origin: { reverses: publicId }, mail: byHandMail('reversed') });
  const found = (await findTransfer(tx, id)) ?? refuse('not_found');
  if (found.kind === 'move' && found.origin.kind === 'member') {
    const gift = (await findMemberTransfer(tx, found.origin.id!))!;
    if (own !== null && [gift.fromMemberId, gift.toMemberId].includes(own)) refuse('adjust_own_account');
    assertWithinLimit(ctx, gift.points);
    await assertWithinDay(tx, ctx, gift.points);
    const { set, seq } = await takeGiftBack(tx, found, found.origin, reason);
    await tellReversed({ memberId: gift.fromMemberId, walletNo: id.walletNo, points: gift.points }, { memberId: gift.toMemberId, walletNo: id.walletNo, points: -gift.points });
    return answerOf(deps, tx, ctx, set, await walletsOf(tx), { ...id, seq }, 'transfer.reversed', { points: found.points, reverses: publicId });
  }
  if (found.kind !== 'adjust' || found.origin.kind !== 'adjustment' || found.owed > 0) refuse('transfer_not_reversible');
  if (id.memberId === own) refuse('adjust_own_account');
  assertWithinLimit(ctx, found.points);
  await assertWithinDay(tx, ctx, found.points);
  const set = newWorkingSet(ctx.programId, tx.program.purgeable, tx.program.now);
  await openMember(tx, set, id.memberId, { seqs: [id.seq, ...(found.draws ?? []).map((one) => one.seq)] });
  if ((await findTransfer(tx, id))!.reversed) refuse('transfer_not_reversible');
  const transfer = reverseAdjustment(set.book, findAccount(set, id.memberId, id.walletNo)!, found, BY_HAND, reason) ?? refuse('transfer_not_reversible');
  await saveWorkingSet(tx, set);
  const answer = await answerOf(deps, tx, ctx, set, await walletsOf(tx), transfer, 'transfer.reversed', { points: found.points, reverses: publicId });
  await tellReversed({ memberId: id.memberId, walletNo: id.walletNo, points: answer.transfer.points });
  return answer;
});

function expiryOf(tx: ProgramTx, wallet: Wallet, wanted: LocalDate | null | undefined): number | null {
  const { timeZone, now } = tx.program;
  const today = localDate(timeZone, now);
  if (wanted && wanted < today) refuse('invalid_request', {}, [{ pointer: '/expiresOn', detail: today }]);
  const date = wanted === undefined ? expiryDate(wallet.expiry, today) : wanted;
  return date === null ? null : endOfLocalDay(timeZone, date);
}

async function answerOf(deps: Deps, tx: ProgramTx, ctx: Ctx, set: WorkingSet, wallets: readonly Wallet[], id: TransferId, action: string, details: Record<string, unknown>) {
  const publicId = deps.publicIds.encodeTransfer(id.memberId, id.walletNo, id.seq);
  await audit(deps, tx, ctx, action, deps.publicIds.encode('mem', id.memberId), { ...details, transfer: publicId });
  const row = (await findTransfer(tx, id))!;
  return {
    transfer: entryOf(deps, tx, wallets, row, ctx.language),
    balances: wallets.map((wallet) => balanceOf(wallet, set.accounts.get(accountKey(id.memberId, wallet.no)), tx.program.timeZone)),
  };
}
