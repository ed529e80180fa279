import { announcing } from '../../platform/act.ts';
import type { ProgramTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { documentsRepaired, givenBy, grantsToRepair, liftGrants, planRepairedGrants, standGrants, takePieces, type GivenNow, type GrantToRepair, type RepairedGrant } from '../earning/index.ts';
import { newWorkingSet, readMembers, type WorkingSet } from '../ledger/index.ts';
import type { RightGrant } from '../replay/index.ts';
import type { RepairRow } from './store.ts';

const ROWS_AT_ONCE = 10_000;
const keyOf = ({ transactionId, ruleId }: { readonly transactionId: number; readonly ruleId: number }) => `${transactionId}:${ruleId}`;

/** Keeps what is to be given and taken back so that of each document stays what the right rules give. */
export async function planGrants(tx: ProgramTx, { id, ruleId, version }: Pick<RepairRow, 'id' | 'ruleId' | 'version'>, rights: readonly RightGrant[], leftOut: ReadonlySet<number>): Promise<void> {
  const repaired = await documentsRepaired(tx);
  const documents = [...new Set([...rights.map((one) => one.transactionId), ...repaired])].sort((a, b) => a - b);
  const now = new Map<string, GivenNow[]>();
  for (let at = 0; at < documents.length; at += ROWS_AT_ONCE) for (const one of await givenBy(tx, documents.slice(at, at + ROWS_AT_ONCE))) if (!leftOut.has(one.memberId)) now.set(keyOf(one), [...now.get(keyOf(one)) ?? [], one]);
  const right = new Map(rights.map((one) => [keyOf(one), one]));
  const changes = [...new Set([...right.keys(), ...now.keys()])].flatMap((key) => {
    const is = right.get(key);
    const has = now.get(key) ?? [];
    // Of a document that differs nowhere, and that no repair touched, nothing is known here but other rules' grants.
    if (is === undefined && has.every((one) => one.repairId === 0)) return [];
    return changesOf(is, has).map((one) => ({ ...one, ruleVersion: one.pieces < 0 ? null : one.ruleId === ruleId ? version : is!.version }));
  });
  const set = newWorkingSet(tx.program.id, tx.program.purgeable, tx.program.now);
  await readMembers(tx, set, [...new Set(changes.map((one) => one.memberId))]);
  const rows = changes.map((one): RepairedGrant => ({ ...one, closed: set.members.get(one.memberId)?.state === 'closed' }));
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) await planRepairedGrants(tx, id, at, rows.slice(at, at + ROWS_AT_ONCE));
}

type Change = Pick<RepairedGrant, 'memberId' | 'transactionId' | 'ruleId' | 'what' | 'code' | 'pieces' | 'ofRepair'>;

/** From what one document has of one rule to what it should have; what earlier repairs gave goes first. */
function changesOf(right: RightGrant | undefined, has: readonly GivenNow[]): Change[] {
  const isRight = (one: GivenNow) => right !== undefined && one.what === right.what && one.code === right.code;
  let wanted = right?.kept ?? 0;
  const there = has.reduce((sum, one) => (isRight(one) ? sum + one.kept : sum), 0);
  let spare = Math.max(0, there - wanted);
  const taken = has.flatMap(({ kept, repairId, ...one }): Change[] => {
    const pieces = isRight({ kept, repairId, ...one }) ? Math.min(spare, kept) : kept;
    if (isRight({ kept, repairId, ...one })) spare -= pieces;
    return pieces === 0 ? [] : [{ ...one, pieces: -pieces, ofRepair: repairId === 0 ? null : repairId }];
  });
  wanted -= there;
  return wanted <= 0 || right === undefined ? taken : [...taken, { memberId: right.memberId, transactionId: right.transactionId, ruleId: right.ruleId, what: right.what, code: right.code, pieces: wanted, ofRepair: null }];
}

/** Gives and takes back what was counted of these members, or undoes it, under their locks, and tells the outbox. A closed account stays as it is. */
export async function correctGrants(deps: Deps, tx: ProgramTx, set: WorkingSet, repairId: number, step: 'stand' | 'lift', memberIds: readonly number[]): Promise<void> {
  const rows = await grantsToRepair(tx, repairId, step, memberIds);
  if (rows.length === 0) return;
  const given = new Map<string, number>();
  for (const one of await givenBy(tx, [...new Set(rows.map((row) => row.transactionId))])) given.set(`${keyOf(one)}:${one.repairId}`, one.kept);
  const moved = rows.map((row) => ({ row, pieces: piecesOf(row, given, set, repairId, step) }));
  for (const { row, pieces } of moved) if (row.pieces < 0 && pieces > 0) await takePieces(tx, row, step === 'stand' ? pieces : -pieces);
  if (step === 'stand') await standGrants(tx, repairId, moved.map(({ row, pieces }) => ({ no: row.no, done: pieces })));
  else await liftGrants(tx, repairId, rows.map((row) => row.no), rows.filter((row) => isClosed(set, row)).map((row) => row.no));
  await tell(deps, tx, moved.filter((one) => one.pieces > 0).map(({ row, pieces }) => ({ row, pieces, gives: (row.pieces > 0) === (step === 'stand') })));
}

const isClosed = (set: WorkingSet, { memberId }: GrantToRepair): boolean => set.members.get(memberId)?.state === 'closed';

/** How many pieces a step really moves: a return may have taken some meanwhile. */
function piecesOf(row: GrantToRepair, given: ReadonlyMap<string, number>, set: WorkingSet, repairId: number, step: 'stand' | 'lift'): number {
  if (isClosed(set, row)) return 0;
  const there = given.get(`${keyOf(row)}:${row.pieces > 0 ? repairId : row.ofRepair ?? 0}`) ?? 0;
  if (step === 'stand') return row.pieces > 0 ? row.pieces : Math.min(-row.pieces, there);
  return row.pieces > 0 ? there : row.done!;
}

async function tell(deps: Deps, tx: ProgramTx, moved: readonly { readonly row: GrantToRepair; readonly pieces: number; readonly gives: boolean }[]): Promise<void> {
  if (moved.length === 0) return;
  const { publicIds } = deps;
  const ids = await deps.ids.take(moved.length);
  await tx.send([announcing(tx.program.id, tx.program.now, moved.map(({ row, pieces, gives }, at) => ({
    id: ids[at]!, type: gives ? 'grant.given' : 'grant.revoked', ref: publicIds.encode('txn', row.transactionId),
    body: { member: publicIds.encode('mem', row.memberId), rule: publicIds.encode('rul', row.ruleId), what: row.what, code: row.code, count: pieces, kept: gives ? pieces : 0 },
  })))]);
}
