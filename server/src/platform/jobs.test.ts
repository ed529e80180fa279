import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testDeps, type TestDeps } from '../testing/deps.ts';
import { atLocalHour, retryWait, runNextJob, schedule, startWorker, type Job, type JobHandlers } from './jobs.ts';

let t: TestDeps;
let programId: number;
beforeAll(async () => {
  t = await testDeps();
  programId = (await t.program()).id;
});
beforeEach(() => t.ask('delete from due'));
afterAll(() => t.close());

const DAY_MS = 86_400_000;
const add = (kind: string, ref: number, dueAt: number, program = programId) => t.deps.db.onPlatform((tx) => schedule(tx, program, kind, ref, dueAt));
const rows = () => t.ask<{ kind: string; ref: number; tries: number; error: string | null }>('select kind, ref::int, tries, last_error as error from due order by kind, ref');
const drain = async (handlers: JobHandlers) => { while (await runNextJob(t.deps, handlers)); };
const seen = (): { handlers: JobHandlers; jobs: Job[] } => {
  const jobs: Job[] = [];
  return { jobs, handlers: { note: { run: async (_deps, job) => { jobs.push(job); return null; } } } };
};

describe('due work', () => {
  it('runs when it is due, once, and not before', async () => {
    const { handlers, jobs } = seen();
    await add('note', 1, Date.now() - 1_000);
    await add('note', 2, Date.now() + DAY_MS);
    await drain(handlers);
    expect(jobs.map((job) => job.ref)).toEqual([1]);
    expect(await rows()).toMatchObject([{ ref: 2 }]);
  });

  it('is shared by any number of workers: 40 pieces, six workers, each piece once', async () => {
    const { handlers, jobs } = seen();
    for (let ref = 0; ref < 40; ref += 1) await add('note', ref, Date.now() - 1_000);
    await Promise.all(Array.from({ length: 6 }, () => drain(handlers)));
    expect(jobs.map((job) => job.ref).sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, ref) => ref));
  }, 60_000);

  it('that fails is written down and waits, while everything else goes on', async () => {
    const { handlers, jobs } = seen();
    await add('broken', 1, Date.now() - 2_000);
    await add('note', 2, Date.now() - 1_000);
    await drain({ ...handlers, broken: { run: async () => { throw new Error('the printer is on fire'); } } });
    expect(jobs).toHaveLength(1);
    expect(await rows()).toEqual([{ kind: 'broken', ref: 1, tries: 1, error: 'the printer is on fire' }]);
    expect([1, 2, 3, 30].map(retryWait)).toEqual([5_000, 10_000, 20_000, 3_600_000]);
  });

  it('that comes again with another ref leaves one row, however often it ran', async () => {
    await add('daily', 1, Date.now() - 3_000);
    const daily: JobHandlers = { daily: { run: async (_deps, job) => ({ ref: job.ref + 1, dueAt: job.ref < 3 ? Date.now() - 1_000 : Date.now() + DAY_MS }) } };
    await drain(daily);
    expect(await rows()).toMatchObject([{ kind: 'daily', ref: 4, tries: 0 }]);
  });

  it('of a worker that slept past its claim changes nothing that another worker has done meanwhile', async () => {
    await add('slow', 1, Date.now() - 1_000);
    await runNextJob(t.deps, { slow: { run: async () => {
      await t.ask("update due set due_at = now() + interval '1 hour', last_error = 'taken over'"); // what a second worker's claim looks like
      return null;
    } } });
    expect(await rows()).toMatchObject([{ kind: 'slow', error: 'taken over' }]);
  });

  it('stops gracefully: the piece at hand is finished, the next is not begun', async () => {
    const begun: number[] = [];
    const ended: number[] = [];
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => { release = resolve; });
    await add('note', 1, Date.now() - 2_000);
    await add('note', 2, Date.now() - 1_000);
    let onBegun: () => void = () => undefined;
    const first = new Promise<void>((resolve) => { onBegun = resolve; });
    const worker = startWorker(t.deps, { note: { run: async (_deps, job) => { begun.push(job.ref); onBegun(); await held; ended.push(job.ref); return null; } } });
    await first;
    const stopped = worker.stop();
    release();
    await stopped;
    expect([begun, ended]).toEqual([[1], [1]]);
    expect(await rows()).toMatchObject([{ ref: 2 }]);
  });
});

it('an hour of the local day is met on the days of both clock changes', () => {
  const shown = (date: string, hour: number) => new Date(atLocalHour('Europe/Warsaw', date, hour)).toLocaleString('sv-SE', { timeZone: 'Europe/Warsaw' });
  for (const date of ['2026-10-24', '2026-10-25', '2026-10-26', '2027-03-27', '2027-03-28', '2027-03-29', '2027-10-31']) {
    for (const hour of [0, 3, 4]) expect(shown(date, hour)).toBe(`${date} 0${hour}:00:00`);
  }
});
