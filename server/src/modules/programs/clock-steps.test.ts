import { startOfLocalDay } from '@wracam/engine/calendar';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testApp, type TestApp } from '../../testing/app.ts';
import { POINTS_WALLET } from './index.ts';

const ZONE = 'Europe/Warsaw';
const DAYS = 45;
const START = startOfLocalDay(ZONE, '2026-03-10'); // the night to 29 March is an hour short
const DAY_MS = 86_400_000;

let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());

/** A shop in which lots mature and end on different days of the way, and a member who leaves with points still held. */
async function shopOnItsWay() {
  const shop = await app.program({ test: true, startsAt: START, wallets: [{ ...POINTS_WALLET, expiry: { kind: 'months', months: 1, roundTo: 'day' }, pendingDays: 5 }] });
  const params = { program: shop.code };
  for (const card of ['A', 'B', 'C']) {
    const { id } = await shop.api.createMember({ params, body: { card, termsVersion: 1 } });
    await shop.api.recordTransaction({ params, body: { source: 'till', externalId: card, kind: 'sale', occurredAt: new Date(START).toISOString(), member: { id }, totalMinor: 5_000 * card.charCodeAt(0) } });
    await shop.api.adjustPoints({ params: { ...params, member: id }, body: { points: 30, reason: 'Start', expiresOn: `2026-04-0${card.charCodeAt(0) - 64}` } });
    if (card === 'C') await shop.api.createHold({ params: { ...params, member: id }, body: { points: 10, minutes: 60 * 24 * 9 } });
  }
  const move = (now: number) => shop.api.moveTestClock({ params, body: { now: new Date(now).toISOString() } });
  return { shop, params, move };
}

async function result({ shop, params }: Awaited<ReturnType<typeof shopOnItsWay>>) {
  const rows = (text: string) => app.ask(text, [shop.id]);
  return {
    transfers: await rows(`select i.key, t.seq, t.kind, t.points, t.incoming, t.booked_at from transfer t join member_identifier i on i.program_id = t.program_id and i.member_id = t.member_id and i.kind = 2 where t.program_id = $1 order by 1, 2`),
    lots: await rows(`select i.key, l.seq, l.remaining, l.expired, l.pending, l.usable_at, l.expires_at from lot l join member_identifier i on i.program_id = l.program_id and i.member_id = l.member_id and i.kind = 2 where l.program_id = $1 order by 1, 2`),
    due: await rows('select kind, ref, due_at, tries, last_error from due where program_id = $1 order by kind, ref'),
    home: await shop.api.getHome({ params, query: { days: 30 } }),
    stopped: await rows('select count(*)::int as n from audit_difference where program_id = $1'),
  };
}

it('a month and a half in one step ends exactly as day by day, with one audit and one recount instead of one a night', async () => {
  const [atOnce, slowly] = [await shopOnItsWay(), await shopOnItsWay()];
  const { jobsRun } = await atOnce.move(START + DAYS * DAY_MS);
  let daily = 0;
  for (let day = 1; day <= DAYS; day += 1) daily += (await slowly.move(START + day * DAY_MS)).jobsRun;
  const [one, many] = [await result(atOnce), await result(slowly)];
  expect(one).toEqual(many);
  expect(one.transfers.filter((row) => row['kind'] === 7)).toHaveLength(6);
  expect(daily - jobsRun, 'the last night’s audit and recount would come after the end').toBe(2 * (DAYS - 2));
}, 60_000);
