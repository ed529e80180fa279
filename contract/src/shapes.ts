import { z } from 'zod';

/** Largest amount on any path, in minor units (a thousand million zł): sums of many still fit a safe integer. */
export const AMOUNT_MAX = 100_000_000_000;
/** Largest number of points in one movement; the engine proves its products stay exact below it. */
export const POINTS_MAX = 100_000_000_000;
/** Rows in one page of any list; more would make a phone wait. */
export const PAGE_MAX = 200;

/** Gives a shape its name in OpenAPI and in the SDK. */
export const named = <S extends z.ZodType>(id: string, shape: S): S => shape.meta({ id }) as S;

/** Text without control characters: they break receipts, CSV files and mail headers. */
export const text = (max: number) => z.string().trim().min(1).max(max).regex(/^[^\p{Cc}]*$/u, 'control characters are not allowed');
/** Several lines of text: tabs and line breaks are allowed, other control characters are not. */
export const longText = (max: number) => z.string().trim().min(1).max(max).regex(/^(?:[\t\n\r]|[^\p{Cc}])*$/u, 'control characters are not allowed');
/** An identifier of somebody else's system: kept to the letter. */
export const externalKey = z.string().min(1).max(100).regex(/^[\x21-\x7e\u00a1-\uffff](?:[\x20-\x7e\u00a1-\uffff]*[\x21-\x7e\u00a1-\uffff])?$/, 'printable characters, no space at either end');

export const amountMinor = z.int().min(0).max(AMOUNT_MAX);
export const points = z.int().min(0).max(POINTS_MAX);
/** Many movements together: a safe integer, and no less exact than one of them. */
export const pointsSum = z.int().min(0);
export const positivePoints = z.int().min(1).max(POINTS_MAX);
/** Whom a change of points that no document made is told: `members` by one e-mail each, `systems` by an event `points.adjusted` for each account. */
export const told = z.enum(['members', 'systems']);
/** Nobody, unless it is asked for. */
export const whomToTell = z.array(told).max(2).optional();

/** Up or down, never zero. */
export const signedPoints = z.int().min(-POINTS_MAX).max(POINTS_MAX).refine((value) => value !== 0, 'must not be zero');
export const instant = z.iso.datetime({ offset: true });
export const localDate = z.iso.date();
export const currency = z.string().regex(/^[A-Z]{3}$/);
export const code = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'small letters, digits and hyphens');

const prefixed = (prefix: string) => z.string().regex(new RegExp(`^${prefix}_[0-9a-hjkmnp-tv-z]{10,30}$`));
export const programId = prefixed('prg');
export const memberId = prefixed('mem');
export const transactionId = prefixed('txn');
export const transferId = prefixed('trf');
export const ruleId = prefixed('rul');
export const productSetId = prefixed('pst');
export const segmentId = prefixed('sgm');
export const rewardId = prefixed('rwd');
export const orderId = prefixed('ord');
export const holdId = prefixed('hld');
export const apiKeyId = prefixed('key');
export const staffId = prefixed('stf');
export const codeBatchId = prefixed('cbt');
export const messageId = prefixed('msg');
export const goalId = prefixed('gol');
export const targetId = prefixed('tgt');
export const badgeId = prefixed('bdg');
export const leaderboardId = prefixed('ldb');
export const memberTransferId = prefixed('mvt');
export const circleId = prefixed('crc');
export const workReportId = prefixed('wrp');
export const replayId = prefixed('rpl');
export const repairId = prefixed('rpr');
export const webhookId = prefixed('whk');
export const eventId = prefixed('evt');

/** `mem_…`, or an identifier that is not personal data: `number:…`, `card:…`, `external:…`. */
export const memberRef = z.string().max(120).regex(/^(mem_[0-9a-z]{10,30}|(number|card|external):[\x20-\x7e\u00a1-\uffff]{1,100})$/, 'mem_…, number:…, card:… or external:…');
/** A program's code or its id. */
export const programRef = z.string().regex(/^(prg_[0-9a-z]{10,30}|[a-z][a-z0-9-]{0,39})$/);

export const attributes = z.record(z.string().regex(/^[a-z][a-zA-Z0-9_]{0,39}$/), z.union([z.string().max(200), z.int(), z.boolean()]))
  .refine((value) => Object.keys(value).length <= 50, 'at most 50 attributes');

export const pageQuery = z.strictObject({ cursor: z.string().max(200).optional(), limit: z.coerce.number().int().min(1).max(PAGE_MAX).optional() });
export const page = <S extends z.ZodType>(id: string, item: S) => named(id, z.object({ items: z.array(item), next: z.string().nullable() }));

export const fault = named('Fault', z.object({ pointer: z.string(), detail: z.string() }));
export const problem = named('Problem', z.object({
  type: z.string(), title: z.string(), status: z.int(), code: z.string(), detail: z.string(), wayOut: z.string().nullable(),
  errors: z.array(fault).optional(), requestId: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
}));
export const done = named('Done', z.object({ done: z.literal(true) }));
