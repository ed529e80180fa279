import { z } from 'zod';
import { phone } from './phone.ts';
import { code, externalKey, instant, localDate, memberTransferId, named, points, pointsSum, positivePoints, signedPoints, text, transferId, whomToTell } from './shapes.ts';

export const wordForms = named('WordForms', z.strictObject({
  one: text(30), few: text(30), many: text(30), fraction: text(30),
  /** Digits of the smallest unit shown behind the comma: with 2, the 250 points of this API are shown as 2,50. Absent: 0. Display only. */
  decimals: z.int().min(0).max(2).optional(),
  /** Shown where English is spoken; absent: the forms above, but for plain points, which have English ones anyway. */
  en: z.strictObject({ one: text(30), many: text(30) }).optional(),
}));
const months = z.int().min(1).max(240);
/** Ends of points that a wallet or a rule may have. */
export const datedExpiries = [
  z.strictObject({ kind: z.literal('never') }),
  z.strictObject({ kind: z.literal('months'), months, roundTo: z.enum(['day', 'monthEnd', 'quarterEnd', 'yearEnd']) }),
  z.strictObject({ kind: z.literal('on'), date: localDate }),
  /** Every year on this day, the first time at least `afterMonths` after earning. */
  z.strictObject({ kind: z.literal('yearly'), month: z.int().min(1).max(12), day: z.int().min(1).max(31), afterMonths: z.int().min(0).max(240) }),
] as const;
export const expiryPolicy = named('ExpiryPolicy', z.discriminatedUnion('kind', [
  ...datedExpiries,
  /** So many months after the member last earned or spent in this wallet; each such day moves the end of all its dated points. */
  z.strictObject({ kind: z.literal('inactivity'), months }),
]));
/** `status` is never spent: it only counts. */
export const walletKind = z.enum(['points', 'status', 'cashback', 'stamps']);
/** What lets new points be used: their days, or what happens to the sale; then `pendingDays` is the longest wait. */
export const pendingUntil = z.enum(['days', 'delivered', 'paid']);
/**
 * What a return does when the sale's own points are gone. `allow`: takes other points, then a debt up to `debtLimit`. `nextEarnings`: leaves
 * other points alone; what is missing is a debt that the next points repay. `refuse`: takes only what is there; the return is booked all the same.
 */
export const debtPolicy = z.enum(['allow', 'nextEarnings', 'refuse']);
/** Members may move points to one another: at least so many at once, and in a local day no more than so many points and times. */
export const transferPolicy = named('TransferPolicy', z.strictObject({ minPoints: positivePoints, dayPoints: positivePoints, dayTimes: z.int().min(1).max(100) }));
/** Days before the end of points on which members are told. */
export const noticeDays = z.array(z.int().min(1).max(365)).max(5);
export const wallet = named('Wallet', z.object({
  code, name: z.string(), kind: walletKind, forms: wordForms, expiry: expiryPolicy, pendingDays: z.int(), pendingUntil, debtLimit: points, debtPolicy,
  transfers: transferPolicy.nullable(), noticeDays: z.array(z.int()), revision: z.int(),
}));
const policies = { pendingUntil: pendingUntil.optional(), debtPolicy: debtPolicy.optional(), transfers: transferPolicy.nullable().optional(), noticeDays: noticeDays.optional() };
export const walletInput = named('WalletInput', z.strictObject({
  code, name: text(40), kind: walletKind.optional(), forms: wordForms, expiry: expiryPolicy,
  pendingDays: z.int().min(0).max(365), debtLimit: points, ...policies,
}));
/** `revision` is the one that was read. Code and kind stay what they are. */
export const walletChange = named('WalletChange', z.strictObject({
  revision: z.int().min(1), name: text(40).optional(), forms: wordForms.optional(), expiry: expiryPolicy.optional(),
  pendingDays: z.int().min(0).max(365).optional(), debtLimit: points.optional(), ...policies,
  /** From the beginning of this local date; without it at once. */
  inForceOn: localDate.optional(),
  /** Members may get less by it before the program's notice is over: said with open eyes. */
  despiteNotice: z.boolean().optional(),
}));
export const walletStep = named('WalletStep', z.strictObject({ revision: z.int().min(1) }));
export const walletDrop = named('WalletDrop', walletStep.extend({
  /** Members were promised better and no longer get it: said with open eyes. */
  despiteNotice: z.boolean().optional(),
}));
/** A change that is not in force yet: it waits for another person (`waits`), or for its day. */
export const walletDetail = named('WalletDetail', wallet.extend({
  /** Does anybody have an account in it, or a rule give its points an end of their own. Before that a change takes nothing from anybody, so it needs no notice and no second person. */
  inUse: z.boolean(),
  proposal: z.object({
    changes: z.array(z.object({ name: z.string(), before: z.string(), after: z.string(), verdict: z.enum(['worse', 'better', 'same']) })),
    inForceOn: localDate.nullable(), waits: z.boolean(), by: z.string(), yours: z.boolean(), at: instant,
  }).nullable(),
}));
export const walletList = named('WalletList', z.object({ items: z.array(walletDetail) }));

