import { permissionNames } from '@wracam/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '../src/modules/access/index.ts';
import { verifyProgram } from '../src/modules/ledger/index.ts';
import { setUpProgram } from '../src/setup.ts';
import { testApp, type TestApp } from '../src/testing/app.ts';
import { scenarios } from './all.ts';
import type { Stage } from './stage.ts';

let app: TestApp;
let stage: Stage;
const opened: number[] = [];
beforeAll(async () => {
  app = await testApp();
  const address = await app.server.listen({ host: '127.0.0.1', port: 0 });
  stage = {
    baseUrls: [`${address}/api/v1`],
    openProgram: async (startsAt) => {
      const program = await setUpProgram(app.deps, { code: `test-${opened.length + 1}`, name: 'Kawiarnia', organisation: 'Firma', test: true, startsAt: Date.parse(startsAt) }, []);
      opened.push(program.id);
      return { code: program.code, apiKey: (await createApiKey(app.deps, program.id, { name: 'scenario', scopes: [...permissionNames] })).secret };
    },
  };
});
afterAll(() => app.close());

describe('through time, by the public SDK', () => {
  it.each(scenarios)('%s', (_, play) => play(stage), 60_000);

  it('and every ledger still adds up, transfer by transfer', async () => {
    expect(opened.length).toBe(scenarios.length);
    for (const id of opened) expect((await verifyProgram(app.deps.db, id)).differences).toEqual([]);
  });
});
