import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** Letters that Polish and English need; the other subsets of the font stay on the server. */
const FONT_SUBSETS = /-latin(-ext)?-/;

/** Files that the shell needs besides what the bundler names. */
const FIXED = ['index.html', 'color-scheme.js', 'manifest.webmanifest', 'icon.svg', 'icon-192.png'];

/** Writes `sw.js` with the list of files this build needs without a network; the version changes with any of them. */
export function shellWorker(root: string, base: string): Plugin {
  return {
    name: 'wracam-shell-worker',
    apply: 'build',
    generateBundle(_options, bundle) {
      const built = Object.values(bundle).filter(({ fileName }) => /\.(js|css)$/.test(fileName) || (fileName.endsWith('.woff2') && FONT_SUBSETS.test(fileName)));
      const names = [...FIXED, ...built.map(({ fileName }) => fileName).sort()];
      const source = readFileSync(join(root, 'service-worker/sw.js'), 'utf8');
      const content = createHash('sha256').update(source).update(names.join('\n'));
      for (const fixed of FIXED.slice(1)) content.update(readFileSync(join(root, 'public', fixed)));
      content.update(readFileSync(join(root, 'index.html')));
      const filled = source
        .replace('__VERSION__', content.digest('hex').slice(0, 12))
        .replace("'__SHELL__'", JSON.stringify(names.map((name) => base + name)));
      this.emitFile({ type: 'asset', fileName: 'sw.js', source: filled });
    },
  };
}
