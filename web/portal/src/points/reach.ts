import type { PortalProgram, WalletBalance } from '@wracam/sdk';

export type PortalReward = PortalProgram['rewards'][number];
export type MissingReward = { readonly reward: PortalReward; readonly missing: number; readonly available: number };

/** Rewards by what a member can do about them today. */
export type Reach = {
  /** Affordable and in stock, the dearest first: the best a member can have now. */
  readonly inReach: readonly PortalReward[];
  /** In stock, but points are missing; the fewest missing first. */
  readonly later: readonly MissingReward[];
  readonly soldOut: readonly PortalReward[];
};

/** Points that can be spent from a wallet; a wallet without a balance has none. */
export const availableIn = (balances: readonly WalletBalance[], wallet: string): number =>
  balances.find((balance) => balance.wallet === wallet)?.available ?? 0;

/** Sorts the catalogue by reach; every reward lands in exactly one group. */
export function sortByReach(rewards: readonly PortalReward[], balances: readonly WalletBalance[]): Reach {
  const inStock = rewards.filter(({ stockLeft }) => stockLeft !== 0);
  const withMissing = inStock.map((reward) => {
    const available = availableIn(balances, reward.wallet);
    return { reward, available, missing: Math.max(0, reward.pricePoints - available) };
  });
  return {
    inReach: withMissing.filter(({ missing }) => missing === 0).map(({ reward }) => reward).sort((a, b) => b.pricePoints - a.pricePoints),
    later: withMissing.filter(({ missing }) => missing > 0).sort((a, b) => a.missing - b.missing),
    soldOut: rewards.filter(({ stockLeft }) => stockLeft === 0),
  };
}

/** How much of the price is there, in whole percent rounded down: 100 only when nothing is missing. */
export const percentCollected = ({ missing, reward }: MissingReward): number =>
  Math.floor((Math.max(0, reward.pricePoints - missing) * 100) / reward.pricePoints);

/** The most pieces a member can order at once: what the points and the stock allow, at most `ORDER_MAX`. */
export function orderableCount(reward: PortalReward, available: number): number {
  return Math.min(ORDER_MAX, reward.stockLeft ?? ORDER_MAX, Math.floor(available / reward.pricePoints));
}

// The contract refuses a larger quantity on one line.
const ORDER_MAX = 100;
