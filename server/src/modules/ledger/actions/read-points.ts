import { localDate } from '@wracam/engine/calendar';
import { expiringOf, type Transfer } from '@wracam/engine/ledger/book';
import type { Language } from '@wracam/contract';
import type { ProgramTx } from '../../../platform/db.ts';
import type { Deps } from '../../../platform/deps.ts';
import { refuse } from '../../../platform/refusal.ts';
import { iso } from '../../../platform/iso.ts';
import { walletsOf, type Wallet } from '../../programs/index.ts';
import { balanceOf, expiryOn, reasonOf, signedPoints, type Balance } from '../core.ts';
import { loadAccounts } from '../store.ts';
import { bookedAtOf, findTransfer, listTransfers, type TransferId, type TransferRow } from '../store/history.ts';
import { accountKey, newWorkingSet, settleAll, type WorkingSet } from '../working-set.ts';
import { releaseExpiredHolds } from './open-member.ts';

const PAGE = 50;
/** Positions in a chain are 32-bit. */
const SEQ_MAX = 2 ** 31 - 1;

/** The members' accounts as they are at this instant, due maturities, expiries and ended holds included; nothing is written. */
async function project(tx: ProgramTx, memberIds: readonly number[], withLots: boolean): Promise<WorkingSet> {
  const set = newWorkingSet(tx.program.id, tx.program.purgeable, tx.program.now);
  await loadAccounts(tx, set, memberIds);
  const due = [...set.accounts.values()].filter((account) => withLots || account.held > 0 || (account.nextDueAt !== null && account.nextDueAt <= set.book.now)).map((account) => account.memberId);
  await releaseExpiredHolds(tx, set, [...new Set(due)]);
  settleAll(set);
  return set;
}

/** Balances of many members at this instant, one for each wallet of the program in their order. */
export async function readBalances(tx: ProgramTx, memberIds: readonly number[]): Promise<Map<number, Balance[]>> {
  const wallets = await walletsOf(tx);
  const set = await project(tx, memberIds, false);
  return new Map(memberIds.map((id) => [id, wallets.map((wallet) => balanceOf(wallet, set.accounts.get(accountKey(id, wallet.no)), tx.program.timeZone))]));
}

/** A member's balances with every lot that still holds points, and every date on which some end, soonest first. */
export async function readBalancesWithLots(deps: Pick<Deps, 'publicIds'>, tx: ProgramTx, memberId: number) {
  const wallets = await walletsOf(tx);
  const { timeZone } = tx.program;
  const set = await project(tx, [memberId], true);
  const lots = [];
  for (const wallet of wallets) {
    const account = set.accounts.get(accountKey(memberId, wallet.no));
    const held = [...(account?.lots.values() ?? [])].filter((lot) => lot.remaining > 0).sort((a, b) => (a.expiresAt ?? Infinity) - (b.expiresAt ?? Infinity) || a.seq - b.seq);
    const earned = held.length === 0 ? new Map<number, number>() : await bookedAtOf(tx, memberId, wallet.no, held.map((lot) => lot.seq));
    for (const lot of held) {
      lots.push({
        wallet: wallet.code, points: lot.points, remaining: lot.remaining, earnedAt: new Date(earned.get(lot.seq)!).toISOString(),
        expiresOn: lot.expiresAt === null ? null : expiryOn(timeZone, lot.expiresAt), pendingUntil: lot.pending ? localDate(timeZone, lot.usableAt!) : null,
        transfer: deps.publicIds.encodeTransfer(memberId, wallet.no, lot.seq),
      });
    }
  }
  // Every date, not only the nearest that the account's row carries: the lots are here.
  const balances = wallets.map((wallet) => {
    const account = set.accounts.get(accountKey(memberId, wallet.no));
    return balanceOf(wallet, account && { ...account, soonest: expiringOf(account.lots.values()) }, timeZone);
  });
  return { balances, lots };
}

const ORIGIN_PREFIX = { transaction: 'txn', order: 'ord', hold: 'hld', adjustment: null, import: null, system: null, member: 'mvt' } as const;

