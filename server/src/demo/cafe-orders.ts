import type { Instant } from '@wracam/engine/calendar';
import { accountKey } from '../modules/ledger/index.ts';
import { insertPastOrders, orderInPast, type PastOrder } from '../modules/orders/index.ts';
import type { Companion, Workspace } from '../modules/transactions/index.ts';
import type { CafeReward } from './cafe-program.ts';
import { hashOf, makeRandom } from './random.ts';

export type OfferedReward = CafeReward & { readonly id: number };

const WALLET = 1;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Guests who never exchange anything, of 100. */
const SAVERS = 24;
/** Who can afford the reward they want takes it on one visit of three. */
const TAKES = [1, 3] as const;
const CANCELLED_IN_100 = 4;
/** Orders of the last two days that still wait at the counter, of 100. */
const WAITING_IN_100 = 45;
const REASONS = ['Wolę poczekać na coś większego', 'Zmiana planów', 'Chwilowo brak w lokalu'] as const;
const LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** Guests exchange points right after a purchase. `takeId` gives fresh ids; what happens depends on the receipt alone, so it repeats itself. */
export function cafeOrders(rewards: readonly OfferedReward[], endsAt: Instant, takeId: () => number): Companion {
  const wanted = rewards.filter((reward) => reward.taste > 0).map((reward) => [reward.taste, reward] as const);
  const made = new WeakMap<Workspace, PastOrder[]>();
  return {
    after(work, { document, memberId }) {
      if (document.kind !== 'sale' || memberId === null || document.pointer === null || !('key' in document.pointer)) return;
      const { key } = document.pointer;
      if (hashOf(`saver ${key}`) % 100 < SAVERS) return;
      const goal = makeRandom(`goal ${key}`).weighted(wanted);
      const account = work.set.accounts.get(accountKey(memberId, WALLET));
      if (!account || account.available < goal.pricePoints) return;
      const random = makeRandom(`order ${document.externalId}`);
      if (!random.chance(...TAKES)) return;
      const placedAt = document.occurredAt + random.between(1, 3) * MINUTE_MS;
      const end = placedAt + (goal.atCounter ? random.between(1, 4) : random.between(8, 60)) * MINUTE_MS;
      const waits = document.occurredAt > endsAt - 2 * DAY_MS && random.chance(WAITING_IN_100, 100);
      const cancelled = !waits && random.chance(CANCELLED_IN_100, 100);
      const order: PastOrder = {
        id: takeId(), holdId: takeId(), number: numberOf(document.externalId), memberId, walletNo: WALLET, rewardId: goal.id, name: goal.name, icon: goal.icon ?? 'gift', pricePoints: goal.pricePoints,
        placedAt, confirmedAt: waits || cancelled ? null : end, cancelledAt: cancelled ? end : null, cancelReason: cancelled ? random.pick(REASONS) : null,
      };
      if (orderInPast(work.set, account, order)) made.set(work, [...(made.get(work) ?? []), order]);
    },
    save: async (work) => insertPastOrders(work.tx, made.get(work) ?? []),
  };
}

/** A receipt's order has its own number: 40 bits of two hashes. */
function numberOf(receipt: string): string {
  const random = makeRandom(`number ${receipt}`);
  const letters = Array.from({ length: 8 }, () => LETTERS[random.below(LETTERS.length)]!).join('');
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}
