import type { LocalDate } from '../calendar.ts';
import type { Condition } from '../conditions.ts';

/** Whose sum is compared with the amount: each member's own, each company's, each chosen group's. */
export const TARGET_SIDES = ['member', 'company', 'group'] as const;
export type TargetSide = (typeof TARGET_SIDES)[number];

/** What is added up: money in minor units, documents, quantity in thousandths. */
export const TARGET_COUNTS = ['amount', 'documents', 'quantity'] as const;
export type TargetCounts = (typeof TARGET_COUNTS)[number];

export const TARGET_EVERY = ['once', 'month', 'quarter', 'year'] as const;
/** Local dates, both included. `once` needs its end; the others begin anew with each calendar month, quarter or year. */
export type TargetWindow = { readonly every: (typeof TARGET_EVERY)[number]; readonly from: LocalDate; readonly until: LocalDate | null };

/** `atOnce`: the moment the sum reaches the amount; `afterEnd`: once, when the days for returns after the period are over. */
export const TARGET_SETTLES = ['atOnce', 'afterEnd'] as const;

/** A sum to be sold or bought in a period. */
export type TargetDefinition = {
  readonly name: string;
  readonly description: string | null;
  readonly side: TargetSide;
  /** Of `member`: only people in one of these groups, none: everybody. Of `group`: the groups that take part. Of `company`: none. */
  readonly groups: readonly string[];
  readonly counts: TargetCounts;
  /** Which documents count (document and calendar); null: all sales. */
  readonly when: Condition | null;
  /** Which of their lines count; null: all. */
  readonly lines: Condition | null;
  /** What has to be reached, in the unit of `counts`; null: only those with an amount of their own take part. */
  readonly amount: number | null;
  readonly window: TargetWindow;
  readonly settle: (typeof TARGET_SETTLES)[number];
  /** Days after a period in which its returns and late documents still count. */
  readonly returnDays: number;
};

export const RETURN_DAYS_MAX = 180;
export const TARGET_GROUPS_MAX = 50;
