import { events } from './en/events.ts';
import { goals } from './en/goals.ts';
import { member, members, newMember } from './en/members.ts';
import { order, orders, reward, rewards } from './en/rewards.ts';
import { base, condition, rule, rules, say } from './en/rules.ts';
import { circles } from './en/circles.ts';
import { workReports } from './en/work-reports.ts';
import { productSets } from './en/product-sets.ts';
import { segments } from './en/segments.ts';
import { returns, sale, today, transactions } from './en/sales.ts';
import { messages, settings } from './en/settings.ts';
import { webhooks } from './en/webhooks.ts';
import { targets } from './en/targets.ts';
import { tiers } from './en/tiers.ts';
import { repair, repairs } from './en/repairs.ts';
import { replay, replays } from './en/replays.ts';
import { shell, signIn } from './en/shell.ts';
import { publishing } from './en/publishing.ts';
import { wallets } from './en/wallets.ts';
import type { pl } from './pl.ts';

export const en = {
  shell,
  signIn,
  today,
  sale,
  returns,
  transactions,
  members,
  newMember,
  member,
  rules,
  base,
  rule,
  say,
  condition,
  replays,
  replay,
  repairs,
  repair,
  productSets,
  segments,
  circles,
  workReports,
  goals,
  targets,
  tiers,
  events,
  rewards,
  reward,
  orders,
  order,
  messages,
  settings,
  webhooks,
  wallets,
  publishing,
} satisfies typeof pl;
