import { calendarParts, dateOf, startOfLocalDay, type Instant, type LocalDate } from '@wracam/engine/calendar';
import { int8Array } from './binary-arrays.ts';
import type { ProgramTx, Tx, Write } from './db.ts';
import type { Deps } from './deps.ts';
import { sql, type Statement } from './sql.ts';

/** Work that fell due. `now` is the program's own time when it was pulled. */
export type Job = { readonly programId: number; readonly kind: string; readonly ref: number; readonly dueAt: Instant; readonly now: Instant };
/** When the same work comes next; with another `ref` it is a new piece of work. Null: it is done for good. */
export type NextJob = { readonly dueAt: Instant; readonly ref?: number } | null;
export type JobHandler = {
  /** May run twice after a crash: what it does must be harmless to repeat. */
  readonly run: (deps: Deps, job: Job) => Promise<NextJob>;
  /** It speaks to the outside world, so workers run it in test programs too; whoever moves a test clock does not wait for it. */
  readonly outward?: boolean;
  /** It looks only at how things stand, so that of many times in a row the last says it all; this tells the next time by the calendar alone. */
  readonly nextTime?: (timeZone: string, ref: number) => Required<NonNullable<NextJob>>;
};
export type JobHandlers = Readonly<Record<string, JobHandler>>;

/** A worker that takes longer renews its claim; one that died gives the work up after this time. */
const CLAIM_MS = 120_000;
const POLL_MS = 1_000;
const RETRY_FIRST_MS = 5_000;
const RETRY_LONGEST_MS = 3_600_000;
const ERROR_LENGTH_MAX = 300;

export const retryWait = (tries: number): number => Math.min(RETRY_LONGEST_MS, RETRY_FIRST_MS * 2 ** Math.min(tries - 1, 20));

/** Schedules work of a program in the transaction that makes it necessary; what is scheduled already stays as it is. */
export const schedule = (tx: Tx, programId: number, kind: string, ref: number, dueAt: Instant) =>
  tx.run(sql`insert into due (program_id, kind, ref, due_at) values (${programId}, ${kind}, ${ref}, ${new Date(dueAt)}) on conflict do nothing`);

/** As `schedule`, but work that is scheduled for later or just at hand comes again: whoever does it now cannot end it, because its row is no longer as it was claimed. */
export const wake = (tx: Tx, programId: number, kind: string, ref: number, dueAt: Instant) => tx.run(waking(programId, kind, ref, dueAt));
export const waking = (programId: number, kind: string, ref: number, dueAt: Instant): Statement => sql`
  insert into due (program_id, kind, ref, due_at) values (${programId}, ${kind}, ${ref}, ${new Date(dueAt)}) on conflict (program_id, kind, ref) do update set due_at = excluded.due_at, tries = 0`;

/** As `waking`, for many pieces of one kind. */
export const wakingAll = (programId: number, kind: string, refs: readonly number[], dueAt: Instant): Write => ({
  name: 'wake_all', text: `insert into due (program_id, kind, ref, due_at) select p.id, $2, t.ref, $4::timestamptz from program p, unnest($3::int8[]) t (ref) where p.id = $1 on conflict (program_id, kind, ref) do update set due_at = excluded.due_at, tries = 0`,
  values: [programId, kind, int8Array(refs), new Date(dueAt)],
});

/** The instant when local clocks show `hour` on this date; where they skip it, the instant they jump to. */
export function atLocalHour(timeZone: string, date: LocalDate, hour: number): Instant {
  const guess = startOfLocalDay(timeZone, date) + hour * 3_600_000;
  const shown = calendarParts(timeZone, guess).hour;
  return guess + (hour - shown) * 3_600_000;
}

/** Daily work counts business days: `ref` is the day's number, so the key of `due` lets each local date have one run, clock changes or not. */
export const dailyDue = (timeZone: string, day: number, hour: number): Required<NonNullable<NextJob>> => ({ ref: day, dueAt: atLocalHour(timeZone, dateOf(day), hour) });

/** The first of its times that is still to come: those that were missed are made up by the run that ends now. */
export function nextToCome(nextTime: NonNullable<JobHandler['nextTime']>, timeZone: string, { ref, now }: Pick<Job, 'ref' | 'now'>): Required<NonNullable<NextJob>> {
  for (let next = nextTime(timeZone, ref); ; next = nextTime(timeZone, next.ref)) if (next.dueAt > now) return next;
}

