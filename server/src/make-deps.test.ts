import { afterAll, beforeAll, expect, it } from 'vitest';
import { testApp, type TestApp, type TestProgram } from './testing/app.ts';

let app: TestApp;
let program: TestProgram;
beforeAll(async () => {
  app = await testApp();
  program = await app.program();
});
afterAll(() => app.close());

/** As many transactions as a process may have open at once. */
const OPEN_AT_ONCE = 12;
/** More than a process has in stock. */
const MANY_IDS = 5000;

it('transactions that have taken every connection may all ask for ids: none waits for another to end', async () => {
  let open = 0;
  let allOpen = () => undefined as void;
  const met = new Promise<void>((resolve) => { allOpen = resolve; });
  const taken = await Promise.all(Array.from({ length: OPEN_AT_ONCE }, () => app.deps.db.inProgram(program.id, async () => {
    open += 1;
    if (open === OPEN_AT_ONCE) allOpen();
    await met;
    return app.deps.ids.take(MANY_IDS);
  })));
  expect(new Set(taken.flat()).size).toBe(OPEN_AT_ONCE * MANY_IDS);
});
