import { z } from 'zod';
import { MESSAGE_TEXT_MAX, SUBJECT_MAX } from '@wracam/engine/rule-message';
import { amountMinor, code, instant, localDate, named, points, positivePoints, ruleId, text } from './shapes.ts';
import { grantKind, lineKind } from './transactions.ts';
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

const rounding = z.enum(['down', 'nearest', 'up']);
/** `steps`: only what fills the unit counts; 5 points for every full 100 zł are 5 for 199 zł. The others round a share. */
const rateRounding = z.enum(['down', 'nearest', 'up', 'steps']);
const per = z.enum(['transaction', 'line']);
const perMinor = z.int().min(1).max(100_000_000);
const messageText = z.strictObject({ subject: z.string().max(SUBJECT_MAX), text: z.string().max(MESSAGE_TEXT_MAX) });
/** Fields in braces are filled in for each member: {imię}, {punkty}, {saldo}, {zasada}, or {name}, {points}, {balance}, {rule}. Without English words, Polish ones go to everybody. */
export const ruleMessage = named('RuleMessage', z.strictObject({ pl: messageText, en: messageText.nullable().optional() }));
/** What a rule gives. Which numbers go together is the engine's to say: `invalid_request` names what does not. */
export const effect = named('Effect', z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('perAmount'), points: positivePoints, perMinor, rounding: rateRounding, per }),
  /** `perThousandths`: 1000 is a piece, 500 half a kilogram. `of`: counts a whole number that the document or event carries instead of quantities. */
  z.strictObject({
    kind: z.literal('perUnit'), points: positivePoints, perThousandths: z.int().min(1).max(1_000_000_000), rounding: rateRounding, per,
    of: z.strictObject({ field: z.string().regex(/^[a-z][a-zA-Z0-9_]{0,39}$/) }).nullable().optional(),
  }),
  z.strictObject({ kind: z.literal('fixed'), points: positivePoints }),
  /** 250 is 2.5 % of the matching amount, in minor units: for a wallet whose unit is the minor unit of the currency. */
  z.strictObject({ kind: z.literal('percent'), basisPoints: z.int().min(1).max(10_000), rounding, per }),
  z.strictObject({ kind: z.literal('multiplier'), numerator: z.int().min(1).max(1000), denominator: z.int().min(1).max(1000) }),
  /** 150 is × 1.5. */
  z.strictObject({ kind: z.literal('tierMultiplier'), tiers: z.array(z.strictObject({ tier: code, hundredths: z.int().min(100).max(10_000) })).min(1).max(20) }),
  /** Something that is not points, once or for every full `perMinor` spent. A `message` has words, and there is one of it. A `badge` is held or not: a rule written today gives one, for no amount. */
  z.strictObject({ kind: z.literal('grant'), what: grantKind, code, count: z.int().min(1).max(1000), perMinor: perMinor.nullable().optional(), message: ruleMessage.nullable().optional() }),
]));
export const ruleExpiry = named('RuleExpiry', z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('wallet') }),
  ...datedExpiries,
]));
/** The most that a rule gives; weeks begin on Monday, dates are local. Of a grant the caps count pieces. */
export const ruleCaps = named('RuleCaps', z.strictObject({
  perTransaction: points.nullable(), perMemberDay: points.nullable(), perProgram: points.nullable(),
  perMemberWeek: points.nullable().optional(), perMemberMonth: points.nullable().optional(), perMemberYear: points.nullable().optional(), perMemberEver: points.nullable().optional(),
  perHouseholdDay: points.nullable().optional(), perHouseholdMonth: points.nullable().optional(), perHouseholdEver: points.nullable().optional(),
  perCompanyDay: points.nullable().optional(), perCompanyMonth: points.nullable().optional(), perCompanyEver: points.nullable().optional(),
  /** A budget in money: `per1000` is what a thousand points cost, in minor units. */
  programMoney: z.strictObject({ limitMinor: amountMinor, per1000: amountMinor }).nullable().optional(),
}));
/** What a rule answers to; absent: purchases. Of events `return` alone has lines: what was given back. */
export const ruleTrigger = named('RuleTrigger', z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('sale') }), z.strictObject({ kind: z.literal('event'), type: code })]));
export const ruleDefinition = named('RuleDefinition', z.strictObject({
  name: text(80), description: text(300).optional(), trigger: ruleTrigger.optional(), wallet: code, when: condition.nullable(), lines: condition.nullable(), effect,
  schedule: z.strictObject({ from: localDate.nullable(), until: localDate.nullable() }),
  priority: z.int().min(0).max(1000), exclusiveGroup: code.nullable(),
  /** Of the rules of one wallet that name one group, only the one that gives most for this document stays. */
  bestOfGroup: code.nullable().optional(),
  /** Its points are not multiplied. */
  afterMultipliers: z.boolean().optional(),
  caps: ruleCaps,
  expiry: ruleExpiry, pendingDays: z.int().min(0).max(365).nullable(),
}));
/** A published version. `withdrawnBy`: the later one that took its place before its day came, so it never was and never will be in force. */
export const versionShape = { version: z.int(), publishedAt: instant, publishedBy: z.string(), inForceFrom: instant, withdrawnBy: z.int().nullable() };
export const ruleVersion = named('RuleVersion', z.object({ ...versionShape, definition: ruleDefinition }));
const stopStep = z.enum(['pause', 'end']);
export const earningRule = named('EarningRule', z.object({
  /** `name` and `sentence`: of `current`; of the draft where nothing was published. */
  id: ruleId, name: z.string(), state: z.enum(['draft', 'active', 'paused', 'ended']), revision: z.int(),
  draft: ruleDefinition.nullable(),
  /** The version in force; where none has begun yet, the one that will be the first. */
  current: ruleVersion.nullable(), sentence: z.string(), changedAt: instant,
  /** The rule runs until then and will be paused or ended; resuming it calls this off. */
  stop: z.object({ step: stopStep, inForceFrom: instant }).nullable(),
  /** A step that waits for another person; `version`: the older one that comes back. */
  proposal: z.object({ step: z.enum(['publish', 'pause', 'resume', 'end']), version: z.int().nullable(), inForceFrom: instant.nullable(), by: z.string(), yours: z.boolean(), at: instant }).nullable(),
}));
export const earningRuleDetail = named('EarningRuleDetail', earningRule.extend({ versions: z.array(ruleVersion) }));
const excluded = z.array(text(80)).max(500);
/** What earns at all, and how several multipliers work together: settled once for the program. */
const baseShape = {
  kinds: z.array(lineKind).min(1).max(4), excludedCategories: excluded, excludedBrands: excluded, excludedSkus: excluded, paidWithPointsEarns: z.boolean(),
  /** `net`: each line less its tax, rounded by itself as `netRounding` says; a line that names no tax rate counts whole. */
  amounts: z.enum(['gross', 'net']), netRounding: rounding,
  /** `before`: what was taken off as a discount earns too. */
  discount: z.enum(['after', 'before']),
  /** Bonuses `add` (two × 2 make × 3), or each works on what the ones before it made (`multiply`: × 4). */
  multipliers: z.enum(['add', 'multiply']),
};
export const baseSettings = named('EarningBaseSettings', z.strictObject(baseShape));
const baseVersion = z.object({ ...versionShape, settings: baseSettings });
/** A publication that waits for another person; `version`: the older one that comes back, null: the draft. */
export const waitingPublication = z.object({ version: z.int().nullable(), inForceFrom: instant.nullable(), by: z.string(), yours: z.boolean(), at: instant }).nullable();
/** What earns at this moment (`version`), with the draft that is worked on and every version, planned ones too. Of these the last that has begun is in force. */
export const earningBase = named('EarningBase', z.object({
  ...baseShape, version: z.int(), revision: z.int(), ruleset: z.int(), changedAt: instant.nullable(),
  draft: baseSettings.nullable(), proposal: waitingPublication, versions: z.array(baseVersion),
}));
/** `revision` is the one that was read. */
export const earningBaseChange = named('EarningBaseChange', z.strictObject({ ...baseShape, revision: z.int().min(0) }));
export const earningRuleList = named('EarningRuleList', z.object({ items: z.array(earningRule), ruleset: z.int(), base: z.object(baseShape) }));
export const newRule = named('NewEarningRule', z.strictObject({ definition: ruleDefinition }));
/** `revision` is the one that was read: a draft changed meanwhile by somebody else is not overwritten. */
export const ruleChange = named('EarningRuleChange', z.strictObject({ revision: z.int().min(1), definition: ruleDefinition }));
/** `despiteNotice`: people know that members may get less by it and have less notice than the program gives. */
const publishing = { revision: z.int().min(1), inForceFrom: instant.optional(), despiteNotice: z.boolean().optional() };
/** Things that have no revision of their own before they are first touched begin with 0. */
const fromNothing = { ...publishing, revision: z.int().min(0) };
export const publication = named('Publication', z.strictObject(fromNothing));
export const publicationRollback = named('PublicationRollback', z.strictObject({ ...fromNothing, version: z.int().min(1) }));
export const publicationStep = named('PublicationStep', z.strictObject({ revision: z.int().min(0) }));
export const rulePublish = named('EarningRulePublish', z.strictObject(publishing));
export const ruleRollback = named('EarningRuleRollback', z.strictObject({ ...publishing, version: z.int().min(1) }));
/** Versions to compare; `from` absent: what is in force on the day from which `to` (absent: the draft) would count (`inForceFrom`, absent: now), and what is promised for the days of the notice. */
export const ruleDifferenceQuery = z.strictObject({ from: z.coerce.number().int().min(1).optional(), to: z.coerce.number().int().min(1).optional(), inForceFrom: instant.optional() });
/** `step`: what stopping the rule from `inForceFrom` on would change instead. */
export const ruleOrStopQuery = ruleDifferenceQuery.extend({ step: stopStep.optional() });
export const ruleDifference = named('RuleDifference', z.object({
  changes: z.array(z.object({ field: z.string(), name: z.string(), before: z.string(), after: z.string(), verdict: z.enum(['worse', 'better', 'same']) })),
  /** What may lower what members get; null when nothing can. Then it can be in force at once, else not before `earliest`. */
  worse: z.string().nullable(), noticeDays: z.int(), earliest: instant,
  /** Versions planned for that day or later, whose place the publication would take. */
  withdraws: z.array(z.object({ version: z.int(), inForceFrom: instant })),
}));
/** The rule as it is then; null: it was never published, so it is gone whole. */
export const discardedDraft = named('DiscardedDraft', z.object({ rule: earningRuleDetail.nullable() }));
export const ruleStep = named('EarningRuleStep', z.strictObject({ revision: z.int().min(1) }));
