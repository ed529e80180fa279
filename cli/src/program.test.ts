import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '@wracam/server/platform/project-root';
import { afterEach, expect, it, vi } from 'vitest';
import { runProgram } from './program.ts';

/** What a command prints and with which code it ends; nothing in these words opens a database. */
async function run(...words: string[]): Promise<{ code: unknown; out: string; err: string }> {
  const printed = { out: '', err: '' };
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => { printed.out += String(text); return true; });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => { printed.err += String(text); return true; });
  await runProgram(words);
  return { code: process.exitCode, ...printed };
}
const before = process.exitCode;
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = before;
});

it.each([
  [['programs', 'create', 'cafe', '--json'], "required option '--name <name>' not specified (wracam --help lists the commands)"],
  [['nonsense', '--json'], "unknown command 'nonsense' (wracam --help lists the commands)"],
  [['verify', '--jsno', '--json'], "unknown option '--jsno' (Did you mean --json?) (wracam --help lists the commands)"],
  [['keys', '--json'], "unknown option '--json' (wracam --help lists the commands)"],
])('a script that writes %j reads why as JSON, and nothing else', async (words, error) => {
  const { code, out, err } = await run(...words);
  expect([code, err, JSON.parse(out)]).toEqual([1, '', { error }]);
});

it('a person reads why as words', async () => {
  expect(await run('nonsense')).toEqual({ code: 1, out: '', err: "error: unknown command 'nonsense'\n(wracam --help lists the commands)\n" });
});

it('says which version is installed', async () => {
  const { version } = JSON.parse(readFileSync(path.join(projectRoot(), 'package.json'), 'utf8')) as { version: string };
  expect(await run('--version')).toEqual({ code: 0, out: `${version}\n`, err: '' });
});
