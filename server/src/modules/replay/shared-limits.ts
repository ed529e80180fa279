import { CIRCLE_CAP_OF } from '@wracam/engine/periods';
import type { RulesetRule } from '@wracam/engine/rules';
import type { ReplayPlan } from './machine.ts';

const CIRCLE_CAPS = Object.values(CIRCLE_CAP_OF);

/** Is what a household or a company gets from any of these rules limited. */
export const limitsCircles = (rules: readonly RulesetRule[]): boolean => rules.some(({ definition: { caps } }) => CIRCLE_CAPS.some((cap) => (caps[cap] ?? null) !== null));

/** Do members share a limit of any rule, so that what one of them has changes what another gets. */
export const sharesLimits = ({ published, right = [] }: ReplayPlan): boolean => [...published, ...right.map((one) => one.ruleset)]
  .some(({ rules }) => limitsCircles(rules) || rules.some(({ definition: { caps } }) => caps.perProgram !== null || (caps.programMoney ?? null) !== null));
