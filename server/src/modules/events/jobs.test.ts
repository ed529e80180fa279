import type { RuleDefinition } from '@wracam/engine/rules';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jobHandlers } from '../../app.ts';
import { runNextJob } from '../../platform/jobs.ts';
import { testApp, type TestApp, type TestProgram } from '../../testing/app.ts';
import { insertMembers } from '../members/index.ts';
import { daysKeptOn } from './jobs.ts';

const rule = (type: string, points: number, more: Partial<RuleDefinition> = {}): RuleDefinition => ({
  name: type, wallet: 'punkty', trigger: { kind: 'event', type }, when: null, lines: null, effect: { kind: 'fixed', points }, schedule: { from: null, until: null }, priority: 100, exclusiveGroup: null,
  caps: { perTransaction: null, perMemberDay: null, perProgram: null }, expiry: { kind: 'never' }, pendingDays: null, ...more,
});

let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());

const START = '2026-02-20T10:00:00Z';
const open = (rules: RuleDefinition[], test = true) => app.program({ rules, ...(test ? { test: true, startsAt: Date.parse(START) } : {}) });
let count = 0;
const join = (shop: TestProgram, more: Record<string, unknown> = {}) => shop.api.createMember({ params: { program: shop.code }, body: { firstName: 'Jan', card: `DAY-${count += 1}`, termsVersion: 1, ...more } });
const until = (shop: TestProgram, now: string) => shop.api.moveTestClock({ params: { program: shop.code }, body: { now } });
/** What a member got for events, oldest first: [points, the reason, the local day]. */
const got = async (shop: TestProgram, member: { id: string }) => (await shop.api.listHistory({ params: { program: shop.code, member: member.id } })).items.map((one) => [one.points, one.reason, one.at.slice(0, 10)]).reverse();
/** The morning of a date, as the nightly work does it. */
const onDay = (shop: TestProgram, date: string) => jobHandlers['events.day']!.run(app.deps, { programId: shop.id, kind: 'events.day', ref: Date.parse(date) / 86_400_000, dueAt: 0, now: 0 });
/** A member's events, oldest first: type, local day, points. */
const told = async (shop: TestProgram, member: { id: string }) => (await shop.api.listTransactions({ params: { program: shop.code }, query: { member: member.id } as never })).items
  .map((one) => `${one.event} ${one.occurredAt.slice(0, 10)} ${one.points}`).sort((a, b) => (a.split(' ')[1]! < b.split(' ')[1]! ? -1 : 1));
const eventsIn = async (shop: TestProgram) => Number((await app.ask<{ n: string }>('select count(*) as n from transaction where program_id = $1 and kind = 4', [shop.id]))[0]!.n);

describe('joining', () => {
  it('is an event of its own, once, where a rule answers to it', async () => {
    const shop = await open([rule('registration', 100)], false);
    const member = await join(shop);
    while (await runNextJob(app.deps, jobHandlers));
    expect(await got(shop, member)).toMatchObject([[100, 'Za dołączenie do programu', expect.any(String)]]);
    await jobHandlers['members.joined']!.run(app.deps, { programId: shop.id, kind: 'members.joined', ref: app.deps.publicIds.decode('mem', member.id)!, dueAt: 0, now: Date.now() });
    expect(await got(shop, member)).toHaveLength(1);
  });

  it('writes no document where no rule answers, and none for loaded history', async () => {
    const silent = await open([rule('survey', 5)], false);
    await join(silent);
    const loud = await open([rule('registration', 100)], false);
    const [id] = await app.deps.ids.take(1);
    await app.deps.db.inProgram(loud.id, (tx) => insertMembers(app.deps, tx, [{ id: id!, card: 'LOADED', joinedAt: tx.program.now, termsVersion: null }]));
    while (await runNextJob(app.deps, jobHandlers));
    expect([await eventsIn(silent), await eventsIn(loud)]).toEqual([0, 0]);
  });

  it('and a profile that is complete at last, is an event once, whatever is changed afterwards', async () => {
    const shop = await open([rule('profile-completed', 30)], false);
    const member = await join(shop, { lastName: 'Kowal', birthDate: '1980-05-05', phone: '601 700 800' });
    const change = async (body: Record<string, unknown>) => {
      await shop.api.changeMember({ params: { program: shop.code, member: member.id }, body });
      while (await runNextJob(app.deps, jobHandlers));
      return (await got(shop, member)).length;
    };
    while (await runNextJob(app.deps, jobHandlers));
    expect(await got(shop, member)).toEqual([]);
    expect(await change({ lastName: 'Kowalski' })).toBe(0);
    expect(await change({ email: 'jan@example.pl' })).toBe(1);
    expect(await change({ email: null })).toBe(1);
    expect(await change({ email: 'jan2@example.pl' })).toBe(1);
    expect(await got(shop, member)).toMatchObject([[30, 'Za uzupełnienie profilu', expect.any(String)]]);
  });
});

