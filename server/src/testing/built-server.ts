import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '../platform/project-root.ts';

export type BuiltServer = { /** One of the files that `npm run build` makes, by its name without `.js`. */ readonly file: (name: string) => URL; readonly remove: () => void };

/** The server as `npm run build` makes it, in a folder of this process beside the sources, so that it finds the packages of npm. In a process of its own: the bundler wants a global that tests replace. */
export function buildServer(): BuiltServer {
  const root = projectRoot();
  const folder = path.join(root, 'dist', 'run', `built-${process.pid}`);
  const script = `import { bundle, besides } from './tools/bundle.mjs'; await bundle({ server: 'server/src/main.ts', ...besides }, ${JSON.stringify(folder)}); process.exit(0);`;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`the server does not build: ${stderr}`);
  return { file: (name) => pathToFileURL(path.join(folder, `${name}.js`)), remove: () => rmSync(folder, { recursive: true, force: true }) };
}
