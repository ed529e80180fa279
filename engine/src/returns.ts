import type { CompiledRuleset } from './compile.ts';
import type { SaleDocument } from './facts.ts';
import type { Frozen } from './frozen.ts';
import type { Minor, Points } from './points.ts';

/** What is left of a line of a sale. Quantity in thousandths. */
export type RemainingLine = { readonly lineId: string; readonly quantity: number; readonly amountMinor: Minor };

export type Kept = {
  /** Per wallet: what stays of the sale's points. */
  readonly wallets: readonly { readonly walletNo: number; readonly booked: Points; readonly kept: Points }[];
  /** Per award of the sale, in its order; sums up to the wallets. */
  readonly awards: readonly { readonly walletNo: number; readonly ruleId: number; readonly booked: Points; readonly kept: Points }[];
};

/** What a sale keeps of its points once only `remaining` of its lines stay: min(f(remaining), f(all)) per wallet, f(nothing) = 0. */
export function keptPoints(_compiled: CompiledRuleset, _sale: SaleDocument, _frozen: Frozen, _remaining: readonly RemainingLine[]): Kept {
  throw new Error('being written');
}

/** A line of a return: by amount, or by quantity alone (the amount follows from the sale's line). */
export type ReturnedLine = { readonly lineId: string; readonly quantity: number | null; readonly amountMinor: Minor | null };

export type AppliedReturn = {
  readonly remaining: readonly RemainingLine[];
  /** What was really taken from the sale, by return line. */
  readonly taken: readonly RemainingLine[];
  /** More than was bought, by return line: recorded, takes no points. */
  readonly excess: readonly RemainingLine[];
};

/** The sale's lines before any return. */
export function remainingOf(_sale: SaleDocument): RemainingLine[] {
  throw new Error('being written');
}

/** Takes a return's lines off what remains of a sale. */
export function applyReturn(_sale: SaleDocument, _remaining: readonly RemainingLine[], _returned: readonly ReturnedLine[]): AppliedReturn {
  throw new Error('being written');
}
