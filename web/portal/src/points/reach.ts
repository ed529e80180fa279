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
  /** For members of other levels. */
  readonly locked: readonly PortalReward[];
};

/** Names of the levels a reward is for: "Srebrny, Złoty". */
export const levelsOf = ({ levels }: PortalProgram, reward: PortalReward): string => reward.levels.map((code) => levels.find((one) => one.code === code)?.name ?? code).join(', ');

/** Is the reward for other levels than the member's; `level` is null for a member without one. */
export const isLocked = ({ levels }: PortalReward, level: string | null): boolean => levels.length > 0 && (level === null || !levels.includes(level));

/** Points that can be spent from a wallet; a wallet without a balance has none. */
export const availableIn = (balances: readonly WalletBalance[], wallet: string): number =>
  balances.find((balance) => balance.wallet === wallet)?.available ?? 0;

/** Sorts the catalogue by reach; every reward lands in exactly one group. */
export function sortByReach(rewards: readonly PortalReward[], balances: readonly WalletBalance[], level: string | null): Reach {
  const open = rewards.filter((reward) => !isLocked(reward, level));
  const inStock = open.filter(({ stockLeft }) => stockLeft !== 0);
  const withMissing = inStock.map((reward) => {
    const available = availableIn(balances, reward.wallet);
    return { reward, available, missing: Math.max(0, reward.pricePoints - available) };
  });
  return {
    inReach: withMissing.filter(({ missing }) => missing === 0).map(({ reward }) => reward).sort((a, b) => b.pricePoints - a.pricePoints),
    later: withMissing.filter(({ missing }) => missing > 0).sort((a, b) => a.missing - b.missing),
    soldOut: open.filter(({ stockLeft }) => stockLeft === 0),
    locked: rewards.filter((reward) => isLocked(reward, level)),
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
