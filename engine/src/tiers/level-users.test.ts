import { describe, expect, it } from 'vitest';
import type { Condition } from '../conditions.ts';
import { level } from '../testing/tiers.ts';
import type { TierLadder } from './ladder.ts';
import { diffLevelUsers, looksAtLevels, rewardLosesByLevel, ruleLosesByLevel, type LevelUser } from './level-users.ts';

const tier = (operator: string, value: string | string[]): Condition => ({ attribute: 'member.tier', operator, value });
const rule = (when: Condition | null, more: object = {}) => ({ when, effect: { kind: 'fixed' as const, points: 5 }, exclusiveGroup: null, ...more });
const segment = (operator: string, tree: Condition): Condition => ({ attribute: 'member.segment', operator, value: 'Stali@1', tree });

describe('a rule, for a member who comes from „srebro” to „platyna”', () => {
  it.each<[string, Condition | null, boolean]>([
    ['asks for nobody’s level', null, false],
    ['is for another level', tier('is', 'zloto'), false],
    ['is for the old level', tier('is', 'srebro'), true],
    ['is for levels with the old one and without the new', tier('oneOf', ['srebro', 'zloto']), true],
    ['is for levels with both', tier('oneOf', ['srebro', 'platyna']), false],
    ['is not for the old level', tier('isNot', 'srebro'), false],
    ['is not for the new level', tier('isNot', 'platyna'), true],
    ['is for none of some with the new one', tier('noneOf', ['platyna']), true],
    ['denies the old level', { none: [tier('is', 'srebro')] }, false],
    ['denies the new level', { none: [tier('is', 'platyna')] }, true],
    ['is for the old level beside others that may hold', { any: [{ attribute: 'history.isFirstSale', operator: 'isTrue', value: null }, tier('is', 'srebro')] }, true],
    ['is for a segment of the old level', segment('inSegment', tier('is', 'srebro')), true],
    ['is for whoever is in no segment of the new level', segment('notInSegment', tier('is', 'platyna')), true],
    ['is for whoever is in no segment of the old level', segment('notInSegment', tier('is', 'srebro')), false],
  ])('that %s', (_, when, loses) => {
    expect(ruleLosesByLevel(rule(when), 'srebro', 'platyna')).toBe(loses);
    expect(looksAtLevels(rule(when))).toBe(when !== null);
  });

  it('of an exclusive group also loses by speaking anew: it silences another one of the group', () => {
    expect([null, 'promocje'].map((exclusiveGroup) => ruleLosesByLevel(rule(tier('is', 'platyna'), { exclusiveGroup }), 'srebro', 'platyna'))).toEqual([false, true]);
  });

  it('that multiplies by level loses where the new level has less, or is not named', () => {
    const by = (tiers: [string, number][]) => ruleLosesByLevel(rule(null, { effect: { kind: 'tierMultiplier', tiers: tiers.map(([code, hundredths]) => ({ tier: code, hundredths })) } }), 'srebro', 'platyna');
    expect([by([['srebro', 150]]), by([['srebro', 150], ['platyna', 140]]), by([['srebro', 150], ['platyna', 150]]), by([['platyna', 200]])]).toEqual([true, true, false, false]);
  });
});

it('a reward is lost by who leaves the levels that it names', () => {
  expect([rewardLosesByLevel([], 'a', 'b'), rewardLosesByLevel(['a'], 'a', 'b'), rewardLosesByLevel(['a'], 'a', null), rewardLosesByLevel(['a', 'b'], 'a', 'b'), rewardLosesByLevel(['b'], 'a', 'b'), rewardLosesByLevel(['b'], null, 'a')]).toEqual([false, true, true, false, false, false]);
});

