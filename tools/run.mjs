// node tools/run.mjs <file.ts> [arguments]: runs a TypeScript script of this repository.
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { stop } from 'esbuild';
import { bundle, root } from './bundle.mjs';

const [script, ...args] = process.argv.slice(2);
if (!script) {
  console.error('Say which script to run: node tools/run.mjs <file.ts> [arguments].');
  process.exit(2);
}
const file = path.resolve(script);
const name = path.basename(script).replace(/\.tsx?$/, '');
// A folder a run: scripts that start at once must not write over each other's chunks.
const runs = path.join(root, 'dist', 'run');
const outdir = path.join(runs, `${name}-${process.pid}`);
clearFinishedRuns();
await bundle({ [name]: file }, outdir);
await stop();
process.setSourceMapsEnabled(true);
process.argv = [process.argv[0], path.join(outdir, `${name}.js`), ...args];
await import(pathToFileURL(process.argv[1]).href);

function clearFinishedRuns() {
  mkdirSync(runs, { recursive: true });
  for (const folder of readdirSync(runs)) {
    const pid = Number(folder.split('-').at(-1));
    try {
      process.kill(pid, 0);
    } catch {
      rmSync(path.join(runs, folder), { recursive: true, force: true });
    }
  }
}