/** A transfer as history shows it. */
export function entryOf(deps: Pick<Deps, 'publicIds'>, tx: ProgramTx, wallets: readonly Wallet[], row: TransferRow, language: Language) {
  const { timeZone } = tx.program;
  const prefix = ORIGIN_PREFIX[row.origin.kind];
  return {
    id: deps.publicIds.encodeTransfer(row.memberId, row.walletNo, row.seq), kind: row.kind, wallet: wallets.find((wallet) => wallet.no === row.walletNo)!.code,
    points: signedPoints(row), at: iso(row.bookedAt), reason: reasonOf(row, language),
    origin: { kind: row.origin.kind, id: prefix && row.origin.id !== null ? deps.publicIds.encode(prefix, row.origin.id) : null },
    expiresOn: row.expiresAt === null ? null : expiryOn(timeZone, row.expiresAt), pendingUntil: row.pending ? localDate(timeZone, row.usableAt!) : null,
    reversible: ((row.kind === 'adjust' && row.origin.kind === 'adjustment' && row.owed === 0) || (row.kind === 'move' && row.origin.kind === 'member')) && !row.reversed, reversed: row.reversed,
  };
}
export type HistoryEntry = ReturnType<typeof entryOf>;

/** Transfers by their ids, each with the row behind the entry; those that are not there are left out. */
export async function getTransferView(deps: Pick<Deps, 'publicIds'>, tx: ProgramTx, ids: readonly TransferId[], language: Language): Promise<{ entry: HistoryEntry; row: TransferRow }[]> {
  const wallets = await walletsOf(tx);
  const views = [];
  for (const id of ids) {
    const row = await findTransfer(tx, id);
    if (row) views.push({ entry: entryOf(deps, tx, wallets, row, language), row });
  }
  return views;
}

const projectedRow = (transfer: Transfer, now: number): TransferRow =>
  ({ ...transfer, bookedAt: now, hash: null, expiresAt: null, usableAt: null, pending: false, reversed: false });

/**
 * A page of the member's movements over all wallets, newest first. The first page begins with what is due now and not booked yet. The
 * cursor holds the place in each account, so nothing is skipped or shown twice however much is booked between two pages.
 */
export async function listHistory(deps: Pick<Deps, 'publicIds'>, tx: ProgramTx, memberId: number, query: { cursor?: string | undefined; limit?: number | undefined }, language: Language) {
  const limit = query.limit ?? PAGE;
  const wallets = await walletsOf(tx);
  const places = query.cursor === undefined ? null : readCursor(query.cursor, wallets);
  const projected = places ? [] : (await project(tx, [memberId], false)).book.transfers.map((transfer) => projectedRow(transfer, tx.program.now)).reverse();
  const queues: { no: number; before: number; rows: TransferRow[] }[] = [];
  for (const { no } of wallets) {
    const before = places?.get(no) ?? SEQ_MAX;
    queues.push({ no, before, rows: [...projected.filter((row) => row.walletNo === no), ...await listTransfers(tx, memberId, no, before, limit + 1)] });
  }
  const rows: TransferRow[] = [];
  while (rows.length < limit) {
    const newest = queues.filter((queue) => queue.rows.length > 0).sort((a, b) => b.rows[0]!.bookedAt - a.rows[0]!.bookedAt || a.no - b.no)[0];
    if (!newest) break;
    const row = newest.rows.shift()!;
    newest.before = row.seq;
    rows.push(row);
  }
  const more = queues.some((queue) => queue.rows.length > 0);
  return { items: rows.map((row) => entryOf(deps, tx, wallets, row, language)), next: more ? queues.map(({ no, before }) => `${no}-${before}`).join('.') : null };
}

function readCursor(cursor: string, wallets: readonly Wallet[]): Map<number, number> {
  const places = new Map<number, number>();
  for (const part of cursor.split('.')) {
    const [, no, before] = /^(\d{1,5})-(\d{1,10})$/.exec(part) ?? [];
    if (!no || Number(before) > SEQ_MAX || !wallets.some((wallet) => wallet.no === Number(no))) refuse('invalid_request', {}, [{ pointer: '/cursor', detail: cursor }]);
    places.set(Number(no), Number(before));
  }
  return places;
}
