import { endOfLocalDay, localDate, type Instant } from '@wracam/engine/calendar';
import { expiryDate } from '@wracam/engine/expiry';
import type { Lot, Origin, Transfer } from '@wracam/engine/ledger/book';
import { credit, reverseAdjustment, takeOff } from '@wracam/engine/ledger/moves';
import type { ProgramTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { accountOf, findTransfer, loadAccounts, lockMembers, newWorkingSet, releaseExpiredHolds, saveWorkingSet, type StoredAccount, type TransferRow, type WorkingSet } from '../ledger/index.ts';
import { walletsOf, type Wallet } from '../programs/index.ts';
import { correct } from './effects.ts';
import { correctGrants } from './grants.ts';
import * as store from './store.ts';
import type { Entry, Outcome, RepairRow } from './store.ts';
import { movedBy, tellRepaired } from './telling.ts';

const originOf = (repair: RepairRow): Origin => ({ kind: 'adjustment', id: repair.id });

/** Books the differences of some members that are not booked yet. The locks come first: whoever books the same page waits and finds nothing left. */
export async function bookPage(deps: Deps, tx: ProgramTx, repair: RepairRow, memberIds: readonly number[]): Promise<void> {
  const set = newWorkingSet(tx.program.id, tx.program.purgeable, tx.program.now);
  await lockMembers(tx, set, memberIds);
  const entries = await store.entriesToBook(tx, repair.id, memberIds);
  await loadAccounts(tx, set, memberIds);
  await releaseExpiredHolds(tx, set, memberIds);
  const wallets = await walletsOf(tx);
  const outcomes = entries.map((entry) => ({ ...entry, booked: true, ...bookEntry(set, wallets.find((one) => one.no === entry.walletNo)!, entry, repair) }));
  const moved = movedBy(set, repair.id);
  await saveWorkingSet(tx, set);
  await correct(deps, tx, set, repair.id, 'stand', memberIds);
  await correctGrants(deps, tx, set, repair.id, 'stand', memberIds);
  await store.saveOutcomes(tx, repair.id, outcomes);
  await store.countOn(tx, repair.id, outcomes.length);
  await tellRepaired(deps, tx, repair, 'book', moved);
}

type Booked = Pick<Outcome, 'seq' | 'owedSeq' | 'forgiven'>;

function bookEntry(set: WorkingSet, wallet: Wallet, entry: Entry, repair: RepairRow): Booked {
  // A closed account stays as it is: nobody is there to have the points or to owe them.
  if (set.members.get(entry.memberId)!.state === 'closed') return { seq: null, owedSeq: null, forgiven: Math.max(0, -entry.points) };
  const account = accountOf(set, entry.memberId, wallet);
  const as = { origin: originOf(repair), note: repair.bookReason! };
  if (entry.points > 0) {
    const { seq } = credit(set.book, account, entry.points, { usableAt: entry.usableAt, expiresAt: entry.expiresAt }, { kind: 'adjust', ...as });
    return { seq, owedSeq: null, forgiven: 0 };
  }
  const taken = takeOff(set.book, account, -entry.points, { own: alike(account, entry), sparesOthers: wallet.debtPolicy === 'nextEarnings' }, as);
  return { seq: taken.drawn?.seq ?? null, owedSeq: taken.owed?.seq ?? null, forgiven: taken.forgiven };
}

/** Lots with the dates of the entry, which stand for those that the wrong rule gave. */
const alike = (account: StoredAccount, { usableAt, expiresAt }: Entry): Lot[] =>
  [...account.lots.values()].filter((lot) => lot.remaining > 0 && lot.expiresAt === expiresAt && (lot.pending ? lot.usableAt : null) === usableAt).sort((a, b) => a.seq - b.seq);

/** Undoes what is booked of some members. What was taken goes back to its lots; what was given is taken, where it is spent by the wallet's debt policy. */
export async function undoPage(deps: Deps, tx: ProgramTx, repair: RepairRow, memberIds: readonly number[]): Promise<void> {
  const set = newWorkingSet(tx.program.id, tx.program.purgeable, tx.program.now);
  await lockMembers(tx, set, memberIds);
  const entries = await store.entriesToUndo(tx, repair.id, memberIds);
  const booked = new Map<number, TransferRow>();
  for (const { no, memberId, walletNo, seq } of entries) if (seq !== null) booked.set(no, (await findTransfer(tx, { memberId, walletNo, seq }))!);
  await loadAccounts(tx, set, memberIds);
  await releaseExpiredHolds(tx, set, memberIds, { seqs: [...booked.values()].flatMap((one) => [one.seq, ...(one.draws ?? []).map((draw) => draw.seq)]) });
  const wallets = await walletsOf(tx);
  const outcomes = entries.map((entry): Outcome => {
    const wallet = wallets.find((one) => one.no === entry.walletNo)!;
    const closed = set.members.get(entry.memberId)!.state === 'closed';
    return { ...entry, undone: true, kept: closed ? Math.max(0, entry.points) : undoEntry(tx, set, wallet, entry, booked.get(entry.no), repair) };
  });
  const moved = movedBy(set, repair.id);
  await saveWorkingSet(tx, set);
  await correct(deps, tx, set, repair.id, 'lift', memberIds);
  await correctGrants(deps, tx, set, repair.id, 'lift', memberIds);
  await store.saveOutcomes(tx, repair.id, outcomes);
  await store.countOn(tx, repair.id, outcomes.length);
  await tellRepaired(deps, tx, repair, 'undo', moved);
}

/** Points that could not be taken. */
function undoEntry(tx: ProgramTx, set: WorkingSet, wallet: Wallet, entry: Entry, booked: TransferRow | undefined, repair: RepairRow): number {
  const account = accountOf(set, entry.memberId, wallet);
  const origin = originOf(repair);
  const note = repair.undoReason!;
  if (entry.owedSeq !== null) credit(set.book, account, -entry.points - (booked?.points ?? 0) - entry.forgiven, { usableAt: null, expiresAt: endOf(tx, wallet) }, { kind: 'adjust', origin, note });
  // Somebody may have taken back this one by hand.
  if (!booked || booked.reversed) return 0;
  const own = account.lots.get(booked.seq);
  let undone: Transfer | null = null;
  // Points that are over count as taken; the others are.
  if (!booked.incoming || own!.expired === 0) undone = reverseAdjustment(set.book, account, booked, origin, note);
  if (undone !== null || !booked.incoming) return 0;
  const points = booked.points - own!.expired;
  return points === 0 ? 0 : takeOff(set.book, account, points, { own: [own!], sparesOthers: wallet.debtPolicy === 'nextEarnings' }, { origin, note }).forgiven;
}

function endOf(tx: ProgramTx, wallet: Wallet): Instant | null {
  const date = expiryDate(wallet.expiry, localDate(tx.program.timeZone, tx.program.now));
  return date === null ? null : endOfLocalDay(tx.program.timeZone, date);
}
