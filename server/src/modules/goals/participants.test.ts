import { level } from '@wracam/engine/testing/tiers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp, type TestApp } from '../../testing/app.ts';

let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());

const START = '2026-03-02T08:00:00Z'; // a Monday
const common = { description: null, onReturn: 'takeBack', reward: { points: { wallet: 'punkty', points: 50 }, badge: null, coupon: null } };
const challenge = (target: number, who: object | null, more: object = {}) => ({ kind: 'challenge', name: `${target} zakupy`, ...common, who, when: null, lines: null, task: { kind: 'count', of: 'documents', target }, window: { kind: 'once', from: '2026-03-01', until: null }, ...more });
const spent = (at: number, who: object | null, more: object = {}) => ({ kind: 'threshold', name: 'Wydane', ...common, who, measure: { kind: 'spent' }, at, repeats: false, since: null, ...more });
const IN_CLUB = { attribute: 'member.group', operator: 'includesAny', value: ['klub'] };
const inSegment = (value: string) => ({ attribute: 'member.segment', operator: 'inSegment', value });

/** A test program whose clock stands in the morning of a Monday, with a member; purchases give no points of their own. */
async function shop() {
  const program = await app.program({ rules: [], test: true, startsAt: Date.parse(START) });
  const params = { program: program.code };
  const { api } = program;
  const anna = await api.createMember({ params, body: { firstName: 'Anna', card: `${program.code}-A`, termsVersion: 1 } });
  const member = { ...params, member: anna.id };
  let count = 0;
  let hours = 0;
  /** An hour later, with due work done on the way. */
  const later = async (by = 1) => { await api.moveTestClock({ params, body: { now: new Date(Date.parse(START) + (hours += by) * 3_600_000).toISOString() } }); };
  const now = async () => (await api.getTestClock({ params })).now;
  return {
    program, params, api, anna, later, now,
    publish: async (definition: object) => {
      const draft = await api.createGoal({ params, body: { definition: definition as never } });
      return api.publishGoal({ params: { ...params, goal: draft.id }, body: { revision: draft.revision } });
    },
    buy: async (more: object = {}) => {
      const externalId = `S-${count += 1}`;
      await api.recordTransaction({ params, body: { source: 'till', externalId, kind: 'sale', occurredAt: await now(), totalMinor: 1000, member: { id: anna.id }, ...more } });
      await later();
      return externalId;
    },
    giveBack: async (sale: string) => {
      await api.recordTransaction({ params, body: { source: 'till', externalId: `R-${count += 1}`, kind: 'return', occurredAt: await now(), totalMinor: 1000, of: { source: 'till', externalId: sale } } });
      await later();
    },
    change: async (body: object) => { await api.changeMember({ params: member, body }); await later(); },
    goals: async () => { const { thresholds, challenges } = await api.getMemberGoals({ params: member }); return [...thresholds, ...challenges].map(({ name, value }) => [name, value]); },
    points: async () => (await api.getBalances({ params: member })).balances[0]!.available,
    giveLevel: async (code: string) => { await api.grantTier({ params: member, body: { level: code, reason: 'dla gościa' } }); await later(); },
    ladder: async (from: number) => {
      const { revision } = await api.getTiers({ params });
      const definition = { levels: [level('zielony', 0), level('zloty', from)], measure: { kind: 'spent' }, period: { kind: 'lifetime' }, promotion: 'atOnce', lasts: 'nextPeriod', demotion: 'toMeasure', graceDays: 0, returns: 'takeLevel' };
      const draft = await api.changeTiers({ params, body: { revision, definition: definition as never } });
      await api.publishTiers({ params, body: { revision: draft.revision, despiteNotice: true } });
      await later();
    },
    segment: (name: string, condition: object) => api.createSegment({ params, body: { name, condition: condition as never } }),
  };
}

