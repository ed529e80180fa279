import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { projectRoot } from '../../platform/project-root.ts';
import { FIRST_RULES } from '../../setup.ts';
import { testApp, type TestApp } from '../../testing/app.ts';
import { planOf } from './plan.ts';
import { runReplay } from './run.ts';
import { openHere, openWorker } from './thread.ts';

const root = projectRoot();
// Beside the sources, so that it finds the packages of npm.
const folder = path.join(root, 'dist', 'run', `thread-${process.pid}`);
let app: TestApp;
beforeAll(async () => {
  // The way `npm run build` makes it; a process of its own, for the bundler wants a global that tests replace.
  const script = `import { bundle, besides } from './tools/bundle.mjs'; await bundle({ server: 'server/src/main.ts', ...besides }, ${JSON.stringify(folder)}); process.exit(0);`;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`the server does not build: ${stderr}`);
  app = await testApp();
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
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
  const file = pathToFileURL(path.join(folder, 'replay-worker.js'));
  const [built, here] = [openWorker(plan, file), openHere(plan)];
  try {
    const result = await runReplay(app.deps, plan, built, async () => true);
    expect(result).toEqual(await runReplay(app.deps, plan, here, async () => true));
    expect(result).toMatchObject({ documents: 3, difference: { documents: 0, checked: 2 } });
    expect(result!.sums.draft.earned).toBe(2 * result!.sums.now.earned);
  } finally {
    await built.close();
  }
  await expect(built.start()).rejects.toThrow('the thread of the replay ended');
  const stopped = openWorker(plan, file);
  expect(await runReplay(app.deps, plan, stopped, async () => false)).toBeNull();
  await stopped.close();
});
