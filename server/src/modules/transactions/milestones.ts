import { startOfLocalDay } from '@wracam/engine/calendar';
import { matureNow } from '@wracam/engine/ledger/moves';
import { act, audit } from '../../platform/act.ts';
import type { ProgramTx } from '../../platform/db.ts';
import type { Ctx, Deps } from '../../platform/deps.ts';
import { refuse } from '../../platform/refusal.ts';
import { sql } from '../../platform/sql.ts';
import { accountOf, balanceOf, settleAll } from '../ledger/index.ts';
import { walletOf } from './answers.ts';
import { balancesNow, save } from './booking.ts';
import { readDocuments } from './store.ts';
import { LIVE, openWorkspace, untilUndisturbed, type SaleRecord, type Workspace } from './workspace.ts';

/** What happens to a sale after it was booked. */
export type Fact = 'delivered' | 'paid';

export const milestonesOf = (tx: ProgramTx, transactionId: number) => tx.rows<{ fact: Fact; at: number }>(sql`
  select fact, at from sale_milestone where program_id = ${tx.program.id} and transaction_id = ${transactionId} order by at, fact`);

const insertMilestone = (tx: ProgramTx, transactionId: number, fact: Fact) => tx.run(sql`
  insert into sale_milestone (program_id, transaction_id, fact, at) values (${tx.program.id}, ${transactionId}, ${fact}, ${new Date(tx.program.now)})`);

/**
 * Makes the sale's points usable that waited for this fact by the wallets as they were when it was booked; a rule with days of its own waits
 * for them alone. Returns the points by wallet.
 */
export function endWaiting(work: Workspace, { row }: Pick<SaleRecord, 'row'>, fact: Fact): { walletNo: number; points: number }[] {
  if (row.memberId === null || row.rulesetNo === null || row.decision === null) return [];
  const { ruleset } = work.rulesets.byNo(row.rulesetNo);
  return ruleset.wallets.filter((wallet) => wallet.pendingUntil === fact).flatMap(({ no }) => {
    const waiting = row.decision!.awards.filter((award) => award.walletNo === no && award.pendingUntil !== null && ruleset.rules.find((rule) => rule.ruleId === award.ruleId)?.definition.pendingDays === null);
    const instants = new Set(waiting.map((award) => startOfLocalDay(work.tx.program.timeZone, award.pendingUntil!)));
    if (instants.size === 0) return [];
    const account = accountOf(work.set, row.memberId!, walletOf(work.rulesets.wallets, no));
    const before = account.pending;
    matureNow(work.set.book, account, (lot) => lot.originId === row.id && instants.has(lot.usableAt!));
    return account.pending === before ? [] : [{ walletNo: no, points: before - account.pending }];
  });
}

/** Writes down that a sale was delivered or paid, once, and lets the points be used that waited for it. Refuses `transaction_not_markable`. */
export const markTransaction = (deps: Deps, ctx: Ctx, id: number, fact: Fact) => untilUndisturbed(() => act(deps, ctx, async (tx) => {
  const [found] = await readDocuments(tx, [id]);
  if (!found || found.state === 'awaited') refuse('not_found');
  const work = await openWorkspace(deps, tx, [], LIVE, { saleIds: [id], memberIds: found.memberId === null ? [] : [found.memberId] });
  const sale = [...work.sales.values()][0]!;
  if (!['sale', 'correction'].includes(sale.row.document.kind) || !['booked', 'unclaimed'].includes(sale.row.state)) refuse('transaction_not_markable');
  settleAll(work.set);
  // Under the document's lock, so that two who tell it at once do so one after the other.
  const told = (await milestonesOf(tx, id)).find((one) => one.fact === fact);
  const usable = told ? [] : endWaiting(work, sale, fact);
  if (!told) {
    await insertMilestone(tx, id, fact);
    await save(work);
    await audit(deps, tx, ctx, `transaction.${fact}`, deps.publicIds.encode('txn', id));
  }
  const { wallets } = work.rulesets;
  return {
    transaction: deps.publicIds.encode('txn', id), fact, at: new Date(told?.at ?? tx.program.now).toISOString(), duplicate: told !== undefined,
    usable: usable.map(({ walletNo, points }) => ({ wallet: walletOf(wallets, walletNo).code, points })),
    balances: sale.row.memberId === null ? [] : balancesNow(work.set, sale.row.memberId, wallets).map((one) => balanceOf(walletOf(wallets, one.walletNo), one, tx.program.timeZone)),
  };
}));
