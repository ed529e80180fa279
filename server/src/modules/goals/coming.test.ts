import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp, type TestApp } from '../../testing/app.ts';

let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());

const START = Date.parse('2026-03-02T08:00:00Z'); // a Monday
const at = (days: number) => new Date(START + days * 86_400_000).toISOString();
const IN_CLUB = { attribute: 'member.group', operator: 'includesAny', value: ['klub'] };
const common = { description: 'Warto.', onReturn: 'keep', reward: { points: { wallet: 'punkty', points: 50 }, badge: null, coupon: 'kawa gratis' } };
const challenge = (name: string, more: object = {}) => ({ kind: 'challenge', name, ...common, who: null, when: null, lines: null, task: { kind: 'count', of: 'documents', target: 2 }, window: { kind: 'once', from: '2026-03-01', until: null }, ...more });
const threshold = (name: string, more: object = {}) => ({ kind: 'threshold', name, ...common, who: null, measure: { kind: 'spent' }, at: 10_000, repeats: false, since: null, ...more });

/** A test program whose clock stands in the morning of a Monday, with a member who has bought nothing. */
async function shop() {
  const program = await app.program({ rules: [], test: true, startsAt: START });
  const params = { program: program.code };
  const { api } = program;
  const anna = await api.createMember({ params, body: { firstName: 'Anna', card: `${program.code}-A`, termsVersion: 1 } });
  const member = { ...params, member: anna.id };
  return {
    api, params, member,
    draft: async (definition: object) => api.createGoal({ params, body: { definition: definition as never } }),
    plan: async (definition: object, inForceFrom: string) => {
      const { id, revision } = await api.createGoal({ params, body: { definition: definition as never } });
      return api.publishGoal({ params: { ...params, goal: id }, body: { revision, inForceFrom } });
    },
    seen: async () => {
      const { soon, challenges, thresholds } = await api.getMemberGoals({ params: member });
      return { soon: soon.map(({ name, from }) => [name, from]), runs: [...challenges, ...thresholds].map(({ name }) => name) };
    },
    soon: async () => (await api.getMemberGoals({ params: member })).soon,
    clock: (days: number) => api.moveTestClock({ params, body: { now: at(days) } }),
    join: (...groups: string[]) => api.changeMember({ params: member, body: { groups } }),
    buy: async () => { await api.recordTransaction({ params, body: { source: 'till', externalId: 'S1', kind: 'sale', occurredAt: at(0), totalMinor: 1000, member: { id: anna.id } } }); },
  };
}

describe('a goal that is published for a day to come', () => {
  it('is told to members as coming soon, with the day, what to do and what for; on its day it runs', async () => {
    const { api, params, plan, draft, seen, soon, clock } = await shop();
    await plan(challenge('Później', { window: { kind: 'week', from: '2026-03-20', until: null } }), at(3));
    const next = await plan(threshold('Najpierw'), at(5));
    await draft(challenge('Szkic'));
    await plan(challenge('Już trwa'), at(0));
    expect(await seen()).toEqual({ soon: [['Najpierw', '2026-03-07'], ['Później', '2026-03-20']], runs: ['Już trwa'] });
    expect((await soon())[0]).toEqual({ id: next.id, kind: 'threshold', name: 'Najpierw', description: 'Warto.', sentence: 'Po wydaniu 100\u00a0zł.', reward: { points: { wallet: 'punkty', points: 50 }, badge: null, coupon: 'kawa gratis' }, from: '2026-03-07', countsFrom: null });
    // A change that is planned of what runs is no goal of its own.
    const running = (await api.listGoals({ params, query: {} })).items.find((one) => one.name === 'Już trwa')!;
    const drafted = await api.changeGoal({ params: { ...params, goal: running.id }, body: { revision: running.revision, definition: challenge('Już trwa inaczej') as never } });
    await api.publishGoal({ params: { ...params, goal: running.id }, body: { revision: drafted.revision, inForceFrom: at(8) } });
    expect((await seen()).soon).toHaveLength(2);
    await clock(6);
    expect(await seen()).toEqual({ soon: [], runs: ['Później', 'Już trwa', 'Najpierw'] });
  });

  it('says from which day purchases count, also those made before it begins, and counts them on its day', async () => {
    const { api, member, plan, soon, buy, clock, seen } = await shop();
    await plan(challenge('Od dawna', { window: { kind: 'once', from: '2026-03-01', until: null } }), at(5));
    expect((await soon()).map(({ from, countsFrom }) => [from, countsFrom])).toEqual([['2026-03-07', '2026-03-01']]);
    await buy();
    expect((await soon()).length).toBe(1);
    await clock(6);
    expect((await seen()).runs).toEqual(['Od dawna']);
    expect((await api.getMemberGoals({ params: member })).challenges[0]).toMatchObject({ value: 1 });
  });

  it('is told only to those who may take part as they are now', async () => {
    const { plan, seen, join, buy } = await shop();
    await plan(challenge('Klub', { who: IN_CLUB }), at(5));
    await plan(threshold('Stali', { since: '2026-03-01', who: { attribute: 'history.salesCount', operator: 'atLeast', value: 1 } }), at(5));
    expect((await seen()).soon).toEqual([]);
    await join('klub');
    expect((await seen()).soon).toEqual([['Klub', '2026-03-07']]);
    await join();
    await buy();
    expect((await seen()).soon).toEqual([['Stali', '2026-03-07']]);
  });

  it('is told to nobody when it ends, or is over, before it begins', async () => {
    const { api, params, plan, seen } = await shop();
    const goal = await plan(challenge('Odwołane'), at(10));
    expect((await seen()).soon).toHaveLength(1);
    await api.endGoal({ params: { ...params, goal: goal.id }, body: { revision: goal.revision, inForceFrom: at(4), despiteNotice: true } });
    await plan(challenge('Krótkie', { window: { kind: 'once', from: '2026-03-01', until: '2026-03-06' } }), at(10));
    expect((await seen()).soon).toEqual([]);
  });
});
