import { calendarParts } from '../calendar.ts';
import { compileCondition, NO_SETS, type CompiledCondition, type ProductSets } from '../conditions.ts';
import { countedLines, countOf, type KeptDocument } from '../goals/challenge.ts';
import { roundDown } from '../points.ts';
import type { TargetDefinition } from './definition.ts';
import { targetPeriod } from './period.ts';

export type CompiledTarget = { readonly definition: TargetDefinition; readonly when: CompiledCondition | null; readonly lines: CompiledCondition | null };

export const compileTarget = (definition: TargetDefinition, sets: ProductSets = NO_SETS): CompiledTarget =>
  ({ definition, when: definition.when && compileCondition(definition.when, undefined, sets), lines: definition.lines && compileCondition(definition.lines, undefined, sets) });

/**
 * What one member's documents add to a target, by the number of the period in whose dates each of them occurred. What was returned is not in
 * the documents, so nothing is remembered between two counts; late and back-dated documents count where they occurred.
 */
export function countTarget(target: CompiledTarget, timeZone: string, documents: readonly Pick<KeptDocument, 'document'>[]): Map<number, number> {
  const sums = new Map<number, number>();
  for (const { document } of documents) {
    const calendar = calendarParts(timeZone, document.occurredAt);
    const period = targetPeriod(target.definition.window, calendar.date);
    if (period === null) continue;
    const lines = countedLines(null, target, document, calendar);
    if (lines.length > 0) sums.set(period.no, (sums.get(period.no) ?? 0) + countOf(target.definition.counts, lines));
  }
  return sums;
}

/** How far a sum is, in per cent of the amount, rounded down: 100 means reached. Never below zero, at most `PERCENT_MAX`. */
export const percentOf = (sum: number, amount: number): number => (sum <= 0 ? 0 : Math.min(PERCENT_MAX, roundDown(sum, 100, amount)));
/** Beyond it a wrong amount, not a good seller. */
const PERCENT_MAX = 1_000_000;
