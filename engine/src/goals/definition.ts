import type { LocalDate } from '../calendar.ts';
import type { Condition } from '../conditions.ts';
import type { Minor, Points } from '../points.ts';
import type { RuleTrigger } from '../rules.ts';

/** What reaching a goal gives; at least one of the three. */
export type GoalReward = {
  readonly points: { readonly wallet: string; readonly points: Points } | null;
  /** Public id of a badge of the catalogue. */
  readonly badge: string | null;
  /** What a one-time code is good for: "kawa gratis". Each grant has a code of its own. */
  readonly coupon: string | null;
};

/** What happens to the reward when returns take the member back below the goal. */
export type OnReturn = 'takeBack' | 'keep';

type Common = {
  readonly name: string; readonly description: string | null; readonly reward: GoalReward; readonly onReturn: OnReturn;
  /** Who takes part: a condition on the member, decided anew for each document. Absent or null: everybody. */
  readonly who?: Condition | null;
};

/** "Za każde 500 punktów": a level of a running figure that gives its reward at once. */
export type ThresholdDefinition = Common & {
  readonly kind: 'threshold';
  /** Points that purchases and events brought, less what returns took; or the amount spent, less returns. */
  readonly measure: { readonly kind: 'points'; readonly wallet: string } | { readonly kind: 'spent' };
  readonly at: Points | Minor;
  /** Again at each multiple of `at`; otherwise once. */
  readonly repeats: boolean;
  /** First local date that counts; null: all of the membership. */
  readonly since: LocalDate | null;
};

export const COLLECTED = ['category', 'sku', 'brand', 'store'] as const;
export type Collected = (typeof COLLECTED)[number];

export type ChallengeTask =
  | { readonly kind: 'count'; /** Amounts in minor units, quantities in thousandths. */ readonly of: 'documents' | 'lines' | 'amount' | 'quantity'; readonly target: number }
  /** At least one matching document in each of `length` days or weeks in a row. Weeks begin on Monday. */
  | { readonly kind: 'streak'; readonly every: 'day' | 'week'; readonly length: number }
  /** One of each. */
  | { readonly kind: 'collection'; readonly by: Collected; readonly items: readonly string[] };

/** Local dates, both included; `until` null: without a deadline. `week`, `month`: progress starts anew with each calendar week or month. */
export type ChallengeWindow = { readonly kind: 'once' | 'week' | 'month'; readonly from: LocalDate; readonly until: LocalDate | null };

export type ChallengeDefinition = Common & {
  readonly kind: 'challenge';
  /** What counts; absent: purchases. */
  readonly trigger?: RuleTrigger;
  /** Which documents count (document and calendar); null: all. */
  readonly when: Condition | null;
  /** Which of their lines count; null: all. A document without such a line does not count. */
  readonly lines: Condition | null;
  readonly task: ChallengeTask;
  readonly window: ChallengeWindow;
};

export type GoalDefinition = ThresholdDefinition | ChallengeDefinition;

/** Times that one repeating threshold gives its reward to one member: beyond it a wrong figure, not a loyal customer. */
export const STEPS_MAX = 1000;
export const STREAK_MAX = 366;
export const COLLECTION_MAX = 30;

/** What a challenge asks for, in the unit of its progress. */
export const targetOf = ({ task }: ChallengeDefinition): number =>
  (task.kind === 'count' ? task.target : task.kind === 'streak' ? task.length : task.items.length);
