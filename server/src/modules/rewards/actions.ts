import { rewardLosesByLevel, type LevelUser } from '@wracam/engine/tiers/level-users';
import { act, audit } from '../../platform/act.ts';
import type { ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { refuse } from '../../platform/refusal.ts';
import { assertSpendable, walletByCode, walletsOf, type Wallet } from '../programs/index.ts';
import * as store from './store.ts';
import type { Reward, RewardIcon, RewardState } from './store.ts';

type Maybe<T> = T | undefined;
export type RewardInput = {
  readonly name: string; readonly description?: Maybe<string | null>; readonly icon?: Maybe<RewardIcon>; readonly category?: Maybe<string | null>; readonly wallet?: Maybe<string>;
  readonly pricePoints: number; readonly stockLeft?: Maybe<number | null>; readonly perMember?: Maybe<number | null>; readonly levels?: Maybe<readonly string[]>; readonly state?: Maybe<RewardState>;
};
export type RewardChange = Partial<Omit<RewardInput, 'wallet' | 'stockLeft'>> & { readonly revision: number; readonly limited?: Maybe<boolean>; readonly stockChange?: Maybe<number> };

/** Pieces of one reward, as the contract allows. */
const STOCK_MAX = 10_000_000;

/** Adds a reward; offered at once unless said otherwise. Refuses `wallet_unknown` and `wallet_not_spendable`. */
export const createReward = (deps: Deps, ctx: Ctx, input: RewardInput) => act(deps, ctx, async (tx) => {
  const wallets = await walletsOf(tx);
  const wallet = walletByCode(wallets, input.wallet);
  assertSpendable(wallet);
  const [id] = await deps.ids.take(1);
  const reward = {
    id: id!, name: input.name, description: input.description ?? null, icon: input.icon ?? 'gift', category: input.category ?? null, walletNo: wallet.no,
    pricePoints: input.pricePoints, stockLeft: input.stockLeft ?? null, perMember: input.perMember ?? null, levels: input.levels ?? [], state: input.state ?? 'offered',
  } as const;
  await store.insertReward(tx, reward, tx.program.now);
  await audit(deps, tx, ctx, 'reward.created', deps.publicIds.encode('rwd', reward.id), { pricePoints: reward.pricePoints, stockLeft: reward.stockLeft });
  return viewOf(deps, wallets, { ...reward, revision: 1, ordered: 0 });
});

/**
 * Changes a reward that nobody else changed since it was read. Stock is changed by a difference, so orders that take pieces meanwhile are
 * not overwritten and do not count as a change. Refuses `rule_changed_meanwhile` and `stock_not_enough`.
 */
export const changeReward = (deps: Deps, ctx: Ctx, publicId: string, change: RewardChange) => act(deps, ctx, async (tx) => {
  const reward = (await store.findRewardForUpdate(tx, idOf(deps, publicId))) ?? refuse('not_found');
  if (reward.revision !== change.revision) refuse('rule_changed_meanwhile');
  const changed: Reward = {
    ...reward, name: change.name ?? reward.name, description: kept(change.description, reward.description), icon: change.icon ?? reward.icon, category: kept(change.category, reward.category),
    pricePoints: change.pricePoints ?? reward.pricePoints, perMember: kept(change.perMember, reward.perMember), levels: change.levels ?? reward.levels, state: change.state ?? reward.state,
    stockLeft: stockAfter(reward.stockLeft, change), revision: reward.revision + 1,
  };
  await store.saveReward(tx, changed);
  await audit(deps, tx, ctx, 'reward.changed', publicId, { fields: Object.keys(change).filter((field) => field !== 'revision'), stockLeft: changed.stockLeft });
  return viewOf(deps, await walletsOf(tx), changed);
});

const kept = <T>(wanted: T | undefined, present: T): T => (wanted === undefined ? present : wanted);

function stockAfter(left: number | null, { limited, stockChange = 0 }: RewardChange): number | null {
  if (limited === false) return null;
  if (left === null && limited !== true) {
    if (stockChange !== 0) refuse('invalid_request', {}, [{ pointer: '/stockChange', detail: 'limited' }]);
    return null;
  }
  const after = (left ?? 0) + stockChange;
  if (after < 0) refuse('stock_not_enough', { left: left ?? 0 });
  if (after > STOCK_MAX) refuse('invalid_request', {}, [{ pointer: '/stockChange', detail: String(STOCK_MAX) }]);
  return after;
}

const idOf = (deps: Deps, publicId: string) => deps.publicIds.decode('rwd', publicId) ?? refuse('not_found');

/** A reward as the API gives it. */
export const viewOf = (deps: Pick<Deps, 'publicIds'>, wallets: readonly Wallet[], { id, walletNo, ...reward }: Reward) =>
  ({ id: deps.publicIds.encode('rwd', id), ...reward, levels: [...reward.levels], wallet: wallets.find((wallet) => wallet.no === walletNo)!.code });

export async function getReward(deps: Deps, tx: ProgramTx, publicId: string) {
  const reward = (await store.findReward(tx, idOf(deps, publicId))) ?? refuse('not_found');
  return viewOf(deps, await walletsOf(tx), reward);
}

/** The catalogue, offered rewards first, cheapest first. */
export async function listRewards(deps: Deps, tx: ProgramTx) {
  const wallets = await walletsOf(tx);
  return (await store.listRewards(tx)).map((reward) => viewOf(deps, wallets, reward));
}

/** What members may order now, cheapest first. */
export async function listOffered(deps: Pick<Deps, 'publicIds'>, tx: ProgramTx) {
  const wallets = await walletsOf(tx);
  return (await store.listOffered(tx)).map((reward) => viewOf(deps, wallets, reward));
}

/** Takes pieces for an order under the reward's lock. Refuses `reward_not_offered` (unknown ids too) and `stock_not_enough`. */
export async function takeStock(tx: ProgramTx, id: number, quantity: number): Promise<Reward> {
  const taken = await store.takePieces(tx, id, quantity);
  if (taken) return taken;
  const reward = await store.findReward(tx, id);
  if (!reward || reward.state !== 'offered') refuse('reward_not_offered');
  return refuse('stock_not_enough', { left: reward.stockLeft ?? 0 });
}

/** Gives pieces of a cancelled order back. */
export const returnStock = (tx: ProgramTx, id: number, quantity: number) => store.putPiecesBack(tx, id, quantity);

/** Rewards on offer that say for which levels they are. */
export const levelRewards = async (tx: ProgramTx): Promise<LevelUser[]> =>
  (await store.listOffered(tx)).filter(({ levels }) => levels.length > 0).map(({ name, levels }) => ({ kind: 'reward', name, losesBy: (from, to) => rewardLosesByLevel(levels, from, to) }));
