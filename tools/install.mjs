import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const lock = path.join(root, 'package-lock.json');
const installed = path.join(root, 'node_modules', '.package-lock.json'); // npm writes it last, after a whole install
const stamp = path.join(root, 'node_modules', '.wracam-installed');
// npm writes node_modules first and the lock file a moment later.
const SAVE_GAP_MS = 10_000;
const OLDEST_NODE = [20, 19];

/** Runs `npm ci` when node_modules is missing or the lock file changed since. Throws with one sentence when Node is too old or npm fails. */
export function install(say = console.log) {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
    throw new Error(`Wracam needs Node ${OLDEST_NODE.join('.')} or newer and this is ${process.versions.node}: install a newer Node and start again.`);
  }
  const wanted = createHash('sha256').update(readFileSync(lock)).digest('hex');
  if (existsSync(installed) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  // A developer's own `npm install` brings node_modules and the lock file up to date together.
  if (existsSync(installed) && statSync(installed).mtimeMs + SAVE_GAP_MS >= statSync(lock).mtimeMs) {
    writeFileSync(stamp, wanted);
    return;
  }
  say('Installing packages (a minute or two, only when they change)');
  // The build needs development packages too, and NODE_ENV=production would leave them out.
  const npm = process.env.npm_execpath ? [process.execPath, [process.env.npm_execpath]] : ['npm', []];
  const { status } = spawnSync(npm[0], [...npm[1], 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error('npm ci failed: see its message above, then start again.');
  writeFileSync(stamp, wanted);
}
