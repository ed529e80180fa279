import { level } from '@wracam/engine/testing/tiers';
import type { GoalDefinition } from '@wracam/engine/goals/definition';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp, type TestApp } from '../../testing/app.ts';
import { replayed, storedAccounts } from '../../testing/replayed.ts';
import { loadHistory } from '../connectors/index.ts';
import { verifyProgram } from '../ledger/index.ts';
import type { NewDocument } from '../transactions/index.ts';
import { followGoals, goalsInPast, layGoals, sweepGoals } from './index.ts';

let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());

const onDay = (day: number, hour = 11) => Date.UTC(2026, 0, day, hour);
const SINCE = '2026-01-04';
const goal = (name: string, who: object, target: number, more: object = {}) => ({
  kind: 'challenge', name, description: null, onReturn: 'takeBack', reward: { points: { wallet: 'punkty', points: 50 }, badge: null, coupon: null }, who,
  when: null, lines: null, task: { kind: 'count', of: 'documents', target }, window: { kind: 'once', from: SINCE, until: null }, ...more,
}) as GoalDefinition;
const IN_CLUB = { attribute: 'member.group', operator: 'includesAny', value: ['klub'] };
const GOLD = { attribute: 'member.tier', operator: 'is', value: 'zloty' };
const KNOWN = { attribute: 'history.salesCount', operator: 'atLeast', value: 2 };

/** A program whose clock has come to the 20th of January; Anna was in the club from the 5th until the 10th. Nothing is booked yet. */
async function shop() {
  const program = await app.program({ rules: [], test: true, startsAt: onDay(1, 8) });
  const params = { program: program.code };
  const { api } = program;
  const { revision } = await api.getTiers({ params });
  const ladder = { levels: [level('zielony', 0), level('zloty', 3_000)], measure: { kind: 'spent' }, period: { kind: 'lifetime' }, promotion: 'atOnce', lasts: 'nextPeriod', demotion: 'toMeasure', graceDays: 0, returns: 'takeLevel' };
  const draft = await api.changeTiers({ params, body: { revision, definition: ladder as never } });
  await api.publishTiers({ params, body: { revision: draft.revision, despiteNotice: true } });
  const anna = await api.createMember({ params, body: { firstName: 'Anna', card: `${program.code}-A`, termsVersion: 1 } });
  const at = (day: number) => api.moveTestClock({ params, body: { now: new Date(onDay(day, 8)).toISOString() } });
  const groups = (...of: string[]) => api.changeMember({ params: { ...params, member: anna.id }, body: { groups: of } });
  await at(5);
  await groups('klub');
  await at(10);
  await groups();
  await at(20);
  const document = (day: number, more: Partial<NewDocument> = {}): NewDocument => ({
    source: 'h', externalId: `${day}`, kind: 'sale', occurredAt: onDay(day), pointer: { kind: 2, key: `${program.code}-A` }, totalMinor: 1_000, lines: [], payments: [], currency: 'PLN', store: null, till: null, cashier: null, channel: null, attributes: {}, of: null, ...more,
  });
  const giveBack = (day: number, of: number) => document(day, { externalId: `${day}:${of}`, kind: 'return', of: { source: 'h', externalId: `${of}` } });
  const load = async (documents: readonly NewDocument[]) => {
    const spare = await app.deps.ids.take(20);
    const companion = await app.deps.db.readProgram(program.id, (tx) => goalsInPast(app.deps, tx, Date.parse(`${SINCE}T00:00:00+01:00`), () => spare.pop()!));
    return loadHistory(app.deps, program.id, documents, { batchNo: null, companion });
  };
  const grants = async () => (await app.ask<{ goal: string; given: Date; taken: Date | null }>(`select v.definition ->> 'name' as goal, g.granted_at as given, g.taken_at as taken from goal_grant g
    join goal_version v on v.program_id = g.program_id and v.goal_id = g.goal_id and v.version = g.version where g.program_id = ${program.id} order by g.id, 1`)).map(({ goal: name, given, taken }) => [name, given.getTime(), taken?.getTime() ?? null]).sort();
  return { program, document, giveBack, load, grants, lay: (...goals: GoalDefinition[]) => app.deps.db.inProgram(program.id, (tx) => layGoals(app.deps, tx, goals)) };
}

describe('while history is loaded, goals with a condition on members', () => {
  it('give on the day on which they were reached, to who took part on the days of the documents; the count of everybody then finds nothing to give', async () => {
    const { program, document, load, grants, lay } = await shop();
    await lay(goal('Klub', IN_CLUB, 2), goal('Złoci', GOLD, 3), goal('Stali', KNOWN, 4));
    // The club: the 6th and the 7th. Gold from the third purchase on: the 6th to the 11th. Two purchases before: all but the first two.
    await load([2, 3, 6, 7, 11, 12].map((day) => document(day)));
    const given = [['Klub', onDay(7), null], ['Stali', onDay(12), null], ['Złoci', onDay(11), null]];
    expect(await grants()).toEqual(given);
    await app.deps.db.inProgram(program.id, followGoals);
    await sweepGoals(app.deps, program.id);
    expect(await grants()).toEqual(given);
    expect((await verifyProgram(app.deps.db, program.id)).differences).toEqual([]);
    const { result, accounts } = await replayed(app.deps, program.id, {});
    expect(result.difference).toMatchObject({ documents: 0, checked: 6, first: null });
    expect(accounts).toEqual(await storedAccounts(app.ask, program.id));
  });

  it('take back at the instant of a return, also of a purchase before the goal’s first day that brought somebody in', async () => {
    const { document, giveBack, load, grants, lay } = await shop();
    await lay(goal('Złoci', GOLD, 1), goal('Stali', KNOWN, 1));
    const until8 = [document(2), document(3), document(6), giveBack(8, 2)];
    await load(until8);
    expect(await grants()).toEqual([['Stali', onDay(6), onDay(8)], ['Złoci', onDay(6), onDay(8)]]);
    await load([...until8, document(9)]);
    expect(await grants()).toEqual([['Stali', onDay(9), null], ['Złoci', onDay(9), null]]);
  });

  it('go on after a load that was cut off as if it had not been', async () => {
    const { document, load, grants, lay } = await shop();
    await lay(goal('Klub', IN_CLUB, 2), goal('Stali', KNOWN, 3));
    await load([2, 3, 6].map((day) => document(day)));
    await load([2, 3, 6, 7, 9].map((day) => document(day)));
    expect(await grants()).toEqual([['Klub', onDay(7), null], ['Stali', onDay(9), null]]);
  });
});
