import { STEPS_MAX, type ThresholdDefinition } from './definition.ts';

/** Steps of a threshold that a running figure has reached: 1, 2, … */
export function stepsReached(threshold: ThresholdDefinition, measure: number): number[] {
  if (measure < threshold.at) return [];
  const count = threshold.repeats ? Math.min(STEPS_MAX, Math.floor(measure / threshold.at)) : 1;
  return Array.from({ length: count }, (_, i) => i + 1);
}

/** How far the member is on the way to the next step. `missing` is 0 when there is none left to reach. */
export type ThresholdStanding = { readonly measure: number; readonly step: number; readonly from: number; readonly at: number; readonly missing: number };

/** A figure below zero (more was returned than counts) stands at the beginning. */
export function standingOf(threshold: ThresholdDefinition, measure: number): ThresholdStanding {
  const reached = stepsReached(threshold, measure).length;
  const last = !threshold.repeats || reached === STEPS_MAX;
  const step = last && reached > 0 ? reached : reached + 1;
  return { measure, step, from: (step - 1) * threshold.at, at: step * threshold.at, missing: Math.max(0, step * threshold.at - Math.max(0, measure)) };
}
