import { release } from '@wracam/engine/ledger/moves';
import type { ProgramTx } from '../../../platform/db.ts';
import { refuse } from '../../../platform/refusal.ts';
import { loadAccounts, loadLots, lockMembers } from '../store.ts';
import { expiredHolds } from '../store/holds.ts';
import { accountKey, settleAll, type MemberLedger, type StoredAccount, type WorkingSet } from '../working-set.ts';

type Needs = {
  /** Documents whose lots are needed even when they hold no points any more. */
  readonly origins?: readonly number[];
  /** Lots needed by the position of their transfer. */
  readonly seqs?: readonly number[];
};

/**
 * Locks a member, reads all accounts with their lots and books what is due: maturities, expiries, holds whose time is over. What the caller
 * then decides is what anybody would see at this instant, however late the jobs are. Refuses `member_unknown`.
 */
export async function openMember(tx: ProgramTx, set: WorkingSet, memberId: number, needs: Needs = {}): Promise<MemberLedger> {
  await lockMembers(tx, set, [memberId]);
  const member = set.members.get(memberId) ?? refuse('member_unknown');
  await loadAccounts(tx, set, [memberId]);
  await releaseExpiredHolds(tx, set, [memberId], needs);
  return member;
}

/** Loads the lots of the members' accounts, settles them and releases holds whose time is over. The members are locked, or it is for reading. */
export async function releaseExpiredHolds(tx: ProgramTx, set: WorkingSet, memberIds: readonly number[], needs: Needs = {}): Promise<void> {
  const accounts = [...set.accounts.values()].filter((account) => memberIds.includes(account.memberId));
  const holding = accounts.filter((account) => account.held > 0).map((account) => account.memberId);
  const over = holding.length === 0 ? [] : await expiredHolds(tx, [...new Set(holding)], set.book.now);
  await loadLots(tx, set.programId, accounts, needs.origins ?? [], [...(needs.seqs ?? []), ...over.flatMap((hold) => hold.draws.map((one) => one.seq))]);
  settleAll(set);
  for (const hold of over) {
    release(set.book, set.accounts.get(accountKey(hold.memberId, hold.walletNo))!, hold.draws);
    set.resolutions.push({ holdId: hold.id, transferSeq: null, hadExpiry: true });
  }
}

/** Refuses `member_blocked` and `member_closed`: neither earns nor spends. */
export function assertActive(member: MemberLedger): void {
  if (member.state === 'blocked') refuse('member_blocked');
  if (member.state === 'closed') refuse('member_closed');
}

/** The account, which must have been opened; null when the member never had one in this wallet. */
export const findAccount = (set: WorkingSet, memberId: number, walletNo: number): StoredAccount | null => set.accounts.get(accountKey(memberId, walletNo)) ?? null;
