import type { Config } from './platform/config.ts';
import type { Deps } from './platform/deps.ts';
import type { DatabaseUrls } from './platform/roles.ts';
import { loadCafe } from './demo/load-cafe.ts';
import { CAFE } from './demo/cafe-program.ts';
import { listPrograms } from './modules/programs/index.ts';
import { setUpProgram } from './setup.ts';

/** Shares of the work after which a line is printed: enough to see that it moves, few enough for a log. */
const LINES_AT = [0.15, 0.4, 0.7] as const;

/** The program that a new installation opens with: the one that is there, the demo café (loaded now, or finished if it was cut off), or an empty one. */
export async function findProgramForStart(deps: Deps, config: Config, _urls: DatabaseUrls, say: (line: string) => void): Promise<{ id: number; code: string }> {
  const [known] = await deps.db.onPlatform(listPrograms);
  if (known && !(known.demo && known.code === CAFE.code)) return known;
  if (!known && config.demo !== 'cafe') return setUpProgram(deps, { code: 'program', name: 'Mój program', organisation: 'Moja firma' });
  return loadDemo(deps, say);
}

async function loadDemo(deps: Deps, say: (line: string) => void): Promise<{ id: number; code: string }> {
  const started = performance.now();
  say(`Loading the demo: two years of „${CAFE.name}”, under a minute (WRACAM_DEMO=none starts empty)`);
  let next = 0;
  const cafe = await loadCafe(deps, {
    progress: (share) => {
      if (share < (LINES_AT[next] ?? Infinity)) return;
      next = LINES_AT.filter((line) => line <= share).length;
      say(`  ${Math.floor(share * 100)} %`);
    },
  });
  if (cafe.figures.documents > 0) say(`  ${cafe.members} members, ${cafe.figures.booked} sales and returns in ${Math.round((performance.now() - started) / 1000)} s`);
  return { id: cafe.id, code: cafe.code };
}
