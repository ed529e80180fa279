import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { makeDataFolder } from './platform/data-folder.ts';
import { removeTestFolders, testFolder } from './testing/folder.ts';
import { settlePort, startProblemOf, startProcess } from './start-process.ts';

afterAll(removeTestFolders);

const sentence = (error: unknown) => startProblemOf(error);

const start = (env: NodeJS.ProcessEnv) => startProcess({ PORT: '0', ...env }, () => Promise.reject(new Error('nothing may start')), () => undefined).then(() => 'started', sentence);

const CANNOT_BE = [
  { folder: fileURLToPath(import.meta.url), code: 'EEXIST' },
  // A file system that says of its own folders that they are not there.
  ...(existsSync('/proc/self') ? [{ folder: '/proc/wracam/data', code: 'ENOENT' }] : []),
];
it.each(CANNOT_BE)('a data folder that cannot be, $folder, stops the start with one sentence', async ({ folder, code }) => {
  expect(await start({ WRACAM_DATA: folder })).toBe(`WRACAM_DATA is ${folder}, which cannot be a folder of ours (${code}): name a folder that this user may make or use.`);
});

it('a data folder is made with those above it, and found when it is there', async () => {
  const deep = path.join(await testFolder('folders'), 'a', 'b', 'c');
  await Promise.all(Array.from({ length: 8 }, () => makeDataFolder(deep)));
  await makeDataFolder(deep);
  expect(await readdir(deep)).toEqual([]);
});

it('a port that is taken stops the start before anything is made in the data folder', async () => {
  const folder = await testFolder('port');
  const other = createServer().listen(0, '127.0.0.1');
  try {
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    expect(await start({ WRACAM_DATA: folder, WRACAM_HOST: '127.0.0.1', PORT: String(port) })).toBe(`Port ${port} is taken by another program: stop that one, or set PORT to another number.`);
    expect(await readdir(folder)).toEqual([]);
  } finally {
    other.close();
  }
});

it('where the system chooses the port, links lead to the one it chose, unless another address is given', async () => {
  const env = { WRACAM_DATA: await testFolder('chosen-port'), WRACAM_HOST: '127.0.0.1', PORT: '0' };
  const chosen = await settlePort(env);
  expect(chosen.port).toBeGreaterThan(0);
  expect(chosen.publicUrl).toBe(`http://localhost:${chosen.port}`);
  expect(await settlePort({ ...env, WRACAM_PUBLIC_URL: 'https://punkty.pl' })).toMatchObject({ publicUrl: 'https://punkty.pl', port: expect.any(Number) });
});

it('a host that leads nowhere stops the start with one sentence', async () => {
  const server = createServer();
  server.listen(0, 'no-such-host.invalid');
  const [error] = await once(server, 'error').catch((thrown: unknown) => [thrown]) as [unknown];
  expect(sentence(error)).toBe('WRACAM_HOST is no-such-host.invalid, which leads nowhere: give an address of this machine, or leave it out for all addresses.');
});