describe('who takes part is asked of each document', () => {
  it('counts what was bought in the club alone: not what came before and after; whoever left does not see the goal and keeps the reward', async () => {
    const { publish, buy, change, goals, points } = await shop();
    await publish(challenge(2, IN_CLUB));
    await buy();
    expect(await goals()).toEqual([]);
    await change({ groups: ['klub'] });
    expect(await goals()).toEqual([['2 zakupy', 0]]);
    await buy();
    expect([await goals(), await points()]).toEqual([[['2 zakupy', 1]], 0]);
    await change({ groups: [] });
    await buy();
    expect([await goals(), await points()]).toEqual([[], 0]);
    await change({ groups: ['klub', 'inny'] });
    await buy();
    expect([await goals(), await points()]).toEqual([[['2 zakupy', 2]], 50]);
    await change({ groups: [] });
    await buy();
    expect([await goals(), await points()]).toEqual([[], 50]);
  });

  it('a return takes back what it undid, also of whoever takes part no longer; one of a purchase that never counted takes nothing', async () => {
    const { publish, buy, giveBack, change, points } = await shop();
    await publish(challenge(2, IN_CLUB));
    const before = await buy();
    await change({ groups: ['klub'] });
    await buy();
    const second = await buy();
    await change({ groups: [] });
    await giveBack(before);
    expect(await points()).toBe(50);
    await giveBack(second);
    expect(await points()).toBe(0);
  });

  it('a document that comes late is decided by the member of the moment when it came, as by a rule', async () => {
    const { publish, buy, change, goals } = await shop();
    await publish(challenge(5, IN_CLUB));
    await change({ groups: ['klub'] });
    await buy({ occurredAt: START });
    expect(await goals()).toEqual([['5 zakupy', 1]]);
  });

  it('company and own attributes are asked the same way', async () => {
    const { api, params, publish, buy, change, goals } = await shop();
    const alfa = await api.createCircle({ params, body: { kind: 'company', name: 'Alfa' } });
    await publish(spent(100_000, { all: [{ attribute: 'member.company', operator: 'is', value: 'Alfa' }, { attribute: 'member.attribute.miasto', operator: 'is', value: 'Kraków' }] }));
    await change({ company: alfa.id });
    await buy();
    await change({ attributes: { miasto: 'Kraków' } });
    await buy();
    expect(await goals()).toEqual([['Wydane', 1000]]);
    await change({ company: null });
    await buy();
    await change({ company: alfa.id });
    expect(await goals()).toEqual([['Wydane', 1000]]);
  });

  it('a level counts for its whole day: a level by hand gives the reward of that day’s purchases at once, and so does a ladder from today', async () => {
    const { ladder, publish, buy, giveLevel, points, goals } = await shop();
    await ladder(1_000_000);
    await publish(challenge(1, { attribute: 'member.tier', operator: 'is', value: 'zloty' }));
    await buy();
    expect([await goals(), await points()]).toEqual([[], 0]);
    await giveLevel('zloty');
    expect([await goals(), await points()]).toEqual([[['1 zakupy', 1]], 50]);
    const other = await shop();
    await other.ladder(1_000_000);
    await other.publish(challenge(1, { attribute: 'member.tier', operator: 'is', value: 'zloty' }));
    await other.buy();
    await other.ladder(500);
    expect(await other.points()).toBe(50);
  });

  it('a level by hand is remembered for good: a goal without a first day counts what was bought with it years ago', async () => {
    const { program, api, params, anna, ladder, publish, buy, giveLevel, later, goals, now } = await shop();
    await ladder(1_000_000);
    await giveLevel('zloty');
    await buy();
    await later(24);
    await api.revokeTier({ params: { ...params, member: anna.id }, body: { reason: 'koniec' } });
    await app.ask("update program set test_now = test_now + interval '820 days' where id = $1", [program.id]); // without the nights between
    // The member's level is written anew.
    await api.recordTransaction({ params, body: { source: 'till', externalId: 'late', kind: 'sale', occurredAt: await now(), totalMinor: 1000, member: { id: anna.id } } });
    await publish(spent(100_000, { attribute: 'member.tier', operator: 'is', value: 'zielony' }));
    expect(await goals()).toEqual([['Wydane', 1000]]);
  });

  it('earlier purchases are all that is left of them, also those before the goal’s own first day', async () => {
    const { publish, buy, giveBack, later, points } = await shop();
    const first = await buy();
    await buy();
    await later(48);
    await publish(challenge(1, { attribute: 'history.salesCount', operator: 'atLeast', value: 2 }, { window: { kind: 'once', from: '2026-03-04', until: null } }));
    expect(await points()).toBe(0);
    await buy();
    expect(await points()).toBe(50);
    await giveBack(first);
    expect(await points()).toBe(0);
  });

  it('a preview counts who takes part now and how far they are, and tells members nothing of the condition', async () => {
    const { api, params, publish, buy, change } = await shop();
    await change({ groups: ['klub'] });
    await buy();
    const jan = await api.createMember({ params, body: { firstName: 'Jan', card: 'inna', termsVersion: 1 } });
    await buy({ member: { id: jan.id } });
    expect(await api.previewGoal({ params, body: { definition: challenge(2, IN_CLUB) as never } })).toMatchObject({ members: 2, taking: 1, reached: 0, distribution: [{}, {}, { from: 50, members: 1 }, {}, {}], sentence: '2\u00a0zakupy, od 1\u00a0marca 2026.' });
    expect((await publish(challenge(2, IN_CLUB))).sentence).toBe('2\u00a0zakupy, od 1\u00a0marca 2026, dla uczestników z grupy „klub”.');
  });
});

