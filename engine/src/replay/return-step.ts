import type { Points } from '../points.ts';
import type { Kernel } from './kernel.ts';

/** A booked document that returns refer to: the facts it was decided with, and what of it stands. */
export type Referred = {
  readonly kernel: Kernel; readonly step: number; readonly salesCount: number; readonly spentMinor: number; readonly lastSaleDay: number; readonly rooms: Float64Array;
  /** By rule: what it gave, and what of it is kept after the returns so far. */
  readonly booked: Float64Array; readonly kept: Float64Array;
  /** By wallet: points that returns moved so far, and those of them that had expired. */
  readonly moved: Float64Array; readonly expired: Float64Array;
  /** Lots that it opened, from `firstLot` to before `lastLot`. */
  readonly firstLot: number; lastLot: number;
};

export type OnKept = {
  /** Points of a wallet go back (or, below zero, come once more); `first` is the first rule that gave some. Answers how many of them had expired. */
  readonly move: (wallet: number, moved: Points, first: number) => Points;
  readonly free: (rule: number, points: Points) => void;
};

/** What a kernel answered last, by the place of every rule. */
export function answersOf({ hits, points }: Kernel, count: number): Float64Array {
  const all = new Float64Array(points.length);
  for (let hit = 0; hit < count; hit += 1) all[hits[hit]!] = points[hits[hit]!]!;
  return all;
}

/** Remembers what a return of the document will need. */
export function referTo(kernel: Kernel, count: number, facts: Pick<Referred, 'step' | 'salesCount' | 'spentMinor' | 'lastSaleDay' | 'firstLot'>, wallets: number): Referred {
  const booked = answersOf(kernel, count);
  return { ...facts, kernel, rooms: kernel.rooms.slice(), booked, kept: booked.slice(), moved: new Float64Array(wallets), expired: new Float64Array(wallets), lastLot: facts.firstLot };
}

/** Moves what is booked of a document to what the rest of it gives: min(f(rest), f(all)) for each wallet (`returns.ts`); `points` is f(rest). */
export function keepOfReturn({ kernel, booked, kept, moved, expired }: Referred, points: Float64Array, wallets: readonly { readonly no: number }[], on: OnKept): void {
  const { walletNo } = kernel;
  const before = kept.slice();
  const byNumber = wallets.map((_, at) => at).sort((a, b) => wallets[a]!.no - wallets[b]!.no);
  for (let rule = 0; rule < booked.length; rule += 1) kept[rule] = Math.min(booked[rule]!, points[rule]!);
  for (const wallet of byNumber) {
    const { no } = wallets[wallet]!;
    let all = 0;
    let rest = 0;
    let sum = 0;
    let first = -1;
    for (let rule = 0; rule < booked.length; rule += 1) {
      if (walletNo[rule] !== no) continue;
      rest += points[rule]!;
      if (booked[rule] === 0) continue;
      if (first < 0) first = rule;
      all += booked[rule]!;
      sum += kept[rule]!;
    }
    if (first < 0) continue;
    const target = Math.min(all, rest);
    let spare = target - sum;
    for (let rule = 0; rule < booked.length && spare > 0; rule += 1) {
      if (walletNo[rule] !== no || booked[rule] === 0) continue;
      const more = Math.min(spare, booked[rule]! - kept[rule]!);
      kept[rule]! += more;
      spare -= more;
    }
    const goes = all - moved[wallet]! - target;
    if (goes === 0) continue;
    moved[wallet]! += goes;
    expired[wallet]! += on.move(wallet, goes, first);
  }
  for (let rule = 0; rule < booked.length; rule += 1) if (before[rule] !== kept[rule]) on.free(rule, before[rule]! - kept[rule]!);
}
