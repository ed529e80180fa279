import { randomInt } from 'node:crypto';
import { act, announce, audit } from '../../platform/act.ts';
import type { ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import type { ProgramKeys } from '../../platform/keyring.ts';
import { refuse } from '../../platform/refusal.ts';
import { iso, isoOrNull } from '../../platform/iso.ts';
import { assertActive, balanceOf, captureHold, getHold, holdPoints, newWorkingSet, openMember, refundHold, releaseHold, saveWorkingSet, seqsOf, accountKey, type WorkingSet } from '../ledger/index.ts';
import { displayNames, findMembersByKeys, keyText, pointerKey, type Pointer } from '../members/index.ts';
import { walletsOf, type Wallet } from '../programs/index.ts';
import { returnStock, takeStock, type Reward } from '../rewards/index.ts';
import { levelNames, levelNow, type ActivityOf } from '../tiers/index.ts';
import { mayBecome, mergeLines, orderNumber, type OrderState } from './core.ts';
import * as store from './store.ts';
import type { Order, OrderLine } from './store.ts';

const PAGE = 50;
const NUMBER_TRIES = 5;

export type Wanted = { readonly lines: readonly { readonly reward: string; readonly quantity: number }[]; readonly note?: string | undefined; readonly confirm?: boolean | undefined };

/** How the room of sales tells what a member did: levels are counted from it. */
export type OrderNeeds = { readonly activityOf: ActivityOf };

/** The member a pointer of the contract names. Refuses `member_unknown` and `phone_invalid`. */
async function memberOf(deps: Deps, tx: ProgramTx, keys: ProgramKeys, pointer: Pointer & { readonly id?: string | undefined }): Promise<number> {
  if (pointer.id !== undefined) return deps.publicIds.decode('mem', pointer.id) ?? refuse('member_unknown');
  const key = pointerKey(keys, pointer, '/member') ?? refuse('member_unknown');
  return (await findMembersByKeys(tx, tx.program.id, [key])).get(keyText(key)) ?? refuse('member_unknown');
}

/**
 * Orders rewards: under the member's lock takes the stock, holds the points and writes the order, all or nothing; with `confirm` the points
 * are spent at once. Refusals as in the contract.
 */
export async function placeOrder(deps: Deps, ctx: Ctx, member: (Pointer & { readonly id?: string | undefined }) | { readonly memberId: number }, wanted: Wanted, { activityOf }: OrderNeeds) {
  const keys = await deps.keyring.forProgram(ctx.programId);
  const lines = mergeLines(wanted.lines.map((line) => ({ rewardId: deps.publicIds.decode('rwd', line.reward) ?? refuse('reward_not_offered'), quantity: line.quantity })));
  return act(deps, ctx, async (tx) => {
    const memberId = 'memberId' in member ? member.memberId : await memberOf(deps, tx, keys, member);
    const set = newWorkingSet(ctx.programId, tx.program.purgeable, tx.program.now);
    assertActive(await openMember(tx, set, memberId));
    const rewards: Reward[] = [];
    for (const line of lines) rewards.push(await takeStock(tx, line.rewardId, line.quantity));
    const walletNo = rewards[0]!.walletNo;
    if (rewards.some((reward) => reward.walletNo !== walletNo)) refuse('one_wallet_an_order');
    await assertLevel(deps, tx, ctx, memberId, rewards, activityOf);
    await assertWithinLimits(tx, memberId, rewards, lines.map((line) => line.quantity));
    const [id] = await deps.ids.take(1);
    const orderLines: OrderLine[] = rewards.map((reward, at) => ({ orderId: id!, rewardId: reward.id, name: reward.name, icon: reward.icon, quantity: lines[at]!.quantity, pricePoints: reward.pricePoints }));
    const totalPoints = orderLines.reduce((sum, line) => sum + line.quantity * line.pricePoints, 0);
    const holdId = await holdPoints(deps, set, { memberId, walletNo, points: totalPoints, origin: { kind: 'order', id: id! }, expiresAt: null });
    await saveWorkingSet(tx, set);
    const order = { id: id!, number: await freeNumber(tx), memberId, holdId, walletNo, totalPoints, note: wanted.note ?? null, placedAt: tx.program.now };
    await store.insertOrder(tx, order, orderLines);
    const publicId = deps.publicIds.encode('ord', order.id);
    await announce(deps, tx, ctx.programId, 'order.placed', publicId, { totalPoints });
    if (ctx.actor.kind !== 'member') await audit(deps, tx, ctx, 'order.placed', publicId, { totalPoints, lines: orderLines.length });
    if (!wanted.confirm) return answerOf(deps, tx, keys, order.id, set);
    return confirm(deps, tx, ctx, keys, order.id);
  });
}

/** A reward may be for members of some levels alone: the level is the one held at this instant. */
async function assertLevel(deps: Deps, tx: ProgramTx, ctx: Ctx, memberId: number, rewards: readonly Reward[], activityOf: ActivityOf): Promise<void> {
  if (rewards.every((reward) => reward.levels.length === 0)) return;
  const level = (await levelNow(deps, tx, memberId, activityOf, ctx.language))?.code ?? null;
  const locked = rewards.find((reward) => reward.levels.length > 0 && (level === null || !reward.levels.includes(level)));
  if (!locked) return;
  const names = await levelNames(deps, tx, ctx.language);
  refuse('reward_level_needed', { levels: locked.levels.map((code) => names.get(code) ?? code).join(', ') });
}

async function assertWithinLimits(tx: ProgramTx, memberId: number, rewards: readonly Reward[], quantities: readonly number[]): Promise<void> {
  const limited = rewards.filter((reward) => reward.perMember !== null);
  if (limited.length === 0) return;
  const before = new Map((await store.piecesOrdered(tx, memberId, limited.map((reward) => reward.id))).map((row) => [row.rewardId, row.pieces]));
  rewards.forEach((reward, at) => {
    if (reward.perMember !== null && (before.get(reward.id) ?? 0) + quantities[at]! > reward.perMember) refuse('reward_limit_reached', { limit: reward.perMember });
  });
}

async function freeNumber(tx: ProgramTx): Promise<string> {
  for (let attempt = 0; attempt < NUMBER_TRIES; attempt += 1) {
    const number = orderNumber(randomInt);
    if (!await store.numberTaken(tx, number)) return number;
  }
  throw new Error('no free order number was found');
}

/** The order under its member's lock, ready to move on; refuses `order_state_wrong` when it may not become `to`. */
async function openOrder(tx: ProgramTx, orderId: number, to: OrderState) {
  const found = (await store.findOrder(tx, orderId)) ?? refuse('not_found');
  const drawn = seqsOf(await getHold(tx, found.holdId));
  const set = newWorkingSet(tx.program.id, tx.program.purgeable, tx.program.now);
  await openMember(tx, set, found.memberId, { seqs: drawn });
  const order = (await store.findOrder(tx, orderId))!; // again: the lock makes its state final
  if (!mayBecome(order.state, to)) refuse('order_state_wrong', { state: order.state });
  return { order, set, hold: await getHold(tx, order.holdId) };
}

async function confirm(deps: Deps, tx: ProgramTx, ctx: Ctx, keys: ProgramKeys, orderId: number) {
  const { set, hold } = await openOrder(tx, orderId, 'confirmed');
  await captureHold(tx, set, hold);
  await saveWorkingSet(tx, set);
  await store.saveConfirmed(tx, orderId, tx.program.now);
  const publicId = deps.publicIds.encode('ord', orderId);
  await announce(deps, tx, ctx.programId, 'order.confirmed', publicId);
  await audit(deps, tx, ctx, 'order.confirmed', publicId);
  return answerOf(deps, tx, keys, orderId, set);
}

/** The reward is handed over: the held points are spent. Refuses `order_state_wrong`. */
export async function confirmOrder(deps: Deps, ctx: Ctx, publicId: string) {
  const keys = await deps.keyring.forProgram(ctx.programId);
  return act(deps, ctx, (tx) => confirm(deps, tx, ctx, keys, idOf(deps, publicId)));
}

/**
 * Gives points and stock back in one commit: before the confirmation the hold is released, after it the points are refunded to the lots they
 * came from. With `onlyOf` for that member alone and only before the confirmation. Refuses `order_state_wrong`, `order_not_cancellable`.
 */
export async function cancelOrder(deps: Deps, ctx: Ctx, publicId: string, reason: string | null, onlyOf: number | null = null) {
  const keys = await deps.keyring.forProgram(ctx.programId);
  return act(deps, ctx, async (tx) => {
    const id = idOf(deps, publicId);
    if (onlyOf !== null && (await store.findOrder(tx, id))?.memberId !== onlyOf) refuse('not_found');
    const { order, set, hold } = await openOrder(tx, id, 'cancelled');
    if (onlyOf !== null && order.state !== 'placed') refuse('order_not_cancellable');
    if (order.state === 'placed') releaseHold(set, hold);
    else refundHold(set, hold, { kind: 'order', id });
    await saveWorkingSet(tx, set);
    for (const line of mergeLines(await store.linesOf(tx, [id]))) await returnStock(tx, line.rewardId, line.quantity);
    await store.saveCancelled(tx, id, tx.program.now, reason);
    await announce(deps, tx, ctx.programId, 'order.cancelled', publicId);
    if (ctx.actor.kind !== 'member') await audit(deps, tx, ctx, 'order.cancelled', publicId, { before: order.state });
    return answerOf(deps, tx, keys, id, set);
  });
}

const idOf = (deps: Deps, publicId: string) => deps.publicIds.decode('ord', publicId) ?? refuse('not_found');

function viewOf(deps: Deps, wallets: readonly Wallet[], order: Order, lines: readonly OrderLine[], memberName: string | null) {
  return {
    id: deps.publicIds.encode('ord', order.id), number: order.number, member: deps.publicIds.encode('mem', order.memberId), memberName, state: order.state,
    wallet: wallets.find((wallet) => wallet.no === order.walletNo)!.code, totalPoints: order.totalPoints,
    lines: lines.map((line) => ({ reward: deps.publicIds.encode('rwd', line.rewardId), name: line.name, icon: line.icon, quantity: line.quantity, pricePoints: line.pricePoints })),
    note: order.note, placedAt: iso(order.placedAt), confirmedAt: isoOrNull(order.confirmedAt), cancelledAt: isoOrNull(order.cancelledAt), cancelReason: order.cancelReason,
  };
}

async function viewsOf(deps: Deps, tx: ProgramTx, keys: ProgramKeys, orders: readonly Order[]) {
  const wallets = await walletsOf(tx);
  const lines = await store.linesOf(tx, orders.map((order) => order.id));
  const names = await displayNames(tx, keys, orders.map((order) => order.memberId));
  return orders.map((order) => viewOf(deps, wallets, order, lines.filter((line) => line.orderId === order.id), names.get(order.memberId) ?? null));
}

async function answerOf(deps: Deps, tx: ProgramTx, keys: ProgramKeys, orderId: number, set: WorkingSet) {
  const order = (await store.findOrder(tx, orderId))!;
  const [view] = await viewsOf(deps, tx, keys, [order]);
  const balances = (await walletsOf(tx)).map((wallet) => balanceOf(wallet, set.accounts.get(accountKey(order.memberId, wallet.no)), tx.program.timeZone));
  return { order: view!, balances };
}

export async function getOrder(deps: Deps, ctx: Ctx, publicId: string) {
  const keys = await deps.keyring.forProgram(ctx.programId);
  return deps.db.readProgram(ctx.programId, async (tx) => (await viewsOf(deps, tx, keys, [(await store.findOrder(tx, idOf(deps, publicId))) ?? refuse('not_found')]))[0]!);
}

/** Orders, newest first, by cursor. */
export async function listOrders(deps: Deps, ctx: Ctx, query: { state?: OrderState | undefined; memberId?: number | undefined; cursor?: string | undefined; limit?: number | undefined }) {
  const keys = await deps.keyring.forProgram(ctx.programId);
  const limit = query.limit ?? PAGE;
  const after = query.cursor === undefined ? null : readCursor(deps, query.cursor);
  return deps.db.readProgram(ctx.programId, async (tx) => {
    const orders = await store.listOrders(tx, query, after, limit + 1);
    const page = orders.slice(0, limit);
    const last = page.at(-1);
    return { items: await viewsOf(deps, tx, keys, page), next: orders.length > limit && last ? `${last.placedAt}.${deps.publicIds.encode('ord', last.id)}` : null };
  });
}

function readCursor(deps: Deps, cursor: string): { at: number; id: number } {
  const [, at, order] = /^(\d{1,14})\.(ord_\w+)$/.exec(cursor) ?? [];
  const id = order === undefined ? null : deps.publicIds.decode('ord', order);
  if (at === undefined || id === null) refuse('invalid_request', {}, [{ pointer: '/cursor', detail: cursor }]);
  return { at: Number(at), id };
}
