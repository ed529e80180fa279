import { localDate, type Instant } from '@wracam/engine/calendar';
import { looksBack } from '@wracam/engine/goals/participants';
import type { ProgramTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { endBadge, giveBadge, goalBadgeKey, listBadges } from '../badges/index.ts';
import { membersAfter } from '../ledger/index.ts';
import { walletsOf } from '../programs/index.ts';
import { keptDocuments, keptNow, type Companion, type KeptOf, type Workspace } from '../transactions/index.ts';
import { standingWith } from './core.ts';
import { participationIn, type Participation } from './participation.ts';
import { grantIn, listeningGoals, movesOf, saveGrant, takenIn } from './settle.ts';
import { grantsOf, type GrantRow } from './store/progress.ts';

type Known = { readonly documents: Map<number, KeptOf>; readonly grants: Map<string, GrantRow> };

/**
 * Gives what goals grant while documents since `since` are loaded, each at the instant of the document that reached it, and takes back what
 * returns undo at theirs; nobody is told. The goals are laid and not followed yet. Progress is left to the count of everybody that comes after the
 * load, and so is a grant that a transaction which had to be repeated left out.
 */
export async function goalsInPast(deps: Deps, tx: ProgramTx, since: Instant, takeId: () => number): Promise<Companion> {
  const { timeZone } = tx.program;
  const goals = await listeningGoals(tx);
  // Who has bought so much before takes part: that is asked of all that was loaded.
  const from = goals.some(({ definition: { who } }) => who && looksBack(who)) ? null : since;
  const wallets = await walletsOf(tx);
  const codes = new Map((await listBadges(tx)).map(({ id, code }) => [id, code]));
  const walletNo = (code: string) => wallets.find((one) => one.code === code)?.no ?? null;
  const members = await whatStands(tx, from);
  const parts = new WeakMap<Workspace, Participation>();
  const made = new WeakMap<Workspace, { readonly row: GrantRow; readonly isNew: boolean }[]>();
  const reach = (work: Workspace, kept: KeptOf): void => {
    const { memberId } = kept;
    const known = members.get(memberId) ?? nothingYet();
    members.set(memberId, known);
    known.documents.set(kept.id, kept);
    const { now } = work.set.book;
    if (now < since || work.set.members.get(memberId)?.state !== 'active') return;
    const today = localDate(timeZone, now);
    for (const goal of goals) {
      const standing = standingWith(goal, walletNo, timeZone, today, parts.get(work)!(goal, memberId, [...known.documents.values()]));
      const { give, take } = movesOf(goal, memberId, standing, [...known.grants.values()].filter((row) => row.goalId === goal.id));
      const rows = [
        ...take.map((move) => ({ row: takenIn(work.set, wallets, move), isNew: false })),
        ...give.map((move) => ({ row: grantIn(deps, work.set, wallets, timeZone, move, takeId()), isNew: move.known === null })),
      ];
      for (const { row } of rows) {
        known.grants.set(`${row.goalId}:${row.round}`, row);
        tellRules(work, row, codes);
      }
      if (rows.length > 0) made.set(work, [...(made.get(work) ?? []), ...rows]);
    }
  };
  return {
    async before(work) {
      parts.set(work, await participationIn(work, goals));
    },
    after(work, { document }) {
      for (const kept of keptNow(work, document)) if (from === null || kept.occurredAt >= from) reach(work, kept);
    },
    async save(work) {
      for (const { row, isNew } of made.get(work) ?? []) await saveGrant(work.tx, row, isNew);
    },
  };
}

/** The next document of the very same batch sees the badge that this one gave or took. */
function tellRules({ badges, tx }: Workspace, { id, memberId, badgeId, standing, grantedAt, takenAt }: GrantRow, codes: ReadonlyMap<number, string | null>): void {
  const code = badgeId === null ? null : codes.get(badgeId) ?? null;
  if (badges === null || code === null) return;
  if (standing) giveBadge(badges, memberId, { key: goalBadgeKey(id), code, from: localDate(tx.program.timeZone, grantedAt), until: null });
  else endBadge(badges, memberId, goalBadgeKey(id), localDate(tx.program.timeZone, takenAt!));
}

const nothingYet = (): Known => ({ documents: new Map(), grants: new Map() });

/** What a load that was cut off has left of every member. */
async function whatStands(tx: ProgramTx, since: Instant | null): Promise<Map<number, Known>> {
  const ids = await membersAfter(tx, 0, Number.MAX_SAFE_INTEGER);
  const members = new Map(ids.map((id) => [id, nothingYet()]));
  for (const one of await keptDocuments(tx, ids, since)) members.get(one.memberId)?.documents.set(one.id, one);
  for (const row of await grantsOf(tx, ids)) members.get(row.memberId)?.grants.set(`${row.goalId}:${row.round}`, row);
  return members;
}
