import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { announceFirstRun, forgetProgram, lastAddress } from './first-run.ts';
import { readConfig } from './platform/config.ts';
import { testDeps, type TestDeps } from './testing/deps.ts';
import { removeTestFolders, testFolder } from './testing/folder.ts';

let test: TestDeps;
beforeAll(async () => { test = await testDeps(); });
afterAll(async () => {
  await test.close();
  await removeTestFolders();
});

it('the file says where the server listens now, to its owner alone, and of a program that is gone it keeps nothing', async () => {
  const printed = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const dataDir = await testFolder('first-run');
  const file = path.join(dataDir, 'first-run.json');
  const read = async (): Promise<Record<string, string>> => ({ ...JSON.parse(await readFile(file, 'utf8')) as object, mode: ((await stat(file)).mode & 0o777).toString(8) });
  const startOn = (PORT: string) => announceFirstRun(test.deps, readConfig({ WRACAM_DATA: dataDir, WRACAM_DEMO: 'none', PORT }), test.database);
  expect(await lastAddress(dataDir)).toBeUndefined();
  await startOn('4001');
  const first = await read();
  expect(first).toMatchObject({ panelUrl: 'http://localhost:4001/panel/', portalUrl: 'http://localhost:4001/p/program', apiUrl: 'http://localhost:4001/api/v1', program: 'program', mode: '600' });
  const [, token] = first['signInUrl']!.split('/panel/');
  await startOn('4002');
  expect(await read()).toEqual({ ...first, panelUrl: 'http://localhost:4002/panel/', portalUrl: 'http://localhost:4002/p/program', apiUrl: 'http://localhost:4002/api/v1', signInUrl: `http://localhost:4002/panel/${token}` });
  expect(await lastAddress(dataDir)).toBe('http://localhost:4002');
  await forgetProgram(dataDir, 'another');
  expect((await read())['apiKey']).toBe(first['apiKey']);
  await forgetProgram(dataDir, 'program');
  expect(await read()).toEqual({ panelUrl: 'http://localhost:4002/panel/', apiUrl: 'http://localhost:4002/api/v1', mode: '600' });
  await startOn('4003');
  expect(await read()).toEqual({ panelUrl: 'http://localhost:4003/panel/', apiUrl: 'http://localhost:4003/api/v1', mode: '600' });
  expect(printed.mock.calls.at(-1)![0]).toMatch(/\nA new program: npx wracam programs create <code> --name <name>;/);
  printed.mockRestore();
});

it('the owner and the key that the first start makes stand in the audit trail', async () => {
  const rows = await test.ask<{ action: string; actorKind: string }>("select action, actor_kind as \"actorKind\" from audit_entry where actor_kind = 'system' and action in ('staff.added', 'api_key.created') order by action");
  expect(rows).toEqual([{ action: 'api_key.created', actorKind: 'system' }, { action: 'staff.added', actorKind: 'system' }]);
});
