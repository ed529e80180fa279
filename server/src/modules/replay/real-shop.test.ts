import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { setUpProgram } from '../../setup.ts';
import { testApp, type TestApp } from '../../testing/app.ts';
import { replayed, storedAccounts } from '../../testing/replayed.ts';
import { importTransactions, readMapping } from '../connectors/index.ts';
import { POINTS_WALLET } from '../programs/index.ts';

let app: TestApp;
beforeAll(async () => { app = await testApp(); });
afterAll(() => app.close());

/** A year of fourteen customers who often brought something back, from "Online Retail" (Daqing Chen, UCI, 2012; CC BY 4.0). `npm run prove:replay` takes the whole file. */
const SLICE = fileURLToPath(new URL('../../testing/real-shop.csv', import.meta.url));

it('unchanged rules reproduce the ledger of a real shop to the point, in the general way and by the kernel', async () => {
  const mapping = await readMapping('online-retail');
  const { rules, expiry, ...input } = mapping.program;
  const { id } = await setUpProgram(app.deps, { ...input, code: 'real-shop', wallets: [{ ...POINTS_WALLET, expiry }] }, rules);
  await importTransactions(app.deps, { file: SLICE, mapping, programId: id, report: null });
  const { result, accounts } = await replayed(app.deps, id);
  expect(accounts).toEqual(await storedAccounts(app.ask, id));
  expect(accounts.length).toBeGreaterThan(10);
  expect(result.difference).toEqual({ documents: 0, checked: expect.any(Number) as number, first: null });
  expect(result.difference.checked).toBeGreaterThan(100);
  expect(result.sums.now.returned).toBeGreaterThan(0);
  const byKernel = await replayed(app.deps, id, {}, true);
  expect(byKernel.result).toEqual(result);
  expect(byKernel.generally).toBeLessThan(accounts.length);
}, 60_000);
