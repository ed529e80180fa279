import { calendarParts, type CalendarParts, type Instant } from '../calendar.ts';
import { compileCondition, HOLDS, NO_LINE, NO_STATES, type CompiledCondition } from '../conditions.ts';
import { linesOf, NO_CAPS_USED, UNKNOWN_MEMBER, type Facts, type Line, type SaleDocument } from '../facts.ts';
import { targetOf, type ChallengeDefinition } from './definition.ts';
import { mondayOf, periodNoOf } from './period.ts';

/** What is left of a document after its returns, and when it was booked. */
export type KeptDocument = { readonly document: SaleDocument; readonly bookedAt: Instant };

/** A member's progress in one period. */
export type Progress = {
  readonly period: number;
  /** Counted so far; of a streak the longest run; of a collection the pieces. At most `counted`, which may pass the target. */
  readonly value: number;
  readonly reached: boolean;
  /** When the document was booked that reached the target. */
  readonly reachedAt: Instant | null;
  /** A streak's newest run and the number of its last day, or of the Monday of its last week. */
  readonly run: number;
  readonly lastUnit: number | null;
  /** Pieces of a collection, in the order of the definition. */
  readonly collected: readonly string[];
};

type Counting = { value: number; reachedAt: Instant | null; units: Set<number>; pieces: Set<string> };

export type CompiledChallenge = { readonly definition: ChallengeDefinition; readonly when: CompiledCondition | null; readonly lines: CompiledCondition | null };

export const compileChallenge = (definition: ChallengeDefinition): CompiledChallenge =>
  ({ definition, when: definition.when && compileCondition(definition.when), lines: definition.lines && compileCondition(definition.lines) });

/**
 * Progress by period: the fold of a member's documents, in the order in which they were booked. What was returned is not in them, so a
 * return takes progress back by being folded away; nothing is remembered from one fold to the next.
 */
export function foldChallenge(challenge: CompiledChallenge, timeZone: string, documents: readonly KeptDocument[]): Map<number, Progress> {
  const counting = new Map<number, Counting>();
  for (const one of documents) {
    const calendar = calendarParts(timeZone, one.document.occurredAt);
    const period = periodNoOf(challenge.definition.window, calendar.date);
    if (period === null) continue;
    const lines = countedLines(challenge.definition.trigger?.kind === 'event' ? challenge.definition.trigger.type : null, challenge, one.document, calendar);
    if (lines.length === 0) continue;
    let state = counting.get(period);
    if (state === undefined) counting.set(period, state = { value: 0, reachedAt: null, units: new Set(), pieces: new Set() });
    count(challenge.definition, state, one, calendar, lines);
  }
  return new Map([...counting].sort(([a], [b]) => a - b).map(([period, state]) => [period, progressOf(challenge.definition, period, state)]));
}

/** The lines of a document that count, of purchases (`event` null) or of one type of event; empty when the document does not count at all. */
export function countedLines(event: string | null, { when, lines }: Pick<CompiledChallenge, 'when' | 'lines'>, document: SaleDocument, calendar: CalendarParts): readonly Line[] {
  if (document.event !== event) return [];
  // The validation refuses conditions on the member.
  const facts: Facts = { document, member: UNKNOWN_MEMBER, calendar, caps: NO_CAPS_USED };
  if (when !== null && when(facts, NO_LINE, NO_STATES) !== HOLDS) return [];
  const all = linesOf(document);
  return lines === null ? all : all.filter((line) => lines(facts, line, NO_STATES) === HOLDS);
}

/** How much a document with these counted lines adds to a counter. */
export const countOf = (of: 'documents' | 'lines' | 'amount' | 'quantity', lines: readonly Line[]): number =>
  (of === 'documents' ? 1 : of === 'lines' ? lines.length : lines.reduce((sum, line) => sum + (of === 'amount' ? line.amountMinor : line.quantity), 0));

function count(definition: ChallengeDefinition, state: Counting, { document, bookedAt }: KeptDocument, calendar: CalendarParts, lines: readonly Line[]): void {
  const { task } = definition;
  switch (task.kind) {
    case 'count':
      state.value += countOf(task.of, lines);
      break;
    case 'streak': {
      const [unit, step] = task.every === 'day' ? [calendar.dayNumber, 1] : [mondayOf(calendar.dayNumber), 7];
      state.units.add(unit);
      state.value = Math.max(state.value, runAround(state.units, unit, step));
      break;
    }
    case 'collection':
      for (const piece of task.by === 'store' ? [document.store] : lines.map((line) => line[task.by as 'category' | 'sku' | 'brand'])) {
        if (piece !== null && task.items.includes(piece)) state.pieces.add(piece);
      }
      state.value = state.pieces.size;
  }
  if (state.reachedAt === null && state.value >= targetOf(definition)) state.reachedAt = bookedAt;
}

/** How many units in a row there are around one of them. */
function runAround(units: ReadonlySet<number>, unit: number, step: number): number {
  let run = 1;
  for (let at = unit - step; units.has(at); at -= step) run += 1;
  for (let at = unit + step; units.has(at); at += step) run += 1;
  return run;
}

function progressOf(definition: ChallengeDefinition, period: number, state: Counting): Progress {
  const { task } = definition;
  const lastUnit = state.units.size === 0 ? null : Math.max(...state.units);
  return {
    period, value: state.value, reached: state.value >= targetOf(definition), reachedAt: state.reachedAt,
    run: lastUnit === null ? 0 : runAround(state.units, lastUnit, task.kind === 'streak' && task.every === 'week' ? 7 : 1), lastUnit,
    collected: task.kind === 'collection' ? task.items.filter((piece) => state.pieces.has(piece)) : [],
  };
}

/** The run that a member can still go on with on `dayNumber`: it reaches today or yesterday (this week or the last); else 0. */
export function runOn({ task }: ChallengeDefinition, progress: Pick<Progress, 'run' | 'lastUnit'>, dayNumber: number): number {
  if (task.kind !== 'streak' || progress.lastUnit === null) return 0;
  const [unit, step] = task.every === 'day' ? [dayNumber, 1] : [mondayOf(dayNumber), 7];
  return progress.lastUnit >= unit - step ? progress.run : 0;
}
