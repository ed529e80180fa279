import type { LocalDate } from './calendar.ts';
import type { Condition } from './conditions.ts';
import type { EventReasons } from './event-types.ts';
import type { LineKind } from './facts.ts';
import type { GrantKind } from './grants.ts';
import type { Minor, Points, RateRounding, Rounding } from './points.ts';
import type { RuleMessage } from './rule-message.ts';

/** What a rule does once its conditions hold. */
export type Effect =
  | { readonly kind: 'perAmount'; readonly points: Points; readonly perMinor: Minor; readonly rounding: RateRounding; readonly per: 'transaction' | 'line' }
  | { readonly kind: 'fixed'; readonly points: Points }
  /** Points for every so many thousandths of the matching lines' quantity, or (`of`) of a number that the event or document carries. */
  | { readonly kind: 'perUnit'; readonly points: Points; readonly perThousandths: number; readonly rounding: RateRounding; readonly per: 'transaction' | 'line'; readonly of?: { readonly field: string } | null }
  /** A part of the matching amount in hundredths of a per cent: cashback for a wallet whose unit is the minor unit of the currency. */
  | { readonly kind: 'percent'; readonly basisPoints: number; readonly rounding: Rounding; readonly per: 'transaction' | 'line' }
  /** Adds (numerator ÷ denominator − 1) of the base points of the matching lines; how several work together is `Ruleset.multipliers`. */
  | { readonly kind: 'multiplier'; readonly numerator: number; readonly denominator: number }
  /** A multiplier by the member's tier; a tier that is not named gets nothing. 150 is × 1,5; 100 changes nothing. */
  | { readonly kind: 'tierMultiplier'; readonly tiers: readonly TierFactor[] }
  /** Something that is not points: `count` pieces at once, or for every full `perMinor` of the matching amount. The rule's caps count pieces. */
  | { readonly kind: 'grant'; readonly what: GrantKind; readonly code: string; readonly count: number; readonly perMinor?: Minor | null; /** What a `message` says; a rule writes one a document. */ readonly message?: RuleMessage | null };

export type TierFactor = { readonly tier: string; readonly hundredths: number };

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
  /** Of the rules of one wallet that carry one name, only the one that gives most under its own caps stays; equal ones: by priority, then the smaller id. */
  readonly bestOfGroup?: string | null;
  /** Its points are not multiplied. */
  readonly afterMultipliers?: boolean;
  readonly caps: RuleCaps;
  readonly expiry: RuleExpiry;
  /** Days until the points may be used; null: as the wallet says. */
  readonly pendingDays: number | null;
};

/** The most that a rule gives. Weeks begin on Monday, all dates are local; a limit that is not there is null or absent. */
export type RuleCaps = {
  readonly perTransaction: Points | null;
  readonly perMemberDay: Points | null;
  readonly perProgram: Points | null;
  readonly perMemberWeek?: Points | null;
  readonly perMemberMonth?: Points | null;
  readonly perMemberYear?: Points | null;
  readonly perMemberEver?: Points | null;
  /** To all members of one household, or of one company, together. Whoever belongs to none is not limited by these. */
  readonly perHouseholdDay?: Points | null;
  readonly perHouseholdMonth?: Points | null;
  readonly perHouseholdEver?: Points | null;
  readonly perCompanyDay?: Points | null;
  readonly perCompanyMonth?: Points | null;
  readonly perCompanyEver?: Points | null;
  /** A budget in money: points are worth `per1000` minor units a thousand, so it ends where a budget of limitMinor × 1000 ÷ per1000 points would. */
  readonly programMoney?: { readonly limitMinor: Minor; readonly per1000: Minor } | null;
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
  readonly base: EarningBase;
  /** Several multipliers: bonuses add (two × 2 make × 3; the default), or each works on what the ones before it made (× 4), by priority. */
  readonly multipliers?: 'add' | 'multiply';
  /** How the organiser's own types of events were told when the set was published. */
  readonly eventReasons?: EventReasons;
};

/** What earns at all, defined once for a program. Absent parts: nothing more is excluded, gross amounts after discount. */
export type EarningBase = {
  readonly kinds: readonly LineKind[];
  readonly excludedCategories: readonly string[];
  readonly excludedBrands?: readonly string[];
  readonly excludedSkus?: readonly string[];
  readonly paidWithPointsEarns: boolean;
  /** 'net': each line without its tax, rounded by itself; a line that names no tax rate counts whole. */
  readonly amounts?: 'gross' | 'net';
  readonly netRounding?: Rounding;
  /** 'before': what was taken off a line as a discount earns too. */
  readonly discount?: 'after' | 'before';
};

export { GRANT_KINDS, type GrantKind } from './grants.ts';
export { checkBase } from './base-validation.ts';
export { validateExpiry, validateRule, validateRuleset, type RuleContext } from './rule-validation.ts';
export { compileRuleset, type CompiledRuleset } from './compile.ts';
