import type { Instant } from '@wracam/engine/calendar';
import { int8Array } from '../../platform/binary-arrays.ts';
import type { ProgramTx } from '../../platform/db.ts';
import { sql } from '../../platform/sql.ts';
import type { MemberChange, Pair, ReplayResult, SideSums } from './figures.ts';
import type { ReplayWish } from './plan.ts';

export type ReplayState = 'waiting' | 'running' | 'done' | 'cancelled' | 'failed';
/** What is kept of a result in one piece; members have rows of their own. */
export type StoredResult = Omit<ReplayResult, 'changes' | 'accounts' | 'grants' | 'leftOut' | 'sums' | 'changingFacts'> & {
  /** Debts were not counted at first, nor such facts named. */
  readonly sums: Pair<Omit<SideSums, 'owed'> & Partial<Pick<SideSums, 'owed'>>>;
  readonly changingFacts?: ReplayResult['changingFacts'];
};
export type ReplayRow = {
  readonly id: number; readonly state: ReplayState; readonly wish: ReplayWish; readonly madeBy: string; readonly madeAt: Instant; readonly endedAt: Instant | null;
  readonly documentsDone: number; readonly documentsTotal: number; readonly result: StoredResult | null;
};

const LIST_MAX = 30;

/** Fails by its key (`isTaken`) when another is under way. */
export const insertReplay = (tx: ProgramTx, id: number, wish: ReplayWish, madeBy: string) => tx.run(sql`
  insert into replay (program_id, id, state, wish, made_by, made_at) values (${tx.program.id}, ${id}, 'waiting', ${JSON.stringify(wish)}, ${madeBy}, ${new Date(tx.program.now)})`);

export const findReplay = (tx: ProgramTx, id: number) => tx.maybe<ReplayRow>(sql`
  select id, state, wish, made_by, made_at, ended_at, documents_done, documents_total, result from replay where program_id = ${tx.program.id} and id = ${id}`);

export const listReplays = (tx: ProgramTx) => tx.rows<ReplayRow>(sql`
  select id, state, wish, made_by, made_at, ended_at, documents_done, documents_total, null::jsonb as result from replay where program_id = ${tx.program.id} order by made_at desc, id desc limit ${LIST_MAX}`);

/** Takes up a replay that waits, or again one whose worker died. False when it is over. */
export const startRunning = async (tx: ProgramTx, id: number) => 1 === await tx.run(sql`
  update replay set state = 'running', documents_done = 0 where program_id = ${tx.program.id} and id = ${id} and state in ('waiting', 'running')`);

/** False when it was cancelled meanwhile. */
export const saveProgress = async (tx: ProgramTx, id: number, done: number, total: number) => 1 === await tx.run(sql`
  update replay set documents_done = ${done}, documents_total = ${total} where program_id = ${tx.program.id} and id = ${id} and state = 'running'`);

/** Ends a replay that is not over yet; false when it was. */
export const endReplay = async (tx: ProgramTx, id: number, state: 'done' | 'cancelled' | 'failed', result: StoredResult | null) => 1 === await tx.run(sql`
  update replay set state = ${state}, ended_at = ${new Date(tx.program.now)}, result = ${result === null ? null : JSON.stringify(result)}
  where program_id = ${tx.program.id} and id = ${id} and state in ('waiting', 'running')`);

export const insertMembers = (tx: ProgramTx, id: number, changes: readonly MemberChange[]) => tx.hot('insert_replay_members', `insert into replay_member (program_id, replay_id, member_id, points_now, points_draft)
  select p.id, $2, t.* from program p, unnest($3::int8[], $4::int8[], $5::int8[]) t where p.id = $1`,
[tx.program.id, id, int8Array(changes.map((one) => one.memberId)), int8Array(changes.map((one) => one.now)), int8Array(changes.map((one) => one.draft))]);

/** Members whose points would change most. */
export const topMembers = (tx: ProgramTx, id: number, limit: number) => tx.rows<MemberChange>(sql`
  select member_id, points_now as now, points_draft as draft from replay_member where program_id = ${tx.program.id} and replay_id = ${id} order by abs(points_draft - points_now) desc, member_id limit ${limit}`);
