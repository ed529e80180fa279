import type { Instant } from '@wracam/engine/calendar';
import type { TargetDefinition } from '@wracam/engine/targets/definition';
import { int4Array, int8Array, textArray } from '../../platform/binary-arrays.ts';
import type { ProgramTx } from '../../platform/db.ts';
import { nothing, sql } from '../../platform/sql.ts';
import type { TargetState } from './core.ts';

export type TargetRow = {
  readonly id: number; readonly code: string; readonly state: TargetState; readonly revision: number; readonly definition: TargetDefinition; readonly startedAt: Instant | null; readonly changedAt: Instant;
};
const TARGETS = sql`select id, code, state, revision, definition, started_at, changed_at from sales_target`;

/** Running targets first, then drafts, then those that ended; the newest first. */
export const listTargets = (tx: ProgramTx) => tx.rows<TargetRow>(sql`${TARGETS} where program_id = ${tx.program.id} order by case state when 'active' then 0 when 'draft' then 1 else 2 end, id desc`);
export const findTarget = (tx: ProgramTx, id: number) => tx.maybe<TargetRow>(sql`${TARGETS} where program_id = ${tx.program.id} and id = ${id}`);
/** Under lock: changes and counts of one target take turns. */
export const findTargetForUpdate = (tx: ProgramTx, id: number) => tx.maybe<TargetRow>(sql`${TARGETS} where program_id = ${tx.program.id} and id = ${id} for no key update`);
export const activeTargets = (tx: ProgramTx) => tx.rows<TargetRow>(sql`${TARGETS} where program_id = ${tx.program.id} and state = 'active' order by id`);
export const lockActiveTargets = (tx: ProgramTx) => tx.rows<TargetRow>(sql`${TARGETS} where program_id = ${tx.program.id} and state = 'active' order by id for no key update`);
export const hasActive = async (tx: ProgramTx): Promise<boolean> => (await tx.maybe(sql`select 1 as one from sales_target where program_id = ${tx.program.id} and state = 'active' limit 1`)) !== null;

export const insertTarget = (tx: ProgramTx, { id, code, definition }: Pick<TargetRow, 'id' | 'code' | 'definition'>) => tx.run(sql`
  insert into sales_target (program_id, id, code, state, revision, definition, changed_at) values (${tx.program.id}, ${id}, ${code}, 'draft', 1, ${JSON.stringify(definition)}, ${new Date(tx.program.now)})`);

/** Writes what changed, one revision later. */
export const saveTarget = (tx: ProgramTx, { id, code, state, definition, startedAt, revision }: TargetRow) => tx.run(sql`
  update sales_target set code = ${code}, state = ${state}, revision = ${revision + 1}, definition = ${JSON.stringify(definition)}, started_at = ${startedAt === null ? null : new Date(startedAt)}, changed_at = ${new Date(tx.program.now)}
  where program_id = ${tx.program.id} and id = ${id}`);

export const isCodeTaken = (error: unknown): boolean => error instanceof Error && (error as Error & { constraint?: string }).constraint === 'sales_target_code';

/** Somebody's own amount; exactly one of the three says whose. */
export type AmountRow = { readonly participant: string; readonly memberId: number | null; readonly circleId: number | null; readonly groupName: string | null; readonly amount: number };

export const amountsOf = (tx: ProgramTx, targetId: number) => tx.rows<AmountRow>(sql`
  select participant, member_id, circle_id, group_name, amount from sales_target_amount where program_id = ${tx.program.id} and target_id = ${targetId} order by participant`);

export async function replaceAmounts(tx: ProgramTx, targetId: number, rows: readonly AmountRow[]): Promise<void> {
  await tx.run(sql`delete from sales_target_amount where program_id = ${tx.program.id} and target_id = ${targetId}`);
  if (rows.length === 0) return;
  await tx.hot('insert_target_amounts', `insert into sales_target_amount (program_id, target_id, participant, member_id, circle_id, group_name, amount)
    select p.id, $2, t.* from program p, unnest($3::text[], $4::int8[], $5::int8[], $6::text[], $7::int8[]) t where p.id = $1`,
  [tx.program.id, targetId, textArray(rows.map((row) => row.participant)), int8Array(rows.map((row) => row.memberId)), int8Array(rows.map((row) => row.circleId)), textArray(rows.map((row) => row.groupName)), int8Array(rows.map((row) => row.amount))]);
}

