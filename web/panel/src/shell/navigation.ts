import { IconBolt, IconChartBar, IconGift, IconListCheck, IconMail, IconReceipt, IconSettings, IconStairsUp, IconTrophy, IconTruckDelivery, IconUsers, IconWallet, type Icon } from '@tabler/icons-react';
import { pageNeeds, type ProgramPath } from './page-needs.ts';

/** A way to a page; who lacks the page's permission does not see it. */
const way = <const To extends ProgramPath, const Word extends string>(to: To, word: Word) => ({ to, word, needs: pageNeeds[to] });
/** `holds` are beginnings of pages that lie elsewhere and are reached from here: on them this place is the one marked. */
const place = <const To extends ProgramPath, const Word extends string>(to: To, word: Word, icon: Icon, holds: readonly string[] = []) => ({ ...way(to, word), icon, holds });

/** Places of the panel, in the order of a working day. */
export const places = [
  place('/$program/today', 'today', IconChartBar),
  place('/$program/members', 'members', IconUsers, ['circles']),
  place('/$program/transactions', 'transactions', IconReceipt, ['sales']),
  place('/$program/rules', 'rules', IconListCheck, ['segments', 'product-sets', 'replays', 'repairs']),
  place('/$program/tiers', 'tiers', IconStairsUp),
  place('/$program/events', 'events', IconBolt),
  place('/$program/goals', 'goals', IconTrophy, ['targets', 'leaderboards']),
  place('/$program/wallets', 'wallets', IconWallet),
  place('/$program/rewards', 'rewards', IconGift),
  place('/$program/orders', 'orders', IconTruckDelivery),
  place('/$program/messages', 'messages', IconMail),
  place('/$program/settings', 'settings', IconSettings),
] as const;

export type Place = (typeof places)[number];

/** Marks the place that holds the page at this path. Pages that lie under the place's own path the link marks by itself. */
export function markOf({ holds }: Place, path: string): { 'data-status'?: 'active'; 'aria-current'?: 'true' } {
  const [, section = ''] = /^\/[^/]+\/([^/]+)/.exec(path) ?? [];
  return holds.includes(section) ? { 'data-status': 'active', 'aria-current': 'true' } : {};
}

/** What can be started from anywhere. */
export const starts = [
  way('/$program/sales/new', 'addSale'),
  way('/$program/members/new', 'newMember'),
  way('/$program/orders/new', 'newOrder'),
  way('/$program/rules/new', 'newRule'),
  way('/$program/rewards/new', 'newReward'),
] as const;
