import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { expect, it } from 'vitest';

type FetchEvent = { request: { method: string; url: string; mode: string }; respondWith: (answer: Promise<unknown>) => void };

const ORIGIN = 'https://shop.example';
const FILE = '/p/assets/index-1.js';

/** The real worker in an empty browser: tells whether it answers a request itself or lets it pass to the server. */
function takes(path: string, { method = 'GET', mode = 'cors', origin = ORIGIN } = {}): boolean {
  const listeners = new Map<string, (event: FetchEvent) => void>();
  const never = () => new Promise<never>(() => undefined);
  const self = { location: { origin: ORIGIN }, addEventListener: (name: string, listener: (event: FetchEvent) => void) => listeners.set(name, listener) };
  const source = readFileSync(join(import.meta.dirname, 'sw.js'), 'utf8').replace("'__SHELL__'", JSON.stringify([FILE]));
  runInContext(source, createContext({ self, URL, fetch: never, caches: { open: never, match: never } }));
  let taken = false;
  listeners.get('fetch')?.({ request: { method, mode, url: origin + path }, respondWith: () => { taken = true; } });
  return taken;
}

it.each(['/api/v1/programs/cafe/me', '/api/v1/programs/cafe/me/history', '/api/v1/programs/cafe/me/orders', '/api/v1/programs/cafe/portal/code', '/api/v1/me'])(
  'never stands between a person and %s, so nothing personal is kept', (path) => expect(takes(path)).toBe(false));

it('keeps the public facts of a program', () => expect(takes('/api/v1/programs/cafe/portal')).toBe(true));

it('keeps the shell: its files and any page of the portal', () => {
  expect(takes(FILE)).toBe(true);
  expect(takes('/p/cafe/card', { mode: 'navigate' })).toBe(true);
});

it('lets writes, strangers and unknown files pass', () => {
  expect(takes('/api/v1/programs/cafe/portal', { method: 'POST' })).toBe(false);
  expect(takes(FILE, { origin: 'https://elsewhere.example' })).toBe(false);
  expect(takes('/p/assets/older-build.js')).toBe(false);
});