describe('a segment that a goal asks for', () => {
  const BUYERS = { attribute: 'history.salesCount', operator: 'atLeast', value: 1 };

  it('counts as it was published; another condition is another version of the goal, which takes nothing from anybody', async () => {
    const { program, api, params, publish, buy, goals, points, segment, later } = await shop();
    await api.changeProgram({ params, body: { noticeDays: 0 } });
    const { id } = await segment('Znani', BUYERS);
    const goal = await publish(challenge(2, inSegment('Znani')));
    expect(goal.current!.definition.who).toEqual(inSegment('Znani'));
    for (let no = 0; no < 3; no += 1) await buy();
    expect([await goals(), await points()]).toEqual([[['2 zakupy', 2]], 50]);
    const path = `/segments/${id}`;
    const change = async (condition: object, more: object = {}) => {
      const { revision } = await api.getSegment({ params: { ...params, segment: id } });
      const drafted = await api.changeSegment({ params: { ...params, segment: id }, body: { revision, condition: condition as never } });
      return program.call('POST', `${path}/publish`, { revision: drafted.revision, ...more });
    };
    expect(await change({ ...BUYERS, value: 2 })).toMatchObject({ status: 200 });
    await later();
    expect([await goals(), await points()]).toEqual([[['2 zakupy', 1]], 50]);
    expect((await api.getGoal({ params: { ...params, goal: goal.id } })).versions).toHaveLength(2);
    expect((await api.getSegment({ params: { ...params, segment: id } })).rules).toEqual(['2 zakupy']);
    expect(await program.call('POST', `${path}/archive`)).toMatchObject({ status: 409, body: { code: 'segment_in_use' } });
    expect(await change({ attribute: 'member.badge', operator: 'includesAny', value: ['x'] })).toMatchObject({ status: 409, body: { code: 'segment_badge_for_goal' } });
    expect((await api.getSegment({ params: { ...params, segment: id } })).version).toBe(2);
  });

  it('counts by a planned condition from its day on, and not before; one that was withdrawn never comes', async () => {
    const { api, params, program, publish, buy, goals, segment, later, now } = await shop();
    await api.changeProgram({ params, body: { noticeDays: 0 } });
    const { id } = await segment('Znani', BUYERS);
    const goal = await publish(challenge(5, inSegment('Znani')));
    for (let no = 0; no < 4; no += 1) await buy();
    const plan = async (value: number, days: number) => {
      const { revision } = await api.getSegment({ params: { ...params, segment: id } });
      const drafted = await api.changeSegment({ params: { ...params, segment: id }, body: { revision, condition: { ...BUYERS, value } } });
      return program.call('POST', `/segments/${id}/publish`, { revision: drafted.revision, inForceFrom: new Date(Date.parse(await now()) + days * 86_400_000).toISOString() });
    };
    await plan(4, 2);
    expect(await plan(3, 1)).toMatchObject({ status: 200, body: { versions: [{}, { withdrawnBy: 3 }, {}] } });
    await later();
    expect(await goals()).toEqual([['5 zakupy', 3]]);
    await later(72);
    expect(await goals()).toEqual([['5 zakupy', 1]]);
    const { versions } = await api.getGoal({ params: { ...params, goal: goal.id } });
    expect(versions).toHaveLength(2);
    // A goal that is published between the plans and their days begins with what is in force, and goes by each plan from its day.
    await plan(1, 1);
    await plan(0, 2);
    await publish(challenge(9, inSegment('Znani')));
    expect(await goals()).toEqual([['5 zakupy', 1], ['9 zakupy', 1]]);
    await later(30);
    expect(await goals()).toEqual([['5 zakupy', 3], ['9 zakupy', 3]]);
    await later(24);
    expect(await goals()).toEqual([['5 zakupy', 4], ['9 zakupy', 4]]);
  });

  it('409 notice_too_short where somebody may fall out of it; a second person publishes it where the program asks for one', async () => {
    const { program, api, params, publish, segment } = await shop();
    const { id } = await segment('Znani', BUYERS);
    await publish(challenge(2, inSegment('Znani')));
    const draft = async (value: number) => (await api.changeSegment({ params: { ...params, segment: id }, body: { revision: (await api.getSegment({ params: { ...params, segment: id } })).revision, condition: { ...BUYERS, value } } })).revision;
    const narrower = await draft(2);
    expect(await program.call('GET', `/segments/${id}/difference`)).toMatchObject({ body: { changes: [{ verdict: 'worse' }, { name: 'zasady i cele, które o niego pytają', before: 'cel „2 zakupy”' }] } });
    expect(await program.call('POST', `/segments/${id}/publish`, { revision: narrower })).toMatchObject({ status: 409, body: { code: 'notice_too_short' } });
    await api.changeProgram({ params, body: { secondPerson: true } });
    expect(await program.call('POST', `/segments/${id}/publish`, { revision: narrower, despiteNotice: true })).toMatchObject({ status: 200, body: { version: 1, proposal: { version: null } } });
    await api.changeProgram({ params, body: { secondPerson: false } });
    expect(await program.call('POST', `/segments/${id}/publish`, { revision: await draft(0) })).toMatchObject({ status: 200, body: { version: 2 } });
  });

  it('409 segment_badge_for_goal: a goal is not published for a segment that has come to ask for badges, or will', async () => {
    const { program, api, params, segment, now } = await shop();
    const { id } = await segment('Znani', BUYERS);
    const goal = await api.createGoal({ params, body: { definition: challenge(2, inSegment('Znani')) as never } });
    const drafted = await api.changeSegment({ params: { ...params, segment: id }, body: { revision: 1, condition: { attribute: 'member.badge', operator: 'includesAny', value: ['x'] } } });
    await api.publishSegment({ params: { ...params, segment: id }, body: { revision: drafted.revision, inForceFrom: new Date(Date.parse(await now()) + 86_400_000).toISOString() } });
    expect(await program.call('POST', `/goals/${goal.id}/publish`, { revision: goal.revision })).toMatchObject({ status: 409, body: { code: 'segment_badge_for_goal' } });
    expect(await program.call('POST', '/goals', { definition: challenge(3, inSegment('Znani')) })).toMatchObject({ status: 400 });
  });

  it('400: a goal asks for no badge, itself or by a segment, and for no segment that is not there', async () => {
    const { program, segment } = await shop();
    await segment('Z odznaką', { attribute: 'member.badge', operator: 'includesAny', value: ['x'] });
    const refused = async (who: object) => { const { status, body } = await program.call('POST', '/goals', { definition: challenge(2, who) }); return [status, body.code, (body.errors as { pointer: string }[] | undefined)?.map((one) => one.pointer)]; };
    expect(await refused({ attribute: 'member.badge', operator: 'includesAny', value: ['x'] })).toEqual([400, 'invalid_request', ['/definition/who/attribute']]);
    expect(await refused(inSegment('Z odznaką'))).toEqual([400, 'invalid_request', ['/definition/who']]);
    expect(await refused(inSegment('Nieznany'))).toEqual([400, 'segment_unknown', undefined]);
  });
});
