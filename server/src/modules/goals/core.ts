import { addDays, dayNumberOf, localDate, startOfLocalDay, type Instant, type LocalDate } from '@wracam/engine/calendar';
import { compileCondition, type CompiledCondition } from '@wracam/engine/conditions';
import { compileChallenge, foldChallenge, type CompiledChallenge, type KeptDocument, type Progress } from '@wracam/engine/goals/challenge';
import { targetOf, type ChallengeDefinition, type GoalDefinition, type ThresholdDefinition } from '@wracam/engine/goals/definition';
import type { DayGain } from '@wracam/engine/goals/forecast';
import { looksBack } from '@wracam/engine/goals/participants';
import { openFrom, periodNoOf } from '@wracam/engine/goals/period';
import { stepsReached } from '@wracam/engine/goals/threshold';

export type GoalState = 'draft' | 'active' | 'ended';
export type GoalStep = 'publish' | 'end';

const steps = { draft: { publish: 'active' }, active: { publish: 'active', end: 'ended' }, ended: {} } as const satisfies Record<GoalState, Partial<Record<GoalStep, GoalState>>>;
/** The state after a step; null when it cannot be taken. */
export const stateAfter = (state: GoalState, step: GoalStep): GoalState | null => (steps[state] as Partial<Record<GoalStep, GoalState>>)[step] ?? null;

/** A goal that counts now, made ready. */
export type RunningGoal = { readonly id: number; readonly version: number; /** Who takes part; null: everybody. */ readonly who: CompiledCondition | null } & (
  | { readonly kind: 'threshold'; readonly definition: ThresholdDefinition }
  | { readonly kind: 'challenge'; readonly definition: ChallengeDefinition; readonly compiled: CompiledChallenge });

export function runningGoal(id: number, version: number, definition: GoalDefinition): RunningGoal {
  const who = definition.who ? compileCondition(definition.who) : null;
  return definition.kind === 'threshold' ? { id, version, who, kind: 'threshold', definition } : { id, version, who, kind: 'challenge', definition, compiled: compileChallenge(definition) };
}

/** A member's document as goals see it; what a repair made of a day's points is one without lines. `bookedAt`: who takes part is asked of that moment. */
export type Counted = { readonly occurredAt: Instant; readonly bookedAt: Instant; readonly document: KeptDocument['document'] | null; readonly earned: ReadonlyMap<number, number> };
export type WalletNo = (code: string) => number | null;

/** Days after its end in which a challenge still listens to returns. */
const AFTERMATH_DAYS = 60;
/** False for a challenge so long over that no return changes it any more. */
export const isListening = (goal: RunningGoal, today: LocalDate): boolean =>
  goal.kind === 'threshold' || goal.definition.window.until === null || today <= addDays(goal.definition.window.until, AFTERMATH_DAYS);

/** From which instant on documents matter to any of the goals; null: all that there are. */
export function countedSince(goals: readonly RunningGoal[], timeZone: string, today: LocalDate): Instant | null {
  let first: LocalDate | null = today;
  for (const goal of goals) {
    const from = goal.kind === 'threshold' ? goal.definition.since : openFrom(goal.definition.window, today);
    // Who has bought so much before takes part: that is asked of all that there is.
    if (from === null || (goal.who !== null && looksBack(goal.definition.who!))) return null;
    if (from < first) first = from;
  }
  return startOfLocalDay(timeZone, first);
}

/** How much a document adds to what a threshold measures. */
export function gainOf({ measure }: ThresholdDefinition, walletNo: WalletNo, { document, earned }: Counted): number {
  if (measure.kind === 'points') return earned.get(walletNo(measure.wallet) ?? -1) ?? 0;
  return document === null || document.event !== null ? 0 : document.totalMinor;
}

/** A threshold's running figure over documents in the order of booking. */
export function measureOf(threshold: ThresholdDefinition, walletNo: WalletNo, timeZone: string, documents: readonly Counted[]): number {
  const since = threshold.since === null ? -Infinity : startOfLocalDay(timeZone, threshold.since);
  return documents.reduce((sum, one) => (one.occurredAt >= since ? sum + gainOf(threshold, walletNo, one) : sum), 0);
}

/** What was gained on which local day, for a forecast. */
export const gainsOf = (timeZone: string, documents: readonly Counted[], gain: (document: Counted) => number): DayGain[] =>
  documents.flatMap((one) => { const amount = gain(one); return amount === 0 ? [] : [{ dayNumber: dayNumberOf(localDate(timeZone, one.occurredAt)), amount }]; });

const keptOf = (documents: readonly Counted[]): KeptDocument[] => documents.flatMap(({ document, bookedAt }) => (document === null ? [] : [{ document, bookedAt }]));

/** How a member stands with one goal: progress by period (a threshold's is 0), and the rounds that are reached. */
export type Standing = { readonly progress: ReadonlyMap<number, { readonly value: number; readonly reached: boolean }>; readonly rounds: readonly number[]; /** Periods before it are settled for good. */ readonly open: number };

export function standingWith(goal: RunningGoal, walletNo: WalletNo, timeZone: string, today: LocalDate, documents: readonly Counted[]): Standing {
  if (goal.kind === 'threshold') {
    const value = measureOf(goal.definition, walletNo, timeZone, documents);
    const rounds = stepsReached(goal.definition, value);
    return { progress: new Map(value === 0 ? [] : [[0, { value, reached: rounds.length > 0 }]]), rounds, open: 0 };
  }
  const open = firstOpenPeriod(goal.definition, today);
  const progress = [...challengeProgress(goal.compiled, timeZone, documents)].filter(([period]) => period >= open);
  return { progress: new Map(progress), rounds: progress.filter(([, one]) => one.reached).map(([period]) => period), open };
}

export const challengeProgress = (challenge: CompiledChallenge, timeZone: string, documents: readonly Counted[]): Map<number, Progress> => foldChallenge(challenge, timeZone, keptOf(documents));
export const firstOpenPeriod = ({ window }: ChallengeDefinition, today: LocalDate): number => periodNoOf(window, openFrom(window, today)) ?? 0;

/** Shares of the target by which members are counted, in per cent; the last is who has reached it. */
export const SHARES = [[1, 24], [25, 49], [50, 74], [75, 99], [100, 100]] as const;
/** How far somebody is, in per cent of the target; whoever has begun is at least at 1, whoever has not reached it at most at 99. */
export const shareOf = (value: number, target: number, reached: boolean): number => (reached ? 100 : value <= 0 ? 0 : Math.min(99, Math.max(1, Math.floor(value * 100 / target))));

/** Members by share. `shares`: one a member. */
export const distributionOf = (shares: readonly number[]) => SHARES.map(([from, to]) => ({ from, to, members: shares.filter((share) => share >= from && share <= to).length }));

/** What a figure is compared with: a repeating threshold's next step begins where the last one ended. */
export function shareOfGoal(definition: GoalDefinition, value: number, reached: boolean): number {
  if (definition.kind === 'challenge') return shareOf(value, targetOf(definition), reached);
  const repeats = definition.repeats && value > 0;
  return repeats ? Math.max(1, shareOf(value % definition.at, definition.at, false)) : shareOf(value, definition.at, reached);
}
