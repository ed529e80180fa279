import { z } from 'zod';
import { amountMinor, attributes, code, currency, externalKey, holdId, instant, localDate, memberId, named, page, pageQuery, points, pointsSum, positivePoints, text, transactionId } from './shapes.ts';
import { walletBalance } from './wallets.ts';
import { phone } from './phone.ts';

/** Lines on one document; a till's longest receipt is far below, and one document must not hold up its neighbours. */
export const LINES_MAX = 1000;
/** Documents in one batch request. */
export const BATCH_MAX = 500;

/** What a rule may give besides points. */
export const grantKind = z.enum(['coupon', 'badge', 'ticket', 'tag', 'message', 'webhook']);
export const lineKind = z.enum(['goods', 'service', 'shipping', 'gift_card']);
export const lineOrigin = named('LineOrigin', z.strictObject({ source: externalKey, externalId: externalKey, lineId: z.string().max(60).optional() }));
export const line = named('Line', z.strictObject({
  lineId: z.string().min(1).max(60), kind: lineKind.optional(), sku: text(80).optional(), name: text(200).optional(),
  category: text(80).optional(), brand: text(80).optional(),
  /** Up to three decimals: 0.347 (kg). */
  quantity: z.number().positive().max(1_000_000).refine((value) => Number.isInteger(Math.floor(value * 1000 + 0.5)) && Math.abs(value * 1000 - Math.floor(value * 1000 + 0.5)) < 1e-6, 'at most three decimals').optional(),
  unit: text(12).optional(),
  /** Gross, after the discount. */
  amountMinor, discountMinor: amountMinor.optional(),
  /** Basis points: 2300 is 23 %. */
  taxRate: z.int().min(0).max(10_000).optional(), attributes: attributes.optional(), of: lineOrigin.optional(),
}));
export const payment = named('Payment', z.strictObject({
  kind: z.enum(['cash', 'card', 'transfer', 'blik', 'voucher', 'points', 'other']), amountMinor,
  points: positivePoints.optional(), wallet: code.optional(), hold: holdId.optional(),
}));
/** One of the member's identifiers. */
export const memberPointer = named('MemberPointer', z.strictObject({
  id: memberId.optional(), number: externalKey.optional(), card: externalKey.optional(), externalId: externalKey.optional(), phone: phone.optional(),
  email: z.string().trim().min(5).max(254).optional(),
}).refine((value) => Object.keys(value).length === 1, 'exactly one identifier'));

const documentShape = {
  externalId: externalKey, source: externalKey, kind: z.enum(['sale', 'return', 'correction']), occurredAt: instant,
  member: memberPointer.nullable().optional(), lines: z.array(line).max(LINES_MAX).optional(), totalMinor: amountMinor,
  payments: z.array(payment).max(20).optional(), currency: currency.optional(), store: text(60).optional(), till: text(60).optional(),
  cashier: text(60).optional(), channel: text(40).optional(), attributes: attributes.optional(),
  /** A return or correction of a whole document may name it here instead of on every line. */
  of: z.strictObject({ source: externalKey, externalId: externalKey }).optional(),
};
export const transactionInput = named('TransactionInput', z.strictObject(documentShape));
export const transactionPreviewInput = named('TransactionPreviewInput', z.strictObject({ ...documentShape, externalId: externalKey.optional(), source: externalKey.optional() }));

