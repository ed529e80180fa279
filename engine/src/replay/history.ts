import type { Instant } from '../calendar.ts';
import type { Attributes, LineKind, MemberFacts, Paid } from '../facts.ts';
import type { Points } from '../points.ts';
import type { Column, Dictionary } from './column.ts';

/** Kinds of steps. A document is decided; a return moves an earlier one to what is left of it; the others move points that no rule gives. */
export const STEP = { document: 0, return: 1, spend: 2, give: 3, hold: 4, capture: 5, release: 6, refund: 7, take: 8 } as const;

/** What of a member never changes in a replay. Nobody is in a household, or with a company for its limits. `birthMonthDay` is 'MM-DD'. */
export type PastMember = Pick<MemberFacts, 'joinedOn' | 'kind' | 'tier' | 'company' | 'groups' | 'attributes'> & { readonly birthMonthDay: string | null };
export type MemberShape = Pick<MemberFacts, 'kind' | 'tier' | 'company' | 'groups' | 'attributes'>;

/** No row: nothing is left of the document. */
export const NO_ROW = -1;
/** No return refers to the document. */
export const NO_REF = -1;

/**
 * The past of a program in columns, as a replay reads it: steps of one member after another, each member's in the order in which they were
 * booked. Rows are documents, and what was left of a document after a return; lines belong to rows. Texts, lists and own attributes are
 * codes of dictionaries, so any test on one of them is answered once for each value that there is.
 */
export type History = {
  readonly timeZone: string;
  readonly members: { readonly count: number; readonly joinedDay: Column; /** Month × 32 + day; 0: not known. */ readonly birth: Column; readonly shape: Column };
  /** Steps of member m: from `from[m]` to before `from[m + 1]`. */
  readonly from: Uint32Array;
  readonly steps: {
    readonly count: number; readonly member: Column; readonly kind: Column; readonly at: Column;
    /** document, return: its row (−1: nothing left), in the order of the steps. */
    readonly row: Column;
    /** document, return: number of the referred document among its member's; hold and what ends it: number of the hold among its member's. */
    readonly ref: Column;
    /** document: which ruleset decided it, counted from 1; 0: none did. */
    readonly ruleset: Column;
    /** spend, take (by hand), give, hold, refund. */
    readonly wallet: Column; readonly points: Column;
    /** give: instants; 0: at once, never. */
    readonly usableAt: Column; readonly expiresAt: Column;
    /** return: money taken off a purchase (0 of an event), and 1 when nothing of it is left. */
    readonly taken: Column; readonly whole: Column;
    /** Place among all steps as they were booked. */
    readonly turn: Column;
  };
  readonly rows: {
    readonly count: number; readonly day: Column; readonly minute: Column; readonly event: Column; readonly total: Column; readonly paid: Column;
    readonly store: Column; readonly till: Column; readonly cashier: Column; readonly channel: Column; readonly currency: Column; readonly payments: Column; readonly attributes: Column;
    /** Lines of row r: from `lines[r]` to before `lines[r + 1]`; at least one. */
    readonly lines: Column;
  };
  readonly lines: {
    readonly count: number; readonly kind: Column; readonly sku: Column; readonly name: Column; readonly category: Column; readonly brand: Column; readonly attributes: Column;
    readonly quantity: Column; readonly amount: Column; readonly discount: Column; /** Basis points + 1; 0: not told. */ readonly tax: Column; /** The part of `amount` that was paid with points. */ readonly paid: Column;
  };
  readonly words: {
    readonly shapes: Dictionary<MemberShape>; readonly events: Dictionary<string | null>; readonly texts: Dictionary<string | null>;
    readonly payments: Dictionary<readonly Paid[]>; readonly attributes: Dictionary<Attributes>; readonly kinds: readonly LineKind[];
  };
  /** First and last day that any document occurred on, counted from 1970-01-01. */
  readonly firstDay: number; readonly lastDay: number;
  /** Was any line paid with points; are the totals of all rows the sums of their lines. */
  readonly hasPaid: boolean; readonly addsUp: boolean;
  /** The most documents of one member that returns refer to. */
  readonly refsMost: number;
};

/** Terms on which points are given by hand. */
export type Given = { readonly walletNo: number; readonly points: Points; readonly usableAt: Instant | null; readonly expiresAt: Instant | null };
