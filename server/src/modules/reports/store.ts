import { addDays, startOfLocalDay, type LocalDate } from '@wracam/engine/calendar';
import { dateArray, int8Array } from '../../platform/binary-arrays.ts';
import type { ProgramTx } from '../../platform/db.ts';
import { sql } from '../../platform/sql.ts';
import { daysOf, noFigures, type DayFigures } from './core.ts';

// A year of one program in a single statement would hold others up; a month takes milliseconds.
const CHUNK_DAYS = 31;

/** Changes when history was loaded or undone: figures of closed days must be counted again. */
export const historyMark = async (tx: ProgramTx): Promise<string> =>
  (await tx.maybe<{ mark: string }>(sql`select mark from reporting.loaded_history where program_id = ${tx.program.id}`))?.mark ?? '0/0';

/** Figures from `from` to `until` (both included) counted from the documents themselves, a row for every date. */
export async function countDays(tx: ProgramTx, walletNo: number, from: LocalDate, until: LocalDate): Promise<DayFigures[]> {
  const counted: DayFigures[] = [];
  for (let first = from; first <= until; first = addDays(first, CHUNK_DAYS)) {
    const last = addDays(first, CHUNK_DAYS - 1) < until ? addDays(first, CHUNK_DAYS - 1) : until;
    counted.push(...await countChunk(tx, walletNo, first, last));
  }
  return counted;
}

async function countChunk(tx: ProgramTx, walletNo: number, from: LocalDate, until: LocalDate): Promise<DayFigures[]> {
  const { id, timeZone } = tx.program;
  const start = new Date(startOfLocalDay(timeZone, from));
  const end = new Date(startOfLocalDay(timeZone, addDays(until, 1)));
  const byDay = new Map(daysOf(from, until).map((date) => [date, noFigures(date)]));
  const sales = await tx.rows<{ day: LocalDate; sales: number; salesMinor: number }>(sql`
    select (occurred_at at time zone ${timeZone})::date as day, count(*)::int as sales, sum(total_minor)::int8 as sales_minor from reporting.sale
    where program_id = ${id} and occurred_at >= ${start} and occurred_at < ${end} group by 1`);
  for (const { day, ...figures } of sales) Object.assign(byDay.get(day)!, figures);
  const points = await tx.rows<{ day: LocalDate; pointsEarned: number; pointsSpent: number }>(sql`
    select (booked_at at time zone ${timeZone})::date as day, coalesce(sum(points) filter (where kind = 1 and (transaction_id in (select id from reporting.given_back where program_id = ${id})) is not true), 0)::int8 as points_earned, coalesce(sum(points) filter (where kind = 3), 0)::int8 as points_spent
    from reporting.movement where program_id = ${id} and wallet_no = ${walletNo} and kind in (1, 3) and booked_at >= ${start} and booked_at < ${end} group by 1`);
  for (const { day, ...figures } of points) Object.assign(byDay.get(day)!, figures);
  const joined = await tx.rows<{ day: LocalDate; newMembers: number }>(sql`
    select (joined_at at time zone ${timeZone})::date as day, count(*)::int as new_members from reporting.joining
    where program_id = ${id} and joined_at >= ${start} and joined_at < ${end} group by 1`);
  for (const { day, ...figures } of joined) Object.assign(byDay.get(day)!, figures);
  return [...byDay.values()];
}

/** Kept figures of closed days that know all loaded history. */
export const keptDays = (tx: ProgramTx, mark: string, from: LocalDate, until: LocalDate) => tx.rows<DayFigures>(sql`
  select day as date, sales, sales_minor, points_earned, points_spent, new_members from report_day
  where program_id = ${tx.program.id} and mark = ${mark} and day between ${from} and ${until} order by day`);

/** Keeps figures of closed days, over older ones. */
export async function keepDays(tx: ProgramTx, mark: string, days: readonly DayFigures[]): Promise<void> {
  if (days.length === 0) return;
  const column = (read: (day: DayFigures) => number) => int8Array(days.map(read));
  await tx.hot('keep_report_days', `insert into report_day (program_id, day, mark, sales, sales_minor, points_earned, points_spent, new_members)
    select p.id, t.day, $2, t.sales, t.sales_minor, t.points_earned, t.points_spent, t.new_members
    from program p, unnest($3::date[], $4::int8[], $5::int8[], $6::int8[], $7::int8[], $8::int8[]) t (day, sales, sales_minor, points_earned, points_spent, new_members) where p.id = $1
    on conflict (program_id, day) do update set mark = excluded.mark, sales = excluded.sales, sales_minor = excluded.sales_minor, points_earned = excluded.points_earned,
      points_spent = excluded.points_spent, new_members = excluded.new_members`,
  [tx.program.id, mark, dateArray(days.map((day) => day.date)), column((day) => day.sales), column((day) => day.salesMinor), column((day) => day.pointsEarned), column((day) => day.pointsSpent), column((day) => day.newMembers)]);
}

/** Active members, points that members could still use (held and pending ones too), orders that wait for a confirmation. */
export const presentFigures = async (tx: ProgramTx, walletNo: number) => (await tx.maybe<{ members: number; pointsOutstanding: number; ordersWaiting: number }>(sql`
  select (select count(*)::int from reporting.membership where program_id = ${tx.program.id} and state = 1) as members,
    (select coalesce(sum(available + pending + held), 0)::int8 from reporting.balance where program_id = ${tx.program.id} and wallet_no = ${walletNo}) as points_outstanding,
    (select count(*)::int from reporting.waiting_order where program_id = ${tx.program.id}) as orders_waiting`))!;

/** Lets the database learn which days the rows of a load are of; it would do so by itself within minutes. */
export const knowLoadedDays = (tx: ProgramTx) => tx.run(sql`select know_loaded_days()`);
