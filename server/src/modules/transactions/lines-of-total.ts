import { prorate } from '@wracam/engine/points';
import type { RemainingLine, ReturnedLine } from '@wracam/engine/returns';
import { sumOf } from './document.ts';

/** A return told as a total: the whole of what is left, or its part of every line. */
export function linesOfTotal(remaining: readonly RemainingLine[], totalMinor: number): ReturnedLine[] {
  const left = sumOf(remaining);
  // The whole goes back with what was free in it; more than the whole is told by the one line there is.
  if (totalMinor >= left) return remaining.map(({ lineId }) => ({ lineId, quantity: null, amountMinor: totalMinor > left && remaining.length === 1 ? totalMinor : null }));
  return prorate(totalMinor, remaining.map((line) => line.amountMinor)).map((amountMinor, at) => ({ lineId: remaining[at]!.lineId, quantity: null, amountMinor })).filter((line) => line.amountMinor > 0);
}
