import type { Instant } from '@wracam/engine/calendar';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { act, audit } from '../../platform/act.ts';
import { route, type Route } from '../../platform/http.ts';
import { runDueJobs, type JobHandlers } from '../../platform/jobs.ts';
import { refuse } from '../../platform/refusal.ts';
import { sql } from '../../platform/sql.ts';

const DAY_MS = 86_400_000;
/** A year and a month in one step; more would keep the request open for too long. */
const STEP_MAX_DAYS = 400;

/** The time in a test program. Refuses `clock_live`. */
export const getTestClock = (deps: Deps, ctx: Ctx): Promise<Instant> => deps.db.readProgram(ctx.programId, async ({ program }) => (program.test ? program.now : refuse('clock_live')));

/**
 * Moves a test program's clock forward and answers when everything due on the way has run. Refuses `clock_live`, `clock_backwards`,
 * `clock_too_far`, and `busy` while another request moves the same clock.
 */
export async function moveTestClock(deps: Deps, handlers: JobHandlers, ctx: Ctx, to: Instant): Promise<{ now: Instant; jobsRun: number }> {
  return alone(deps, ctx.programId, async () => {
    const now = await getTestClock(deps, ctx);
    if (to < now) refuse('clock_backwards', { now: new Date(now).toISOString() });
    if (to - now > STEP_MAX_DAYS * DAY_MS) refuse('clock_too_far');
    const jobsRun = await runDueJobs(deps, handlers, ctx.programId, to);
    await act(deps, { ...ctx, idempotency: null }, (tx) => audit(deps, tx, ctx, 'clock.moved', null, { from: new Date(now).toISOString(), to: new Date(to).toISOString() }));
    return { now: to, jobsRun };
  });
}

/** Holds a lock in the database while it works, so that two requests never move one clock at the same time. */
const alone = <T>(deps: Deps, programId: number, work: () => Promise<T>): Promise<T> => deps.db.onPlatform(async (tx) => {
  await tx.run(sql`set local idle_in_transaction_session_timeout = 0`);
  const lock = await tx.maybe<{ taken: boolean }>(sql`select pg_try_advisory_xact_lock(hashtextextended('test clock', ${programId})) as taken`);
  if (!lock!.taken) refuse('busy');
  return work();
});

const answer = (now: Instant, jobsRun: number) => ({ now: new Date(now).toISOString(), jobsRun });

/** `handlers`: the work of every module, known to app.ts alone. */
export const testClockRoutes = (handlers: JobHandlers): readonly Route[] => [
  route('getTestClock', async (deps, { ctx }) => answer(await getTestClock(deps, ctx), 0)),
  route('moveTestClock', async (deps, { ctx, body }) => {
    const { now, jobsRun } = await moveTestClock(deps, handlers, ctx, Date.parse(body.now));
    return answer(now, jobsRun);
  }),
];
