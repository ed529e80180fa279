import { localDate } from '@wracam/engine/calendar';
import { compileLadders, type CompiledLadder, type TierLadder } from '@wracam/engine/tiers/ladder';
import type { Db, ProgramTx } from '../../platform/db.ts';
import { walletsOf } from '../programs/index.ts';
import type { PublishedLadder } from './carried.ts';
import * as store from './store.ts';

/** One process's memory of a program's published ladders, right for one number of the newest ruleset; by database. */
type Known = { readonly upTo: number; readonly ladders: readonly CompiledLadder[] | null };
const memory = new WeakMap<Db, Map<number, Known>>();

/**
 * The program's published ladders as this transaction sees them; null: it has none. Publishing one writes a ruleset, so the newest ruleset's
 * number, read in this very transaction, tells when to look again. A program without a ladder pays a look into memory.
 */
export async function laddersOf(db: Db, tx: ProgramTx): Promise<readonly CompiledLadder[] | null> {
  let programs = memory.get(db);
  if (!programs) memory.set(db, programs = new Map<number, Known>());
  const known = programs.get(tx.program.id);
  if (known?.upTo === tx.program.rulesetNo) return known.ladders;
  const versions = await publishedLadders(tx);
  const ladders = versions.length === 0 ? null : compileLadders(versions, await walletsOf(tx));
  programs.set(tx.program.id, { upTo: tx.program.rulesetNo, ladders });
  return ladders;
}

/** Every ladder that was published, by number. */
export const publishedLadders = async (tx: ProgramTx): Promise<PublishedLadder[]> =>
  (await store.listVersions(tx)).map(({ no, effectiveOn, publishedAt, definition }) => ({ no, effectiveOn, publishedAt, publishedOn: localDate(tx.program.timeZone, publishedAt), ladder: definition }));

/** The draft that is worked on; null: there is none. */
export const ladderDraft = async (tx: ProgramTx): Promise<TierLadder | null> => (await store.findLadder(tx))?.draft ?? null;
