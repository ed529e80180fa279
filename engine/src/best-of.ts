import type { CompiledRule, CompiledRuleset, Rooms } from './compile.ts';
import { underCaps, type Earnings, type Outcomes } from './earning.ts';
import { bonusAlone, type Multiplier } from './multipliers.ts';
import type { Points } from './points.ts';
import { OUTCOME } from './trace.ts';

type Candidate = { readonly rule: CompiledRule; readonly points: Points };

/**
 * Best-of groups, by result: in each group stays the rule that gives most under its own caps; of equal ones the first by priority, then by
 * id. First the rules that add are held against one another; then each multiplier of a group with what it would add by itself to the points
 * of rules outside the group. The others drop out before anything is multiplied. Answers the multipliers that stay.
 */
export function keepBest(compiled: CompiledRuleset, multipliers: readonly Multiplier[], lineCount: number, rooms: Rooms, earnings: Earnings, outcomes: Outcomes): Multiplier[] {
  const winners: (Candidate | undefined)[] = [];
  const lost: Candidate[] = [];
  const challenge = (one: Candidate): void => {
    const { bestOf } = one.rule;
    const champion = winners[bestOf];
    if (champion === undefined) {
      winners[bestOf] = one;
      return;
    }
    const loser = beats(one, champion) ? champion : one;
    if (loser === champion) winners[bestOf] = one;
    lost.push(loser);
    earnings[loser.rule.index] = undefined;
  };
  for (const rule of compiled.rules) {
    const one = rule.bestOf < 0 ? undefined : earnings[rule.index];
    if (one !== undefined) challenge({ rule, points: underCaps(rule, one.points, rooms).points });
  }
  // All are measured before any of them drops out, so that no group looks at the outcome of another.
  const measured = multipliers.filter((one) => one.rule.bestOf >= 0).map((one): Candidate => ({ rule: one.rule, points: underCaps(one.rule, bonusAlone(one, lineCount, earnings), rooms).points }));
  measured.forEach(challenge);
  for (const { rule, points } of lost) outcomes[rule.index] = [OUTCOME.lostBestOf, winners[rule.bestOf]!.rule.index, points];
  return multipliers.filter(({ rule }) => rule.bestOf < 0 || winners[rule.bestOf]!.rule === rule);
}

const beats = (a: Candidate, b: Candidate): boolean =>
  a.points > b.points || (a.points === b.points && (a.rule.definition.priority - b.rule.definition.priority || b.rule.ruleId - a.rule.ruleId) > 0);
