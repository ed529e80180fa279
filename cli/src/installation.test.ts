import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readConfig } from '@wracam/server/platform/config';
import { removeTestFolders, testFolder } from '@wracam/server/testing/folder';
import { afterAll, expect, it } from 'vitest';
import { reachedAt } from './installation.ts';

afterAll(removeTestFolders);

it('links lead where the server was reached last, unless the environment says where it is', async () => {
  const WRACAM_DATA = await testFolder('reached');
  const of = async (env: NodeJS.ProcessEnv) => (await reachedAt(readConfig({ WRACAM_DATA, ...env }), env)).publicUrl;
  expect(await of({})).toBe('http://localhost:3000');
  await writeFile(path.join(WRACAM_DATA, 'first-run.json'), JSON.stringify({ panelUrl: 'http://localhost:4002/panel/', apiUrl: 'http://localhost:4002/api/v1' }));
  expect(await Promise.all([of({}), of({ PORT: '' }), of({ PORT: '5000' }), of({ WRACAM_PUBLIC_URL: 'https://punkty.example.pl' })])).toEqual(['http://localhost:4002', 'http://localhost:4002', 'http://localhost:5000', 'https://punkty.example.pl']);
});
