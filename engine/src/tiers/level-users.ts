import { factTests, groupOf, isGroup, type Condition, type ConditionLeaf } from '../conditions.ts';
import { findOperator } from '../operators.ts';
import type { RuleChangeLine } from '../rule-difference.ts';
import type { RuleDefinition } from '../rules.ts';
import type { Lang } from '../words.ts';
import type { TierLadder, TierLevel } from './ladder.ts';
import { isWider } from './periods.ts';
import { levelName } from './phrases.ts';

/** Code of a level; null: none. */
type Code = string | null;

/** A rule or a reward that says for which levels it is. `losesBy`: may a member who comes from one level to another get less of it. */
export type LevelUser = { readonly kind: 'rule' | 'reward'; readonly name: string; readonly losesBy: (from: Code, to: Code) => boolean };

/** May a rule give less to a member on the level `to` than to one on `from`. What its segments stand for has to be in its tests (`pinSegments`). */
export function ruleLosesByLevel({ when, effect, exclusiveGroup }: Pick<RuleDefinition, 'when' | 'effect' | 'exclusiveGroup'>, from: Code, to: Code): boolean {
  if (effect.kind === 'tierMultiplier' && multiplierOn(effect.tiers, to) < multiplierOn(effect.tiers, from)) return true;
  if (when === null) return false;
  // A rule of an exclusive group that begins to speak silences another one of it.
  return fails(when, false, from, to) || (exclusiveGroup !== null && fails(when, false, to, from));
}

/** A reward is for the levels it names; for everybody where it names none. */
export const rewardLosesByLevel = (levels: readonly string[], from: Code, to: Code): boolean =>
  levels.length > 0 && from !== null && levels.includes(from) && !(to !== null && levels.includes(to));

const multiplierOn = (tiers: readonly { readonly tier: string; readonly hundredths: number }[], level: Code): number => tiers.find((one) => one.tier === level)?.hundredths ?? 100;

/** Does some test that lets the condition hold on the one level fail on the other. */
function fails(condition: Condition, negated: boolean, from: Code, to: Code): boolean {
  if (isGroup(condition)) {
    const { parts, negates } = groupOf(condition, negated);
    return parts.some((part) => fails(part, negates, from, to));
  }
  if (condition.tree) return fails(condition.tree, negated !== (condition.operator === 'notInSegment'), from, to);
  return condition.attribute === 'member.tier' && passes(condition, negated, from) && !passes(condition, negated, to);
}

const passes = ({ operator, value }: ConditionLeaf, negated: boolean, level: Code): boolean => findOperator(operator)!.test(level, value) !== negated;

/** Does a rule look at levels at all. */
export const looksAtLevels = ({ when, effect }: Pick<RuleDefinition, 'when' | 'effect'>): boolean =>
  effect.kind === 'tierMultiplier' || (when !== null && factTests(when).some(({ attribute }) => attribute === 'member.tier'));

const WORDS = {
  pl: { name: (from: string, to: string) => `zasady i nagrody przy przejściu: ${from} → ${to}`, none: 'bez poziomu', other: 'inny poziom', level: (name: string) => `poziom „${name}”`, rule: (name: string) => `zasada „${name}”`, reward: (name: string) => `nagroda „${name}”`, leaves: (to: string) => `nie obejmują albo dają mniej: ${to}` },
  en: { name: (from: string, to: string) => `rules and rewards on the way: ${from} → ${to}`, none: 'no level', other: 'another level', level: (name: string) => `level “${name}”`, rule: (name: string) => `rule “${name}”`, reward: (name: string) => `reward “${name}”`, leaves: (to: string) => `leave out or give less: ${to}` },
} as const;

/**
 * Which rules and rewards may give less to whom another ladder puts on another level. For the same measure over the same time it is known who comes from
 * where to where: to a level that is new, or that lies elsewhere now. By another measure, or over another time, anybody may come to any level; over a
 * time in which all counts that counted, to none below.
 */
export function diffLevelUsers(before: TierLadder, after: TierLadder, users: readonly LevelUser[], lang: Lang): RuleChangeLine[] {
  const w = WORDS[lang];
  const nameOf = (level: TierLevel | null) => (level === null ? w.none : w.level(levelName(level, lang)));
  const losingBy = (from: TierLevel | null, to: TierLevel | null) => users.filter((one) => one.losesBy(from?.code ?? null, to?.code ?? null)).map(({ kind, name }) => w[kind](name));
  const told = (field: string, from: TierLevel | null, to: string, losing: readonly string[], leaves: readonly (TierLevel | null)[]): RuleChangeLine[] =>
    (losing.length === 0 ? [] : [{ field, name: w.name(nameOf(from), to), before: [...new Set(losing)].join(', '), after: w.leaves(leaves.map(nameOf).join(', ')), verdict: 'worse' }]);
  if (!measuresAnew(before, after)) return movesBetween(before, after).flatMap(([from, to]) => told(`level.${(from ?? to)!.code}.users.${to?.code ?? ''}`, from, nameOf(to), losingBy(from, to), [to]));
  return standsOf(before).flatMap((from) => {
    const leaves = placesFrom(from, before, after).filter((to) => to?.code !== from?.code && losingBy(from, to).length > 0);
    return told(`level.${from?.code ?? ''}.users`, from, w.other, leaves.flatMap((to) => losingBy(from, to)), leaves);
  });
}

const measuresAnew = (before: TierLadder, after: TierLadder): boolean => JSON.stringify([before.measure, before.period]) !== JSON.stringify([after.measure, after.period]);

/** Where members may stand: below the first threshold on no level. */
const standsOf = ({ levels }: TierLadder): (TierLevel | null)[] => (levels[0]!.threshold > 0 ? [null, ...levels] : [...levels]);

/** Where whoever stands on a level may come to when what counts is added up anew. */
function placesFrom(from: TierLevel | null, before: TierLadder, after: TierLadder): (TierLevel | null)[] {
  if (JSON.stringify(before.measure) !== JSON.stringify(after.measure) || !isWider(before.period, after.period)) return standsOf(after);
  const lowest = from?.threshold ?? 0;
  const least = after.levels.findLast((one) => one.threshold <= lowest)?.threshold ?? 0;
  return standsOf(after).filter((to) => (to?.threshold ?? 0) >= least);
}

/** From which level to which one some measure comes; each pair once, from the lowest measure on. */
function movesBetween(before: TierLadder, after: TierLadder): [TierLevel | null, TierLevel | null][] {
  const at = (ladder: TierLadder, measure: number) => ladder.levels.findLast((one) => one.threshold <= measure) ?? null;
  const measures = [...new Set([0, ...[...before.levels, ...after.levels].map((one) => one.threshold)])].sort((a, b) => a - b);
  const pairs = new Map(measures.map((measure) => { const pair: [TierLevel | null, TierLevel | null] = [at(before, measure), at(after, measure)]; return [`${pair[0]?.code ?? ''} ${pair[1]?.code ?? ''}`, pair]; }));
  return [...pairs.values()].filter(([from, to]) => from?.code !== to?.code);
}
