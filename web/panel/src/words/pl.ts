import { goals } from './pl/goals.ts';
import { returns, sale, today, transactions } from './pl/sales.ts';
import { events } from './pl/events.ts';
import { member, members, newMember } from './pl/members.ts';
import { order, orders, reward, rewards } from './pl/rewards.ts';
import { messages, settings } from './pl/settings.ts';
import { webhooks } from './pl/webhooks.ts';
import { circles } from './pl/circles.ts';
import { workReports } from './pl/work-reports.ts';
import { productSets } from './pl/product-sets.ts';
import { segments } from './pl/segments.ts';
import { base, condition, rule, rules, say } from './pl/rules.ts';
import { targets } from './pl/targets.ts';
import { tiers } from './pl/tiers.ts';
import { repair, repairs } from './pl/repairs.ts';
import { replay, replays } from './pl/replays.ts';
import { shell, signIn } from './pl/shell.ts';
import { publishing } from './pl/publishing.ts';
import { wallets } from './pl/wallets.ts';

export const pl = {
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
};
