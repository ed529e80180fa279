import { z } from 'zod';
import { apiKeyId, code, currency, instant, messageId, named, page, pageQuery, points, programId, staffId, text } from './shapes.ts';
import { wallet } from './wallets.ts';
import { permissionNames } from './permissions.ts';
import { reward } from './rewards.ts';

/** By role: the most that one person changes by hand in a day, in all; null: no limit. */
const adjustDayLimits = z.strictObject({ manager: points.nullable(), consultant: points.nullable() });
export const timeZone = z.string().min(1).max(60).regex(/^[A-Za-z_]+(\/[A-Za-z_+\-0-9]+)*$/);
export const program = named('Program', z.object({
  id: programId, code, name: z.string(), organisation: z.string(), currency, timeZone, test: z.boolean(), demo: z.boolean(), hidden: z.boolean(),
  brandColor: z.string(), termsVersion: z.int(), wallets: z.array(wallet), now: instant,
  /** Two people publish what members earn by, and book repairs of points. */
  secondPerson: z.boolean(),
  /** Days that members know of a change by which they may get less. */
  noticeDays: z.int(),
  adjustDayLimits,
}));
export const programChange = named('ProgramChange', z.strictObject({
  name: text(80).optional(), brandColor: z.string().regex(/^#[0-9a-f]{6}$/).optional(),
  /** Turned off only by those who manage access. */
  secondPerson: z.boolean().optional(), noticeDays: z.int().min(0).max(365).optional(),
  /** Changed only by those who manage access. */
  adjustDayLimits: adjustDayLimits.optional(),
}));
export const role = z.enum(['owner', 'manager', 'consultant', 'cashier']);
export const me = named('Me', z.object({
  id: staffId, name: z.string(), email: z.string(),
  programs: z.array(z.object({ id: programId, code, name: z.string(), role, adjustLimit: points.nullable(), permissions: z.array(z.string()), test: z.boolean(), demo: z.boolean(), hidden: z.boolean() })),
}));
export const signInLink = named('SignInLink', z.strictObject({ token: z.string().min(20).max(100) }));

const emailShape = z.string().trim().min(5).max(254).regex(/^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>"]+$/);
export const staff = named('Staff', z.object({ id: staffId, name: z.string(), email: z.string(), role, adjustLimit: points.nullable(), active: z.boolean(), lastSeenAt: instant.nullable() }));
export const staffInput = named('StaffInput', z.strictObject({ name: text(80), email: emailShape, role, adjustLimit: points.nullable().optional() }));
export const staffChange = named('StaffChange', z.strictObject({ name: text(80).optional(), role: role.optional(), adjustLimit: points.nullable().optional(), active: z.boolean().optional() }));
export const staffList = named('StaffList', z.object({ items: z.array(staff) }));

export const apiKey = named('ApiKey', z.object({ id: apiKeyId, name: z.string(), hint: z.string(), scopes: z.array(z.string()), createdAt: instant, revokedAt: instant.nullable(), lastUsedAt: instant.nullable() }));
export const apiKeyInput = named('ApiKeyInput', z.strictObject({ name: text(80), scopes: z.array(z.enum(permissionNames)).min(1).max(permissionNames.length) }));
export const newApiKey = named('NewApiKey', z.object({ apiKey, secret: z.string() }));
export const apiKeyList = named('ApiKeyList', z.object({ items: z.array(apiKey) }));

export const auditEntry = named('AuditEntry', z.object({
  id: z.string(), at: instant, actor: z.string(), action: z.string(), subject: z.string().nullable(),
  /** Fields and figures, never personal data. */
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())])),
}));
export const auditPage = page('AuditPage', auditEntry);
export const message = named('Message', z.object({ id: messageId, channel: z.enum(['email']), to: z.string(), subject: z.string(), body: z.string(), state: z.enum(['queued', 'sent', 'kept', 'failed', 'uncertain', 'withdrawn']), at: instant, tries: z.int(), lastError: z.string().nullable() }));
export const messagePage = page('MessagePage', message);

export const testClock = named('TestClock', z.object({ now: instant, jobsRun: z.int() }));
export const testClockMove = named('TestClockMove', z.strictObject({ now: instant }));

const dayFigures = z.object({ date: z.string(), sales: z.int(), salesMinor: z.int(), pointsEarned: z.int(), pointsSpent: z.int(), newMembers: z.int() });
export const home = named('Home', z.object({
  today: dayFigures, sameDayLastWeek: dayFigures, days: z.array(dayFigures), members: z.int(), pointsOutstanding: z.int(), ordersWaiting: z.int(), wallet: code,
}));
export const homeQuery = pageQuery.pick({}).extend({ days: z.coerce.number().int().min(7).max(366).optional() });
export const health = named('Health', z.object({ ok: z.boolean(), version: z.string() }));

export const portalProgram = named('PortalProgram', z.object({
  code, name: z.string(), brandColor: z.string(), currency, timeZone: z.string(), termsVersion: z.int(), termsText: z.string(), wallets: z.array(wallet),
  rewards: z.array(reward.pick({ id: true, name: true, description: true, icon: true, category: true, wallet: true, pricePoints: true, stockLeft: true, levels: true })),
  /** Levels by code, for rewards that only some may take. */
  levels: z.array(z.object({ code, name: z.string() })),
  /** How points arise: each rule by its name, and what it gives in a sentence. */
  earning: z.array(z.object({ name: z.string(), sentence: z.string() })), promotion: z.string().nullable(),
}));
export const auditQuery = pageQuery;
