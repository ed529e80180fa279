import type { Ruleset } from './rules.ts';

/** A ruleset made ready to decide; opaque but for the ruleset. */
export type CompiledRuleset = { readonly ruleset: Ruleset };

/** Compiles once per ruleset number. Throws RangeError with the first fault of `validateRuleset`. */
export function compileRuleset(_ruleset: Ruleset): CompiledRuleset {
  throw new Error('being written');
}
