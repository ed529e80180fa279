import { AMOUNT_MAX } from './bounds.ts';
import type { CompiledRuleset } from './compile.ts';
import type { Matched } from './earning.ts';
import { linesOf, type Line, type SaleDocument } from './facts.ts';
import { prorate, roundBy, type Minor } from './points.ts';
import type { EarningBase } from './rules.ts';

/** A base with its lists as sets; null where nothing is excluded. */
export type CompiledBase = {
  readonly kinds: ReadonlySet<string>;
  readonly categories: ReadonlySet<string> | null;
  readonly brands: ReadonlySet<string> | null;
  readonly skus: ReadonlySet<string> | null;
  readonly base: EarningBase;
  /** Amounts count as they stand: gross, after discount. */
  readonly plain: boolean;
};

const setOf = (list: readonly string[] | undefined): ReadonlySet<string> | null => (list === undefined || list.length === 0 ? null : new Set(list));

export const compileBase = (base: EarningBase): CompiledBase => ({
  kinds: new Set(base.kinds), categories: setOf(base.excludedCategories), brands: setOf(base.excludedBrands), skus: setOf(base.excludedSkus), base,
  plain: base.amounts !== 'net' && base.discount !== 'before',
});

/** Does a line of a purchase earn at all, whatever it is worth. */
export function lineEarns({ kinds, categories, brands, skus }: CompiledBase, line: Line): boolean {
  return kinds.has(line.kind) && categories?.has(line.category) !== true && skus?.has(line.sku) !== true && (brands === null || line.brand === null || !brands.has(line.brand));
}

/**
 * Lines that earn, and the amount that counts of each: what was paid, with the discount where that earns too, less what was paid with points
 * (`paid`, by line) unless that earns, less tax where amounts are net. The base is about purchases: an event earns as it is.
 */
export function earningLines({ base: compiled }: CompiledRuleset, document: SaleDocument, lines: readonly Line[], paid: readonly Minor[] | null): Matched {
  const amounts: number[] = [];
  let total = 0;
  let count = 0;
  let discounts = 0;
  const isEvent = document.event !== null;
  const takenOff = isEvent || compiled.base.paidWithPointsEarns ? null : paid;
  for (let i = 0; i < lines.length; i += 1) {
    const line = lines[i]!;
    if (!isEvent && !lineEarns(compiled, line)) {
      amounts.push(-1);
      continue;
    }
    let amount = takenOff === null ? line.amountMinor : line.amountMinor - takenOff[i]!;
    if (!compiled.plain && !isEvent) {
      if (compiled.base.discount === 'before') {
        // Discounts are told by the till alone and never compared with anything: all of them together count up to the bound of an amount.
        const discount = Math.max(0, Math.min(line.discountMinor, AMOUNT_MAX - discounts));
        discounts += discount;
        amount += discount;
      }
      if (compiled.base.amounts === 'net' && line.taxRateBps !== null) amount = roundBy(compiled.base.netRounding ?? 'nearest', amount, 10_000, 10_000 + line.taxRateBps);
    }
    amounts.push(amount);
    total += amount;
    count += 1;
  }
  return { amounts, total, count };
}

/** What was paid with points, by line (by amount, parts add up): never more than the lines are worth. */
export function spreadPaid(document: SaleDocument): readonly Minor[] {
  const amounts = linesOf(document).map((line) => line.amountMinor);
  return prorate(Math.min(document.paidWithPointsMinor, amounts.reduce((sum, amount) => sum + amount, 0)), amounts);
}
