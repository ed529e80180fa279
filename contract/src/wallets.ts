import { z } from 'zod';
import { code, instant, localDate, named, points, pointsSum, positivePoints, signedPoints, text, transferId } from './shapes.ts';

export const wordForms = named('WordForms', z.strictObject({
  one: text(30), few: text(30), many: text(30), fraction: text(30),
}));
export const expiryPolicy = named('ExpiryPolicy', z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('never') }),
  z.strictObject({ kind: z.literal('months'), months: z.int().min(1).max(240), roundTo: z.enum(['day', 'monthEnd', 'yearEnd']) }),
  z.strictObject({ kind: z.literal('on'), date: localDate }),
]));
export const wallet = named('Wallet', z.object({
  code, name: z.string(), forms: wordForms, expiry: expiryPolicy, pendingDays: z.int(), debtLimit: points,
}));
export const walletInput = named('WalletInput', z.strictObject({
  code, name: text(40), forms: wordForms, expiry: expiryPolicy,
  pendingDays: z.int().min(0).max(365), debtLimit: points,
}));

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
  origin: z.object({ kind: z.enum(['transaction', 'order', 'hold', 'adjustment', 'import', 'system']), id: z.string().nullable() }),
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

export const adjustment = named('AdjustmentInput', z.strictObject({
  wallet: code.optional(), points: signedPoints, reason: text(300), expiresOn: localDate.nullable().optional(),
}));
export const reversal = named('ReversalInput', z.strictObject({ reason: text(300) }));
export const transferAnswer = named('TransferAnswer', z.object({ transfer: historyEntry, balances: z.array(walletBalance) }));

export const holdInput = named('HoldInput', z.strictObject({
  wallet: code.optional(), points: positivePoints, minutes: z.int().min(1).max(60 * 24 * 30).optional(),
}));
export const hold = named('Hold', z.object({
  id: z.string(), wallet: code, points, state: z.enum(['held', 'captured', 'released']), expiresAt: instant.nullable(), balances: z.array(walletBalance),
}));
