import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { startProblemOf, startProcess } from './start-process.ts';

const sentence = (error: unknown) => startProblemOf(error);

it('a data folder that is a file stops the start with one sentence', async () => {
  const file = fileURLToPath(import.meta.url);
  const told = await startProcess({ WRACAM_DATA: file }, () => Promise.reject(new Error('nothing may start')), () => undefined).then(() => 'started', sentence);
  expect(told).toBe(`WRACAM_DATA is ${file}, which cannot be a folder of ours (EEXIST): name a folder that this user may make or use.`);
});

it('a host that leads nowhere stops the start with one sentence', async () => {
  const server = createServer();
  server.listen(0, 'no-such-host.invalid');
  const [error] = await once(server, 'error').catch((thrown: unknown) => [thrown]) as [unknown];
  expect(sentence(error)).toBe('WRACAM_HOST is no-such-host.invalid, which leads nowhere: give an address of this machine, or leave it out for all addresses.');
});