export const settledPeriods = (tx: ProgramTx, targetId: number) => tx.rows<{ period: number }>(sql`select period from sales_target_settled where program_id = ${tx.program.id} and target_id = ${targetId}`);
export const settlePeriod = (tx: ProgramTx, targetId: number, period: number) => tx.run(sql`
  insert into sales_target_settled (program_id, target_id, period, settled_at) values (${tx.program.id}, ${targetId}, ${period}, ${new Date(tx.program.now)}) on conflict do nothing`);

/** A member whose documents changed, and how often since the last count. */
export type Note = { readonly memberId: number; readonly times: number };

/** Leaves notes of members whose documents changed. False when no target runs, so nobody would read them. */
export const noteMembers = async (tx: ProgramTx, memberIds: readonly number[]): Promise<boolean> => 0 < (await tx.hot('note_target_members', `insert into sales_target_note as n (program_id, member_id)
  select p.id, t.member_id from program p, unnest($2::int8[]) t (member_id) where p.id = $1 and exists (select from sales_target s where s.program_id = $1 and s.state = 'active') order by t.member_id
  on conflict (program_id, member_id) do update set times = n.times + 1`, [tx.program.id, int8Array(memberIds)])).count;

export const readNotes = (tx: ProgramTx, limit: number) => tx.rows<Note>(sql`select member_id, times from sales_target_note where program_id = ${tx.program.id} order by member_id limit ${limit}`);

/** Forgets notes that are still as they were read. The last statement of a count: whoever leaves a note holds members' locks and must not wait long. */
export const dropNotes = (tx: ProgramTx, notes: readonly Note[]) => tx.hot('drop_target_notes', `delete from sales_target_note n using unnest($2::int8[], $3::int8[]) t (member_id, times)
  where n.program_id = $1 and n.member_id = t.member_id and n.times = t.times`, [tx.program.id, int8Array(notes.map((note) => note.memberId)), int8Array(notes.map((note) => note.times))]);

export type ProgressRow = { readonly period: number; readonly participant: string; readonly value: number };

export const progressOf = (tx: ProgramTx, targetId: number, periods: readonly number[], participants: readonly string[]) => tx.rows<ProgressRow>(sql`
  select period, participant, value from sales_target_progress where program_id = ${tx.program.id} and target_id = ${targetId} and period = any(${periods}::int4[]) and participant = any(${participants}::text[])`);

export async function saveProgress(tx: ProgramTx, targetId: number, rows: readonly ProgressRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.hot('save_target_progress', `insert into sales_target_progress (program_id, target_id, period, participant, value)
    select p.id, $2, t.* from program p, unnest($3::int4[], $4::text[], $5::int8[]) t where p.id = $1 on conflict (program_id, target_id, period, participant) do update set value = excluded.value`,
  [tx.program.id, targetId, int4Array(rows.map((row) => row.period)), textArray(rows.map((row) => row.participant)), int8Array(rows.map((row) => row.value))]);
}

export const participantsWithProgress = (tx: ProgramTx, targetId: number, periods: readonly number[]) => tx.rows<{ participant: string }>(sql`
  select distinct participant from sales_target_progress where program_id = ${tx.program.id} and target_id = ${targetId} and period = any(${periods}::int4[])`);
/** Forgets how far those are who take no part any more. */
export const dropProgress = (tx: ProgramTx, targetId: number, periods: readonly number[], participants: readonly string[]) => tx.run(sql`
  delete from sales_target_progress where program_id = ${tx.program.id} and target_id = ${targetId} and period = any(${periods}::int4[]) and participant = any(${participants}::text[])`);

/** Progress with the amount that has to be reached; who has none takes no part. */
const ranked = (tx: ProgramTx, targetId: number, period: number, amount: number | null) => sql`
  select p.participant, p.value, coalesce(a.amount, ${amount}::int8) as amount from sales_target_progress p
  left join sales_target_amount a on a.program_id = ${tx.program.id} and a.target_id = ${targetId} and a.participant = p.participant
  where p.program_id = ${tx.program.id} and p.target_id = ${targetId} and p.period = ${period} and coalesce(a.amount, ${amount}::int8) is not null`;

/** Who is how far, those nearest to their amount first. */
export const ranking = (tx: ProgramTx, targetId: number, period: number, amount: number | null, limit: number) => tx.rows<{ participant: string; value: number; amount: number }>(sql`
  select participant, value, amount from (${ranked(tx, targetId, period, amount)}) r order by value::numeric / amount desc, value desc, participant limit ${limit}`);

