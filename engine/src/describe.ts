import type { RuleDefinition } from './rules.ts';
import type { Lang, UnitWords } from './words.ts';

/** One sentence that says what a rule does. `currency` is the program's. */
export function describeRule(_definition: RuleDefinition, _input: { readonly lang: Lang; readonly currency: string; readonly unit?: UnitWords }): string {
  throw new Error('being written');
}
