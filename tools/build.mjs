// Builds what is stale: the command line with the server into dist/, panel and portal into their own dist folders.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const stamps = path.join(root, 'dist', 'stamps.json');
const shared = ['engine', 'contract', 'sdk', 'package-lock.json', 'tools/build.mjs', 'tools/bundle.mjs', 'tools/compress.mjs'];

const targets = [
  { name: 'server', inputs: [...shared, 'server/src', 'cli/src'], output: 'dist/cli.js', make: buildServer },
  ...['panel', 'portal'].map((page) => ({
    name: page, inputs: [...shared, 'web/ui', `web/${page}`], output: `web/${page}/dist/index.html`, make: () => buildPage(page),
  })),
].filter(({ name }) => name === 'server' || existsSync(path.join(root, 'web', name, 'src', 'main.tsx')));

/** Builds every target, or those named in `only`, whose inputs changed since the last build. `say` is told what takes long. Throws when a build fails. */
export async function build({ only = targets.map(({ name }) => name), say = console.log } = {}) {
  const known = readStamps();
  for (const { name, inputs, output, make } of targets.filter((target) => only.includes(target.name))) {
    const print = fingerprint(inputs);
    if (known[name] === print && existsSync(path.join(root, output))) continue;
    say(`Building: ${name}`);
    await make();
    saveStamp(name, print);
  }
}

async function buildServer() {
  const { bundle, besides } = await import('./bundle.mjs');
  const { stop } = await import('esbuild');
  // Beside and then in place of the old one: a process that starts at this moment finds a whole build.
  const draft = path.join(root, `dist/.draft-${process.pid}`);
  await bundle({ cli: 'cli/src/main.ts', ...besides }, draft);
  await stop();
  const fresh = readdirSync(draft);
  for (const file of fresh) renameSync(path.join(draft, file), path.join(root, 'dist', file));
  rmSync(draft, { recursive: true });
  for (const file of readdirSync(path.join(root, 'dist'))) {
    if (file.startsWith('chunk-') && !fresh.includes(file)) rmSync(path.join(root, 'dist', file));
  }
}

async function buildPage(page) {
  const vite = path.join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: path.join(root, 'web', page), encoding: 'utf8', env: { ...process.env, NODE_ENV: 'production' } });
  if (status !== 0) throw new Error(`The ${page} does not build:\n${stdout}${stderr}`);
  const { compress } = await import('./compress.mjs');
  await compress(path.join(root, 'web', page, 'dist'));
}

/** Names, sizes and times of all input files: reading them all would cost more than the second start may take. */
function fingerprint(inputs) {
  const hash = createHash('sha256').update(process.version);
  const add = (file) => {
    const found = statSync(path.join(root, file), { throwIfNoEntry: false });
    if (!found) return;
    if (!found.isDirectory()) { hash.update(`${file}\0${found.size}\0${found.mtimeMs}\n`); return; }
    for (const name of readdirSync(path.join(root, file)).sort()) {
      if (name !== 'node_modules' && name !== 'dist' && !name.includes('.test.')) add(path.join(file, name));
    }
  };
  for (const input of inputs) add(input);
  return hash.digest('hex');
}

function readStamps() {
  try { return JSON.parse(readFileSync(stamps, 'utf8')); } catch { return {}; }
}

function saveStamp(name, print) {
  mkdirSync(path.dirname(stamps), { recursive: true });
  writeFileSync(`${stamps}.${process.pid}`, JSON.stringify({ ...readStamps(), [name]: print }, null, 2));
  renameSync(`${stamps}.${process.pid}`, stamps);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await build();
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
