import { addDays, dateOf, localDate, type LocalDate } from '@wracam/engine/calendar';
import type { ProgramTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { dailyDue, scheduleDaily, type Job, type JobHandlers, type NextJob } from '../../platform/jobs.ts';
import { DAY_KINDS, indexDays, MEMBER_CHANGED, MEMBER_JOINED, membersOnDays, profileState, type DayKind } from '../members/index.ts';
import { answered, bookOwn, type OwnEvent } from './automatic.ts';
import { openReferral, settleReferrals } from './referrals.ts';

const DAY = 'events.day';
/** Early enough to be there in the morning, late enough that a message about it wakes nobody. */
const DAY_HOUR = 6;

/** Starts the daily look of a new program for birthdays, name days and anniversaries. */
export const scheduleEventJobs = (tx: ProgramTx): Promise<void> => scheduleDaily(tx, DAY, DAY_HOUR);

/** Days of the year that are kept on a date: who was born on 29 February celebrates on the 28th of a common year. */
export const daysKeptOn = (date: LocalDate): string[] => (date.slice(5) === '02-28' && addDays(date, 1).slice(5) === '03-01' ? ['02-28', '02-29'] : [date.slice(5)]);

function eventOf(kind: DayKind, date: LocalDate, member: { id: number; joinedAt: number }, occurredAt: number, timeZone: string): OwnEvent | null {
  const year = date.slice(0, 4);
  const event = { type: kind, memberId: member.id, key: year, occurredAt };
  if (kind !== 'anniversary') return event;
  const years = Number(year) - Number(localDate(timeZone, member.joinedAt).slice(0, 4));
  return years > 0 ? { ...event, fields: { years } } : null;
}

/** Books the day's birthdays, name days and anniversaries, where a rule answers to them. */
async function bookDay(deps: Deps, job: Job): Promise<NextJob> {
  const { programId } = job;
  const date = dateOf(job.ref);
  const { program, kinds } = await deps.db.readProgram(programId, async (tx) => ({ program: tx.program, kinds: await answered(deps, tx, DAY_KINDS, dailyDue(tx.program.timeZone, job.ref, DAY_HOUR).dueAt) as DayKind[] }));
  const { timeZone, currency } = program;
  // The day's own instant, whenever this runs: a repeat is the same document.
  const occurredAt = dailyDue(timeZone, job.ref, DAY_HOUR).dueAt;
  if (kinds.length > 0) await indexDays(deps, programId);
  for (const kind of kinds) {
    const members = await deps.db.readProgram(programId, (tx) => membersOnDays(deps, tx, kind, daysKeptOn(date)));
    await bookOwn(deps, programId, currency, members.flatMap((member) => eventOf(kind, date, member, occurredAt, timeZone) ?? []));
  }
  await settleReferrals(deps, programId, date, occurredAt);
  return dailyDue(timeZone, job.ref + 1, DAY_HOUR);
}

/** Books what a member did by joining or by filling in the profile; each once for ever. */
async function bookProfile(deps: Deps, job: Job, types: readonly string[]): Promise<NextJob> {
  const found = await deps.db.readProgram(job.programId, async (tx) => {
    const state = await profileState(deps, tx, job.ref);
    const wanted = state === null ? [] : [...types.filter((type) => type !== 'profile-completed' || state.complete)];
    const at = (type: string) => (type === 'registration' ? state!.joinedAt : tx.program.now);
    const due: OwnEvent[] = [];
    for (const type of wanted) if ((await answered(deps, tx, [type], at(type))).length > 0) due.push({ type, memberId: job.ref, key: '', occurredAt: at(type) });
    return { due, currency: tx.program.currency };
  });
  await bookOwn(deps, job.programId, found.currency, found.due);
  return null;
}

export const eventJobs: JobHandlers = {
  [DAY]: { run: bookDay },
  [MEMBER_JOINED]: {
    run: async (deps, job) => {
      await deps.db.inProgram(job.programId, (tx) => openReferral(tx, job.ref, tx.program.now));
      return bookProfile(deps, job, ['registration', 'profile-completed']);
    },
  },
  [MEMBER_CHANGED]: { run: (deps, job) => bookProfile(deps, job, ['profile-completed']) },
};
