import type { ProgramTx } from '../../platform/db.ts';
import { badgesHeld } from '../earning/index.ts';
import * as store from './store.ts';

/** How many members have a badge. Who got it from a goal and from a rule is counted for each: nearly every badge comes one way alone. */
export async function holdersOfBadges(tx: ProgramTx): Promise<(id: number, code: string | null) => number> {
  const ofGoals = new Map((await store.badgeHolders(tx)).map((one) => [one.badgeId, one.members]));
  const ofRules = await badgesHeld(tx);
  return (id, code) => (ofGoals.get(id) ?? 0) + (code === null ? 0 : ofRules.get(code) ?? 0);
}
