import { addDays, dateOf, dayNumberOf, endOfMonth } from '@wracam/engine/calendar';
import type { ChallengeDefinition, GoalDefinition, ThresholdDefinition } from '@wracam/engine/goals/definition';
import type { Badges } from './plain-badges.ts';
import type { Purse } from './plain-purse.ts';
import { IN_CLUB, REGULAR, STEADY } from './steps.ts';

/** What is left of a sale: its day, its money, the points it keeps, and what it has pieces of. */
export type Kept = { readonly day: number; readonly leftMinor: number; readonly points: number; readonly categories: readonly string[];
  /** Was the member in the club when it was booked, and the level of its day. */ readonly club: boolean; readonly level: string | null };
/** What a member was given for a round, by which version of the goal. */
type Round = { readonly points: number; readonly version: number; standing: boolean };

export type PlainGoals = {
  /** Brings a member's rewards to what is left of the sales. */
  settle(member: number, kept: readonly Kept[], purse: Purse, badges: Badges, today: number, lastDay: number): void;
  /** How often the reward of each goal stands. */
  granted(member: number): readonly number[];
  /** Another version of a goal: what earlier ones gave stays. */
  change(goal: number, definition: GoalDefinition): void;
  readonly moves: { rewarded: number; takenBack: number };
};

const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0);
const weekOf = (day: number) => { let monday = day; while ((monday + 3) % 7 !== 0) monday -= 1; return monday; };
const monthOf = (day: number) => dayNumberOf(`${dateOf(day).slice(0, 8)}01`);
/** Rounds of a challenge that began longer ago are settled for good. */
const SETTLED_DAYS = 92;

/** The sales of who took part, the booked ones in their order; what came back in full was no purchase. */
function partOf({ who }: GoalDefinition, kept: readonly Kept[]): readonly Kept[] {
  if (who === undefined) return kept;
  if (who === IN_CLUB) return kept.filter((sale) => sale.club);
  if (who !== REGULAR) throw new Error('nobody has told who that is');
  return kept.filter((sale, at) => ['srebrny', 'zloty', 'platynowy'].includes(sale.level ?? '') && kept.slice(0, at).filter((before) => before.categories.length > 0).length >= 2);
}

function roundsOfThreshold({ measure, at, repeats, since }: ThresholdDefinition, kept: readonly Kept[]): Set<number> {
  const counted = kept.filter((sale) => since === null || sale.day >= dayNumberOf(since));
  const steps = Math.floor(sumOf(counted.map((sale) => (measure.kind === 'points' ? sale.points : sale.leftMinor))) / at);
  return new Set(Array.from({ length: Math.max(0, repeats ? steps : Math.min(1, steps)) }, (_, step) => step + 1));
}

function isReached({ task }: ChallengeDefinition, kept: readonly Kept[]): boolean {
  if (task.kind === 'count') return (task.of === 'documents' ? kept.length : sumOf(kept.map((sale) => sale.leftMinor))) >= task.target;
  if (task.kind === 'collection') return task.items.every((item) => kept.some((sale) => sale.categories.includes(item)));
  const units = new Set(kept.map(({ day }) => (task.every === 'day' ? day : weekOf(day) / 7)));
  return [...units].some((unit) => Array.from({ length: task.length }, (_, at) => unit + at).every((one) => units.has(one)));
}

function roundsOfChallenge(definition: ChallengeDefinition, kept: readonly Kept[], open: number): Set<number> {
  const roundOf = (day: number) => (definition.window.kind === 'once' ? 0 : definition.window.kind === 'week' ? weekOf(day) : monthOf(day));
  const within = kept.filter(({ day, categories }) => day >= dayNumberOf(definition.window.from) && categories.length > 0);
  const rounds = [...new Set(within.map(({ day }) => roundOf(day)))].filter((round) => round >= open);
  return new Set(rounds.filter((round) => isReached(definition, within.filter(({ day }) => roundOf(day) === round))));
}

/** The first round that can still change. */
function openOf(definition: GoalDefinition, today: number): number {
  if (definition.kind === 'threshold' || definition.window.kind === 'once') return 0;
  const from = dayNumberOf(definition.window.from);
  const earliest = today - SETTLED_DAYS;
  if (earliest <= from) return definition.window.kind === 'week' ? weekOf(from) : monthOf(from);
  return definition.window.kind === 'week' ? weekOf(earliest) + 7 : dayNumberOf(addDays(endOfMonth(dateOf(earliest)), 1));
}

export function plainGoals(members: number, definitions: readonly GoalDefinition[]): PlainGoals {
  const running = definitions.map((definition) => ({ definition, version: 1 }));
  const rounds = Array.from({ length: members }, () => definitions.map(() => new Map<number, Round>()));
  const moves = { rewarded: 0, takenBack: 0 };
  return {
    moves,
    change(goal, definition) { running[goal] = { definition, version: running[goal]!.version + 1 }; },
    granted: (member) => rounds[member]!.map((own) => [...own.values()].filter((one) => one.standing).length),
    settle(member, kept, purse, badges, today, lastDay) {
      const gives: (() => void)[] = [];
      running.forEach(({ definition, version }, no) => {
        const own = rounds[member]![no]!;
        const open = openOf(definition, today);
        const counted = partOf(definition, kept);
        const reached = definition.kind === 'threshold' ? roundsOfThreshold(definition, counted) : roundsOfChallenge(definition, counted, open);
        const sorted = (list: Iterable<number>) => [...list].sort((a, b) => a - b);
        for (const round of sorted(own.keys())) {
          const one = own.get(round)!;
          if (definition.onReturn === 'keep' || !one.standing || one.version !== version || round < open || reached.has(round)) continue;
          purse.takeBack(`goal ${no}, ${round}`, one.points);
          badges.takeBack(`goal ${no}, ${round}`, today);
          one.standing = false;
          moves.takenBack += 1;
        }
        const points = definition.reward.points?.points ?? 0;
        for (const round of sorted(reached)) if (!own.get(round)?.standing) gives.push(() => {
          purse.earn(`goal ${no}, ${round}`, points, lastDay);
          if (definition.reward.badge !== null) badges.give(`goal ${no}, ${round}`, STEADY, today);
          own.set(round, { points, version, standing: true });
          moves.rewarded += 1;
        });
      });
      // What is taken back goes first.
      for (const give of gives) give();
    },
  };
}
