import type { Instant } from '@wracam/engine/calendar';
import { inForceAt, SINCE_ALWAYS } from '@wracam/engine/in-force';
import type { Condition } from '@wracam/engine/conditions';
import type { LineKind } from '@wracam/engine/facts';
import type { EarningBase, RuleDefinition, Ruleset, RulesetRule, RulesetWallet } from '@wracam/engine/rules';

export type RuleState = 'draft' | 'active' | 'paused' | 'ended';
export type RuleStep = 'publish' | 'pause' | 'resume' | 'end';

/** What may be done with a rule in each state. */
export const steps = {
  draft: { publish: 'active' }, active: { publish: 'active', pause: 'paused', resume: 'active', end: 'ended' }, paused: { publish: 'active', resume: 'active', end: 'ended' }, ended: {},
} as const satisfies Record<RuleState, Partial<Record<RuleStep, RuleState>>>;

/** What a rule is once it has stopped. */
export const stopped = { pause: 'paused', end: 'ended' } as const;

/** A rule that runs will stop at an instant, for a while or for good. */
export type PlannedStop = { readonly step: 'pause' | 'end'; readonly from: Instant };

/** The state after a step; null when it cannot be taken. Of a rule that runs a planned stop is called off by resuming it. */
export const stateAfter = ({ state, stop }: { readonly state: RuleState; readonly stop: PlannedStop | null }, step: RuleStep): RuleState | null =>
  (state === 'active' && step === 'resume' && stop === null ? null : (steps[state] as Partial<Record<RuleStep, RuleState>>)[step] ?? null);

/** What the organiser settles once for all rules: what earns, and how several multipliers work together. */
export type BaseSettings = Required<EarningBase> & { readonly multipliers: 'add' | 'multiply' };

/** What earns until the organiser says otherwise: goods and services as they were paid for, less what was paid with points. */
export const BASE: BaseSettings = {
  kinds: ['goods', 'service'] satisfies LineKind[], excludedCategories: [], excludedBrands: [], excludedSkus: [], paidWithPointsEarns: false,
  amounts: 'gross', netRounding: 'nearest', discount: 'after', multipliers: 'add',
};

/** What earns, as it was published; `publishedBy` as `writeActor` writes it. */
export type BaseVersion = { readonly version: number; readonly base: BaseSettings; readonly publishedAt: Instant; readonly publishedBy: string; readonly inForceFrom: Instant };
/** What every program begins with. */
export const FIRST_BASE: BaseVersion = { version: 1, base: BASE, publishedAt: SINCE_ALWAYS, publishedBy: 'system:', inForceFrom: SINCE_ALWAYS };

/** The published versions of one rule that runs, in the order of publication, until it stops; what they name is pinned for each moment. */
export type RulePlan = { readonly versions: readonly { readonly inForceFrom: Instant; readonly rule: RulesetRule }[]; readonly stopsAt: Instant | null };

const ruleAt = ({ versions, stopsAt }: RulePlan, moment: Instant): RulesetRule[] => (stopsAt !== null && stopsAt <= moment ? [] : [inForceAt(versions, moment)?.rule ?? []].flat());

/** What rules name, by exact version at a moment, and the moments at which that changes. */
export type Pinned = { readonly pin: (definition: RuleDefinition, at: Instant) => RuleDefinition; readonly changesAt: readonly Instant[] };

/**
 * The rulesets that a publication writes, in the order of their numbers: one for its own instant and one for every change already
 * planned after it, of a rule (its stop too), of what earns or of a set of articles, so that "the greatest number in force at t" is always the whole truth about t. A version
 * takes the place of what was planned for later before it was published.
 */
export function planRulesets(plans: readonly RulePlan[], bases: readonly BaseVersion[], at: Instant, firstNo: number, rest: Pick<Ruleset, 'timeZone' | 'currency' | 'eventReasons'> & { wallets: readonly RulesetWallet[] }, pinned: Pinned): { ruleset: Ruleset; inForceFrom: Instant }[] {
  const planned = [...[...plans.flatMap((plan) => plan.versions), ...bases].map((one) => one.inForceFrom), ...plans.map((plan) => plan.stopsAt ?? at), ...pinned.changesAt].filter((from) => from > at);
  const moments = [...new Set([at, ...planned])].sort((a, b) => a - b);
  return moments.map((moment, index) => {
    const { multipliers, ...base } = (inForceAt(bases, moment) ?? FIRST_BASE).base;
    return { inForceFrom: moment, ruleset: { ...rest, base, multipliers, no: firstNo + index, rules: plans.flatMap((plan) => ruleAt(plan, moment)).map((rule) => ({ ...rule, definition: pinned.pin(rule.definition, moment) })) } };
  });
}

/** A rule as it is told: a test without a value has none, though the engine's own (with which a program may have begun) carry null. So what is read can be sent back. */
export const toldRule = (rule: RuleDefinition): object => ({ ...rule, when: rule.when && toldCondition(rule.when), lines: rule.lines && toldCondition(rule.lines) });

function toldCondition(condition: Condition): object {
  if ('all' in condition) return { all: condition.all.map(toldCondition) };
  if ('any' in condition) return { any: condition.any.map(toldCondition) };
  if ('none' in condition) return { none: condition.none.map(toldCondition) };
  const { value, ...test } = condition;
  return value === null || value === undefined ? test : { ...test, value };
}
