import type { RegisteredRouter } from '@tanstack/react-router';
import type { Permission } from '@wracam/contract';

export type ProgramPath = Extract<keyof RegisteredRouter['routesByPath'], `/$program/${string}`>;

/** What each page of a program needs to be of any use: without it the page is not shown, and no way leads there. A new page says it here. */
export const pageNeeds: Readonly<Record<ProgramPath, Permission>> = {
  '/$program/': 'transactions.read', '/$program/today': 'transactions.read',
  '/$program/sales/new': 'transactions.write', '/$program/transactions': 'transactions.read', '/$program/transactions/$transaction': 'transactions.read', '/$program/transactions/$transaction/return': 'transactions.write',
  '/$program/members': 'members.read', '/$program/members/new': 'members.write', '/$program/members/$member': 'members.read', '/$program/circles': 'members.read', '/$program/circles/$circle': 'members.read',
  '/$program/rules': 'rules.read', '/$program/rules/new': 'rules.write', '/$program/rules/base': 'rules.read', '/$program/rules/$rule': 'rules.read', '/$program/rules/$rule/edit': 'rules.write',
  '/$program/tiers': 'rules.read', '/$program/product-sets': 'rules.read', '/$program/segments': 'rules.read', '/$program/segments/$segment': 'rules.read', '/$program/events': 'events.read', '/$program/events/$section': 'events.read',
  '/$program/goals': 'rules.read', '/$program/goals/$section': 'rules.read', '/$program/goals/new/$kind': 'rules.write', '/$program/goals/of/$goal': 'rules.read', '/$program/goals/of/$goal/edit': 'rules.write', '/$program/leaderboards/$leaderboard': 'rules.read',
  '/$program/targets/new': 'rules.write', '/$program/targets/$target': 'rules.read', '/$program/targets/$target/edit': 'rules.write',
  '/$program/wallets': 'settings.read', '/$program/wallets/new': 'settings.write', '/$program/wallets/$wallet': 'settings.write',
  '/$program/replays': 'reports.read', '/$program/replays/$replay': 'reports.read', '/$program/repairs': 'points.repair', '/$program/repairs/$repair': 'points.repair',
  '/$program/rewards': 'rewards.read', '/$program/rewards/new': 'rewards.write', '/$program/rewards/$reward': 'rewards.read',
  '/$program/orders': 'orders.read', '/$program/orders/new': 'orders.write', '/$program/orders/$order': 'orders.read',
  '/$program/messages': 'messages.read', '/$program/settings': 'settings.read', '/$program/settings/$section': 'settings.read',
};

/** The permission for the page at this path of the routes; null where no page is. */
export const needOf = (path: string | undefined): Permission | null => (path !== undefined && path in pageNeeds ? pageNeeds[path as ProgramPath] : null);
