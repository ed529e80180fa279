import { returns, sale, today, transactions } from './pl/sales.ts';
import { member, members, newMember } from './pl/members.ts';
import { condition, rule, rules } from './pl/rules.ts';
import { shell, signIn } from './pl/shell.ts';

export const pl = { shell, signIn, today, sale, returns, transactions, members, newMember, member, rules, rule, condition };