export const expiringPoints = named('ExpiringPoints', z.object({ on: localDate, points: pointsSum }));
export const walletBalance = named('WalletBalance', z.object({
  wallet: code, available: pointsSum, pending: pointsSum, held: pointsSum, debt: pointsSum, expiring: z.array(expiringPoints),
}));
export const lot = named('Lot', z.object({
  wallet: code, points, remaining: points, earnedAt: instant, expiresOn: localDate.nullable(), pendingUntil: localDate.nullable(), transfer: transferId,
}));
export const balances = named('Balances', z.object({ balances: z.array(walletBalance), lots: z.array(lot) }));

export const transferKind = z.enum(['earn', 'return', 'spend', 'refund', 'adjust', 'move', 'expire', 'reverse']);
export const historyEntry = named('HistoryEntry', z.object({
  id: transferId, kind: transferKind, wallet: code,
  /** Positive: points came; negative: points went. */
  points: z.int(), at: instant, reason: z.string(),
  origin: z.object({ kind: z.enum(['transaction', 'order', 'hold', 'adjustment', 'import', 'system', 'member']), id: z.string().nullable() }),
  expiresOn: localDate.nullable(), pendingUntil: localDate.nullable(), reversible: z.boolean(), reversed: z.boolean(),
}));
export const explainedRule = named('ExplainedRule', z.object({
  rule: z.string(), version: z.int(), applied: z.boolean(), points: z.int(), sentence: z.string(),
}));
export const explanation = named('Explanation', z.object({
  transfer: historyEntry, sentence: z.string(), rules: z.array(explainedRule),
  lines: z.array(z.object({ name: z.string(), quantity: z.int(), amountMinor: z.int(), points: z.int(), counted: z.boolean() })),
  chain: z.object({ seq: z.int(), hash: z.string(), ruleset: z.int().nullable() }),
}));

/** Whom points are moved to: a card, a member's number or a phone, one of them. */
export const transferRecipient = named('TransferRecipient', z.strictObject({ card: externalKey.optional(), number: externalKey.optional(), phone: phone.optional() })
  .refine((value) => Object.keys(value).length === 1, 'exactly one of card, number, phone'));
export const memberTransferInput = named('MemberTransferInput', z.strictObject({ to: transferRecipient, wallet: code.optional(), points: positivePoints }));
/** What the giver types: a member's number or the number of a card. */
export const recipientQuestion = named('RecipientQuestion', z.strictObject({ numberOrCard: externalKey }));
/** Enough to know that it is the right one, too little to tell who it is: initials and the end of the number. */
export const recipient = named('Recipient', z.object({ to: transferRecipient, name: z.string().nullable(), numberEnd: z.string() }));
export const memberTransferAnswer = named('MemberTransferAnswer', z.object({ id: memberTransferId, wallet: code, points, at: instant, balances: z.array(walletBalance) }));

/** The member reads the reason in the history, and in an e-mail where `tell` asks for one. */
export const adjustment = named('AdjustmentInput', z.strictObject({
  wallet: code.optional(), points: signedPoints, reason: text(300), expiresOn: localDate.nullable().optional(), tell: whomToTell,
}));
export const reversal = named('ReversalInput', z.strictObject({ reason: text(300), tell: whomToTell }));
export const transferAnswer = named('TransferAnswer', z.object({ transfer: historyEntry, balances: z.array(walletBalance) }));

export const holdInput = named('HoldInput', z.strictObject({
  wallet: code.optional(), points: positivePoints, minutes: z.int().min(1).max(60 * 24 * 30).optional(),
}));
export const hold = named('Hold', z.object({
  id: z.string(), wallet: code, points, state: z.enum(['held', 'captured', 'released']), expiresAt: instant.nullable(), balances: z.array(walletBalance),
}));
