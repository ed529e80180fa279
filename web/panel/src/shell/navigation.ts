import { IconBolt, IconChartBar, IconGift, IconListCheck, IconMail, IconReceipt, IconSettings, IconStairsUp, IconTrophy, IconTruckDelivery, IconUsers, IconWallet, type Icon } from '@tabler/icons-react';
import type { Permission } from '@wracam/contract';

/** Places of the panel, in the order of a working day. A place whose permission is missing is not shown. */
export const places = [
  { to: '/$program/today', word: 'today', icon: IconChartBar, needs: 'transactions.read' },
  { to: '/$program/members', word: 'members', icon: IconUsers, needs: 'members.read' },
  { to: '/$program/transactions', word: 'transactions', icon: IconReceipt, needs: 'transactions.read' },
  { to: '/$program/rules', word: 'rules', icon: IconListCheck, needs: 'rules.read' },
  { to: '/$program/tiers', word: 'tiers', icon: IconStairsUp, needs: 'rules.read' },
  { to: '/$program/events', word: 'events', icon: IconBolt, needs: 'events.read' },
  { to: '/$program/goals', word: 'goals', icon: IconTrophy, needs: 'rules.read' },
  { to: '/$program/wallets', word: 'wallets', icon: IconWallet, needs: 'settings.read' },
  { to: '/$program/rewards', word: 'rewards', icon: IconGift, needs: 'rewards.read' },
  { to: '/$program/orders', word: 'orders', icon: IconTruckDelivery, needs: 'orders.read' },
  { to: '/$program/messages', word: 'messages', icon: IconMail, needs: 'messages.read' },
  { to: '/$program/settings', word: 'settings', icon: IconSettings, needs: 'settings.read' },
] as const satisfies readonly { to: string; word: string; icon: Icon; needs: Permission }[];

export type Place = (typeof places)[number];

/** What can be started from anywhere. */
export const starts = [
  { to: '/$program/sales/new', word: 'addSale', needs: 'transactions.write' },
  { to: '/$program/members/new', word: 'newMember', needs: 'members.write' },
  { to: '/$program/orders/new', word: 'newOrder', needs: 'orders.write' },
  { to: '/$program/rules/new', word: 'newRule', needs: 'rules.write' },
  { to: '/$program/rewards/new', word: 'newReward', needs: 'rewards.write' },
] as const satisfies readonly { to: string; word: string; needs: Permission }[];
