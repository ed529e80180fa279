import type { Config } from './platform/config.ts';
import type { Deps } from './platform/deps.ts';
import type { DatabaseUrls } from './platform/roles.ts';
import { listPrograms } from './modules/programs/index.ts';
import { setUpProgram } from './setup.ts';

/** The program that a new installation opens with: the one that is there, the demo café, or an empty one. */
export async function findProgramForStart(deps: Deps, config: Config, _urls: DatabaseUrls, _say: (line: string) => void): Promise<{ id: number; code: string }> {
  const [known] = await deps.db.onPlatform(listPrograms);
  if (known) return known;
  return setUpProgram(deps, { code: config.demo === 'cafe' ? 'cafe' : 'program', name: config.demo === 'cafe' ? 'Kawiarnia Pod Lipą' : 'Mój program', organisation: 'Moja firma', demo: config.demo === 'cafe' });
}
