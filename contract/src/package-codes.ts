import { z } from 'zod';
import { code, codeBatchId, instant, localDate, named, text } from './shapes.ts';
import { eventType } from './events.ts';
import { invitation } from './members.ts';
import { memberPointer } from './transactions.ts';

/** Codes of one batch: a print run. More go into several batches with one label. */
export const CODES_MAX = 20_000;

export const codeBatch = named('CodeBatch', z.object({
  id: codeBatchId, name: z.string(),
  /** The field `batch` of the event that a code brings: what rules ask for. Several batches may share one. */
  label: code, issued: z.int(), used: z.int(), validFrom: localDate.nullable(), validUntil: localDate.nullable(), state: z.enum(['active', 'stopped']), createdAt: instant,
}));
export const codeBatchList = named('CodeBatchList', z.object({ items: z.array(codeBatch) }));
export const newCodeBatch = named('NewCodeBatch', z.strictObject({
  name: text(80), label: code, count: z.int().min(1).max(CODES_MAX), validFrom: localDate.nullable().optional(), validUntil: localDate.nullable().optional(),
}));
/** The codes are shown in this answer and never again. */
export const madeCodeBatch = named('MadeCodeBatch', z.object({ batch: codeBatch, codes: z.array(z.string()) }));
const typedCode = z.string().trim().min(1).max(40);
export const codeRedemption = named('CodeRedemption', z.strictObject({ code: typedCode, member: memberPointer }));
export const myCodeRedemption = named('MyCodeRedemption', z.strictObject({ code: typedCode }));
/** Friends who came by an invitation: before their reward, rewarded, or with the first sale given back. */
const referralFigures = { waiting: z.int(), done: z.int(), stopped: z.int() };
/** What a member may report with pictures: a type and what it asks for. */
const reportedType = eventType.pick({ code: true, name: true, fields: true });
/** Ways to more points that are open to this member now: what the portal offers. */
export const myWays = named('MyWays', z.object({ codes: z.boolean(), invitation: z.object({ code: invitation, ...referralFigures }).nullable(), reports: z.array(reportedType) }));
export const referralSettings = named('ReferralSettings', z.object({ windowDays: z.int(), ...referralFigures }));
/** Days after a friend’s first sale in which a return still stops the reward of both. */
export const referralSettingsChange = named('ReferralSettingsChange', z.strictObject({ windowDays: z.int().min(0).max(365) }));
