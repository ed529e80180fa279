import { z } from 'zod';
import { code, instant, localDate, named, points, positivePoints, ruleId, text } from './shapes.ts';
import { datedExpiries } from './wallets.ts';

const conditionValue = z.union([z.string().max(200), z.int(), z.boolean(), z.array(z.union([z.string().max(200), z.int()])).max(1000)]);
/** A tree of tests. The attribute and operator tables of `engine` say which leaf is meaningful. */
export type ConditionShape =
  | { all: ConditionShape[] } | { any: ConditionShape[] } | { none: ConditionShape[] }
  | { attribute: string; operator: string; value?: string | number | boolean | (string | number)[] | undefined };
export const condition: z.ZodType<ConditionShape> = named('Condition', z.lazy(() => z.union([
  z.strictObject({ all: z.array(condition).max(50) }),
  z.strictObject({ any: z.array(condition).max(50) }),
  z.strictObject({ none: z.array(condition).max(50) }),
  z.strictObject({ attribute: z.string().min(1).max(80), operator: z.string().min(1).max(40), value: conditionValue.optional() }),
])));

export const effect = named('Effect', z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('perAmount'), points: positivePoints, perMinor: z.int().min(1).max(100_000_000), rounding: z.enum(['down', 'nearest', 'up']), per: z.enum(['transaction', 'line']) }),
  z.strictObject({ kind: z.literal('fixed'), points: positivePoints }),
  z.strictObject({ kind: z.literal('multiplier'), numerator: z.int().min(1).max(1000), denominator: z.int().min(1).max(1000) }),
]));
export const ruleExpiry = named('RuleExpiry', z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('wallet') }),
  ...datedExpiries,
]));
/** What a rule answers to; absent: purchases. */
export const ruleTrigger = named('RuleTrigger', z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('sale') }), z.strictObject({ kind: z.literal('event'), type: code })]));
export const ruleDefinition = named('RuleDefinition', z.strictObject({
  name: text(80), description: text(300).optional(), trigger: ruleTrigger.optional(), wallet: code, when: condition.nullable(), lines: condition.nullable(), effect,
  schedule: z.strictObject({ from: localDate.nullable(), until: localDate.nullable() }),
  priority: z.int().min(0).max(1000), exclusiveGroup: code.nullable(),
  caps: z.strictObject({ perTransaction: points.nullable(), perMemberDay: points.nullable(), perProgram: points.nullable() }),
  expiry: ruleExpiry, pendingDays: z.int().min(0).max(365).nullable(),
}));
export const ruleVersion = named('RuleVersion', z.object({
  version: z.int(), definition: ruleDefinition, publishedAt: instant, publishedBy: z.string(), inForceFrom: instant,
}));
export const earningRule = named('EarningRule', z.object({
  id: ruleId, name: z.string(), state: z.enum(['draft', 'active', 'paused', 'ended']), revision: z.int(),
  draft: ruleDefinition.nullable(), current: ruleVersion.nullable(), sentence: z.string(), changedAt: instant,
  /** A step that waits for another person; `version`: the older one that comes back. */
  proposal: z.object({ step: z.enum(['publish', 'resume', 'end']), version: z.int().nullable(), inForceFrom: instant.nullable(), by: z.string(), at: instant }).nullable(),
}));
export const earningRuleDetail = named('EarningRuleDetail', earningRule.extend({ versions: z.array(ruleVersion) }));
export const earningRuleList = named('EarningRuleList', z.object({
  items: z.array(earningRule), ruleset: z.int(),
  base: z.object({ kinds: z.array(z.string()), excludedCategories: z.array(z.string()), paidWithPointsEarns: z.boolean() }),
}));
export const newRule = named('NewEarningRule', z.strictObject({ definition: ruleDefinition }));
/** `revision` is the one that was read: a draft changed meanwhile by somebody else is not overwritten. */
export const ruleChange = named('EarningRuleChange', z.strictObject({ revision: z.int().min(1), definition: ruleDefinition }));
/** `despiteNotice`: people know that members may get less by it and have less notice than the program gives. */
const publishing = { revision: z.int().min(1), inForceFrom: instant.optional(), despiteNotice: z.boolean().optional() };
export const rulePublish = named('EarningRulePublish', z.strictObject(publishing));
export const ruleRollback = named('EarningRuleRollback', z.strictObject({ ...publishing, version: z.int().min(1) }));
/** Versions to compare; absent: the newest published one with the draft. */
export const ruleDifferenceQuery = z.strictObject({ from: z.coerce.number().int().min(1).optional(), to: z.coerce.number().int().min(1).optional() });
export const ruleDifference = named('RuleDifference', z.object({
  changes: z.array(z.object({ field: z.string(), name: z.string(), before: z.string(), after: z.string(), verdict: z.enum(['worse', 'better', 'same']) })),
  /** What may lower what members get; null when nothing can. Then it can be in force at once, else not before `earliest`. */
  worse: z.string().nullable(), noticeDays: z.int(), earliest: instant,
}));
export const ruleStep = named('EarningRuleStep', z.strictObject({ revision: z.int().min(1) }));
