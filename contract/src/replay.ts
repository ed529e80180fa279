import { z } from 'zod';
import { baseSettings, ruleDefinition } from './rules.ts';
import { tierLadder } from './tiers.ts';
import { debtPolicy, expiryPolicy } from './wallets.ts';
import { code, instant, localDate, memberId, named, points, pointsSum, productSetId, replayId, ruleId, segmentId } from './shapes.ts';

/** What a hundred points cost the firm, in minor units: a point is often worth less than a grosz can say. */
const costPer100 = z.int().min(0).max(10_000_000);

/** With `rule` alone: the rule's saved draft in place of what is in force. `definition`: in its place, or beside the others when no rule is named; null: without the rule. */
export const replayChange = named('ReplayChange', z.strictObject({ rule: ruleId.optional(), definition: ruleDefinition.nullable().optional() })
  .refine(({ rule, definition }) => rule !== undefined || (definition !== undefined && definition !== null), 'name a rule, or give a definition'));
/** Policies of a wallet in place of today's; what is absent stays. */
export const replayWallet = named('ReplayWallet', z.strictObject({
  wallet: code, expiry: expiryPolicy.optional(), pendingDays: z.int().min(0).max(365).optional(),
  /** What returns in the period do when the points are gone; debts from before it stay. */
  debtPolicy: debtPolicy.optional(), debtLimit: points.optional(),
}));
/** Groups, companies, birthdays and own attributes of members as they were on each day (when absent), or as they are today: a group made today has nobody in it last month. */
const membersAs = z.enum(['then', 'today']);
export const replayInput = named('ReplayInput', z.strictObject({
  /** First and last local date, both included. */
  from: localDate, until: localDate, wallet: code.optional(), costPer100Minor: costPer100.optional(), changes: z.array(replayChange).max(50),
  /** Levels in place of today's, from the first day on: the draft that is being worked on, or these. */
  ladder: z.union([z.literal('draft'), tierLadder]).optional(),
  wallets: z.array(replayWallet).max(20).optional(),
  /** What earns in place of today's: the draft that is being worked on, or these settings. */
  base: z.union([z.literal('draft'), baseSettings]).optional(),
  /** Sets of articles whose drafts count in place of what is in force, as they are when the replay runs. */
  sets: z.array(productSetId).max(20).optional(),
  /** Segments whose drafts count in place of what is in force. */
  segments: z.array(segmentId).max(20).optional(),
  membersAs: membersAs.optional(),
}));

const pair = <S extends z.ZodType>(shape: S) => ({ now: shape, draft: shape });
const sums = z.object({ earned: pointsSum, returned: pointsSum, spent: z.int(), expired: pointsSum, outstanding: z.int(), capped: z.int(), cut: pointsSum, shortfalls: z.int(), costMinor: z.int().min(0),
  /** Points that members owe at the end of the period. Null: counted before this figure was there. */
  owed: pointsSum.nullable(),
});
/** `segment`: a saved one, by its name, with those who are in it today; a member stands in any number of these. */
const segment = { by: z.enum(['kind', 'membership', 'segment']), value: z.string() };
const reached = { ...pair(z.int()), up: z.int(), down: z.int() };
const level = z.string().nullable();
const moves = z.array(z.object({ from: level, to: level, members: z.int() }));
export const levelMoves = named('LevelMoves', z.object({
  /** From the lowest up; a null code: no level. */
  order: z.array(z.object({ code: level, name: z.string(), color: z.string() })),
  /** From the level of today's rules to that after the change, codes; everybody is counted once. */
  moves, segments: z.array(z.object({ ...segment, moves })),
  /** Some of those whose level differs, who would lose one first; names are masked. */
  top: z.array(z.object({ member: memberId, name: z.string().nullable(), from: level, to: level })),
}));
const month = z.object({ earned: pointsSum, expired: pointsSum, outstanding: z.int() });
const ruleSums = z.object({ points: pointsSum, documents: z.int(), capped: z.int(), cut: pointsSum });
export const replayResult = named('ReplayResult', z.object({
  documents: z.int(),
  /** Documents decided again by the rules of then: `differing` of `checked` do not come to what is booked. */
  check: z.object({ checked: z.int(), differing: z.int() }),
  /** What the rules ask of members that changes from day to day, in words. */
  changingFacts: z.array(z.string()),
  ...pair(sums),
  months: z.array(z.object({ month: z.string(), ...pair(month) })),
  rules: z.array(z.object({ rule: ruleId.nullable(), name: z.string(), ...pair(ruleSums) })),
  members: z.object({ gaining: z.int(), losing: z.int(), unchanged: z.int() }),
  spread: z.array(z.object({ from: z.int().nullable(), to: z.int().nullable(), members: z.int() })),
  segments: z.array(z.object({ ...segment, members: z.int(), ...pair(z.int()) })),
  /** Members who can afford so many points at the end; `up`: only after the change, `down`: only before it. */
  thresholds: z.array(z.object({ points: z.int(), ...reached, segments: z.array(z.object({ ...segment, members: z.int(), ...reached })) })),
  /** Where members stand at the end. Null: nothing of the change can move a level. */
  levels: levelMoves.nullable(),
  /** Whose points change most; names are masked. */
  top: z.array(z.object({ member: memberId, name: z.string().nullable(), ...pair(z.int()) })),
}));
export const replayState = z.enum(['waiting', 'running', 'done', 'cancelled', 'failed']);
export const replayHead = named('ReplayHead', z.object({
  id: replayId, state: replayState, from: localDate, until: localDate, wallet: code, costPer100Minor: costPer100,
  changes: z.array(z.object({ rule: ruleId.nullable(), name: z.string(), change: z.enum(['changed', 'added', 'left_out']) })),
  /** Are levels changed, and what earns, which sets of articles and segments (their names), and what of wallets. */
  ladder: z.boolean(), base: z.boolean(), sets: z.array(z.string()), segments: z.array(z.string()), wallets: z.array(replayWallet), membersAs,
  madeBy: z.string(), madeAt: instant, endedAt: instant.nullable(), done: z.int(), total: z.int(),
}));
export const replay = named('Replay', replayHead.extend({ result: replayResult.nullable() }));
export const replayList = named('ReplayList', z.object({ items: z.array(replayHead) }));
export const replayTableName = z.enum(['months', 'rules', 'members', 'segments', 'thresholds', 'levels']);
/** A table of the result as a file: CSV with a header, separated by commas. */
export const replayTable = named('ReplayTable', z.object({ fileName: z.string(), text: z.string() }));
