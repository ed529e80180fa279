import type { Instant } from '@wracam/engine/calendar';
import type { ProgramTx } from '../../platform/db.ts';
import { sql } from '../../platform/sql.ts';

export type RewardState = 'offered' | 'hidden';
export type RewardIcon = 'cup' | 'cake' | 'gift' | 'ticket' | 'bag' | 'book' | 'heart' | 'star' | 'shirt' | 'discount';
export type Reward = {
  readonly id: number; readonly name: string; readonly description: string | null; readonly icon: RewardIcon; readonly category: string | null; readonly walletNo: number; readonly pricePoints: number;
  /** Pieces left to give; null: no limit. */
  readonly stockLeft: number | null;
  /** Pieces one member may order; null: no limit. */
  readonly perMember: number | null;
  /** Codes of the levels that may take it; empty: everybody may. */
  readonly levels: readonly string[];
  readonly state: RewardState; readonly revision: number; readonly ordered: number;
};

const COLUMNS = sql`select id, name, description, icon, category, wallet_no, price_points, stock_left, per_member, levels, state, revision, ordered from reward`;

export const listRewards = (tx: ProgramTx) => tx.rows<Reward>(sql`${COLUMNS} where program_id = ${tx.program.id} order by state desc, price_points, id`);
export const listOffered = (tx: ProgramTx) => tx.rows<Reward>(sql`${COLUMNS} where program_id = ${tx.program.id} and state = 'offered' order by price_points, id`);
export const findReward = (tx: ProgramTx, id: number) => tx.maybe<Reward>(sql`${COLUMNS} where program_id = ${tx.program.id} and id = ${id}`);
/** Locks the row: changes of a reward and orders of it take turns. */
export const findRewardForUpdate = (tx: ProgramTx, id: number) => tx.maybe<Reward>(sql`${COLUMNS} where program_id = ${tx.program.id} and id = ${id} for no key update`);

export const insertReward = (tx: ProgramTx, reward: Omit<Reward, 'revision' | 'ordered'>, at: Instant) => tx.run(sql`
  insert into reward (program_id, id, name, description, icon, category, wallet_no, price_points, stock_left, per_member, levels, state, revision, created_at)
  values (${tx.program.id}, ${reward.id}, ${reward.name}, ${reward.description}, ${reward.icon}, ${reward.category}, ${reward.walletNo}, ${reward.pricePoints}, ${reward.stockLeft}, ${reward.perMember}, ${reward.levels}::text[], ${reward.state}, 1, ${new Date(at)})`);

export const saveReward = (tx: ProgramTx, reward: Reward) => tx.run(sql`
  update reward set name = ${reward.name}, description = ${reward.description}, icon = ${reward.icon}, category = ${reward.category}, price_points = ${reward.pricePoints},
    stock_left = ${reward.stockLeft}, per_member = ${reward.perMember}, levels = ${reward.levels}::text[], state = ${reward.state}, revision = ${reward.revision}
  where program_id = ${tx.program.id} and id = ${reward.id}`);

/** Takes pieces of an offered reward, if there are as many. The reward as it is now, or null: nothing was taken. */
export const takePieces = (tx: ProgramTx, id: number, quantity: number) => tx.maybe<Reward>(sql`
  update reward set stock_left = stock_left - ${quantity}::int8, ordered = ordered + ${quantity}::int8
  where program_id = ${tx.program.id} and id = ${id} and state = 'offered' and (stock_left is null or stock_left >= ${quantity}::int8)
  returning id, name, description, icon, category, wallet_no, price_points, stock_left, per_member, levels, state, revision, ordered`);

export const putPiecesBack = (tx: ProgramTx, id: number, quantity: number) => tx.run(sql`
  update reward set stock_left = stock_left + ${quantity}::int8, ordered = ordered - ${quantity}::int8 where program_id = ${tx.program.id} and id = ${id}`);
