import { accountDifferences } from '@wracam/engine/ledger/check';
import type { Draw } from '@wracam/engine/ledger/book';
import type { Db, ProgramTx } from '../../../platform/db.ts';
import { GENESIS, linkOf } from '../chain.ts';
import { accountsAfter, lotsBetween, openHoldsBetween, transfersAfter, type AccountFigures, type AccountPlace, type BookedTransfer, type StoredLot } from '../store/audit.ts';
import { accountKey } from '../working-set.ts';

/** Accounts in one snapshot. */
const ACCOUNTS_PAGE = 500;
/** Rows in one answer: a few megabytes. */
const TRANSFERS_PAGE = 5_000;

export type Difference = AccountPlace & { readonly details: string[] };
export type Verification = { readonly accounts: number; readonly transfers: number; readonly differences: Difference[] };
export type VerifyProgress = (done: { readonly accounts: number; readonly transfers: number }) => void;

type Walk = { figures: AccountFigures; head: Buffer; broken: number | null; count: number; net: number; debt: number; lots: Map<number, { brought: number; left: number }> };

/**
 * Proves a program's ledger from its transfers alone: every link of every chain, and that each account and lot shows what its transfers and
 * open holds add up to. Reads in snapshots of a few hundred accounts, so sales go on meanwhile and memory stays small; changes nothing.
 */
export async function verifyProgram(db: Db, programId: number, onProgress: VerifyProgress = () => undefined): Promise<Verification> {
  const differences: Difference[] = [];
  let accounts = 0;
  let transfers = 0;
  let place: AccountPlace = { memberId: -1, walletNo: 0 };
  for (;;) {
    const page = await db.readProgram(programId, (tx) => verifyPage(tx, place));
    if (!page) break;
    accounts += page.accounts;
    transfers += page.transfers;
    differences.push(...page.differences);
    place = page.last;
    onProgress({ accounts, transfers });
  }
  return { accounts, transfers, differences };
}

async function verifyPage(tx: ProgramTx, place: AccountPlace) {
  const accounts = await accountsAfter(tx, place, ACCOUNTS_PAGE);
  if (accounts.length === 0) return null;
  const first = accounts[0]!;
  const last = accounts.at(-1)!;
  const walks = new Map(accounts.map((figures) => [accountKey(figures.memberId, figures.walletNo), { figures, head: GENESIS, broken: null, count: 0, net: 0, debt: 0, lots: new Map() } as Walk]));
  let transfers = 0;
  let from = { memberId: first.memberId, walletNo: first.walletNo, seq: 0 };
  for (;;) {
    const page = await transfersAfter(tx, from, last, TRANSFERS_PAGE);
    for (const transfer of page) follow(tx.program.id, walks.get(accountKey(transfer.memberId, transfer.walletNo))!, transfer);
    transfers += page.length;
    if (page.length < TRANSFERS_PAGE) break;
    from = page.at(-1)!;
  }
  const details = new Map<string, string[]>();
  const say = (key: string, difference: string) => { details.set(key, [...(details.get(key) ?? []), difference]); };
  const held = new Map<string, number>();
  for (const hold of await openHoldsBetween(tx, first, last)) {
    const key = accountKey(hold.memberId, hold.walletNo);
    const walk = walks.get(key);
    if (!walk) continue;
    held.set(key, (held.get(key) ?? 0) + hold.points);
    drawFrom(walk, hold.draws, -1);
  }
  const lots = new Map<string, StoredLot[]>();
  for (const lot of await lotsBetween(tx, first, last)) {
    const key = accountKey(lot.memberId, lot.walletNo);
    const own = lots.get(key);
    if (own) own.push(lot); else lots.set(key, [lot]);
  }
  for (const [key, walk] of walks) {
    const own = lots.get(key) ?? [];
    for (const difference of figuresDiffer(walk, held.get(key) ?? 0)) say(key, difference);
    for (const difference of accountDifferences(walk.figures, own, { count: walk.count, net: walk.net })) say(key, difference);
    for (const lot of own) {
      const told = walk.lots.get(lot.seq);
      if (!told || told.brought !== lot.points || told.left !== lot.remaining) say(key, `lot ${lot.seq} differs from its transfers`);
    }
    if (own.length !== walk.lots.size) say(key, 'a lot is missing or without a transfer');
  }
  const differences = [...details].map(([key, found]) => ({ memberId: walks.get(key)!.figures.memberId, walletNo: walks.get(key)!.figures.walletNo, details: found }));
  return { accounts: accounts.length, transfers, differences, last: { memberId: last.memberId, walletNo: last.walletNo } };
}

function follow(programId: number, walk: Walk, transfer: BookedTransfer): void {
  walk.count += 1;
  walk.head = linkOf(walk.head, programId, transfer.bookedAt, { ...transfer, note: null });
  if (walk.broken === null && (transfer.seq !== walk.count || !walk.head.equals(transfer.hash))) walk.broken = transfer.seq;
  const repays = transfer.side === 'debt';
  if (!repays) walk.net += transfer.incoming ? transfer.points : -transfer.points;
  walk.debt += transfer.owed - (repays ? transfer.points : 0);
  if (transfer.incoming && (transfer.kind === 'earn' || transfer.kind === 'adjust' || (transfer.kind === 'move' && transfer.side === null))) walk.lots.set(transfer.seq, { brought: transfer.points, left: transfer.points });
  drawFrom(walk, transfer.draws ?? [], transfer.incoming ? 1 : -1);
}

function drawFrom(walk: Walk, draws: readonly Draw[], sign: 1 | -1): void {
  for (const { seq, points } of draws) {
    const lot = walk.lots.get(seq);
    if (lot) lot.left += sign * points;
    else walk.broken ??= seq;
  }
}

function figuresDiffer(walk: Walk, held: number): string[] {
  return [
    ...(walk.broken !== null ? [`the chain breaks at transfer ${walk.broken}`] : []),
    ...(!walk.head.equals(walk.figures.head) ? ['the head of the chain differs from the account'] : []),
    ...(walk.debt !== walk.figures.debt ? ['the debt differs from the transfers'] : []),
    ...(held !== walk.figures.held ? ['held differs from the open holds'] : []),
  ];
}
