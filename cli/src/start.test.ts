import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '@wracam/server/platform/project-root';

const root = projectRoot();
const FLAGS = ['--max-semi-space-size=8', '--no-parallel-scavenge', '--use-largepages=silent'];
/** Tells with which flags and words Node was started, and ends before anything of ours runs. */
const SPY = `--import=data:text/javascript,console.log(JSON.stringify([process.execArgv,process.argv.slice(2),process.pid]));process.exit()`;
function startedBy(command: string): { flags: string[]; words: string[]; ownProcess: boolean } {
  const { stdout, stderr, pid } = spawnSync('/bin/sh', ['-c', command], { cwd: root, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: SPY } });
  if (stdout === '') throw new Error(stderr);
  const [flags, words, own] = JSON.parse(stdout) as [string[], string[], number];
  return { flags, words, ownProcess: own === pid };
}
const npmStart = (JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { scripts: { start: string } }).scripts.start;

describe('starting', () => {
  it('npm start and npx wracam start run the same command with the same flags', () => {
    const npx = startedBy('exec node_modules/.bin/wracam start');
    expect(startedBy(npmStart)).toEqual(npx);
    expect(npx).toEqual({ flags: FLAGS, words: ['start'], ownProcess: true });
  });

  it('keeps the pid it was started with, so that signals need no forwarding, and hands every word on as it is', () => {
    expect(startedBy(`exec node_modules/.bin/wracam keys create 'a b' '$HOME'`)).toEqual({ flags: [], words: ['keys', 'create', 'a b', '$HOME'], ownProcess: true });
  });

  it('is measured by the benchmarks as it is', () => {
    expect(readFileSync(path.join(root, 'bench/lib/server-process.ts'), 'utf8')).toContain(`NPM_START_FLAGS = [${FLAGS.map((one) => `'${one}'`).join(', ')}]`);
  });
});
