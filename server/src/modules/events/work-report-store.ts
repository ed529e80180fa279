import type { Instant } from '@wracam/engine/calendar';
import type { ProgramTx } from '../../platform/db.ts';
import { nothing, sql } from '../../platform/sql.ts';

/** The numbers are the database's. */
const STATES = { waiting: 1, approved: 2, rejected: 3 } as const;
export type ReportState = keyof typeof STATES;
const stateOf = (no: number): ReportState => (Object.keys(STATES) as ReportState[]).find((name) => STATES[name] === no)!;

export type ReportRow = {
  readonly id: number; readonly memberId: number; readonly type: string; readonly state: ReportState; readonly sealed: Buffer; readonly pictures: number; readonly sentAt: Instant; readonly sentBy: string;
  readonly decidedAt: Instant | null; readonly decidedBy: string | null; readonly reason: string | null; readonly transactionId: number | null;
};
type Row = Omit<ReportRow, 'state'> & { readonly state: number };
const rowOf = (row: Row): ReportRow => ({ ...row, state: stateOf(row.state) });
const COLUMNS = sql`id, member_id, type, state, sealed, pictures, sent_at, sent_by, decided_at, decided_by, reason, transaction_id`;

export const insertReport = (tx: ProgramTx, row: Pick<ReportRow, 'id' | 'memberId' | 'type' | 'sealed' | 'pictures' | 'sentBy'>) => tx.run(sql`
  insert into work_report (program_id, id, member_id, type, state, sealed, pictures, sent_at, sent_by)
  values (${tx.program.id}, ${row.id}, ${row.memberId}, ${row.type}, ${STATES.waiting}, ${row.sealed}, ${row.pictures}, ${new Date(tx.program.now)}, ${row.sentBy})`);

export const insertPicture = (tx: ProgramTx, reportId: number, no: number, type: number, sealed: Buffer) => tx.run(sql`
  insert into work_report_picture (program_id, report_id, no, type, sealed) values (${tx.program.id}, ${reportId}, ${no}, ${type}, ${sealed})`);

export async function findReport(tx: ProgramTx, id: number): Promise<ReportRow | null> {
  const row = await tx.maybe<Row>(sql`select ${COLUMNS} from work_report where program_id = ${tx.program.id} and id = ${id}`);
  return row && rowOf(row);
}

export const findPicture = (tx: ProgramTx, reportId: number, no: number) => tx.maybe<{ type: number; sealed: Buffer }>(sql`
  select type, sealed from work_report_picture where program_id = ${tx.program.id} and report_id = ${reportId} and no = ${no}`);

/** Newest first; those that wait, oldest first: who has waited longest is served first. */
export async function listReports(tx: ProgramTx, of: { state: ReportState | null; memberId: number | null }, after: { at: Instant; id: number } | null, limit: number): Promise<ReportRow[]> {
  const waiting = of.state === 'waiting';
  const rows = await tx.rows<Row>(sql`select ${COLUMNS} from work_report where program_id = ${tx.program.id}
    ${of.state === null ? nothing : sql`and state = ${STATES[of.state]}`} ${of.memberId === null ? nothing : sql`and member_id = ${of.memberId}`}
    ${after === null ? nothing : waiting ? sql`and (sent_at, id) > (${new Date(after.at)}, ${after.id})` : sql`and (sent_at, id) < (${new Date(after.at)}, ${after.id})`}
    ${waiting ? sql`order by sent_at, id` : sql`order by sent_at desc, id desc`} limit ${limit}`);
  return rows.map(rowOf);
}

export const countWaiting = async (tx: ProgramTx, memberId: number): Promise<number> => (await tx.maybe<{ count: number }>(sql`
  select count(*)::int4 as count from work_report where program_id = ${tx.program.id} and state = ${STATES.waiting} and member_id = ${memberId}`))!.count;

/** Decides a report that waits, once; false when it is decided already. */
export const decideReport = async (tx: ProgramTx, id: number, by: string, decision: { transactionId: number } | { reason: string }): Promise<boolean> => 1 === await tx.run(sql`
  update work_report set state = ${'reason' in decision ? STATES.rejected : STATES.approved}, decided_at = ${new Date(tx.program.now)}, decided_by = ${by},
    reason = ${'reason' in decision ? decision.reason : null}, transaction_id = ${'reason' in decision ? null : decision.transactionId}
  where program_id = ${tx.program.id} and id = ${id} and state = ${STATES.waiting}`);
