import { endOfLocalDay, localDate } from '@wracam/engine/calendar';
import { expiryDate } from '@wracam/engine/expiry';
import { credit } from '@wracam/engine/ledger/moves';
import type { ProgramTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { startProblem } from '../../platform/start-problem.ts';
import { accountOf, loadAccounts, loadLots, lockMembers, newWorkingSet, saveWorkingSet, settleAll } from '../ledger/index.ts';
import { findMembersByKeys, insertMembers, keyText } from '../members/index.ts';
import { walletByCode, walletsOf, type Wallet } from '../programs/index.ts';
import { contentOf, inOrder, readBalances, type BalanceFault, type BalanceMember, type BalanceRow } from './balance-rows.ts';
import { openCsv } from './csv-file.ts';
import * as store from './store.ts';

const MAPPING = 'balances';
/** Members in one transaction. */
const BATCH = 200;

export type BalanceFigures = {
  /** Null: a dry run, or faults. */
  readonly batch: number | null; readonly repeated: boolean; readonly rows: number; readonly members: number; readonly newMembers: number; readonly points: Readonly<Record<string, number>>;
  /** Any fault: nothing was booked. */
  readonly faults: readonly BalanceFault[];
};
export type BalanceOptions = { readonly file: string; readonly delimiter: string; readonly programId: number; readonly dryRun: boolean; readonly onProgress?: (share: number, at: string) => void };

/**
 * Gives members the points they had elsewhere, each row a lot with its own expiry; members who are not there are made. With any fault, and in
 * a dry run, nothing is booked. The same content again books nothing, however the file is called or sorted; a load that was cut off goes on
 * where it stopped. Of two loads of one file at the same moment one is stopped with a start problem.
 */
export async function importBalances(deps: Deps, { file, delimiter, programId, dryRun, onProgress = () => undefined }: BalanceOptions): Promise<BalanceFigures> {
  const keys = await deps.keyring.forProgram(programId);
  const { wallets, today } = await deps.db.readProgram(programId, async (tx) => ({ wallets: await walletsOf(tx), today: localDate(tx.program.timeZone, tx.program.now) }));
  const csv = await openCsv(file, delimiter);
  const { members: read, faults, rows } = await readBalances(keys, csv.header, csv.rows, wallets.map((wallet) => wallet.code), today);
  const members = inOrder(read);
  const points: Record<string, number> = {};
  for (const row of members.flatMap((member) => member.rows)) { const { code } = walletByCode(wallets, row.wallet); points[code] = (points[code] ?? 0) + row.points; }
  const told = { rows, members: members.length, points, faults };
  if (faults.length > 0 || dryRun) {
    const there = await knownMembers(deps, programId, members);
    return { batch: null, repeated: false, newMembers: members.length - there, ...told };
  }
  const fileHash = contentOf(members);
  const batch = await deps.db.inProgram(programId, async (tx) => {
    await store.lockBatches(tx); // or two would both find none and both begin one
    const known = await store.findBatchOfFile(tx, fileHash, MAPPING);
    if (known && known.state !== 'undone') return known;
    return { no: await store.insertBatch(tx, { fileHash, mapping: MAPPING, figures: {} }), state: 'running' as const, position: 0, booked: 0 };
  });
  if (batch.state === 'done') return { batch: batch.no, repeated: true, newMembers: 0, ...told };
  let newMembers = 0;
  let booked = batch.booked;
  for (let at = batch.position; at < members.length; at += BATCH) {
    const some = members.slice(at, at + BATCH);
    const ids = await deps.ids.take(some.length);
    booked += some.reduce((sum, member) => sum + member.rows.length, 0);
    // The place in the file moves on in the commit that books, and only from where it was read: no row is ever booked twice.
    newMembers += await deps.db.inProgram(programId, async (tx) => {
      if (!await store.movePlace(tx, batch.no, at, { rowsRead: rows, booked, refused: 0, position: at + some.length })) throw startProblem('Somebody else is loading this very file just now. Wait until that is over: each row is booked once.');
      return bookMembers(deps, tx, some, ids, wallets, batch.no);
    });
    onProgress((at + some.length) / members.length, `${at + some.length} members`);
  }
  const figures: BalanceFigures = { batch: batch.no, repeated: false, newMembers, ...told };
  await deps.db.inProgram(programId, (tx) => store.endBatch(tx, batch.no, 'done', figures));
  return figures;
}

/** How many of them the program has already. */
const knownMembers = (deps: Deps, programId: number, members: readonly BalanceMember[]): Promise<number> => deps.db.readProgram(programId, async (tx) => {
  const found = await findMembersByKeys(tx, tx.program.id, members.flatMap((member) => member.keys));
  return members.filter((member) => member.keys.some((key) => found.has(keyText(key)))).length;
});

async function bookMembers(deps: Deps, tx: ProgramTx, members: readonly BalanceMember[], ids: readonly number[], wallets: readonly Wallet[], batchNo: number): Promise<number> {
  const found = await findMembersByKeys(tx, tx.program.id, members.flatMap((member) => member.keys));
  const placed = members.map((member, at) => {
    const known = member.keys.map((key) => found.get(keyText(key))).find((id) => id !== undefined);
    return { member, id: known ?? ids[at]!, isNew: known === undefined };
  });
  const fresh = placed.filter((one) => one.isNew);
  await insertMembers(deps, tx, fresh.map(({ member: { keys: _, rows: __, ...person }, id }) => ({ ...person, id, joinedAt: tx.program.now, termsVersion: null })));
  const set = newWorkingSet(tx.program.id, tx.program.purgeable, tx.program.now);
  const memberIds = placed.map((one) => one.id);
  await lockMembers(tx, set, memberIds);
  await loadAccounts(tx, set, memberIds);
  await loadLots(tx, tx.program.id, [...set.accounts.values()]);
  settleAll(set);
  for (const { member, id } of placed) {
    for (const row of member.rows) {
      const wallet = walletByCode(wallets, row.wallet);
      credit(set.book, accountOf(set, id, wallet), row.points, { usableAt: null, expiresAt: expiresAt(tx, wallet, row.expiresOn) }, { kind: 'adjust', origin: { kind: 'import', id: batchNo } });
    }
  }
  await saveWorkingSet(tx, set);
  return fresh.length;
}

function expiresAt(tx: ProgramTx, wallet: Wallet, wanted: BalanceRow['expiresOn']): number | null {
  const { timeZone, now } = tx.program;
  const date = wanted === 'never' ? null : wanted ?? expiryDate(wallet.expiry, localDate(timeZone, now));
  return date === null ? null : endOfLocalDay(timeZone, date);
}
