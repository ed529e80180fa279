import { permissionNames } from '@wracam/contract';
import { addDays, startOfLocalDay, type LocalDate } from '@wracam/engine/calendar';
import { credit, spend } from '@wracam/engine/ledger/moves';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Ctx } from '../../platform/deps.ts';
import { testDeps, type TestDeps } from '../../testing/deps.ts';
import { accountOf, newWorkingSet, openMember, saveWorkingSet } from '../ledger/index.ts';
import { insertMembers } from '../members/index.ts';
import { getHome, recountDays } from './actions.ts';
import { knowLoadedDays } from './store.ts';

const ZONE = 'Europe/Warsaw';
const TODAY = '2026-04-01';
const HOUR_MS = 3_600_000;
const at = (date: LocalDate, hour = 12) => startOfLocalDay(ZONE, date) + hour * HOUR_MS;

let t: TestDeps;
let ctx: Ctx;
let count = 0;
beforeAll(async () => { t = await testDeps(); });
beforeEach(async () => {
  const { id } = await t.program({ test: true, startsAt: at('2025-01-01') });
  ctx = { programId: id, actor: { kind: 'key', id: 1 }, permissions: new Set(permissionNames), language: 'pl', requestId: 'test', adjustLimit: null, adjustDayLimit: null, memberId: null, idempotency: null };
  await setClock(at(TODAY));
});
afterAll(() => t.close());

const setClock = (now: number) => t.ask('update program set test_now = $2 where id = $1', [ctx.programId, new Date(now)]);
/** A document as the transactions' room leaves it; reports read nothing else of it. */
const sale = (occurredAt: number, totalMinor: number, state = 1, kind = 1) => t.ask(`insert into transaction (program_id, id, source, external_id, kind, state, occurred_at, booked_at, total_minor, content_hash, body, test)
  values ($1, $2, 'till', $2::bigint::text, $5, $6, $3, $3, $4, '', '', true)`, [ctx.programId, count += 1, new Date(occurredAt), totalMinor, kind, state]);
const member = async (joinedAt: number) => {
  const [id] = await t.deps.ids.take(1);
  await t.deps.db.inProgram(ctx.programId, (tx) => insertMembers(t.deps, tx, [{ id: id!, joinedAt, termsVersion: 1 }]));
  return id!;
};
const move = (memberId: number, points: number, spent: number) => t.deps.db.inProgram(ctx.programId, async (tx) => {
  const set = newWorkingSet(ctx.programId, true, tx.program.now);
  await openMember(tx, set, memberId);
  const account = accountOf(set, memberId, { no: 1, debtLimit: 0 });
  if (points > 0) credit(set.book, account, points, { usableAt: null, expiresAt: null }, { kind: 'earn', origin: { kind: 'transaction', id: null } });
  if (spent > 0) spend(set.book, account, spent, { kind: 'spend', origin: { kind: 'order', id: null } });
  await saveWorkingSet(tx, set);
});
const home = (days?: number) => getHome(t.deps, ctx, days);

describe('the home page', () => {
  it('tells today, the same day last week and every day between, by the calendar of the program', async () => {
    await sale(at(TODAY, 0), 1_000); // the first instant of the local day is 22:00 UTC of the day before
    await sale(at(TODAY, 0) - 1, 2_000);
    await sale(at(addDays(TODAY, -7)), 4_000);
    await sale(at(addDays(TODAY, -29)), 8_000);
    await sale(at(addDays(TODAY, -30)), 16_000);
    const { today, sameDayLastWeek, days } = await home();
    expect(today).toMatchObject({ date: TODAY, sales: 1, salesMinor: 1_000 });
    expect(sameDayLastWeek).toMatchObject({ date: '2026-03-25', sales: 1, salesMinor: 4_000 });
    expect(days.map((day) => day.date)).toEqual(Array.from({ length: 30 }, (_, n) => addDays(TODAY, n - 29)));
    expect(days.filter((day) => day.sales > 0).map((day) => [day.date, day.salesMinor])).toEqual([['2026-03-03', 8_000], ['2026-03-25', 4_000], ['2026-03-31', 2_000], [TODAY, 1_000]]);
  });

  it('counts sales with and without a member, and no returns, voided or awaited documents', async () => {
    await sale(at(TODAY), 100, 1);
    await sale(at(TODAY), 200, 2);
    for (const state of [3, 4, 5]) await sale(at(TODAY), 1_000, state);
    await sale(at(TODAY), 1_000, 1, 2);
    expect((await home()).today).toMatchObject({ sales: 2, salesMinor: 300 });
  });

  it('tells new members, points earned and spent, and what members could still use', async () => {
    const anna = await member(at(addDays(TODAY, -3)));
    await setClock(at(addDays(TODAY, -3)));
    await move(anna, 100, 0);
    await setClock(at(TODAY));
    await move(anna, 50, 30);
    const { days, today, members, pointsOutstanding, ordersWaiting, wallet } = await home(7);
    expect(days).toHaveLength(7);
    expect(days[3]).toMatchObject({ pointsEarned: 100, pointsSpent: 0, newMembers: 1 });
    expect(today).toMatchObject({ pointsEarned: 50, pointsSpent: 30, newMembers: 0 });
    expect({ members, pointsOutstanding, ordersWaiting, wallet }).toEqual({ members: 1, pointsOutstanding: 120, ordersWaiting: 0, wallet: 'punkty' });
  });

  it('reads closed days from what it kept, until the night or loaded history makes it count again', async () => {
    const long = addDays(TODAY, -20);
    await sale(at(long), 100);
    const salesOf = async () => (await home()).days.find((day) => day.date === long)!.sales;
    expect(await salesOf()).toBe(1);
    await sale(at(long), 100); // a document that came very late
    expect(await salesOf()).toBe(1);
    await recountDays(t.deps, ctx.programId);
    expect(await salesOf()).toBe(2);
    await sale(at(long), 100);
    await t.ask(`insert into import_batch (program_id, no, file_hash, mapping, state, booked, figures, started_at) values ($1, 1, '', 'x', 'done', 1, '{}', now())`, [ctx.programId]);
    expect(await salesOf()).toBe(3);
  });

  it('may ask the database to learn the days of loaded rows', async () => {
    await expect(t.deps.db.inProgram(ctx.programId, knowLoadedDays)).resolves.toBe(1);
  });

  it('shows one program nothing of another', async () => {
    await sale(at(TODAY), 100);
    ctx = { ...ctx, programId: (await t.program({ test: true, startsAt: at(TODAY) })).id };
    expect(await home()).toMatchObject({ today: { sales: 0 }, members: 0, pointsOutstanding: 0 });
  });
});
