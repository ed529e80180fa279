import { describe, expect, it } from 'vitest';
import type { ChallengeDefinition, ChallengeTask, GoalDefinition, ThresholdDefinition } from './definition.ts';
import { describeGoal } from './describe.ts';
import { validateGoal } from './validation.ts';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');
const common = { name: 'Cel', description: null, reward: { points: { wallet: 'points', points: 10 }, badge: null, coupon: null }, onReturn: 'takeBack' } as const;
const challenge = (task: ChallengeTask, more: Partial<ChallengeDefinition> = {}): ChallengeDefinition => ({ ...common, kind: 'challenge', when: null, lines: null, task, window: { kind: 'once', from: '2026-11-01', until: '2026-11-30' }, ...more });
const threshold = (more: Partial<ThresholdDefinition>): ThresholdDefinition => ({ ...common, kind: 'threshold', measure: { kind: 'points', wallet: 'points' }, at: 500, repeats: true, since: null, ...more });
const coffee = { attribute: 'line.category', operator: 'is', value: 'kawa' };
const context = { wallets: ['points'], badges: ['bdg_0123456789'] };

describe('a goal in words', () => {
  it.each<[GoalDefinition, string, string]>([
    [threshold({}), 'Za każde 500 punktów.', 'For every 500 points.'],
    [threshold({ repeats: false, since: '2026-05-01' }), 'Po zebraniu 500 punktów, licząc od 1 maja 2026.', 'After earning 500 points, counted from 1 May 2026.'],
    [threshold({ measure: { kind: 'spent' }, at: 30_000 }), 'Za każde 300 zł wydane na zakupy.', 'For every PLN 300 spent.'],
    [challenge({ kind: 'count', of: 'documents', target: 5 }, { lines: coffee, window: { kind: 'month', from: '2026-11-01', until: null } }), '5 zakupów towarów z kategorii „kawa” w jednym miesiącu, od 1 listopada 2026.', '5 purchases of articles with category “kawa” in one month, from 1 November 2026.'],
    [challenge({ kind: 'count', of: 'amount', target: 12_550 }), 'Zakupy za 125,50 zł, od 1 listopada 2026 do 30 listopada 2026.', 'Purchases for PLN 125.50, from 1 November 2026 to 30 November 2026.'],
    [challenge({ kind: 'count', of: 'documents', target: 1 }, { trigger: { kind: 'event', type: 'recenzja' } }), '1 zdarzenie „recenzja”, od 1 listopada 2026 do 30 listopada 2026.', '1 event “recenzja”, from 1 November 2026 to 30 November 2026.'],
    [challenge({ kind: 'streak', every: 'week', length: 4 }), 'Zakup co tydzień przez 4 tygodnie z rzędu, od 1 listopada 2026 do 30 listopada 2026.', 'A purchase every week for 4 weeks in a row, from 1 November 2026 to 30 November 2026.'],
    [challenge({ kind: 'streak', every: 'day', length: 7 }, { when: { attribute: 'transaction.store', operator: 'is', value: 'Rynek' } }), 'Zakup codziennie przez 7 dni z rzędu, w sklepie „Rynek”, od 1 listopada 2026 do 30 listopada 2026.', 'A purchase every day for 7 days in a row, in store “Rynek”, from 1 November 2026 to 30 November 2026.'],
    [threshold({ who: { attribute: 'member.kind', operator: 'is', value: 'company' } }), 'Za każde 500 punktów, dla firm.', 'For every 500 points, for companies.'],
    [challenge({ kind: 'collection', by: 'category', items: ['kawa', 'ciasta'] }), 'Coś z każdej kategorii: kawa, ciasta, od 1 listopada 2026 do 30 listopada 2026.', 'Something of each category: kawa, ciasta, from 1 November 2026 to 30 November 2026.'],
  ])('%j', (definition, pl, en) => {
    expect(validateGoal(definition, context)).toEqual([]);
    expect([plain(describeGoal(definition, { lang: 'pl', currency: 'PLN' })), plain(describeGoal(definition, { lang: 'en', currency: 'PLN' }))]).toEqual([pl, en]);
  });
});

describe('a goal that is not right names every fault and its place', () => {
  it.each<[string, unknown, string[]]>([
    ['no kind', {}, ['/kind']],
    ['an unknown wallet', threshold({ measure: { kind: 'points', wallet: 'inny' } }), ['/measure/wallet']],
    ['nothing to win', threshold({ reward: { points: null, badge: null, coupon: null } }), ['/reward']],
    ['a badge of nobody', threshold({ reward: { points: null, badge: 'bdg_9999999999', coupon: null } }), ['/reward/badge']],
    ['half a point', threshold({ at: 1.5 }), ['/at']],
    ['a condition on the member', challenge({ kind: 'count', of: 'lines', target: 1 }, { when: { attribute: 'member.kind', operator: 'is', value: 'person' } }), ['/when/attribute']],
    ['a purchase in who takes part', threshold({ who: { attribute: 'transaction.total', operator: 'atLeast', value: 1 } }), ['/who/attribute']],
    ['a badge in who takes part', threshold({ who: { attribute: 'member.badgeDays.x', operator: 'atLeast', value: 1 } }), ['/who/attribute']],
    ['a badge in a segment of who takes part', threshold({ who: { attribute: 'member.segment', operator: 'inSegment', value: 'X#1', tree: { attribute: 'member.badge', operator: 'includesAny', value: ['x'] } } }), ['/who']],
    ['a field nobody reads', { ...challenge({ kind: 'count', of: 'lines', target: 1 }), goal: 1 }, ['/goal']],
    ['a streak in a week', challenge({ kind: 'streak', every: 'day', length: 7 }, { window: { kind: 'week', from: '2026-11-01', until: null } }), ['/window/kind']],
    ['an end before the beginning', challenge({ kind: 'streak', every: 'day', length: 1 }, { window: { kind: 'once', from: '2026-11-02', until: '2026-11-01' } }), ['/window/until', '/task/length']],
    ['a piece twice', challenge({ kind: 'collection', by: 'sku', items: ['A', 'A'] }), ['/task/items/1']],
  ])('%s', (_, input, pointers) => expect(validateGoal(input, context).map((one) => one.pointer)).toEqual(pointers));
});
