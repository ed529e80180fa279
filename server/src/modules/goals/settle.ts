import { randomInt } from 'node:crypto';
import { addDays, endOfLocalDay, localDate, startOfLocalDay } from '@wracam/engine/calendar';
import { expiryDate } from '@wracam/engine/expiry';
import { planGrants } from '@wracam/engine/goals/grants';
import { credit, takeBack } from '@wracam/engine/ledger/moves';
import { announce } from '../../platform/act.ts';
import type { ProgramTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { endHeld, insertHeld } from '../badges/index.ts';
import { accountOf, loadAccounts, lockMembers, newWorkingSet, releaseExpiredHolds, saveWorkingSet, untouchMembers, type WorkingSet } from '../ledger/index.ts';
import { walletsOf, type Wallet } from '../programs/index.ts';
import { noteTouched } from '../targets/index.ts';
import { keptDocuments, repairedOf, type DayChange, type Repaired } from '../transactions/index.ts';
import { countedSince, isListening, runningGoal, standingWith, type Counted, type RunningGoal, type Standing } from './core.ts';
import { participationOf } from './participation.ts';
import * as store from './store.ts';
import { grantsOf, insertGrant, progressOf, saveProgress, updateGrant, type GrantRow, type ProgressRow } from './store/progress.ts';

/** Letters that nobody takes for one another; eight of them are 10^11 codes. */
const LETTERS = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const COUPON_LENGTH = 8;
export const newCoupon = (): string => Array.from({ length: COUPON_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]!).join('');

/** The goals that listen now. */
export const listeningGoals = async (tx: ProgramTx): Promise<RunningGoal[]> => {
  const today = localDate(tx.program.timeZone, tx.program.now);
  return (await store.runningVersions(tx)).map((one) => runningGoal(one.id, one.version, one.definition)).filter((goal) => isListening(goal, today));
};

/** Documents by member, in the order of booking, and after them what repairs that stand make of their points. */
export const documentsOf = async (tx: ProgramTx, memberIds: readonly number[], since: number | null) => (await countedOf(tx, memberIds, since)).counted;

type CountedOf = { readonly counted: Map<number, Counted[]>; /** By member: what repairs did, those that were undone too. */ readonly repaired: ReadonlyMap<number, readonly Repaired[]> };

async function countedOf(tx: ProgramTx, memberIds: readonly number[], since: number | null): Promise<CountedOf> {
  const counted = new Map<number, Counted[]>(memberIds.map((id) => [id, []]));
  for (const one of await keptDocuments(tx, memberIds, since)) counted.get(one.memberId)?.push(one);
  const repaired = new Map<number, Repaired[]>();
  for (const one of await repairedOf(tx, memberIds)) repaired.set(one.memberId, [...repaired.get(one.memberId) ?? [], one]);
  for (const [memberId, rows] of repaired) counted.get(memberId)!.push(...rows.filter((one) => one.liftedAt === null).map((one) => repairedPoints(tx.program.timeZone, one)));
  return { counted, repaired };
}

/** Points that a repair makes of a day's documents: no document of its own. Who takes part is who did when that day ended. */
export const repairedPoints = (timeZone: string, { day, walletNo, points }: Pick<DayChange, 'day' | 'walletNo' | 'points'>): Counted =>
  ({ occurredAt: startOfLocalDay(timeZone, day), bookedAt: startOfLocalDay(timeZone, addDays(day, 1)) - 1, document: null, earned: new Map([[walletNo, points]]) });

type Move = { readonly goal: RunningGoal; readonly memberId: number; readonly round: number; readonly known: GrantRow | null; readonly byRepair: boolean };
type Taking = Move & { readonly known: GrantRow };

/** Rounds that a member's documents reach without repairs (null: no repair touched them), and those that a repair which was undone would reach yet. */
type BesideRepairs = { readonly byDocuments: readonly number[] | null; readonly undone: readonly number[] };
const NO_REPAIRS: BesideRepairs = { byDocuments: null, undone: [] };

/** What is to be given and taken so that a member's grants of a goal, `known`, are those that the documents say. */
export function movesOf(goal: RunningGoal, memberId: number, { rounds, open }: Standing, known: readonly GrantRow[], { byDocuments, undone }: BesideRepairs = NO_REPAIRS): { readonly give: readonly Move[]; readonly take: readonly Taking[] } {
  const own = known.filter((row) => goal.kind === 'threshold' || row.round >= open);
  const moves = planGrants(rounds, own.map((row) => ({ round: row.round, standing: row.standing, current: row.version === goal.version, undone: row.byRepair && undone.includes(row.round) })), goal.definition.onReturn);
  const grantOf = (round: number) => own.find((row) => row.round === round) ?? null;
  return {
    give: moves.grant.map((round) => ({ goal, memberId, round, known: grantOf(round), byRepair: byDocuments !== null && !byDocuments.includes(round) })),
    take: moves.takeBack.map((round) => ({ goal, memberId, round, known: grantOf(round)!, byRepair: false })),
  };
}

/**
 * Brings members' progress and grants to what their documents say now, in one transaction: counts anew under the members' locks, gives what
 * was reached, takes back what returns undid. Doing it again changes nothing, and two processes take turns, so a job may run as often as it likes.
 */
export const settleMembers = (deps: Deps, programId: number, memberIds: readonly number[]): Promise<void> => deps.db.inProgram(programId, async (tx) => {
  const { timeZone, now } = tx.program;
  const today = localDate(timeZone, now);
  const set = newWorkingSet(programId, tx.program.purgeable, now);
  await lockMembers(tx, set, memberIds);
  // Under the locks: a document that is booked from here on touches its member again.
  await untouchMembers(tx, memberIds);
  await noteTouched(tx, memberIds);
  const goals = await listeningGoals(tx);
  if (goals.length === 0) return;
  const wallets = await walletsOf(tx);
  const walletNo = (code: string) => wallets.find((one) => one.code === code)?.no ?? null;
  const { counted, repaired } = await countedOf(tx, memberIds, countedSince(goals, timeZone, today));
  const part = await participationOf(deps, tx, goals, set);
  const grants = await grantsOf(tx, memberIds);
  const progress = await progressOf(tx, goals.map((goal) => goal.id), memberIds);
  const changed: ProgressRow[] = [];
  const give: Move[] = [];
  const take: Taking[] = [];
  for (const memberId of [...set.members.keys()].sort((a, b) => a - b)) {
    for (const goal of goals) {
      const standingBy = (documents: readonly Counted[]) => standingWith(goal, walletNo, timeZone, today, part(goal, memberId, documents));
      const standing = standingBy(counted.get(memberId)!);
      const before = progress.filter((row) => row.memberId === memberId && row.goalId === goal.id && row.period >= standing.open);
      changed.push(...changesOf(goal.id, memberId, standing.progress, before));
      // Who is blocked or closed earns nothing; what stands is left alone until the account is open again.
      if (set.members.get(memberId)!.state !== 'active') continue;
      const beside = goal.kind === 'threshold' ? besideRepairs(standingBy, timeZone, counted.get(memberId)!, repaired.get(memberId) ?? []) : NO_REPAIRS;
      const moves = movesOf(goal, memberId, standing, grants.filter((row) => row.memberId === memberId && row.goalId === goal.id), beside);
      give.push(...moves.give);
      take.push(...moves.take);
    }
  }
  await saveProgress(tx, changed);
  if (give.length + take.length === 0) return;
  await openAccounts(tx, set, [...give, ...take]);
  for (const move of take) await saveGrant(tx, takenIn(set, wallets, move), false);
  const ids = await deps.ids.take(give.length);
  for (const [at, move] of give.entries()) await giveGrant(deps, tx, set, wallets, move, ids[at]!);
  await saveWorkingSet(tx, set);
});

/** A reward that a repair alone gave is undone with it: what documents reach with and without. */
function besideRepairs(standingBy: (documents: readonly Counted[]) => Standing, timeZone: string, counted: readonly Counted[], repaired: readonly Repaired[]): BesideRepairs {
  if (repaired.length === 0) return NO_REPAIRS;
  const standing = repaired.filter((one) => one.liftedAt === null);
  const lifted = repaired.filter((one) => one.liftedAt !== null);
  return {
    byDocuments: standing.length === 0 ? null : standingBy(counted.slice(0, counted.length - standing.length)).rounds,
    undone: lifted.length === 0 ? [] : standingBy([...counted, ...lifted.map((one) => repairedPoints(timeZone, one))]).rounds,
  };
}

/** Rows that differ from what is stored; a period whose documents were all returned goes back to nothing. */
function changesOf(goalId: number, memberId: number, progress: ReadonlyMap<number, { value: number; reached: boolean }>, known: readonly ProgressRow[]): ProgressRow[] {
  const now = new Map(progress);
  for (const row of known) if (!now.has(row.period)) now.set(row.period, { value: 0, reached: false });
  return [...now].flatMap(([period, { value, reached }]) => {
    const before = known.find((row) => row.period === period);
    return before && before.value === value && before.reached === reached ? [] : [{ goalId, period, memberId, value, reached }];
  });
}

async function openAccounts(tx: ProgramTx, set: WorkingSet, moves: readonly Move[]): Promise<void> {
  const memberIds = [...new Set(moves.map((move) => move.memberId))].sort((a, b) => a - b);
  await loadAccounts(tx, set, memberIds);
  await releaseExpiredHolds(tx, set, memberIds, { origins: moves.flatMap(({ known }) => (known ? [known.id] : [])) });
}

async function giveGrant(deps: Deps, tx: ProgramTx, set: WorkingSet, wallets: readonly Wallet[], move: Move, newId: number): Promise<void> {
  const row = grantIn(deps, set, wallets, tx.program.timeZone, move, newId);
  await saveGrant(tx, row, move.known === null);
  await announce(deps, tx, tx.program.id, 'goal.reached', deps.publicIds.encode('mem', move.memberId), { goal: deps.publicIds.encode('gol', move.goal.id), round: move.round });
}

/** Books what a round gives at the book's now; the row that says so is still to be written. */
export function grantIn(deps: Deps, set: WorkingSet, wallets: readonly Wallet[], timeZone: string, { goal, memberId, round, known, byRepair }: Move, newId: number): GrantRow {
  const { reward, name } = goal.definition;
  const { now } = set.book;
  const id = known?.id ?? newId;
  const wallet = reward.points && wallets.find((one) => one.code === reward.points!.wallet);
  if (reward.points && wallet) {
    const last = expiryDate(wallet.expiry, localDate(timeZone, now));
    credit(set.book, accountOf(set, memberId, wallet), reward.points.points, { usableAt: null, expiresAt: last === null ? null : endOfLocalDay(timeZone, last) }, { kind: 'earn', origin: { kind: 'system', id }, note: name });
  }
  return {
    id, goalId: goal.id, memberId, round, version: goal.version, standing: true, walletNo: wallet ? wallet.no : null, points: wallet ? reward.points!.points : null,
    badgeId: reward.badge === null ? null : deps.publicIds.decode('bdg', reward.badge), coupon: reward.coupon === null ? null : known?.coupon ?? newCoupon(), couponTitle: reward.coupon,
    couponUsedAt: known?.couponUsedAt ?? null, expiredCounted: known?.expiredCounted ?? 0, grantedAt: now, takenAt: null, byRepair,
  };
}

/** Takes back what a round gave at the book's now; the row that says so is still to be written. */
export function takenIn(set: WorkingSet, wallets: readonly Wallet[], { memberId, known }: Taking): GrantRow {
  const wallet = wallets.find((one) => one.no === known.walletNo);
  const taken = wallet && takeBack(set.book, accountOf(set, memberId, wallet), known.points!, { originId: known.id, expiredCounted: known.expiredCounted }, { kind: 'system', id: known.id }, null);
  return { ...known, standing: false, takenAt: set.book.now, expiredCounted: known.expiredCounted + (taken?.expired ?? 0) };
}

/** Writes what became of a grant, and from when until when its badge is held. */
export async function saveGrant(tx: ProgramTx, row: GrantRow, isNew: boolean): Promise<void> {
  await (isNew ? insertGrant(tx, row) : updateGrant(tx, row));
  if (!row.standing) await endHeld(tx, row.id, row.takenAt!);
  else if (row.badgeId !== null) await insertHeld(tx, { grantId: row.id, memberId: row.memberId, badgeId: row.badgeId, givenAt: row.grantedAt });
}
