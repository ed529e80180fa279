import { localDate, type LocalDate } from '@wracam/engine/calendar';
import { countsUntil, type TargetPeriod } from '@wracam/engine/targets/period';
import { planReached } from '@wracam/engine/targets/reached';
import type { ProgramTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { answered } from '../events/index.ts';
import { newWorkingSet, readMembers } from '../ledger/index.ts';
import { membersOf, participantPage, participantsOf } from './participants.ts';
import { countParts } from './parts.ts';
import { dropParts } from './parts-store.ts';
import { amountFor, runningTarget, type RunningTarget } from './running.ts';
import * as store from './store.ts';
import type { ProgressRow, ReachedRow } from './store.ts';

/** The event that a reached target books. */
export const REACHED_EVENT = 'sales-target';
/** Notes of one transaction: a change of a target waits as long as this takes. */
const NOTES = 400;

const activeOf = async (tx: ProgramTx, memberIds: readonly number[]): Promise<Set<number>> => {
  const set = newWorkingSet(tx.program.id, tx.program.purgeable, tx.program.now);
  await readMembers(tx, set, memberIds);
  return new Set([...set.members.values()].filter((member) => member.state === 'active').map((member) => member.memberId));
};

/**
 * Brings progress, and for the periods of `decided` who has the event, to what the documents say now. The caller holds the target's lock, so two
 * counts take turns; doing it again changes nothing. `changed`: whose documents are added up anew; null: everybody's. Events are booked and
 * undone afterwards (`bookOwed`).
 */
async function countParticipants(deps: Deps, tx: ProgramTx, target: RunningTarget, keys: readonly string[], decided: readonly TargetPeriod[], changed: ReadonlySet<number> | null): Promise<void> {
  if (keys.length === 0 || target.open.length === 0) return;
  const nos = target.open.map((period) => period.no);
  const members = await membersOf(tx, target, keys);
  const reached = await store.reachedBy(tx, target.id, nos, keys);
  const all = [...new Set([...[...members.values()].flat(), ...reached.filter((row) => row.standing).map((row) => row.memberId)])].sort((a, b) => a - b);
  const parts = await countParts(tx, target, all, changed);
  const partOf = (memberId: number, period: number) => parts.get(memberId)?.get(period) ?? 0;
  const sumOf = (ids: Iterable<number>, period: number) => [...ids].reduce((sum, id) => sum + partOf(id, period), 0);
  await store.saveProgress(tx, target.id, changedProgress(target, await store.progressOf(tx, target.id, nos, keys), keys.flatMap((participant) => nos.map((period) => ({ participant, period, value: sumOf(members.get(participant)!, period) })))));

  const active = decided.length === 0 ? new Set<number>() : await activeOf(tx, all);
  const answers = decided.length > 0 && (await answered(deps, tx, [REACHED_EVENT], tx.program.now)).length > 0;
  for (const { no: period } of decided) {
    for (const participant of keys) {
      const own = reached.filter((row) => row.period === period && row.participant === participant);
      const standing = own.filter((row) => row.standing);
      const ids = members.get(participant)!;
      const value = sumOf(ids, period);
      const amount = amountFor(target, participant);
      const moves = planReached({ amount, sum: value, sumOfHolders: sumOf(new Set([...ids, ...standing.map((row) => row.memberId)]), period), active: ids.filter((id) => active.has(id)), standing });
      for (const memberId of moves.take) await store.takeReached(tx, standing.find((row) => row.memberId === memberId)!);
      // Only where a rule answers, like every event of our own; a rule that comes later finds it at the next count.
      if (answers) for (const memberId of moves.give) await store.saveReached(tx, nextRound(target, period, participant, memberId, { amount: amount!, value, ownValue: partOf(memberId, period) }, own.find((row) => row.memberId === memberId), tx.program.now));
    }
  }
}

/** Reached again before its event was undone, it is the same round and the event stays; afterwards it is a new one, with a key of its own. */
function nextRound(target: RunningTarget, period: number, participant: string, memberId: number, sums: Pick<ReachedRow, 'amount' | 'value' | 'ownValue'>, known: ReachedRow | undefined, now: number): ReachedRow {
  if (known !== undefined && known.transactionId !== null) return { ...known, standing: true };
  return { targetId: target.id, period, participant, memberId, ...sums, round: (known?.round ?? 0) + 1, standing: true, reachedAt: now, transactionId: null };
}

/** Rows that differ from what is stored. Of a target for everybody, members who sold nothing are no rows. */
function changedProgress(target: RunningTarget, known: readonly ProgressRow[], now: readonly ProgressRow[]): ProgressRow[] {
  const { side, groups } = target.definition;
  const isNamed = (participant: string) => side !== 'member' || groups.length > 0 || target.own.has(participant);
  const before = new Map(known.map((row) => [`${row.period}:${row.participant}`, row.value]));
  return now.filter(({ period, participant, value }) => {
    const old = before.get(`${period}:${participant}`);
    return old === undefined ? value !== 0 || isNamed(participant) : old !== value;
  });
}

const listens = (target: RunningTarget, period: TargetPeriod, today: LocalDate) => target.definition.settle === 'atOnce' && today <= countsUntil(target.definition, period);

/** Counts what documents changed since the last time: looks at the members of some notes and forgets those. Returns how many notes there were. */
export const countNoted = (deps: Deps, programId: number): Promise<number> => deps.db.inProgram(programId, async (tx) => {
  // Locked first: what is read afterwards is at least as new as the notes.
  const rows = await store.lockActiveTargets(tx);
  const notes = await store.readNotes(tx, NOTES);
  if (notes.length === 0) return 0;
  const ids = notes.map((note) => note.memberId);
  const today = localDate(tx.program.timeZone, tx.program.now);
  for (const row of rows) {
    const target = await runningTarget(tx, row);
    await countParticipants(deps, tx, target, await participantsOf(tx, target, ids), target.open.filter((period) => listens(target, period, today)), new Set(ids));
  }
  await store.dropNotes(tx, notes);
  return notes.length;
});

/**
 * Counts a target for everybody, a page of participants in a transaction. A period whose days for returns are over is decided for the last time
 * and settled for good.
 */
export async function countWhole(deps: Deps, programId: number, targetId: number): Promise<void> {
  const counted = new Set<string>();
  for (let after: number | null = 0; after !== null;) {
    const from: number = after;
    after = await deps.db.inProgram(programId, async (tx): Promise<number | null> => {
      const row = await store.findTargetForUpdate(tx, targetId);
      if (row?.state !== 'active') return null;
      const target = await runningTarget(tx, row);
      const { keys, next } = await participantPage(tx, target, from);
      const today = localDate(tx.program.timeZone, tx.program.now);
      const isOver = (period: TargetPeriod) => today > countsUntil(target.definition, period);
      const decided = target.open.filter((period) => target.definition.settle === 'atOnce' || isOver(period));
      await countParticipants(deps, tx, target, keys, decided, null);
      for (const key of keys) counted.add(key);
      if (next === null) {
        const nos = target.open.map((period) => period.no);
        // Those whose people are all gone: what they have follows returns like everybody's.
        const left = [...new Set((await store.standingIn(tx, target.id, nos)).map((one) => one.participant))].filter((key) => !counted.has(key));
        await countParticipants(deps, tx, target, left, decided, null);
        await store.dropProgress(tx, target.id, nos, (await store.participantsWithProgress(tx, target.id, nos)).map((one) => one.participant).filter((key) => !counted.has(key)));
        for (const period of target.open) if (isOver(period)) {
          await store.settlePeriod(tx, target.id, period.no);
          await dropParts(tx, target.id, period.no);
        }
      }
      return next;
    });
  }
}
