import type { Instant, LocalDate } from '@wracam/engine/calendar';
import type { RuleDefinition } from '@wracam/engine/rules';
import { boolArray, int4Array, int8Array, int2Array, timestamptzArray } from '../../platform/binary-arrays.ts';
import type { ProgramTx } from '../../platform/db.ts';
import { sql } from '../../platform/sql.ts';
import type { AccountChange, LeftOut } from '../replay/index.ts';

export type RepairState = 'waiting' | 'running' | 'ready' | 'booking' | 'booked' | 'undoing' | 'undone' | 'cancelled' | 'failed';
/** What counting found; the differences have rows of their own. */
export type CountedResult = {
  readonly documents: number; readonly checked: number; readonly differing: number;
  /** The first document that is decided differently by its very own rules. */
  readonly first: number | null;
  /** Members to whom nothing is booked; null: to nobody. */
  readonly leftOut: readonly LeftOut[] | null;
};
/** Whom a step tells of what it changed. */
export type Told = 'members' | 'systems';
/** A step that waits for another person. */
export type RepairProposal = { readonly step: 'book' | 'undo'; readonly reason: string; /** Absent in older ones: nobody. */ readonly tells?: readonly Told[]; readonly by: string; readonly at: Instant };
export type RepairRow = {
  readonly id: number; readonly state: RepairState; readonly ruleId: number; readonly version: number | null; readonly fromOn: LocalDate; readonly untilOn: LocalDate; readonly definition: RuleDefinition;
  readonly madeBy: string; readonly madeAt: Instant; readonly stepsSeen: number | null; readonly countedAt: Instant | null; readonly bookedBy: string | null; readonly bookReason: string | null; readonly bookedAt: Instant | null;
  readonly undoneBy: string | null; readonly undoReason: string | null; readonly undoneAt: Instant | null; readonly done: number; readonly total: number; readonly result: CountedResult | null;
  readonly proposal: RepairProposal | null; readonly bookTells: readonly Told[]; readonly undoTells: readonly Told[];
};
export type Entry = AccountChange & { readonly no: number; readonly booked: boolean; readonly seq: number | null; readonly owedSeq: number | null; readonly forgiven: number; readonly undone: boolean; readonly kept: number };
export type NewRepair = Pick<RepairRow, 'id' | 'ruleId' | 'version' | 'fromOn' | 'untilOn' | 'definition' | 'madeBy'>;

const LIST_MAX = 30;
const COLUMNS = sql`id, state, rule_id, version, from_on, until_on, definition, made_by, made_at, steps_seen, counted_at, booked_by, book_reason, booked_at, undone_by, undo_reason, undone_at, done, total, result, proposal, book_tells, undo_tells`;
const ENTRY = sql`no, member_id, wallet_no, points, usable_at, expires_at, booked, seq, owed_seq, forgiven, undone, kept`;

/** Fails by its key (`isTaken`) when another is under way. */
export const insertRepair = (tx: ProgramTx, repair: NewRepair) => tx.run(sql`
  insert into repair (program_id, id, state, rule_id, version, from_on, until_on, definition, made_by, made_at)
  values (${tx.program.id}, ${repair.id}, 'waiting', ${repair.ruleId}, ${repair.version}, ${repair.fromOn}, ${repair.untilOn}, ${JSON.stringify(repair.definition)}, ${repair.madeBy}, ${new Date(tx.program.now)})`);

export const findRepair = (tx: ProgramTx, id: number) => tx.maybe<RepairRow>(sql`select ${COLUMNS} from repair where program_id = ${tx.program.id} and id = ${id}`);
export const lockRepair = (tx: ProgramTx, id: number) => tx.maybe<RepairRow>(sql`select ${COLUMNS} from repair where program_id = ${tx.program.id} and id = ${id} for update`);
export const listRepairs = (tx: ProgramTx) => tx.rows<RepairRow>(sql`select ${COLUMNS} from repair where program_id = ${tx.program.id} order by made_at desc, id desc limit ${LIST_MAX}`);

/** Repairs that stand in the ledger, in the order in which they were booked. */
export const bookedRepairs = (tx: ProgramTx) => tx.rows<RepairRow>(sql`select ${COLUMNS} from repair where program_id = ${tx.program.id} and state = 'booked' order by booked_at, id`);

/** When history was last read for a repair of this rule that stands in the ledger and reaches over these days. */
export const lastCounted = async (tx: ProgramTx, { ruleId, fromOn, untilOn }: Pick<RepairRow, 'ruleId' | 'fromOn' | 'untilOn'>): Promise<Instant | null> => (await tx.maybe<{ at: Instant | null }>(sql`
  select max(counted_at) as at from repair where program_id = ${tx.program.id} and rule_id = ${ruleId} and from_on <= ${fromOn}::date and until_on >= ${untilOn}::date and state = 'booked'`))!.at;

