import type { LocalDate } from './calendar.ts';
import type { Condition } from './conditions.ts';
import type { EventReasons } from './event-types.ts';
import type { LineKind } from './facts.ts';
import type { Minor, Points, Rounding } from './points.ts';

/** What a rule does once its conditions hold. */
export type Effect =
  | { readonly kind: 'perAmount'; readonly points: Points; readonly perMinor: Minor; readonly rounding: Rounding; readonly per: 'transaction' | 'line' }
  | { readonly kind: 'fixed'; readonly points: Points }
  /** Adds (numerator ÷ denominator − 1) of the base points of the matching lines; two × 2 make × 3. */
  | { readonly kind: 'multiplier'; readonly numerator: number; readonly denominator: number };

/** When points of a wallet end: on a local date counted from the document's, at the end of that day. */
export type WalletExpiry =
  | { readonly kind: 'never' }
  | { readonly kind: 'months'; readonly months: number; readonly roundTo: 'day' | 'monthEnd' | 'quarterEnd' | 'yearEnd' }
  | { readonly kind: 'on'; readonly date: LocalDate }
  /** Every year on this day, the first time at least `afterMonths` after earning; 29 February is the 28th in common years. */
  | { readonly kind: 'yearly'; readonly month: number; readonly day: number; readonly afterMonths: number }
  /** So many months after the member last earned or spent in the wallet: every such day moves the end of all the wallet's dated points. */
  | { readonly kind: 'inactivity'; readonly months: number };

/** As the wallet says, or the rule's own. */
export type RuleExpiry = { readonly kind: 'wallet' } | Exclude<WalletExpiry, { kind: 'inactivity' }>;

/** What a rule answers to; absent: purchases. */
export type RuleTrigger = { readonly kind: 'sale' } | { readonly kind: 'event'; /** Code of the event type. */ readonly type: string };

export type RuleDefinition = {
  readonly name: string;
  readonly trigger?: RuleTrigger;
  readonly description?: string | null;
  /** Code of the wallet the points go to. */
  readonly wallet: string;
  /** Does the rule speak at all (document, member, history, calendar); null: always. */
  readonly when: Condition | null;
  /** Which lines it counts; null: every line that earns. */
  readonly lines: Condition | null;
  readonly effect: Effect;
  /** First and last local date, both included. */
  readonly schedule: { readonly from: LocalDate | null; readonly until: LocalDate | null };
  /** The greater wins an exclusive group; equal ones: the rule with the smaller id. */
  readonly priority: number;
  /** Of the matching rules that carry one name, only the first by priority gives points. */
  readonly exclusiveGroup: string | null;
  readonly caps: { readonly perTransaction: Points | null; readonly perMemberDay: Points | null; readonly perProgram: Points | null };
  readonly expiry: RuleExpiry;
  /** Days until the points may be used; null: as the wallet says. */
  readonly pendingDays: number | null;
};

/** What ends the waiting of new points before their days are over; `days`: nothing does. */
export type PendingUntil = 'days' | 'delivered' | 'paid';
export type RulesetWallet = { readonly no: number; readonly code: string; readonly expiry: WalletExpiry; readonly pendingDays: number; /** Absent: days. */ readonly pendingUntil?: PendingUntil };

export type RulesetRule = { readonly ruleId: number; readonly version: number; readonly definition: RuleDefinition };

/** A published, numbered set of rule versions: all a decision needs besides the facts. */
export type Ruleset = {
  readonly no: number;
  readonly timeZone: string;
  readonly currency: string;
  readonly wallets: readonly RulesetWallet[];
  readonly rules: readonly RulesetRule[];
  /** What earns at all: kinds of lines, less the excluded categories, less what was paid with points unless that earns too. */
  readonly base: { readonly kinds: readonly LineKind[]; readonly excludedCategories: readonly string[]; readonly paidWithPointsEarns: boolean };
  /** How the organiser's own types of events were told when the set was published. */
  readonly eventReasons?: EventReasons;
};

export { validateExpiry, validateRule, validateRuleset, type RuleContext } from './rule-validation.ts';
export { compileRuleset, type CompiledRuleset } from './compile.ts';
