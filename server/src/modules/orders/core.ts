export type OrderState = 'placed' | 'confirmed' | 'cancelled';

const next = {
  placed: ['confirmed', 'cancelled'], confirmed: ['cancelled'], cancelled: [],
} as const satisfies Record<OrderState, readonly OrderState[]>;

/** May an order in this state become the other. */
export const mayBecome = (from: OrderState, to: OrderState): boolean => (next[from] as readonly OrderState[]).includes(to);

export type WantedLine = { readonly rewardId: number; readonly quantity: number };

/** One line a reward, in the order of reward ids: every order takes stock in the same order, so no two wait for each other in a circle. */
export function mergeLines(lines: readonly WantedLine[]): WantedLine[] {
  const byReward = new Map<number, number>();
  for (const { rewardId, quantity } of lines) byReward.set(rewardId, (byReward.get(rewardId) ?? 0) + quantity);
  return [...byReward].map(([rewardId, quantity]) => ({ rewardId, quantity })).sort((a, b) => a.rewardId - b.rewardId);
}

/** Letters and digits that nobody mixes up on the phone. */
const LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** A number that can be read out and tells nothing of how many orders there are: `K7M2-9QXA`. `random(n)` gives a whole number below n. */
export function orderNumber(random: (below: number) => number): string {
  const letters = Array.from({ length: 8 }, () => LETTERS[random(LETTERS.length)]!).join('');
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}
