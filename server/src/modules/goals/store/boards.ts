import type { Instant } from '@wracam/engine/calendar';
import type { ProgramTx } from '../../../platform/db.ts';
import { nothing, sql } from '../../../platform/sql.ts';

export type BoardMeasure = { readonly kind: 'points'; readonly wallet: string } | { readonly kind: 'challenge'; readonly goal: string };
export type BoardRow = { readonly id: number; readonly name: string; readonly measure: BoardMeasure; readonly period: 'week' | 'month' | 'all'; readonly state: 'shown' | 'hidden'; readonly revision: number };
const BOARDS = sql`select id, name, measure, period, state, revision from leaderboard`;

export const listBoards = (tx: ProgramTx, shownOnly: boolean) => tx.rows<BoardRow>(sql`${BOARDS} where program_id = ${tx.program.id} ${shownOnly ? sql`and state = 'shown'` : nothing} order by id`);
export const findBoard = (tx: ProgramTx, id: number) => tx.maybe<BoardRow>(sql`${BOARDS} where program_id = ${tx.program.id} and id = ${id}`);
export const findBoardForUpdate = (tx: ProgramTx, id: number) => tx.maybe<BoardRow>(sql`${BOARDS} where program_id = ${tx.program.id} and id = ${id} for no key update`);
export const insertBoard = (tx: ProgramTx, board: BoardRow) => tx.run(sql`
  insert into leaderboard (program_id, id, name, measure, period, state, revision, created_at)
  values (${tx.program.id}, ${board.id}, ${board.name}, ${JSON.stringify(board.measure)}, ${board.period}, ${board.state}, ${board.revision}, ${new Date(tx.program.now)})`);
export const saveBoard = (tx: ProgramTx, board: BoardRow) => tx.run(sql`
  update leaderboard set name = ${board.name}, measure = ${JSON.stringify(board.measure)}, period = ${board.period}, state = ${board.state}, revision = ${board.revision}
  where program_id = ${tx.program.id} and id = ${board.id}`);

export type NameRow = { readonly memberId: number; readonly sealed: Buffer; readonly since: Instant };
/** Everybody who agreed to be shown. */
export const listNames = (tx: ProgramTx) => tx.rows<NameRow>(sql`select member_id, sealed, since from leaderboard_name where program_id = ${tx.program.id} order by member_id`);
export const findName = (tx: ProgramTx, memberId: number) => tx.maybe<NameRow>(sql`select member_id, sealed, since from leaderboard_name where program_id = ${tx.program.id} and member_id = ${memberId}`);
/** Breaks the unique key when another member has a name that looks the same. */
export const saveName = (tx: ProgramTx, row: NameRow & { readonly nameIndex: Buffer }) => tx.run(sql`
  insert into leaderboard_name (program_id, member_id, name_index, sealed, since) values (${tx.program.id}, ${row.memberId}, ${row.nameIndex}, ${row.sealed}, ${new Date(row.since)})
  on conflict (program_id, member_id) do update set name_index = excluded.name_index, sealed = excluded.sealed`);
export const deleteName = (tx: ProgramTx, memberId: number) => tx.run(sql`delete from leaderboard_name where program_id = ${tx.program.id} and member_id = ${memberId}`);
