import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jobHandlers } from '../../app.ts';
import { testApp, type TestApp } from '../../testing/app.ts';
import { noticeMail } from './notices.ts';

let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());

async function shopAt(start: string, noticeDays: number[]) {
  const shop = await app.program({ test: true, startsAt: Date.parse(start) });
  const params = { program: shop.code };
  await shop.api.changeWallet({ params: { ...params, wallet: 'punkty' }, body: { revision: 1, noticeDays } });
  const join = (name: string, email = true) => shop.api.createMember({ params, body: { firstName: name, card: `${shop.code}-${name}`, ...(email ? { email: `${name}@${shop.code}.example` } : {}), termsVersion: 1 } });
  const give = (member: { id: string }, points: number, expiresOn: string) => shop.api.adjustPoints({ params: { ...params, member: member.id }, body: { points, reason: 'Na start', expiresOn } });
  return {
    shop, params, join, give,
    moveTo: (now: string) => shop.api.moveTestClock({ params, body: { now } }),
    told: () => app.ask<{ body: unknown; at: Date; ref: string }>(`select body, at, ref from outbox where program_id = $1 and type = 'points.expiring' order by at, id`, [shop.id]),
    mails: async () => (await shop.api.listMessages({ params })).items.filter((one) => one.subject.includes('do wykorzystania')),
    available: async (member: { id: string }) => (await shop.api.getBalances({ params: { ...params, member: member.id } })).balances[0]!.available,
  };
}

describe('points that end', () => {
  it.each([
    // clocks go forward on 29 March 2026 at 2:00, back on 25 October 2026 at 3:00 (Europe/Warsaw)
    ['forward', '2026-03-18T11:00:00Z', '2026-03-29', ['2026-03-22T08:00:00.000Z', '2026-03-28T08:00:00.000Z'], '2026-03-29T21:59:59Z', '2026-03-29T22:00:00Z'],
    ['forward, told after the change', '2026-03-20T11:00:00Z', '2026-04-05', ['2026-03-29T07:00:00.000Z', '2026-04-04T07:00:00.000Z'], '2026-04-05T21:59:59Z', '2026-04-05T22:00:00Z'],
    ['back', '2026-10-14T11:00:00Z', '2026-10-25', ['2026-10-18T07:00:00.000Z', '2026-10-24T07:00:00.000Z'], '2026-10-25T22:59:59Z', '2026-10-25T23:00:00Z'],
  ])('across a change of clocks %s: told at nine of the local date so many local days before, good to the last second of their day', async (_, start, on, times, lastSecond, over) => {
    const { join, give, moveTo, told, mails, available } = await shopAt(start, [7, 1]);
    const anna = await join('anna');
    await give(anna, 120, on);
    await give(anna, 30, on);
    await give(anna, 5, '2026-12-31');
    await moveTo(lastSecond);
    expect((await told()).map((one) => [one.at.toISOString(), one.body])).toEqual(times.map((at, step) => [at, { wallet: 'punkty', points: 150, on, days: [7, 1][step] }]));
    expect((await mails()).map((one) => one.to)).toEqual([anna.email, anna.email]);
    expect(await available(anna)).toBe(155);
    await moveTo(over);
    expect(await available(anna)).toBe(5);
    expect(await told()).toHaveLength(2);
  }, 60_000);

  it('nobody is told twice however often the work runs, and not of points that are gone or of an account that is blocked', async () => {
    const { shop, params, join, give, moveTo, told, mails } = await shopAt('2026-06-01T11:00:00Z', [7]);
    const [anna, bogdan, celina, darek] = [await join('anna'), await join('bogdan', false), await join('celina'), await join('darek')];
    for (const member of [anna, bogdan, celina, darek]) await give(member, 40, '2026-06-10');
    await shop.api.adjustPoints({ params: { ...params, member: celina.id }, body: { points: -40, reason: 'Wydane' } });
    await shop.api.blockMember({ params: { ...params, member: darek.id }, body: { reason: 'x' } });
    await moveTo('2026-06-04T11:00:00Z');
    expect((await told()).map((one) => one.ref).sort()).toEqual([anna.id, bogdan.id].sort());
    const day = Math.floor(Date.parse('2026-06-03T00:00:00Z') / 86_400_000);
    const again = { programId: shop.id, kind: 'ledger.notices', ref: day, dueAt: 0, now: 0 };
    await Promise.all(Array.from({ length: 4 }, () => jobHandlers['ledger.notices']!.run(app.deps, again)));
    expect(await told()).toHaveLength(2);
    expect((await mails()).map((one) => one.to)).toEqual([anna.email]); // Bogdan gave no address
  }, 60_000);

  it('are listed all, by date, where the account’s row carries the nearest three', async () => {
    const { shop, params, join, give } = await shopAt('2026-06-01T11:00:00Z', []);
    const anna = await join('anna');
    const dates = ['2027-05-31', '2026-07-31', '2026-12-31', '2027-01-31', '2026-09-30'];
    for (const [at, on] of dates.entries()) await give(anna, at + 1, on);
    const { balances, lots } = await shop.api.getBalances({ params: { ...params, member: anna.id } });
    const expected = dates.map((on, at) => ({ on, points: at + 1 })).sort((a, b) => (a.on < b.on ? -1 : 1));
    expect(balances[0]!.expiring).toEqual(expected);
    expect(lots.map((lot) => ({ on: lot.expiresOn, points: lot.remaining }))).toEqual(expected);
  });
});

it('the message says how many, until when and where, in the member’s language', () => {
  const facts = { program: 'Pod Lipą', points: '3 punkty', on: '31 marca 2027', url: 'https://punkty.example.pl/p/lipa' };
  expect(noticeMail('pl', facts)).toEqual({ subject: '3 punkty w programie „Pod Lipą”: do wykorzystania do 31 marca 2027', body: 'Cześć,\n\nW programie „Pod Lipą” masz do wykorzystania do 31 marca 2027: 3 punkty. Potem już się nie da.\nZobacz nagrody: https://punkty.example.pl/p/lipa\n' });
  expect(noticeMail('en', facts).subject).toBe('3 punkty in Pod Lipą: use by 31 marca 2027');
});
