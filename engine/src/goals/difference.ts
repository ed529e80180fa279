import type { LocalDate } from '../calendar.ts';
import { mapLeaves, type Condition } from '../conditions.ts';
import { describeCondition, type DescribeOptions } from '../describe.ts';
import type { RuleChangeLine, Verdict } from '../rule-difference.ts';
import { unpinTests } from '../segments.ts';
import { formatDate, formatMoneyShort, formatPoints, POINT_WORDS, type Lang, type UnitWords } from '../words.ts';
import type { ChallengeTask, GoalDefinition } from './definition.ts';
import { taskText } from './describe.ts';

/** What the two definitions do not say themselves. `on`: the day from which the later one would count. */
export type GoalDifferenceOptions = DescribeOptions & { readonly on: LocalDate; readonly unitOf?: (wallet: string) => UnitWords | undefined; readonly badgeName?: (id: string) => string | undefined };

const FIELDS = {
  name: ['nazwa', 'name'], description: ['opis', 'description'], who: ['kto bierze udział', 'who takes part'], trigger: ['co się liczy', 'what counts'], measure: ['co się mierzy', 'what is measured'], at: ['próg', 'threshold'], repeats: ['czy powtarza się', 'does it repeat'],
  since: ['od kiedy się liczy', 'counted from'], task: ['co trzeba zrobić', 'what to do'], when: ['które zakupy się liczą', 'which purchases count'], lines: ['które pozycje się liczą', 'which lines count'], 'window.kind': ['okres', 'period'],
  'window.from': ['pierwszy dzień', 'first day'], 'window.until': ['ostatni dzień', 'last day'], 'reward.points': ['punkty w nagrodę', 'points as the reward'], 'reward.badge': ['odznaka w nagrodę', 'badge as the reward'], 'reward.coupon': ['kupon w nagrodę', 'coupon as the reward'],
  onReturn: ['gdy po zwrocie celu już nie ma', 'when a return undoes the goal'], goal: ['co daje', 'what it gives'],
} as const satisfies Readonly<Record<string, readonly [pl: string, en: string]>>;
type Field = Exclude<keyof typeof FIELDS, 'goal'>;

const WORDS: Readonly<Record<Lang, Readonly<Record<string, string>>>> = {
  pl: { none: 'brak', everybody: 'każdy uczestnik', all: 'wszystkie', true: 'tak', false: 'nie', points: 'zdobyte punkty', spent: 'wydane pieniądze', sale: 'zakupy', once: 'raz', week: 'co tydzień od nowa', month: 'co miesiąc od nowa', takeBack: 'nagroda jest cofana', keep: 'nagroda zostaje', ended: 'nic, bo jest zakończony' },
  en: { none: 'none', everybody: 'every member', all: 'all', true: 'yes', false: 'no', points: 'points earned', spent: 'money spent', sale: 'purchases', once: 'once', week: 'anew every week', month: 'anew every month', takeBack: 'the reward is taken back', keep: 'the reward stays', ended: 'nothing, as it has ended' },
};

/**
 * What differs between two definitions of a goal, field by field in words, and whether members may get less by it: fewer points, a higher target, a
 * shorter time, fewer who take part. A difference that cannot be shown to be harmless counts as worse. Of a challenge that is over nothing can be lost.
 */
export function diffGoal(before: GoalDefinition, after: GoalDefinition, options: GoalDifferenceOptions): RuleChangeLine[] {
  const over = isOver(before, options.on);
  return (Object.keys(FIELDS) as (keyof typeof FIELDS)[]).filter((field): field is Field => field !== 'goal').flatMap((field) => {
    const [a, b] = [valueOf(field, before), valueOf(field, after)];
    if (keyOf(a) === keyOf(b)) return [];
    return [{ field, name: nameOf(field, options.lang), before: textOf(field, before, options), after: textOf(field, after, options), verdict: over ? 'same' : verdictOf(field, a, b) }];
  });
}

/** What members see change when a goal ends: it gives nothing any more. */
export const diffGoalEnd = (before: GoalDefinition, options: GoalDifferenceOptions): RuleChangeLine[] => [{
  field: 'goal', name: nameOf('goal', options.lang), before: rewardText(before, options), after: WORDS[options.lang]['ended']!, verdict: isOver(before, options.on) ? 'same' : 'worse',
}];

const isOver = (goal: GoalDefinition, on: LocalDate): boolean => goal.kind === 'challenge' && goal.window.until !== null && goal.window.until < on;
const nameOf = (field: keyof typeof FIELDS, lang: Lang): string => FIELDS[field][lang === 'pl' ? 0 : 1];

/** As a person wrote it, whatever stands for its segments, with its parts in one order. */
const written = (condition: Condition | null | undefined): Condition | null => (condition ? mapLeaves(unpinTests(condition), ({ attribute, operator, value }) => ({ attribute, operator, value: value ?? null })) : null);

function valueOf(field: Field, goal: GoalDefinition): unknown {
  switch (field) {
    case 'who': return written(goal.who);
    case 'reward.points': return goal.reward.points && [goal.reward.points.wallet, goal.reward.points.points];
    case 'reward.badge': return goal.reward.badge;
    case 'reward.coupon': return goal.reward.coupon;
    case 'name': case 'description': case 'onReturn': return goal[field];
    case 'measure': case 'at': case 'repeats': case 'since': {
      if (goal.kind !== 'threshold') return null;
      return field === 'measure' ? [goal.measure.kind, goal.measure.kind === 'points' ? goal.measure.wallet : null] : goal[field];
    }
    default: return ofChallenge(field, goal);
  }
}

