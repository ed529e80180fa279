import type { LocalDate } from './calendar.ts';
import type { CompiledRuleset } from './compile.ts';
import type { Facts } from './facts.ts';
import type { Frozen } from './frozen.ts';
import type { Points } from './points.ts';
import type { Trace } from './trace.ts';

/** Points that one rule version gives for one document. */
export type Award = {
  readonly walletNo: number;
  readonly ruleId: number;
  readonly version: number;
  /** Always positive. */
  readonly points: Points;
  /** Last local date on which the points are good. */
  readonly expiresOn: LocalDate | null;
  /** Local date from whose start the points may be used. */
  readonly pendingUntil: LocalDate | null;
  /** By line, in the order of `linesOf(document)`; they add up to `points`. */
  readonly shares: readonly Points[];
};

export type Decision = {
  readonly awards: readonly Award[];
  readonly trace: Trace;
  /** What to add to the counters of rules that have a cap per member and day or a program budget. */
  readonly capUse: readonly { readonly ruleId: number; readonly points: Points }[];
  readonly frozen: Frozen;
};

/** Decides one sale. Pure; never mutates its arguments. */
export function decide(_compiled: CompiledRuleset, _facts: Facts): Decision {
  throw new Error('being written');
}
