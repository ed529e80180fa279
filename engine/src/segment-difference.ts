import type { Condition } from './conditions.ts';
import { describeSegment, type DescribeOptions } from './describe.ts';
import { implies } from './implies.ts';
import type { NamedChange } from './named-change.ts';
import type { RuleChangeLine } from './rule-difference.ts';

/** A rule or a goal that runs or is planned and asks for a segment. `losesBy`: may members get less of it when the segment changes. */
export type SegmentUser = { readonly kind: 'rule' | 'goal'; readonly name: string; readonly losesBy: (change: NamedChange) => boolean };

/** May somebody come into a segment, and fall out of it, when one condition gives way to another; as careful as `implies`. */
export const segmentChange = (before: Condition, after: Condition): NamedChange => ({ joins: !implies(after, before), leaves: !implies(before, after) });

const WORDS = {
  pl: { condition: 'kto należy do segmentu', users: 'zasady i cele, które o niego pytają', rule: (name: string) => `zasada „${name}”`, goal: (name: string) => `cel „${name}”`, lose: (who: string) => `mogą dać mniej temu, kto ${who}`, both: 'wejdzie do segmentu albo z niego wypadnie', joins: 'wejdzie do segmentu', leaves: 'wypadnie z segmentu' },
  en: { condition: 'who is in the segment', users: 'rules and goals that ask for it', rule: (name: string) => `rule “${name}”`, goal: (name: string) => `goal “${name}”`, lose: (who: string) => `may give less to whoever ${who}`, both: 'comes into the segment or falls out of it', joins: 'comes into the segment', leaves: 'falls out of the segment' },
} as const;

/** What differs between two conditions of a segment, in words, and which rules and goals may give members less by it. Nothing is lost where none asks for the segment. */
export function diffSegment(before: Condition, after: Condition, users: readonly SegmentUser[], options: Pick<DescribeOptions, 'lang' | 'currency' | 'names'>): RuleChangeLine[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const w = WORDS[options.lang];
  const change = segmentChange(before, after);
  const losing = [...new Set(users.filter((one) => one.losesBy(change)).map((one) => w[one.kind](one.name)))];
  const joins = change.joins && users.some((one) => one.losesBy({ joins: true, leaves: false }));
  const leaves = change.leaves && users.some((one) => one.losesBy({ joins: false, leaves: true }));
  const verdict = losing.length > 0 ? 'worse' : users.length > 0 && (change.joins || change.leaves) ? 'better' : 'same';
  const condition: RuleChangeLine = { field: 'condition', name: w.condition, before: describeSegment(before, options), after: describeSegment(after, options), verdict };
  if (losing.length === 0) return [condition];
  return [condition, { field: 'users', name: w.users, before: losing.join(', '), after: w.lose(joins && leaves ? w.both : joins ? w.joins : w.leaves), verdict: 'worse' }];
}