/** How often repairs of the program were booked or undone. */
export const stepsTaken = async (tx: ProgramTx): Promise<number> => (await tx.maybe<{ steps: number }>(sql`
  select (count(booked_at) + count(undone_at))::int8 as steps from repair where program_id = ${tx.program.id}`))!.steps;

/**
 * The last of the repairs that were booked after this one, stand in the ledger, and move an account, a day's earnings or what rules gave for a document that
 * this one moved too. Each was counted with this one in place. In the order of booking: what was seen of earlier steps grows with every step.
 */
export const lastBuiltOn = (tx: ProgramTx, { id, stepsSeen }: Pick<RepairRow, 'id' | 'stepsSeen'>) => tx.maybe<RepairRow>(sql`
  select ${COLUMNS} from repair r where r.program_id = ${tx.program.id} and r.state = 'booked' and r.steps_seen > ${stepsSeen} and (
    exists (select from repair_entry a join repair_entry b on b.program_id = a.program_id and b.repair_id = r.id and b.member_id = a.member_id and b.wallet_no = a.wallet_no
      where a.program_id = r.program_id and a.repair_id = ${id} and a.booked and b.booked)
    or exists (select from repaired_earning a join repaired_earning b on b.program_id = a.program_id and b.repair_id = r.id and b.member_id = a.member_id and b.wallet_no = a.wallet_no
      where a.program_id = r.program_id and a.repair_id = ${id} and a.stood_at is not null and b.stood_at is not null)
    or exists (select from repaired_grant a join repaired_grant b on b.program_id = a.program_id and b.repair_id = r.id and b.member_id = a.member_id and b.transaction_id = a.transaction_id and b.rule_id = a.rule_id
      where a.program_id = r.program_id and a.repair_id = ${id} and a.done > 0 and b.done > 0))
  order by r.steps_seen desc limit 1`);

/** Takes up a repair that waits, or again one whose worker died: what that one may have found is thrown away. False when it is over. */
export const startCounting = async (tx: ProgramTx, id: number) => 1 === await tx.run(sql`
  update repair set state = 'running', steps_seen = ${await stepsTaken(tx)}, done = 0, total = 0 where program_id = ${tx.program.id} and id = ${id} and state in ('waiting', 'running')`);

/** False when it was cancelled meanwhile. */
export const saveProgress = async (tx: ProgramTx, id: number, done: number, total: number) => 1 === await tx.run(sql`
  update repair set done = ${done}, total = ${total} where program_id = ${tx.program.id} and id = ${id} and state = 'running'`);

/** Ends the counting; false when it was over. */
export const endCounting = async (tx: ProgramTx, id: number, state: 'ready' | 'cancelled' | 'failed', result: CountedResult | null) => 1 === await tx.run(sql`
  update repair set state = ${state}, counted_at = ${result === null ? null : new Date(tx.program.now)}, result = ${result === null ? null : JSON.stringify(result)}
  where program_id = ${tx.program.id} and id = ${id} and state in ('waiting', 'running')`);

/** Keeps a step for another person, or (null) drops it. */
export const saveProposal = (tx: ProgramTx, id: number, proposal: RepairProposal | null) => tx.run(sql`
  update repair set proposal = ${proposal === null ? null : JSON.stringify(proposal)} where program_id = ${tx.program.id} and id = ${id}`);

/** Both fail by a key (`isTaken`) when another is under way. */
export const startBooking = (tx: ProgramTx, id: number, by: string, reason: string, tells: readonly Told[]) => tx.run(sql`
  update repair set state = 'booking', proposal = null, booked_by = ${by}, book_reason = ${reason}, book_tells = ${[...tells]}::text[], booked_at = ${new Date(tx.program.now)}, done = 0,
    total = (select count(*) from repair_entry where program_id = ${tx.program.id} and repair_id = ${id}) where program_id = ${tx.program.id} and id = ${id}`);
export const startUndoing = (tx: ProgramTx, id: number, by: string, reason: string, tells: readonly Told[]) => tx.run(sql`
  update repair set state = 'undoing', proposal = null, undone_by = ${by}, undo_reason = ${reason}, undo_tells = ${[...tells]}::text[], undone_at = ${new Date(tx.program.now)}, done = 0 where program_id = ${tx.program.id} and id = ${id}`);

export const countOn = (tx: ProgramTx, id: number, entries: number) => tx.run(sql`update repair set done = done + ${entries} where program_id = ${tx.program.id} and id = ${id}`);
export const endStep = (tx: ProgramTx, id: number, from: 'booking' | 'undoing', to: 'booked' | 'undone') => tx.run(sql`
  update repair set state = ${to} where program_id = ${tx.program.id} and id = ${id} and state = ${from}`);

