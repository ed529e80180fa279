import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder that holds `server/migrations`, whether this code runs from its source, from `dist/` or from `dist/run/`.
 * Throws when the program was moved away from its folder: it cannot run without its migrations and pages.
 */
export function projectRoot(): string {
  const start = path.dirname(fileURLToPath(import.meta.url));
  for (let folder = start; folder !== path.dirname(folder); folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, 'server', 'migrations'))) return folder;
  }
  throw new Error(`No server/migrations folder above ${start}.`);
}
