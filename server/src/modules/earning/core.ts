import type { Instant } from '@wracam/engine/calendar';
import type { LineKind } from '@wracam/engine/facts';
import type { EarningBase, Ruleset, RulesetRule, RulesetWallet } from '@wracam/engine/rules';

export type RuleState = 'draft' | 'active' | 'paused' | 'ended';
export type RuleStep = 'publish' | 'pause' | 'resume' | 'end';

/** What may be done with a rule in each state. */
export const steps = {
  draft: { publish: 'active' }, active: { publish: 'active', pause: 'paused', end: 'ended' }, paused: { publish: 'active', resume: 'active', end: 'ended' }, ended: {},
} as const satisfies Record<RuleState, Partial<Record<RuleStep, RuleState>>>;

/** The state after a step; null when it cannot be taken. */
export const stateAfter = (state: RuleState, step: RuleStep): RuleState | null => (steps[state] as Partial<Record<RuleStep, RuleState>>)[step] ?? null;

/** What the organiser settles once for all rules: what earns, and how several multipliers work together. */
export type BaseSettings = Required<EarningBase> & { readonly multipliers: 'add' | 'multiply' };

/** What earns until the organiser says otherwise: goods and services as they were paid for, less what was paid with points. */
export const BASE: BaseSettings = {
  kinds: ['goods', 'service'] satisfies LineKind[], excludedCategories: [], excludedBrands: [], excludedSkus: [], paidWithPointsEarns: false,
  amounts: 'gross', netRounding: 'nearest', discount: 'after', multipliers: 'add',
};

/** A change of one rule at an instant: a version in force from then on, or no rule any more. */
export type RuleChange = { readonly ruleId: number; readonly from: Instant; readonly rule: RulesetRule | null };

/**
 * The rulesets that a publication writes, in the order of their numbers: one for its own instant and one for every change already
 * planned after it, so that "the greatest number in force at t" is always the whole truth about t.
 */
export function planRulesets(changes: readonly RuleChange[], at: Instant, firstNo: number, rest: Pick<Ruleset, 'timeZone' | 'currency' | 'base' | 'multipliers' | 'eventReasons'> & { wallets: readonly RulesetWallet[] }): { ruleset: Ruleset; inForceFrom: Instant }[] {
  const moments = [...new Set([at, ...changes.filter((change) => change.from > at).map((change) => change.from)])].sort((a, b) => a - b);
  return moments.map((moment, index) => {
    const rules = new Map<number, RulesetRule | null>();
    for (const change of changes) if (change.from <= moment) rules.set(change.ruleId, change.rule);
    return { inForceFrom: moment, ruleset: { ...rest, no: firstNo + index, rules: [...rules.values()].filter((rule) => rule !== null) } };
  });
}

/** The newest ruleset in force at an instant; null before the first. */
export function rulesetInForce(rulesets: readonly { no: number; inForceFrom: Instant }[], at: Instant): number | null {
  let found: number | null = null;
  for (const one of rulesets) if (one.inForceFrom <= at) found = one.no;
  return found;
}
