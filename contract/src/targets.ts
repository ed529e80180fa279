import { RETURN_DAYS_MAX, TARGET_COUNTS, TARGET_EVERY, TARGET_GROUPS_MAX, TARGET_SETTLES, TARGET_SIDES } from '@wracam/engine/targets/definition';
import { z } from 'zod';
import { condition } from './rules.ts';
import { instant, localDate, memberId, named, targetId, text } from './shapes.ts';

const amount = z.int().min(1).max(100_000_000_000);
/** A sum of what a target counts: minor units, documents, or thousandths; returns may bring it below zero. */
const sum = z.int();
const code = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/);
const side = z.enum(TARGET_SIDES);
const counts = z.enum(TARGET_COUNTS);
const period = z.object({ no: z.int(), from: localDate, until: localDate });

export const targetDefinition = named('TargetDefinition', z.strictObject({
  name: text(80), description: text(300).nullable(), side, /** Of `member`: only people in one of these; of `group`: those that take part. */ groups: z.array(text(40)).max(TARGET_GROUPS_MAX), counts,
  when: condition.nullable(), lines: condition.nullable(), /** Null: only those with an amount of their own take part. */ amount: amount.nullable(),
  window: z.strictObject({ every: z.enum(TARGET_EVERY), from: localDate, until: localDate.nullable() }), settle: z.enum(TARGET_SETTLES),
  /** Days after a period in which its returns and late documents still count. */
  returnDays: z.int().min(0).max(RETURN_DAYS_MAX),
}));

export const target = named('Target', z.object({
  id: targetId, /** By which rules name it. */ code, state: z.enum(['draft', 'active', 'ended']), revision: z.int(), definition: targetDefinition, sentence: z.string(), startedAt: instant.nullable(), changedAt: instant,
  /** The period that runs; the first before it, the last after it. */
  period, figures: z.object({ participants: z.int(), reached: z.int(), value: sum, amount: sum, /** Events that members have of it, of all periods. */ events: z.int() }),
  /** Does any rule in force answer to a reached target: without one nobody gets anything. */
  answered: z.boolean(),
}));
export const targetList = named('TargetList', z.object({ items: z.array(target) }));
export const newTarget = named('NewTarget', z.strictObject({ code, definition: targetDefinition }));
/** `revision` is the one that was read: what somebody else changed meanwhile is not overwritten. */
export const targetChange = named('TargetChange', z.strictObject({ revision: z.int().min(1), code, definition: targetDefinition }));

/** `period`: by its number; absent: the one that runs. */
export const targetProgressQuery = z.strictObject({ period: z.coerce.number().int().min(0).max(1_000_000).optional() });
export const targetProgress = named('TargetProgress', z.object({
  period, /** Periods that have begun, the newest first. */ periods: z.array(period), settled: z.boolean(), figures: z.object({ participants: z.int(), reached: z.int(), value: sum, amount: sum }),
  /** At most 500, those nearest to their amount first. */
  participants: z.array(z.object({ /** Of a member the own id; of a company or a group null. */ member: memberId.nullable(), number: z.string().nullable(), name: z.string().nullable(), value: sum, amount, percent: z.int() })),
}));

const ownAmount = z.object({ /** A member as `number:…`, a company's or a group's name. */ participant: z.string(), name: z.string().nullable(), amount });
export const targetAmounts = named('TargetAmounts', z.object({ revision: z.int(), items: z.array(ownAmount) }));
export const targetAmountsChange = named('TargetAmountsChange', z.strictObject({
  revision: z.int().min(1), items: z.array(z.strictObject({ /** A member as everywhere in addresses (`mem_…`, `number:…`, `external:…`); a company's or a group's name. */ participant: text(120), amount })).max(2_000),
}));

export const memberTargets = named('MemberTargets', z.object({
  items: z.array(z.object({
    id: targetId, name: z.string(), description: z.string().nullable(), sentence: z.string(), side, /** The company's or the group's name; null: the member's own. */ of: z.string().nullable(), counts,
    value: sum, amount, percent: z.int(), missing: sum, /** The member's own part of the sum. */ own: sum, state: z.enum(['coming', 'running', 'reached', 'over']), period,
    /** Whole days left, today included; null when the period is over. */
    daysLeft: z.int().nullable(), settle: z.enum(TARGET_SETTLES), /** The last day on which returns count. */ countsUntil: localDate,
  })),
}));
