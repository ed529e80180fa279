import type { Instant, LocalDate } from '@wracam/engine/calendar';
import { decodeNumbers, encodeNumbers } from '@wracam/engine/codec';
import type { Decision, Grant } from '@wracam/engine/decide';
import type { Draw } from '@wracam/engine/ledger/book';
import type { Trace } from '@wracam/engine/trace';
import type { DocumentKind } from './document.ts';

/** What one rule gave, as booked. */
export type BookedAward = { readonly walletNo: number; readonly ruleId: number; readonly version: number; readonly points: number; readonly expiresOn: LocalDate | null; readonly pendingUntil: LocalDate | null };
/** Points that paid for a part of the sale. */
export type SpentPoints = { readonly walletNo: number; readonly points: number; readonly draws: readonly Draw[] };
/** Pieces of something that is not points, which one rule gave. */
export type BookedGrant = Pick<Grant, 'ruleId' | 'version' | 'count'>;
/** The household and company of the member when the sale was booked: what comes back is free again in these. */
export type CirclesOfSale = { readonly household: number | null; readonly company: number | null };
/** Why, as stored with the document: the trace, the awards, what was paid with points, what was granted. */
export type StoredDecision = { readonly trace: Trace; readonly awards: readonly BookedAward[]; readonly spent: readonly SpentPoints[]; readonly grants: readonly BookedGrant[]; /** There when the sale counted in limits of a household or company. */ readonly circles?: CirclesOfSale };

/** Of a correction that somebody had in a time without rules. One without a decision was nobody's. */
export const UNDECIDED: StoredDecision = { trace: [], awards: [], spent: [], grants: [] };

/** A correction of a return, or one whose new side had nobody to earn it: no purchase. */
export const isNobodys = (kind: DocumentKind, decision: unknown): boolean => kind === 'correction' && decision === null;

/** One return's (or correction's) effect on one sale. */
export type ReturnEffect = {
  readonly taken: readonly { readonly lineId: string; readonly quantity: number; readonly amountMinor: number }[];
  readonly excess: readonly { readonly lineId: string; readonly quantity: number; readonly amountMinor: number }[];
  /** `moved`: by how much the booked points went down; the parts say how. */
  readonly wallets: readonly WalletEffect[];
  /** Points given back of what was paid with points, by wallet. */
  readonly refunded: readonly { readonly walletNo: number; readonly points: number }[];
  /** What rules gave less than before, for their caps; of a grant its pieces. */
  readonly freed: readonly { readonly ruleId: number; readonly points: number }[];
  /** There on a correction of a return: the return, first of all that were told of it. What is taken may then be below zero: given back to the sale. */
  readonly corrects?: number;
  /** Of a correction of a return: what it said the return came to in all, in grosze; the next total is measured by it. */
  readonly said?: number;
  /** There on a return, or a correction of one, told as a total that came to more than was left: by so many grosze. */
  readonly short?: number;
  /** There on a correction of a return that gave back what other returns had asked for: what they have of it now, which is part of `taken`, and what of a line that is gone as a whole is theirs, which is not: that was gone before. */
  readonly met?: readonly MetDemand[];
  /** There on a correction of a sale: it stands in the sale's place, and what an earlier return took of that never comes back. */
  readonly replaces?: true;
  /** There when documents that came later were applied before it: its place among all that were applied. */
  readonly turn?: number;
};
/** Quantity in thousandths, amount in grosze. */
export type MetDemand = readonly [returnId: number, lineId: string, quantity: number, amountMinor: number];
export type WalletEffect = {
  readonly walletNo: number; readonly moved: number; readonly owed: number; readonly expired: number; readonly forgiven: number;
  /** Where points were taken from, so that a correction gives back what came from there: points, usable at, good until, 1 where it was a lot of the sale. */
  readonly from?: readonly TakenPart[];
  /** Numbers of the lots that a correction of a return gave: they are the sale's own, and one correction may give to several sales. */
  readonly gave?: readonly number[];
};
export type TakenPart = readonly [points: number, usableAt: number | null, expiresAt: number | null, own: 0 | 1];
export type SaleReturn = { readonly returnId: number; readonly applied: boolean; readonly effect: ReturnEffect | null };

/** Grants and circles came later and stand there only when there are any. */
type Packed = [string, [number, number, number, number, string | null, string | null][], [number, number, number[]][], [number, number, number][]?, [number | null, number | null]?];

/** Bytes of a decision: the trace as varints inside positional JSON. */
export function packDecision(decision: StoredDecision): Buffer {
  const packed: Packed = [Buffer.from(encodeNumbers(decision.trace)).toString('base64'), decision.awards.map((award) => [award.walletNo, award.ruleId, award.version, award.points, award.expiresOn, award.pendingUntil]),
    decision.spent.map((one) => [one.walletNo, one.points, one.draws.flatMap((draw) => [draw.seq, draw.points])])];
  if (decision.grants.length > 0 || decision.circles) packed.push(decision.grants.map((one): [number, number, number] => [one.ruleId, one.version, one.count]));
  if (decision.circles) packed.push([decision.circles.household, decision.circles.company]);
  return Buffer.from(JSON.stringify(packed));
}

export function unpackDecision(bytes: Uint8Array): StoredDecision {
  const [trace, awards, spent, grants = [], circles] = JSON.parse(Buffer.from(bytes).toString('utf8')) as Packed;
  return {
    trace: decodeNumbers(Buffer.from(trace, 'base64')),
    awards: awards.map(([walletNo, ruleId, version, points, expiresOn, pendingUntil]) => ({ walletNo, ruleId, version, points, expiresOn, pendingUntil })),
    spent: spent.map(([walletNo, points, flat]) => ({ walletNo, points, draws: Array.from({ length: flat.length / 2 }, (_, at) => ({ seq: flat[at * 2]!, points: flat[at * 2 + 1]! })) })),
    grants: grants.map(([ruleId, version, count]) => ({ ruleId, version, count })),
    ...(circles ? { circles: { household: circles[0], company: circles[1] } } : {}),
  };
}

export const awardsOf = (decision: Decision): BookedAward[] =>
  decision.awards.map(({ walletNo, ruleId, version, points, expiresOn, pendingUntil }) => ({ walletNo, ruleId, version, points, expiresOn, pendingUntil }));

/** Awards of one wallet that end and start alike become one lot. */
export function lotsToOpen(awards: readonly BookedAward[]): readonly BookedAward[] {
  if (awards.length < 2) return awards;
  const lots: BookedAward[] = [];
  for (const { walletNo, ruleId, version, points, expiresOn, pendingUntil } of awards) {
    const at = lots.findIndex((lot) => lot.walletNo === walletNo && lot.expiresOn === expiresOn && lot.pendingUntil === pendingUntil);
    const same = lots[at];
    if (same) lots[at] = { walletNo, ruleId: same.ruleId, version: same.version, points: same.points + points, expiresOn, pendingUntil };
    else lots.push({ walletNo, ruleId, version, points, expiresOn, pendingUntil });
  }
  return lots;
}

export type LotTerms = { readonly usableAt: Instant | null; readonly expiresAt: Instant | null };