/** Starts a program's daily work with the next local date. */
export async function scheduleDaily(tx: ProgramTx, kind: string, hour: number): Promise<void> {
  const { ref, dueAt } = dailyDue(tx.program.timeZone, calendarParts(tx.program.timeZone, tx.program.now).dayNumber + 1, hour);
  await schedule(tx, tx.program.id, kind, ref, dueAt);
}

type Claim = Job & { readonly tries: number; readonly until: Instant };

/** Takes the work that is due longest; the claim is a later due time, so it ends by itself when the worker dies. */
const claim = (deps: Deps, handlers: JobHandlers): Promise<Claim | null> => deps.db.onPlatform(async (tx) => {
  const kinds = Object.keys(handlers);
  const row = await tx.maybe<Job & { tries: number; clock: Instant }>(sql`
    select d.program_id, d.kind, d.ref, d.due_at, d.tries, coalesce(p.test_now, clock_timestamp()) as now from due d join program p on p.id = d.program_id
    where d.due_at <= coalesce(p.test_now, clock_timestamp()) and d.kind = any(${kinds}::text[]) and (p.test_now is null or d.kind = any(${kinds.filter((kind) => handlers[kind]!.outward)}::text[]))
    order by d.due_at limit 1 for update of d skip locked`);
  if (!row) return null;
  const job = { programId: row.programId, kind: row.kind, ref: row.ref, dueAt: row.dueAt, now: Math.floor(row.now) };
  const until = job.now + CLAIM_MS;
  await tx.run(sql`update due set due_at = ${new Date(until)}, tries = tries + 1 where program_id = ${job.programId} and kind = ${job.kind} and ref = ${job.ref}`);
  return { ...job, tries: row.tries + 1, until };
});

/** Pushes the claim on; false when somebody else has it by now. */
const renew = (deps: Deps, job: Claim, until: Instant): Promise<boolean> => deps.db.onPlatform(async (tx) => 1 === await tx.run(sql`
  update due set due_at = ${new Date(until)} where program_id = ${job.programId} and kind = ${job.kind} and ref = ${job.ref} and due_at = ${new Date(job.until)}`));

/** Writes how it ended, but only while the row is as we left it: a worker that slept past its claim changes nothing. */
async function finish(tx: Tx, job: Job, heldUntil: Instant, next: NextJob): Promise<void> {
  const ours = sql`program_id = ${job.programId} and kind = ${job.kind} and ref = ${job.ref} and due_at = ${new Date(heldUntil)}`;
  if (next === null) await tx.run(sql`delete from due where ${ours}`);
  else if ((next.ref ?? job.ref) === job.ref) await tx.run(sql`update due set due_at = ${new Date(next.dueAt)}, tries = 0, last_error = null where ${ours}`);
  else if (await tx.run(sql`delete from due where ${ours}`) === 1) await schedule(tx, job.programId, job.kind, next.ref!, next.dueAt);
}

const giveUpForNow = (deps: Deps, job: Claim, error: unknown): Promise<void> => deps.db.onPlatform(async (tx) => {
  const message = (error instanceof Error ? error.message : String(error)).slice(0, ERROR_LENGTH_MAX);
  deps.log.error({ programId: job.programId, job: job.kind, ref: job.ref, tries: job.tries, error: message }, 'a job failed and will be tried again');
  await tx.run(sql`update due set due_at = ${new Date(job.now + retryWait(job.tries))}, last_error = ${message}
    where program_id = ${job.programId} and kind = ${job.kind} and ref = ${job.ref} and due_at = ${new Date(job.until)}`);
});

/** Runs one piece of due work, if there is any. A failure is written to its row and waits longer each time; others go on. */
export async function runNextJob(deps: Deps, handlers: JobHandlers): Promise<boolean> {
  const claimed = await claim(deps, handlers);
  if (!claimed) return false;
  let held: Claim = claimed;
  const renewing = setInterval(() => {
    const until = held.until + CLAIM_MS / 2;
    renew(deps, held, until).then((mine) => { if (mine) held = { ...held, until }; }, () => undefined);
  }, CLAIM_MS / 2);
  try {
    const next = await handlers[held.kind]!.run(deps, held);
    await deps.db.onPlatform((tx) => finish(tx, held, held.until, next));
  } catch (error) {
    await giveUpForNow(deps, held, error);
  } finally {
    clearInterval(renewing);
  }
  return true;
}

