import { addDays, daysBetween, localDate, type LocalDate } from '@wracam/engine/calendar';
import type { ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { walletsOf } from '../programs/index.ts';
import { daysOf, noFigures, type DayFigures } from './core.ts';
import * as store from './store.ts';

const DAYS = 30;
/** Today and yesterday are counted as they stand; earlier days are kept and counted again every night. */
const LIVE_DAYS = 2;
const WEEK = 7;
/** Nights that a late document or a voided sale of a closed day has to reach the kept figures. */
const RECOUNT_DAYS = 35;

/**
 * Figures of today, of the same day last week and of the last `days` dates, by the program's own calendar: sales by when they occurred,
 * points of the first wallet by when they were booked. The first call after history was loaded counts the missing days and keeps them.
 */
export async function getHome(deps: Deps, ctx: Ctx, days: number = DAYS) {
  const missing = await deps.db.readProgram(ctx.programId, async (tx) => missingDays(tx, days));
  if (missing) {
    if (daysBetween(missing.from, missing.until) > LIVE_DAYS) await learnDays(deps, ctx.programId);
    await keep(deps, ctx.programId, missing.from, missing.until);
  }
  return deps.db.readProgram(ctx.programId, async (tx) => {
    const wallet = (await walletsOf(tx))[0]!;
    const { today, first, live } = span(tx, days);
    const kept = await store.keptDays(tx, await store.historyMark(tx), first, addDays(live, -1));
    const byDay = new Map([...kept, ...await store.countDays(tx, wallet.no, live, today)].map((day) => [day.date, day]));
    const figures = (date: LocalDate): DayFigures => byDay.get(date) ?? noFigures(date);
    return {
      today: figures(today), sameDayLastWeek: figures(addDays(today, -WEEK)), days: daysOf(addDays(today, 1 - days), today).map(figures),
      ...await store.presentFigures(tx, wallet.no), wallet: wallet.code,
    };
  });
}

function span(tx: ProgramTx, days: number) {
  const today = localDate(tx.program.timeZone, tx.program.now);
  return { today, first: addDays(today, -Math.max(WEEK, days - 1)), live: addDays(today, 1 - LIVE_DAYS) };
}

async function missingDays(tx: ProgramTx, days: number): Promise<{ from: LocalDate; until: LocalDate } | null> {
  const { first, live } = span(tx, days);
  const kept = new Set((await store.keptDays(tx, await store.historyMark(tx), first, addDays(live, -1))).map((day) => day.date));
  const missing = daysOf(first, addDays(live, -1)).filter((date) => !kept.has(date));
  return missing.length === 0 ? null : { from: missing[0]!, until: missing.at(-1)! };
}

const keep = (deps: Deps, programId: number, from: LocalDate, until: LocalDate): Promise<void> => deps.db.inProgram(programId, async (tx) => {
  const wallet = (await walletsOf(tx))[0]!;
  await store.keepDays(tx, await store.historyMark(tx), await store.countDays(tx, wallet.no, from, until));
});

// The database's own housekeeping may be at it at this moment; then it is done without us.
const learnDays = (deps: Deps, programId: number): Promise<void> => deps.db.inProgram(programId, async (tx) => { await store.knowLoadedDays(tx); })
  .catch((error: unknown) => deps.log.warn({ programId, error: error instanceof Error ? error.message : String(error) }, 'the days of loaded rows are not known yet'));

/** Counts the closed days of the last weeks again: late documents and voided sales reach them. */
export async function recountDays(deps: Deps, programId: number): Promise<void> {
  const today = await deps.db.readProgram(programId, async ({ program }) => localDate(program.timeZone, program.now));
  await keep(deps, programId, addDays(today, -RECOUNT_DAYS), addDays(today, -LIVE_DAYS));
}