describe('days that come back every year', () => {
  it.each([['2027-02-28', ['02-28', '02-29']], ['2028-02-28', ['02-28']], ['2028-02-29', ['02-29']], ['2027-03-01', ['03-01']]])('on %s the days %j are kept', (date, days) => expect(daysKeptOn(date)).toEqual(days));

  it('are booked on their morning, each once a year, for whoever has them and is in the program', async () => {
    const shop = await open([rule('birthday', 50), rule('name-day', 20), rule('anniversary', 10, { when: { attribute: 'event.field.years', operator: 'atLeast', value: 2 } })]);
    const jan = await join(shop, { birthDate: '1992-02-29' });
    const nobody = await join(shop, { firstName: 'Brunhilda' });
    const blocked = await join(shop, { firstName: 'Ewa', birthDate: '1980-06-24' });
    await shop.api.blockMember({ params: { program: shop.code, member: blocked.id }, body: { reason: 'Prośba' } });
    for (const date of ['2026-02-20', '2026-02-28', '2026-06-24', '2026-12-27', '2027-02-20', '2027-02-28', '2028-02-20', '2028-02-28', '2028-02-29']) await onDay(shop, date);
    // Born after 29 February, so of the two days of the name the one in June is kept.
    expect(await told(shop, jan)).toEqual(['birthday 2026-02-28 50', 'name-day 2026-06-24 20', 'anniversary 2027-02-20 0', 'birthday 2027-02-28 50', 'anniversary 2028-02-20 10', 'birthday 2028-02-29 50']);
    expect(await told(shop, nobody)).toEqual(['anniversary 2027-02-20 0', 'anniversary 2028-02-20 10']);
    expect(await told(shop, blocked)).toEqual([]);
    expect((await shop.api.listHistory({ params: { program: shop.code, member: jan.id } })).items.map((one) => one.reason)).toEqual(['Na urodziny', 'Z okazji rocznicy dołączenia', 'Na urodziny', 'Na imieniny', 'Na urodziny']);
  });

  it('come with the clock at six in the morning of the program’s zone, in winter and in summer', async () => {
    const shop = await open([rule('birthday', 1)]);
    const [winter, summer] = [await join(shop, { birthDate: '1990-02-22' }), await join(shop, { birthDate: '1990-07-22' })];
    await until(shop, '2026-02-22T04:59:00Z');
    expect(await told(shop, winter)).toEqual([]);
    await until(shop, '2026-02-22T05:01:00Z');
    await onDay(shop, '2026-07-22');
    const at = async (member: { id: string }) => (await shop.api.listTransactions({ params: { program: shop.code }, query: { member: member.id } as never })).items.map((one) => one.occurredAt);
    expect([await at(winter), await at(summer)]).toEqual([['2026-02-22T05:00:00.000Z'], ['2026-07-22T04:00:00.000Z']]);
  });

  it('a night that runs twice, or late, books nothing twice', async () => {
    const shop = await open([rule('birthday', 50)]);
    const member = await join(shop, { birthDate: '1990-02-22' });
    await Promise.all([1, 2, 3].map(() => onDay(shop, '2026-02-22')));
    await until(shop, '2026-02-23T10:00:00Z');
    expect(await told(shop, member)).toEqual(['birthday 2026-02-22 50']);
  });

  it('a birthday that is changed moves the day, but never brings a second one in the year', async () => {
    const shop = await open([rule('birthday', 50)]);
    const member = await join(shop, { birthDate: '1990-02-22' });
    await onDay(shop, '2026-02-22');
    await shop.api.changeMember({ params: { program: shop.code, member: member.id }, body: { birthDate: '1990-03-05' } });
    for (const date of ['2026-03-05', '2027-02-22', '2027-03-05']) await onDay(shop, date);
    expect(await told(shop, member)).toEqual(['birthday 2026-02-22 50', 'birthday 2027-03-05 50']);
  });

  it('cost a program nothing whose rules do not ask for them: no day is written down', async () => {
    const shop = await open([rule('survey', 1)]);
    await join(shop, { birthDate: '1990-02-22' });
    await until(shop, '2026-02-23T10:00:00Z');
    expect(await app.ask('select 1 from member_day where program_id = $1', [shop.id])).toEqual([]);
    expect(await eventsIn(shop)).toBe(0);
  });
});
