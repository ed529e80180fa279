import type { Fault } from './faults.ts';
import type { Ruleset } from './rules.ts';

/** What a rule may refer to. */
export type RuleContext = { readonly wallets: readonly string[] };

/** Every fault of a rule definition that came from outside; empty means it is a RuleDefinition. */
export function validateRule(_input: unknown, _context?: RuleContext): Fault[] {
  throw new Error('being written');
}

/** Every fault of the rules together: unknown wallets, sums that could leave the safe integers. */
export function validateRuleset(_ruleset: Ruleset): Fault[] {
  throw new Error('being written');
}
