import { IconBolt, IconChartBar, IconGift, IconListCheck, IconMail, IconReceipt, IconSettings, IconStairsUp, IconTrophy, IconTruckDelivery, IconUsers, IconWallet, type Icon } from '@tabler/icons-react';
import { pageNeeds, type ProgramPath } from './page-needs.ts';

/** A way to a page; who lacks the page's permission does not see it. */
const way = <const To extends ProgramPath, const Word extends string>(to: To, word: Word) => ({ to, word, needs: pageNeeds[to] });
const place = <const To extends ProgramPath, const Word extends string>(to: To, word: Word, icon: Icon) => ({ ...way(to, word), icon });

/** Places of the panel, in the order of a working day. */
export const places = [
  place('/$program/today', 'today', IconChartBar),
  place('/$program/members', 'members', IconUsers),
  place('/$program/transactions', 'transactions', IconReceipt),
  place('/$program/rules', 'rules', IconListCheck),
  place('/$program/tiers', 'tiers', IconStairsUp),
  place('/$program/events', 'events', IconBolt),
  place('/$program/goals', 'goals', IconTrophy),
  place('/$program/wallets', 'wallets', IconWallet),
  place('/$program/rewards', 'rewards', IconGift),
  place('/$program/orders', 'orders', IconTruckDelivery),
  place('/$program/messages', 'messages', IconMail),
  place('/$program/settings', 'settings', IconSettings),
] as const;

export type Place = (typeof places)[number];

/** What can be started from anywhere. */
export const starts = [
  way('/$program/sales/new', 'addSale'),
  way('/$program/members/new', 'newMember'),
  way('/$program/orders/new', 'newOrder'),
  way('/$program/rules/new', 'newRule'),
  way('/$program/rewards/new', 'newReward'),
] as const;
