import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

// Our own packages are TypeScript source and go into the bundle; everything from npm stays outside and is loaded from node_modules.
const npmOutside = {
  name: 'npm-outside',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^[^./]/ }, ({ path: name, kind }) =>
      kind === 'entry-point' || name.startsWith('@wracam/') ? undefined : { path: name, external: true });
  },
};

/** What must stand as files of their own beside a built server, whatever its own entry is: the entries of its threads and of the processes it forks. */
export const besides = { 'replay-worker': 'server/src/modules/replay/worker.ts', 'serving-process': 'server/src/serving-process.ts', 'booking-thread': 'server/src/booking-thread.ts' };

/** Bundles TypeScript entry points for Node 20: `{ name: 'path/from/root.ts' }` becomes `<outdir>/<name>.js`. Throws when one does not compile. */
export const bundle = (entryPoints, outdir) => build({
  entryPoints, outdir, absWorkingDir: root, bundle: true, splitting: true, format: 'esm', platform: 'node', target: 'node20.19',
  // The maps are kept in memory for stacks, which need lines and names alone: with the sources' text in them a server is 40 MB bigger.
  sourcemap: true, sourcesContent: false, plugins: [npmOutside], logLevel: 'error', chunkNames: 'chunk-[hash]', jsx: 'automatic',
});
