import { addDays, localDate, startOfLocalDay, type LocalDate } from '@wracam/engine/calendar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jobHandlers } from '../app.ts';
import { runDueJobs } from '../platform/jobs.ts';
import { testApp, type TestApp } from '../testing/app.ts';
import { openTill, PER_ZLOTY } from '../testing/till.ts';

const ZONE = 'Europe/Warsaw';
let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());

/** Every nightly run of every kind between two local days, watched as it is done. */
async function nightsOf(from: LocalDate, days: number) {
  const till = await openTill(app, { startsAt: new Date(startOfLocalDay(ZONE, from)).toISOString() });
  const runs: { kind: string; date: LocalDate }[] = [];
  const watched = Object.fromEntries(Object.entries(jobHandlers).map(([kind, handler]) => [kind, { ...handler, run: async (...given: Parameters<typeof handler.run>) => { runs.push({ kind, date: localDate(ZONE, given[1].now) }); return handler.run(...given); } }]));
  // Day by day: what only checks is done once a step.
  for (let day = 1; day <= days; day += 1) await runDueJobs(app.deps, watched, till.shop.id, startOfLocalDay(ZONE, addDays(from, day)) - 1);
  return runs;
}

describe('a scheduler', () => {
  it.each([['2026-10-25', 'the day of 25 hours'], ['2027-03-28', 'the day of 23 hours'], ['2027-10-31', 'the next autumn'], ['2028-02-29', 'a leap day'], ['2027-01-01', 'the turn of the year']])('neither skips nor doubles at DST: around %s, %s, each nightly job runs once a local date', async (day) => {
    const from = addDays(day as LocalDate, -2);
    const runs = await nightsOf(from, 5);
    const dates = Array.from({ length: 5 }, (_, at) => addDays(from, at));
    const kinds = [...new Set(runs.map((one) => one.kind))];
    expect(kinds).toEqual(expect.arrayContaining(['ledger.expire', 'ledger.audit']));
    const byKind = kinds.map((kind) => ({ kind, dates: runs.filter((one) => one.kind === kind).map((one) => one.date) }));
    // The first date began before the program did, so a job of its small hours may be missing there.
    expect(byKind.map(({ kind, dates: seen }) => ({ kind, dates: seen.filter((date) => date !== from) }))).toEqual(kinds.map((kind) => ({ kind, dates: dates.slice(1) })));
  }, 30_000);
});

describe('a day', () => {
  it.each([['2026-10-25', '2026-10-25T22:59:59Z', '2026-10-25T23:00:00Z'], ['2027-03-28', '2027-03-28T21:59:59Z', '2027-03-28T22:00:00Z']])('of %s has one limit a member: it is used up to its last second by local clocks, and new in the next', async (_, last, next) => {
    const limited = [{ ...PER_ZLOTY[0]!, caps: { perTransaction: null, perMemberDay: 50, perProgram: null } }];
    const till = await openTill(app, { startsAt: new Date(Date.parse(last) - 20 * 3_600_000).toISOString(), rules: limited });
    const member = await till.member();
    await till.sell(member, 4000);
    await till.moveTo(last);
    await till.sell(member, 4000);
    expect(await till.available(member)).toBe(50);
    await till.moveTo(next);
    await till.sell(member, 4000);
    expect(await till.available(member)).toBe(90);
  });

  it('a clock that jumps back changes nothing: an older document takes room of its own day, and no lot ends early', async () => {
    const till = await openTill(app, { startsAt: '2026-06-10T10:00:00Z' });
    const member = await till.member();
    const late = await till.sell(member, 10_000, { occurredAt: '2026-06-09T21:59:00Z' });
    expect(late.awards).toMatchObject([{ points: 100 }]);
    expect(await till.call('POST', '/test-clock', { now: '2026-06-09T00:00:00Z' })).toMatchObject({ status: 409, body: { code: 'clock_backwards' } });
    expect(await till.send(await till.sale(member, 100, { occurredAt: '2026-06-10T10:30:00Z' }))).toMatchObject({ status: 400, body: { code: 'occurred_in_future' } });
    expect(await till.available(member)).toBe(100);
  });
});