describe('two ladders', () => {
  const ladder = (levels: [string, number][], more: object = {}) => ({ levels: levels.map(([code, threshold]) => level(code, threshold, { pl: code, en: code })), measure: { kind: 'spent' }, period: { kind: 'lifetime' }, promotion: 'atOnce', lasts: 'nextPeriod', demotion: 'toMeasure', graceDays: 0, returns: 'takeLevel', ...more }) as TierLadder;
  const old = ladder([['srebro', 100], ['zloto', 500]]);
  const told = (after: TierLadder, from: string) => diffLevelUsers(old, after, [{ kind: 'rule', name: 'Podwójnie', losesBy: (level) => level === from }, { kind: 'reward', name: 'Kubek', losesBy: (level) => level === from }], 'pl').map((one) => [one.field, one.name, one.before, one.after, one.verdict]);

  it.each<[string, TierLadder, string, string]>([
    ['with a level between', ladder([['srebro', 100], ['platyna', 300], ['zloto', 500]]), 'srebro', 'poziom „srebro” → poziom „platyna”'],
    ['without one', ladder([['srebro', 100]]), 'zloto', 'poziom „zloto” → poziom „srebro”'],
    ['without the lowest', ladder([['zloto', 500]]), 'srebro', 'poziom „srebro” → bez poziomu'],
    ['with a threshold that is lower', ladder([['srebro', 100], ['zloto', 400]]), 'srebro', 'poziom „srebro” → poziom „zloto”'],
  ])('%s say whom it moves, and what those may lose', (_, after, from, moves) => {
    expect(told(after, from)).toEqual([[expect.stringMatching(`^level\\.${from}\\.users\\.`), `zasady i nagrody przy przejściu: ${moves}`, 'zasada „Podwójnie”, nagroda „Kubek”', `nie obejmują albo dają mniej: ${moves.split(' → ')[1]!}`, 'worse']]);
  });

  it.each<[string, object]>([['something else is measured', { measure: { kind: 'sales' } }], ['another wallet’s points are', { measure: { kind: 'points', wallet: 'status' } }], ['it counts over a shorter time', { period: { kind: 'rolling', months: 12 } }]])('say from which level what may be lost where %s: anybody may come to any level', (_, more) => {
    const after = ladder([['srebro', 5], ['zloto', 9]], more);
    expect(told(after, 'zloto')).toEqual([['level.zloto.users', 'zasady i nagrody przy przejściu: poziom „zloto” → inny poziom', 'zasada „Podwójnie”, nagroda „Kubek”', 'nie obejmują albo dają mniej: bez poziomu, poziom „srebro”', 'worse']]);
    expect(told(ladder([['srebro', 0], ['zloto', 9]], more), 'srebro').map((one) => one[3])).toEqual(['nie obejmują albo dają mniej: poziom „zloto”']);
  });

  it('name only the levels on which a rule gives less, each rule once', () => {
    const loses: LevelUser[] = [{ kind: 'rule', name: 'Podwójnie', losesBy: (from, to) => from === 'zloto' && to !== 'platyna' }];
    const after = ladder([['srebro', 0], ['zloto', 9], ['platyna', 20]], { measure: { kind: 'sales' } });
    expect(diffLevelUsers(old, after, loses, 'en').map(({ name, before, after: leaves }) => [name, before, leaves])).toEqual([['rules and rewards on the way: level “zloto” → another level', 'rule “Podwójnie”', 'leave out or give less: level “srebro”']]);
  });

  it('over a longer time lead nobody down: what only the lower levels have may be lost, what the higher ones have stays', () => {
    const year = ladder([['srebro', 0], ['zloto', 500]], { period: { kind: 'rolling', months: 6 } });
    const longer = ladder([['srebro', 0], ['zloto', 500]], { period: { kind: 'rolling', months: 12 } });
    const lost = (from: string) => diffLevelUsers(year, longer, [{ kind: 'reward', name: 'Kubek', losesBy: (level) => level === from }], 'pl').map((one) => one.after);
    expect([lost('srebro'), lost('zloto')]).toEqual([['nie obejmują albo dają mniej: poziom „zloto”'], []]);
  });

  it('say nothing where nobody moves and where nobody loses', () => {
    expect([told(old, 'srebro'), told(ladder([['srebro', 100], ['platyna', 300], ['zloto', 500]]), 'zloto'), told(ladder([['srebro', 5]], { measure: { kind: 'sales' } }), 'platyna')]).toEqual([[], [], []]);
  });
});
