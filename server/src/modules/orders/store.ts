import type { Instant } from '@wracam/engine/calendar';
import type { ProgramTx } from '../../platform/db.ts';
import { nothing, sql } from '../../platform/sql.ts';
import type { RewardIcon } from '../rewards/index.ts';
import type { OrderState } from './core.ts';

export type Order = {
  readonly id: number; readonly number: string; readonly memberId: number; readonly holdId: number; readonly state: OrderState; readonly walletNo: number; readonly totalPoints: number; readonly note: string | null;
  readonly placedAt: Instant; readonly confirmedAt: Instant | null; readonly cancelledAt: Instant | null; readonly cancelReason: string | null;
};
export type OrderLine = { readonly orderId: number; readonly rewardId: number; readonly name: string; readonly icon: RewardIcon; readonly quantity: number; readonly pricePoints: number };

const COLUMNS = sql`select id, number, member_id, hold_id, state, wallet_no, total_points, note, placed_at, confirmed_at, cancelled_at, cancel_reason from reward_order`;

/** The order; its state is final only under its member's lock, which every change of state takes first. */
export const findOrder = (tx: ProgramTx, id: number) => tx.maybe<Order>(sql`${COLUMNS} where program_id = ${tx.program.id} and id = ${id}`);

export const linesOf = (tx: ProgramTx, orderIds: readonly number[]) => tx.rows<OrderLine>(sql`
  select order_id, reward_id, name, icon, quantity, price_points from reward_order_line where program_id = ${tx.program.id} and order_id = any(${orderIds}::int8[]) order by order_id, line_no`);

export const listOrders = (tx: ProgramTx, wanted: { state?: OrderState | undefined; memberId?: number | undefined }, after: { at: Instant; id: number } | null, limit: number) => tx.rows<Order>(sql`
  ${COLUMNS} where program_id = ${tx.program.id}
    ${wanted.state ? sql`and state = ${wanted.state}` : nothing} ${wanted.memberId === undefined ? nothing : sql`and member_id = ${wanted.memberId}`}
    ${after ? sql`and (placed_at, id) < (${new Date(after.at)}, ${after.id})` : nothing}
  order by placed_at desc, id desc limit ${limit}`);

export const numberTaken = async (tx: ProgramTx, number: string) => (await tx.maybe(sql`select 1 as one from reward_order where program_id = ${tx.program.id} and number = ${number}`)) !== null;

/** Pieces of these rewards that the member has ordered and not cancelled. Under the member's lock nobody adds to them. */
export const piecesOrdered = (tx: ProgramTx, memberId: number, rewardIds: readonly number[]) => tx.rows<{ rewardId: number; pieces: number }>(sql`
  select l.reward_id, sum(l.quantity)::int8 as pieces from reward_order o join reward_order_line l on l.program_id = ${tx.program.id} and l.order_id = o.id
  where o.program_id = ${tx.program.id} and o.member_id = ${memberId} and o.state <> 'cancelled' and l.reward_id = any(${rewardIds}::int8[]) group by l.reward_id`);

export async function insertOrder(tx: ProgramTx, order: Pick<Order, 'id' | 'number' | 'memberId' | 'holdId' | 'walletNo' | 'totalPoints' | 'note' | 'placedAt'>, lines: readonly OrderLine[]): Promise<void> {
  await tx.run(sql`insert into reward_order (program_id, id, number, member_id, hold_id, state, wallet_no, total_points, note, placed_at)
    values (${tx.program.id}, ${order.id}, ${order.number}, ${order.memberId}, ${order.holdId}, 'placed', ${order.walletNo}, ${order.totalPoints}, ${order.note}, ${new Date(order.placedAt)})`);
  let lineNo = 0;
  for (const line of lines) {
    lineNo += 1;
    await tx.run(sql`insert into reward_order_line (program_id, order_id, line_no, reward_id, name, icon, quantity, price_points)
      values (${tx.program.id}, ${order.id}, ${lineNo}, ${line.rewardId}, ${line.name}, ${line.icon}, ${line.quantity}, ${line.pricePoints})`);
  }
}

export const saveConfirmed = (tx: ProgramTx, id: number, at: Instant) => tx.run(sql`
  update reward_order set state = 'confirmed', confirmed_at = ${new Date(at)} where program_id = ${tx.program.id} and id = ${id}`);
export const saveCancelled = (tx: ProgramTx, id: number, at: Instant, reason: string | null) => tx.run(sql`
  update reward_order set state = 'cancelled', cancelled_at = ${new Date(at)}, cancel_reason = ${reason} where program_id = ${tx.program.id} and id = ${id}`);

/** Names of what orders ask for, as one text an order. */
export async function orderedRewards(tx: ProgramTx, orderIds: readonly number[]): Promise<Map<number, string>> {
  const names = new Map<number, string>();
  if (orderIds.length === 0) return names;
  for (const { orderId, name, quantity } of await linesOf(tx, orderIds)) {
    const said = quantity === 1 ? name : `${quantity} × ${name}`;
    names.set(orderId, names.has(orderId) ? `${names.get(orderId)!}, ${said}` : said);
  }
  return names;
}
