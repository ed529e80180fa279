import { dateOf } from '@wracam/engine/calendar';
import type { CompiledLadder } from '@wracam/engine/tiers/ladder';
import type { ProgramTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { lockMembers, memberPage, newWorkingSet, touchingMembers } from '../ledger/index.ts';
import { isFollowed } from '../programs/index.ts';
import { laddersOf } from './ladders.ts';
import { dayOf, NIGHT, openStandings, settle, standingFrom, type ActivityOf, type Standings } from './standings.ts';
import * as store from './store.ts';
import { writesOfStandings } from './writes.ts';

/** Members in one transaction: most of them only read, so a till waits for those that change alone, for milliseconds. */
const CHUNK = 4_000;
/** Members whose documents are read to make their days: each costs its own documents. */
const FRESH_CHUNK = 500;

export type Recount = { readonly members: number; readonly changed: number };

/**
 * Looks at every member of the program and brings their level to today, by the same function that decides after a sale. Goes on where a run of
 * the same day was cut off; a second run of a day changes nothing. Null: the program has no ladder.
 */
export async function recountTiers(deps: Deps, programId: number, activityOf: ActivityOf): Promise<Recount | null> {
  const day = await deps.db.inProgram(programId, async (tx) => {
    if (!await laddersOf(deps.db, tx)) return null;
    const today = dayOf(tx.program.timeZone, tx.program.now);
    await store.startRun(tx, dateOf(today));
    return today;
  });
  if (day === null) return null;
  for (;;) {
    const run = await deps.db.inProgram(programId, (tx) => recountChunk(deps, tx, day, activityOf));
    if (run.endedAt !== null) return { members: run.members, changed: run.changed };
  }
}

async function recountChunk(deps: Deps, tx: ProgramTx, day: number, activityOf: ActivityOf): Promise<store.RunRow> {
  const ladders = (await laddersOf(deps.db, tx))!;
  const run = (await store.findRunForUpdate(tx, dateOf(day)))!;
  if (run.endedAt !== null) return run;
  const page = await memberPage(tx, run.position, CHUNK, FRESH_CHUNK);
  const concerned = await membersToSettle(tx, ladders, page, day);
  let changed = 0;
  if (concerned.length > 0) {
    // What was read before the locks only told whom to lock: everything is read again under them.
    const set = newWorkingSet(tx.program.id, tx.program.purgeable, tx.program.now);
    await lockMembers(tx, set, concerned);
    const settled = await writesOfStandings(deps, tx, await openStandings(tx, ladders, [...set.members.values()], activityOf), day, NIGHT);
    await tx.send([...settled.writes, ...(await isFollowed(tx) ? touchingMembers(tx.program, settled.changed) : [])]);
    changed = settled.changed.length;
  }
  const next: store.RunRow = {
    position: page.at(-1)?.memberId ?? run.position, members: run.members + page.length, changed: run.changed + changed, endedAt: page.length === 0 ? tx.program.now : null,
  };
  await store.saveRun(tx, dateOf(day), next);
  return next;
}

/** Whose level or days are to be written, in the order of ids. */
async function membersToSettle(tx: ProgramTx, ladders: readonly CompiledLadder[], page: readonly { readonly memberId: number; readonly counted: boolean }[], day: number): Promise<number[]> {
  const rows = await store.readStandings(tx, page.filter((one) => one.counted).map((one) => one.memberId));
  const standings: Standings = { ladders, byMember: new Map() };
  return page.filter(({ memberId, counted }) => {
    const row = rows.get(memberId);
    return !counted || row === undefined || settle(standings, standingFrom(memberId, true, row.days, row.tier), day, NIGHT) !== null;
  }).map((one) => one.memberId);
}
