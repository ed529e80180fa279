import { z } from 'zod';
import { code, goalId, instant, localDate, memberId, named, pointsSum, repairId, ruleId, told, transactionId, whomToTell } from './shapes.ts';

export const repairInput = named('RepairInput', z.strictObject({
  rule: ruleId,
  /** The published version that was right; without it the rule's draft. */
  version: z.int().min(1).optional(),
  /** First and last local date of the documents that were decided wrongly, both included. */
  from: localDate, until: localDate,
}));
const reason = z.string().trim().min(1).max(500);
/** Why: every member whose points change reads it. Nobody is told of it otherwise unless `tell` names whom. */
export const repairReason = named('RepairReason', z.strictObject({ reason, tell: whomToTell }));

/** Which of the steps another person's agreement is given to, or refused. */
export const repairStep = named('RepairStep', z.strictObject({ step: z.enum(['book', 'undo']) }));

export const repairState = z.enum(['waiting', 'running', 'ready', 'booking', 'booked', 'undoing', 'undone', 'cancelled', 'failed']);
const act = z.object({ by: z.string(), at: instant, reason: z.string(), tells: z.array(told) });
export const repairHead = named('RepairHead', z.object({
  id: repairId, state: repairState, rule: z.object({ id: ruleId, name: z.string() }), version: z.int().nullable(), from: localDate, until: localDate,
  madeBy: z.string(), madeAt: instant, countedAt: instant.nullable(), booked: act.nullable(), undone: act.nullable(),
  /** Waits for another person. */
  proposal: act.extend({ yours: z.boolean(), step: z.enum(['book', 'undo']) }).nullable(),
  /** Of the work at hand: documents while counting, differences while booking and undoing. */
  done: z.int(), total: z.int(),
}));
export const repairResult = named('RepairResult', z.object({
  documents: z.int(),
  /** Documents decided again by the rules of then: `differing` of `checked` do not come to what is booked; `first` is the first of these. */
  check: z.object({ checked: z.int(), differing: z.int(), first: transactionId.nullable() }),
  /** Can it be booked: everybody who is not left out was decided again exactly. */
  bookable: z.boolean(),
  /** Members to whom nothing is booked: their documents do not come to what is booked even by the rules of then. */
  leftOut: z.object({ members: z.int(), top: z.array(z.object({ member: memberId, name: z.string().nullable(), documents: z.int() })) }),
  /** Members whose level changes by it, with names of levels. Null: nobody's does. `value`: the points that are measured. Names of members are masked. */
  levels: z.object({
    up: z.int(), down: z.int(), wallet: code.nullable(),
    top: z.array(z.object({ member: memberId, name: z.string().nullable(), from: z.string(), to: z.string(), valueFrom: z.int(), valueTo: z.int() })),
  }).nullable(),
  /** Thresholds of points: members who reach a higher or a lower step, and rewards that are given, taken back, and kept although no longer reached. */
  goals: z.array(z.object({
    goal: goalId, name: z.string(), wallet: code, reached: z.int(), lost: z.int(), given: z.int(), taken: z.int(), kept: z.int(),
    top: z.array(z.object({ member: memberId, name: z.string().nullable(), valueFrom: z.int(), valueTo: z.int(), given: z.int(), taken: z.int(), kept: z.int() })),
  })),
  /** Coupons, badges, draw tickets and tags of rules: pieces given anew, taken back, and not taken back because they are gone already or the account is closed. Before booking as counted. */
  grants: z.array(z.object({ what: z.enum(['coupon', 'badge', 'ticket', 'tag']), code: z.string(), members: z.int(), given: z.int(), taken: z.int(), kept: z.int() })),
  members: z.object({ gaining: z.int(), losing: z.int() }),
  wallets: z.array(z.object({ wallet: code, added: pointsSum, taken: pointsSum })),
  /** Points that booking, or undoing, could not take: they were spent and the wallet allows no more debt. */
  forgiven: pointsSum, kept: pointsSum,
  /** Whose points change most; names are masked. */
  top: z.array(z.object({ member: memberId, name: z.string().nullable(), wallet: code, points: z.int() })),
}));
export const repair = named('Repair', repairHead.extend({
  result: repairResult.nullable(),
  /** Of a booked one: returns of purchases of its days, and purchases of these days, that came after history was read for it. Counting again finds what they change. */
  since: z.object({ returned: z.int(), late: z.int() }).nullable(),
}));
export const repairList = named('RepairList', z.object({ items: z.array(repairHead) }));
/** Every member's difference: CSV with a header, separated by commas. */
export const repairTable = named('RepairTable', z.object({ fileName: z.string(), text: z.string() }));
