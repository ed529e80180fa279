import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
/** Folders with code of ours. */
export const rooms = ['engine', 'contract', 'sdk', 'server', 'web', 'cli', 'bench', 'e2e', 'tools'] as const;

const NOT_SOURCE = new Set(['node_modules', 'dist', 'public', 'results', 'data']);

/** Paths from the root of our own TypeScript and JavaScript files below the given folders, sorted. */
export function sourceFiles(folders: readonly string[] = rooms): string[] {
  const found: string[] = [];
  const walk = (folder: string) => {
    for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
      const file = `${folder}/${entry.name}`;
      if (entry.isDirectory()) { if (!NOT_SOURCE.has(entry.name)) walk(file); }
      else if (/\.(ts|tsx|mjs|cjs|js)$/.test(entry.name)) found.push(file);
    }
  };
  for (const folder of folders) walk(folder);
  return found.sort();
}

export const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
export const isTest = (file: string): boolean => /\.test\.tsx?$|\/testing\/|^server\/(scenarios|src\/contract-tests)\/|^e2e\//.test(file);