export const insertEntries = (tx: ProgramTx, id: number, first: number, changes: readonly AccountChange[]) => tx.hot('insert_repair_entries', `insert into repair_entry (program_id, repair_id, no, member_id, wallet_no, points, usable_at, expires_at)
  select p.id, $2, t.* from program p, unnest($3::int4[], $4::int8[], $5::int2[], $6::int8[], $7::timestamptz[], $8::timestamptz[]) t where p.id = $1`,
[tx.program.id, id, int4Array(changes.map((_, at) => first + at)), int8Array(changes.map((one) => one.memberId)), int2Array(changes.map((one) => one.walletNo)), int8Array(changes.map((one) => one.points)),
  timestamptzArray(changes.map((one) => one.usableAt)), timestamptzArray(changes.map((one) => one.expiresAt))]);

/** Members with differences of their accounts that a step has not dealt with yet, by id. */
export const membersLeft = async (tx: ProgramTx, id: number, step: 'booking' | 'undoing', after: number, limit: number): Promise<number[]> => (await tx.rows<{ memberId: number }>(sql`
  select distinct member_id from repair_entry where program_id = ${tx.program.id} and repair_id = ${id} and member_id > ${after} and ${step === 'booking' ? sql`not booked` : sql`booked and not undone`} order by member_id limit ${limit}`)).map((row) => row.memberId);

/** The members' differences that are not booked; additions first, so that nobody goes into debt on the way. Under the members' locks. */
export const entriesToBook = (tx: ProgramTx, id: number, memberIds: readonly number[]) => tx.rows<Entry>(sql`
  select ${ENTRY} from repair_entry where program_id = ${tx.program.id} and repair_id = ${id} and member_id = any(${memberIds}::int8[]) and not booked order by member_id, points desc, no`);
/** The other way round: what was taken comes back before what was given goes. */
export const entriesToUndo = (tx: ProgramTx, id: number, memberIds: readonly number[]) => tx.rows<Entry>(sql`
  select ${ENTRY} from repair_entry where program_id = ${tx.program.id} and repair_id = ${id} and member_id = any(${memberIds}::int8[]) and booked and not undone order by member_id, points, no`);

export type Outcome = Pick<Entry, 'no' | 'booked' | 'seq' | 'owedSeq' | 'forgiven' | 'undone' | 'kept'>;
export const saveOutcomes = (tx: ProgramTx, id: number, rows: readonly Outcome[]) => tx.hot('save_repair_outcomes', `update repair_entry e set booked = t.booked, seq = t.seq, owed_seq = t.owed_seq, forgiven = t.forgiven, undone = t.undone, kept = t.kept
  from unnest($3::int4[], $4::bool[], $5::int4[], $6::int4[], $7::int8[], $8::bool[], $9::int8[]) t (no, booked, seq, owed_seq, forgiven, undone, kept) where e.program_id = $1 and e.repair_id = $2 and e.no = t.no`,
[tx.program.id, id, int4Array(rows.map((one) => one.no)), boolArray(rows.map((one) => one.booked)), int4Array(rows.map((one) => one.seq)), int4Array(rows.map((one) => one.owedSeq)),
  int8Array(rows.map((one) => one.forgiven)), boolArray(rows.map((one) => one.undone)), int8Array(rows.map((one) => one.kept))]);

export type MemberSum = { readonly memberId: number; readonly walletNo: number; readonly points: number; readonly forgiven: number; readonly kept: number };
/** By how much each account changes, the greatest first. */
export const memberSums = (tx: ProgramTx, id: number, limit: number) => tx.rows<MemberSum>(sql`
  select member_id, wallet_no, sum(points)::int8 as points, sum(forgiven)::int8 as forgiven, sum(kept)::int8 as kept from repair_entry where program_id = ${tx.program.id} and repair_id = ${id}
  group by member_id, wallet_no having sum(points) <> 0 order by abs(sum(points)) desc, member_id, wallet_no limit ${limit}`);

export type WalletSum = { readonly walletNo: number; readonly added: number; readonly taken: number; readonly gaining: number; readonly losing: number; readonly forgiven: number; readonly kept: number };
export const walletSums = (tx: ProgramTx, id: number) => tx.rows<WalletSum>(sql`
  select wallet_no, coalesce(sum(points) filter (where points > 0), 0)::int8 as added, coalesce(-sum(points) filter (where points < 0), 0)::int8 as taken,
    (count(*) filter (where points > 0))::int8 as gaining, (count(*) filter (where points < 0))::int8 as losing, sum(forgiven)::int8 as forgiven, sum(kept)::int8 as kept
  from (select member_id, wallet_no, sum(points) as points, sum(forgiven) as forgiven, sum(kept) as kept from repair_entry where program_id = ${tx.program.id} and repair_id = ${id} group by member_id, wallet_no) t
  group by wallet_no order by wallet_no`);
