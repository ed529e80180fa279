import type { Account, Lot, Transfer } from './book.ts';

/** What a transfer did to `available + pending + held − debt`. A repaid debt leaves the sum as it was. */
export const netOf = (transfer: Pick<Transfer, 'side' | 'incoming' | 'points'>): number =>
  transfer.side === 'debt' ? 0 : transfer.incoming ? transfer.points : -transfer.points;

/** How many transfers an account has and what they add up to. */
export type TransferSum = { readonly count: number; readonly net: number };
export const sumTransfers = (transfers: readonly Pick<Transfer, 'side' | 'incoming' | 'points'>[]): TransferSum =>
  ({ count: transfers.length, net: transfers.reduce((total, transfer) => total + netOf(transfer), 0) });

/** Differences between an account, its lots and its transfers; empty when all three tell the same. */
export function accountDifferences(account: Pick<Account, 'available' | 'pending' | 'held' | 'debt' | 'seq'>, lots: readonly Pick<Lot, 'remaining' | 'pending'>[], transfers: TransferSum): string[] {
  const sum = (chosen: readonly Pick<Lot, 'remaining'>[]) => chosen.reduce((total, lot) => total + lot.remaining, 0);
  const differences: string[] = [];
  if (sum(lots.filter((lot) => !lot.pending)) !== account.available) differences.push('available differs from the usable lots');
  if (sum(lots.filter((lot) => lot.pending)) !== account.pending) differences.push('pending differs from the pending lots');
  if (transfers.net !== account.available + account.pending + account.held - account.debt) differences.push('the balance differs from the sum of transfers');
  if (transfers.count !== account.seq) differences.push('the chain is not as long as the account says');
  return differences;
}
