import type { Instant } from '@wracam/engine/calendar';
import { capture, release, reserve } from '@wracam/engine/ledger/moves';
import { int2Array, int4Array, int8Array, textArray, timestamptzArray } from '../../platform/binary-arrays.ts';
import type { ProgramTx } from '../../platform/db.ts';
import { sql } from '../../platform/sql.ts';
import { setNow, type StoredAccount, type WorkingSet } from '../ledger/index.ts';

/** An order of one reward that was made in the past; at most one of the two ends. */
export type PastOrder = {
  readonly id: number; readonly holdId: number; readonly number: string; readonly memberId: number; readonly walletNo: number; readonly rewardId: number; readonly name: string; readonly icon: string; readonly pricePoints: number;
  readonly placedAt: Instant; readonly confirmedAt: Instant | null; readonly cancelledAt: Instant | null; readonly cancelReason: string | null;
};

/**
 * Holds the points of an order of the past, and captures or releases them, each at its own instant. The account is under its member's lock
 * with its lots read and settled. False, and nothing changes, when the points do not cover it.
 */
export function orderInPast(set: WorkingSet, account: StoredAccount, order: PastOrder): boolean {
  setNow(set, order.placedAt);
  const draws = reserve(account, order.pricePoints);
  if (!draws) return false;
  const origin = { kind: 'order', id: order.id } as const;
  set.holds.push({ id: order.holdId, memberId: order.memberId, walletNo: order.walletNo, points: order.pricePoints, draws, origin, expiresAt: null, madeAt: order.placedAt });
  const end = order.confirmedAt ?? order.cancelledAt;
  if (end === null) return true;
  setNow(set, end);
  const transferSeq = order.confirmedAt === null ? null : capture(set.book, account, draws, origin).seq;
  if (transferSeq === null) release(set.book, account, draws);
  set.resolutions.push({ holdId: order.holdId, transferSeq, hadExpiry: false, at: end });
  return true;
}

const stateOf = (order: PastOrder) => (order.confirmedAt !== null ? 'confirmed' : order.cancelledAt !== null ? 'cancelled' : 'placed');

/** Writes orders of the past after their holds, in the same transaction. */
export async function insertPastOrders(tx: ProgramTx, orders: readonly PastOrder[]): Promise<void> {
  if (orders.length === 0) return;
  await tx.hot('insert_past_orders', `insert into reward_order (program_id, id, number, member_id, hold_id, state, wallet_no, total_points, placed_at, confirmed_at, cancelled_at, cancel_reason)
    select p.id, t.* from program p, unnest($2::int8[], $3::text[], $4::int8[], $5::int8[], $6::text[], $7::int2[], $8::int8[], $9::timestamptz[], $10::timestamptz[], $11::timestamptz[], $12::text[]) t where p.id = $1`,
  [tx.program.id, int8Array(orders.map((one) => one.id)), textArray(orders.map((one) => one.number)), int8Array(orders.map((one) => one.memberId)), int8Array(orders.map((one) => one.holdId)), textArray(orders.map(stateOf)),
    int2Array(orders.map((one) => one.walletNo)), int8Array(orders.map((one) => one.pricePoints)), timestamptzArray(orders.map((one) => one.placedAt)), timestamptzArray(orders.map((one) => one.confirmedAt)),
    timestamptzArray(orders.map((one) => one.cancelledAt)), textArray(orders.map((one) => one.cancelReason))]);
  await tx.hot('insert_past_order_lines', `insert into reward_order_line (program_id, order_id, line_no, reward_id, name, icon, quantity, price_points)
    select p.id, t.order_id, 1, t.reward_id, t.name, t.icon, t.quantity, t.price_points
    from program p, unnest($2::int8[], $3::int8[], $4::text[], $5::text[], $6::int4[], $7::int8[]) t (order_id, reward_id, name, icon, quantity, price_points) where p.id = $1`,
  [tx.program.id, int8Array(orders.map((one) => one.id)), int8Array(orders.map((one) => one.rewardId)), textArray(orders.map((one) => one.name)), textArray(orders.map((one) => one.icon)), int4Array(orders.map(() => 1)),
    int8Array(orders.map((one) => one.pricePoints))]);
}

/** Pieces of each reward in orders that were not cancelled. */
export const piecesTaken = (tx: ProgramTx) => tx.rows<{ rewardId: number; pieces: number }>(sql`
  select l.reward_id, sum(l.quantity)::int8 as pieces from reward_order o join reward_order_line l on l.program_id = ${tx.program.id} and l.order_id = o.id
  where o.program_id = ${tx.program.id} and o.state <> 'cancelled' group by l.reward_id order by l.reward_id`);
