import type { Instant } from '../calendar.ts';
import type { Points } from '../points.ts';
import type { History } from './history.ts';
import type { Kernel } from './kernel.ts';
import { MOVED } from './lots.ts';

/** Points of a stretch of time by what moved them; `net` is by how much the balance of all grew. */
export type StretchSums = { readonly earned: Points; readonly returned: Points; readonly spent: Points; readonly expired: Points; readonly other: Points; readonly net: Points };
export type RuleTotals = { readonly points: Points; readonly documents: number; readonly capped: number; readonly cut: Points };
/** What came of a replay, of the chosen wallet. */
export type Totals = {
  readonly opening: Points; readonly stretches: readonly StretchSums[]; readonly rules: ReadonlyMap<number, RuleTotals>; readonly shortfalls: number;
  /** Points that all owe at the end. */
  readonly owed: Points;
  /** By member: points earned less those taken back, who of them had any such movement, and what is usable at the end. */
  readonly earned: Float64Array; readonly touched: Uint8Array; readonly available: Float64Array;
};

/** Points of a stretch of time, six numbers each. */
const WIDTH = 6;
const NET = 5;
const OTHER = 4;

export function openTotals({ members }: History, beginnings: readonly Instant[], kernels: readonly Kernel[]) {
  const sums = new Float64Array((beginnings.length + 1) * WIDTH);
  const from = Float64Array.from(beginnings);
  const earned = new Float64Array(members.count);
  const touched = new Uint8Array(members.count);
  const byKernel = new Map(kernels.map((kernel) => [kernel, new Float64Array(kernel.points.length * 4)]));
  let shortfalls = 0;
  let owed = 0;
  const stretchOf = (at: Instant): number => {
    let low = 0;
    let high = from.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (from[middle]! <= at) low = middle + 1; else high = middle;
    }
    return low;
  };
  return {
    available: new Float64Array(members.count),
    count(kind: number, member: number, points: Points, at: Instant): void {
      const stretch = stretchOf(at);
      const base = stretch * WIDTH;
      const net = kind === MOVED.earned || kind === MOVED.refunded || kind === MOVED.given ? points : -points;
      sums[base + NET]! += net;
      switch (kind) {
        case MOVED.earned: sums[base]! += points; break;
        case MOVED.returned: sums[base + 1]! += points; break;
        case MOVED.spent: sums[base + 2]! += points; break;
        case MOVED.refunded: sums[base + 2]! -= points; break;
        case MOVED.expired: sums[base + 3]! += points; break;
        default: sums[base + OTHER]! += net;
      }
      if (kind > MOVED.returned || stretch === 0) return;
      earned[member]! += net;
      touched[member] = 1;
    },
    awarded(kernel: Kernel, rule: number, points: Points): void {
      const own = byKernel.get(kernel)!;
      own[rule * 4]! += points;
      own[rule * 4 + 1]! += 1;
    },
    capped(kernel: Kernel, rule: number, cut: Points): void {
      const own = byKernel.get(kernel)!;
      own[rule * 4 + 2]! += 1;
      own[rule * 4 + 3]! += cut;
    },
    fellShort(): void { shortfalls += 1; },
    owes(points: Points): void { owed += points; },
    close(this: { available: Float64Array }): Totals {
      const rules = new Map<number, RuleTotals>();
      for (const [kernel, own] of byKernel) {
        for (const { index, ruleId } of kernel.compiled.rules) {
          const [points, documents, capped, cut] = own.subarray(index * 4, index * 4 + 4) as unknown as [number, number, number, number];
          if (documents === 0 && capped === 0) continue;
          const before = rules.get(ruleId) ?? { points: 0, documents: 0, capped: 0, cut: 0 };
          rules.set(ruleId, { points: before.points + points, documents: before.documents + documents, capped: before.capped + capped, cut: before.cut + cut });
        }
      }
      const stretches = beginnings.map((_, i): StretchSums => {
        const base = (i + 1) * WIDTH;
        return { earned: sums[base]!, returned: sums[base + 1]!, spent: sums[base + 2]!, expired: sums[base + 3]!, other: sums[base + OTHER]!, net: sums[base + NET]! };
      });
      return { opening: sums[NET]!, stretches, rules, shortfalls, owed, earned, touched, available: this.available };
    },
  };
}
