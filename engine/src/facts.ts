import type { CalendarParts, Instant, LocalDate } from './calendar.ts';
import type { PastPurchase } from './past.ts';
import type { Minor, Points } from './points.ts';

export const LINE_KINDS = ['goods', 'service', 'shipping', 'gift_card'] as const;
export type LineKind = (typeof LINE_KINDS)[number];

/** An organiser's own fact about a document, line or member. */
export type AttributeValue = string | number | boolean;
export type Attributes = Readonly<Record<string, AttributeValue>>;

/** One row of a document. */
export type Line = {
  readonly lineId: string;
  readonly kind: LineKind;
  readonly sku: string;
  readonly name: string;
  readonly category: string;
  readonly brand: string | null;
  /** Thousandths: 0,347 kg is 347; one piece is 1000. */
  readonly quantity: number;
  readonly unit: string | null;
  /** Gross, after discount. */
  readonly amountMinor: Minor;
  readonly discountMinor: Minor;
  readonly taxRateBps: number | null;
  readonly attributes: Attributes;
};

export const PAYMENT_KINDS = ['cash', 'card', 'transfer', 'blik', 'voucher', 'points', 'other'] as const;

/** A part of the total and what it was paid with; a kind of `PAYMENT_KINDS`. */
export type Paid = { readonly kind: string; readonly amountMinor: Minor };

/** A sale as a till or shop told it. Without lines it has one implied goods line of the total (`linesOf`). */
export type SaleDocument = {
  readonly kind: 'sale' | 'correction';
  /** Code of the event type when the document tells an event; null: a purchase. Its fields are `attributes`, what it is worth is `totalMinor`. */
  readonly event: string | null;
  readonly occurredAt: Instant;
  readonly totalMinor: Minor;
  readonly lines: readonly Line[];
  readonly currency: string;
  readonly store: string | null;
  readonly till: string | null;
  readonly cashier: string | null;
  readonly channel: string | null;
  /** The part of the total that was paid with points. */
  readonly paidWithPointsMinor: Minor;
  /** As told; a document may leave the rest of its total unsaid. */
  readonly payments: readonly Paid[];
  readonly attributes: Attributes;
};

/** No purchase in particular: for reading what does not depend on it. */
export const NO_DOCUMENT: SaleDocument = {
  kind: 'sale', event: null, occurredAt: 0, totalMinor: 0, lines: [], currency: '', store: null, till: null, cashier: null, channel: null, paidWithPointsMinor: 0, payments: [], attributes: {},
};

/** A badge by the code that rules name it by, and the local date since which it has been held without a break. */
export type HeldBadge = { readonly code: string; readonly since: LocalDate };

/** The member as they were before the document. */
export type MemberFacts = {
  readonly joinedOn: LocalDate;
  readonly kind: 'person' | 'company';
  /** Is the document's local date the member's birthday. */
  readonly birthday: boolean;
  readonly salesCount: number;
  readonly spentMinor: Minor;
  readonly lastSaleOn: LocalDate | null;
  /** Code of the member's level; null: none. */
  readonly tier: string | null;
  /** Name of the company the member belongs to; null: none. */
  readonly company: string | null;
  /** Names of the groups the organiser put the member in. */
  readonly groups: readonly string[];
  /** Badges held on the document's local date, each once, in the order of their codes; empty where no rule asks for any. */
  readonly badges: readonly HeldBadge[];
  readonly attributes: Attributes;
  /** What was bought before, as far back as the ruleset looks (`CompiledRuleset.pastDays`); empty when it does not. */
  readonly past: readonly PastPurchase[];
};

/** Nobody in particular: for reading what does not depend on the member. */
export const UNKNOWN_MEMBER: MemberFacts = {
  joinedOn: '1970-01-01', kind: 'person', birthday: false, salesCount: 0, spentMinor: 0, lastSaleOn: null, tier: null, company: null, groups: [], badges: [], attributes: {}, past: [],
};
/** Stretches of time that a cap of one member is counted in. */
export const PERIODS = ['day', 'week', 'month', 'year', 'ever'] as const;
export type Period = (typeof PERIODS)[number];
export type LongPeriod = Exclude<Period, 'day'>;

/** People who share a limit: a member is in at most one of each kind. */
export const CIRCLE_KINDS = ['household', 'company'] as const;
export type CircleKind = (typeof CIRCLE_KINDS)[number];
/** Stretches of time that a cap of a circle is counted in. */
export const CIRCLE_PERIODS = ['day', 'month', 'ever'] as const satisfies readonly Period[];
export type CirclePeriod = (typeof CIRCLE_PERIODS)[number];
export type CircleCounter = `${CircleKind}.${CirclePeriod}`;

/** Caps in use, by rule id. A rule that is not named has used nothing yet. */
export type CapUsage = {
  /** Points the member already has from the rule on the document's local date. */
  readonly usedToday: ReadonlyMap<number, Points>;
  /** The same for longer stretches: the ISO week, month and year of the local date, and ever. */
  readonly usedIn?: { readonly [period in LongPeriod]?: ReadonlyMap<number, Points> };
  /** What the member's household and company already have from the rule; a circle the member is not in is absent, and its caps do not count. */
  readonly usedInCircle?: { readonly [counter in CircleCounter]?: ReadonlyMap<number, Points> };
  /** Points left in the rule's budget (`budgetOf`) for the whole program. */
  readonly budgetLeft: ReadonlyMap<number, Points>;
};

/** Everything a decision reads. */
export type Facts = {
  readonly document: SaleDocument;
  readonly member: MemberFacts;
  /** Of `document.occurredAt` in the program's time zone: `calendarParts(ruleset.timeZone, document.occurredAt)`. */
  readonly calendar: CalendarParts;
  readonly caps: CapUsage;
};

export const NO_CAPS_USED: CapUsage = { usedToday: new Map(), budgetLeft: new Map() };

/** The document's lines, or the one implied goods line of the total when it has none. */
export function linesOf(document: SaleDocument): readonly Line[] {
  return document.lines.length > 0 ? document.lines : [impliedLine(document.totalMinor)];
}

/** The line that stands for a document told as a total only; its id is empty. */
export function impliedLine(totalMinor: Minor): Line {
  return {
    lineId: '', kind: 'goods', sku: '', name: '', category: '', brand: null, quantity: 1000, unit: null,
    amountMinor: totalMinor, discountMinor: 0, taxRateBps: null, attributes: {},
  };
}
