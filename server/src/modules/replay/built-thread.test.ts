import { afterAll, beforeAll, expect, it } from 'vitest';
import { FIRST_RULES } from '../../setup.ts';
import { testApp, type TestApp } from '../../testing/app.ts';
import { buildServer, type BuiltServer } from '../../testing/built-server.ts';
import { planOf } from './plan.ts';
import { runReplay } from './run.ts';
import { openHere, openWorker } from './thread.ts';

let app: TestApp;
let built: BuiltServer;
beforeAll(async () => {
  built = buildServer();
  app = await testApp();
});
afterAll(async () => {
  built.remove();
  await app.close();
});

it('the built thread replays a program with the result that the machine has here, and stops when it is told to', async () => {
  const shop = await app.program();
  const params = { program: shop.code };
  const member = await shop.api.createMember({ params, body: { firstName: 'Anna', card: 'C-1', termsVersion: 1 } });
  for (const [externalId, totalMinor, more] of [['S1', 50_000, {}], ['R1', 10_000, { kind: 'return', of: { source: 'till', externalId: 'S1' } }], ['S2', 9_000, { payments: [{ kind: 'points', amountMinor: 1_000, points: 10 }] }]] as const) {
    await shop.api.recordTransaction({ params, body: { source: 'till', externalId, kind: 'sale', occurredAt: new Date().toISOString(), member: { id: member.id }, totalMinor, ...more } as never });
  }
  const doubled = { ...FIRST_RULES[0]!, name: 'Drugie tyle' };
  const plan = await app.deps.db.readProgram(shop.id, (tx) => planOf(tx, { from: '2026-01-01', until: '2999-12-31', wallet: 'punkty', costPer100Minor: 0, changes: [{ ruleId: null, definition: doubled }] }, [20]));
  const file = built.file('replay-worker');
  const [aside, here] = [openWorker(plan, file), openHere(plan)];
  try {
    const result = await runReplay(app.deps, plan, aside, async () => true);
    expect(result).toEqual(await runReplay(app.deps, plan, here, async () => true));
    expect(result).toMatchObject({ documents: 3, difference: { documents: 0, checked: 2 } });
    expect(result!.sums.draft.earned).toBe(2 * result!.sums.now.earned);
  } finally {
    await aside.close();
  }
  await expect(aside.start()).rejects.toThrow('the thread of the replay ended');
  const stopped = openWorker(plan, file);
  expect(await runReplay(app.deps, plan, stopped, async () => false)).toBeNull();
  await stopped.close();
});