export const award = named('Award', z.object({
  wallet: code, points, rule: z.string(), reason: z.string(), expiresOn: localDate.nullable(), pendingUntil: localDate.nullable(),
}));
export const notApplied = named('NotApplied', z.object({ rule: z.string(), reason: z.string() }));
/** What the list of documents knows; events come by an operation of their own. */
export const documentKind = z.enum(['sale', 'return', 'correction', 'event']);
export const transactionState = z.enum(['booked', 'unclaimed', 'parked', 'voided']);
export const transactionHead = named('TransactionHead', z.object({
  id: transactionId, source: z.string(), externalId: z.string(), kind: documentKind, state: transactionState,
  member: memberId.nullable(), occurredAt: instant, bookedAt: instant, totalMinor: z.int(), currency,
  /** Code of the event type, where the document tells an event. */
  event: code.optional(),
}));
/** Points that a return took back, by wallet; `owed` became a debt. */
export const takenBack = named('TakenBack', z.object({ wallet: code, points: pointsSum, owed: pointsSum }));
/** Points that came back of what a return had taken, when the return is undone or corrected. */
export const givenBack = named('GivenBack', z.object({ wallet: code, points: pointsSum }));
/** Part of a return beyond what was left of a line: it is recorded and takes nothing. `lineId` is the sale's; '' of a sale without lines. */
export const excess = named('Excess', z.object({ lineId: z.string(), quantity: z.number(), amountMinor: z.int() }));
const grantShape = { what: grantKind, code, count: z.int(), rule: z.string() };
/** Something that is not points; `count` pieces of it. */
export const grantGiven = named('GrantGiven', z.object({ ...grantShape, reason: z.string() }));
/** A grant as it stands: what returns took back of it is gone, all of it: `revoked`. */
export const grant = named('Grant', z.object({
  transaction: transactionId, ...grantShape, kept: z.int(), state: z.enum(['granted', 'revoked']), grantedAt: instant, revokedAt: instant.nullable(),
}));
export const grantPage = page('GrantPage', grant);
/** What a rule wrote to a member about a document, in words. */
export const memberMessage = named('MemberMessage', z.object({ transaction: transactionId, subject: z.string(), text: z.string(), at: instant }));
export const memberMessagePage = page('MemberMessagePage', memberMessage);
export const transactionAnswer = named('TransactionAnswer', z.object({
  transaction: transactionHead, awards: z.array(award), notApplied: z.array(notApplied), takenBack: z.array(takenBack),
  balances: z.array(walletBalance), duplicate: z.boolean(),
  /** There when points that a return had taken came back. */
  givenBack: z.array(givenBack).optional(),
  /** There when a return was of more than was sold. */
  excess: z.array(excess).optional(),
  /** There when the document gave any. */
  grants: z.array(grantGiven).optional(),
}));
/** Each document is held to its shape by itself, so that a wrong one is answered alone and its neighbours are booked. */
export const batchInput = named('TransactionBatchInput', z.strictObject({ transactions: z.array(z.unknown().meta({ $ref: '#/components/schemas/TransactionInput' })).min(1).max(BATCH_MAX) }));
export const batchAnswer = named('TransactionBatchAnswer', z.object({
  results: z.array(z.union([
    z.object({ status: z.literal(200), answer: transactionAnswer }),
    z.object({ status: z.int(), problem: z.object({ code: z.string(), detail: z.string(), errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional() }) }),
  ])),
}));
export const claimInput = named('ClaimInput', z.strictObject({ member: memberPointer }));
export const milestoneFact = z.enum(['delivered', 'paid']);
export const milestoneInput = named('MilestoneInput', z.strictObject({ fact: milestoneFact }));
/** `usable`: points that could not be used until now, by wallet. A repeat changes nothing and says when it was told first. */
export const milestoneAnswer = named('MilestoneAnswer', z.object({
  transaction: transactionId, fact: milestoneFact, at: instant, duplicate: z.boolean(), usable: z.array(z.object({ wallet: code, points: pointsSum })), balances: z.array(walletBalance),
}));
export const voidInput = named('VoidInput', z.strictObject({ reason: text(300) }));

export const transactionLine = named('TransactionLine', z.object({
  lineId: z.string(), kind: lineKind, sku: z.string().nullable(), name: z.string().nullable(), category: z.string().nullable(), brand: z.string().nullable(),
  quantity: z.number(), unit: z.string().nullable(), amountMinor: z.int(), discountMinor: z.int(),
  returnedQuantity: z.number(), returnedMinor: z.int(),
}));
export const transaction = named('Transaction', transactionHead.extend({
  memberName: z.string().nullable(), lines: z.array(transactionLine), store: z.string().nullable(), till: z.string().nullable(), cashier: z.string().nullable(),
  channel: z.string().nullable(), payments: z.array(z.object({ kind: z.string(), amountMinor: z.int(), points: z.int().nullable() })),
  /** There when the document gave any. */
  grants: z.array(grant).optional(),
  awards: z.array(award), notApplied: z.array(notApplied),
  /** What this return or correction took back; of a sale, what all its returns took back together. */
  takenBack: z.array(takenBack),
  /** There when points that a return had taken came back: by this correction, or because this return was undone. */
  givenBack: z.array(givenBack).optional(),
  /** There when this return was of more than was sold. */
  excess: z.array(excess).optional(),
  milestones: z.array(z.object({ fact: milestoneFact, at: instant })),
  /** What an event told. */
  fields: z.record(z.string(), z.union([z.string(), z.int(), z.boolean()])).optional(),
  related: z.array(z.object({ id: transactionId, kind: documentKind, state: transactionState, occurredAt: instant, totalMinor: z.int() })),
}));
export const transactionRow = named('TransactionRow', transactionHead.extend({ memberName: z.string().nullable(), points: z.int() }));
export const transactionPage = page('TransactionPage', transactionRow);
export const transactionListQuery = pageQuery.extend({
  member: memberId.optional(), kind: documentKind.optional(), state: transactionState.optional(),
  externalId: externalKey.optional(),
});

/** Values that the program's own documents carry, by the attribute of a condition, the most frequent first: at most 2,000 of each. */
export const documentValues = named('DocumentValues', z.object({ items: z.array(z.object({ attribute: z.string(), values: z.array(z.string()) })) }));
