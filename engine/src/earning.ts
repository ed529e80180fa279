import type { CompiledRule, Rooms } from './compile.ts';
import { prorate, type Minor, type Points } from './points.ts';

/** Lines that count: the amount of each, −1 for a line that does not; their sum and number. */
export type Matched = { readonly amounts: readonly number[]; readonly total: Minor; readonly count: number };

/** Points of one rule before they become an award. `weights` say how they spread over the lines; `shares` are there once computed. */
export type Earning = { readonly rule: CompiledRule; points: Points; readonly weights: readonly number[]; shares: readonly Points[] | null };

/** Earnings above zero, by the rule's place in the ruleset. */
export type Earnings = (Earning | undefined)[];

/** The numbers of every rule's outcome, by the rule's place in the ruleset. */
export type Outcomes = (readonly number[])[];

/** The earning's points by line; they add up. */
export function sharesOf(earning: Earning): readonly Points[] {
  earning.shares ??= prorate(earning.points, earning.weights);
  return earning.shares;
}

/** What a rule's own caps leave of points, and which cap it was that left least; −1: none. */
export function underCaps(rule: CompiledRule, points: Points, rooms: Rooms): { points: Points; cap: number } {
  const left = { points, cap: -1 };
  const { perTransaction } = rule.definition.caps;
  if (perTransaction !== null && perTransaction < left.points) {
    left.points = perTransaction;
    left.cap = 0;
  }
  const own = rooms[rule.index];
  if (own !== undefined) {
    for (let i = 0; i < own.length; i += 1) {
      if (own[i]! >= left.points) continue;
      left.points = own[i]!;
      left.cap = rule.limits[i]!.cap;
    }
  }
  return left;
}
