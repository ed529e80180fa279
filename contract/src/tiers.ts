import { z } from 'zod';
import { publication, publicationRollback, versionShape, waitingPublication } from './rules.ts';
import { amountMinor, code, instant, localDate, named, page, pageQuery, text } from './shapes.ts';

const tierCode = code;
export const tierBenefit = named('TierBenefit', z.strictObject({ code, pl: text(120), en: text(120) }));
export const tierLevel = named('TierLevel', z.strictObject({
  code: tierCode, pl: text(30), en: text(30),
  /** What stands after "do" in Polish: "Złota". Without it sentences say "do poziomu Złoty". */
  plTo: text(40).nullable(), color: z.string().regex(/^#[0-9a-f]{6}$/, 'a colour such as #c9a227'),
  /** Grosze, points, sales or days with a sale, as the measure says; 0: everybody stands on this level at least. */
  threshold: amountMinor,
  /** What keeps the level; null: as much as reaches it. */
  keep: amountMinor.nullable(), benefits: z.array(tierBenefit).max(12),
}));
export const tierMeasure = named('TierMeasure', z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('spent') }), z.strictObject({ kind: z.literal('sales') }), z.strictObject({ kind: z.literal('visits') }), z.strictObject({ kind: z.literal('points'), wallet: code }),
]));
export const tierPeriod = named('TierPeriod', z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('rolling'), months: z.int().min(1).max(36) }),
  z.strictObject({ kind: z.literal('calendar'), unit: z.enum(['month', 'quarter', 'year']) }),
  z.strictObject({ kind: z.literal('lifetime') }),
]));
export const tierLadder = named('TierLadder', z.strictObject({
  levels: z.array(tierLevel).min(1).max(10), measure: tierMeasure, period: tierPeriod, promotion: z.enum(['atOnce', 'periodEnd']), lasts: z.enum(['nextPeriod', 'thisPeriod']),
  demotion: z.enum(['toMeasure', 'oneLevel']), graceDays: z.int().min(0).max(180), returns: z.enum(['takeLevel', 'keepLevel']),
}));

export const tierVersion = named('TierVersion', z.object({ ...versionShape, effectiveOn: localDate, definition: tierLadder }));
export const tierCount = named('TierCount', z.object({ level: z.string().nullable(), members: z.int() }));
export const tierSettings = named('TierSettings', z.object({
  /** 0: nothing was saved yet. */
  revision: z.int(), draft: tierLadder.nullable(), proposal: waitingPublication,
  /** Of the versions, planned ones too, the last published that has begun. */
  current: tierVersion.nullable(), versions: z.array(tierVersion),
  /** How many active members stand on each level, as of the last look at everybody and the sales since. */
  counts: z.array(tierCount), members: z.int(),
  lastLook: z.object({ day: localDate, members: z.int(), changed: z.int(), endedAt: instant.nullable() }).nullable(),
}));
export const tierDraft = named('TierDraftInput', z.strictObject({ revision: z.int().min(0), definition: tierLadder }));
/** Levels are of whole local days: `effectiveOn` in the place of an instant; absent: today. */
export const tierPublish = named('TierPublishInput', publication.omit({ inForceFrom: true }).extend({ effectiveOn: localDate.optional() }));
export const tierRollback = named('TierRollbackInput', publicationRollback.omit({ inForceFrom: true }).extend({ effectiveOn: localDate.optional() }));
export const tierPreviewInput = named('TierPreviewInput', z.strictObject({ measure: tierMeasure, period: tierPeriod }));
/** Members by what they measure today; thresholds are laid over it while they are typed. */
export const tierPreview = named('TierPreview', z.object({
  values: z.array(z.object({ value: z.int(), members: z.int() })), members: z.int(),
  /** True: a part of the members was looked at and counted up. */
  sampled: z.boolean(),
}));

const goal = { need: z.int(), value: z.int(), missing: z.int(), by: localDate.nullable() };
const shownLevel = z.object({ code: z.string(), name: z.string(), color: z.string() });
export const memberTier = named('MemberTier', z.object({
  level: shownLevel.nullable(), since: localDate.nullable(), until: localDate.nullable(), granted: z.boolean(),
  grant: z.object({ level: z.string(), until: localDate.nullable() }).nullable(),
  value: z.int(), next: z.object({ level: shownLevel, ...goal }).nullable(), keep: z.object(goal).nullable(),
  /** The same in words, in the language of the request. */
  sentences: z.object({ value: z.string(), next: z.string().nullable(), keep: z.string().nullable(), until: z.string().nullable() }),
  benefits: z.array(z.object({ code: z.string(), name: z.string() })),
  levels: z.array(z.object({ code: z.string(), name: z.string(), color: z.string(), threshold: z.int(), thresholdText: z.string(), reached: z.boolean(), benefits: z.array(z.object({ code: z.string(), name: z.string() })) })),
}));
/** Null: no ladder is in force. */
export const memberTierAnswer = named('MemberTierAnswer', z.object({ tier: memberTier.nullable() }));
export const tierGrantInput = named('TierGrantInput', z.strictObject({ level: tierCode, until: localDate.nullable().optional(), reason: text(300) }));
export const tierRevokeInput = named('TierRevokeInput', z.strictObject({ reason: text(300) }));
export const tierChange = named('TierChange', z.object({
  no: z.int(), at: instant, reason: z.enum(['started', 'reached', 'returned', 'ended', 'granted', 'revoked', 'repaired']), from: z.string().nullable(), to: z.string().nullable(), sentence: z.string(),
  until: localDate.nullable(), by: z.string().nullable(), note: z.string().nullable(),
}));
export const tierChangePage = page('TierChangePage', tierChange);
export const tierChangeQuery = pageQuery;
