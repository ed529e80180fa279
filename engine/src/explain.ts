import type { SaleDocument } from './facts.ts';
import type { Points } from './points.ts';
import type { Ruleset } from './rules.ts';
import type { Trace } from './trace.ts';
import type { Lang, UnitWords } from './words.ts';

export type Explanation = {
  readonly awards: readonly { readonly ruleId: number; readonly version: number; readonly walletNo: number; readonly rule: string; readonly points: Points; readonly reason: string }[];
  readonly notApplied: readonly { readonly ruleId: number; readonly version: number; readonly rule: string; readonly code: string; readonly reason: string }[];
};

/** Words for a stored trace, with the ruleset and document it was decided by. `units` gives the wallet's unit; default: points. */
export function explain(_input: {
  readonly ruleset: Ruleset; readonly trace: Trace; readonly document: SaleDocument; readonly lang: Lang;
  readonly units?: (walletNo: number) => UnitWords;
}): Explanation {
  throw new Error('being written');
}
