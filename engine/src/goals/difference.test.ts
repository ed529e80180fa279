import { describe, expect, it } from 'vitest';
import { mayWorsen } from '../rule-difference.ts';
import type { ChallengeDefinition, ChallengeTask, GoalDefinition, ThresholdDefinition } from './definition.ts';
import { diffGoal, diffGoalEnd } from './difference.ts';

const common = { name: 'Cel', description: null, reward: { points: { wallet: 'punkty', points: 10 }, badge: 'bdg_1', coupon: 'Kawa gratis' }, onReturn: 'takeBack' } as const;
const count = (target: number, of: 'documents' | 'amount' = 'documents'): ChallengeTask => ({ kind: 'count', of, target });
const challenge = (more: Partial<ChallengeDefinition> = {}): ChallengeDefinition => ({ ...common, kind: 'challenge', when: null, lines: null, task: count(5), window: { kind: 'month', from: '2026-03-01', until: '2026-06-30' }, ...more });
const threshold = (more: Partial<ThresholdDefinition> = {}): ThresholdDefinition => ({ ...common, kind: 'threshold', measure: { kind: 'points', wallet: 'punkty' }, at: 500, repeats: true, since: '2026-01-01', ...more });
const streak = (length: number, every: 'day' | 'week' = 'week') => challenge({ task: { kind: 'streak', every, length } });
const collection = (...items: string[]) => challenge({ task: { kind: 'collection', by: 'sku', items } });
const until = (date: string | null) => challenge({ window: { kind: 'month', from: '2026-03-01', until: date } });
const reward = (more: Partial<GoalDefinition['reward']>) => challenge({ reward: { ...common.reward, ...more } });
const CLUB = { attribute: 'member.group', operator: 'includesAny', value: ['klub'] };
const options = { lang: 'pl', currency: 'PLN', on: '2026-04-01', badgeName: () => 'Kawosz' } as const;
const plain = (text: string) => text.replaceAll('\u00a0', ' ');
const told = (before: GoalDefinition, after: GoalDefinition) => diffGoal(before, after, options).map(({ field, before: was, after: is, verdict }) => [field, plain(was), plain(is), verdict]);

