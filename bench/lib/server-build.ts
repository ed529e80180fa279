import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build, stop, type Plugin } from 'esbuild';
import { projectRoot } from '@wracam/server/platform/project-root';

/** One guard taken out of the source while it is bundled: `find` must stand in `file` exactly once, so that a guard that moved is noticed. */
export interface SourceChange {
  /** Path from the root of the repository. */
  file: string;
  find: string;
  put: string;
}

/**
 * Bundles the server as `npm run build` does, into a folder of this process under dist/run, and gives the path of its entry. With
 * `changes` it is a server with guards missing: for proofs that must go red, and nothing of it stands in the product's code. `root`: of another checkout.
 */
export async function buildServer(changes: readonly SourceChange[] = [], name = 'server', root = projectRoot()): Promise<string> {
  const outdir = path.join(root, 'dist', 'run', `${name}-${process.pid}`);
  const entry = path.join(outdir, 'server.js');
  process.once('exit', () => rmSync(outdir, { recursive: true, force: true }));
  await build({
    entryPoints: { server: path.join(root, 'server/src/main.ts'), 'replay-worker': path.join(root, 'server/src/modules/replay/worker.ts'), 'serving-process': path.join(root, 'server/src/serving-process.ts'), 'booking-thread': path.join(root, 'server/src/booking-thread.ts') }, outdir, absWorkingDir: root, bundle: true, splitting: true, format: 'esm', platform: 'node', target: 'node20.19',
    sourcemap: true, sourcesContent: false, logLevel: 'error', chunkNames: 'chunk-[hash]', plugins: [npmOutside, withChanges(root, changes)],
  });
  await stop();
  return entry;
}

const npmOutside: Plugin = {
  name: 'npm-outside',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^[^./]/ }, ({ path: wanted, kind }) => (kind === 'entry-point' || wanted.startsWith('@wracam/') ? undefined : { path: wanted, external: true }));
  },
};

function withChanges(root: string, changes: readonly SourceChange[]): Plugin {
  const byFile = new Map<string, SourceChange[]>();
  for (const change of changes) byFile.set(path.join(root, change.file), [...(byFile.get(path.join(root, change.file)) ?? []), change]);
  return {
    name: 'without-guards',
    setup: ({ onLoad, onEnd }) => {
      const met = new Set<string>();
      if (byFile.size > 0) {
        onLoad({ filter: /\.ts$/ }, ({ path: file }) => {
          const wanted = byFile.get(file);
          if (!wanted) return undefined;
          met.add(file);
          return { contents: wanted.reduce(put, readFileSync(file, 'utf8')), loader: 'ts' };
        });
      }
      onEnd(() => {
        for (const file of byFile.keys()) if (!met.has(file)) throw new Error(`${file} is not part of the server any more`);
      });
    },
  };
}

function put(source: string, { file, find, put: text }: SourceChange): string {
  const parts = source.split(find);
  if (parts.length !== 2) throw new Error(`the guard is not in ${file} exactly once: ${find}`);
  return parts.join(text);
}
