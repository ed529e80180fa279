import { applyReturn, type AppliedReturn, type RemainingLine, type ReturnedLine } from '@wracam/engine/returns';
import type { MetDemand, ReturnEffect } from './decision.ts';
import { linesOfTotal } from './lines-of-total.ts';
import { saleDocument, sumOf, type NewDocument } from './document.ts';
import type { SaleRecord } from './workspace.ts';

/** What a document asked of a sale and did not get, because others had taken it: lines, or of a total so many grosze. */
type Unmet = { readonly returnId: number; readonly lines: readonly ReturnedLine[]; readonly totalMinor: number };

const sumMet = (met: readonly MetDemand[]) => ({ quantity: met.reduce((sum, [, , quantity]) => sum + quantity, 0), amountMinor: met.reduce((sum, [, , , amountMinor]) => sum + amountMinor, 0) });

/** What documents got later, when a correction gave back what had been taken before them. */
const metOf = ({ returns }: SaleRecord): MetDemand[] => returns.flatMap(({ effect }) => effect?.met ?? []);

/** What a return and its corrections hold of a line besides what they took themselves: what was met later of their demands, without what they met of others'. */
function heldByDemand(sale: SaleRecord, isOfChain: (returnId: number) => boolean): RemainingLine[] {
  const others = sale.returns.flatMap(({ returnId, effect }) => (isOfChain(returnId) ? effect?.met ?? [] : [])).map(([, lineId, quantity, amountMinor]) => ({ lineId, quantity: -quantity, amountMinor: -amountMinor }));
  return [...others, ...metOf(sale).filter(([returnId]) => isOfChain(returnId)).map(([, lineId, quantity, amountMinor]) => ({ lineId, quantity, amountMinor }))];
}

/** What a return with all its corrections holds of a sale. */
export function standing(sale: SaleRecord, first: number): RemainingLine[] {
  const held = new Map<string, RemainingLine>();
  const own = sale.returns.filter(({ returnId, effect }) => returnId === first || effect?.corrects === first);
  for (const line of [...own.flatMap(({ effect }) => effect?.taken ?? []), ...heldByDemand(sale, (id) => own.some(({ returnId }) => returnId === id))]) {
    const sum = held.get(line.lineId) ?? { lineId: line.lineId, quantity: 0, amountMinor: 0 };
    held.set(line.lineId, { lineId: line.lineId, quantity: sum.quantity + line.quantity, amountMinor: sum.amountMinor + line.amountMinor });
  }
  return [...held.values()].filter((line) => line.quantity > 0 || line.amountMinor > 0);
}

/** The newest word on a return: its own, or its newest correction's. */
const newestOf = ({ returns }: SaleRecord, first: number) => returns.findLast(({ effect }) => effect?.corrects === first) ?? returns.find(({ returnId }) => returnId === first);

/** All that a return with its corrections asked for of a sale: the lines that it holds and those it did not get, and of a total what was beyond all lines. */
export function demandOf(sale: SaleRecord, first: number): { lines: RemainingLine[]; short: number } {
  const newest = newestOf(sale, first);
  const unmet = newest?.effect ? unmetOf(newest.returnId, newest.effect, metOf(sale).filter(([of]) => of === newest.returnId)) : null;
  const lines = new Map(standing(sale, first).map((line) => [line.lineId, line]));
  for (const { lineId, quantity, amountMinor } of unmet?.lines ?? []) {
    const held = lines.get(lineId) ?? { lineId, quantity: 0, amountMinor: 0 };
    lines.set(lineId, { lineId, quantity: held.quantity + (quantity ?? 0), amountMinor: held.amountMinor + (amountMinor ?? 0) });
  }
  return { lines: [...lines.values()], short: unmet?.totalMinor ?? 0 };
}

