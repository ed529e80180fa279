import { reverseAdjustment } from '@wracam/engine/ledger/moves';
import type { ProgramTx } from '../../../platform/db.ts';
import type { Deps } from '../../../platform/deps.ts';
import { sql } from '../../../platform/sql.ts';
import { unpackDraws } from '../chain.ts';
import { loadAccounts, loadLots, lockMembers, saveWorkingSet } from '../store.ts';
import { accountKey, newWorkingSet, settleAll } from '../working-set.ts';

/** Members in one transaction. */
const BATCH = 200;
const IMPORT = 5;
const ADJUST = 5;

export type KeptImport = { readonly memberId: number; readonly walletNo: number; readonly points: number };
export type UndoneImport = { readonly movements: number; readonly points: number; /** Not all of these points were there any more, so they stay. */ readonly kept: readonly KeptImport[] };

/** Takes back what an import gave, by reversals, wherever the points are still there. Running it again tries what is left. */
export async function undoImportedPoints(deps: Deps, programId: number, batchNo: number, note: string): Promise<UndoneImport> {
  const ids = (await deps.db.readProgram(programId, (tx) => tx.rows<{ memberId: number }>(sql`
    select distinct member_id from transfer where program_id = ${programId} and origin_kind = ${IMPORT} and origin_id = ${batchNo} and kind = ${ADJUST} order by member_id`))).map((row) => row.memberId);
  const done = { movements: 0, points: 0, kept: [] as KeptImport[] };
  for (let at = 0; at < ids.length; at += BATCH) {
    const part = await deps.db.inProgram(programId, (tx) => undoMembers(tx, ids.slice(at, at + BATCH), batchNo, note));
    done.movements += part.movements;
    done.points += part.points;
    done.kept.push(...part.kept);
  }
  return done;
}

type Row = { memberId: number; walletNo: number; seq: number; points: number; incoming: boolean; draws: Buffer | null };

async function undoMembers(tx: ProgramTx, memberIds: readonly number[], batchNo: number, note: string): Promise<UndoneImport> {
  const set = newWorkingSet(tx.program.id, tx.program.purgeable, tx.program.now);
  await lockMembers(tx, set, memberIds);
  const rows = await tx.rows<Row>(sql`select t.member_id, t.wallet_no, t.seq, t.points, t.incoming, t.draws from transfer t
    where t.program_id = ${tx.program.id} and t.member_id = any(${memberIds}::int8[]) and t.origin_kind = ${IMPORT} and t.origin_id = ${batchNo} and t.kind = ${ADJUST}
      and not exists (select from transfer r where r.program_id = ${tx.program.id} and r.member_id = t.member_id and r.wallet_no = t.wallet_no and r.reverses_seq = t.seq)
    order by t.member_id, t.wallet_no, t.seq desc`);
  await loadAccounts(tx, set, memberIds);
  await loadLots(tx, tx.program.id, [...set.accounts.values()], [], rows.map((row) => row.seq));
  settleAll(set);
  const kept: KeptImport[] = [];
  let [movements, points] = [0, 0];
  for (const row of rows) {
    const account = set.accounts.get(accountKey(row.memberId, row.walletNo))!;
    const reversed = reverseAdjustment(set.book, account, { ...row, draws: unpackDraws(row.draws) }, { kind: 'import', id: batchNo }, note);
    if (reversed === null) kept.push({ memberId: row.memberId, walletNo: row.walletNo, points: row.points });
    else { movements += 1; points += row.points; }
  }
  await saveWorkingSet(tx, set);
  return { movements, points, kept };
}