function ofChallenge(field: 'trigger' | 'task' | 'when' | 'lines' | 'window.kind' | 'window.from' | 'window.until', goal: GoalDefinition): unknown {
  if (goal.kind !== 'challenge') return null;
  switch (field) {
    case 'trigger': return goal.trigger?.kind === 'event' ? goal.trigger.type : null;
    case 'task': return goal.task;
    case 'when': case 'lines': return written(goal[field]);
    case 'window.kind': return goal.window.kind;
    case 'window.from': return goal.window.from;
    case 'window.until': return goal.window.until;
  }
}

/** The same text for the same value: a database keeps the parts of an object in an order of its own. */
const keyOf = (value: unknown): string => JSON.stringify(value, (_, part: unknown) =>
  (typeof part === 'object' && part !== null && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part));

const atMost = (b: number | string, a: number | string): Verdict => (b <= a ? 'better' : 'worse');

function verdictOf(field: Field, a: unknown, b: unknown): Verdict {
  switch (field) {
    case 'name': case 'description': return 'same';
    case 'at': return atMost(b as number, a as number);
    case 'repeats': return b === true ? 'better' : 'worse';
    case 'onReturn': return b === 'keep' ? 'better' : 'worse';
    // More days, members, purchases or lines count.
    case 'since': case 'window.from': return b === null ? 'better' : a === null ? 'worse' : atMost(b as string, a as string);
    case 'window.until': return b === null ? 'better' : a === null ? 'worse' : atMost(a as string, b as string);
    case 'who': case 'when': case 'lines': return b === null ? 'better' : 'worse';
    case 'task': return taskVerdict(a as ChallengeTask, b as ChallengeTask);
    case 'reward.points': return a === null ? 'better' : b === null ? 'worse' : pointsVerdict(a as [string, number], b as [string, number]);
    case 'reward.badge': case 'reward.coupon': return a === null ? 'better' : 'worse';
    default: return 'worse';
  }
}

const pointsVerdict = ([wallet, points]: [string, number], [other, given]: [string, number]): Verdict => (wallet === other && given >= points ? 'better' : 'worse');

function taskVerdict(a: ChallengeTask, b: ChallengeTask): Verdict {
  if (a.kind === 'count' && b.kind === 'count' && a.of === b.of) return atMost(b.target, a.target);
  if (a.kind === 'streak' && b.kind === 'streak' && a.every === b.every) return atMost(b.length, a.length);
  return a.kind === 'collection' && b.kind === 'collection' && a.by === b.by && b.items.every((item) => a.items.includes(item)) ? 'better' : 'worse';
}

function textOf(field: Field, goal: GoalDefinition, options: GoalDifferenceOptions): string {
  const { lang, currency } = options;
  const words = WORDS[lang];
  const value = valueOf(field, goal);
  switch (field) {
    case 'who': return goal.who ? describeCondition(goal.who, 'when', options) : words['everybody']!;
    case 'when': case 'lines': return goal.kind === 'challenge' && goal[field] !== null ? describeCondition(goal[field], field === 'when' ? 'when' : 'line', options) : words['all']!;
    case 'measure': return goal.kind === 'threshold' ? words[goal.measure.kind]! : words['none']!;
    case 'at': return goal.kind !== 'threshold' ? words['none']! : goal.measure.kind === 'spent' ? formatMoneyShort(goal.at, currency, lang) : formatPoints(goal.at, options.unitOf?.(goal.measure.wallet) ?? POINT_WORDS[lang], lang);
    case 'task': return goal.kind === 'challenge' ? taskText({ ...goal, lines: null }, options) : words['none']!;
    case 'trigger': return value === null ? words['sale']! : String(value as string);
    case 'since': case 'window.from': case 'window.until': return value === null ? words['none']! : formatDate(value as string, lang);
    case 'reward.points': return goal.reward.points ? pointsText(goal.reward.points, options) : words['none']!;
    case 'reward.badge': return goal.reward.badge === null ? words['none']! : options.badgeName?.(goal.reward.badge) ?? goal.reward.badge;
    default: return value === null ? words['none']! : words[String(value as string | boolean)] ?? String(value as string | boolean);
  }
}

const pointsText = ({ wallet, points }: { readonly wallet: string; readonly points: number }, { lang, unitOf }: GoalDifferenceOptions): string => formatPoints(points, unitOf?.(wallet) ?? POINT_WORDS[lang], lang);

/** All that a goal gives: "50 punktów, odznaka „Kawosz”". */
function rewardText({ reward }: GoalDefinition, options: GoalDifferenceOptions): string {
  const named = (of: readonly [string, string], name: string) => (options.lang === 'pl' ? `${of[0]} „${name}”` : `${of[1]} “${name}”`);
  return [
    reward.points && pointsText(reward.points, options), reward.badge === null ? null : named(['odznaka', 'badge'], options.badgeName?.(reward.badge) ?? reward.badge), reward.coupon === null ? null : named(['kupon', 'coupon'], reward.coupon),
  ].filter((part) => part !== null).join(', ');
}
