import { z } from 'zod';
import { PICTURE_BYTES_MAX, PICTURES_MAX } from '@wracam/engine/pictures';
import { fieldValues } from './events.ts';
import { code, instant, memberId, named, page, pageQuery, text, longText, transactionId, workReportId } from './shapes.ts';

const BASE64_MAX = Math.ceil(PICTURE_BYTES_MAX / 3) * 4;

/** A JPEG, PNG or WebP in base64. What the camera wrote beside the image (place, time) is not kept. */
const picture = z.string().min(4).max(BASE64_MAX);
/** `type`: an event type that is reported, such as `works-report`; `fields` fit it. */
const shape = { type: code, fields: fieldValues.optional(), note: longText(1000).optional(), pictures: z.array(picture).max(PICTURES_MAX).optional() };
export const newWorkReport = named('NewWorkReport', z.strictObject(shape));
const decided = z.enum(['waiting', 'approved', 'rejected']);
/** `voided`: it was approved, and what that booked was taken back since. */
export const workReportState = z.enum([...decided.options, 'voided']);
export const workReport = named('WorkReport', z.object({
  id: workReportId, member: z.object({ id: memberId, number: z.string(), name: z.string().nullable() }), type: code, typeName: z.string(),
  fields: z.array(z.object({ key: z.string(), name: z.string(), value: z.union([z.string(), z.number(), z.boolean()]) })), note: z.string().nullable(), pictures: z.int(),
  state: workReportState, sentAt: instant, decidedAt: instant.nullable(),
  /** Why it was rejected, as the member reads it. */
  reason: z.string().nullable(),
  /** The event that approval booked. */
  transaction: transactionId.nullable(),
  /** Who sent and who decided it; null in the member's own list. */
  sentBy: z.string().nullable(), decidedBy: z.string().nullable(),
}));
export const workReportPage = page('WorkReportPage', workReport);
/** Those that were voided are among the approved. */
export const workReportListQuery = pageQuery.extend({ state: decided.optional() });
export const workReportRejection = named('WorkReportRejection', z.strictObject({ reason: text(200) }));
export const pictureNo = z.string().regex(/^[1-5]$/);
export const workReportPicture = named('WorkReportPicture', z.object({ type: z.enum(['image/jpeg', 'image/png', 'image/webp']), base64: z.string() }));