export type Figures = { readonly participants: number; readonly reached: number; readonly value: number; readonly amount: number };
export const figuresOf = async (tx: ProgramTx, targetId: number, period: number, amount: number | null): Promise<Figures> => (await tx.maybe<Figures>(sql`
  select count(*)::int4 as participants, count(*) filter (where value >= amount)::int4 as reached, coalesce(sum(value), 0)::int8 as value, coalesce(sum(amount), 0)::int8 as amount from (${ranked(tx, targetId, period, amount)}) r`))!;

export const eventsGiven = async (tx: ProgramTx, targetId: number): Promise<number> => (await tx.maybe<{ events: number }>(sql`
  select count(*)::int4 as events from sales_target_reached where program_id = ${tx.program.id} and target_id = ${targetId} and standing`))!.events;

export type ReachedRow = {
  readonly targetId: number; readonly period: number; readonly participant: string; readonly memberId: number; readonly round: number; readonly standing: boolean;
  readonly amount: number; readonly value: number; readonly ownValue: number; readonly reachedAt: Instant; readonly transactionId: number | null;
};
const REACHED = sql`select target_id, period, participant, member_id, round, standing, amount, value, own_value, reached_at, transaction_id from sales_target_reached`;

export const reachedBy = (tx: ProgramTx, targetId: number, periods: readonly number[], participants: readonly string[]) => tx.rows<ReachedRow>(sql`
  ${REACHED} where program_id = ${tx.program.id} and target_id = ${targetId} and period = any(${periods}::int4[]) and participant = any(${participants}::text[])`);

/** What members have of one target, standing. */
export const standingOf = (tx: ProgramTx, targetId: number, memberIds: readonly number[]) => tx.rows<ReachedRow>(sql`
  ${REACHED} where program_id = ${tx.program.id} and target_id = ${targetId} and member_id = any(${memberIds}::int8[]) and standing`);

/** Participants whose event somebody has. */
export const standingIn = (tx: ProgramTx, targetId: number, periods: readonly number[]) => tx.rows<{ participant: string }>(sql`
  select distinct participant from sales_target_reached where program_id = ${tx.program.id} and target_id = ${targetId} and period = any(${periods}::int4[]) and standing`);

/** Writes that a member has it from now on. A second one of the same period and participant cannot be written. */
export const saveReached = (tx: ProgramTx, row: ReachedRow) => tx.run(sql`
  insert into sales_target_reached (program_id, target_id, period, participant, member_id, round, standing, amount, value, own_value, reached_at, transaction_id)
  values (${tx.program.id}, ${row.targetId}, ${row.period}, ${row.participant}, ${row.memberId}, ${row.round}, true, ${row.amount}, ${row.value}, ${row.ownValue}, ${new Date(row.reachedAt)}, ${row.transactionId})
  on conflict (program_id, target_id, period, participant, member_id) do update
  set round = excluded.round, standing = true, amount = excluded.amount, value = excluded.value, own_value = excluded.own_value, reached_at = excluded.reached_at, transaction_id = excluded.transaction_id`);

/** A row by its key, in the round that was read. */
const isIt = (row: ReachedRow) => sql`target_id = ${row.targetId} and period = ${row.period} and participant = ${row.participant} and member_id = ${row.memberId} and round = ${row.round}`;

export const takeReached = (tx: ProgramTx, row: ReachedRow) => tx.run(sql`update sales_target_reached set standing = false where program_id = ${tx.program.id} and ${isIt(row)}`);

/** Events that are still to be booked, and those still to be undone, after one of them in the order of the key. */
export const owed = (tx: ProgramTx, after: ReachedRow | null, limit: number) => tx.rows<ReachedRow>(sql`
  ${REACHED} where program_id = ${tx.program.id} and standing = (transaction_id is null)
    ${after === null ? nothing : sql`and (target_id, period, participant, member_id) > (${after.targetId}, ${after.period}, ${after.participant}, ${after.memberId})`}
  order by target_id, period, participant, member_id limit ${limit}`);

/** The event of this round is booked; false when it is not wanted any more, or booked already. */
export const markBooked = async (tx: ProgramTx, row: ReachedRow, transactionId: number) => 1 === await tx.run(sql`
  update sales_target_reached set transaction_id = ${transactionId} where program_id = ${tx.program.id} and ${isIt(row)} and standing and transaction_id is null`);

/** The event of this round is undone; false when it is wanted again. */
export const markUndone = async (tx: ProgramTx, row: ReachedRow) => 1 === await tx.run(sql`
  update sales_target_reached set transaction_id = null where program_id = ${tx.program.id} and ${isIt(row)} and not standing and transaction_id = ${row.transactionId}`);