/** Demands of other returns than `first` that stand, each as its newest correction has it, in the order in which they came. */
function unmetBy(sale: SaleRecord, first: number, passed: readonly MetDemand[] = []): Unmet[] {
  const met = [...metOf(sale), ...passed];
  return sale.returns.flatMap(({ returnId, effect }) => {
    if (!effect || effect.corrects !== undefined || effect.replaces || returnId === first) return [];
    const newest = newestOf(sale, returnId);
    return newest?.effect ? [unmetOf(newest.returnId, newest.effect, met.filter(([of]) => of === newest.returnId))] : [];
  });
}

function unmetOf(returnId: number, { excess, short = 0 }: ReturnEffect, met: readonly MetDemand[]): Unmet {
  if (short > 0) return { returnId, lines: [], totalMinor: Math.max(0, short - sumMet(met).amountMinor) };
  return {
    returnId, totalMinor: 0, lines: [...new Set(excess.map(({ lineId }) => lineId))].flatMap((lineId) => {
      const [got, asked] = [sumMet(met.filter(([, of]) => of === lineId)), excess.filter((line) => line.lineId === lineId)];
      const [pieces, money] = [asked.reduce((sum, { quantity }) => sum + quantity, 0) - got.quantity, sumOf(asked) - got.amountMinor];
      // Pieces that were told cheaper than they had cost take no more money than they asked for.
      return pieces > 0 || money > 0 ? [{ lineId, quantity: pieces > 0 ? pieces : null, amountMinor: Math.max(0, money) }] : [];
    }),
  };
}

/** What of a line that went back as a whole belongs to the return that took its last piece or grosz: the newest besides `first` that has some of it. */
export function passOn(sale: SaleRecord, first: number, lines: readonly RemainingLine[]): MetDemand[] {
  const others = sale.returns.filter(({ returnId, effect }) => effect !== null && effect.corrects === undefined && returnId !== first).map(({ returnId }) => ({ returnId, held: standing(sale, returnId) }));
  return lines.flatMap(({ lineId, quantity, amountMinor }): MetDemand[] => {
    const heir = others.findLast(({ held }) => held.some((line) => line.lineId === lineId));
    return heir ? [[heir.returnId, lineId, quantity, amountMinor]] : [];
  });
}

/** Did another return that nobody corrected ask for goods that this one has. Undoing this one would then give nothing back: the other is undone first, or both stay. */
export function isAskedAgain(sale: SaleRecord, returnId: number): boolean {
  const effectOf = (id: number) => sale.returns.find((one) => one.returnId === id)?.effect;
  const taken = new Set(standing(sale, returnId).map((line) => line.lineId));
  return taken.size > 0 && unmetBy(sale, returnId).some((one) => effectOf(one.returnId)?.corrects === undefined && (one.totalMinor > 0 || one.lines.some(({ lineId }) => taken.has(lineId))));
}

/** What a return that is told as a total asked for beyond what was left of its sale. */
export const shortOf = ({ kind, lines, totalMinor }: NewDocument, taken: readonly RemainingLine[]): number => (kind === 'return' && lines.length === 0 ? Math.max(0, totalMinor - sumOf(taken)) : 0);

/**
 * A correction of a return gives goods back to the sale that other returns had asked for, and found gone: without the mistake they would have had them,
 * so they have them now. `passed`: what they have already, by `passOn`.
 */
export function meetDemands(sale: SaleRecord, first: number, applied: AppliedReturn, passed: readonly MetDemand[]): { remaining: readonly RemainingLine[]; met: MetDemand[] } {
  let { remaining } = applied;
  const met = [...passed];
  for (const { returnId, lines, totalMinor } of unmetBy(sale, first, passed)) {
    const before = remaining;
    const asked = totalMinor === 0 ? lines : sumOf(before) === 0 ? [] : linesOfTotal(before, totalMinor);
    ({ remaining } = applyReturn(saleDocument(sale.row.document), before, asked));
    before.forEach(({ lineId, quantity, amountMinor }, at) => {
      const left = remaining[at]!;
      if (quantity !== left.quantity || amountMinor !== left.amountMinor) met.push([returnId, lineId, quantity - left.quantity, amountMinor - left.amountMinor]);
    });
  }
  return { remaining, met };
}