export type Worker = {
  /** Takes no new work and waits for the piece at hand. */
  stop(): Promise<void>;
};

/** Pulls due work until it is stopped. Any number of workers run against one database. */
export function startWorker(deps: Deps, handlers: JobHandlers): Worker {
  let stopped = false;
  let wake: () => void = () => undefined;
  const sleep = (ms: number) => new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    wake = () => { clearTimeout(timer); resolve(); };
  });
  const loop = (async () => {
    while (!stopped) {
      // The database may be away for a while; the loop outlives that.
      const worked = await runNextJob(deps, handlers).catch((error: unknown) => {
        deps.log.warn({ error: error instanceof Error ? error.message : String(error) }, 'due work could not be pulled');
        return false;
      });
      if (!worked && !stopped) await sleep(POLL_MS);
    }
  })();
  return { stop: async () => { stopped = true; wake(); await loop; } };
}

/** The last of the times at which this work comes up to `until`; what lies before it is not looked at. */
function lastTime(handler: JobHandler, timeZone: string, job: { readonly ref: number; readonly dueAt: Instant }, until: Instant): { ref: number; dueAt: Instant } {
  let last = { ref: job.ref, dueAt: job.dueAt };
  if (!handler.nextTime) return last;
  for (let next = handler.nextTime(timeZone, last.ref); next.dueAt <= until; next = handler.nextTime(timeZone, last.ref)) last = next;
  return last;
}

/**
 * Moves a test program's clock to `until` and runs, in the order of their due times, everything that falls due on the way; the clock shows
 * each piece its own instant. Work that only looks at how things stand runs once, at the last of its times: nothing but this moves anything
 * meanwhile. Returns how many ran. The first failure stops it there and is thrown.
 */
export async function runDueJobs(deps: Deps, handlers: JobHandlers, programId: number, until: Instant): Promise<number> {
  const kinds = Object.keys(handlers).filter((kind) => !handlers[kind]!.outward);
  const setClock = (tx: Tx, now: Instant) => tx.maybe<{ now: Instant }>(sql`update program set test_now = greatest(test_now, ${new Date(now)}::timestamptz) where id = ${programId} and test returning test_now as now`);
  const soonest = (tx: Tx) => tx.maybe<Omit<Job, 'now'> & { timeZone: string; exact: boolean }>(sql`select d.program_id, d.kind, d.ref, d.due_at, p.time_zone, d.due_at = date_trunc('milliseconds', d.due_at) as exact from due d join program p on p.id = d.program_id
    where d.program_id = ${programId} and d.kind = any(${kinds}::text[]) and d.due_at <= ${new Date(until)} order by d.due_at, d.kind, d.ref limit 1`);
  let done: { readonly job: Job; readonly next: NextJob } | null = null;
  for (let ran = 0; ; ran += 1) {
    const ended = done;
    // How the last piece ended and which comes next are one commit: a clock that moves a year waits for the disk once a piece.
    const job = await deps.db.onPlatform(async (tx): Promise<Job | null> => {
      if (ended) await finish(tx, ended.job, ended.job.dueAt, ended.next);
      for (;;) {
        const row = await soonest(tx);
        if (!row) { await setClock(tx, until); return null; }
        const last = lastTime(handlers[row.kind]!, row.timeZone, row, until);
        // Due times of others may carry microseconds; `finish` knows the row by a due time that this runtime can write.
        if (last.ref !== row.ref || !row.exact) await tx.run(sql`update due set ref = ${last.ref}, due_at = ${new Date(last.dueAt)} where program_id = ${programId} and kind = ${row.kind} and ref = ${row.ref}`);
        if (last.ref !== row.ref) continue;
        const { now } = (await setClock(tx, row.dueAt))!;
        return { programId, kind: row.kind, ref: row.ref, dueAt: row.dueAt, now };
      }
    });
    if (!job) return ran;
    done = { job, next: await handlers[job.kind]!.run(deps, job) };
  }
}
