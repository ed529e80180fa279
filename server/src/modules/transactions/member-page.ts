import { localDate } from '@wracam/engine/calendar';
import { factTests, type Condition } from '@wracam/engine/conditions';
import { attributeOf } from '@wracam/engine/attributes';
import type { MemberFacts } from '@wracam/engine/facts';
import type { ProgramTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { newWorkingSet, readMembers } from '../ledger/index.ts';
import { badgesNamedIn, badgesOf } from '../badges/index.ts';
import { circlesByMember, groupsOf, memberAttributes } from '../members/index.ts';
import { laddersOf, openStandings } from '../tiers/index.ts';
import { activityOf } from './activity.ts';
import { memoryWorkspace } from './memory-booking.ts';
import { readPast } from './past.ts';
import { LIVE, memberFacts, type Workspace } from './workspace.ts';

/** No document is decided, so nobody asks for a ruleset. */
const NO_RULESETS = { wallets: [], followed: false, at: () => null, byNo: () => { throw new Error('a list of members asks for no ruleset'); }, byNoOrNull: () => null };

/**
 * Members as a purchase of this very moment would find them, in the order of the ids: what booking reads, by the functions by which it reads,
 * but without a lock and only as far as the condition asks. For lists and counts; nothing is decided by it.
 */
export async function factsOfMembers(deps: Deps, tx: ProgramTx, ids: readonly number[], asked: Condition): Promise<MemberFacts[]> {
  const codes = factTests(asked).map((leaf) => leaf.attribute);
  const asks = (start: string) => codes.some((code) => code.startsWith(start));
  const pastDays = codes.reduce((most, code) => Math.max(most, attributeOf(code)?.pastDays ?? 0), 0);
  const set = newWorkingSet(tx.program.id, tx.program.purgeable, tx.program.now);
  await readMembers(tx, set, ids);
  const ladders = asks('member.tier') ? await laddersOf(deps.db, tx) : null;
  const work: Workspace = {
    ...memoryWorkspace(tx.program, NO_RULESETS, null), tx, deps, set, mode: LIVE, standings: ladders && await openStandings(tx, ladders, [...set.members.values()], activityOf),
    personal: asks('member.attribute.') ? await memberAttributes(deps, tx, ids) : new Map(), groups: asks('member.group') ? await groupsOf(tx, ids) : new Map(), badges: asks('member.badge') ? await badgesOf(tx, ids, badgesNamedIn([asked])) : null,
  };
  if (asks('member.company')) for (const [id, own] of await circlesByMember(tx, ids)) work.circles.of.set(id, own);
  if (pastDays > 0) await readPast(work, [{ pastDays }], [tx.program.now]);
  const date = localDate(tx.program.timeZone, tx.program.now);
  return ids.map((id) => memberFacts(work, id, date, { pastDays }));
}