describe('a change of a goal', () => {
  it.each<[string, GoalDefinition, GoalDefinition, string, string, string]>([
    ['a higher threshold', threshold(), threshold({ at: 600 }), 'at', '500 punktów', '600 punktów'],
    ['once only', threshold(), threshold({ repeats: false }), 'repeats', 'tak', 'nie'],
    ['a later first day', threshold(), threshold({ since: '2026-02-01' }), 'since', '1 stycznia 2026', '1 lutego 2026'],
    ['another measure', threshold({ at: 1 }), threshold({ at: 1, measure: { kind: 'spent' } }), 'measure', 'zdobyte punkty', 'wydane pieniądze'],
    ['a higher target', challenge(), challenge({ task: count(6) }), 'task', '5 zakupów', '6 zakupów'],
    ['another count', challenge(), challenge({ task: count(5, 'amount') }), 'task', '5 zakupów', 'Zakupy za 0,05 zł'],
    ['a longer streak', streak(3), streak(4), 'task', 'Zakup co tydzień przez 3 tygodnie z rzędu', 'Zakup co tydzień przez 4 tygodnie z rzędu'],
    ['another piece', collection('A', 'B'), collection('A', 'C'), 'task', 'Każdy z towarów: A, B', 'Każdy z towarów: A, C'],
    ['an earlier end', until('2026-06-30'), until('2026-05-31'), 'window.until', '30 czerwca 2026', '31 maja 2026'],
    ['an end where there was none', until(null), until('2027-05-31'), 'window.until', 'brak', '31 maja 2027'],
    ['another period', challenge(), challenge({ window: { ...challenge().window, kind: 'week' } }), 'window.kind', 'co miesiąc od nowa', 'co tydzień od nowa'],
    ['fewer who take part', challenge(), challenge({ who: CLUB }), 'who', 'każdy uczestnik', 'dla uczestników z grupy „klub”'],
    ['others who take part', challenge({ who: CLUB }), challenge({ who: { ...CLUB, value: ['inni'] } }), 'who', 'dla uczestników z grupy „klub”', 'dla uczestników z grupy „inni”'],
    ['fewer lines that count', challenge(), challenge({ lines: { attribute: 'line.category', operator: 'is', value: 'kawa' } }), 'lines', 'wszystkie', 'z kategorii „kawa”'],
    ['fewer points', challenge(), reward({ points: { wallet: 'punkty', points: 9 } }), 'reward.points', '10 punktów', '9 punktów'],
    ['points of another wallet', challenge(), reward({ points: { wallet: 'inny', points: 90 } }), 'reward.points', '10 punktów', '90 punktów'],
    ['no badge', challenge(), reward({ badge: null }), 'reward.badge', 'Kawosz', 'brak'],
    ['another coupon', challenge(), reward({ coupon: 'Ciastko' }), 'reward.coupon', 'Kawa gratis', 'Ciastko'],
    ['rewards that returns take', challenge({ onReturn: 'keep' }), challenge(), 'onReturn', 'nagroda zostaje', 'nagroda jest cofana'],
  ])('%s is worse, and the way back is told too', (_, before, after, field, was, is) => {
    expect(told(before, after)).toEqual([[field, was, is, 'worse']]);
    const [back] = told(after, before);
    expect(back?.slice(0, 3)).toEqual([field, is, was]);
  });

  it.each<[string, GoalDefinition, GoalDefinition]>([
    ['a lower threshold', threshold(), threshold({ at: 400 })], ['again and again', threshold({ repeats: false }), threshold()], ['from the beginning', threshold(), threshold({ since: null })],
    ['a lower target', challenge(), challenge({ task: count(4) })], ['a shorter streak', streak(4), streak(3)], ['fewer pieces', collection('A', 'B', 'C'), collection('C', 'A')],
    ['a later end', until('2026-06-30'), until('2026-07-31')], ['no end', until('2026-06-30'), until(null)], ['everybody', challenge({ who: CLUB }), challenge()],
    ['more points', challenge(), reward({ points: { wallet: 'punkty', points: 11 } })], ['a coupon besides', reward({ coupon: null }), challenge()], ['rewards that stay', challenge(), challenge({ onReturn: 'keep' })],
  ])('%s takes nothing from anybody', (_, before, after) => expect(diffGoal(before, after, options).map((one) => one.verdict)).toEqual(['better']));

  it('a name decides nothing, nor does anything of a challenge that is over, and what is written the same way is the same', () => {
    expect(told(challenge(), challenge({ name: 'Inny' }))).toEqual([['name', 'Cel', 'Inny', 'same']]);
    expect(mayWorsen(diffGoal(until('2026-03-31'), challenge({ task: count(9) }), options))).toBe(false);
    const segment = { attribute: 'member.segment', operator: 'inSegment', value: 'Stali' };
    const turned = JSON.parse(JSON.stringify({ value: 'Stali#3', tree: CLUB, operator: 'inSegment', attribute: 'member.segment' })) as typeof segment;
    expect(diffGoal(challenge({ who: segment, task: count(5) }), challenge({ who: turned, task: { target: 5, of: 'documents', kind: 'count' } }), options)).toEqual([]);
  });

  it('an end takes all that the goal gives, but of one that is over nothing', () => {
    expect(diffGoalEnd(challenge(), options)).toEqual([{ field: 'goal', name: 'co daje', before: expect.stringMatching(/^10\spunktów, odznaka „Kawosz”, kupon „Kawa gratis”$/u) as string, after: 'nic, bo jest zakończony', verdict: 'worse' }]);
    expect(mayWorsen(diffGoalEnd(until('2026-03-31'), options))).toBe(false);
  });
});
