import { permissionNames } from '@wracam/contract';
import { startOfLocalDay } from '@wracam/engine/calendar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ctx } from '../../platform/deps.ts';
import { runDueJobs, runNextJob, schedule, type Job, type JobHandlers } from '../../platform/jobs.ts';
import { testDeps, type TestDeps } from '../../testing/deps.ts';
import { moveTestClock } from './test-clock.ts';

let t: TestDeps;
beforeAll(async () => { t = await testDeps(); });
afterAll(() => t.close());

const DAY_MS = 86_400_000;
const ctxIn = (id: number): Ctx => ({ programId: id, actor: { kind: 'key', id: 1 }, permissions: new Set(permissionNames), language: 'pl', requestId: 'test', adjustLimit: null, adjustDayLimit: null, memberId: null, idempotency: null });
const add = (kind: string, ref: number, dueAt: number, program: number) => t.deps.db.onPlatform((tx) => schedule(tx, program, kind, ref, dueAt));
const seen = (): { handlers: JobHandlers; jobs: Job[] } => {
  const jobs: Job[] = [];
  return { jobs, handlers: { note: { run: async (_deps, job) => { jobs.push(job); return null; } } } };
};

describe('a test clock', () => {
  const START = startOfLocalDay('Europe/Warsaw', '2026-03-01');
  const testProgram = async () => (await t.program({ test: true, startsAt: START })).id;

  it('runs what falls due on the way in the order of time, each at its own instant, and leaves the rest', async () => {
    const own = await testProgram();
    const { handlers, jobs } = seen();
    for (const [ref, days] of [[1, 3], [2, 1], [3, 9]] as const) await add('note', ref, START + days * DAY_MS, own);
    expect(await moveTestClock(t.deps, handlers, ctxIn(own), START + 5 * DAY_MS)).toEqual({ now: START + 5 * DAY_MS, jobsRun: 2 });
    expect(jobs.map((job) => [job.ref, job.now])).toEqual([[2, START + DAY_MS], [1, START + 3 * DAY_MS]]);
    expect(await t.deps.db.readProgram(own, async ({ program }) => program.now)).toBe(START + 5 * DAY_MS);
  });

  it('runs work that the work on the way brings up', async () => {
    const own = await testProgram();
    await add('daily', 1, START + DAY_MS, own);
    expect(await runDueJobs(t.deps, { daily: { run: async (_deps, job) => ({ ref: job.ref + 1, dueAt: job.dueAt + DAY_MS }) } }, own, START + 30 * DAY_MS)).toBe(30);
  });

  it('is left to whoever moves it: workers run only what speaks to the outside world', async () => {
    const own = await testProgram();
    const { handlers, jobs } = seen();
    const sent: number[] = [];
    await add('note', 1, START - 1_000, own);
    await add('mail', 2, START - 1_000, own);
    const all: JobHandlers = { ...handlers, mail: { outward: true, run: async (_deps, job) => { sent.push(job.ref); return null; } } };
    while (await runNextJob(t.deps, all));
    expect([jobs.map((job) => job.ref), sent]).toEqual([[], [2]]);
  });

  it('moves forward only, at most 400 days at once, in a test program only, and one request at a time', async () => {
    const own = await testProgram();
    const move = (to: number, id = own, handlers: JobHandlers = {}) => moveTestClock(t.deps, handlers, ctxIn(id), to);
    await expect(move(START - 1)).rejects.toMatchObject({ code: 'clock_backwards' });
    await expect(move(START + 401 * DAY_MS)).rejects.toMatchObject({ code: 'clock_too_far' });
    await expect(move(Date.now() + DAY_MS, (await t.program()).id)).rejects.toMatchObject({ code: 'clock_live' });
    await add('note', 1, START + 1_000, own);
    const second: unknown[] = [];
    await move(START + DAY_MS, own, { note: { run: async () => { second.push(await move(START + 2 * DAY_MS).catch((error: unknown) => Reflect.get(Object(error), 'code'))); return null; } } });
    expect(second).toEqual(['busy']);
  });
});
